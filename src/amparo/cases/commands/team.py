"""Links between cases, the team of a case, and handing it over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from amparo.access import commands as access
from amparo.access import policy
from amparo.access import queries as access_queries
from amparo.access.actors import Actor
from amparo.cases.commands.around import case_for, hold_case, subject_of
from amparo.cases.errors import (
    CanNotHandOver,
    CaseIsClosed,
    HandOverNotYours,
    SameCase,
)
from amparo.cases.models import (
    Case,
    CaseLink,
    HandOver,
    Party,
    Task,
    Track,
)
from amparo.cases.queries.around import ANSWER
from amparo.cases.words import (
    CaseState,
    TaskState,
)
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Role
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.people import commands as people


@command
def link_cases(*, actor: Actor, case_id: UUID, other_id: UUID, kind: str, reason: str = "") -> UUID:
    """Link two cases that the actor both sees. **Needs** cases:case:change. **Ledger** case.linked."""
    case = case_for(actor, "cases:case:change", case_id)
    other = policy.load(actor, "cases:case:see", Case, other_id)
    if case.id == other.id:
        raise SameCase(field="other")
    row = CaseLink(case=case, other=other, office_id=case.office_id, kind=kind)
    writing.insert(row, reason=reason)
    facts = {"other": other.id, "kind": kind}
    writing.note(Verb.CASE_LINKED, subject=row.id, case=case.id, office=case.office_id, facts=facts)
    return case.id


@command
def unlink_cases(*, actor: Actor, link_id: UUID) -> UUID:
    """End a link between cases. **Needs** cases:case:change. **Ledger** case.unlinked."""
    row = policy.load(actor, "cases:case:change", CaseLink, link_id, seen_by="cases:case:see")
    writing.update(row, ended_at=clock.now())
    facts = {"other": row.other_id}
    writing.note(Verb.CASE_UNLINKED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.case_id


@command
def add_to_team(
    *,
    actor: Actor,
    case_id: UUID,
    account_id: UUID,
    role: Role,
    reason: str = "",
    until_on: date | None = None,
) -> UUID:
    """Put a colleague on the team of a case, to the end of a day if one is named; roles from outside always end.

    **Needs** access:grant:give. **Ledger** grant.given, grant.ended. Raises Barred, LastDayRefused.
    """
    case = policy.load(actor, "cases:case:see", Case, case_id)
    granted = access.give_grant(
        actor=actor,
        case_id=case.id,
        office_id=case.office_id,
        account_id=account_id,
        role=role,
        reason=reason,
        until_on=until_on,
    )
    people.check_colleague(actor, account_id)
    access.notify(actor, account_id, "on_team", case.id)
    return granted


@command
def take_off_team(*, actor: Actor, case_id: UUID, account_id: UUID) -> UUID:
    """Take a colleague off the team of a case. **Needs** access:grant:give. **Ledger** grant.ended."""
    case = policy.load(actor, "cases:case:see", Case, case_id)
    return access.end_grant(actor=actor, case_id=case.id, office_id=case.office_id, account_id=account_id)


@command
def declare_conflict(*, actor: Actor, case_id: UUID, person_id: UUID | None, reason: str) -> UUID:
    """Say that one knows somebody in a case: whoever says so sees it no more, and supervisors are told.

    Without a person it is about the case as a whole. **Needs** cases:case:see, access:conflict:declare, and
    cases:party:see for a person. **Ledger** bar.set, interest.found.
    """
    case = policy.load(actor, "cases:case:see", Case, case_id)
    if person_id is None:
        return access.declare(actor, case.office_id, case_id=case.id, reason=reason)
    party = Party.objects.filter(case_id=case.id, person_id=person_id).first()
    if party is None:
        raise NotFound(permission="cases:party:see")
    policy.check(actor, "cases:party:see", party)
    return access.declare(actor, party.office_id, person_id=person_id, reason=reason)


@command
def offer_case(*, actor: Actor, case_id: UUID, to_id: UUID, role: Role, note: str = "") -> UUID:
    """Offer one's own part in a case to a colleague of the office; it stays one's own until she receives it.

    Nobody hands over more than she has: the role is her own on the team, and the colleague holds it too.
    Supervisors form teams and may offer any. **Needs** cases:case:hand_over. **Ledger** handover.offered.
    Raises CanNotHandOver, Barred.
    """
    case = case_for(actor, "cases:case:hand_over", case_id)
    may_form_teams = policy.decide(actor, "access:grant:give", subject_of(case)).allowed
    if not may_form_teams and (case.id, role) not in actor.grants:
        raise CanNotHandOver(field="member")
    _check_receiver(case, actor.account_id, to_id, role)
    row = HandOver(case=case, office_id=case.office_id, from_id=actor.account_id, to_id=to_id, role=role)
    writing.insert(row, note=note)
    writing.note(Verb.HANDOVER_OFFERED, subject=row.id, case=case.id, office=case.office_id, facts={"to": to_id})
    access.notify(actor, to_id, "case_offered", case.id)
    return row.id


def _check_receiver(case: Case, from_id: UUID, to_id: UUID, role: Role) -> None:
    if to_id == from_id or not access_queries.holds_role(to_id, role, case.office_id):
        raise CanNotHandOver(field="member")
    access.refuse_barred(to_id, case.id)


def _offered(row: HandOver | None, actor: Actor) -> HandOver:
    if row is None or row.state != "offered" or actor.account_id not in (row.from_id, row.to_id):
        raise HandOverNotYours
    policy.check_new(actor, ANSWER, policy.Subject(own=actor.account_id))
    return row


@command
def receive_case(*, actor: Actor, handover_id: UUID) -> UUID:
    """Receive what was offered: from now on it is one's own.

    What was true at the offer has to be true still. **Needs** cases:handover:answer.
    **Ledger** handover.received, grant.given, grant.ended.
    Raises HandOverNotYours, CaseIsClosed, CanNotHandOver, Barred.
    """
    row = _offered(HandOver.objects.filter(pk=handover_id, to_id=actor.account_id).first(), actor)
    hold_case(row.case_id)
    case = row.case
    if case.state == CaseState.CLOSED:
        raise CaseIsClosed
    _check_receiver(case, row.from_id, row.to_id, Role(row.role))
    # Nobody hands on more than she has: a place that ends ends on the same day for whoever receives it.
    on_team = {(member.account_id, member.role): member.until for member in access_queries.team_of(case.id)}
    if (row.from_id, row.role) not in on_team and row.from_id not in access_queries.supervisors_of(case.office_id):
        raise HandOverNotYours
    writing.update(row, state="received", ended_at=clock.now())
    facts = {"from": row.from_id}
    writing.note(Verb.HANDOVER_RECEIVED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    access.place_on_team(
        row.case_id, row.office_id, row.to_id, Role(row.role), "", on_team.get((row.from_id, Role(row.role)))
    )
    people.check_colleague(actor, row.to_id)
    access.notify(actor, row.from_id, "case_received", row.case_id)
    if any(account == row.from_id for account, _role in on_team):
        access.leave_team(row.case_id, row.from_id)
    pass_on([row.case_id], row.from_id, row.to_id)
    return row.case_id


@command
def take_back_case(*, actor: Actor, handover_id: UUID) -> UUID:
    """Take an offer back that was not received yet. **Needs** cases:handover:answer.

    **Ledger** handover.taken_back. Raises HandOverNotYours.
    """
    row = _offered(HandOver.objects.filter(pk=handover_id, from_id=actor.account_id).first(), actor)
    writing.update(row, state="taken_back", ended_at=clock.now())
    writing.note(Verb.HANDOVER_TAKEN_BACK, subject=row.id, case=row.case_id, office=row.office_id)
    return row.case_id


def pass_on(case_ids: Collection[UUID], leaving: UUID, taking: UUID) -> None:
    """Give the tracks that somebody leads in these cases, and her open tasks, to another member of their teams.

    Inside a command that has already asked the policy and moved the places on the teams.
    """
    for track in Track.objects.filter(case_id__in=case_ids, lead_id=leaving):
        writing.update(track, lead_id=taking)
        led = {"track": track.kind, "account": taking}
        writing.note(Verb.TRACK_LED, subject=track.case_id, case=track.case_id, office=track.office_id, facts=led)
    for task in Task.objects.filter(case_id__in=case_ids, assigned_id=leaving, state=TaskState.OPEN):
        writing.update(task, assigned_id=taking)
        facts = {"fields": ["assigned"]}
        writing.note(Verb.TASK_CHANGED, subject=task.id, case=task.case_id, office=task.office_id, facts=facts)
