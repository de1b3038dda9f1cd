"""Time to an event, against hand-computed values, and against an independent library."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.insight.rules.survival import aalen_johansen, at_risk_on, kaplan_meier, quantile

PEOPLE = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=60)
RIVALS = st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["", "convicted", "left"])), min_size=2, max_size=60)


def test_a_curve_by_hand() -> None:
    """Six people: it happened to three, after 2, 4 and 4 days; three were followed for 3, 5 and 6 days.

    From 6 at risk 1 event: 5/6. After the one who left at 3, from 4 at risk 2 events: 5/6 · 2/4 = 5/12.
    """
    curve = kaplan_meier({(2, True): 1, (3, False): 1, (4, True): 2, (5, False): 1, (6, False): 1})
    assert [(p.day, p.at_risk, p.events) for p in curve.points] == [(0, 6, 0), (2, 6, 1), (4, 4, 2)]
    assert [p.share for p in curve.points] == pytest.approx([1, 5 / 6, 5 / 12])
    assert (curve.people, curve.events, curve.longest) == (6, 3, 6)
    assert quantile(curve, 0.5).days == 4
    assert quantile(curve, 0.9).days is None
    assert [at_risk_on(curve, day) for day in (0, 2, 3, 4)] == [6, 6, 4, 4]


def test_an_interval_by_hand() -> None:
    """Greenwood for one event among two: variance of log(-log) is 1/(2·1)/log(1/2)²; z = 1.96."""
    point = kaplan_meier({(1, True): 1, (2, False): 1}).points[1]
    assert (point.low, point.high) == pytest.approx((0.00599, 0.91043), abs=1e-4)


def test_nobody_is_an_empty_curve_and_no_estimate() -> None:
    curve = kaplan_meier({})
    assert curve.is_empty
    assert quantile(curve, 0.5).days is None


def test_days_below_nought_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        kaplan_meier({(-1, True): 1})
    with pytest.raises(ValueError, match="negative"):
        aalen_johansen([(-1, "left", 1)], ["left"])


def test_who_still_waits_makes_the_wait_longer_and_is_not_left_out() -> None:
    finished = kaplan_meier({(10, True): 5, (20, True): 5})
    waiting = kaplan_meier({(10, True): 5, (20, True): 5, (30, False): 20})
    assert quantile(finished, 0.5).days == 10
    assert quantile(waiting, 0.5).days is None


@given(people=PEOPLE)
@settings(max_examples=40)
def test_the_curve_is_that_of_an_independent_library(people: list[tuple[int, bool]]) -> None:
    lifelines = pytest.importorskip("lifelines")
    tally: dict[tuple[int, bool], int] = {}
    for key in people:
        tally[key] = tally.get(key, 0) + 1
    ours = {point.day: point for point in kaplan_meier(tally).points}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = lifelines.KaplanMeierFitter().fit([d for d, _ in people], [e for _, e in people])
    shares, bands = fitted.survival_function_, fitted.confidence_interval_
    for day, point in ours.items():
        if day == 0 and point.events == 0 and len([p for p in kaplan_meier(tally).points if p.day == 0]) > 1:
            continue
        assert point.share == pytest.approx(shares.loc[day].iloc[0], abs=1e-12)
        if 0 < point.share < 1:
            assert (point.low, point.high) == pytest.approx(tuple(bands.loc[day]), abs=1e-9)


def test_outcomes_by_hand() -> None:
    """Four people: convicted after 1, left after 2, still open after 3, convicted after 4.

    Convicted: 1/4, then from 1 at risk, waiting 3/4 · 2/3 = 1/2, all of it: 1/4 + 1/2. Left: 3/4 · 1/3 = 1/4.
    """
    found = aalen_johansen([(1, "c", 1), (2, "l", 1), (3, "", 1), (4, "c", 1)], ["c", "l"])
    assert [day for day, _ in found.steps] == [0, 1, 2, 4]
    assert found.last() == pytest.approx({"c": 0.75, "l": 0.25})


@given(people=RIVALS)
@settings(max_examples=30)
def test_outcomes_are_those_of_an_independent_library(people: list[tuple[int, str]]) -> None:
    lifelines = pytest.importorskip("lifelines")
    # That library moves ties apart at random, so each day comes once.
    days = list(range(1, len(people) + 1))
    causes = ["convicted", "left"]
    ours = aalen_johansen([(day, what, 1) for day, (_, what) in zip(days, people, strict=True)], causes)
    for number, cause in enumerate(causes, 1):
        if not any(what == cause for _, what in people):
            continue
        codes = [0 if not what else causes.index(what) + 1 for _, what in people]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fitted = lifelines.AalenJohansenFitter(calculate_variance=False).fit(days, codes, event_of_interest=number)
        theirs = fitted.cumulative_density_.iloc[-1, 0]
        assert ours.last()[cause] == pytest.approx(theirs, abs=1e-9)


@given(people=RIVALS)
@settings(max_examples=60)
def test_outcomes_and_those_who_wait_are_everybody(people: list[tuple[int, str]]) -> None:
    found = aalen_johansen([(day, what, 1) for day, what in people], ["convicted", "left"])
    for _day, shares in found.steps:
        assert -1e-12 <= sum(shares) <= 1 + 1e-12
        assert all(share >= 0 for share in shares)
