"""Rules of data protection that need no database: what follows what, and until when the authority is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from amparo.protection.errors import BreachClosed, NotAssessed, NotDecided, NoticedAhead, ReasonMissing, ToldWhen
from amparo.protection.words import State, Telling

_HOUR = timedelta(hours=1)


def tell_by(noticed_at: datetime, hours: int) -> datetime:
    """Until when the authority is told."""
    return noticed_at + timedelta(hours=hours)


def hours_left(by: datetime, now: datetime) -> int:
    """Whole hours that are left; none once it is over."""
    return max(0, (by - now) // _HOUR)


def check_noticed(noticed_at: datetime, noticed_on: date, happened_on: date | None, now: datetime) -> None:
    """Raises NoticedAhead for what lies ahead, and for what was noticed before it happened."""
    if noticed_at > now:
        raise NoticedAhead(field="noticed_at")
    if happened_on is not None and happened_on > noticed_on:
        raise NoticedAhead(field="happened_on")


def check_assessable(state: State) -> None:
    """Raises BreachClosed."""
    if state is State.CLOSED:
        raise BreachClosed


def check_decidable(state: State) -> None:
    """Raises BreachClosed, NotAssessed."""
    check_assessable(state)
    if state is State.OPEN:
        raise NotAssessed


def check_closable(state: State) -> None:
    """Raises BreachClosed, NotDecided."""
    check_assessable(state)
    if state is not State.DECIDED:
        raise NotDecided


def check_authority(
    telling: Telling, at: datetime | None, reason: str, *, noticed_at: datetime, by: datetime, now: datetime
) -> None:
    """Raises ToldWhen, ReasonMissing: a reason is needed where nobody is told, or later than in time."""
    if telling is Telling.TOLD and (at is None or not noticed_at <= at <= now):
        raise ToldWhen(field="authority_at")
    is_late = at is not None and at > by
    if (telling is Telling.NOT_NEEDED or is_late) and not reason.strip():
        raise ReasonMissing(field="authority_reason")


def check_people(telling: Telling, on: date | None, reason: str, *, noticed_on: date, today: date) -> None:
    """Raises ToldWhen, ReasonMissing."""
    if telling is Telling.TOLD and (on is None or not noticed_on <= on <= today):
        raise ToldWhen(field="people_on")
    if telling is Telling.NOT_NEEDED and not reason.strip():
        raise ReasonMissing(field="people_reason")
