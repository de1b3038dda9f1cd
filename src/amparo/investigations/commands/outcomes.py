"""Relief and restraint, verified by somebody else than their recorder."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import commands as case_commands
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.cases.words import PartyRole, TrackKind
from amparo.investigations import queries, rules
from amparo.investigations.commands.around import OUTCOME_SEE, has_part, is_flagged, open_case
from amparo.investigations.errors import AlreadyRecorded
from amparo.investigations.models import Outcome, Relief, Restraint
from amparo.investigations.words import Attribution, OutcomeEvent, OutcomeState, Relieved, Restrained, WithdrawReason
from amparo.kernel.dates import PartialDate
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command

OutcomeRow = TypeVar("OutcomeRow", Relief, Restraint)
RECORD = "investigations:outcome:record"
VERIFY = "investigations:outcome:verify"


@command
def record_relief(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    how: Relieved,
    attribution: Attribution,
    happened: PartialDate,
    instead_of: UUID | None = None,
) -> UUID:
    """Write down that a survivor is out of the violence; the relief track follows.

    **Needs** investigations:outcome:record. **Ledger** relief.recorded, track.changed.
    Raises NotOfThisCase, InFuture, AlreadyRecorded.
    """
    head = open_case(actor, "investigations:outcome:record", case_id)
    has_part(actor, head.id, person_id, PartyRole.SURVIVOR)
    row = Relief(how=how, instead_of_id=instead_of)
    _insert(actor, head, row, person_id, attribution, happened, is_flagged(actor, head, happened, person_id))
    facts = {"person": person_id, "how": how, "attribution": attribution}
    writing.note(Verb.RELIEF_RECORDED, subject=row.id, case=head.id, office=head.office_id, facts=facts)
    _move_relief_track(actor, head, row.first_on)
    return row.id


def _move_relief_track(actor: Actor, head: CaseHead, on: date) -> None:
    track = next((t for t in cases.tracks(head) if t.kind is TrackKind.RELIEF), None)
    if track is not None and "achieved" in track.moves:
        case_commands.change_track(actor=actor, case_id=head.id, kind=TrackKind.RELIEF, state="achieved", on=on)


def _relief_track_follows(actor: Actor, old: Relief) -> None:
    """A track that moved with a relief on its day has the first day of the reliefs that count now."""
    counted = Relief._base_manager.filter(case_id=old.case_id).exclude(state=OutcomeState.WITHDRAWN)
    first = counted.order_by("first_on").values_list("first_on", flat=True).first()
    if first is not None:
        case_commands.correct_track_day(
            actor=actor, case_id=old.case_id, kind=TrackKind.RELIEF, state="achieved", was=old.first_on, on=first
        )


@command
def record_restraint(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    how: Restrained,
    attribution: Attribution,
    happened: PartialDate,
    instead_of: UUID | None = None,
) -> UUID:
    """Write down that a suspect is kept from going on. **Needs** investigations:outcome:record.

    **Ledger** restraint.recorded. Raises NotOfThisCase, InFuture, AlreadyRecorded.
    """
    head = open_case(actor, "investigations:outcome:record", case_id)
    has_part(actor, head.id, person_id, PartyRole.SUSPECT)
    row = Restraint(how=how, instead_of_id=instead_of)
    _insert(actor, head, row, person_id, attribution, happened, is_flagged(actor, head, happened))
    facts = {"person": person_id, "how": how, "attribution": attribution}
    writing.note(Verb.RESTRAINT_RECORDED, subject=row.id, case=head.id, office=head.office_id, facts=facts)
    return row.id


def _insert(
    actor: Actor,
    head: CaseHead,
    row: Outcome,
    person_id: UUID,
    attribution: Attribution,
    happened: PartialDate,
    flagged: bool,
) -> None:
    rules.refuse_future(happened, queries.today())
    written = happened.isoformat()
    same = type(row)._base_manager.filter(case_id=head.id, person_id=person_id, happened=written)
    if same.exclude(state=OutcomeState.WITHDRAWN).exists():
        raise AlreadyRecorded
    row.case_id = head.id
    row.office_id = head.office_id
    row.person_id = person_id
    row.attribution = attribution
    row.happened = written
    row.first_on = happened.earliest()
    row.flagged = flagged
    row.recorded_by = actor.account_id
    writing.insert(row)


@command
def verify_relief(*, actor: Actor, outcome_id: UUID) -> UUID:
    """Confirm a relief that somebody else recorded. **Needs** investigations:outcome:verify.

    **Ledger** relief.verified. Raises OwnRecord, NotProvisional.
    """
    row = policy.load(actor, "investigations:outcome:verify", Relief, outcome_id, seen_by=OUTCOME_SEE)
    _verify(actor, row)
    writing.note(
        Verb.RELIEF_VERIFIED,
        subject=row.id,
        case=row.case_id,
        office=row.office_id,
        facts={"person": row.person_id},
    )
    return row.id


@command
def verify_restraint(*, actor: Actor, outcome_id: UUID) -> UUID:
    """Confirm a restraint that somebody else recorded. **Needs** investigations:outcome:verify.

    **Ledger** restraint.verified. Raises OwnRecord, NotProvisional.
    """
    row = policy.load(actor, "investigations:outcome:verify", Restraint, outcome_id, seen_by=OUTCOME_SEE)
    _verify(actor, row)
    writing.note(
        Verb.RESTRAINT_VERIFIED,
        subject=row.id,
        case=row.case_id,
        office=row.office_id,
        facts={"person": row.person_id},
    )
    return row.id


def _verify(actor: Actor, row: Outcome) -> None:
    rules.refuse_own(row.recorded_by, actor.account_id)
    state = rules.next_outcome_state(OutcomeState(row.state), OutcomeEvent.VERIFY)
    writing.update(row, state=state, verified_by=actor.account_id, verified_on=queries.today())


def _to_end(actor: Actor, model: type[OutcomeRow], outcome_id: UUID) -> OutcomeRow:
    """What is taken out of the counts: by who records while nobody has verified it, by who verifies afterwards.

    Raises NotFound, Refused.
    """
    row = policy.load(actor, OUTCOME_SEE, model, outcome_id)
    needed = RECORD if row.state == OutcomeState.PROVISIONAL else VERIFY
    return policy.load(actor, needed, model, outcome_id, seen_by=OUTCOME_SEE)


@command
def withdraw_relief(*, actor: Actor, outcome_id: UUID, reason: WithdrawReason) -> UUID:
    """Take a relief out of every count; it stays readable.

    **Needs** investigations:outcome:verify, or to record where nobody has verified it. **Ledger** relief.withdrawn.
    Raises NotProvisional, ReasonOfOther.
    """
    row = _to_end(actor, Relief, outcome_id)
    _withdraw(row, reason, is_corrected=False)
    _noted(Verb.RELIEF_WITHDRAWN, row, reason)
    return row.id


@command
def withdraw_restraint(*, actor: Actor, outcome_id: UUID, reason: WithdrawReason) -> UUID:
    """Take a restraint out of every count; it stays readable.

    **Needs** investigations:outcome:verify, or to record where nobody has verified it.
    **Ledger** restraint.withdrawn. Raises NotProvisional, ReasonOfOther.
    """
    row = _to_end(actor, Restraint, outcome_id)
    _withdraw(row, reason, is_corrected=False)
    _noted(Verb.RESTRAINT_WITHDRAWN, row, reason)
    return row.id


def _withdraw(row: Outcome, reason: WithdrawReason, *, is_corrected: bool) -> None:
    rules.refuse_reason(reason, is_corrected=is_corrected)
    state = rules.next_outcome_state(OutcomeState(row.state), OutcomeEvent.WITHDRAW)
    writing.update(row, state=state, withdraw_reason=reason)


def _noted(verb: Verb, row: Outcome, reason: WithdrawReason, instead: UUID | None = None) -> None:
    facts: dict[str, object] = {"person": row.person_id, "reason": reason}
    if instead is not None:
        facts["instead"] = instead
    writing.note(verb, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)


@command
def correct_relief(
    *,
    actor: Actor,
    outcome_id: UUID,
    reason: WithdrawReason,
    person_id: UUID,
    how: Relieved,
    attribution: Attribution,
    happened: PartialDate,
) -> UUID:
    """Put a relief right: what was written stays readable, and what stands instead is verified anew.

    The day of the relief track follows. **Needs** investigations:outcome:record, and to verify what was verified.
    **Ledger** relief.corrected, relief.recorded, track.day_corrected. Raises NotProvisional, ReasonOfOther,
    NotOfThisCase, InFuture, AlreadyRecorded. Returns the new one.
    """
    old = _to_end(actor, Relief, outcome_id)
    _withdraw(old, reason, is_corrected=True)
    new = record_relief(
        actor=actor,
        case_id=old.case_id,
        person_id=person_id,
        how=how,
        attribution=attribution,
        happened=happened,
        instead_of=old.id,
    )
    _noted(Verb.RELIEF_CORRECTED, old, reason, new)
    _relief_track_follows(actor, old)
    return new


@command
def correct_restraint(
    *,
    actor: Actor,
    outcome_id: UUID,
    reason: WithdrawReason,
    person_id: UUID,
    how: Restrained,
    attribution: Attribution,
    happened: PartialDate,
) -> UUID:
    """Put a restraint right: what was written stays readable, and what stands instead is verified anew.

    **Needs** investigations:outcome:record, and to verify what was verified. **Ledger** restraint.corrected,
    restraint.recorded. Raises NotProvisional, ReasonOfOther, NotOfThisCase, InFuture, AlreadyRecorded. Returns the
    new one.
    """
    old = _to_end(actor, Restraint, outcome_id)
    _withdraw(old, reason, is_corrected=True)
    new = record_restraint(
        actor=actor,
        case_id=old.case_id,
        person_id=person_id,
        how=how,
        attribution=attribution,
        happened=happened,
        instead_of=old.id,
    )
    _noted(Verb.RESTRAINT_CORRECTED, old, reason, new)
    return new
