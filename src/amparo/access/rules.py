"""What is decided from values alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from amparo.access.errors import LastDayRefused
from amparo.kernel.words import Role

# Who comes from outside works on a case for a time only, and is asked for again where it takes longer. The domain
# says that it ends (9.2); a quarter of a year is our choice.
TIME_BOXED = frozenset({Role.AUDITOR, Role.POLICE, Role.PROSECUTOR})
BOX_DAYS = 90
# A day beyond is a slip of the keys in the year.
_FURTHEST = timedelta(days=3653)


def last_day(role: Role, asked: date | None, today: date) -> date | None:
    """The last day of a place on a team in a role; None where it has no end. Raises LastDayRefused."""
    if asked is None:
        return today + timedelta(days=BOX_DAYS) if role in TIME_BOXED else None
    if not today <= asked <= today + _FURTHEST:
        raise LastDayRefused(field="until_on")
    return asked


def last_slot(now: datetime, hours: Sequence[int], zone: str) -> datetime:
    """The latest of these hours of the day, on the clocks of `zone`, that is not after `now`; in UTC.

    Args:
        hours: at least one, each from 0 to 23. An hour that a change of the clocks leaves out counts as it would
            have been without the change.
    """
    place = ZoneInfo(zone)
    today = now.astimezone(place).date()
    found = (
        datetime.combine(today - timedelta(days=back), time(hour), place).astimezone(UTC)
        for back in (0, 1, 2)
        for hour in hours
    )
    return max(slot for slot in found if slot <= now)
