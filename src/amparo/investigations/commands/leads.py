"""Leads: something to find out, by somebody, by a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.investigations import queries, rules
from amparo.investigations.commands.around import LEAD_CHANGE, LEAD_SEE, open_case, refuse_stranger
from amparo.investigations.commands.threats import pass_measures_on
from amparo.investigations.models import Interview, Lead
from amparo.investigations.words import InterviewState, LeadEvent, LeadKind, LeadOutcome, LeadState
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


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
    head = open_case(actor, LEAD_CHANGE, case_id, Compartment.INVESTIGATION)
    refuse_stranger(head.id, assigned_id, LEAD_CHANGE, "assigned_id")
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
        refuse_stranger(lead.case_id, assigned_id, LEAD_CHANGE, "assigned_id")
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


def pass_on(case_ids: Collection[UUID], leaving: UUID, taking: UUID) -> None:
    """Give somebody's leads, interviews and measures to another; inside a command that has asked the policy."""
    for lead in Lead.objects.filter(case_id__in=case_ids, assigned_id=leaving, state=LeadState.OPEN):
        writing.update(lead, assigned_id=taking)
        facts = {"fields": ["assigned"]}
        writing.note(Verb.LEAD_CHANGED, subject=lead.id, case=lead.case_id, office=lead.office_id, facts=facts)
    planned = Interview.objects.filter(case_id__in=case_ids, interviewer_id=leaving, state=InterviewState.PLANNED)
    for row in planned:
        writing.update(row, interviewer_id=taking)
        facts = {"fields": ["interviewer_id"]}
        writing.note(Verb.INTERVIEW_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    pass_measures_on(case_ids, leaving, taking)
