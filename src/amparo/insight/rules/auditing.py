"""Several releases beside each other: what one more would give away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """From a first to a last day, both included, as ordinal numbers."""

    first: int
    last: int

    def overlaps(self, other: Period) -> bool:
        return self.first <= other.last and other.first <= self.last

    def holds(self, other: Period) -> bool:
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class Pack:
    """What one release shows: cells by name, with None where hidden, over one period."""

    name: str
    period: Period
    cells: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a release can't go out beside an earlier one."""

    code: str
    earlier: str
    cell: str = ""


# More parts of one period than this are not looked at in every combination: they are refused.
MOST_PARTS = 12


def audit(new: Pack, earlier: Iterable[Pack], least: int) -> list[Finding]:
    """What the new release would give away beside those that are out.

    - The same cell hidden here and shown there, over the same period.
    - Periods that cross: the difference of two sums would be a third one that nobody has looked at.
    - A period and its parts: what is left when some parts are taken away from the whole is a group too, and must not
      be a small one. The same period again, at a later time, is such a part.

    Cost: O(2^parts) for each cell, with at most `MOST_PARTS` parts.
    """
    olds = [old for old in earlier if new.cells.keys() & old.cells.keys() and new.period.overlaps(old.period)]
    found = [
        Finding("crossing", old.name)
        for old in olds
        if not (new.period.holds(old.period) or old.period.holds(new.period))
    ]
    if found:
        return found
    for old in olds:
        if old.period == new.period:
            found += [Finding("uncovered", old.name, name) for name in _uncovered(new, old)]
    packs = [new, *olds]
    for whole in packs:
        parts = [part for part in packs if part is not whole and whole.period.holds(part.period)]
        if (new is whole or new in parts) and parts:
            found += _left_over(whole, parts, least)
    return found


def _uncovered(new: Pack, old: Pack) -> list[str]:
    common = new.cells.keys() & old.cells.keys()
    return sorted(name for name in common if (new.cells[name] is None) != (old.cells[name] is None))


def _left_over(whole: Pack, parts: Sequence[Pack], least: int) -> list[Finding]:
    """Cells in which something small is left when disjoint parts are taken away from the whole."""
    if len(parts) > MOST_PARTS:
        return [Finding("too_many", whole.name)]
    found = []
    for name in sorted(whole.cells):
        value = whole.cells[name]
        shown = [(part.period, part.cells.get(name)) for part in parts]
        known = [(period, count) for period, count in shown if count is not None]
        if value is not None and any(0 < abs(value - total) < least for total in _sums(known)):
            found.append(Finding("difference", whole.name, name))
    return found


def _sums(known: Sequence[tuple[Period, int]]) -> list[int]:
    """The sums of every choice of parts that do not overlap."""
    sums: list[tuple[int, tuple[Period, ...]]] = [(0, ())]
    for period, count in known:
        sums += [
            (total + count, (*taken, period))
            for total, taken in sums
            if not any(period.overlaps(other) for other in taken)
        ]
    return [total for total, taken in sums if taken]
