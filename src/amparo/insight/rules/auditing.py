"""Several releases beside each other: what one more would give away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """What one release shows: cells by name, with None where hidden, over one period.

    Of one programme, or of all cases where it names none; no case is in two.
    """

    name: str
    period: Period
    cells: Mapping[str, int | None]
    programme: str = ""

    def overlaps(self, other: Pack) -> bool:
        apart = self.programme and other.programme and self.programme != other.programme
        return not apart and self.period.overlaps(other.period)

    def holds(self, other: Pack) -> bool:
        return self.programme in ("", other.programme) and self.period.holds(other.period)


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a release can't go out beside an earlier one."""

    code: str
    earlier: str
    cell: str = ""


# More parts of one period than this are not looked at in every combination: they are refused.
MOST_PARTS = 12


def audit(new: Pack, earlier: Sequence[Pack], least: int) -> list[Finding]:
    """What the new release would give away beside those that are out.

    - The same cell hidden here and shown there, over the same period; of a programme shown and of all cases hidden.
    - Periods that cross, or a part of the period of all beside the whole one of a programme: the difference of two
      sums would be a third one that nobody has looked at.
    - A period and its parts: what is left when some parts are taken away from the whole is a group too, and must not
      be a small one. The same period again, at a later time, is such a part. So is a programme, and what is left of
      all cases without it may be no small group either, nor nobody: what is hidden of the others would be known.

    Cost: O(2^parts) for each cell, with at most `MOST_PARTS` parts.
    """
    olds = [old for old in earlier if new.cells.keys() & old.cells.keys() and new.overlaps(old)]
    found = [Finding("crossing", old.name) for old in olds if not (new.holds(old) or old.holds(new))]
    if found:
        return found
    for old in olds:
        if old.period == new.period:
            found += [Finding("uncovered", old.name, name) for name in _uncovered(new, old)]
    packs = [new, *_around(new, olds, earlier)]
    for whole in packs:
        parts = [part for part in packs if part is not whole and whole.holds(part)]
        if (new is whole or new in parts) and parts:
            found += _left_over(whole, parts, least)
    return found


def _around(new: Pack, olds: Sequence[Pack], earlier: Sequence[Pack]) -> list[Pack]:
    """Those beside which the new one lies, and all parts of a whole of which it is a part itself.

    Another programme of the same period touches it nowhere, yet both together leave little of the whole.
    """
    wholes = [old for old in olds if old.holds(new)]
    beside = [one for one in earlier if one not in olds and any(whole.holds(one) for whole in wholes)]
    return [*olds, *beside]


def _uncovered(new: Pack, old: Pack) -> list[str]:
    """Cells that one of both shows and the other hides. A programme may hide what is shown of all."""
    common = new.cells.keys() & old.cells.keys()
    if new.programme == old.programme:
        return sorted(name for name in common if (new.cells[name] is None) != (old.cells[name] is None))
    part, whole = (new, old) if new.programme else (old, new)
    return sorted(name for name in common if whole.cells[name] is None and part.cells[name] is not None)


def _left_over(whole: Pack, parts: Sequence[Pack], least: int) -> list[Finding]:
    """Cells in which something small is left when disjoint parts are taken away from the whole."""
    if len(parts) > MOST_PARTS:
        return [Finding("too_many", whole.name)]
    found = []
    for name in sorted(whole.cells):
        value = whole.cells[name]
        known = [(part, count) for part in parts if (count := part.cells.get(name)) is not None]
        if value is not None and any(_is_little(value - total, taken, whole, least) for total, taken in _sums(known)):
            found.append(Finding("difference", whole.name, name))
    return found


def _is_little(left: int, taken: Sequence[Pack], whole: Pack, least: int) -> bool:
    """Whether what is left is a small group. Nobody is one where the others are those of other programmes."""
    of_others = any(part.programme != whole.programme for part in taken)
    return abs(left) < least and (left != 0 or of_others)


def _sums(known: Sequence[tuple[Pack, int]]) -> list[tuple[int, tuple[Pack, ...]]]:
    """The sums of every choice of parts that do not overlap, with the parts."""
    sums: list[tuple[int, tuple[Pack, ...]]] = [(0, ())]
    for part, count in known:
        sums += [
            (total + count, (*taken, part)) for total, taken in sums if not any(part.overlaps(other) for other in taken)
        ]
    return [(total, taken) for total, taken in sums if taken]
