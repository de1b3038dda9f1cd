"""Choosing one filter after the other, under attack: by linear programme over all that was shown, together."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from amparo.insight.rules.crossing import Shown, alone, chains, crossed
from amparo.insight.rules.suppressing import hide_chain

K = 11
SMALL = 1e-6
Cube = np.ndarray


def _cube(rng: random.Random, *, codes: int) -> Cube:
    """People by the choice of one filter, by that of another one, and by a code."""
    shape = (rng.randint(1, 5), rng.randint(1, 4), codes)
    scale = rng.choice([2, 8, 25, 80])
    weight = [rng.choice([0.1, 0.5, 1, 2]) for _ in range(codes)]
    cells = [int(rng.expovariate(1 / (scale * weight[at % codes]))) for at in range(int(np.prod(shape)))]
    return np.array(cells).reshape(shape)


def _told(cube: Cube) -> list[tuple[Cube, int]]:
    """Everything that is shown: without a filter, and by each choice of each of the two. As sums of cells."""
    found = _sums(cube, np.ones(cube.shape[:2]), alone([int(n) for n in cube.sum(axis=(0, 1))], K))
    for axis in (0, 1):
        rows = cube.sum(axis=1 - axis)
        for at, shown in enumerate(crossed([[int(n) for n in row] for row in rows], K)):
            found += _sums(cube, _choice(cube, axis, at), shown)
    return found


def _choice(cube: Cube, axis: int, at: int) -> Cube:
    plane = np.zeros(cube.shape[:2])
    plane[(at, slice(None)) if axis == 0 else (slice(None), at)] = 1
    return plane


def _sums(cube: Cube, plane: Cube, shown: Shown) -> list[tuple[Cube, int]]:
    if not shown.is_open:
        return []
    visible = [code for code in range(cube.shape[2]) if code not in shown.hidden]
    wanted = [(range(cube.shape[2])), *([code] for code in visible)]
    return [_sum(cube, plane, codes) for codes in wanted]


def _sum(cube: Cube, plane: Cube, codes: Sequence[int]) -> tuple[Cube, int]:
    mask = np.zeros(cube.shape)
    for code in codes:
        mask[:, :, code] = plane
    return mask, int((cube * mask).sum())


def _ends(aim: Cube, told: Sequence[tuple[Cube, int]]) -> tuple[float, float]:
    left = np.array([mask.ravel() for mask, _ in told]) if told else None
    right = np.array([float(number) for _, number in told]) if told else None
    found = []
    for sign in (1.0, -1.0):
        answer = linprog(sign * aim.ravel(), A_eq=left, b_eq=right, bounds=(0, None), method="highs")
        assert answer.status in (0, 3), answer.message
        found.append(float("inf") if answer.status == 3 else sign * answer.fun)
    return found[0], found[1]


def _attacked(numbers: range) -> tuple[int, int]:
    """Attack each small cell that a page could show; how many there were, and of how many sums say more than nothing.

    A cell of one filter and code that is small could be anything up to ten. Where the sums alone, each of them large
    enough, say that it is not nought, that is all that anybody learns: no cell inside was shown there.
    """
    cells = bounded = 0
    for number in numbers:
        cube = _cube(random.Random(number), codes=random.Random(-number).randint(2, 6))
        told = _told(cube)
        for mask in _offered(cube):
            value = int((cube * mask).sum())
            if value >= K:
                continue
            low, high = _ends(mask, told)
            cells += 1
            assert high >= K - 1 - SMALL, (number, value, low, high)
            if low > SMALL:
                assert low <= _ends(mask, _sums_alone(cube, told))[0] + SMALL, (number, value, low)
                bounded += 1
    return cells, bounded


def _offered(cube: Cube) -> list[Cube]:
    """Each cell and each sum that a page offers: by a code or all codes, by a choice of a filter or none."""
    planes = [np.ones(cube.shape[:2])]
    planes += [_choice(cube, axis, at) for axis in (0, 1) for at in range(cube.shape[axis])]
    codes = [list(range(cube.shape[2])), *([code] for code in range(cube.shape[2]))]
    return [_sum(cube, plane, some)[0] for plane, some in product(planes, codes)]


def _sums_alone(cube: Cube, told: Sequence[tuple[Cube, int]]) -> list[tuple[Cube, int]]:
    """What is shown of sums: of all codes together, or without a filter."""

    def is_sum(mask: Cube) -> bool:
        every = mask.max(axis=2)
        return bool((mask.min(axis=2) == every).all() or every.all())

    return [(mask, number) for mask, number in told if is_sum(mask)]


def test_nobody_finds_a_small_cell_by_choosing_one_filter_after_the_other() -> None:
    cells, bounded = _attacked(range(60))
    assert cells > 500
    assert bounded < 0.03 * cells


@pytest.mark.faults
@pytest.mark.long
@pytest.mark.slow
def test_nobody_finds_one_in_thousands_of_cubes() -> None:
    cells, bounded = _attacked(range(1_000, 3_000))
    assert cells > 15_000
    assert bounded < 0.03 * cells


def test_the_attack_finds_what_is_hidden_one_filter_at_a_time() -> None:
    """The check itself can fail: were each choice looked at by itself, the second one would tell of the first."""
    cube = np.array([[[4, 30]], [[40, 20]]])
    naive = _sums(cube, np.ones((2, 1)), Shown(True)) + _sums(cube, _choice(cube, 0, 1), Shown(True))
    aim = _sum(cube, _choice(cube, 0, 0), [0])[0]
    assert _ends(aim, naive) == (4, 4)
    low, high = _ends(aim, _told(cube))
    assert low <= SMALL
    assert high >= K - 1


def test_funnels_of_all_choices_together_tell_of_no_small_step() -> None:
    cells = 0
    for number in range(60):
        rng = random.Random(number)
        cube = _cube(rng, codes=rng.randint(3, 8))[:, :1, :]
        rows = [[int(n) for n in row[0]] for row in cube]
        joined = hide_chain([sum(column) for column in zip(*rows, strict=True)], K)
        told = [] if joined is None else _reached(cube, np.ones(cube.shape[:2]), joined)
        for at, hidden in enumerate(chains(rows, K)):
            told += [] if hidden is None else _reached(cube, _choice(cube, 0, at), hidden)
        for at in range(cube.shape[0]):
            for step in range(cube.shape[2]):
                mask, value = _sum(cube, _choice(cube, 0, at), [step])
                if value < K:
                    low, high = _ends(mask, told)
                    cells += 1
                    assert high >= K - 1 - SMALL, (number, at, step)
                    assert high > low + 1, (number, at, step)
    assert cells > 300


def _reached(cube: Cube, plane: Cube, hidden: frozenset[int]) -> list[tuple[Cube, int]]:
    steps = range(cube.shape[2])
    return [_sum(cube, plane, list(steps)[step:]) for step in steps if step not in hidden]


def test_enough_is_shown_where_there_are_enough() -> None:
    rng = random.Random(5)
    rows = [[rng.randint(5, 200) for _ in range(6)] for _ in range(5)]
    shown = crossed(rows, K)
    assert all(one.is_open for one in shown)
    assert sum(len(one.hidden) for one in shown) < 12


def test_a_part_is_closed_where_its_whole_is() -> None:
    rows = [[40, 50], [60, 70], [80, 90]]
    assert [one.is_open for one in crossed(rows, K)] == [True, True, True]
    assert [one.is_open for one in crossed(rows, K, closed=[1])].count(False) == 2
