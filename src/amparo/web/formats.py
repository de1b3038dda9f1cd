"""How times, dates and sizes are said. Queries call it once for each value; templates in a loop never do."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from django.utils import translation
from django.utils.dateformat import format as date_text
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from amparo.kernel.dates import PartialDate
from amparo.web.drawing import Speech


def when(moment: datetime, now: datetime, tz: tzinfo) -> str:
    """Say a moment as near as it is: "today 14:30", "yesterday 9:05", "17 Nov", "17 Nov 2025"."""
    local, today = moment.astimezone(tz), now.astimezone(tz).date()
    if local.date() == today:
        return _("today %(time)s") % {"time": clock(local)}
    if local.date() == today - timedelta(days=1):
        return _("yesterday %(time)s") % {"time": clock(local)}
    if local.date() == today + timedelta(days=1):
        return _("tomorrow %(time)s") % {"time": clock(local)}
    return near_day(local.date(), today)


def moment(value: datetime, tz: tzinfo) -> str:
    """A moment in full: "17 November 2025, 14:30"."""
    local = value.astimezone(tz)
    return _("%(day)s, %(time)s") % {"day": day(local.date()), "time": clock(local)}


def clock(local: datetime) -> str:
    """The time of the day. Twenty-four hours, which no language reads in two ways."""
    return date_text(local, "H:i")


def day(value: date) -> str:
    """A date in full: "17 November 2025"."""
    return date_text(_noon(value), pgettext("date format: 17 November 2025", "j F Y"))


def near_day(value: date, today: date) -> str:
    """A date in short, with the year only where it is another: "17 Nov", "17 Nov 2025"."""
    return short_day(value) if value.year == today.year else short_day_and_year(value)


def short_day(value: date) -> str:
    return date_text(_noon(value), pgettext("date format: 17 Nov", "j M"))


def short_day_and_year(value: date) -> str:
    return date_text(_noon(value), pgettext("date format: 17 Nov 2025", "j M Y"))


def weekday(value: date) -> str:
    """A date with its weekday, for the head of a page: "Sunday 22 November 2026"."""
    return date_text(_noon(value), pgettext("date format: Sunday 22 November 2026", "l j F Y"))


def month_and_year(value: date) -> str:
    return date_text(_noon(value), pgettext("date format: November 2025", "F Y"))


def duration_days(count: int) -> str:
    """A number of days in words: "1 day", "73 days"."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": number_format(count)}


def duration_hours(count: int) -> str:
    return ngettext("%(count)s hour", "%(count)s hours", count) % {"count": number_format(count)}


def duration_minutes(count: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": number_format(count)}


def duration(length: timedelta) -> str:
    """A length of time in its two largest parts: "2 days 19 hours", "38 minutes"."""
    minutes = int(abs(length).total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return _two(duration_days(days), duration_hours(hours) if hours else "")
    if hours:
        return _two(duration_hours(hours), duration_minutes(rest) if rest else "")
    return duration_minutes(rest)


def _two(larger: str, smaller: str) -> str:
    if not smaller:
        return larger
    return pgettext("length of time: 2 days 19 hours", "%(larger)s %(smaller)s") % {
        "larger": larger,
        "smaller": smaller,
    }


def partial_date(value: PartialDate) -> str:
    """Say only what is known: "2024", "March 2024", "about 3 March 2024". Nothing is filled in."""
    if value.month is None:
        said = date_text(_noon(date(value.year, 1, 1)), "Y")
    elif value.day is None:
        said = month_and_year(date(value.year, value.month, 1))
    else:
        said = day(date(value.year, value.month, value.day))
    return _("about %(date)s") % {"date": said} if value.about else said


_UNITS = ("B", "kB", "MB", "GB", "TB")


def size(count: int) -> str:
    """A number of bytes as people say it: "640 B", "12.4 MB". A thousand bytes to the kB."""
    amount, unit = float(count), _UNITS[0]
    for unit in _UNITS:
        if amount < 999.95 or unit == _UNITS[-1]:
            break
        amount /= 1000
    said = number_format(count if unit == "B" else round(amount, 1), decimal_pos=0 if unit == "B" else 1)
    return pgettext("size of a file: 12.4 MB", "%(amount)s %(unit)s") % {"amount": said, "unit": unit}


def mean(value: float) -> str:
    """A mean with one decimal, in the reader's figures."""
    return number_format(round(value, 1), decimal_pos=1)


def is_rtl() -> bool:
    """Whether the reader's language runs from right to left."""
    return translation.get_language_bidi()


def speech(today: date) -> Speech:
    """The words that drawings are made with, in the reader's language."""
    return Speech(
        day=_any_day,
        short_day=short_day,
        month=lambda value: date_text(_noon(value), "M"),
        year=lambda value: date_text(_noon(value), "Y"),
        duration=duration,
        gathered=_gathered,
        today=lambda value: _("today, %(day)s") % {"day": near_day(value, today)},
    )


def _any_day(value: date) -> str:
    if isinstance(value, datetime):
        return _("%(day)s, %(time)s") % {"day": short_day_and_year(value), "time": clock(value)}
    return short_day_and_year(value)


def _gathered(count: int, first: date, last: date) -> str:
    return ngettext("%(count)s event, %(first)s to %(last)s", "%(count)s events, %(first)s to %(last)s", count) % {
        "count": number_format(count),
        "first": short_day_and_year(first),
        "last": short_day_and_year(last),
    }


def _noon(value: date) -> datetime:
    # Noon, so that no time zone can move the day.
    return datetime.combine(value, time(12))
