"""Make the small files of the demonstration: a photograph, a document, a recording, two films, a screenshot.

    python -m tools.media

Everything is drawn or computed here, from nothing: abstract shapes with the word EXAMPLE on them, tones
instead of a voice. The made files are kept in the repository; the same version of the libraries makes the
same bytes again, but for the film in WebM, which needs Debian's `ffmpeg` and is left as it is without one.
"""

from __future__ import annotations

import io
import math
import shutil
import struct
import subprocess
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

import typst
from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).parents[1] / "src" / "amparo" / "desk" / "synthetic" / "media"
INK, PAPER, WALL, DOOR, SKY = "#23302f", "#f6f1e4", "#b9c4bd", "#5c7a70", "#d7e3e6"
_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.truetype(_FONT, size) if Path(_FONT).exists() else ImageFont.load_default(size)


def _stamp(draw: ImageDraw.ImageDraw, at: tuple[int, int], size: int) -> None:
    draw.text(at, "EXAMPLE", fill=INK, font=_font(size))


def _jpeg(image: Image.Image, description: str, *, quality: int = 78) -> bytes:
    """A JPEG with the EXIF of an invented camera: evidence comes with such, and it has to be kept."""
    exif = Image.Exif()
    exif[0x010E] = description
    exif[0x010F] = "Example Optics"
    exif[0x0110] = "Invented 1"
    exif[0x0132] = "2024:05:17 16:42:08"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def gate() -> bytes:
    """A wall and a closed gate."""
    image = Image.new("RGB", (960, 640), SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 220, 960, 560), fill=WALL)
    draw.rectangle((0, 560, 960, 640), fill="#8b8f86")
    draw.rectangle((330, 180, 630, 560), fill=DOOR, outline=INK, width=6)
    for x in range(360, 630, 30):
        draw.line((x, 190, x, 550), fill=INK, width=3)
    draw.rectangle((450, 350, 510, 410), fill="#c9a227", outline=INK, width=4)
    _stamp(draw, (40, 40), 44)
    return _jpeg(image, "Invented picture of a gate")


def room() -> bytes:
    """An empty room with a door and a window."""
    image = Image.new("RGB", (960, 640), "#e7ded0")
    draw = ImageDraw.Draw(image)
    draw.polygon(((0, 640), (220, 430), (740, 430), (960, 640)), fill="#b89b79")
    draw.rectangle((560, 150, 700, 430), fill=DOOR, outline=INK, width=5)
    draw.ellipse((575, 290, 591, 306), fill="#c9a227")
    draw.rectangle((280, 140, 460, 290), fill=SKY, outline=INK, width=5)
    draw.line((370, 140, 370, 290), fill=INK, width=4)
    _stamp(draw, (40, 40), 44)
    return _jpeg(image, "Invented picture of a room")


def page_of_a_book() -> bytes:
    """A page of an account book, with lines that say nothing."""
    image = Image.new("RGB", (640, 900), PAPER)
    draw = ImageDraw.Draw(image)
    for row, y in enumerate(range(150, 840, 46)):
        draw.line((50, y, 590, y), fill="#9db4c0", width=2)
        for column, width in ((60, 190), (300, 90), (460, 70 + 12 * (row % 4))):
            draw.line((column, y - 16, column + width, y - 18 - row % 3), fill=INK, width=3)
    _stamp(draw, (60, 50), 40)
    return _jpeg(image, "Invented page of a book")


def screenshot() -> bytes:
    """A message screen without messages."""
    image = Image.new("RGB", (420, 760), "#eef1ee")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 420, 70), fill=DOOR)
    for number, width in enumerate((220, 260, 180, 240, 200)):
        left = 20 if number % 2 else 400 - width
        top = 110 + number * 110
        draw.rounded_rectangle((left, top, left + width, top + 74), 16, fill="#ffffff", outline="#c7d0cb", width=2)
        draw.line((left + 18, top + 28, left + width - 30, top + 28), fill="#9aa7a1", width=6)
        draw.line((left + 18, top + 48, left + width - 70, top + 48), fill="#9aa7a1", width=6)
    _stamp(draw, (120, 690), 32)
    out = io.BytesIO()
    image.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


_SHEET = """
#set document(title: "EXAMPLE", date: none)
#set page(paper: "a5", margin: 1.6cm)
#set text(font: ("Libertinus Serif", "New Computer Modern"), size: 10pt)
#align(center)[#text(size: 15pt, weight: "bold")[EXAMPLE -- INVENTED DOCUMENT]]
#v(4pt)
#align(center)[Office of the Prosecutor of an invented district]
#v(10pt)
*Charge sheet no.* EX-417 \\
*Accused:* a person who does not exist \\
*Complainant:* named in a sealed annex
#v(6pt)
+ Unlawful confinement, section 212 (invented)
+ Withholding of papers, section 88 (invented)
#v(6pt)
The charges are filed with the invented court on the day that is stamped below. A copy is given to counsel.
#v(30pt)
#box(stroke: 1.5pt, inset: 8pt, radius: 3pt)[#text(weight: "bold")[EXAMPLE]]
"""


