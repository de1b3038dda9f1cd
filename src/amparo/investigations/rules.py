"""What may follow what: leads, a suspect's dated status, outcomes and who verifies them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

from amparo.investigations.errors import (
    AfterDeath,
    AnsweredBefore,
    AnswerMissing,
    AskSettled,
    DueBeforeAsked,
    EndsBeforeBegin,
    FollowsFromVerdict,
    InFuture,
    InterviewIsSealed,
    LeadIsClosed,
    LeadIsOpen,
    MeasuresOpen,
    NothingAgreed,
    NothingDoneYet,
    NotInThatState,
    NotProvisional,
    OnlyByVerdict,
    OwnRecord,
    ReasonOfOther,
    StatusWithdrawn,
    ThreatIsClosed,
    ToldBefore,
)
from amparo.investigations.words import (
    CORRECT_LABELS,
    ONLY_BY_VERDICT,
    SUPPORTING,
    AskReply,
    AskState,
    Caution,
    InterviewEvent,
    InterviewState,
    LeadEvent,
    LeadState,
    MeasureState,
    OutcomeEvent,
    OutcomeState,
    Qualification,
    Source,
    Status,
    Support,
    ThreatEvent,
    ThreatState,
    WithdrawReason,
)
from amparo.kernel.dates import PartialDate

# ---- leads -------------------------------------------------------------------------------------------------


def next_lead_state(state: LeadState, event: LeadEvent) -> LeadState:
    """The state of a lead after an event. Raises LeadIsClosed, LeadIsOpen."""
    match state, event:
        case LeadState.OPEN, LeadEvent.CHANGE:
            return LeadState.OPEN
        case LeadState.OPEN, LeadEvent.CLOSE:
            return LeadState.CLOSED
        case LeadState.CLOSED, LeadEvent.REOPEN:
            return LeadState.OPEN
        case LeadState.OPEN, LeadEvent.REOPEN:
            raise LeadIsOpen
        case _:
            raise LeadIsClosed


def check_ask(asked_on: date, due_on: date, today: date) -> None:
    """Raises InFuture, DueBeforeAsked."""
    refuse_future(PartialDate.on(asked_on), today, field="on")
    if due_on < asked_on:
        raise DueBeforeAsked(field="due_on")


def check_reply(reply: AskReply, answer: str) -> None:
    """Raises AnswerMissing for an answer that says nothing."""
    if reply is AskReply.ANSWER and not answer.strip():
        raise AnswerMissing(field="answer")


def check_answer(state: AskState, asked_on: date, on: date, today: date) -> None:
    """Raises AskSettled, InFuture, AnsweredBefore."""
    if state is not AskState.ASKED:
        raise AskSettled
    refuse_future(PartialDate.on(on), today, field="on")
    if on < asked_on:
        raise AnsweredBefore(field="on")


# ---- suspects ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StatusEvent:
    status: Status
    happened: PartialDate


def refuse_unfounded(status: Status, source: Source, verdict: UUID | None) -> None:
    """Refuse a conviction or acquittal that no verdict stands behind. Raises OnlyByVerdict."""
    if status in ONLY_BY_VERDICT and verdict is None:
        raise OnlyByVerdict(field="status")
    if source is Source.VERDICT and verdict is None:
        raise OnlyByVerdict(field="source")


def refuse_after_death(new: StatusEvent, known: Iterable[StatusEvent]) -> None:
    """Refuse what surely lies after a recorded death, but for a verdict. Raises AfterDeath."""
    if new.status in ONLY_BY_VERDICT:
        return
    for event in known:
        if event.status is Status.DECEASED and event.happened.is_before(new.happened):
            raise AfterDeath(field="happened")


def refuse_withdrawing(verdict: UUID | None, reason: str) -> None:
    """A status is withdrawn once, and never one that follows from a verdict.

    Raises FollowsFromVerdict, StatusWithdrawn.
    """
    if verdict is not None:
        raise FollowsFromVerdict
    if reason:
        raise StatusWithdrawn


def standing(events: Sequence[StatusEvent]) -> Status | None:
    """How a suspect stands now: the latest event by date, and of one day the one that was written last."""
    latest: StatusEvent | None = None
    for event in events:
        if latest is None or event.happened.latest() >= latest.happened.latest():
            latest = event
    return latest.status if latest else None


def lies_before(happened: PartialDate, incidents: Iterable[PartialDate]) -> bool:
    """Whether a date surely lies before every known incident: a reason to look again, not to refuse."""
    known = list(incidents)
    return bool(known) and all(happened.is_before(incident) is True for incident in known)


def refuse_future(happened: PartialDate, today: date, *, field: str = "happened") -> None:
    """Raises InFuture where all of the stated period is still to come."""
    if happened.earliest() > today:
        raise InFuture(field=field)


# ---- relief and restraint ----------------------------------------------------------------------------------


def next_outcome_state(state: OutcomeState, event: OutcomeEvent) -> OutcomeState:
    """The state of a relief or restraint after an event. Raises NotProvisional."""
    match state, event:
        case OutcomeState.PROVISIONAL, OutcomeEvent.VERIFY:
            return OutcomeState.VERIFIED
        case OutcomeState.PROVISIONAL | OutcomeState.VERIFIED, OutcomeEvent.WITHDRAW:
            return OutcomeState.WITHDRAWN
        case _:
            raise NotProvisional


def refuse_reason(reason: WithdrawReason, *, is_corrected: bool) -> None:
    """What is put right says what was wrong; what is withdrawn, why nothing stands instead. Raises ReasonOfOther."""
    if (reason in CORRECT_LABELS) is not is_corrected:
        raise ReasonOfOther(field="reason")


def refuse_own(recorder: UUID, verifier: UUID) -> None:
    """Two people stand behind every number that is reported. Raises OwnRecord."""
    if recorder == verifier:
        raise OwnRecord


class Counted(Protocol):
    @property
    def person_id(self) -> UUID: ...
    @property
    def first_on(self) -> date: ...
    @property
    def state(self) -> str: ...


C = TypeVar("C", bound=Counted)


def counted_once(outcomes: Iterable[C]) -> list[C]:
    """Of each person the earliest outcome that stands: a person counts once, however often relief came."""
    first: dict[Hashable, C] = {}
    for outcome in outcomes:
        if outcome.state == OutcomeState.WITHDRAWN:
            continue
        known = first.get(outcome.person_id)
        if known is None or outcome.first_on < known.first_on:
            first[outcome.person_id] = outcome
    return sorted(first.values(), key=lambda outcome: outcome.first_on)


# ---- interviews --------------------------------------------------------------------------------------------

_INTERVIEW_STEPS = {
    (InterviewState.PLANNED, InterviewEvent.CHANGE): InterviewState.PLANNED,
    (InterviewState.PLANNED, InterviewEvent.HOLD): InterviewState.HELD,
    (InterviewState.PLANNED, InterviewEvent.DROP): InterviewState.DROPPED,
    (InterviewState.HELD, InterviewEvent.TRANSCRIBE): InterviewState.TRANSCRIBED,
    # What was written down is corrected until she has heard it; after her review it is written down anew.
    (InterviewState.TRANSCRIBED, InterviewEvent.TRANSCRIBE): InterviewState.TRANSCRIBED,
    (InterviewState.REVIEWED, InterviewEvent.TRANSCRIBE): InterviewState.TRANSCRIBED,
    (InterviewState.TRANSCRIBED, InterviewEvent.REVIEW): InterviewState.REVIEWED,
    (InterviewState.REVIEWED, InterviewEvent.SEAL): InterviewState.SEALED,
}


def next_interview_state(state: InterviewState, event: InterviewEvent) -> InterviewState:
    """The state of an interview after an event. Raises InterviewIsSealed, NotInThatState."""
    if state is InterviewState.SEALED:
        raise InterviewIsSealed
    if (state, event) not in _INTERVIEW_STEPS:
        raise NotInThatState
    return _INTERVIEW_STEPS[state, event]


def steps_from(state: InterviewState) -> frozenset[InterviewEvent]:
    """What may be done with an interview now."""
    return frozenset(event for known, event in _INTERVIEW_STEPS if known is state)


def refuse_asking_again(told: int, has_read: bool) -> None:
    """Refuse to plan what was told before by somebody who has not read it. Raises ToldBefore."""
    if told and not has_read:
        raise ToldBefore(field="has_read")


def cautions(minor: bool | None, qualification: Qualification, support: Support) -> tuple[Caution, ...]:
    """What is missing for asking somebody who is, or may be, a child."""
    if minor is None:
        return (Caution.AGE_UNKNOWN,)
    if not minor:
        return ()
    found = [Caution.UNTRAINED] if qualification is not Qualification.CHILD else []
    return (*found, *([Caution.ALONE] if support not in SUPPORTING else []))


def refuse_times(began: datetime, ended: datetime, now: datetime) -> None:
    """Raises EndsBeforeBegin, InFuture."""
    if ended < began:
        raise EndsBeforeBegin(field="ended_at")
    if ended > now:
        raise InFuture(field="ended_at")


def refuse_unsealed(state: InterviewState) -> None:
    """Refuse an addendum to what may still be changed itself. Raises NotInThatState."""
    if state is not InterviewState.SEALED:
        raise NotInThatState


def refuse_settled_feedback(due: date | None, given: date | None) -> None:
    """Raises NothingAgreed where no feedback is due any more."""
    if due is None or given is not None:
        raise NothingAgreed


# ---- threats -----------------------------------------------------------------------------------------------

_THREAT_STEPS = {
    (ThreatState.OPEN, ThreatEvent.ASSESS): ThreatState.OPEN,
    (ThreatState.MITIGATED, ThreatEvent.ASSESS): ThreatState.MITIGATED,
    (ThreatState.OPEN, ThreatEvent.MITIGATE): ThreatState.MITIGATED,
    (ThreatState.OPEN, ThreatEvent.CLOSE): ThreatState.CLOSED,
    (ThreatState.MITIGATED, ThreatEvent.CLOSE): ThreatState.CLOSED,
    (ThreatState.MITIGATED, ThreatEvent.REOPEN): ThreatState.OPEN,
    (ThreatState.CLOSED, ThreatEvent.REOPEN): ThreatState.OPEN,
}


def next_threat_state(state: ThreatState, event: ThreatEvent, measures: Iterable[MeasureState]) -> ThreatState:
    """The state of a threat after an event: mitigated once something was done, closed once nothing is left to do.

    Raises ThreatIsClosed, NothingDoneYet, MeasuresOpen.
    """
    if (state, event) not in _THREAT_STEPS:
        raise ThreatIsClosed
    known = list(measures)
    if event is ThreatEvent.MITIGATE and MeasureState.DONE not in known:
        raise NothingDoneYet
    if event is ThreatEvent.CLOSE and MeasureState.OPEN in known:
        raise MeasuresOpen
    return _THREAT_STEPS[state, event]
