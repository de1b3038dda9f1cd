"""Marked copies of files that came from outside: pictures and PDFs. The original is never altered."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
from typing import Literal

from PIL import Image, ImageOps, UnidentifiedImageError

from amparo.papers.marks import Mark
from amparo.papers.typesetting import mark_part

# What may be held in memory at once; beyond it a copy leaves as it is, with a cover paper beside it.
MOST_BYTES = 40 << 20
_MOST_PIXELS = 50_000_000
_PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG"}
_PDF = "application/pdf"
# What Pillow raises over a picture that is damaged, in what a camera wrote into it too, or too high for its format.
_DAMAGED = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, struct.error, TypeError,
    AttributeError, LookupError, ArithmeticError,
)  # fmt: skip
# In dots: smaller letters of the line below a picture are not read any more.
_LEAST_HEIGHT = 18
# The small process ends itself before; this is for one that cannot.
_LONGEST_SECONDS = 40


def can_be_marked(media_type: str, size: int) -> bool:
    """Whether a file of this kind may bear a mark, as far as its kind and size tell."""
    return (media_type in _PICTURES or media_type == _PDF) and size <= MOST_BYTES


def marked(data: bytes, media_type: str, mark: Mark) -> bytes | None:
    """The file with its mark; None where it cannot bear one, or would lose by it what it proves.

    The same file and mark give the same bytes. Cost: some 100 ms for a picture, half a second for a PDF.
    """
    if not can_be_marked(media_type, len(data)):
        return None
    return _marked_pdf(data, mark) if media_type == _PDF else marked_picture(data, _PICTURES[media_type], mark)


# ---- pictures ----------------------------------------------------------------------------------------------


def marked_picture(data: bytes, form: str, mark: Mark) -> bytes | None:
    """The picture upright, the number faintly across it, and below it a strip with the line. Nothing is covered."""
    try:
        return _marked_picture(data, form, mark)
    except _DAMAGED:
        return None


def _marked_picture(data: bytes, form: str, mark: Mark) -> bytes | None:
    with Image.open(io.BytesIO(data), formats=[form]) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            return None
        image = ImageOps.exif_transpose(opened).convert("RGBA" if form == "PNG" else "RGB")
    _across(image, mark)
    picture = _with_strip(image, mark)
    made = io.BytesIO()
    # Without what a camera wrote into it, such as the place: that stays with the original.
    picture.save(made, form, **({"quality": 92, "subsampling": 0} if form == "JPEG" else {}))
    return made.getvalue()


def _part(mark: Mark, part: Literal["across", "foot"]) -> Image.Image:
    with Image.open(io.BytesIO(mark_part(mark, part, "png", dots=288)), formats=["PNG"]) as opened:
        return opened.convert("RGBA")


def _as_wide(words: Image.Image, width: int) -> Image.Image:
    height = max(1, round(words.height * width / words.width))
    return words.resize((width, height), Image.Resampling.LANCZOS)


def _across(image: Image.Image, mark: Mark) -> None:
    """The number twice, each with a light rim: it is seen on dark and on bright places."""
    words = _as_wide(_part(mark, "across"), max(120, image.width * 6 // 10))
    shape = words.getchannel("A").rotate(24, expand=True, resample=Image.Resampling.BICUBIC)
    top = shape.point(lambda value: 255 if value > 8 else 0)
    faint = top.point(lambda value: value * 26 // 100)
    for place in (2, 5):
        at = ((image.width - shape.width) // 2, image.height * place // 7 - shape.height // 2)
        rim = max(1, image.width // 900)
        image.paste((255, 255, 255), (at[0] + rim, at[1] + rim), faint)
        image.paste((70, 78, 88), at, faint)


def _with_strip(image: Image.Image, mark: Mark) -> Image.Image:
    """The picture with the line below it. One that is narrower than a line that is read gets white beside it."""
    words = _part(mark, "foot")
    words = _as_wide(words, max(-(-words.width * _LEAST_HEIGHT // words.height), image.width * 6 // 10))
    margin = max(2, words.height // 4)
    size = (max(image.width, words.width), image.height + words.height + 2 * margin)
    whole = Image.new(image.mode, size, (255, 255, 255))
    whole.paste(image, (0, 0))
    whole.paste(words, (0, image.height + margin), words.getchannel("A"))
    return whole


# ---- PDFs --------------------------------------------------------------------------------------------------


def _marked_pdf(data: bytes, mark: Mark) -> bytes | None:
    """Stamped in a process of its own with a limit of memory and time: whoever made the file may wish us ill."""
    parts = [mark_part(mark, "across", "pdf"), mark_part(mark, "foot", "pdf"), data]
    head = json.dumps([len(part) for part in parts]).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "amparo.papers.stamping"],
            input=b"".join([head, *parts]), capture_output=True, timeout=_LONGEST_SECONDS, check=False, env={},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"%PDF-") else None
