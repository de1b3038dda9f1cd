"""Every write of investigations."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import commands as case_commands
from amparo.cases import queries as cases
from amparo.cases.errors import CaseIsClosed
from amparo.cases.queries import CaseHead
from amparo.cases.words import CaseState, PartyRole, TrackKind
from amparo.investigations import queries, rules
from amparo.investigations.errors import (
    AlreadyRecorded,
    NameMissing,
    NothingAgreed,
    NotOfThisCase,
    NotOnTeam,
)
from amparo.investigations.models import Lead, OfficialContact, Outcome, Relief, Restraint, SuspectStatus
from amparo.investigations.rules import StatusEvent
from amparo.investigations.words import (
    Agency,
    Attribution,
    ContactKind,
    LeadEvent,
    LeadKind,
    LeadOutcome,
    LeadState,
    OutcomeEvent,
    OutcomeState,
    Relieved,
    Restrained,
    Source,
    Status,
    WithdrawReason,
)
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command

LEAD_CHANGE = "investigations:lead:change"
LEAD_SEE = "investigations:lead:see"
OUTCOME_SEE = "investigations:outcome:see"


def _open_case(actor: Actor, permission: str, case_id: UUID, level: Compartment | None = None) -> CaseHead:
    head = queries.head_for(actor, permission, case_id, level)
    if head.state is CaseState.CLOSED:
        raise CaseIsClosed
    return head


def _has_part(actor: Actor, case_id: UUID, person_id: UUID, role: PartyRole) -> None:
    if all(party.person_id != person_id for party in cases.parties(actor, case_id, [role])):
        raise NotOfThisCase(field="person_id")


# ---- leads -------------------------------------------------------------------------------------------------


def _on_team(case_id: UUID, account_id: UUID) -> None:
    if all(member.account_id != account_id for member in access.team_of(case_id)):
        raise NotOnTeam(field="assigned_id")


@command
def open_lead(
    *,
    actor: Actor,
    case_id: UUID,
    kind: LeadKind,
    title: str,
    question: str = "",
    assigned_id: UUID,
    due_on: date | None = None,
) -> UUID:
    """Open a lead for a colleague of the team. **Needs** investigations:lead:change. **Ledger** lead.opened.

    Raises NotOnTeam.
    """
    head = _open_case(actor, LEAD_CHANGE, case_id, Compartment.INVESTIGATION)
    _on_team(head.id, assigned_id)
    lead = Lead(case_id=head.id, office_id=head.office_id, kind=kind, assigned_id=assigned_id, due_on=due_on)
    writing.insert(lead, title=title, question=question)
    facts = {"kind": kind, "due": due_on}
    writing.note(Verb.LEAD_OPENED, subject=lead.id, case=head.id, office=head.office_id, facts=facts)
    return lead.id


def _lead(actor: Actor, lead_id: UUID, event: LeadEvent) -> tuple[Lead, LeadState]:
    lead = policy.load(actor, LEAD_CHANGE, Lead, lead_id, seen_by=LEAD_SEE)
    return lead, rules.next_lead_state(LeadState(lead.state), event)


@command
def change_lead(
    *,
    actor: Actor,
    lead_id: UUID,
    expected: int,
    kind: LeadKind,
    title: str,
    question: str,
    assigned_id: UUID,
    due_on: date | None,
) -> UUID:
    """Change an open lead. **Needs** investigations:lead:change. **Ledger** lead.changed.

    Raises LeadIsClosed, NotOnTeam, Changed.
    """
    lead, _state = _lead(actor, lead_id, LeadEvent.CHANGE)
    if assigned_id != lead.assigned_id:
        _on_team(lead.case_id, assigned_id)
    clear = {"kind": kind, "assigned_id": assigned_id, "due_on": due_on}
    fields = [name for name, value in clear.items() if getattr(lead, name) != value]
    writing.update(
        lead,
        expected=expected,
        kind=kind,
        assigned_id=assigned_id,
        due_on=due_on,
        title=title,
        question=question,
    )
    facts = {"fields": [*fields, "title", "question"]}
    writing.note(Verb.LEAD_CHANGED, subject=lead.id, case=lead.case_id, office=lead.office_id, facts=facts)
    return lead.id


@command
def close_lead(*, actor: Actor, lead_id: UUID, expected: int, outcome: LeadOutcome, result: str) -> UUID:
    """Close a lead with what came of it. **Needs** investigations:lead:change. **Ledger** lead.closed.

    Raises LeadIsClosed, Changed.
    """
    lead, state = _lead(actor, lead_id, LeadEvent.CLOSE)
    writing.update(lead, expected=expected, state=state, outcome=outcome, closed_on=queries.today(), result=result)
    facts = {"outcome": outcome}
    writing.note(Verb.LEAD_CLOSED, subject=lead.id, case=lead.case_id, office=lead.office_id, facts=facts)
    return lead.id


@command
def reopen_lead(*, actor: Actor, lead_id: UUID) -> UUID:
    """Open a closed lead again; its result stays. **Needs** investigations:lead:change.

    **Ledger** lead.changed. Raises LeadIsOpen.
    """
    lead, state = _lead(actor, lead_id, LeadEvent.REOPEN)
    writing.update(lead, state=state, outcome="", closed_on=None)
    facts = {"fields": ["state"]}
    writing.note(Verb.LEAD_CHANGED, subject=lead.id, case=lead.case_id, office=lead.office_id, facts=facts)
    return lead.id


# ---- suspects ----------------------------------------------------------------------------------------------


@command
def record_status(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    status: Status,
    happened: PartialDate,
    source: Source,
    conditions: str = "",
    remark: str = "",
) -> UUID:
    """Write down a dated event in a suspect's status. **Needs** investigations:suspect:change.

    A day before every known incident is kept and flagged. **Ledger** suspect.status.
    Raises OnlyByVerdict, AfterDeath, InFuture, NotOfThisCase, AlreadyRecorded.
    """
    return _status(actor, case_id, person_id, status, happened, source, None, conditions, remark)


@command
def record_status_by_verdict(
    *, actor: Actor, case_id: UUID, person_id: UUID, status: Status, on: date, verdict_id: UUID
) -> UUID:
    """Let a suspect's status follow from a verdict: the only way to be convicted or acquitted.

    **Needs** investigations:suspect:change. **Ledger** suspect.status.
    """
    return _status(actor, case_id, person_id, status, PartialDate.on(on), Source.VERDICT, verdict_id, "", "")


def _status(
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    status: Status,
    happened: PartialDate,
    source: Source,
    verdict_id: UUID | None,
    conditions: str,
    remark: str,
) -> UUID:
    head = _open_case(actor, "investigations:suspect:change", case_id, Compartment.SUSPECT)
    _has_part(actor, head.id, person_id, PartyRole.SUSPECT)
    rules.refuse_unfounded(status, source, verdict_id)
    rules.refuse_future(happened, queries.today())
    known = queries.events_of(head.id).get(person_id, [])
    event = StatusEvent(status, happened)
    rules.refuse_after_death(event, known)
    if verdict_id is None and event in known:
        raise AlreadyRecorded
    row = SuspectStatus(
        case_id=head.id,
        office_id=head.office_id,
        person_id=person_id,
        status=status,
        happened=happened.isoformat(),
        first_on=happened.earliest(),
        source=source,
        flagged=_is_flagged(actor, head, happened),
        verdict_id=verdict_id,
    )
    writing.insert(row, conditions=conditions, remark=remark)
    facts = {"person": person_id, "status": status}
    writing.note(Verb.SUSPECT_STATUS, subject=row.id, case=head.id, office=head.office_id, facts=facts)
    return row.id


def _is_flagged(actor: Actor, head: CaseHead, happened: PartialDate, person_id: UUID | None = None) -> bool:
    known = queries.incident_facts(actor, head.id)
    return rules.lies_before(happened, [i.began for i in known if person_id in (None, i.person_id)])


# ---- relief and restraint ----------------------------------------------------------------------------------


@command
def record_relief(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    how: Relieved,
    attribution: Attribution,
    happened: PartialDate,
) -> UUID:
    """Write down that a survivor is out of the violence; the relief track follows.

    **Needs** investigations:outcome:record. **Ledger** relief.recorded, track.changed.
    Raises NotOfThisCase, InFuture, AlreadyRecorded.
    """
    head = _open_case(actor, "investigations:outcome:record", case_id)
    _has_part(actor, head.id, person_id, PartyRole.SURVIVOR)
    row = Relief(how=how)
    _insert(actor, head, row, person_id, attribution, happened, _is_flagged(actor, head, happened, person_id))
    facts = {"person": person_id, "how": how, "attribution": attribution}
    writing.note(Verb.RELIEF_RECORDED, subject=row.id, case=head.id, office=head.office_id, facts=facts)
    _move_relief_track(actor, head, row.first_on)
    return row.id


def _move_relief_track(actor: Actor, head: CaseHead, on: date) -> None:
    track = next((t for t in cases.tracks(head) if t.kind is TrackKind.RELIEF), None)
    if track is not None and "achieved" in track.moves:
        case_commands.change_track(actor=actor, case_id=head.id, kind=TrackKind.RELIEF, state="achieved", on=on)


@command
def record_restraint(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    how: Restrained,
    attribution: Attribution,
    happened: PartialDate,
) -> UUID:
    """Write down that a suspect is kept from going on. **Needs** investigations:outcome:record.

    **Ledger** restraint.recorded. Raises NotOfThisCase, InFuture, AlreadyRecorded.
    """
    head = _open_case(actor, "investigations:outcome:record", case_id)
    _has_part(actor, head.id, person_id, PartyRole.SUSPECT)
    row = Restraint(how=how)
    _insert(actor, head, row, person_id, attribution, happened, _is_flagged(actor, head, happened))
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


@command
def withdraw_relief(*, actor: Actor, outcome_id: UUID, reason: WithdrawReason) -> UUID:
    """Take a relief out of every count; it stays readable. **Needs** investigations:outcome:verify.

    **Ledger** relief.withdrawn. Raises NotProvisional.
    """
    row = policy.load(actor, "investigations:outcome:verify", Relief, outcome_id, seen_by=OUTCOME_SEE)
    _withdraw(row, reason)
    facts = {"person": row.person_id, "reason": reason}
    writing.note(Verb.RELIEF_WITHDRAWN, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


@command
def withdraw_restraint(*, actor: Actor, outcome_id: UUID, reason: WithdrawReason) -> UUID:
    """Take a restraint out of every count; it stays readable. **Needs** investigations:outcome:verify.

    **Ledger** restraint.withdrawn. Raises NotProvisional.
    """
    row = policy.load(actor, "investigations:outcome:verify", Restraint, outcome_id, seen_by=OUTCOME_SEE)
    _withdraw(row, reason)
    facts = {"person": row.person_id, "reason": reason}
    writing.note(Verb.RESTRAINT_WITHDRAWN, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


def _withdraw(row: Outcome, reason: WithdrawReason) -> None:
    state = rules.next_outcome_state(OutcomeState(row.state), OutcomeEvent.WITHDRAW)
    writing.update(row, state=state, withdraw_reason=reason)


# ---- officials ---------------------------------------------------------------------------------------------


@command
def record_contact(
    *,
    actor: Actor,
    case_id: UUID,
    kind: ContactKind,
    agency_kind: Agency,
    on: date,
    official_id: UUID | None = None,
    name: str = "",
    agency: str = "",
    agreed: str = "",
    next_step: str = "",
    next_on: date | None = None,
) -> UUID:
    """Write down a contact with an official, known or only named. **Needs** investigations:official:record.

    **Ledger** official.contacted. Raises NameMissing, InFuture, NotOfThisCase.
    """
    head = _open_case(actor, "investigations:official:record", case_id)
    if official_id is None and not name:
        raise NameMissing(field="name")
    if official_id is not None:
        _has_part(actor, head.id, official_id, PartyRole.OFFICIAL)
    rules.refuse_future(PartialDate.on(on), queries.today(), field="on")
    row = OfficialContact(
        case_id=head.id,
        office_id=head.office_id,
        official_id=official_id,
        agency_kind=agency_kind,
        kind=kind,
        on=on,
        next_on=next_on,
    )
    writing.insert(row, name=name, agency=agency, agreed=agreed, next_step=next_step)
    facts = {"kind": kind}
    writing.note(Verb.OFFICIAL_CONTACTED, subject=row.id, case=head.id, office=head.office_id, facts=facts)
    return row.id


@command
def do_next_step(*, actor: Actor, contact_id: UUID) -> UUID:
    """Say that what was agreed as next step is done. **Needs** investigations:official:record.

    **Ledger** official.step_done. Raises NothingAgreed.
    """
    row = policy.load(
        actor,
        "investigations:official:record",
        OfficialContact,
        contact_id,
        seen_by="investigations:official:see",
    )
    if row.next_done_on is not None or row.next_step is None:
        raise NothingAgreed
    writing.update(row, next_done_on=queries.today())
    writing.note(Verb.OFFICIAL_STEP_DONE, subject=row.id, case=row.case_id, office=row.office_id)
    return row.id


def pass_on(case_ids: Collection[UUID], leaving: UUID, taking: UUID) -> None:
    """Give somebody's open leads in these cases to another; inside a command that has asked the policy."""
    for lead in Lead.objects.filter(case_id__in=case_ids, assigned_id=leaving, state=LeadState.OPEN):
        writing.update(lead, assigned_id=taking)
        facts = {"fields": ["assigned"]}
        writing.note(Verb.LEAD_CHANGED, subject=lead.id, case=lead.case_id, office=lead.office_id, facts=facts)
