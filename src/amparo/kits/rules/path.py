"""The path of a used kit as a state machine: what may follow what, and how custody moves with it.

`refuse_impossible` says what can't be recorded. `touch_of` says what the same act writes into the chain of
custody of the kit's item, or why the two would contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from amparo.evidence.rules import seal_key
from amparo.evidence.words import ENDED as ITEM_ENDED
from amparo.evidence.words import State as ItemState
from amparo.kernel.errors import AppError
from amparo.kits.errors import (
    CantFollow,
    CustodyEnded,
    DayMissing,
    DayNotLater,
    DayPast,
    InFuture,
    LaboratoryMissing,
    MustBeKept,
    NotInHand,
    NotOutside,
    NotReported,
    OnTheWay,
    PaperMissing,
    PlaceMissing,
    SealUnread,
    SecondMissing,
    TooEarly,
    WhoMissing,
)
from amparo.kits.words import Kind, State, Touch

# A clock of another machine may be a little ahead.
SLACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a kit's path as the rules see it. `day` is the zone's day of `at`; `until` a day of keeping."""

    kind: Kind
    actor: UUID
    at: datetime
    day: date
    reported: bool = True
    seal_read: str = ""
    who: str = ""
    laboratory: UUID | None = None
    until: date | None = None
    place: str = ""
    paper: str = ""
    second: UUID | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """How a kit stands after its steps."""

    state: State | None = None
    seq: int = 0
    last_at: datetime | None = None
    reported_on: date | None = None
    until: date | None = None
    used_at: datetime | None = None
    picked_up_at: datetime | None = None
    sent_at: datetime | None = None
    completed_at: datetime | None = None
    laboratory: UUID | None = None


FROM: Mapping[Kind, frozenset[State]] = {
    Kind.USE: frozenset(),
    Kind.REPORT: frozenset({State.HELD}),
    Kind.PROLONG: frozenset({State.HELD}),
    Kind.PICK_UP: frozenset({State.REPORTED}),
    Kind.STORE: frozenset({State.REPORTED, State.PICKED_UP, State.RETURNED, State.STORED}),
    Kind.SEND: frozenset({State.REPORTED, State.PICKED_UP, State.STORED, State.RETURNED}),
    Kind.ARRIVE: frozenset({State.SENT}),
    Kind.BEGIN: frozenset({State.RECEIVED}),
    Kind.COMPLETE: frozenset({State.RECEIVED, State.IN_ANALYSIS}),
    Kind.RETURN: frozenset({State.SENT, State.RECEIVED, State.IN_ANALYSIS, State.COMPLETE}),
    Kind.RETAIN: frozenset({State.PICKED_UP, State.STORED, State.COMPLETE, State.RETURNED, State.RETAINED}),
    Kind.DESTROY: frozenset({State.HELD, State.RETAINED}),
    Kind.RELEASE: frozenset({State.HELD, State.RETAINED}),
}
TO: Mapping[Kind, State] = {
    Kind.REPORT: State.REPORTED,
    Kind.PROLONG: State.HELD,
    Kind.PICK_UP: State.PICKED_UP,
    Kind.STORE: State.STORED,
    Kind.SEND: State.SENT,
    Kind.ARRIVE: State.RECEIVED,
    Kind.BEGIN: State.IN_ANALYSIS,
    Kind.COMPLETE: State.COMPLETE,
    Kind.RETURN: State.RETURNED,
    Kind.RETAIN: State.RETAINED,
    Kind.DESTROY: State.DESTROYED,
    Kind.RELEASE: State.RELEASED,
}
# Steps of a reported kit only: an unreported one waits for her.
_NEEDS_REPORT = frozenset({Kind.PICK_UP, Kind.STORE, Kind.SEND})
_WITH_DAY = frozenset({Kind.PROLONG, Kind.RETAIN})
_WITH_WHO = frozenset({Kind.PICK_UP, Kind.RELEASE})
# It changes hands: whoever is there reads the seal.
SEAL_IS_READ = frozenset({Kind.PICK_UP, Kind.SEND, Kind.RETURN, Kind.DESTROY, Kind.RELEASE})


# ---- what can't be recorded --------------------------------------------------------------------------------


