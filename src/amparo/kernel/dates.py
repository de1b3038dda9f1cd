"""Dates and moments as far as they are known.

Survivors often know a year, a season or an age. A partial date keeps exactly what was said; it never turns
into 1 January. Comparisons answer None when what is known does not decide. Calendar: Gregorian, digits of any
script.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

from amparo.kernel.errors import N_, Invalid

FIRST_YEAR = 1800
LAST_YEAR = 2199
# What "about" means in a comparison: one unit more on each side, a week for a day and an hour for a moment.
# No standard gives a width (EDTF leaves it open); this one is generous, because a wrong certainty does more
# harm.
ABOUT_DAYS = 7
ABOUT_HOURS = 1


class DateRefused(Invalid):
    """Base of what can be wrong with a date. None of them repeats the date: it may be somebody's birthday."""

    code = "kernel.date_refused"
    template = N_("This date can't be used.")
    hint_template = N_("Write the year, then month and day if they are known: 2024, 2024-05 or 2024-05-17.")


class DateUnreadable(DateRefused):
    code = "kernel.date_unreadable"
    template = N_("This date can't be read.")
    hint_template = N_(
        "Write the year first, then month and day if they are known: 2024, 2024-05 or 2024-05-17."
        " Put ~ in front if it is only about right."
    )


class YearMissing(DateRefused):
    code = "kernel.year_missing"
    template = N_("The year is missing.")
    hint_template = N_("Write the year. If it is not known, estimate it and mark the date as approximate.")


class YearOutOfRange(DateRefused):
    code = "kernel.year_out_of_range"
    template = N_("The year must lie between %(first)d and %(last)d.")
    hint_template = N_("Write the year with four digits, in the Gregorian calendar.")


class MonthOutOfRange(DateRefused):
    code = "kernel.month_out_of_range"
    template = N_("There is no such month.")
    hint_template = N_("Write a month from 1 to 12. If the month is not known, leave month and day empty.")


class DayOutOfRange(DateRefused):
    code = "kernel.day_out_of_range"
    template = N_("This month does not have such a day.")
    hint_template = N_("Write a day from 1 to %(last)d. If the day is not known, leave it empty.")


class DayWithoutMonth(DateRefused):
    code = "kernel.day_without_month"
    template = N_("There is a day but no month.")
    hint_template = N_("Add the month, or leave the day empty too.")


class DateInFuture(DateRefused):
    code = "kernel.date_in_future"
    template = N_("This date lies in the future.")
    hint_template = N_("Check the year first. If it is right, leave the date empty until the day has come.")


class BirthAfterEvent(DateRefused):
    code = "kernel.birth_after_event"
    template = N_("The event lies before the date of birth.")
    hint_template = N_("One of the two dates is wrong. If one is a guess, mark it as approximate.")


class AgeOutOfRange(Invalid):
    code = "kernel.age_out_of_range"
    template = N_("An age lies between 0 and %(most)d years, and the lower age comes first.")
    hint_template = N_("Write the youngest and the oldest age that are possible.")


