"""Rules about persons."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.dates import AgeEstimate, AgeRange, PartialDate
from amparo.people import rules
from amparo.people.errors import DiedBeforeBirth, NoneAmongOthers


@pytest.mark.parametrize(
    ("low", "high", "band"),
    [
        (16, 16, rules.Band(15, 17)),
        (17, 18, rules.Band()),
        (13, 16, rules.Band(None, 17)),
        (20, 40, rules.Band(18, None)),
        (70, 80, rules.Band(60, None)),
        (0, 5, rules.Band(0, 5)),
    ],
)
def test_an_age_band_says_only_what_is_sure(low: int, high: int, band: rules.Band) -> None:
    assert rules.band_of(AgeRange(low, high)) == band


@given(st.integers(0, 130), st.integers(0, 130))
def test_an_age_band_never_excludes_a_possible_age(one: int, other: int) -> None:
    low, high = sorted((one, other))
    band = rules.band_of(AgeRange(low, high))
    assert band.low is None or band.low <= low
    assert band.high is None or band.high >= high


def test_who_is_not_born_yet_at_an_event_has_no_age() -> None:
    assert rules.age_on(PartialDate(2020), None, PartialDate(2010)) is None


def test_minors_are_found_at_the_event_and_not_today() -> None:
    birth = PartialDate(2005, 6, 1)
    assert rules.minor_on(birth, None, PartialDate(2023, 5, 31)) is True
    assert rules.minor_on(birth, None, PartialDate(2023, 6, 2)) is False
    assert rules.minor_on(birth, None, PartialDate(2023)) is None


def test_a_first_name_is_what_she_goes_by_or_else_the_first_word() -> None:
    assert rules.first_name("Nadia Sample Example", "") == "Nadia"
    assert rules.first_name("Nadia Sample", "Didi") == "Didi"
    assert rules.first_name("", "") == ""


def test_an_estimate_is_unpacked_as_it_was_packed() -> None:
    estimate = AgeEstimate(14, 16, date(2026, 3, 2), "appearance")
    assert rules.unpacked_estimate(dict(rules.packed_estimate(estimate))) == estimate
    assert rules.unpacked_estimate({}) is None


def test_nobody_dies_before_being_born() -> None:
    rules.check_death(PartialDate(1990, 5), None, PartialDate(1990))
    with pytest.raises(DiedBeforeBirth):
        rules.check_death(PartialDate(1990, 5), None, PartialDate(1989))


@pytest.mark.parametrize("on", [None, PartialDate(2024), PartialDate(2024, 3, about=True)])
def test_a_death_is_kept_as_exactly_as_it_is_known(on: PartialDate | None) -> None:
    assert rules.unpacked_death(dict(rules.packed_death(True, on) or {})) == rules.Death(on)


def test_none_of_the_difficulties_stands_alone() -> None:
    rules.check_disability(["none"])
    with pytest.raises(NoneAmongOthers):
        rules.check_disability(["seeing", "none"])
