"""Hiding small numbers, so that they can't be worked out from what is shown.

A number below the threshold, nought included, is small: were only noughts shown, a hidden cell would be known to be
at least one. Hiding it alone is of no use where a total is shown, so that others are hidden with it. They are chosen
so that each small cell could be anything from 0 to at least the threshold less one, whatever an attacker works out
from all shown cells and totals. The tests hold this with a linear programme.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence
from dataclasses import dataclass

HIDDEN = None
TOTAL = -1
"""The row or column of totals."""

Cell = tuple[int, int]


def hide_line(
    cells: Sequence[int], least: int, *, open_: Collection[int] = (), forced: Collection[int] = ()
) -> frozenset[int] | None:
    """Which cells of a list to hide where the total is shown; None where the total must be hidden too.

    Each hidden cell can then be anything from 0 to the sum of those hidden, which is at least `least`.

    Args:
        open_: cells that are shown elsewhere, and so can't hide anything.
        forced: cells that are hidden elsewhere, and so have to be hidden here.
    """
    hidden = {at for at, count in enumerate(cells) if count < least} | set(forced)
    if not hidden:
        return frozenset()
    if hidden & set(open_):
        return None
    others = sorted((count, at) for at, count in enumerate(cells) if at not in hidden and at not in set(open_))
    for _count, at in others:
        if len(hidden) > 1 and sum(cells[one] for one in hidden) >= least:
            break
        hidden.add(at)
    enough = len(hidden) > 1 and sum(cells[one] for one in hidden) >= least
    return frozenset(hidden) if enough else None


def hide_chain(stopped: Sequence[int], least: int) -> frozenset[int] | None:
    """Which of the running totals of a funnel to hide; None where all must be, the first one included.

    `stopped` are those who went so far and no further. A funnel shows how many reached each step, which tells by
    subtraction how many stopped before the next one: small ones are joined with their neighbours.
    """
    if sum(stopped) < least:
        return None
    groups: list[list[int]] = [[]]
    for at in range(len(stopped)):
        groups[-1].append(at)
        if _is_safe(stopped, groups[-1], least):
            groups.append([])
    rest = groups.pop()
    if rest:
        if not groups:
            return None if not _is_safe(stopped, rest, least) else frozenset(range(1, len(stopped)))
        groups[-1] += rest
    shown = {group[0] for group in groups}
    return frozenset(at for at in range(len(stopped)) if at not in shown)


def _is_safe(stopped: Sequence[int], group: Sequence[int], least: int) -> bool:
    """Whether a group hides its small members: none is small, or another can take up what it might be."""
    small = any(stopped[at] < least for at in group)
    return sum(stopped[at] for at in group) >= least and (not small or len(group) > 1)


# ---- tables with totals -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """Counts in rows and columns. Totals follow from them."""

    cells: tuple[tuple[int, ...], ...]

    @property
    def height(self) -> int:
        return len(self.cells)

    @property
    def width(self) -> int:
        return len(self.cells[0]) if self.cells else 0

    def value(self, cell: Cell) -> int:
        """A count, or a total where the row or the column is `TOTAL`."""
        row, column = cell
        rows = self.cells if row == TOTAL else (self.cells[row],)
        return sum(sum(line) if column == TOTAL else line[column] for line in rows)

    def every(self) -> list[Cell]:
        """All cells, totals included."""
        return [(r, c) for r in (*range(self.height), TOTAL) for c in (*range(self.width), TOTAL)]


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A table as it may be shown."""

    table: Table
    hidden: frozenset[Cell]
    small: frozenset[Cell]

    def shown(self, cell: Cell) -> int | None:
        return HIDDEN if cell in self.hidden else self.table.value(cell)


