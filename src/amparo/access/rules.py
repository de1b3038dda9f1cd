"""What is decided from values alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


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
