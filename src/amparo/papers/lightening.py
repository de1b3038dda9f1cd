"""Pictures made lighter for slow lines, without a difference that anybody sees."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator

from PIL import Image

# A drawing of words in three colours and their edges needs no more.
_COLOURS = 64
_DECIMALS = 1
# How many numbers a drawing command takes, in the small letters that mean "from here".
_TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "c": 6, "z": 0}
_TOKEN = re.compile(r"[a-zA-Z]|-?\d*\.?\d+(?:e-?\d+)?")
_GLYPH = re.compile(r"\bg([0-9A-F]{32})\b")
_FILL = re.compile(r'<use [^>]*?( fill="#[0-9a-f]{6}")')


def light_png(picture: bytes) -> bytes:
    """A PNG with a table of few colours."""
    made = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as whole:
        image = whole.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        image.save(made, "PNG", optimize=True)
    return made.getvalue()


def light_svg(picture: bytes) -> bytes:
    """The typesetter's SVG with short names, nothing said twice, and outlines to a tenth of a point."""
    names: dict[str, str] = {}
    text = _GLYPH.sub(lambda found: names.setdefault(found[1], f"g{len(names):x}"), picture.decode())
    # A symbol of one outline is that outline, and then nothing of it is cut off at its edge.
    text = re.sub(r'<symbol id="(\w+)" overflow="visible"><path ([^>]*)/></symbol>', r'<path id="\1" \2/>', text)
    for said in (' fill-rule="nonzero"', ' y="0"'):
        text = text.replace(said, "")
    text = re.sub(r' d="([^"]*)"', lambda found: f' d="{_rounded(found[1])}"', text)
    return _common_fill(text).encode()


def _common_fill(text: str) -> str:
    """Say the colour of most letters once, for the whole drawing."""
    fills = Counter(_FILL.findall(text))
    if not fills:
        return text
    most = fills.most_common(1)[0][0]
    text = re.sub(rf"(<use [^>]*?){re.escape(most)}", r"\1", text)
    return text.replace("<svg ", f"<svg{most} ", 1)


def _rounded(outline: str) -> str:
    """An outline with fewer digits. What each step loses is made up by the next, so that nothing drifts away."""
    parts = []
    x = y = done_x = done_y = start_x = start_y = 0.0
    for letter, numbers in _commands(outline):
        kind = letter.lower()
        if kind == "z":
            x, y, done_x, done_y = start_x, start_y, round(start_x, _DECIMALS), round(start_y, _DECIMALS)
            parts.append(letter)
            continue
        base = (0.0, 0.0) if letter.isupper() else (x, y)
        given = (0.0, 0.0) if letter.isupper() else (done_x, done_y)
        axes = {"h": (0,), "v": (1,)}.get(kind, (0, 1) * (len(numbers) // 2))
        wanted = [base[axis] + number for axis, number in zip(axes, numbers, strict=True)]
        kept = [round(value, _DECIMALS) for value in wanted]
        steps = [value - given[axis] for axis, value in zip(axes, kept, strict=True)]
        parts.append(letter + _joined(steps))
        for axis, value, short in zip(axes[-2:], wanted[-2:], kept[-2:], strict=True):
            x, done_x = (value, short) if axis == 0 else (x, done_x)
            y, done_y = (value, short) if axis == 1 else (y, done_y)
        if kind == "m":
            start_x, start_y = x, y
    return "".join(parts)


def _commands(outline: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its own numbers; a letter that is left out is the one before."""
    letter, numbers = "", list[float]()
    for token in _TOKEN.findall(outline):
        if token.isalpha():
            letter = token
            if not _TAKES[letter.lower()]:
                yield letter, []
        else:
            numbers.append(float(token))
            if len(numbers) == _TAKES[letter.lower()]:
                yield letter, numbers
                numbers = []


def _joined(numbers: list[float]) -> str:
    said = ""
    for number in numbers:
        short = f"{round(number, _DECIMALS):g}".replace("0.", ".", 1) if abs(number) < 1 else f"{number:.{_DECIMALS}f}"
        short = short.removesuffix(".0") if "." in short else short
        said += short if not said or short.startswith("-") else f" {short}"
    return said
