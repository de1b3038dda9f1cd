"""Fields of our own, where Django's would take what is no answer for one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from amparo.kernel.dates import PartialDate
from amparo.web.fields import ChoiceField, DayField, MomentField, PartialDateField

# Day, month, year, and whether the box "about then" is ticked.
EMPTY = (["", "", "", False], ["", "", "", True], ["", "", "", "on"], [], None)


@pytest.mark.parametrize("typed", EMPTY)
def test_a_needed_date_that_is_left_empty_is_asked_for(typed: list[object] | None) -> None:
    with pytest.raises(ValidationError) as refused:
        PartialDateField(label="When").clean(typed)
    assert refused.value.code == "required"


@pytest.mark.parametrize("typed", EMPTY)
def test_a_date_that_may_be_left_out_is_none(typed: list[object] | None) -> None:
    assert PartialDateField(label="When", required=False).clean(typed) is None


def test_a_year_alone_is_a_date() -> None:
    assert PartialDateField(label="When").clean(["", "", "2025", False]) == PartialDate(2025)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Bogota"])
@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "1799-12-31T23:59", "2200-01-01T00:00", "9999-12-31T23:59"])
def test_a_moment_in_a_year_that_nobody_writes_is_refused_in_every_zone(typed: str, zone: str) -> None:
    with timezone.override(ZoneInfo(zone)), pytest.raises(ValidationError) as refused:
        MomentField(label="When").clean(typed)
    assert refused.value.code == "invalid"


@pytest.mark.parametrize("typed", ["0026-05-17", "1799-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_in_a_year_that_nobody_writes_is_refused(typed: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError, match="between 1800 and 2199"):
        DayField(label="When").clean(typed)
    assert DayField(label="When").clean("2199-12-31") == date(2199, 12, 31)


def test_a_moment_is_that_of_the_office() -> None:
    with timezone.override(ZoneInfo("America/Bogota")):
        assert MomentField(label="When").clean("2026-05-17T20:30") == datetime(2026, 5, 18, 1, 30, tzinfo=UTC)


def test_what_may_be_left_unsaid_is_said_so_among_buttons_and_asked_for_in_a_list() -> None:
    few, many = [("a", "A"), ("b", "B")], [(str(number), str(number)) for number in range(9)]
    with translation.override("en"):
        assert str(ChoiceField(choices=few, required=False).choices[0][1]) == "Not said"
        assert str(ChoiceField(choices=many, required=False).choices[0][1]) == "Choose"
        assert ChoiceField(choices=few).choices[0][0] == "a"
