"""What is decided from values alone: what may follow what, by when, and what may be carried to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from amparo.referrals.errors import (
    DayWrong,
    DueWrong,
    NothingCarried,
    PartsNotNamed,
    ReasonMissing,
    UntilWrong,
    WordsWithoutClass,
    WrongStep,
)
from amparo.referrals.words import (
    CANCEL_LABELS,
    DECLINE_LABELS,
    OUT,
    PENDING,
    RECALL_LABELS,
    RELEASE_OUT,
    RELEASE_PENDING,
    SAID,
    Event,
    Part,
    ReleaseEvent,
    ReleaseState,
    State,
    Urgency,
)

# ---- referrals ---------------------------------------------------------------------------------------------

FROM: Mapping[Event, frozenset[State]] = {
    Event.CONSENT: frozenset({State.DRAFT}),
    Event.SEND: frozenset({State.CONSENTED}),
    Event.ACKNOWLEDGE: frozenset({State.SENT}),
    Event.ACCEPT: frozenset({State.SENT, State.ACKNOWLEDGED}),
    Event.DECLINE: frozenset({State.SENT, State.ACKNOWLEDGED}),
    Event.UNAVAILABLE: OUT,
    Event.NOT_WANTED: PENDING | OUT,
    Event.DELIVER: frozenset({State.ACCEPTED}),
    Event.FEEDBACK: frozenset({State.DELIVERED}),
    Event.CLOSE: frozenset(
        {State.DELIVERED, State.FEEDBACK, State.DECLINED, State.UNAVAILABLE, State.NOT_WANTED, State.CANCELLED}
    ),
    Event.CANCEL: PENDING | OUT,
}
TO: Mapping[Event, State] = {
    Event.CONSENT: State.CONSENTED,
    Event.SEND: State.SENT,
    Event.ACKNOWLEDGE: State.ACKNOWLEDGED,
    Event.ACCEPT: State.ACCEPTED,
    Event.DECLINE: State.DECLINED,
    Event.UNAVAILABLE: State.UNAVAILABLE,
    Event.NOT_WANTED: State.NOT_WANTED,
    Event.DELIVER: State.DELIVERED,
    Event.FEEDBACK: State.FEEDBACK,
    Event.CLOSE: State.CLOSED,
    Event.CANCEL: State.CANCELLED,
}


def next_state(state: State, event: Event) -> State:
    """The state of a referral after an event. Raises WrongStep."""
    if state not in FROM[event]:
        raise WrongStep
    return TO[event]


def events_from(state: State) -> tuple[Event, ...]:
    return tuple(event for event in Event if state in FROM[event])


def check_reason(event: Event, reason: str) -> None:
    """Raise ReasonMissing where a refusal or a stop does not say why, in the codes of its own list."""
    wanted = {Event.DECLINE: DECLINE_LABELS, Event.CANCEL: CANCEL_LABELS}.get(event)
    if wanted is not None and reason not in wanted:
        raise ReasonMissing(field="reason")


# Within how many days the next step is expected: until it has gone out, until they answer, and until they tell
# how it went. Until she is helped counts the day that was agreed.
_GO_OUT: Mapping[Urgency, int] = {Urgency.AT_ONCE: 0, Urgency.SOON: 2, Urgency.ROUTINE: 7}
_ANSWER: Mapping[Urgency, int] = {Urgency.AT_ONCE: 1, Urgency.SOON: 3, Urgency.ROUTINE: 10}
FEEDBACK_DAYS = 30
_HELPED: Mapping[Urgency, int] = {Urgency.AT_ONCE: 2, Urgency.SOON: 14, Urgency.ROUTINE: 45}


def next_by(state: State, since: date, due: date, urgency: Urgency) -> date | None:
    """By when the next step is expected; None where none is. Never later than the day by which she should be helped."""
    match state:
        case State.DRAFT | State.CONSENTED:
            return min(due, since + timedelta(days=_GO_OUT[urgency]))
        case State.SENT | State.ACKNOWLEDGED:
            return min(due, since + timedelta(days=_ANSWER[urgency]))
        case State.ACCEPTED:
            return due
        case State.DELIVERED:
            return since + timedelta(days=FEEDBACK_DAYS)
        case _:
            return None


def due_of(urgency: Urgency, today: date) -> date:
    """By when she should be helped, where nobody says it."""
    return today + timedelta(days=_HELPED[urgency])


def check_due(due: date, today: date) -> None:
    """Raises DueWrong."""
    if not today <= due <= today + timedelta(days=366):
        raise DueWrong(field="due_on")


def check_day(on: date, since: date, today: date) -> None:
    """Raise DayWrong for a step that lies ahead or before the last one."""
    if not since <= on <= today:
        raise DayWrong(field="on")


def check_words(parts: Collection[str], words: Mapping[Part, str]) -> None:
    """Raise WordsWithoutClass where words were written that would be carried, but not ticked."""
    for part in SAID:
        if words.get(part) and part not in parts:
            raise WordsWithoutClass(field=part.value)


# ---- consent -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """A consent that holds today, as far as it decides about giving something to somebody."""

    agency: UUID | None
    classes: frozenset[str]


def covers(named: Named | None, agency: UUID, parts: Iterable[str]) -> bool:
    """Whether a consent names this recipient and every kind of data that goes to it (invariant 2)."""
    return named is not None and named.agency == agency and set(parts) <= named.classes


# ---- releases ----------------------------------------------------------------------------------------------

RELEASE_FROM: Mapping[ReleaseEvent, frozenset[ReleaseState]] = {
    ReleaseEvent.APPROVE: frozenset({ReleaseState.PREPARED}),
    ReleaseEvent.DECLINE: frozenset({ReleaseState.PREPARED}),
    ReleaseEvent.SEND: frozenset({ReleaseState.APPROVED}),
    ReleaseEvent.ACKNOWLEDGE: frozenset({ReleaseState.SENT}),
    ReleaseEvent.RECALL: RELEASE_OUT,
    ReleaseEvent.CANCEL: RELEASE_PENDING,
}
RELEASE_TO: Mapping[ReleaseEvent, ReleaseState] = {
    ReleaseEvent.APPROVE: ReleaseState.APPROVED,
    ReleaseEvent.DECLINE: ReleaseState.CANCELLED,
    ReleaseEvent.SEND: ReleaseState.SENT,
    ReleaseEvent.ACKNOWLEDGE: ReleaseState.ACKNOWLEDGED,
    ReleaseEvent.RECALL: ReleaseState.RECALLED,
    ReleaseEvent.CANCEL: ReleaseState.CANCELLED,
}
LONGEST_DAYS = 366


def standing(state: ReleaseState, until: date, today: date) -> ReleaseState:
    """How a release stands on a day: past its last day nothing of it is open any more. That day still counts."""
    is_open = state in RELEASE_PENDING | RELEASE_OUT
    return ReleaseState.EXPIRED if is_open and today > until else state


def next_release_state(state: ReleaseState, event: ReleaseEvent) -> ReleaseState:
    """The state of a release after an event. Raises WrongStep."""
    if state not in RELEASE_FROM[event]:
        raise WrongStep
    return RELEASE_TO[event]


def release_events_from(state: ReleaseState) -> tuple[ReleaseEvent, ...]:
    return tuple(event for event in ReleaseEvent if state in RELEASE_FROM[event])


def check_recall(reason: str) -> None:
    """Raises ReasonMissing."""
    if reason not in RECALL_LABELS:
        raise ReasonMissing(field="reason")


def check_until(until: date, today: date, consent_until: date | None) -> None:
    """Raise UntilWrong for a release that is over at once, lasts too long, or outlives its consent."""
    last = today + timedelta(days=LONGEST_DAYS)
    if consent_until is not None:
        last = min(last, consent_until)
    if not today < until <= last:
        raise UntilWrong(days=LONGEST_DAYS, field="until_on")


def check_carried(parts: Collection[str], items: Collection[UUID], papers: Collection[str]) -> None:
    """Raise NothingCarried, or PartsNotNamed where something is listed whose kind is not released."""
    if not parts:
        raise NothingCarried(field="classes")
    if items and Part.EVIDENCE not in parts:
        raise PartsNotNamed(field="item_ids")
    if papers and not {Part.EVIDENCE, Part.STATEMENT} & set(parts):
        raise PartsNotNamed(field="papers")


def level_of_papers(parts: Collection[str]) -> Part:
    """As what papers are kept that are no evidence here: as a statement where one goes out, else as evidence."""
    return Part.STATEMENT if Part.STATEMENT in parts else Part.EVIDENCE
