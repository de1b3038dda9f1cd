"""What may follow what in court, how verdicts roll up, and how time limits stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Protocol, TypeVar

from amparo.investigations.words import Status
from amparo.prosecution.errors import (
    AlreadyDisclosed,
    ChargeMoveRefused,
    ConsentMissing,
    CurrencyMissing,
    ExhibitMoveRefused,
    ExhibitTooEarly,
    FingerprintWrong,
    GroundMissing,
    HearingMoveRefused,
    InFuture,
    MarkMissing,
    MonthsMissing,
    MustNotBeGiven,
    NextTooEarly,
    NoSentence,
    NotYetHeld,
    ObjectionMissing,
    OrderDaysCrossed,
    OrderMoveRefused,
    OrderStillRuns,
    OutsideOrder,
    PartyMissing,
    ReasonMissing,
    StillOpen,
    TakenBack,
    VerdictMoveRefused,
)
from amparo.prosecution.words import (
    CHILD_MEASURES,
    ChargeEvent,
    ChargeState,
    ClockState,
    ExhibitEvent,
    ExhibitState,
    Ground,
    HearingEvent,
    HearingState,
    Measure,
    OrderEvent,
    OrderState,
    Outcome,
    SentenceKind,
    Stage,
    Standing,
    Toward,
    VerdictEvent,
    VerdictState,
)

TELL_DAYS = 2

# ---- charges -----------------------------------------------------------------------------------------------

_BEFORE_COURT: Mapping[ChargeEvent, ChargeState] = {
    ChargeEvent.AMEND: ChargeState.AMENDED,
    ChargeEvent.WITHDRAW: ChargeState.WITHDRAWN,
    ChargeEvent.DISMISS: ChargeState.DISMISSED,
    ChargeEvent.CONVICT: ChargeState.CONVICTED,
    ChargeEvent.ACQUIT: ChargeState.ACQUITTED,
    ChargeEvent.LESSEN: ChargeState.LESSER,
}
_VARIED: Mapping[ChargeEvent, ChargeState] = {
    ChargeEvent.VARY_TO_CONVICTED: ChargeState.CONVICTED,
    ChargeEvent.VARY_TO_ACQUITTED: ChargeState.ACQUITTED,
    ChargeEvent.VARY_TO_LESSER: ChargeState.LESSER,
}
CHARGE_MOVES: Mapping[ChargeState, Mapping[ChargeEvent, ChargeState]] = {
    ChargeState.PROPOSED: {
        ChargeEvent.FILE: ChargeState.FILED,
        ChargeEvent.DECLINE: ChargeState.DECLINED,
        ChargeEvent.WITHDRAW: ChargeState.WITHDRAWN,
    },
    ChargeState.FILED: _BEFORE_COURT,
    ChargeState.AMENDED: _BEFORE_COURT,
    ChargeState.DECLINED: {},
    ChargeState.WITHDRAWN: {},
    ChargeState.DISMISSED: {},
} | {
    decided: {event: state for event, state in _VARIED.items() if state is not decided}
    for decided in (ChargeState.CONVICTED, ChargeState.ACQUITTED, ChargeState.LESSER)
}
OPEN_STATES = frozenset({ChargeState.PROPOSED, ChargeState.FILED, ChargeState.AMENDED})
IN_COURT_STATES = frozenset({ChargeState.FILED, ChargeState.AMENDED})
GUILTY_STATES = frozenset({ChargeState.CONVICTED, ChargeState.LESSER})
NEEDS_REASON = frozenset({ChargeEvent.DECLINE, ChargeEvent.WITHDRAW, ChargeEvent.DISMISS})
BY_PEOPLE = (
    ChargeEvent.FILE,
    ChargeEvent.AMEND,
    ChargeEvent.DECLINE,
    ChargeEvent.WITHDRAW,
    ChargeEvent.DISMISS,
)
BY_VERDICT: Mapping[Outcome, ChargeEvent] = {
    Outcome.CONVICTED: ChargeEvent.CONVICT,
    Outcome.ACQUITTED: ChargeEvent.ACQUIT,
    Outcome.LESSER: ChargeEvent.LESSEN,
}
BY_APPEAL: Mapping[Outcome, ChargeEvent] = {
    Outcome.CONVICTED: ChargeEvent.VARY_TO_CONVICTED,
    Outcome.ACQUITTED: ChargeEvent.VARY_TO_ACQUITTED,
    Outcome.LESSER: ChargeEvent.VARY_TO_LESSER,
}


def next_charge_state(state: ChargeState, event: ChargeEvent) -> ChargeState:
    """The state of a charge after an event. Raises ChargeMoveRefused."""
    after = CHARGE_MOVES[state].get(event)
    if after is None:
        raise ChargeMoveRefused
    return after


def open_moves(state: ChargeState) -> list[ChargeEvent]:
    """What people may write down about a charge in a state; verdicts have a page of their own."""
    return [event for event in BY_PEOPLE if event in CHARGE_MOVES[state]]


def refuse_bare_end(event: ChargeEvent, reason: str) -> None:
    """A charge never ends without a reason. Raises ReasonMissing."""
    if event in NEEDS_REASON and not reason:
        raise ReasonMissing(field="reason")


# ---- hearings ----------------------------------------------------------------------------------------------

_AFTER_HEARING: Mapping[HearingEvent, HearingState] = {
    HearingEvent.CHANGE: HearingState.LISTED,
    HearingEvent.HOLD: HearingState.HELD,
    HearingEvent.ADJOURN: HearingState.ADJOURNED,
    HearingEvent.VACATE: HearingState.VACATED,
}


def next_hearing_state(state: HearingState, event: HearingEvent) -> HearingState:
    """The state of a hearing after an event. Raises HearingMoveRefused."""
    if state is not HearingState.LISTED:
        raise HearingMoveRefused
    return _AFTER_HEARING[event]


def refuse_bare_adjournment(reason: str, party: str) -> None:
    """An adjournment has a reason and rests on somebody. Raises ReasonMissing, PartyMissing."""
    if not reason:
        raise ReasonMissing(field="reason")
    if not party:
        raise PartyMissing(field="party")


def refuse_earlier(listed_at: datetime, next_at: datetime | None) -> None:
    """Raises NextTooEarly where the next hearing does not lie after this one."""
    if next_at is not None and next_at <= listed_at:
        raise NextTooEarly(field="next_at")


def tell_by(heard_on: date) -> date:
    """The day by which a survivor is told what came of a hearing."""
    return heard_on + timedelta(days=TELL_DAYS)


def refuse_future(day: date, today: date, *, field: str = "on") -> None:
    """Raises InFuture."""
    if day > today:
        raise InFuture(field=field)


def refuse_listed(state: HearingState) -> None:
    """Raises HearingMoveRefused: what has not come to its end is changed, and there is nothing to put right."""
    if state is HearingState.LISTED:
        raise HearingMoveRefused


def check_result(state: HearingState, listed_on: date, today: date, reason: str, party: str) -> None:
    """What may be said of a hearing in its place. Raises NotYetHeld, ReasonMissing, PartyMissing."""
    if state is HearingState.HELD and listed_on > today:
        raise NotYetHeld(field="listed_at")
    if state is HearingState.ADJOURNED:
        refuse_bare_adjournment(reason, party)


def refuse_taken_back(mistake: str) -> None:
    """Raises TakenBack."""
    if mistake:
        raise TakenBack


# ---- verdicts ----------------------------------------------------------------------------------------------

VERDICT_MOVES: Mapping[VerdictState, Mapping[VerdictEvent, VerdictState]] = {
    VerdictState.PRONOUNCED: {
        VerdictEvent.LODGE: VerdictState.APPEALED,
        VerdictEvent.FINALISE: VerdictState.FINAL,
    },
    VerdictState.APPEALED: {
        VerdictEvent.UPHOLD: VerdictState.PRONOUNCED,
        VerdictEvent.VARY: VerdictState.VARIED,
    },
    VerdictState.VARIED: {
        VerdictEvent.LODGE: VerdictState.APPEALED,
        VerdictEvent.FINALISE: VerdictState.FINAL,
    },
    VerdictState.FINAL: {VerdictEvent.LODGE: VerdictState.APPEALED},
}


def next_verdict_state(state: VerdictState, event: VerdictEvent) -> VerdictState:
    """The state of a verdict after an event; a late appeal opens it again. Raises VerdictMoveRefused."""
    after = VERDICT_MOVES[state].get(event)
    if after is None:
        raise VerdictMoveRefused
    return after


def refuse_taking_back(state: VerdictState) -> None:
    """A verdict that a higher court or time has dealt with stays. Raises VerdictMoveRefused."""
    if state is not VerdictState.PRONOUNCED:
        raise VerdictMoveRefused


# The stages that follow from verdicts and sentences.
STAGES_OF_VERDICT = frozenset({Stage.VERDICT, Stage.CONVICTED, Stage.AS_CHARGED, Stage.SENTENCED})


def highest(stages: Iterable[Stage]) -> Stage:
    """The stage at which a proceeding stands, by those that it reached; at the least its complaint."""
    order = list(Stage)
    return max(stages, key=order.index, default=Stage.REPORTED)


def rolled_up(charges: Collection[ChargeState]) -> Status | None:
    """What all charges of one accused say together; None while it is open or no court has decided.

    One conviction makes a convicted person; an acquittal speaks only when every charge has its end.
    """
    if any(state in GUILTY_STATES for state in charges):
        return Status.CONVICTED
    if any(state in OPEN_STATES for state in charges):
        return None
    return Status.ACQUITTED if ChargeState.ACQUITTED in charges else None


def stages_of_verdict(charges: Collection[ChargeState]) -> list[Stage]:
    """The stages that a proceeding reached when these are the states of its charges after a verdict."""
    found = [Stage.VERDICT]
    if any(state in GUILTY_STATES for state in charges):
        found.append(Stage.CONVICTED)
    if ChargeState.CONVICTED in charges:
        found.append(Stage.AS_CHARGED)
    return found


def is_decided(charges: Collection[ChargeState], verdicts: Collection[VerdictState]) -> bool:
    """Whether every charge has its end and no appeal is open: then a lawyer may call it final."""
    return (
        bool(charges) and not any(state in OPEN_STATES for state in charges) and VerdictState.APPEALED not in verdicts
    )


def refuse_open(charges: Collection[ChargeState], verdicts: Collection[VerdictState]) -> None:
    """Raises StillOpen."""
    if not is_decided(charges, verdicts):
        raise StillOpen


def check_sentence(outcome: Outcome, kind: SentenceKind, months: int | None, fine: int | None, currency: str) -> None:
    """Refuse a sentence that says too little. Raises NoSentence, MonthsMissing, CurrencyMissing."""
    if outcome is Outcome.ACQUITTED:
        raise NoSentence
    if kind in (SentenceKind.CUSTODY, SentenceKind.SUSPENDED) and not months:
        raise MonthsMissing(field="custody_months")
    check_amount(fine, currency)


def check_amount(amount: int | None, currency: str) -> None:
    """Raises CurrencyMissing where an amount has none, or it is not three letters."""
    if amount and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise CurrencyMissing(field="currency")


# ---- measures ----------------------------------------------------------------------------------------------


def proposed_measures(is_minor: bool | None, requested: Collection[Measure]) -> list[Measure]:
    """What to ask the court for, beyond what was asked, for who was a child at the incident."""
    return [measure for measure in CHILD_MEASURES if measure not in requested] if is_minor else []


# ---- orders ------------------------------------------------------------------------------------------------

# A breach is often told of late: it may lie in the time of an order that has ended since.
_OVER: Mapping[OrderEvent, OrderState | None] = {
    OrderEvent.BREACH: None,
    OrderEvent.TAKE_BACK: OrderState.MISTAKEN,
    OrderEvent.BRING_BACK: OrderState.IN_FORCE,
}
ORDER_MOVES: Mapping[OrderState, Mapping[OrderEvent, OrderState | None]] = {
    OrderState.IN_FORCE: {
        OrderEvent.BREACH: None,
        OrderEvent.VARY: OrderState.VARIED,
        OrderEvent.LIFT: OrderState.LIFTED,
        OrderEvent.EXPIRE: OrderState.EXPIRED,
        OrderEvent.TAKE_BACK: OrderState.MISTAKEN,
    },
    OrderState.EXPIRED: _OVER,
    OrderState.VARIED: {OrderEvent.BREACH: None},
    OrderState.LIFTED: _OVER,
    OrderState.MISTAKEN: {},
}
STILL_COUNT = frozenset({Standing.AHEAD, Standing.IN_FORCE, Standing.BREACHED, Standing.ENDED})


def next_order_state(state: OrderState, event: OrderEvent) -> OrderState:
    """The state of an order after an event; a breach leaves it as it is. Raises OrderMoveRefused."""
    if event not in ORDER_MOVES[state]:
        raise OrderMoveRefused
    return ORDER_MOVES[state][event] or state


def standing(
    state: OrderState,
    from_on: date,
    until_on: date | None,
    is_breached: bool,
    today: date,
    *,
    ended_on: date | None = None,
) -> Standing:
    """How an order stands on a day: in force it is for as long as its days last.

    One that was varied stands until `ended_on`, the first day of the one that takes its place.
    """
    still_runs = state is OrderState.VARIED and ended_on is not None and ended_on > today
    if state is not OrderState.IN_FORCE and not (still_runs and not has_ended(until_on, today)):
        return Standing(state)
    if has_ended(until_on, today):
        return Standing.ENDED
    if is_breached:
        return Standing.BREACHED
    return Standing.AHEAD if from_on > today else Standing.IN_FORCE


def has_ended(until_on: date | None, today: date) -> bool:
    return until_on is not None and until_on < today


def check_order_days(from_on: date, until_on: date | None) -> None:
    """Raises OrderDaysCrossed."""
    if until_on is not None and until_on < from_on:
        raise OrderDaysCrossed(field="until_on")


def refuse_running(until_on: date | None, today: date) -> None:
    """Raises OrderStillRuns: a day that has not passed ends no order."""
    if not has_ended(until_on, today):
        raise OrderStillRuns


def refuse_outside(on: date, from_on: date, *ends: date | None, field: str = "on") -> None:
    """Raises OutsideOrder where an order was not in force on a day."""
    if on < from_on or any(end is not None and on > end for end in ends):
        raise OutsideOrder(field=field)


# ---- exhibits and disclosure ---------------------------------------------------------------------------------

EXHIBIT_MOVES: Mapping[ExhibitState, Mapping[ExhibitEvent, ExhibitState]] = {
    ExhibitState.PROPOSED: {ExhibitEvent.WITHDRAW: ExhibitState.WITHDRAWN},
    ExhibitState.DISCLOSED: {
        ExhibitEvent.TENDER: ExhibitState.TENDERED,
        ExhibitEvent.WITHDRAW: ExhibitState.WITHDRAWN,
    },
    ExhibitState.TENDERED: {
        ExhibitEvent.ADMIT: ExhibitState.ADMITTED,
        ExhibitEvent.EXCLUDE: ExhibitState.EXCLUDED,
        ExhibitEvent.WITHDRAW: ExhibitState.WITHDRAWN,
    },
    ExhibitState.ADMITTED: {ExhibitEvent.RETURN: ExhibitState.RETURNED},
    ExhibitState.EXCLUDED: {ExhibitEvent.RETURN: ExhibitState.RETURNED},
    ExhibitState.RETURNED: {},
    ExhibitState.WITHDRAWN: {},
}


def next_exhibit_state(state: ExhibitState, event: ExhibitEvent) -> ExhibitState:
    """The state of an exhibit after an event. Raises ExhibitMoveRefused."""
    after = EXHIBIT_MOVES[state].get(event)
    if after is None:
        raise ExhibitMoveRefused
    return after


def after_disclosure(state: ExhibitState) -> ExhibitState:
    """The state of an exhibit once a side was given it. Raises ExhibitMoveRefused for what is not used."""
    if state is ExhibitState.WITHDRAWN:
        raise ExhibitMoveRefused
    return ExhibitState.DISCLOSED if state is ExhibitState.PROPOSED else state


def check_exhibit_move(event: ExhibitEvent, mark: str, objections: str) -> None:
    """What an event needs to be said. Raises MarkMissing, ObjectionMissing."""
    if event is ExhibitEvent.TENDER and not mark:
        raise MarkMissing(field="mark")
    if event is ExhibitEvent.EXCLUDE and not objections:
        raise ObjectionMissing(field="objections")


def refuse_before(on: date, since: date) -> None:
    """Raises ExhibitTooEarly."""
    if on < since:
        raise ExhibitTooEarly(field="on")


class Entry(Protocol):
    """A line of the disclosure log."""

    @property
    def toward(self) -> str: ...
    @property
    def protected(self) -> str: ...


AnEntry = TypeVar("AnEntry", bound=Entry)


def latest_toward(entries: Iterable[AnEntry]) -> dict[Toward, AnEntry]:
    """How an exhibit stands toward each side: the last of its lines, in their order, says it."""
    return {Toward(entry.toward): entry for entry in entries}


def check_disclosure(ground: Ground, order: str, has_consent: bool, last: Entry | None) -> None:
    """Nothing is given without a ground that is named, nor past what must not be given.

    Raises GroundMissing, ConsentMissing, MustNotBeGiven.
    """
    if ground is Ground.CONSENT:
        if not has_consent:
            raise ConsentMissing(field="basis_id")
    elif not order:
        raise GroundMissing(field="order")
    if last is not None and last.protected and ground is not Ground.ORDER:
        raise MustNotBeGiven


def refuse_given(last: Entry | None) -> None:
    """Raises AlreadyDisclosed: what a side has can't be kept from it any more."""
    if last is not None and not last.protected:
        raise AlreadyDisclosed


