"""Puts two small papers of ours on each page of a PDF: read from the standard input, written to the standard output.

Run as a process of its own: the file may come from somebody who wishes us ill. It holds no key and opens no file.
Exit code 3: the file is not to be stamped, as it is locked, or signed, which a stamp would break.
"""

from __future__ import annotations

import io
import json
import logging
import math
import resource
import sys
from typing import Final, TypeAlias

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
)

NOT_TO_BE_STAMPED: Final = 3
_MEMORY_BYTES = 1 << 30
_SECONDS = 30
_MOST_PAGES = 1000
_NAMES = (NameObject("/AmparoAcross"), NameObject("/AmparoFoot"))


# A paper of ours within the file, with its width and height.
Part: TypeAlias = tuple[IndirectObject, float, float]


class NotToBeStamped(Exception):
    """A file that leaves as it is."""


def stamped(data: bytes, across: bytes, foot: bytes) -> bytes:
    """The PDF with one paper aslant over each page and one at its foot, as artifacts; its own contents are not touched.

    Raises NotToBeStamped.
    """
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted or _is_signed(reader) or not 0 < len(reader.pages) <= _MOST_PAGES:
        raise NotToBeStamped
    writer = PdfWriter(clone_from=reader)
    # What shines through came with 1.4.
    writer.pdf_header = max(reader.pdf_header, "%PDF-1.7")
    parts = [_form(writer, part) for part in (across, foot)]
    # A page may be shown twice: it is one page all the same.
    for page in {_number(page): page for page in writer.pages}.values():
        _stamp(writer, page, parts)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _number(page: PageObject) -> int:
    return page.indirect_reference.idnum if page.indirect_reference else -id(page)


def _is_signed(reader: PdfReader) -> bool:
    fields = reader.get_fields() or {}
    return "/Perms" in reader.root_object or any(
        field.get("/FT") == "/Sig" and field.get("/V") for field in fields.values()
    )


def _form(writer: PdfWriter, paper: bytes) -> Part:
    """A paper of ours as something that each page can show, with its width and height."""
    page = PdfReader(io.BytesIO(paper)).pages[0]
    contents = page.get_contents()
    form = DecodedStreamObject()
    form.set_data(contents.get_data() if contents is not None else b"")
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    form.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): page.mediabox, NameObject("/Resources"): page["/Resources"],
    })  # fmt: skip
    return writer._add_object(form.flate_encode().clone(writer)), width, height


def _stamp(writer: PdfWriter, page: PageObject, parts: list[Part]) -> None:
    resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
    shown = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
    for name, (form, _width, _height) in zip(_NAMES, parts, strict=True):
        shown[name] = form
    drawn = b"\nQ /Artifact <</Type /Pagination /Subtype /Watermark>> BDC\n%s\nEMC\n" % b"\n".join(
        b"q %s cm %s Do Q" % (" ".join(f"{one:.4f}" for one in where).encode(), name.encode())
        for name, where in zip(_NAMES, _places(page, parts), strict=True)
    )
    own = page.get("/Contents")
    given = own.get_object() if own is not None else None
    pieces = list(given) if isinstance(given, ArrayObject) else [own] if own is not None else []
    page[NameObject("/Contents")] = ArrayObject([_stream(writer, b"q\n"), *pieces, _stream(writer, drawn)])


def _stream(writer: PdfWriter, data: bytes) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return writer._add_object(stream)


def _places(page: PageObject, parts: list[Part]) -> list[tuple[float, ...]]:
    """Where the two papers go, as matrices, on the page as a reader sees it: cut and turned."""
    box = page.cropbox
    turned = int(page.get("/Rotate", NumberObject(0))) % 360
    wide, high = float(box.width), float(box.height)
    seen = (high, wide) if turned in (90, 270) else (wide, high)
    (_one, across_wide, across_high), (_two, foot_wide, _foot_high) = parts
    size = 0.62 * math.hypot(*seen) / across_wide
    slope = math.atan2(seen[1], seen[0])
    cos, sin = size * math.cos(slope), size * math.sin(slope)
    middle = (
        seen[0] / 2 - (cos * across_wide - sin * across_high) / 2,
        seen[1] / 2 - (sin * across_wide + cos * across_high) / 2,
    )
    small = min(1.0, 0.9 * seen[0] / foot_wide)
    aslant = (cos, sin, -sin, cos, *middle)
    foot = (small, 0.0, 0.0, small, seen[0] * 0.03, seen[1] * 0.008)
    return [_as_seen(one, turned, wide, high, float(box.left), float(box.bottom)) for one in (aslant, foot)]


def _as_seen(
    matrix: tuple[float, ...], turned: int, wide: float, high: float, left: float, bottom: float
) -> tuple[float, ...]:
    """The matrix in the page's own coordinates, for one in those of the page as shown. Source: ISO 32000-1, 8.3."""
    cos, sin, right, up = {
        90: (0, 1, wide, 0), 180: (-1, 0, wide, high), 270: (0, -1, 0, high),
    }.get(turned, (1, 0, 0, 0))  # fmt: skip
    a, b, c, d, e, f = matrix
    return (
        a * cos - b * sin, a * sin + b * cos, c * cos - d * sin, c * sin + d * cos,
        e * cos - f * sin + right + left, e * sin + f * cos + up + bottom,
    )  # fmt: skip


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    _bounded()
    logging.disable()
    across, foot, data = (sys.stdin.buffer.read(size) for size in json.loads(sys.stdin.buffer.readline()))
    try:
        made = stamped(data, across, foot)
    except (NotToBeStamped, PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return NOT_TO_BE_STAMPED
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
