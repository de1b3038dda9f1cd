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
