from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amparo.kernel import dates
from amparo.kernel.dates import AgeEstimate, AgeRange, DateRefused, PartialDate, PartialTime, age_at, is_minor

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
offsets = st.integers(-14 * 60, 14 * 60)


@st.composite
def partial_with_a_day_inside(draw: st.DrawFn) -> tuple[PartialDate, date]:
    day = draw(days)
    precision = draw(st.sampled_from(["year", "month", "day"]))
    month = None if precision == "year" else day.month
    partial = PartialDate(day.year, month, day.day if precision == "day" else None, draw(st.booleans()))
    return partial, day


partials = partial_with_a_day_inside().map(lambda pair: pair[0])


def _full_years(born: date, day: date) -> int:
    # Counted birthday by birthday, unlike the code under test.
    years = 0
    while (born.year + years + 1, born.month, born.day) <= (day.year, day.month, day.day):
        years += 1
    return years


@given(partials)
def test_a_date_reads_back_as_itself(value: PartialDate) -> None:
    assert PartialDate.parse(value.isoformat()) == value
    boxes = ["" if part is None else str(part) for part in (value.year, value.month, value.day)]
    assert PartialDate.from_parts(*boxes, about=value.about) == value


@given(partial_with_a_day_inside())
def test_a_partial_date_reaches_from_its_first_to_its_last_day(pair: tuple[PartialDate, date]) -> None:
    value, day = pair
    assert value.earliest() <= day <= value.latest()
    first, last = value.reach()
    assert first <= value.earliest()
    assert value.latest() <= last
    assert ((first, last) != (value.earliest(), value.latest())) is value.about


def test_a_year_never_becomes_the_first_of_january() -> None:
    value = PartialDate.parse("2024")
    assert (value.month, value.day, value.isoformat()) == (None, None, "2024")
    assert (value.earliest(), value.latest()) == (date(2024, 1, 1), date(2024, 12, 31))
    assert PartialDate.parse("2024-02").latest() == date(2024, 2, 29)
    assert PartialDate.parse("~2024-12").reach() == (date(2024, 11, 1), date(2025, 1, 31))


@pytest.mark.parametrize(
    "text",
    [
        "\u0662\u0660\u0662\u0664-\u0660\u0665-\u0661\u0667",
        "\u0968\u0966\u0968\u096a/\u096b/\u0967\u096d",
        "\u17e2\u17e0\u17e2\u17e4.\u17e5.\u17e1\u17e7",
        " 2024-5-17 ",
        "2024\u201305\u201317",
        "\u200e2024-05-17",
    ],
)
def test_digits_of_other_scripts_are_digits(text: str) -> None:
    assert PartialDate.parse(text) == PartialDate(2024, 5, 17)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2023-02-29", dates.DayOutOfRange),
        ("2024-02-31", dates.DayOutOfRange),
        ("2024-13", dates.MonthOutOfRange),
        ("2024-00", dates.MonthOutOfRange),
        ("0000", dates.YearOutOfRange),
        ("9999-01-01", dates.YearOutOfRange),
        ("17/05/2024", dates.DateUnreadable),
        ("May 2024", dates.DateUnreadable),
        ("", dates.DateUnreadable),
        ("2024" + " " * 50 + "-05", dates.DateUnreadable),
    ],
)
def test_impossible_dates_are_refused_with_what_to_write_instead(text: str, kind: type[DateRefused]) -> None:
    with pytest.raises(kind) as caught:
        PartialDate.parse(text)
    assert caught.value.hint()
    assert caught.value.message()
    assert text not in str(caught.value) or not text


@pytest.mark.parametrize(
    ("boxes", "kind"),
    [
        (("", "5", "17"), dates.YearMissing),
        (("2024", "", "17"), dates.DayWithoutMonth),
        (("24", "5", ""), dates.YearOutOfRange),
        (("2024", "x", ""), dates.DateUnreadable),
        (("2024", "5", "-1"), dates.DateUnreadable),
    ],
)
def test_boxes_that_do_not_make_a_date_are_refused(boxes: tuple[str, str, str], kind: type[DateRefused]) -> None:
    with pytest.raises(kind):
        PartialDate.from_parts(*boxes)


@given(st.text(max_size=50))
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    try:
        value = PartialDate.parse(text)
    except DateRefused:
        return
    assert PartialDate.parse(value.isoformat()) == value


def test_only_a_date_wholly_in_the_future_is_refused_as_such() -> None:
    today = date(2024, 5, 17)
    for text in ("2024", "2024-05", "2024-05-17", "2023"):
        assert dates.refuse_future(PartialDate.parse(text), today).isoformat() == text
    for text in ("2025", "2024-06", "2024-05-18"):
        with pytest.raises(dates.DateInFuture):
            dates.refuse_future(PartialDate.parse(text), today)


@given(partial_with_a_day_inside(), partial_with_a_day_inside())
def test_the_order_of_partial_dates_never_contradicts_the_days_inside(
    one: tuple[PartialDate, date], other: tuple[PartialDate, date]
) -> None:
    answer = one[0].is_before(other[0])
    if answer is not None:
        assert answer is (one[1] < other[1])
    if one[0].precision == other[0].precision == "day" and not (one[0].about or other[0].about):
        assert answer is not None


