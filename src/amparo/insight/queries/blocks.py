"""What a page of figures is made of: blocks of lines with bars, drawings and definitions, as plain data.

A download is made from the same block as the page, so that it holds what was shown and nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amparo.web.drawing import Drawing

Said = str | Promise


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a line. `few`: hidden, since too few people are in it."""

    text: str = ""
    url: str = ""
    few: bool = False
    strong: bool = False
    quiet: bool = False
    value: float | int | None = None
    # It says how many rows there are, and leads to them.
    counts: bool = False


@dataclass(frozen=True, slots=True)
class BarLine:
    """A line with its bar: how far it reaches, and how far the line above did, in percent."""

    label: str
    cells: tuple[Cell, ...]
    data: float | None = None
    span: float | None = None
    url: str = ""

    @property
    def data_width(self) -> str:
        return "" if self.data is None else f"{self.data:.1f}%"

    @property
    def span_width(self) -> str:
        return "" if self.span is None else f"{self.span:.1f}%"


@dataclass(frozen=True, slots=True)
class Head:
    label: str
    number: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page of figures."""

    id: str
    title: str
    remark: str = ""
    first: str = ""
    heads: tuple[Head, ...] = ()
    lines: tuple[BarLine, ...] = ()
    bars: bool = True
    # A table that stands behind its drawing opens on request; else it is the block itself.
    folded: bool = False
    drawings: tuple[Drawing, ...] = ()
    notes: tuple[str, ...] = ()
    said: str = ""
    links: tuple[Link, ...] = ()
    half: bool = False
    hidden: bool = False

    @property
    def has_bars(self) -> bool:
        return self.bars and any(line.data is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class Big:
    """A number on its own."""

    label: str
    cell: Cell
    remark: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class FigurePage:
    """A page of figures."""

    title: str
    overline: str
    lede_bold: str = ""
    lede: str = ""
    bigs: tuple[Big, ...] = ()
    blocks: tuple[Block, ...] = ()
    behind: int = 0
    notes: tuple[str, ...] = ()
    definition: tuple[tuple[str, str], ...] = ()


def number(value: int) -> str:
    return number_format(value, force_grouping=True)


def percent(part: int, whole: int) -> str:
    """A share in words; where there is nothing to divide by, it says so and never nought."""
    if whole == 0:
        return _("nothing to divide by")
    return _("%(number)s %%") % {"number": number_format(round(100 * part / whole))}


def few() -> Cell:
    """A cell that is hidden."""
    return Cell(_("hidden"), few=True)


def counted(value: int, url: str = "", *, strong: bool = False) -> Cell:
    return Cell(number(value), url, strong=strong, value=value, counts=True)


def rows_of(block: Block) -> list[list[str | int | float]]:
    """A block as lines of a sheet: heads first."""
    sheet: list[list[str | int | float]] = [[block.first, *(head.label for head in block.heads)]]
    for line in block.lines:
        sheet.append([line.label, *(_plain(cell) for cell in line.cells)])
    return sheet


def _plain(cell: Cell) -> str | int | float:
    return cell.text if cell.few or cell.value is None else cell.value


def widths(values: Sequence[int | None]) -> list[float | None]:
    """Bars beside each other: the longest takes the whole width."""
    most = max((value for value in values if value is not None), default=0) or 1
    return [None if value is None else round(100 * value / most, 1) for value in values]
