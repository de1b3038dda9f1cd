"""Every letter of a paper is drawn: no empty box stands where a name should."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime

import pytest

from amparo.papers.missing import refused, settable, spelt
from amparo.papers.typesetting import typeset

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
# Invented names and common words, with letters that join and marks that stand before, above and below.
SCRIPTS = {
    "Latin": "Đặng Zażółć Ñandú Ẹ̀kọ́ ŞĞİ",
    "Cyrillic": "Щедрая Їжак Өмір",
    "Greek": "Ἄνθρωπος",
    "Devanagari": "लक्ष्मी क्षत्रिय श्री कीर्ति १२३",
    "Khmer": "ស្រីមុំ ខេត្តសៀមរាប ក្រុង ១២៣",
    "Arabic": "محمد الله (القاهرة) ١٢٣ پچگ ےہ",
    "Thai": "ปิ่นแก้ว น้ำผึ้ง ๑๒๓",
    "Bengali": "লক্ষ্মী স্ত্রী ১২৩",
    "Tamil": "ஸ்ரீ லட்சுமி கொடி",
    "Telugu": "శ్రీ లక్ష్మి క్షేత్రం",
    "Kannada": "ಶ್ರೀ ಲಕ್ಷ್ಮಿ",
    "Malayalam": "ശ്രീ ലക്ഷ്മി",
    "Gujarati": "શ્રી લક્ષ્મી",
    "Gurmukhi": "ਸ੍ਰੀ ਲੱਛਮੀ",
    "Myanmar": "မြန်မာ ကျွန်ုပ်",
    "Lao": "ສີ ບົວຜັນ",
    "Ethiopic": "ሰላም ብርሃን",
    "Sinhala": "ශ්‍රී ලක්ෂ්මී",
    "Hebrew": "שלום רבקה",
}
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TEXT = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _plain(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8)]) if said.isdigit() else _LETTERS.get(said, said)


def glyphs(paper: bytes) -> list[int]:
    """The number of each glyph that a paper of our typesetter shows; 0 is the box of a font that lacks a letter."""
    shown: list[int] = []
    for stream in _STREAM.findall(paper):
        try:
            drawn = zlib.decompress(stream)
        except zlib.error:
            continue
        if b" Tf" not in drawn:
            continue
        for text in _TEXT.findall(drawn):
            codes = _ESCAPED.sub(_plain, text)
            shown += [int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2)]
    return shown


def slips(words: str) -> bytes:
    """A small paper that says the words in bold and in regular letters."""
    values = {"title": words, "foot": words, "training": words, "hint": words, "slips": [[words, words]]}
    return typeset("training/papers/slips.typ", values, language="en", at=AT)


@pytest.mark.parametrize("script", SCRIPTS)
def test_names_of_every_script_that_we_meet_are_drawn(script: str) -> None:
    shown = glyphs(slips(SCRIPTS[script]))
    assert len(shown) > len(SCRIPTS[script])
    assert 0 not in shown


def test_a_letter_that_no_font_has_is_said_by_its_number_and_no_paper_fails() -> None:
    paper = slips("王小明 Sample 김 \U0001f622 \u200d")
    assert 0 not in glyphs(paper)
    assert spelt("王小明 Sample", refused('the text `"王"` could not be displayed with font `"X"`')) == (
        "[U+738B][U+5C0F][U+660E] Sample"
    )
    assert spelt("ʘ and a", "ʘ") == "[U+0298] and a"


def test_a_paper_with_ever_so_many_symbols_that_no_font_has_is_made() -> None:
    faces = [chr(0x1F300 + number) for number in range(60)]
    musical = [chr(0x1D100 + number) for number in range(45)]
    assert 0 not in glyphs(slips(" ".join(faces + musical)))
    assert spelt("".join(faces), faces[0]) == "".join(f"[U+{ord(face):04X}]" for face in faces)


def test_controls_in_pasted_words_are_said_by_their_numbers_and_no_paper_fails() -> None:
    breaks = "\t\n\v\f\r\x85"
    controls = "".join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in breaks)
    assert 0 not in glyphs(slips(f"\ufeffpasted{breaks}{controls}words \\u0001"))
    for control in controls:
        assert settable({"a": [f"one{control}"]}) == {"a": [f"one[U+{ord(control):04X}]"]}
    assert settable(["\ufeffone", breaks, 7, None, True]) == ["one", " \n\n\n\r\n", 7, None, True]


def test_the_reader_of_glyphs_sees_an_empty_box() -> None:
    drawn = zlib.compress(rb"/f0 17 Tf (\000\001\000\000)Tj")
    assert glyphs(b"stream\n" + drawn + b"\nendstream") == [1, 0]
