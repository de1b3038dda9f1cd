"""The clock. Everything that asks what time it is, asks here, so that tests and the demo can set it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)
_days_of: ContextVar[ZoneInfo | None] = ContextVar("days_of", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    fixed = _set_to.get()
    return fixed if fixed is not None else datetime.fromtimestamp(time.time(), tz=UTC)


def today(zone: ZoneInfo | None = None) -> date:
    """The present day: in the zone given, else where the reader's office is (`days_of`), else in UTC."""
    return day_of(now(), zone)


def day_of(moment: datetime, zone: ZoneInfo | None = None) -> date:
    """The day on which a moment lies, where `today` is meant: the two may be compared."""
    return moment.astimezone(zone or _days_of.get() or UTC).date()


def end_of(day: date) -> datetime:
    """The moment at which a day is over, by the same clocks as `today`; in UTC."""
    following = datetime.combine(day + timedelta(days=1), datetime.min.time(), _days_of.get() or UTC)
    return following.astimezone(UTC)


def last_day_before(moment: datetime) -> date:
    """The last day on which something still holds that ends at a moment: the other way round than `end_of`."""
    return day_of(moment - timedelta(microseconds=1))


@contextmanager
def days_of(zone: ZoneInfo) -> Iterator[None]:
    """Let days begin and end where an office is: a consent given after its midnight is in force at once."""
    token = _days_of.set(zone)
    try:
        yield
    finally:
        _days_of.reset(token)


def in_days(days: int) -> datetime:
    return now() + timedelta(days=days)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at `moment`: for tests, and for the synthetic organisation's past."""
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)
