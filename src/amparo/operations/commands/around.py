"""What every command about an operation begins and ends with."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from amparo.access import commands as access
from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.queries import roles_of
from amparo.kernel.words import Role
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb
from amparo.operations import queries, rules
from amparo.operations.errors import NotNow
from amparo.operations.models import Approver, Operation, PlaceDay, Whereabouts
from amparo.operations.words import AHEAD, MATERIAL, Event, Part, State

SEE = "operations:operation:see"
NEW = "operations:operation:plan"
CHANGE = "operations:plan:change"
APPROVE = "operations:plan:approve"
PRINT = "operations:plan:print"
CARRY_OUT = "operations:operation:carry_out"
DEBRIEF = "operations:debrief:write"

# Who can go along, and who can be asked to approve, by role.
GOING = (Role.INVESTIGATOR, Role.CASEWORKER, Role.POLICE, Role.PROSECUTOR)
APPROVING = (Role.SUPERVISOR, Role.DIRECTOR)


def operation_for(actor: Actor, permission: str, operation_id: UUID) -> Operation:
    """The operation, if the actor may do this to it. Raises NotFound, Refused."""
    return policy.load(actor, permission, Operation, operation_id, seen_by=SEE)


def changed(actor: Actor, operation: Operation, part: Part, *, expected: int | None = None, **values: object) -> None:
    """Save a change of one part of the plan; a material one takes approvals back and asks for them anew.

    Inside a command that has written the rows of the part already. Raises NotNow, Changed.
    """
    before = State(operation.state)
    if part not in MATERIAL:
        if before not in AHEAD:
            raise NotNow
        writing.update(operation, expected=expected, **values)
    else:
        after = rules.next_state(before, Event.CHANGE)
        given = queries.approvals_given(operation)
        asked = {"approved_at": None, "briefed_at": None} if before is not State.PLANNED else {}
        plan = operation.plan + 1
        writing.update(operation, expected=expected, state=after, plan=plan, **asked, **values)
        if before is not State.PLANNED:
            _ask_again(actor, operation, len(given))
    note(Verb.OPERATION_CHANGED, operation, {"part": part, "plan": operation.plan})


def _ask_again(actor: Actor, operation: Operation, given: int) -> None:
    """The approvals are void: the same people are asked again, and see the plan again."""
    for approver in Approver.objects.filter(operation=operation):
        access.place_in_operation(
            operation.id, operation.office_id, approver.account_id, roles_of(approver.account_id, APPROVING)
        )
        access.notify(actor, approver.account_id, "operation_again")
    if given:
        note(Verb.OPERATION_VOIDED, operation, {"approvals": given})


def note(verb: Verb, operation: Operation, facts: Facts | None = None) -> None:
    """Say what was done to an operation. The entry names no case: its reader may not know that there is one."""
    writing.note(verb, subject=operation.id, office=operation.office_id, facts=facts)


def close_place(operation: Operation) -> None:
    """It is over: where and when it was is hidden from everybody from now on."""
    for row in Whereabouts.objects.filter(operation=operation):
        writing.update(row, hidden_from=queries.now())
    for token in PlaceDay.objects.filter(operation=operation):
        writing.delete(token)


def let_approvers_go(operation: Operation) -> None:
    """Approvers see the plan while they approve, and no longer."""
    for account_id in Approver.objects.filter(operation=operation).values_list("account_id", flat=True):
        access.leave_operation(operation.id, account_id)


def tell(actor: Actor, accounts: Iterable[UUID], kind: str) -> None:
    for account_id in set(accounts):
        access.notify(actor, account_id, kind)