_WRITTEN = re.compile(r"(?P<about>~?)\s*(?P<year>[0-9]{4})(?:[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2}))?)?")
_LONGEST_TYPED = 40
_BOX = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, or month and day, may be unknown, and which may be only about right."""

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise YearOutOfRange(first=FIRST_YEAR, last=LAST_YEAR)
        if self.month is None:
            if self.day is not None:
                raise DayWithoutMonth
            return
        if not 1 <= self.month <= 12:
            raise MonthOutOfRange
        last = calendar.monthrange(self.year, self.month)[1]
        if self.day is not None and not 1 <= self.day <= last:
            raise DayOutOfRange(last=last)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2024`, `2024-05`, `2024-05-17` or one of these behind `~`, in digits of any script.

        Day first is refused rather than guessed: 03/04/2024 means two different days to two readers.

        Raises:
            DateRefused: one of its kinds, which says what to write instead.
        """
        found = _WRITTEN.fullmatch(_ascii_digits(text))
        if found is None:
            raise DateUnreadable
        month = int(found["month"]) if found["month"] else None
        day = int(found["day"]) if found["day"] else None
        return cls(int(found["year"]), month, day, bool(found["about"]))

    @classmethod
    def from_parts(cls, year: str, month: str = "", day: str = "", *, about: bool = False) -> PartialDate:
        """Read the three boxes of a form; empty month or day means not known.

        Raises:
            DateRefused: one of its kinds, which says what to write instead.
        """
        year_number, month_number, day_number = (_number_in(box) for box in (year, month, day))
        if year_number is None:
            raise YearMissing
        return cls(year_number, month_number, day_number, about)

    @classmethod
    def on(cls, day: date) -> PartialDate:
        """The partial date of a day that is fully known."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    def isoformat(self) -> str:
        """`2024`, `2024-05` or `2024-05-17`, behind `~` when only about right; `parse` reads it back."""
        month = "" if self.month is None else f"-{self.month:02d}"
        day = "" if self.day is None else f"-{self.day:02d}"
        return f"{'~' if self.about else ''}{self.year:04d}{month}{day}"

    def earliest(self) -> date:
        """The first day of the period that was stated. "About" is not widened here; see `reach`."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day of the period that was stated. "About" is not widened here; see `reach`."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def reach(self) -> tuple[date, date]:
        """The first and last possible day: the stated period, wider by one unit if only about right."""
        first, last = self.earliest(), self.latest()
        if not self.about:
            return first, last
        if self.month is None:
            return first.replace(year=first.year - 1), last.replace(year=last.year + 1)
        if self.day is None:
            after = last + timedelta(days=1)
            return (first - timedelta(days=1)).replace(day=1), after.replace(day=_last_day(after))
        return first - timedelta(days=ABOUT_DAYS), last + timedelta(days=ABOUT_DAYS)

    def is_before(self, other: PartialDate) -> bool | None:
        """Whether this date lies before the other; None when what is known does not decide."""
        return _is_before(self.reach(), other.reach())


def refuse_future(value: PartialDate, today: date) -> PartialDate:
    """Return the date unchanged unless all of its stated period is still to come.

    Raises:
        DateInFuture: it is.
    """
    if value.earliest() > today:
        raise DateInFuture
    return value


@dataclass(frozen=True, slots=True)
class AgeRange:
    """The lowest and the highest age in full years that are possible."""

    low: int
    high: int


AgeMethod = Literal["stated", "relative", "appearance", "medical", "document"]
MOST_YEARS = 130


@dataclass(frozen=True, slots=True)
class AgeEstimate:
    """How old somebody was thought to be on a day, and by which method: where no date of birth is known."""

    low: int
    high: int
    on: date
    method: AgeMethod

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= MOST_YEARS:
            raise AgeOutOfRange(most=MOST_YEARS)

    def birth(self) -> tuple[date, date]:
        """The first and the last possible day of birth."""
        return _years_before(self.on, self.high + 1) + timedelta(days=1), _years_before(self.on, self.low)


def age_at(birth: PartialDate | AgeEstimate, event: PartialDate) -> AgeRange:
    """The ages in full years that are possible at an event.

    Laws differ on whether who is born on 29 February has the birthday on 28 February or on 1 March: both
    count as possible.

    Raises:
        BirthAfterEvent: all possible days of birth lie after the event.
    """
    born_first, born_last = birth.birth() if isinstance(birth, AgeEstimate) else birth.reach()
    event_first, event_last = event.reach()
    if born_first > event_last:
        raise BirthAfterEvent
    low = _full_years(born_last, event_first, leap_birthday=(3, 1))
    return AgeRange(max(0, low), _full_years(born_first, event_last, leap_birthday=(2, 28)))


def is_minor(birth: PartialDate | AgeEstimate, event: PartialDate, age_of_majority: int = 18) -> bool | None:
    """Whether somebody was under age at an event; None when what is known does not decide.

    Raises:
        BirthAfterEvent: see `age_at`.
    """
    ages = age_at(birth, event)
    if ages.high < age_of_majority:
        return True
    return False if ages.low >= age_of_majority else None


TimePrecision = Literal["year", "month", "day", "exact"]
_MOST_OFFSET_MINUTES = 14 * 60


