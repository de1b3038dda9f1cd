"""Days, attendance, states, what is due when, and who has earned a certificate."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from amparo.training.errors import (
    DaysReversed,
    DoorClosed,
    FollowUpTooEarly,
    NoDay,
    NotADayOfIt,
    NotYet,
    TestNotDue,
    WrongState,
)
from amparo.training.words import FOLLOW_UP_MONTHS, IS_FOLLOWED, Occasion, SessionEvent, SessionState

MOST_DAYS = 20

_MOVES: Mapping[tuple[SessionState, SessionEvent], SessionState] = {
    (SessionState.PLANNED, SessionEvent.CHANGE): SessionState.PLANNED,
    (SessionState.PLANNED, SessionEvent.HOLD): SessionState.HELD,
    (SessionState.PLANNED, SessionEvent.CANCEL): SessionState.CANCELLED,
    (SessionState.HELD, SessionEvent.EVALUATE): SessionState.EVALUATED,
    (SessionState.EVALUATED, SessionEvent.FOLLOW_UP): SessionState.FOLLOWED_UP,
}


def next_state(state: SessionState, event: SessionEvent) -> SessionState:
    """The state of a session after an event. Raises WrongState."""
    try:
        return _MOVES[state, event]
    except KeyError:
        raise WrongState from None


def days_of(first: date, last: date, left_out: Collection[int] = ()) -> list[date]:
    """The days of a session, without the weekdays (Monday is 0) on which there is none.

    Raises DaysReversed, NoDay.
    """
    if last < first:
        raise DaysReversed(field="ends_on")
    if (last - first).days > 7 * MOST_DAYS:
        raise NoDay(field="ends_on", most=MOST_DAYS)
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    days = [day for day in days if day.weekday() not in left_out]
    if not 1 <= len(days) <= MOST_DAYS:
        raise NoDay(field="ends_on", most=MOST_DAYS)
    return days


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last of the month where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_on(last_day: date, occasion: Occasion) -> date:
    """When a follow-up test is due."""
    return add_months(last_day, FOLLOW_UP_MONTHS[occasion])


def refuse_before(first: date, today: date) -> None:
    """Raises NotYet."""
    if today < first:
        raise NotYet


def refuse_wrong_day(day: date, days: Collection[date], today: date) -> None:
    """Raises NotADayOfIt."""
    if day not in days or day > today:
        raise NotADayOfIt(field="day")


def refuse_test(state: SessionState, occasion: Occasion) -> None:
    """Tests in the room belong to the session; follow-ups come once it was held, until that is closed.

    Raises TestNotDue.
    """
    later = occasion in FOLLOW_UP_MONTHS
    right = state in IS_FOLLOWED if later else state not in (SessionState.CANCELLED, SessionState.FOLLOWED_UP)
    if not right:
        raise TestNotDue


def refuse_closing_early(last_day: date, today: date) -> None:
    """Raises FollowUpTooEarly."""
    if today < due_on(last_day, Occasion.SIX):
        raise FollowUpTooEarly


def refuse_closed(expires_at: datetime, ended_at: datetime | None, now: datetime) -> None:
    """Raises DoorClosed."""
    if ended_at is not None or now >= expires_at:
        raise DoorClosed


def attendance(attended: Collection[date], days: Collection[date]) -> float:
    """The share of the session's days on which somebody was there, in percent."""
    return 100 * len(set(attended) & set(days)) / len(days) if days else 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands between somebody and a certificate; None where the test was not taken or is not marked."""

    attendance: float
    post: float | None


def enough_attendance(percent: float, least: int) -> bool:
    """Somebody who was never there was not trained, whatever the curriculum asks."""
    return percent > 0 and percent >= least


def has_earned(standing: Standing, *, least_attendance: int, least_score: int) -> bool:
    """Whether attendance, and where it is asked for the test at the end, suffice for a certificate."""
    if not enough_attendance(standing.attendance, least_attendance):
        return False
    return least_score == 0 or (standing.post is not None and standing.post >= least_score)
