"""What the forms of this room are filled with and choose from."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseFilter, CaseHead
from amparo.kernel.words import Compartment, Role
from amparo.operations.errors import NotNow
from amparo.operations.models import Care, Member, Operation, Risk, Whereabouts
from amparo.operations.queries.plan import (
    CORE,
    authority_in,
    case_ids,
    lines_of,
    survivors,
    suspects,
    team_accounts,
    whereabouts,
)
from amparo.operations.queries.reading import SEE, members, operation_for
from amparo.operations.words import AHEAD, DUTY_LABELS, State
from amparo.vault import sealing

Choices = list[tuple[str, str]]
GOING = (Role.INVESTIGATOR, Role.CASEWORKER, Role.POLICE, Role.PROSECUTOR)
APPROVING = (Role.SUPERVISOR, Role.DIRECTOR)
MOST_CASES = 50


@dataclass(frozen=True, slots=True)
class CoreForm:
    version: int
    values: dict[str, object]


def core(actor: Actor, operation_id: UUID) -> CoreForm:
    """The words of a plan as their form shows them: one line for each item of a list.

    Raises NotNow once where and when it is are hidden: the hours of the day would tell it.
    """
    row = operation_for(actor, "operations:plan:change", operation_id)
    _refuse_hidden(actor, row)
    readings.opened(row.id, Compartment.OPERATION)
    words = sealing.open_row(row, *CORE)
    authority = authority_in(words)
    values: dict[str, object] = {
        name: words.text(name) for name in ("objective", "legal_basis", "unexpected", "numbers")
    }
    values |= {name: "\n".join(lines_of(words, name)) for name in ("timeline", "go_items", "abort_rules")}
    values |= {"agency_id": str(authority.agency_id or ""), "unit_id": str(authority.unit_id or "")}
    return CoreForm(row.version, values)


def _refuse_hidden(actor: Actor, row: Operation) -> None:
    """Where nobody wrote down that it is over, a new time opens the forms again. Raises NotNow."""
    if State(row.state) not in AHEAD:
        raise NotNow
    if whereabouts(actor, row.id) is None and Whereabouts.objects.filter(operation=row).exists():
        raise NotNow


def head_to_plan(actor: Actor, case_id: UUID) -> CaseHead:
    """The case for the form that begins a plan. Raises NotFound, Refused."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, "operations:operation:plan", head.subject)
    return head


def colleagues_going(actor: Actor, operation_id: UUID) -> Choices:
    """Colleagues who hold a role that can go along and are not in the team yet."""
    there = team_accounts(operation_id)
    found = access.colleagues(actor, roles=GOING)
    return [(str(one.id), f"{one.name} · {one.role_label}, {one.office}") for one in found if one.id not in there]


def approvers(actor: Actor, row: Operation) -> Choices:
    """Colleagues who can be asked: they may approve, did not plan it and do not go along."""
    there = team_accounts(row.id) | {row.lead_id, actor.account_id}
    found = access.colleagues(actor, roles=APPROVING)
    ours = sorted(found, key=lambda one: one.office_id != row.office_id)
    return [(str(one.id), f"{one.name} · {one.role_label}, {one.office}") for one in ours if one.id not in there]


def team(actor: Actor, operation_id: UUID) -> Choices:
    """Members of the team by name and duty."""
    return [(str(one.id), f"{one.name} · {DUTY_LABELS[one.duty]}") for one in members(actor, operation_id)]


def other_cases(actor: Actor, operation_id: UUID) -> Choices:
    """Open cases on whose team the actor is as one who may plan, and which are not in the operation yet."""
    there = set(case_ids(operation_id))
    lines = cases.case_list(actor, CaseFilter(state="open", mine=True)).lines
    return [
        (str(line.head.id), f"{line.head.code} · {line.head.title}")
        for line in lines[:MOST_CASES]
        if line.head.id not in there and policy.decide(actor, "operations:operation:plan", line.head.subject).allowed
    ]


@dataclass(frozen=True, slots=True)
class CareForm:
    code: str
    values: dict[str, object]


def care(actor: Actor, operation_id: UUID, person_id: UUID) -> CareForm | None:
    """The care of one survivor as its form shows it; None where she is nobody of this operation.

    Where she is brought is a place of the operation, and is hidden with it. Raises NotNow then.
    """
    _refuse_hidden(actor, operation_for(actor, "operations:plan:change", operation_id))
    rows = Care.objects.filter(operation_id=operation_id, person_id=person_id)
    row = policy.visible(actor, "operations:plan:see", rows).select_related("person").first()
    if row is not None:
        readings.opened(operation_id, Compartment.OPERATION)
        words = sealing.open_row(row, "medical", "interpreter", "transport", "safe_place")
        values: dict[str, object] = {name: words.text(name) for name in words.words}
        return CareForm(row.person.code, values | {"stays_id": str(row.stays_id)})
    known = survivors(actor, operation_id).get(person_id)
    return None if known is None else CareForm(known[1], {})


@dataclass(frozen=True, slots=True)
class RiskForm:
    operation: Operation
    version: int
    values: dict[str, object]


def risk(actor: Actor, risk_id: UUID) -> RiskForm:
    row = policy.load(actor, "operations:plan:change", Risk, risk_id)
    readings.opened(row.operation_id, Compartment.OPERATION)
    words = sealing.open_row(row, "hazard", "mitigation")
    values: dict[str, object] = {
        "hazard": words.text("hazard"),
        "mitigation": words.text("mitigation"),
        "likelihood": str(row.likelihood),
        "harm": str(row.harm),
    }
    return RiskForm(policy.load(actor, SEE, Operation, row.operation_id), row.version, values)


def operation_of_member(actor: Actor, member_id: UUID) -> UUID:
    """The operation of somebody in a team. Raises NotFound."""
    return policy.load(actor, "operations:plan:change", Member, member_id).operation_id


@dataclass(frozen=True, slots=True)
class Involved:
    """Somebody of whom it is asked what became of her or him; the key names the field of the form."""

    key: str
    case_id: UUID
    person_id: UUID
    code: str
    is_survivor: bool


def involved(actor: Actor, operation_id: UUID) -> list[Involved]:
    """Survivors, then suspects, of the cases of an operation, as far as the actor sees them."""
    found = [
        Involved(f"survivor_{number}", case, person, code, True)
        for number, (person, (case, code)) in enumerate(survivors(actor, operation_id).items())
    ]
    found += [
        Involved(f"suspect_{number}", case, person, code, False)
        for number, (person, (case, code)) in enumerate(suspects(actor, operation_id).items())
    ]
    return found