@given(partial_with_a_day_inside(), partial_with_a_day_inside())
def test_an_age_range_holds_the_true_age(birth: tuple[PartialDate, date], event: tuple[PartialDate, date]) -> None:
    assume(birth[1] <= event[1])
    ages = age_at(birth[0], event[0])
    true_age = _full_years(birth[1], event[1])
    assert 0 <= ages.low <= true_age <= ages.high
    minor = is_minor(birth[0], event[0])
    assert minor is None or minor is (true_age < 18)


@given(days, days)
def test_full_dates_give_one_age_except_on_a_leap_birthday(born: date, day: date) -> None:
    assume(born <= day)
    ages = age_at(PartialDate.on(born), PartialDate.on(day))
    leap = (born.month, born.day) == (2, 29) and (day.month, day.day) == (2, 28) and not calendar.isleap(day.year)
    assert ages.high - ages.low == int(leap)


def test_majority_is_unknown_where_the_dates_do_not_decide() -> None:
    event = PartialDate.parse("2024-05-17")
    assert is_minor(PartialDate.parse("2006-05-18"), event) is True
    assert is_minor(PartialDate.parse("2006-05-17"), event) is False
    assert is_minor(PartialDate.parse("2006"), event) is None
    assert is_minor(PartialDate.parse("~2005"), event) is None
    assert is_minor(PartialDate.parse("2005"), event) is False
    assert is_minor(PartialDate.parse("2005"), event, 21) is True
    assert age_at(PartialDate.parse("2008-02-29"), PartialDate.parse("2026-02-28")) == AgeRange(17, 18)


def test_an_event_before_birth_is_refused() -> None:
    with pytest.raises(dates.BirthAfterEvent):
        age_at(PartialDate.parse("2024-06"), PartialDate.parse("2024-05"))


@given(days, st.integers(0, 90), st.integers(0, 20), days)
def test_an_estimated_age_reaches_all_possible_births(born: date, low: int, more: int, event: date) -> None:
    on = date(min(born.year + low + more // 2, 2190), 6, 15)
    assume(born <= on and born <= event and low <= _full_years(born, on) <= low + more)
    estimate = AgeEstimate(low, low + more, on, "appearance")
    first, last = estimate.birth()
    assert first <= born <= last
    ages = age_at(estimate, PartialDate.on(event))
    assert ages.low <= _full_years(born, event) <= ages.high


@pytest.mark.parametrize(("low", "high"), [(-1, 5), (9, 8), (0, 131)])
def test_an_impossible_age_is_refused(low: int, high: int) -> None:
    with pytest.raises(dates.AgeOutOfRange):
        AgeEstimate(low, high, date(2024, 5, 17), "stated")


@given(moments, offsets, st.booleans())
def test_an_exact_moment_keeps_its_instant_and_its_local_clock(at: datetime, offset: int, about: bool) -> None:
    local = at.astimezone(timezone(timedelta(minutes=offset)))
    value = PartialTime.exact(local, about=about)
    assert value.at == at
    assert value.local().replace(tzinfo=None) == local.replace(tzinfo=None)
    assert value.local_date() == PartialDate(local.year, local.month, local.day, about)


@given(partials, offsets)
def test_a_period_stays_as_vague_as_it_was_told(period: PartialDate, offset: int) -> None:
    value = PartialTime.in_period(period, offset)
    assert value.local_date() == period
    assert value.isoformat() == period.isoformat()
    assert PartialTime(value.at, value.offset_minutes, value.precision, value.about) == value


@given(partial_with_a_day_inside(), offsets, moments)
def test_the_order_of_moments_never_contradicts_what_happened(
    told: tuple[PartialDate, date], offset: int, exact: datetime
) -> None:
    period, known = PartialTime.in_period(told[0], offset), PartialTime.exact(exact)
    noon = datetime(told[1].year, told[1].month, told[1].day, 12, tzinfo=timezone(timedelta(minutes=offset)))
    assert period.is_before(known) in (noon < exact, None)
    assert known.is_before(period) in (exact < noon, None)


def test_moments_are_compared_as_far_as_they_are_known() -> None:
    noon = datetime(2024, 5, 17, 12, tzinfo=UTC)
    exact, day = PartialTime.exact(noon), PartialTime.in_period(PartialDate.parse("2024-05-17"), 0)
    next_day = PartialTime.in_period(PartialDate.parse("2024-05-18"), 0)
    assert exact.is_before(exact) is False
    assert exact.is_before(day) is None
    assert (day.is_before(next_day), next_day.is_before(day)) == (True, False)
    assert PartialTime.exact(noon, about=True).is_before(PartialTime.exact(noon + timedelta(minutes=30))) is None
    assert PartialTime.exact(noon, about=True).is_before(PartialTime.exact(noon + timedelta(hours=2))) is True
    assert PartialTime.exact(noon).isoformat() == "2024-05-17T12:00:00+00:00"


def test_a_moment_without_offset_or_off_its_midnight_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        PartialTime.exact(datetime(2024, 5, 17, 12))  # noqa: DTZ001
    with pytest.raises(ValueError, match="UTC"):
        PartialTime(datetime(2024, 5, 17, 12, tzinfo=timezone(timedelta(hours=7))), 420, "exact")
    with pytest.raises(ValueError, match="midnight"):
        PartialTime(datetime(2024, 5, 17, 12, tzinfo=UTC), 0, "day")
    with pytest.raises(ValueError, match="14 hours"):
        PartialTime(datetime(2024, 5, 17, tzinfo=UTC), 15 * 60, "day")
