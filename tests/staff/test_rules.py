from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.cases.words import ClosureReason
from amparo.staff import rules
from amparo.staff.errors import (
    ClockCrossed,
    CodeRefused,
    CodeTaken,
    NumberOutside,
    ThresholdOutside,
    WindowsCross,
)
from amparo.staff.rules import Clock
from amparo.staff.words import RETENTION_LABELS, Milestone, Number, RestorationArea

DEFAULTS = {number: bounds.default for number, bounds in rules.NUMBERS.items()}


@given(
    st.dictionaries(st.sampled_from([n.value for n in Number]), st.none() | st.integers() | st.text() | st.booleans())
)
def test_whatever_is_stored_every_number_is_there_and_within_its_bounds(stored: dict[str, object]) -> None:
    read = rules.numbers(stored)
    assert set(read) == set(Number)
    for number, value in read.items():
        assert rules.NUMBERS[number].least <= value <= rules.NUMBERS[number].most


def test_a_number_outside_its_bounds_is_refused_at_its_field() -> None:
    with pytest.raises(NumberOutside) as refused:
        rules.checked_numbers(DEFAULTS | {Number.LEAST_SHOWN: 10})
    assert refused.value.field == "least_shown"


def test_the_second_medical_window_can_not_end_before_the_first() -> None:
    with pytest.raises(WindowsCross):
        rules.checked_numbers(DEFAULTS | {Number.MEDICAL_LAST_HOURS: 71})


def test_every_reason_of_closing_has_a_retention() -> None:
    assert set(RETENTION_LABELS) == {reason.value for reason in ClosureReason}


def test_no_threshold_is_set_until_somebody_sets_one() -> None:
    assert rules.thresholds({}) == {}


@pytest.mark.parametrize("typed", ["0.9", "4.1", "NaN", "Infinity", "three", "1e9"])
def test_a_threshold_outside_the_scale_is_refused(typed: str) -> None:
    with pytest.raises(ThresholdOutside):
        rules.checked_thresholds({RestorationArea.SAFETY: typed})


@given(st.decimals(min_value=1, max_value=4, places=1))
def test_a_threshold_comes_back_as_it_was_set(value: Decimal) -> None:
    stored = rules.checked_thresholds({RestorationArea.SAFETY: str(value), RestorationArea.SOCIAL: ""})
    assert rules.thresholds(dict(stored)) == {RestorationArea.SAFETY: value}


def test_the_examples_do_not_run() -> None:
    assert rules.EXAMPLE_CLOCKS
    assert not any(clock.is_active for clock in rules.EXAMPLE_CLOCKS)
    assert all(clock.is_example for clock in rules.EXAMPLE_CLOCKS)


def test_clocks_come_back_as_they_were_stored() -> None:
    assert rules.clocks(rules.stored_clocks(rules.EXAMPLE_CLOCKS)) == rules.EXAMPLE_CLOCKS


def test_a_clock_can_not_start_and_stop_at_the_same_place() -> None:
    with pytest.raises(ClockCrossed):
        rules.with_clock((), Clock("one", "One", 30, Milestone.CHARGE, Milestone.CHARGE), is_new=True)


def test_two_clocks_can_not_have_one_code() -> None:
    with pytest.raises(CodeTaken):
        rules.with_clock(
            rules.EXAMPLE_CLOCKS,
            Clock("example_charge", "Again", 30, Milestone.CHARGE, Milestone.VERDICT),
            is_new=True,
        )


@pytest.mark.parametrize("code", ["", "North", "1st", "a b", "é", "a" * 41])
def test_a_code_with_anything_but_small_letters_digits_and_low_lines_is_refused(code: str) -> None:
    with pytest.raises(CodeRefused):
        rules.with_code((), code, "Label")


@given(st.binary(min_size=12, max_size=12))
def test_words_are_compared_however_they_are_typed(entropy: bytes) -> None:
    words = rules.words_from(entropy, [f"word{number}" for number in range(2048)])
    assert len(words.split()) == rules.CODE_WORDS
    assert rules.normal_words("  " + words.upper().replace(" ", " - ")) == rules.normal_words(words)