@dataclass(frozen=True, slots=True)
class PartialTime:
    """When something happened, as far as it is known, with the offset of the clocks at that place.

    `at` is UTC: the moment itself when exact, otherwise the local beginning of the year, month or day, which
    is only where the period starts and not a claim about the moment. Build one with `exact` or `in_period`.
    """

    at: datetime
    offset_minutes: int
    precision: TimePrecision
    about: bool = False

    def __post_init__(self) -> None:
        if self.at.utcoffset() != timedelta(0):
            raise ValueError("a moment is stored in UTC")
        if abs(self.offset_minutes) > _MOST_OFFSET_MINUTES:
            raise ValueError("no place on earth is more than 14 hours from UTC")
        if self.precision != "exact" and self.at != self._first_moment(self.local_date().earliest()):
            raise ValueError("a period begins at its first local midnight")

    @classmethod
    def exact(cls, moment: datetime, *, about: bool = False) -> PartialTime:
        """A known moment.

        Args:
            moment: aware; its offset is kept as the local one, in whole minutes.
            about: the clock time is only about right.

        Raises:
            ValueError: the moment is naive.
            YearOutOfRange: the local year is.
        """
        offset = moment.utcoffset()
        if offset is None:
            raise ValueError("a moment needs its offset from UTC")
        made = cls(moment.astimezone(UTC), int(offset.total_seconds() // 60), "exact", about)
        made.local_date()
        return made

    @classmethod
    def in_period(cls, period: PartialDate, offset_minutes: int) -> PartialTime:
        """A moment of which only the local year, month or day is known."""
        start = datetime(period.earliest().year, period.earliest().month, period.earliest().day, tzinfo=UTC)
        return cls(start - timedelta(minutes=offset_minutes), offset_minutes, period.precision, period.about)

    def local(self) -> datetime:
        """The stored moment on the clock of that place."""
        return self.at.astimezone(timezone(timedelta(minutes=self.offset_minutes)))

    def local_date(self) -> PartialDate:
        """The local date, no more precise than what is known."""
        local = self.local()
        month = None if self.precision == "year" else local.month
        day = local.day if self.precision in ("day", "exact") else None
        return PartialDate(local.year, month, day, self.about)

    def isoformat(self) -> str:
        """An exact moment with its offset, otherwise the partial date; behind `~` when only about right."""
        if self.precision != "exact":
            return self.local_date().isoformat()
        return f"{'~' if self.about else ''}{self.local().isoformat()}"

    def reach(self) -> tuple[datetime, datetime]:
        """The first possible moment, and the first one after all that are possible, in UTC."""
        if self.precision == "exact":
            width = timedelta(hours=ABOUT_HOURS if self.about else 0)
            return self.at - width, self.at + width
        first, last = self.local_date().reach()
        return self._first_moment(first), self._first_moment(last + timedelta(days=1))

    def is_before(self, other: PartialTime) -> bool | None:
        """Whether this happened before the other; None when what is known does not decide."""
        if self.precision == other.precision == "exact" and not (self.about or other.about):
            return self.at < other.at
        (first, end), (other_first, other_end) = self.reach(), other.reach()
        if end < other_first or (end == other_first and self.precision != "exact"):
            return True
        return False if first >= other_end else None

    def _first_moment(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(minutes=self.offset_minutes)


def _is_before(one: tuple[date, date], other: tuple[date, date]) -> bool | None:
    if one[1] < other[0]:
        return True
    return False if one[0] >= other[1] else None


def _last_day(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _years_before(day: date, years: int) -> date:
    year = day.year - years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _full_years(born: date, day: date, *, leap_birthday: tuple[int, int]) -> int:
    birthday = (born.month, born.day)
    if birthday == (2, 29) and not calendar.isleap(day.year):
        birthday = leap_birthday
    return day.year - born.year - ((day.month, day.day) < birthday)


def _number_in(box: str) -> int | None:
    plain = _ascii_digits(box)
    if not plain:
        return None
    if not _BOX.fullmatch(plain):
        raise DateUnreadable
    return int(plain)


def _ascii_digits(text: str) -> str:
    if len(text) > _LONGEST_TYPED:
        raise DateUnreadable
    kept: list[str] = []
    for char in text:
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            kept.append(str(digit))
        elif unicodedata.category(char) == "Pd":
            kept.append("-")
        elif unicodedata.category(char) != "Cf":
            kept.append(char)
    return "".join(kept).strip()


def years_later(day: date, years: int) -> date:
    """The same day so many years later, or earlier. A leap day's anniversary falls on 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
