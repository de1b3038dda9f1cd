"""The style sheets keep to their rules: tokens only, both directions of writing, and a small budget."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
SHEETS = sorted(SRC.rglob("static/**/*.css"))
STAFF = [SRC / "amparo/web/static/web" / name for name in ("tokens.css", "app.css", "staff.css")]
PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)[\w-]*"
    r"|(?:min-|max-)?(?:width|height)|left|right|top|bottom)\s*:"
)
SIDED_VALUE = re.compile(r"(?:text-align|float|clear|justify-\w+|text-anchor)\s*:\s*(?:left|right)\b")
CAPITALS_OR_SLANT = re.compile(r"(?:letter-spacing|text-transform|font-style)\s*:")


def words(sheet: Path) -> str:
    """The rules without remarks and without the conditions of media queries."""
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
    return re.sub(r"@media[^{]*\{", "{", css)


def test_there_are_style_sheets() -> None:
    assert set(STAFF) <= set(SHEETS)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_colours_come_from_the_tokens_alone(sheet: Path) -> None:
    if sheet.name == "tokens.css":
        return
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|color)a?\(", words(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_tied_to_left_or_right(sheet: Path) -> None:
    css = words(sheet)
    assert PHYSICAL.findall(css) == []
    assert SIDED_VALUE.findall(css) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_script_is_spaced_out_capitalised_or_slanted(sheet: Path) -> None:
    assert CAPITALS_OR_SLANT.findall(words(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_fetched(sheet: Path) -> None:
    assert re.findall(r"url\(|@import|@font-face", words(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_token_that_is_used_exists(sheet: Path) -> None:
    known = set(re.findall(r"(--[a-z0-9-]+)\s*:", STAFF[0].read_text(encoding="utf-8")))
    css = words(sheet)
    known |= set(re.findall(r"(--[a-z0-9-]+)\s*:", css))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", css)) <= known


def test_the_staff_style_sheets_stay_within_eight_kilobytes() -> None:
    assert len(gzip.compress(b"".join(sheet.read_bytes() for sheet in STAFF), 9)) <= 8_000


def test_braces_are_balanced() -> None:
    for sheet in SHEETS:
        css = words(sheet)
        assert css.count("{") == css.count("}"), sheet.name
