"""Figures of single programmes beside those of all cases, under attack."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import pytest

from amparo.insight.rules.auditing import Pack, Period, audit
from amparo.insight.rules.crossing import Shown, alone, crossed
from tests.insight import attack

K = 11
SMALL = 1e-6
YEAR, QUARTER = Period(1, 365), Period(1, 90)
Table = list[list[int]]


def _table(rng: random.Random) -> Table:
    """People by programme, the last row those without one, and by code."""
    scale, codes = rng.choice([4, 15, 40, 120]), rng.randint(2, 5)
    weight = [rng.choice([0.05, 0.4, 1, 2]) for _code in range(codes)]
    return [[int(rng.expovariate(1 / (scale * w))) for w in weight] for _programme in range(rng.randint(2, 5))]


def _pack(table: Table, programme: int | None) -> Pack:
    """What a release shows, as the figures of one programme, or of all cases, are made."""
    if programme is None:
        row, shown = [sum(line[at] for line in table) for at in range(len(table[0]))], Shown(False)
        shown = alone(row, K)
    else:
        row, shown = table[programme], crossed(table, K)[programme]
    cells: dict[str, int | None] = {
        str(at): count if shown.is_open and at not in shown.hidden else None for at, count in enumerate(row)
    }
    name = "" if programme is None else f"p{programme}"
    return Pack(name or "all", YEAR, cells | {"sum": sum(row) if shown.is_open else None}, name)


def _released(rng: random.Random, table: Table, *, growing: bool = False) -> list[Pack]:
    """What leaves when all cases and each programme are asked for in some order, as far as each is let out."""
    out: list[Pack] = []
    wanted = [None, *range(len(table) - 1)]
    rng.shuffle(wanted)
    for programme in wanted:
        new = _pack(table, programme)
        if not audit(new, out, K):
            out.append(new)
        if growing:
            rng.choice(table)[rng.randrange(len(table[0]))] += rng.randint(0, 6)
    return out


def _mask(table: Table, programme: str, cell: str) -> list[int]:
    """Which cells of the table a cell of a release is the sum of."""
    return [
        int(programme in ("", f"p{row}") and cell in ("sum", str(at)))
        for row in range(len(table))
        for at in range(len(table[0]))
    ]


def _small(table: Table) -> list[tuple[list[int], int]]:
    flat = [count for row in table for count in row]
    masks = [
        _mask(table, programme, cell)
        for programme in ("", *(f"p{row}" for row in range(len(table))))
        for cell in ("sum", *map(str, range(len(table[0]))))
    ]
    sums = [(mask, sum(n for n, used in zip(flat, mask, strict=True) if used)) for mask in masks]
    return [(mask, value) for mask, value in sums if value < K]


def _told(table: Table, packs: Sequence[Pack]) -> list[tuple[list[int], int]]:
    return [
        (_mask(table, pack.programme, cell), count)
        for pack in packs
        for cell, count in pack.cells.items()
        if count is not None
    ]


def test_nobody_finds_a_small_group_with_the_figures_of_all_programmes_and_of_all_cases() -> None:
    cells = several = 0
    for number in range(20):
        rng = random.Random(number)
        table = _table(rng)
        packs = _released(rng, table)
        several += len({pack.programme for pack in packs if any(n is not None for n in pack.cells.values())}) > 1
        told = _told(table, packs)
        # Sums of rows and of columns are large enough each; that they bound a cell is all that anybody may learn.
        sums = [one for one in told if one[0] in (_mask(table, "", c) for c in ("sum", *map(str, range(9))))]
        sums += [(_mask(table, pack.programme, "sum"), n) for pack in packs if (n := pack.cells["sum"]) is not None]
        for mask, value in _small(table):
            low, high = attack.of_sums(told, mask)
            cells += 1
            assert high >= K - 1 - SMALL, (number, value, low, high)
            if low > SMALL:
                assert low <= attack.of_sums(sums, mask)[0] + SMALL, (number, value, low)
    assert cells > 80
    assert several > 5


def test_whatever_changes_between_two_releases_no_difference_is_a_small_group() -> None:
    compared = 0
    for number in range(150):
        rng = random.Random(number)
        packs = _released(rng, _table(rng), growing=True)
        whole = next((pack for pack in packs if not pack.programme), None)
        parts = [pack for pack in packs if pack.programme]
        for cell, value in whole.cells.items() if whole else ():
            known = [count for pack in parts if (count := pack.cells[cell]) is not None]
            if value is None:
                assert not known, number
                continue
            taken = [sum(some) for size in range(1, len(known) + 1) for some in combinations(known, size)]
            assert all(abs(value - total) >= K for total in taken), number
            compared += len(taken)
    assert compared > 500


def test_what_is_left_of_all_cases_without_a_programme_may_be_neither_few_nor_nobody() -> None:
    whole = Pack("all", YEAR, {"a": 50, "b": None})
    for count in (50, 45):
        found = audit(Pack("p", YEAR, {"a": count}, "lakes"), [whole], K)
        assert [one.code for one in found] == ["difference"]
        assert [one.code for one in audit(whole, [Pack("p", YEAR, {"a": count}, "lakes")], K)] == ["difference"]
    assert audit(Pack("p", YEAR, {"a": 30}, "lakes"), [whole], K) == []
    assert [one.code for one in audit(Pack("p", YEAR, {"b": 12}, "lakes"), [whole], K)] == ["uncovered"]


def test_two_programmes_together_may_not_leave_a_few_of_all_cases() -> None:
    out = [Pack("all", YEAR, {"a": 60}), Pack("l", YEAR, {"a": 25}, "lakes")]
    assert [one.code for one in audit(Pack("h", YEAR, {"a": 28}, "hills"), out, K)] == ["difference"]
    assert audit(Pack("h", YEAR, {"a": 20}, "hills"), out, K) == []
    # Without the figures of all cases two programmes have nothing to do with each other.
    assert audit(Pack("h", YEAR, {"a": 28}, "hills"), out[1:], K) == []


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (Pack("new", QUARTER, {"a": 30}), Pack("old", YEAR, {"a": 50}, "lakes")),
        (Pack("new", YEAR, {"a": 50}, "lakes"), Pack("old", QUARTER, {"a": 30})),
    ],
)
def test_a_part_of_the_period_of_all_cases_and_the_whole_of_a_programme_are_refused(new: Pack, old: Pack) -> None:
    assert [one.code for one in audit(new, [old], K)] == ["crossing"]
