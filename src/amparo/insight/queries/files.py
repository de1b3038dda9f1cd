"""Blocks as files: what is shown, and nothing more."""

from __future__ import annotations

import csv
import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from amparo.insight.queries.blocks import Block, FigurePage, rows_of

# What a table program takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: str | int | float) -> str | int | float:
    """A text that no table program takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _lines(block: Block, overline: str) -> list[list[str | int | float]]:
    notes: list[list[str | int | float]] = [[note] for note in block.notes]
    sheet: list[list[str | int | float]] = [[block.title], [overline], [], *rows_of(block), [], *notes]
    return [[harmless(value) for value in line] for line in sheet]


def as_csv(block: Block, page: FigurePage) -> bytes:
    """A block as CSV in UTF-8, with the mark by which office programs know it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(_lines(block, page.overline))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(block: Block, page: FigurePage) -> bytes:
    """A block as a spreadsheet. Every text is written as a text."""
    made = Workbook(write_only=True)
    sheet = made.create_sheet("Amparo")
    for line in _lines(block, page.overline):
        cells = []
        for value in line:
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    stored = io.BytesIO()
    made.save(stored)
    return stored.getvalue()
