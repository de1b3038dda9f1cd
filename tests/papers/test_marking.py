"""A marked copy shows its number and line; what would lose its proof by a mark stays as it is."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, datetime

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from amparo.papers.marking import MOST_BYTES, can_be_marked, marked
from amparo.papers.marks import Mark
from amparo.papers.typesetting import typeset
from tests.papers.reading import words_of

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
MARK = Mark("CP-7KQ-4M9-T3X", "Copy CP-7KQ-4M9-T3X · for Example Harbour Police · 22 November 2026")
VALUES = {"title": "Slips", "foot": "An office", "training": "one", "hint": "two", "slips": [["a", "b"]]}


def a_paper(mark: Mark | None = None) -> bytes:
    return typeset("training/papers/slips.typ", VALUES, language="en", at=AT, mark=mark)


def written(writer: PdfWriter) -> bytes:
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_paper_of_ours_bears_the_mark_and_a_screen_reader_does_not_say_it() -> None:
    paper = a_paper(MARK)
    assert MARK.line in words_of(paper)
    done = subprocess.run(["pdfinfo", "-struct-text", "-"], input=paper, capture_output=True, check=True)
    said = done.stdout.decode()
    assert "Slips" in said
    assert MARK.number not in said
    assert MARK.number not in words_of(a_paper())


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_each_page_of_a_pdf_shows_the_mark_however_it_is_turned(turned: int) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_paper())))
    writer.add_blank_page(842, 595)
    for page in writer.pages:
        page.rotate(turned)
    given = written(writer)
    made = marked(given, "application/pdf", MARK)
    assert made is not None
    assert made == marked(given, "application/pdf", MARK), "the same file and mark give the same bytes"
    for page in PdfReader(io.BytesIO(made)).pages:
        assert {"/AmparoAcross", "/AmparoFoot"} <= set(page["/Resources"]["/XObject"])  # type: ignore[arg-type,index]
    assert words_of(made).count(MARK.line) == 2
    assert "Slips" in words_of(made)


def test_a_pdf_that_is_locked_or_broken_is_not_touched() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_paper())))
    writer.encrypt("invented")
    for data in (written(writer), b"%PDF-1.7 and nothing more", a_paper()[:2000], b""):
        assert marked(data, "application/pdf", MARK) is None


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16")]
)
def test_a_picture_of_any_mode_gets_a_strip_that_covers_nothing(form: str, mode: str) -> None:
    made = io.BytesIO()
    Image.new(mode, (60, 40)).save(made, form)
    copy = marked(made.getvalue(), f"image/{form.lower()}", MARK)
    assert copy is not None
    with Image.open(io.BytesIO(copy)) as picture:
        assert picture.format == form
        assert picture.width > 320, "the line is read below a small picture too"
        assert picture.height > 40 + 18


def a_picture(size: tuple[int, int]) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, "JPEG", quality=1)
    return made.getvalue()


def with_exif(picture: bytes, entries: bytes) -> bytes:
    """A JPEG with the entries of an EXIF as somebody, or a damaged telephone, may have written them."""
    exif = b"Exif\0\0II*\0\x08\0\0\0" + entries + b"\0\0\0\0"
    return picture[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + picture[2:]


# How many, then tag, kind, count and value of each: turned on its side, and one that is not what it says.
TURNED = b"\2\0\x12\1\3\0\1\0\0\0\6\0\0\0"
DAMAGED = {
    "bytes for a fraction": TURNED + b"\x1a\1\1\0\2\0\0\0\0\0\0\0",
    "bytes for a number": TURNED + b"\x28\1\1\0\4\0\0\0\0\0\0\0",
}


@pytest.mark.parametrize("entries", DAMAGED.values(), ids=DAMAGED)
def test_a_picture_with_a_damaged_exif_stays_as_it_is(entries: bytes) -> None:
    assert marked(with_exif(a_picture((60, 40)), entries), "image/jpeg", MARK) is None


def test_a_picture_that_is_too_high_for_a_strip_stays_as_it_is() -> None:
    assert marked(a_picture((8, 65_495)), "image/jpeg", MARK) is None


def test_what_is_no_picture_or_pdf_or_too_large_bears_no_mark() -> None:
    assert not can_be_marked("video/mp4", 10)
    assert not can_be_marked("image/png", MOST_BYTES + 1)
    assert marked(b"no picture", "image/png", MARK) is None
    assert marked(b"sound", "audio/mpeg", MARK) is None
