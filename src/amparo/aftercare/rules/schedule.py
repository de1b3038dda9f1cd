"""When something is due."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from amparo.aftercare.rules.scoring import Schedule

RECENT_DAYS = 90
FOLLOW_UP_MONTHS = (3, 6, 12)
# An assessment this little before its day counts as that one, so that nobody is asked twice in a month.
EARLY: Final = timedelta(days=60)


def months_after(day: date, months: int) -> date:
    """The same day some months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_assessment(schedule: Schedule, enrolled_on: date, done: Iterable[date]) -> date | None:
    """When the next assessment is due: at enrolment, then counted from the first one. None where none is."""
    days = sorted(done)
    if not days:
        return enrolled_on
    after = days[-1] + EARLY
    months = [month for month in schedule.months if month > 0]
    for month in months:
        if (due := months_after(days[0], month)) > after:
            return due
    if schedule.then_every <= 0:
        return None
    month = (months[-1] if months else 0) + schedule.then_every
    while (due := months_after(days[0], month)) <= after:
        month += schedule.then_every
    return due


def follow_up_days(closed_on: date) -> tuple[date, ...]:
    return tuple(months_after(closed_on, months) for months in FOLLOW_UP_MONTHS)


def is_recent(rated_on: date, today: date, days: int = RECENT_DAYS) -> bool:
    return timedelta(0) <= today - rated_on <= timedelta(days=days)
