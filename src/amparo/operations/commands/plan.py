"""Planning an operation, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from amparo.access import commands as access
from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.queries import roles_of
from amparo.cases import queries as cases
from amparo.cases.commands import hold_case, require_basis
from amparo.cases.errors import CaseIsClosed
from amparo.cases.words import CaseState, PartyRole
from amparo.kernel import codes, ids
from amparo.kernel.errors import NotFound
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.operations import queries, rules
from amparo.operations.commands.around import CHANGE, GOING, NEW, changed, note, operation_for
from amparo.operations.commands.conflicts import check_against_others, put_tokens
from amparo.operations.errors import (
    LeadStays,
    NobodyNamed,
    NoPlaceInTeam,
    NotInTeam,
    OnTeamAlready,
    SameCase,
    StaysWithSurvivor,
)
from amparo.operations.models import Care, Member, Operation, Risk, Whereabouts
from amparo.operations.words import STANDING, Duty, Part, State


@command
def plan_operation(
    *,
    actor: Actor,
    case_id: UUID,
    objective: str,
    legal_basis: str = "",
    agency_id: UUID | None = None,
    unit_id: UUID | None = None,
) -> UUID:
    """Begin to plan an operation about a case; whoever plans it leads our part.

    **Needs** operations:operation:plan. **Ledger** operation.planned. Raises CaseIsClosed.
    """
    head = _case(actor, case_id)
    operation = Operation(
        office_id=head.office_id,
        code=codes.make_code("OP", ids.entropy(codes.ENTROPY_BYTES)),
        lead_id=actor.account_id,
    )
    authority = queries.authority_words(agency_id, unit_id)
    writing.insert(operation, objective=objective, legal_basis=legal_basis, authority=authority)
    access.tie_operation(operation.id, head.id, head.office_id)
    _place(operation, actor.account_id)
    lead = Member(operation=operation, office_id=operation.office_id, account_id=actor.account_id, duty=Duty.LEAD)
    writing.insert(lead)
    note(Verb.OPERATION_PLANNED, operation)
    return operation.id


def _case(actor: Actor, case_id: UUID) -> cases.CaseHead:
    hold_case(case_id)
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, NEW, head.subject)
    if head.state is CaseState.CLOSED:
        raise CaseIsClosed
    return head


def _place(operation: Operation, account_id: UUID) -> None:
    roles = roles_of(account_id, GOING)
    if not roles:
        raise NoPlaceInTeam(field="account_id")
    access.place_in_operation(operation.id, operation.office_id, account_id, roles)


@command
def add_case(*, actor: Actor, operation_id: UUID, case_id: UUID) -> UUID:
    """Let an operation be about one more case, in which the actor may plan one too.

    **Needs** operations:plan:change, operations:operation:plan. **Ledger** operation.changed.
    Raises SameCase, CaseIsClosed, Barred, NotNow.
    """
    operation = operation_for(actor, CHANGE, operation_id)
    head = _case(actor, case_id)
    if head.id in queries.case_ids(operation.id):
        raise SameCase
    access.tie_operation(operation.id, head.id, operation.office_id)
    changed(actor, operation, Part.CASES)
    return operation.id


@command
def change_core(
    *,
    actor: Actor,
    operation_id: UUID,
    expected: int,
    objective: str,
    legal_basis: str,
    agency_id: UUID | None,
    unit_id: UUID | None,
    timeline: Sequence[str],
    go_items: Sequence[str],
    abort_rules: Sequence[str],
    unexpected: str,
) -> UUID:
    """Change the words of the plan. What is the same stays approved.

    **Needs** operations:plan:change. **Ledger** operation.changed, operation.voided. Raises NotNow, Changed.
    """
    operation = operation_for(actor, CHANGE, operation_id)
    fresh: dict[str, object] = {
        "objective": objective,
        "legal_basis": legal_basis,
        "authority": queries.authority_words(agency_id, unit_id),
        "timeline": list(timeline),
        "go_items": list(go_items),
        "abort_rules": list(abort_rules),
        "unexpected": unexpected,
    }
    differing = queries.differing(operation, fresh)
    if differing:
        changed(actor, operation, _part_of(differing), expected=expected, **{name: fresh[name] for name in differing})
    return operation.id


def _part_of(names: Sequence[str]) -> Part:
    """The part that the ledger names: the first of those that were changed."""
    parts = {"authority": Part.AUTHORITY, "go_items": Part.GO, "abort_rules": Part.GO, "unexpected": Part.CARE}
    return parts.get(names[0], Part.CORE)


@command
def change_numbers(*, actor: Actor, operation_id: UUID, expected: int, numbers: str) -> UUID:
    """Change whom to call besides the team; approvals stand. **Needs** operations:plan:change.

    **Ledger** operation.changed. Raises NotNow, Changed.
    """
    operation = operation_for(actor, CHANGE, operation_id)
    changed(actor, operation, Part.NUMBERS, expected=expected, numbers=numbers)
    return operation.id


@command
def set_whereabouts(
    *, actor: Actor, operation_id: UUID, expected: int, place: str, meeting: str, starts: datetime, ends: datetime
) -> UUID:
    """Say where and when. Plans that others proposed for this place are looked for at once.

    Args:
        expected: the version of the place that the reader saw; 0 where there was none.

    **Needs** operations:plan:change. **Ledger** operation.changed, operation.checked, operation.voided.
    Raises EndsBefore, LongerThanThreeDays, NotNow, Changed.
    """
    operation = operation_for(actor, CHANGE, operation_id)
    rules.check_times(starts, ends)
    fresh: dict[str, str] = {
        "place": place, "meeting": meeting, "starts": starts.isoformat(), "ends": ends.isoformat(),
    }  # fmt: skip
    row = Whereabouts.objects.filter(operation=operation).first()
    hidden_from = rules.hidden_from(ends)
    if row is None:
        row = Whereabouts(operation=operation, office_id=operation.office_id, hidden_from=hidden_from)
        writing.insert(row, **fresh)
    elif queries.differing(row, dict(fresh)):
        writing.update(row, expected=expected, hidden_from=hidden_from, **fresh)
    else:
        return operation.id
    put_tokens(operation, place, starts, ends)
    changed(actor, operation, Part.PLACE)
    if State(operation.state) in STANDING:
        check_against_others(actor, operation)
    return operation.id


# ---- team ----------------------------------------------------------------------------------------------------------


@command
def add_member(
    *,
    actor: Actor,
    operation_id: UUID,
    duty: Duty,
    account_id: UUID | None = None,
    name: str = "",
    phone: str = "",
) -> UUID:
    """Take somebody into the team: a colleague, who sees the plan from now on, or a person by name or post.

    **Needs** operations:plan:change. **Ledger** operation.changed. Raises NobodyNamed, OnTeamAlready,
    NoPlaceInTeam, Barred, NotNow.
    """
    operation = operation_for(actor, CHANGE, operation_id)
    if account_id is None and not name:
        raise NobodyNamed(field="name")
    if account_id is not None:
        if account_id in queries.team_accounts(operation.id):
            raise OnTeamAlready
        _place(operation, account_id)
    member = Member(operation=operation, office_id=operation.office_id, account_id=account_id, duty=duty)
    writing.insert(member, name="" if account_id else name, phone=phone)
    changed(actor, operation, Part.TEAM)
    if account_id is not None:
        access.notify(actor, account_id, "operation_team")
    return operation.id


@command
def remove_member(*, actor: Actor, member_id: UUID) -> UUID:
    """Take somebody out of the team, who sees nothing of it from then on. **Needs** operations:plan:change.

    **Ledger** operation.changed. Raises LeadStays, StaysWithSurvivor, NotNow.
    """
    member = policy.load(actor, CHANGE, Member, member_id)
    operation = operation_for(actor, CHANGE, member.operation_id)
    if member.account_id == operation.lead_id:
        raise LeadStays
    if Care.objects.filter(stays=member).exists():
        raise StaysWithSurvivor
    if member.account_id is not None:
        access.leave_operation(operation.id, member.account_id)
    writing.delete(member)
    changed(actor, operation, Part.TEAM)
    return operation.id


# ---- risks ---------------------------------------------------------------------------------------------------------


@command
def add_risk(*, actor: Actor, operation_id: UUID, hazard: str, likelihood: int, harm: int, mitigation: str) -> UUID:
    """Write down a risk and what is done about it. **Needs** operations:plan:change.

    **Ledger** operation.changed. Raises NotNow.
    """
    operation = operation_for(actor, CHANGE, operation_id)
    risk = Risk(operation=operation, office_id=operation.office_id, likelihood=likelihood, harm=harm)
    writing.insert(risk, hazard=hazard, mitigation=mitigation)
    changed(actor, operation, Part.RISKS)
    return operation.id


@command
def change_risk(
    *, actor: Actor, risk_id: UUID, expected: int, hazard: str, likelihood: int, harm: int, mitigation: str
) -> UUID:
    """Change a risk. **Needs** operations:plan:change. **Ledger** operation.changed. Raises NotNow, Changed."""
    risk = policy.load(actor, CHANGE, Risk, risk_id)
    operation = operation_for(actor, CHANGE, risk.operation_id)
    writing.update(risk, expected=expected, hazard=hazard, likelihood=likelihood, harm=harm, mitigation=mitigation)
    changed(actor, operation, Part.RISKS)
    return operation.id


@command
def remove_risk(*, actor: Actor, risk_id: UUID) -> UUID:
    """Strike a risk. **Needs** operations:plan:change. **Ledger** operation.changed. Raises NotNow."""
    risk = policy.load(actor, CHANGE, Risk, risk_id)
    operation = operation_for(actor, CHANGE, risk.operation_id)
    writing.delete(risk)
    changed(actor, operation, Part.RISKS)
    return operation.id


# ---- care for survivors --------------------------------------------------------------------------------------------


@command
def set_care(
    *,
    actor: Actor,
    operation_id: UUID,
    person_id: UUID,
    stays_id: UUID,
    medical: str,
    interpreter: str,
    transport: str,
    safe_place: str,
) -> UUID:
    """Say what is ready for one survivor, and who stays with her from the first minute.

    **Needs** operations:plan:change, and that she is a survivor of one of its cases whom the actor sees.
    **Ledger** operation.changed. Raises NotFound, NotInTeam, NotNow.
    """
    operation = operation_for(actor, CHANGE, operation_id)
    stays = Member.objects.filter(pk=stays_id, operation=operation).first()
    if stays is None:
        raise NotInTeam(field="stays_id")
    fresh: dict[str, str] = {
        "medical": medical, "interpreter": interpreter, "transport": transport, "safe_place": safe_place,
    }  # fmt: skip
    row = Care.objects.filter(operation=operation, person_id=person_id).first()
    if row is None:
        row = Care(operation=operation, office_id=operation.office_id, person_id=person_id, stays=stays)
        row.case_id = _case_of_survivor(actor, operation, person_id)
        require_basis(row.case_id, person_id)
        writing.insert(row, **fresh)
    elif row.stays_id != stays.id or queries.differing(row, dict(fresh)):
        writing.update(
            row,
            stays_id=stays.id,
            medical=medical,
            interpreter=interpreter,
            transport=transport,
            safe_place=safe_place,
        )
    else:
        return operation.id
    changed(actor, operation, Part.CARE)
    return operation.id


def _case_of_survivor(actor: Actor, operation: Operation, person_id: UUID) -> UUID:
    for case_id in queries.case_ids(operation.id):
        found = cases.parties(actor, case_id, [PartyRole.SURVIVOR])
        if any(party.person_id == person_id and party.left_on is None for party in found):
            return case_id
    raise NotFound
