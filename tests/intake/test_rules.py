"""The medical window counts from the incident, as far as its time is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.intake import rules
from amparo.intake.rules import Known
from amparo.kernel.dates import PartialDate

ZONE = ZoneInfo("Asia/Kolkata")
LIMITS = (72, 120)


def test_the_window_ends_so_many_hours_after_the_incident_and_not_after_the_report() -> None:
    incident = rules.incident_of(PartialDate(2026, 3, 2), time(22, 30), False, ZONE)
    assert incident is not None
    window = rules.medical_window(incident.at, rules.known_as(incident), False, LIMITS)
    assert window is not None
    assert window.ends_at == datetime(2026, 3, 5, 17, 0, tzinfo=UTC)
    assert not window.is_estimate
    assert window.left(datetime(2026, 3, 5, 16, 0, tzinfo=UTC)) == timedelta(hours=1)
    assert window.is_first_over(datetime(2026, 3, 5, 17, 0, tzinfo=UTC))
    assert not window.is_over(datetime(2026, 3, 5, 17, 0, tzinfo=UTC))


def test_a_day_without_a_time_counts_from_its_beginning_and_says_so() -> None:
    incident = rules.incident_of(PartialDate(2026, 3, 2), None, False, ZONE)
    assert incident is not None
    window = rules.medical_window(incident.at, rules.known_as(incident), False, LIMITS)
    assert window is not None
    assert window.since.astimezone(ZONE) == datetime(2026, 3, 2, tzinfo=ZONE)
    assert window.is_estimate


@pytest.mark.parametrize("day", [None, PartialDate(2026), PartialDate(2026, 3)])
def test_without_a_day_no_clock_is_drawn(day: PartialDate | None) -> None:
    incident = rules.incident_of(day, time(8, 0), False, ZONE)
    known = rules.known_as(incident)
    assert rules.medical_window(incident.at if incident else None, known, False, LIMITS) is None


@given(
    st.sampled_from([None, PartialDate(2026), PartialDate(2026, 3), PartialDate(2026, 3, 2)]),
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)),
    st.booleans(),
    st.sampled_from(["UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati"]),
)
def test_the_time_of_an_incident_comes_back_as_it_was_told(
    day: PartialDate | None, at: time | None, about: bool, zone: str
) -> None:
    where = ZoneInfo(zone)
    incident = rules.incident_of(day, at, about, where)
    since = incident.at if incident else None
    stored_about = bool(incident and incident.about)
    assert rules.incident_again(since, rules.known_as(incident), stored_about, where) == incident


def test_an_answer_is_due_on_the_calendar_of_the_office() -> None:
    received = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    assert rules.answer_due(received, 7, ZONE) == date(2026, 3, 10)
    assert rules.answer_due(received, 7, ZoneInfo("UTC")) == date(2026, 3, 9)


def test_an_unknown_time_has_a_word_of_its_own() -> None:
    assert rules.known_as(None) is Known.UNKNOWN
