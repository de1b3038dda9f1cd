"""What is late with a kit, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from amparo.kits.words import AT_LABORATORY, ENDED, Alarm, State


@dataclass(frozen=True, slots=True)
class Limits:
    """Days after which, or before which, an alarm is raised; all from the organisation's settings."""

    picked_up: int
    sent: int
    result: int
    ending: int
    expiry: int


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a used kit that alarms look at."""

    state: State
    reported_on: date | None = None
    sent_on: date | None = None
    until: date | None = None
    limitation_on: date | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm, and the day by which the thing should have been, or has to be, done."""

    alarm: Alarm
    due_on: date


def of_kit(days: Days, limits: Limits, today: date) -> tuple[Raised, ...]:
    """The alarms of a used kit today, the most pressing first."""
    if days.state in ENDED:
        return ()
    found = [*_late(days, limits, today), *_keeping(days, limits, today)]
    return tuple(sorted(found, key=lambda one: one.due_on))


def _late(days: Days, limits: Limits, today: date) -> list[Raised]:
    if days.state is State.REPORTED and days.reported_on is not None:
        return _past(Alarm.NOT_PICKED_UP, days.reported_on, limits.picked_up, today)
    if days.state in (State.PICKED_UP, State.STORED) and days.sent_on is None and days.reported_on is not None:
        return _past(Alarm.NOT_SENT, days.reported_on, limits.sent, today)
    if days.state in AT_LABORATORY and days.sent_on is not None:
        return _past(Alarm.NO_RESULT, days.sent_on, limits.result, today)
    return []


def _past(alarm: Alarm, since: date, allowed: int, today: date) -> list[Raised]:
    due = since + timedelta(days=allowed)
    return [Raised(alarm, due)] if today > due else []


def _keeping(days: Days, limits: Limits, today: date) -> list[Raised]:
    if days.until is None:
        return []
    found = []
    if days.limitation_on is not None and days.until < days.limitation_on:
        found.append(Raised(Alarm.ENDS_BEFORE_LIMITATION, days.until))
    if days.until - today <= timedelta(days=limits.ending):
        found.append(Raised(Alarm.KEEPING_ENDS, days.until))
    return found


def of_stock(expires_on: date, limits: Limits, today: date) -> Raised | None:
    """The alarm of a kit in stock: it has expired, or will soon."""
    if expires_on < today:
        return Raised(Alarm.EXPIRED, expires_on)
    if expires_on - today <= timedelta(days=limits.expiry):
        return Raised(Alarm.EXPIRING, expires_on)
    return None