def refuse_impossible(stand: Stand, step: Step, now: datetime, today: date) -> None:
    """Raise the error that says why this step can't follow."""
    refuse_order(stand, step.kind)
    _refuse_time(stand, step, now)
    _refuse_days(stand, step, today)
    _refuse_words(step)


def refuse_order(stand: Stand, kind: Kind) -> None:
    """Raise CantFollow or NotReported where this kind of step can't come next, whatever is written down."""
    if kind is Kind.USE:
        if stand.state is not None:
            raise CantFollow
        return
    if stand.state is State.HELD and kind in _NEEDS_REPORT:
        raise NotReported
    if stand.state not in FROM[kind]:
        raise CantFollow


def _refuse_time(stand: Stand, step: Step, now: datetime) -> None:
    if step.at > now + SLACK:
        raise InFuture(field="at")
    if stand.last_at is not None and step.at < stand.last_at:
        raise TooEarly(field="at")


def _refuse_days(stand: Stand, step: Step, today: date) -> None:
    if step.kind in _WITH_DAY:
        if step.until is None:
            raise DayMissing(field="until")
        if step.until < today:
            raise DayPast(field="until")
        if step.kind is Kind.PROLONG and stand.until is not None and step.until <= stand.until:
            raise DayNotLater(field="until")
        if stand.state is State.RETAINED and stand.until is not None and step.until <= stand.until:
            raise DayNotLater(field="until")
    # She may have what is hers before the day; nobody destroys it before.
    if step.kind is Kind.DESTROY and stand.until is not None and step.day <= stand.until:
        raise MustBeKept


def _refuse_words(step: Step) -> None:
    if step.kind in _WITH_WHO and not step.who:
        raise WhoMissing(field="who")
    if step.kind is Kind.SEND and step.laboratory is None:
        raise LaboratoryMissing(field="laboratory_id")
    if step.kind is Kind.STORE and not step.place:
        raise PlaceMissing(field="place")
    if step.kind is Kind.DESTROY:
        if not step.paper:
            raise PaperMissing(field="paper")
        if step.second is None or step.second == step.actor:
            raise SecondMissing(field="second_id")


def refuse_before_limitation(step: Step, limitation_on: date | None) -> None:
    """Raise MustBeKept where a kit is to be destroyed while a case can still be brought on it."""
    if step.kind is Kind.DESTROY and limitation_on is not None and step.day <= limitation_on:
        raise MustBeKept


def refuse_past(until: date | None, today: date) -> None:
    """Raise DayPast for a day of keeping that has passed before it begins."""
    if until is not None and until < today:
        raise DayPast(field="until")


# ---- what follows ------------------------------------------------------------------------------------------


def stand_of(steps: Iterable[Step]) -> Stand:
    """How a kit stands after its steps, in their order."""
    stand = Stand()
    for step in steps:
        stand = after(stand, step)
    return stand


def after(stand: Stand, step: Step) -> Stand:
    """How it stands after one more step."""
    went = replace(stand, seq=stand.seq + 1, last_at=step.at)
    if step.kind is Kind.USE:
        state = State.REPORTED if step.reported else State.HELD
        return replace(
            went,
            state=state,
            used_at=step.at,
            reported_on=step.day if step.reported else None,
            until=None if step.reported else step.until,
        )
    went = replace(went, state=TO[step.kind])
    match step.kind:
        case Kind.REPORT:
            return replace(went, reported_on=step.day, until=None)
        case Kind.PROLONG | Kind.RETAIN:
            return replace(went, until=step.until)
        case Kind.PICK_UP:
            return replace(went, picked_up_at=step.at)
        case Kind.SEND:
            return replace(went, sent_at=step.at, completed_at=None, laboratory=step.laboratory)
        case Kind.COMPLETE:
            return replace(went, completed_at=step.at)
        case _:
            return went


def possible(stand: Stand) -> tuple[Kind, ...]:
    """The kinds of step that could come next, in the order of the path."""
    return tuple(kind for kind in Kind if kind is not Kind.USE and why_not(stand, kind) is None)


def why_not(stand: Stand, kind: Kind) -> AppError | None:
    """Why a kind of step is impossible as the kit stands; None where it is possible."""
    try:
        refuse_order(stand, kind)
    except AppError as error:
        return error
    return None


