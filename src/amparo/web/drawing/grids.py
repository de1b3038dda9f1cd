"""Counts in a grid: months of several years, tiles of places, and dots of what was done before and now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEVELS = 5


@dataclass(frozen=True, slots=True)
class GridCell:
    """One number; hidden where `said` is empty and `few` is true. `level` shades it, from 0 to 4."""

    said: str
    title: str
    level: int
    few: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    label: str
    cells: tuple[GridCell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A calendar of counts: a row for each year, a column for each month. It is a table, and read as one."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A place with its number."""

    label: str
    cell: GridCell
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    title: str
    tiles: tuple[Tile, ...]


def level(count: int, most: int) -> int:
    """How dark a number is, of five levels; 0 for none at all."""
    if count <= 0 or most <= 0:
        return 0
    return min(LEVELS - 1, 1 + (LEVELS - 1) * count // (most + 1))


@dataclass(frozen=True, slots=True)
class DotInput:
    """A share before and now, from 0 to 1; None where nobody looked."""

    label: str
    before: float | None
    now: float | None
    said: str


@dataclass(frozen=True, slots=True)
class DotLine:
    label: str
    y: int
    before: float | None
    now: float | None
    said: str
    worse: bool


@dataclass(frozen=True, slots=True)
class Dots:
    title: str
    lines: tuple[DotLine, ...]
    height: int
    start: float
    end: float
    rtl: bool


_FROM, _TO, _STEP = 46.0, 98.0, 26


def dots(lines: Sequence[DotInput], title: str, *, rtl: bool = False) -> Dots:
    """Draw for each line where it was and where it is, from nothing to all."""

    def across(share: float | None) -> float | None:
        if share is None:
            return None
        x = _FROM + (_TO - _FROM) * min(max(share, 0.0), 1.0)
        return round(100 - x if rtl else x, 2)

    placed = tuple(
        DotLine(
            line.label,
            14 + _STEP * at,
            across(line.before),
            across(line.now),
            line.said,
            line.before is not None and line.now is not None and line.now <= line.before and line.now < 1,
        )
        for at, line in enumerate(lines)
    )
    start, end = (100 - _FROM, 100 - _TO) if rtl else (_FROM, _TO)
    return Dots(title, placed, 14 + _STEP * len(lines), start, end, rtl)
