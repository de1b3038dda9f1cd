"""Rules of intake that need no database: the medical window, when answers are due, what follows a referral on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from amparo.intake.errors import AnswerDayWrong, NotThatStep, NotToErase, StillKept
from amparo.intake.words import OnwardEvent, OnwardState, ReferralBasis, State
from amparo.kernel.dates import PartialDate, PartialTime, years_later


class Known(StrEnum):
    """How well the time of an incident is known."""

    EXACT = "exact"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Window:
    """The time in which medical care is still of most use, from the earliest moment that is possible."""

    since: datetime
    ends_at: datetime
    last_at: datetime
    is_estimate: bool

    def left(self, now: datetime) -> timedelta:
        return max(timedelta(0), self.ends_at - now)

    def is_over(self, now: datetime) -> bool:
        """Whether even the last limit has passed."""
        return now >= self.last_at

    def is_first_over(self, now: datetime) -> bool:
        return now >= self.ends_at


def incident_of(day: PartialDate | None, at: time | None, about: bool, zone: ZoneInfo) -> PartialTime | None:
    """When it happened, as far as it was told; None where nobody knows the day."""
    if day is None:
        return None
    if at is not None and day.month is not None and day.day is not None:
        return PartialTime.exact(
            datetime(day.year, day.month, day.day, at.hour, at.minute, tzinfo=zone), about=about or day.about
        )
    first = day.earliest()
    offset = datetime(first.year, first.month, first.day, tzinfo=zone).utcoffset() or timedelta(0)
    return PartialTime.in_period(day, int(offset.total_seconds() // 60))


def known_as(incident: PartialTime | None) -> Known:
    return Known.UNKNOWN if incident is None else Known(incident.precision)


def incident_again(since: datetime | None, known: Known, about: bool, zone: ZoneInfo) -> PartialTime | None:
    """The incident's time from its stored parts."""
    if since is None or known is Known.UNKNOWN:
        return None
    local = since.astimezone(zone)
    if known is Known.EXACT:
        return PartialTime.exact(local, about=about)
    month = None if known is Known.YEAR else local.month
    day = local.day if known is Known.DAY else None
    offset = local.utcoffset() or timedelta(0)
    return PartialTime.in_period(PartialDate(local.year, month, day, about), int(offset.total_seconds() // 60))


def medical_window(since: datetime | None, known: Known, about: bool, limits: tuple[int, int]) -> Window | None:
    """The medical window of an incident; None where its day is not known, so that no clock can be drawn.

    A day without a time counts from its beginning: a window that seems too short does less harm than one
    that seems too long.
    """
    if since is None or known not in (Known.EXACT, Known.DAY):
        return None
    first, last = limits
    return Window(
        since=since,
        ends_at=since + timedelta(hours=first),
        last_at=since + timedelta(hours=last),
        is_estimate=known is not Known.EXACT or about,
    )


def answer_due(received_at: datetime, days: int, zone: ZoneInfo) -> date:
    """The day by which a report has to be acknowledged, or decided on."""
    return received_at.astimezone(zone).date() + timedelta(days=days)


# ---- referred on -------------------------------------------------------------------------------------------

_WAITING = frozenset({OnwardState.SENT, OnwardState.ACKNOWLEDGED})
_ONWARD: Mapping[OnwardEvent, tuple[frozenset[OnwardState], OnwardState]] = {
    OnwardEvent.ACKNOWLEDGE: (frozenset({OnwardState.SENT}), OnwardState.ACKNOWLEDGED),
    OnwardEvent.ACCEPT: (_WAITING, OnwardState.ACCEPTED),
    OnwardEvent.HELP: (_WAITING | {OnwardState.ACCEPTED}, OnwardState.HELPED),
    OnwardEvent.DECLINE: (_WAITING | {OnwardState.ACCEPTED}, OnwardState.DECLINED),
    OnwardEvent.NOT_WANTED: (_WAITING | {OnwardState.ACCEPTED}, OnwardState.NOT_WANTED),
}
# Within how many days another agency is asked again: at once where a life is in danger, and a month after it took
# somebody on, to hear how it went.
_ANSWER_DAYS: Mapping[ReferralBasis, int] = {ReferralBasis.DANGER: 1}
_USUAL_DAYS = 7
_HELP_DAYS = 30


def onward_after(state: OnwardState, event: OnwardEvent) -> OnwardState:
    """How far a report is, there where it was referred to, after an event. Raises NotThatStep."""
    befores, after = _ONWARD[event]
    if state not in befores:
        raise NotThatStep
    return after


def onward_events(state: OnwardState) -> tuple[OnwardEvent, ...]:
    """What may be told of it next."""
    return tuple(event for event, (befores, _after) in _ONWARD.items() if state in befores)


def answer_by(state: OnwardState, since: date, basis: ReferralBasis) -> date | None:
    """By when the other agency is asked what it does; None where it has said all that is expected."""
    if state in _WAITING:
        return since + timedelta(days=_ANSWER_DAYS.get(basis, _USUAL_DAYS))
    return since + timedelta(days=_HELP_DAYS) if state is OnwardState.ACCEPTED else None


def check_answer_day(on: date, since: date, today: date) -> None:
    """Raise AnswerDayWrong for what lies ahead, or before the step before it."""
    if not since <= on <= today:
        raise AnswerDayWrong(field="on")


# ---- how long one is kept ----------------------------------------------------------------------------------

# What became no case: nobody works on it any more, and its words wait for their day.
LEFT = (State.DECLINED, State.INSUFFICIENT, State.REFERRED_ON, State.DUPLICATE)


def kept_until(state: State, decided_on: date | None, years: Mapping[str, int]) -> date | None:
    """Until when a report is kept that became no case; None for what is open, and what is part of a case."""
    if state not in LEFT or decided_on is None:
        return None
    return years_later(decided_on, years[state])


def check_erasable(state: State, decided_on: date | None, years: Mapping[str, int], today: date) -> None:
    """Raise NotToErase for an open report and for one of a case, StillKept for one whose day has not passed."""
    until = kept_until(state, decided_on, years)
    if until is None:
        raise NotToErase
    if until >= today:
        raise StillKept