# ---- the kit and the chain of custody ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """How the kit's item stands in its chain of custody, for the one who acts."""

    state: ItemState
    mine: bool
    seal: str = ""
    kept: bool = False


_OUTSIDE_ONLY = frozenset({Kind.ARRIVE, Kind.BEGIN})
_GIVEN: Mapping[Kind, Touch] = {
    Kind.PICK_UP: Touch.GIVE,
    Kind.SEND: Touch.TO_LABORATORY,
    Kind.STORE: Touch.MOVE,
    Kind.DESTROY: Touch.DESTROY,
    Kind.RELEASE: Touch.RETURN,
}
_MEANT: Mapping[Kind, ItemState] = {Kind.DESTROY: ItemState.DESTROYED, Kind.RELEASE: ItemState.RETURNED}


def touch_of(kind: Kind, held: Held, *, comes_here: bool = False) -> Touch:
    """What a step does to the chain of custody in the same act.

    Where the chain has the hand-over already (somebody recorded it on the item's own page) the step follows it.

    Args:
        comes_here: for a return, that the actor has it now, and not somebody outside.

    Raises:
        NotInHand, OnTheWay, NotOutside, CustodyEnded: the step would contradict the chain.
    """
    if held.state in ITEM_ENDED:
        if held.state is _MEANT.get(kind):
            return Touch.NOTHING
        raise CustodyEnded
    if kind is Kind.RETAIN:
        return Touch.NOTHING if held.kept else Touch.KEEP
    if kind in (Kind.REPORT, Kind.PROLONG, Kind.COMPLETE):
        return Touch.NOTHING
    if held.state is ItemState.PENDING:
        raise OnTheWay
    if held.state is ItemState.OUTSIDE:
        return Touch.COME_BACK if kind is Kind.RETURN and comes_here else Touch.NOTHING
    return _touch_here(kind, held)


def _touch_here(kind: Kind, held: Held) -> Touch:
    if kind in _OUTSIDE_ONLY:
        raise NotOutside
    if kind is Kind.RETURN:
        return Touch.NOTHING
    if not held.mine:
        raise NotInHand
    return _GIVEN[kind]


def refuse_unread(kind: Kind, touch: Touch, held: Held, seal_read: str) -> None:
    """Raise SealUnread where a sealed kit changes hands and nobody has read its seal."""
    moves = touch not in (Touch.NOTHING, Touch.KEEP, Touch.MOVE)
    if kind in SEAL_IS_READ and moves and held.seal and not seal_key(seal_read):
        raise SealUnread(field="seal_read")


def seal_differs(known: str, read: str) -> bool:
    """Whether a seal that was read is another one than the chain knows."""
    return bool(read) and bool(known) and seal_key(read) != seal_key(known)


# For each state of a kit, the states of its item that tell the same story.
AGREES: Mapping[State, frozenset[ItemState]] = {
    State.REPORTED: frozenset({ItemState.HELD, ItemState.PENDING}),
    State.HELD: frozenset({ItemState.HELD, ItemState.PENDING}),
    State.PICKED_UP: frozenset({ItemState.OUTSIDE}),
    State.STORED: frozenset({ItemState.HELD, ItemState.PENDING, ItemState.OUTSIDE}),
    State.SENT: frozenset({ItemState.OUTSIDE}),
    State.RECEIVED: frozenset({ItemState.OUTSIDE}),
    State.IN_ANALYSIS: frozenset({ItemState.OUTSIDE}),
    State.COMPLETE: frozenset({ItemState.OUTSIDE, ItemState.HELD, ItemState.PENDING}),
    State.RETURNED: frozenset({ItemState.OUTSIDE, ItemState.HELD, ItemState.PENDING}),
    State.RETAINED: frozenset({ItemState.OUTSIDE, ItemState.HELD, ItemState.PENDING}),
    State.DESTROYED: frozenset({ItemState.DESTROYED, ItemState.OUTSIDE}),
    State.RELEASED: frozenset({ItemState.RETURNED, ItemState.OUTSIDE}),
}


def contradicts(state: State, item: ItemState) -> bool:
    """Whether the kit's path and its chain of custody tell two different stories."""
    return item not in AGREES[state]
