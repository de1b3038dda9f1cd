"""Times, dates and sizes are said as people say them, in the reader's language and clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.dates import PartialDate
from amparo.web import formats

NOW = datetime(2026, 11, 22, 12, 40, tzinfo=UTC)
KOLKATA = ZoneInfo("Asia/Kolkata")


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW - timedelta(hours=3), "today 15:10"),
        (NOW - timedelta(days=1), "yesterday 18:10"),
        (NOW + timedelta(days=1), "tomorrow 18:10"),
        (datetime(2026, 11, 17, 9, tzinfo=UTC), "17 Nov"),
        (datetime(2025, 11, 17, 9, tzinfo=UTC), "17 Nov 2025"),
        # 20:00 in UTC is already the next day in Kolkata.
        (datetime(2026, 11, 21, 20, 0, tzinfo=UTC), "today 01:30"),
    ],
)
def test_a_moment_is_said_as_near_as_it_is(moment: datetime, said: str) -> None:
    assert formats.when(moment, NOW, KOLKATA) == said


@pytest.mark.parametrize(
    ("partial", "said"),
    [
        (PartialDate(2024), "2024"),
        (PartialDate(2024, 3), "March 2024"),
        (PartialDate(2024, 3, 3), "3 March 2024"),
        (PartialDate(2024, 3, about=True), "about March 2024"),
    ],
)
def test_a_partial_date_says_only_what_is_known(partial: PartialDate, said: str) -> None:
    assert formats.partial_date(partial) == said


def test_months_have_names_in_the_reader_s_language() -> None:
    with translation.override("ar"):
        assert "نوفمبر" in formats.day(date(2026, 11, 17))
    with translation.override("hi"):
        # Spelled as Django spells it.
        assert "नवमबर" in formats.day(date(2026, 11, 17))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (12_400_000, "12.4 MB"),
        (999_999, "1.0 MB"),
        (4_200_000_000, "4.2 GB"),
    ],
)
def test_a_size_is_said_in_the_unit_that_fits(count: int, said: str) -> None:
    assert formats.size(count) == said


@given(st.integers(0, 10**15))
def test_no_size_shows_a_thousand_of_a_unit(count: int) -> None:
    amount, unit = formats.size(count).split(" ")
    assert float(amount.replace(",", "")) < 1000 or unit == "TB"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(days=2, hours=19), "2 days 19 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=1, minutes=1), "1 hour 1 minute"),
        (timedelta(minutes=38, seconds=59), "38 minutes"),
        (timedelta(0), "0 minutes"),
    ],
)
def test_a_length_of_time_is_said_in_its_two_largest_parts(length: timedelta, said: str) -> None:
    assert formats.duration(length) == said
