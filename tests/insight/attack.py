"""What somebody can work out of a table that hides cells: by linear programme, from all that is shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog

from amparo.insight.rules.suppressing import TOTAL, Cell, Suppressed


def interval(shown: Suppressed, cell: Cell) -> tuple[float, float]:
    """The least and the most that a hidden cell can be, given every shown cell and total, none being negative."""
    hidden = sorted(shown.hidden)
    place = {one: at for at, one in enumerate(hidden)}
    rows, columns = (*range(shown.table.height), TOTAL), (*range(shown.table.width), TOTAL)
    sums = [[((r, c), -1 if c == TOTAL else 1) for c in columns] for r in rows]
    sums += [[((r, c), -1 if r == TOTAL else 1) for r in rows] for c in columns]
    left, right = [], []
    for terms in sums:
        line, rest = [0.0] * len(hidden), 0.0
        for one, sign in terms:
            if one in place:
                line[place[one]] += sign
            else:
                rest -= sign * shown.table.value(one)
        left.append(line)
        right.append(rest)
    return _ends(left, right, place[cell], len(hidden))


def of_list(counts: Sequence[int], hidden: Sequence[int], at: int) -> tuple[float, float]:
    """The same for a list whose sum is shown."""
    unknown = sorted(hidden)
    rest = float(sum(counts[one] for one in unknown))
    return _ends([[1.0] * len(unknown)], [rest], unknown.index(at), len(unknown))


def of_chain(stopped: Sequence[int], hidden: Sequence[int], at: int) -> tuple[float, float]:
    """The same for those who stopped at a step of a funnel, of whose running totals some are hidden."""
    left, right = [], []
    for step in range(len(stopped)):
        if step not in hidden:
            left.append([1.0 if later >= step else 0.0 for later in range(len(stopped))])
            right.append(float(sum(stopped[step:])))
    return _ends(left, right, at, len(stopped))


def of_sums(told: Sequence[tuple[Sequence[int], int]], aim: Sequence[int]) -> tuple[float, float]:
    """The least and the most that a sum of cells can be, given other sums of the same cells; none is negative."""
    left = [list(mask) for mask, _number in told] or None
    right = [number for _mask, number in told] or None
    found = []
    for sign in (1.0, -1.0):
        answer = linprog(sign * np.array(aim), A_eq=left, b_eq=right, bounds=(0, None), method="highs")
        assert answer.status in (0, 3), answer.message
        found.append(float("inf") if answer.status == 3 else sign * answer.fun)
    return found[0], found[1]


def _ends(left: list[list[float]], right: list[float], at: int, size: int) -> tuple[float, float]:
    found = []
    for sign in (1.0, -1.0):
        aim = np.zeros(size)
        aim[at] = sign
        answer = linprog(aim, A_eq=left, b_eq=right, bounds=(0, None), method="highs")
        if answer.status == 3:  # Without bound.
            found.append(float("inf"))
        else:
            assert answer.status == 0, answer.message
            found.append(sign * answer.fun)
    return found[0], found[1]
