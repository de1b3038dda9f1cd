"""What may be shown of a list under one filter at a time, beside the same list without it.

A filter parts people by its choices: each of them, those of whom nothing is noted included, is a row; the codes of the
list are columns. Without a filter everybody is told of the sums of the columns, and whoever chooses one choice after
the other of the sums of the rows. So:

1. The sums are hidden first, each list of them by itself: those that are small, and others with them. Hidden ones are
   from then on one row, or one column, whose sum anybody can work out, and which is large enough.
2. Inside, cells are hidden as if every sum were known, and so that none has to move for another one.

Since the sums stay where they are, the same list by another filter says nothing about the cells of this one. The tests
hold this with a linear programme over all filters together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from amparo.insight.rules.suppressing import Table, hide_chain, hide_inside, hide_line


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of a list: its sum or not, and which of its cells are hidden."""

    is_open: bool
    hidden: frozenset[int] = frozenset()

    def tells(self, cells: Collection[int]) -> bool:
        """Whether the sum of some cells may be told: it must say nothing about some hidden ones alone."""
        return self.is_open and (not self.hidden & set(cells) or self.hidden <= set(cells))


CLOSED = Shown(False)


def alone(counts: Sequence[int], least: int) -> Shown:
    """A list without a filter."""
    hidden = hide_line(counts, least)
    return CLOSED if hidden is None else Shown(True, hidden)


def crossed(
    rows: Sequence[Sequence[int]],
    least: int,
    *,
    closed: Collection[int] = (),
    columns: Collection[int] | None = None,
) -> list[Shown]:
    """A list under each choice of a filter.

    Args:
        rows: for each choice how many there are of each code; together they are everybody.
        closed: choices of which a list that this one is a part of is not shown.
        columns: codes that are hidden without a filter, where that was decided beside another list.

    Cost: O(small cells · cells · log).
    """
    sums = alone([sum(row[at] for row in rows) for at in range(len(rows[0]))], least)
    away = sums.hidden if columns is None else frozenset(columns)
    if columns is None and not sums.is_open:
        return [CLOSED] * len(rows)
    kept = [at for at in range(len(rows[0])) if at not in away]
    parts = [*([at] for at in kept), *([sorted(away)] if away else [])]
    inner = _inside([[sum(row[at] for at in part) for part in parts] for row in rows], least, closed)
    return [
        CLOSED if hidden is None else Shown(True, away | {kept[part] for part in hidden if part < len(kept)})
        for hidden in inner
    ]


def chains(rows: Sequence[Sequence[int]], least: int) -> list[frozenset[int] | None]:
    """Which steps of a funnel to hide under each choice of a filter; None where all must be.

    Args:
        rows: for each choice how many went so far and no further, by step.
    """
    steps = range(len(rows[0]))
    joined = hide_chain([sum(row[at] for row in rows) for at in steps], least)
    if joined is None:
        return [None] * len(rows)
    starts = [at for at in steps if at not in joined]
    ends = [*starts[1:], len(steps)]
    parts = [range(first, last) for first, last in zip(starts, ends, strict=True)]
    inner = _inside([[sum(row[at] for at in part) for part in parts] for row in rows], least, ())
    return [
        None if hidden is None else frozenset(at for at in steps if at not in _reached(starts, hidden))
        for hidden in inner
    ]


def _reached(starts: Sequence[int], hidden: Collection[int]) -> set[int]:
    """The steps whose running total says nothing more than what is shown: all before or all from there on is."""
    last = len(starts) - 1
    before = min(hidden, default=last)
    after = max(hidden, default=-1) + 1
    return {start for at, start in enumerate(starts) if at <= before or at >= after}


def _inside(rows: Sequence[Sequence[int]], least: int, closed: Collection[int]) -> list[frozenset[int] | None]:
    """For each row which of its cells are hidden, where all sums of columns are known; None for a closed row."""
    away = hide_line([sum(row) for row in rows], least, forced=closed)
    if away is None:
        return [None] * len(rows)
    kept = [at for at in range(len(rows)) if at not in away]
    rest = [[sum(rows[at][column] for at in away) for column in range(len(rows[0]))]] if away else []
    hidden = hide_inside(Table(tuple(tuple(row) for row in [*(rows[at] for at in kept), *rest])), least)
    found: list[frozenset[int] | None] = [None] * len(rows)
    for at, row in enumerate(kept):
        found[row] = frozenset(column for line, column in hidden if line == at)
    return found
