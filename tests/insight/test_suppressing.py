"""Hidden cells under attack: whatever is small could be anything from nought to ten."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.insight.rules.auditing import Pack, Period, audit
from amparo.insight.rules.suppressing import (
    TOTAL,
    Table,
    hide_chain,
    hide_line,
    hide_table,
)
from tests.insight import attack

K = 11
COUNTS = st.lists(st.integers(0, 60), min_size=2, max_size=9)
SMALL = 1e-6


def _random_table(rng: random.Random) -> Table:
    height, width = rng.randint(1, 7), rng.randint(1, 7)
    scale = rng.choice([3, 12, 30, 100, 1000])
    return Table(tuple(tuple(int(rng.expovariate(1 / scale)) for _ in range(width)) for _ in range(height)))


def _attacked(numbers: range) -> int:
    """Attack every small cell of random tables; how many there were."""
    cells = 0
    for number in numbers:
        table = _random_table(random.Random(number))
        shown = hide_table(table, K)
        for cell in shown.small:
            low, high = attack.interval(shown, cell)
            assert low <= SMALL, (table, cell)
            assert high >= K - 1 - SMALL, (table, cell)
            cells += 1
    return cells


def test_an_attacker_learns_nothing_of_small_cells_of_random_tables() -> None:
    assert _attacked(range(120)) > 300


@pytest.mark.faults
@pytest.mark.long
@pytest.mark.slow
def test_an_attacker_learns_nothing_of_thousands_of_tables() -> None:
    assert _attacked(range(1_000, 5_000)) > 10_000


def test_the_attack_finds_a_cell_that_is_hidden_alone() -> None:
    """The check itself can fail: hiding only what is small gives it away."""
    from amparo.insight.rules.suppressing import Suppressed

    table = Table(((5, 40), (30, 50)))
    naive = Suppressed(table, frozenset({(0, 0)}), frozenset({(0, 0)}))
    assert attack.interval(naive, (0, 0)) == (5, 5)
    shown = hide_table(table, K)
    assert (0, 0) in shown.hidden
    assert len(shown.hidden) > 1
    assert attack.interval(shown, (0, 0))[1] >= 10


def test_a_table_without_small_cells_is_shown_whole() -> None:
    shown = hide_table(Table(((20, 40), (30, 50))), K)
    assert shown.hidden == frozenset()
    assert shown.shown((TOTAL, TOTAL)) == 140


def test_a_small_total_is_hidden_too() -> None:
    shown = hide_table(Table(((2, 3), (40, 50), (60, 70))), K)
    assert (0, TOTAL) in shown.hidden
    low, high = attack.interval(shown, (0, TOTAL))
    assert low <= SMALL
    assert high >= 10


def test_large_tables_keep_most_of_what_they_say() -> None:
    rng = random.Random(7)
    table = Table(tuple(tuple(rng.randint(0, 300) for _ in range(8)) for _ in range(8)))
    shown = hide_table(table, K)
    assert len(shown.hidden) < 0.35 * 81


@given(counts=COUNTS)
@settings(max_examples=80)
def test_a_list_with_its_sum_gives_nothing_away(counts: list[int]) -> None:
    hidden = hide_line(counts, K)
    if hidden is None:
        return
    for at, count in enumerate(counts):
        if count < K:
            low, high = attack.of_list(counts, sorted(hidden), at)
            assert low <= SMALL
            assert high >= K - 1 - SMALL
        else:
            assert at not in hidden or len(hidden) > 1


def test_a_list_hides_no_more_than_it_must() -> None:
    assert hide_line([100, 50, 20, 3], K) == {2, 3}
    assert hide_line([100, 50, 6, 5], K) == {2, 3}
    assert hide_line([100, 50, 20], K) == frozenset()
    assert hide_line([3, 4], K) is None


def test_what_is_shown_elsewhere_can_not_hide_anything() -> None:
    assert hide_line([3, 20, 50], K, open_=[1]) == {0, 2}
    assert hide_line([3, 20], K, open_=[1]) is None
    assert hide_line([30, 20, 50], K, forced=[1]) == {0, 1}


@given(stopped=st.lists(st.integers(0, 60), min_size=2, max_size=9))
@settings(max_examples=120)
def test_a_funnel_gives_nothing_away_by_subtraction(stopped: list[int]) -> None:
    hidden = hide_chain(stopped, K)
    if hidden is None:
        return
    assert 0 not in hidden
    for at, count in enumerate(stopped):
        if count < K:
            low, high = attack.of_chain(stopped, sorted(hidden), at)
            assert low <= SMALL
            assert high >= K - 1 - SMALL


# ---- releases beside each other ------------------------------------------------------------------------------

YEAR, FIRST, SECOND = Period(1, 100), Period(1, 50), Period(51, 100)


def test_periods_that_cross_are_refused() -> None:
    old = Pack("old", Period(1, 60), {"a": 40})
    assert [f.code for f in audit(Pack("new", Period(40, 99), {"a": 50}), [old], K)] == ["crossing"]


def test_a_part_that_leaves_a_few_of_the_whole_is_refused() -> None:
    old = Pack("year", YEAR, {"a": 50, "b": 40})
    assert [(f.code, f.cell) for f in audit(Pack("part", FIRST, {"a": 45, "b": 20}), [old], K)] == [("difference", "a")]
    assert audit(Pack("part", FIRST, {"a": 30, "b": 20}), [old], K) == []


def test_several_parts_together_may_not_leave_a_few() -> None:
    quarters = [Pack(f"q{n}", Period(25 * n + 1, 25 * n + 25), {"a": 20}) for n in range(3)]
    year = Pack("year", YEAR, {"a": 65})
    assert [f.code for f in audit(year, quarters, K)] == ["difference"]
    assert audit(Pack("year", YEAR, {"a": 80}), quarters, K) == []


def test_the_same_period_again_may_not_count_the_few_in_between() -> None:
    old = Pack("before", YEAR, {"a": 50})
    assert [f.code for f in audit(Pack("after", YEAR, {"a": 53}), [old], K)] != []
    assert audit(Pack("after", YEAR, {"a": 50}), [old], K) == []
    assert [f.code for f in audit(Pack("after", YEAR, {"a": None}), [old], K)] == ["uncovered"]


def test_periods_apart_have_nothing_to_do_with_each_other() -> None:
    assert audit(Pack("second", SECOND, {"a": 45}), [Pack("first", FIRST, {"a": 50})], K) == []