def fingerprint(text: str) -> str:
    """A SHA-256 as 64 small hexadecimal letters; spaces between them don't matter. Raises FingerprintWrong."""
    found = "".join(text.split()).lower()
    if found and re.fullmatch(r"[0-9a-f]{64}", found) is None:
        raise FingerprintWrong(field="version")
    return found


# ---- time --------------------------------------------------------------------------------------------------


class Limit(Protocol):
    """A time limit of the law, between two milestones."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def days(self) -> int: ...
    @property
    def start(self) -> str: ...
    @property
    def stop(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Run:
    """How a time limit stands. `left` counts days to the due day, negative when it is past."""

    code: str
    label: str
    state: ClockState
    due_on: date | None
    left: int | None


def clock_runs(limits: Iterable[Limit], reached: Mapping[str, date], today: date) -> list[Run]:
    """How each limit stands, given the days on which milestones were reached."""
    return [_run(limit, reached.get(limit.start), reached.get(limit.stop), today) for limit in limits]


def _run(limit: Limit, started: date | None, stopped: date | None, today: date) -> Run:
    if started is None:
        return Run(limit.code, limit.label, ClockState.WAITING, None, None)
    due = started + timedelta(days=limit.days)
    left = (due - (stopped or today)).days
    if stopped is not None:
        state = ClockState.MET if left >= 0 else ClockState.MET_LATE
    else:
        state = ClockState.RUNNING if left >= 0 else ClockState.LATE
    return Run(limit.code, limit.label, state, due, left)


NOTICED = 14
"""Shorter waits, in days, are not drawn: they would be a speck on an axis of years."""


def waits(steps: Iterable[date | None], until: date | None) -> list[tuple[date, date]]:
    """The waits from one step to the next that was reached, and from the last until `until` where it goes on.

    Args:
        steps: the days of the steps, in the order in which a proceeding takes them; None where not reached.
    """
    reached: list[date] = []
    for day in (*steps, until):
        # A step that came before an earlier one (a hearing before the charge) ends no wait.
        if day is not None and (not reached or day >= reached[-1]):
            reached.append(day)
    return [(start, end) for start, end in pairwise(reached) if (end - start).days >= NOTICED]


@dataclass(frozen=True, slots=True)
class Wait:
    """The headline number: days from the complaint to the survivor's evidence, or until today."""

    days: int
    is_over: bool


def wait_for_evidence(complaint_on: date | None, testified_on: Sequence[date], today: date) -> Wait | None:
    """How long she had to wait, to her first evidence; None without a complaint."""
    if complaint_on is None:
        return None
    after = [day for day in testified_on if day >= complaint_on]
    end = min(after) if after else today
    return Wait(max((end - complaint_on).days, 0), bool(after))