def hide_table(table: Table, least: int, *, forced: Collection[Cell] = ()) -> Suppressed:
    """Hide small cells and totals of a table, and others with them.

    A table with its totals is one in which every row and column sums to nothing, totals counted as negative. What a
    hidden cell might be is what can be moved along closed paths of hidden cells. For each small cell two such paths
    are kept: one that takes it down to 0, and one that brings it up to the threshold less one. Where no path can be
    found the whole table is hidden. Cost: O(small · cells · log).
    """
    everything = table.every()
    small = {cell for cell in everything if table.value(cell) < least}
    hidden = small | set(forced)
    if not hidden:
        return Suppressed(table, frozenset(), frozenset())
    for cell in sorted(hidden, key=lambda one: (table.value(one), one)):
        value = table.value(cell)
        down = value if cell in small else min(value, least - 1)
        up = max(0, least - 1 - value) if cell in small else least - 1
        for amount, direction in ((down, -1), (up, 1)):
            path = _cheapest(table, cell, amount, direction, hidden, totals=True)
            if path is None:
                return Suppressed(table, frozenset(everything), frozenset(small))
            hidden |= path
    return Suppressed(table, frozenset(hidden), frozenset(small))


def hide_inside(table: Table, least: int) -> frozenset[Cell]:
    """Which cells of a table to hide where every total is known, and stays what it is.

    As in `hide_table`, but along paths of inner cells alone: so whatever else is told of the same totals says nothing
    about the cells. Where no path can be found all cells are hidden, and nobody knows more than the totals say.
    """
    inside = [(r, c) for r in range(table.height) for c in range(table.width)]
    hidden: set[Cell] = {cell for cell in inside if table.value(cell) < least}
    for cell in sorted(hidden, key=lambda one: (table.value(one), one)):
        value = table.value(cell)
        for amount, direction in ((value, -1), (max(0, least - 1 - value), 1)):
            path = _cheapest(table, cell, amount, direction, hidden, totals=False)
            if path is None:
                return frozenset(inside)
            hidden |= path
    return frozenset(hidden)


def _room(table: Table, cell: Cell, direction: int, amount: int) -> bool:
    """Whether a cell can move by an amount: down no further than to 0, up as far as one likes.

    A total counts as negative, and a total of totals as positive again, so what is up for a cell is down for it.
    """
    sign = -1 if (cell[0] == TOTAL) != (cell[1] == TOTAL) else 1
    return direction * sign > 0 or table.value(cell) >= amount


def _cheapest(
    table: Table, cell: Cell, amount: int, direction: int, hidden: Collection[Cell], *, totals: bool
) -> set[Cell] | None:
    """The cells besides this one of a closed path along which it can move by an amount; None where there is none.

    From the row of the cell to its column, by turns along a row and along a column; hidden cells cost nothing. A
    path need not move anything where the amount is 0, but the cell must lie on one: else it would be known.
    """
    amount = max(amount, 1) if direction > 0 else amount
    sign = -1 if (cell[0] == TOTAL) != (cell[1] == TOTAL) else 1
    # A cell goes up where its own sign is positive: along its row the others go the other way.
    against = -direction * sign
    edge = (TOTAL,) if totals else ()
    rows, columns = (*range(table.height), *edge), (*range(table.width), *edge)
    queue: list[tuple[float, int, str, int, tuple[Cell, ...]]] = [(0.0, 0, "row", cell[0], ())]
    done: set[tuple[str, int]] = set()
    tie = 0
    while queue:
        cost, _, kind, at, path = heapq.heappop(queue)
        if (kind, at) in done:
            continue
        done.add((kind, at))
        if kind == "column" and at == cell[1]:
            return set(path)
        steps = [(at, c) for c in columns] if kind == "row" else [(r, at) for r in rows]
        way = against if kind == "row" else -against
        for step in steps:
            if step == cell or not _room(table, step, way, amount):
                continue
            tie += 1
            follow = ("column", step[1]) if kind == "row" else ("row", step[0])
            price = 0.0 if step in hidden else 1.0 + table.value(step) * (4.0 if TOTAL in step else 1.0)
            heapq.heappush(queue, (cost + price, tie, *follow, (*path, step)))
    return None