def charge_sheet() -> bytes:
    """A one-page document of an invented prosecutor."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "sheet.typ"
        source.write_text(_SHEET, encoding="utf-8")
        made = typst.compile(str(source), format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("one document was expected")
    return made


_RATE_HZ = 8000


def recording() -> bytes:
    """Six seconds of soft tones in the rhythm of speech: one channel, eight bits."""
    samples = bytearray()
    pitches = (196, 220, 208, 175, 233, 196, 185, 165, 208, 220, 196, 156)
    for pitch in pitches:
        count = _RATE_HZ // 2
        for n in range(count):
            swell = math.sin(math.pi * n / count) ** 2 * (0.6 + 0.4 * math.sin(2 * math.pi * 5 * n / _RATE_HZ))
            tone = math.sin(2 * math.pi * pitch * n / _RATE_HZ) + 0.4 * math.sin(4 * math.pi * pitch * n / _RATE_HZ)
            samples.append(128 + round(52 * swell * tone))
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(_RATE_HZ)
        sound.writeframes(bytes(samples))
    return out.getvalue()


# ---- films ------------------------------------------------------------------------------------------------------

_FRAMES, _PER_SECOND, _SIZE = 24, 6, (320, 200)


def _frames() -> Iterator[Image.Image]:
    """A lamp passes before a door."""
    for number in range(_FRAMES):
        image = Image.new("RGB", _SIZE, "#39454a")
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 160, 320, 200), fill="#2b3336")
        draw.rectangle((130, 50, 200, 160), fill=DOOR, outline=INK, width=3)
        x = -30 + number * 380 // _FRAMES
        draw.ellipse((x - 26, 60, x + 26, 112), fill="#f3e7b3")
        draw.ellipse((x - 10, 76, x + 10, 96), fill="#fff8dd")
        draw.text((8, 6), "EXAMPLE", fill="#e8ece9", font=_font(18))
        yield image


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _list(kind: bytes, body: bytes) -> bytes:
    return _chunk(b"LIST", kind + body)


def film_avi() -> bytes:
    """Four seconds as Motion JPEG in AVI, as old cameras wrote it. Source: the RIFF form `AVI ` of 1992."""
    pictures = []
    for image in _frames():
        out = io.BytesIO()
        image.save(out, "JPEG", quality=62)
        pictures.append(out.getvalue())
    width, height = _SIZE
    largest = max(map(len, pictures))
    main = struct.pack(
        "<14I",
        1_000_000 // _PER_SECOND,
        largest * _PER_SECOND,
        0,
        0x10,
        _FRAMES,
        0,
        1,
        largest,
        width,
        height,
        0,
        0,
        0,
        0,
    )
    stream = struct.pack(
        "<4s4sIHHIIIIIIIIHHHH",
        b"vids",
        b"MJPG",
        0,
        0,
        0,
        0,
        1,
        _PER_SECOND,
        0,
        _FRAMES,
        largest,
        10_000,
        0,
        0,
        0,
        width,
        height,
    )
    form = struct.pack("<IiiHH4sIiiII", 40, width, height, 1, 24, b"MJPG", width * height * 3, 0, 0, 0, 0)
    header = _list(b"hdrl", _chunk(b"avih", main) + _list(b"strl", _chunk(b"strh", stream) + _chunk(b"strf", form)))
    body, index, offset = b"", b"", 4
    for picture in pictures:
        chunk = _chunk(b"00dc", picture)
        index += struct.pack("<4sIII", b"00dc", 0x10, offset, len(picture))
        body += chunk
        offset += len(chunk)
    return _chunk(b"RIFF", b"AVI " + header + _list(b"movi", body) + _chunk(b"idx1", index))


def film_webm() -> bytes | None:
    """The same film as WebM, which browsers play; nothing where there is no `ffmpeg`."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for number, image in enumerate(_frames()):
            image.save(Path(folder) / f"{number:03}.png")
        made = Path(folder) / "film.webm"
        subprocess.run(
            [
                ffmpeg, "-loglevel", "error", "-framerate", str(_PER_SECOND), "-i", f"{folder}/%03d.png",
                "-c:v", "libvpx", "-b:v", "120k", "-threads", "1", "-bitexact", "-map_metadata", "-1", str(made),
            ],
            check=True,
        )  # fmt: skip
        return made.read_bytes()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = {
        "gate.jpg": gate(),
        "room.jpg": room(),
        "book.jpg": page_of_a_book(),
        "screen.png": screenshot(),
        "charge-sheet.pdf": charge_sheet(),
        "statement.wav": recording(),
        "entrance.avi": film_avi(),
        "entrance.webm": film_webm(),
    }
    for name, data in made.items():
        if data is None:
            print(f"{name:18} left as it is: there is no ffmpeg here")
            continue
        (FOLDER / name).write_bytes(data)
        print(f"{name:18} {len(data):>7,} bytes")


if __name__ == "__main__":
    main()
