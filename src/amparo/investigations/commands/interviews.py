"""Interviews: planned for a reason, held with care, read back, sealed; nobody is asked twice without need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import commands as case_commands
from amparo.cases import queries as cases
from amparo.cases.words import PartyRole
from amparo.evidence import queries as evidence
from amparo.investigations import queries, rules
from amparo.investigations.commands.around import open_case, refuse_stranger
from amparo.investigations.errors import NobodyPromised, NobodyToTell, NoSuchRecording, NotToBeAsked, WordsMissing
from amparo.investigations.models import Interview, InterviewAddendum
from amparo.investigations.words import (
    DropReason,
    Interpreting,
    InterviewEvent,
    InterviewPurpose,
    InterviewState,
    Qualification,
    ReviewedHow,
    Support,
)
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command

CHANGE = "investigations:interview:change"
SEE = "investigations:interview:see"


@dataclass(frozen=True, slots=True)
class InterviewPlan:
    """What is asked before an interview. `asks`: who asks, where it is nobody of the team."""

    purpose: InterviewPurpose
    why: str
    planned_at: datetime
    interviewer_id: UUID
    qualification: Qualification
    place: str
    asks: str = ""
    interpreting: Interpreting = Interpreting.NOT_NEEDED
    interpreter: str = ""
    support: Support = Support.NONE
    supporter: str = ""


def _clear(plan: InterviewPlan) -> dict[str, object]:
    return {
        "purpose": plan.purpose,
        "planned_at": plan.planned_at,
        "interviewer_id": plan.interviewer_id,
        "qualification": plan.qualification,
        "interpreting": plan.interpreting,
        "support": plan.support,
    }


def _day(plan: InterviewPlan) -> PartialDate:
    """The day that is planned. Raises YearOutOfRange."""
    return PartialDate.on(plan.planned_at.date())


def _words(plan: InterviewPlan) -> dict[str, str]:
    return {
        "why": plan.why,
        "place": plan.place,
        "asks": plan.asks,
        "interpreter": plan.interpreter,
        "supporter": plan.supporter,
    }


def _interview(actor: Actor, interview_id: UUID, event: InterviewEvent) -> tuple[Interview, InterviewState]:
    row = policy.load(actor, CHANGE, Interview, interview_id, seen_by=SEE)
    open_case(actor, CHANGE, row.case_id, Compartment.NARRATIVE)
    return row, rules.next_interview_state(InterviewState(row.state), event)


def _note(verb: Verb, row: Interview, facts: dict[str, object] | None = None) -> None:
    writing.note(verb, subject=row.id, case=row.case_id, office=row.office_id, facts=facts or {})


@command
def plan_interview(*, actor: Actor, case_id: UUID, person_id: UUID, plan: InterviewPlan, has_read: bool) -> UUID:
    """Plan to ask somebody of a case, and say why what is known does not do.

    `has_read`: whoever plans it has read what this person told before; needed where she or he did.
    **Needs** investigations:interview:change. **Ledger** interview.planned.
    Raises NotToBeAsked, ToldBefore, NotOnTeam, YearOutOfRange.
    """
    head = open_case(actor, CHANGE, case_id, Compartment.NARRATIVE)
    party = next((one for one in cases.parties(actor, head.id, queries.ASKED) if one.person_id == person_id), None)
    if party is None:
        raise NotToBeAsked(field="person_id")
    refuse_stranger(head.id, plan.interviewer_id, CHANGE, "interviewer_id")
    told = queries.times_told(actor, head.id, person_id)
    rules.refuse_asking_again(told, has_read)
    row = Interview(
        case_id=head.id,
        office_id=head.office_id,
        person_id=person_id,
        minor=queries.is_minor(party.role, person_id, _day(plan)),
        told=told,
        **_clear(plan),
    )
    writing.insert(row, **_words(plan))
    facts = {"person": person_id, "purpose": plan.purpose, "due": plan.planned_at.date(), "told": told}
    _note(Verb.INTERVIEW_PLANNED, row, facts)
    return row.id


@command
def change_interview(*, actor: Actor, interview_id: UUID, expected: int, plan: InterviewPlan) -> UUID:
    """Change what is planned. **Needs** investigations:interview:change. **Ledger** interview.changed.

    Raises NotInThatState, InterviewIsSealed, NotOnTeam, YearOutOfRange, Changed.
    """
    row, _state = _interview(actor, interview_id, InterviewEvent.CHANGE)
    if plan.interviewer_id != row.interviewer_id:
        refuse_stranger(row.case_id, plan.interviewer_id, CHANGE, "interviewer_id")
    _day(plan)
    clear = _clear(plan)
    fields = [name for name, value in clear.items() if getattr(row, name) != value]
    writing.update(row, expected=expected, **clear, **_words(plan))
    _note(Verb.INTERVIEW_CHANGED, row, {"fields": [*fields, "words"]})
    return row.id


@command
def hold_interview(
    *,
    actor: Actor,
    interview_id: UUID,
    expected: int,
    began_at: datetime,
    ended_at: datetime,
    recordings: Sequence[UUID] = (),
    promises: Sequence[str] = (),
    promised_by: date | None = None,
    feedback_on: date | None = None,
) -> UUID:
    """Say that it was held, what it was recorded on, and what was promised.

    Each promise becomes one of the case, due on `promised_by`. **Needs** investigations:interview:change.
    **Ledger** interview.held, promise.made.
    Raises NoBasis, NobodyPromised, NobodyToTell, NoSuchRecording, EndsBeforeBegin, InFuture, NotInThatState, Changed.
    """
    row, state = _interview(actor, interview_id, InterviewEvent.HOLD)
    rules.refuse_times(began_at, ended_at, clock.now())
    _require_basis(actor, row)
    known = {line.id for line in evidence.items_of_case(actor, row.case_id)} if recordings else set()
    if not set(recordings) <= known:
        raise NoSuchRecording(field="recordings")
    if feedback_on is not None and _has_part(actor, row, PartyRole.OFFICIAL):
        raise NobodyToTell(field="feedback_on")
    writing.update(
        row,
        expected=expected,
        state=state,
        began_at=began_at,
        ended_at=ended_at,
        recordings=[str(item) for item in recordings],
        feedback_on=feedback_on,
    )
    _promise(actor, row, promises, promised_by)
    minutes = int((ended_at - began_at).total_seconds() // 60)
    facts = {"person": row.person_id, "minutes": minutes, "promises": len(promises), "recordings": len(recordings)}
    _note(Verb.INTERVIEW_HELD, row, facts)
    return row.id


def _require_basis(actor: Actor, row: Interview) -> None:
    """Words of a survivor need a basis (invariant 1); those of a witness are her own statement."""
    if _is_survivor(actor, row):
        case_commands.require_basis(row.case_id, row.person_id)


def _is_survivor(actor: Actor, row: Interview) -> bool:
    return _has_part(actor, row, PartyRole.SURVIVOR)


def _has_part(actor: Actor, row: Interview, role: PartyRole) -> bool:
    return any(party.person_id == row.person_id for party in cases.parties(actor, row.case_id, [role]))


def _promise(actor: Actor, row: Interview, promises: Sequence[str], due_on: date | None) -> None:
    if not promises:
        return
    if due_on is None or not _is_survivor(actor, row):
        raise NobodyPromised(field="promised_by")
    for text in promises:
        case_commands.make_promise(
            actor=actor,
            case_id=row.case_id,
            person_id=row.person_id,
            text=text,
            due_on=due_on,
            promised_on=clock.day_of(row.began_at) if row.began_at else None,
        )


@command
def transcribe_interview(*, actor: Actor, interview_id: UUID, expected: int, account: str) -> UUID:
    """Write down what was said. **Needs** investigations:interview:change. **Ledger** interview.transcribed.

    Raises NoBasis, WordsMissing, NotInThatState, InterviewIsSealed, Changed.
    """
    row, state = _interview(actor, interview_id, InterviewEvent.TRANSCRIBE)
    if not account.strip():
        raise WordsMissing(field="account")
    _require_basis(actor, row)
    writing.update(row, expected=expected, state=state, account=account, reviewed_on=None, reviewed_how="")
    _note(Verb.INTERVIEW_TRANSCRIBED, row)
    return row.id


@command
def review_interview(
    *, actor: Actor, interview_id: UUID, expected: int, how: ReviewedHow, on: date, corrections: str = ""
) -> UUID:
    """Say that she or he went through it, and what was put right. **Needs** investigations:interview:change.

    **Ledger** interview.reviewed. Raises InFuture, NotInThatState, InterviewIsSealed, Changed.
    """
    row, state = _interview(actor, interview_id, InterviewEvent.REVIEW)
    rules.refuse_future(PartialDate.on(on), queries.today(), field="on")
    writing.update(row, expected=expected, state=state, reviewed_on=on, reviewed_how=how, corrections=corrections)
    _note(Verb.INTERVIEW_REVIEWED, row, {"how": how})
    return row.id


@command
def seal_interview(*, actor: Actor, interview_id: UUID) -> UUID:
    """Seal it: nothing in it changes from now on. **Needs** investigations:interview:change.

    **Ledger** interview.sealed. Raises NotInThatState, InterviewIsSealed.
    """
    row, state = _interview(actor, interview_id, InterviewEvent.SEAL)
    writing.update(row, state=state, sealed_at=clock.now(), sealed_by=actor.account_id)
    _note(Verb.INTERVIEW_SEALED, row)
    return row.id


@command
def add_to_interview(*, actor: Actor, interview_id: UUID, words: str) -> UUID:
    """Add to a sealed interview, beside it. **Needs** investigations:interview:change.

    **Ledger** interview.added_to. Raises NotInThatState, WordsMissing, NoBasis.
    """
    row = policy.load(actor, CHANGE, Interview, interview_id, seen_by=SEE)
    open_case(actor, CHANGE, row.case_id, Compartment.NARRATIVE)
    rules.refuse_unsealed(InterviewState(row.state))
    if not words.strip():
        raise WordsMissing(field="words")
    _require_basis(actor, row)
    added = InterviewAddendum(
        interview=row,
        case_id=row.case_id,
        office_id=row.office_id,
        person_id=row.person_id,
        added_at=clock.now(),
        added_by=actor.account_id,
    )
    writing.insert(added, words=words)
    _note(Verb.INTERVIEW_ADDED_TO, row)
    return added.id


@command
def drop_interview(*, actor: Actor, interview_id: UUID, reason: DropReason) -> UUID:
    """Say that a planned interview is not held. **Needs** investigations:interview:change.

    **Ledger** interview.dropped. Raises NotInThatState, InterviewIsSealed.
    """
    row, state = _interview(actor, interview_id, InterviewEvent.DROP)
    writing.update(row, state=state, drop_reason=reason)
    _note(Verb.INTERVIEW_DROPPED, row, {"reason": reason})
    return row.id


@command
def give_feedback(*, actor: Actor, interview_id: UUID) -> UUID:
    """Say that she or he was told what came of it; also after it was sealed. **Needs** investigations:interview:change.

    **Ledger** interview.feedback_given. Raises NothingAgreed.
    """
    row = policy.load(actor, CHANGE, Interview, interview_id, seen_by=SEE)
    rules.refuse_settled_feedback(row.feedback_on, row.feedback_given_on)
    writing.update(row, feedback_given_on=queries.today())
    _note(Verb.INTERVIEW_FEEDBACK_GIVEN, row)
    return row.id
