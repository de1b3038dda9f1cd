"""Asking two people, and what they decide."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction

from amparo.access import commands as access
from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.queries import roles_of
from amparo.cases import queries as cases
from amparo.kernel.errors import Changed
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.operations import queries, rules
from amparo.operations.commands.around import (
    APPROVE,
    APPROVING,
    CARRY_OUT,
    NEW,
    let_approvers_go,
    note,
    operation_for,
    tell,
)
from amparo.operations.commands.conflicts import check_against_others
from amparo.operations.errors import ApprovedTwice, Incomplete, MayNotApprove
from amparo.operations.models import Approval, Approver, Operation
from amparo.operations.words import PART_LABELS, Choice, Event, State


@command
def propose(*, actor: Actor, operation_id: UUID, approvers: Collection[UUID]) -> UUID:
    """Ask people to approve a whole plan: they see it while they decide. Other plans are looked for.

    **Needs** operations:operation:carry_out, and operations:operation:plan in each of its cases.
    **Ledger** operation.proposed, operation.checked. Raises Incomplete, TwoApprovers, OwnPlan, GoesAlong,
    MayNotApprove, Barred, NotNow.
    """
    operation = operation_for(actor, CARRY_OUT, operation_id)
    state = rules.next_state(State(operation.state), Event.PROPOSE)
    for case_id in queries.case_ids(operation.id):
        policy.check_new(actor, NEW, cases.case_head(actor, case_id).subject)
    lacking = rules.missing(queries.filled(actor, operation))
    if lacking:
        raise Incomplete(missing=", ".join(str(PART_LABELS[part]) for part in lacking))
    asked = set(approvers)
    rules.refuse_approvers(asked, operation.lead_id, queries.team_accounts(operation.id))
    _ask(operation, asked)
    writing.update(operation, state=state, plan=operation.plan + 1, proposed_at=queries.now())
    note(Verb.OPERATION_PROPOSED, operation, {"plan": operation.plan, "asked": len(asked)})
    tell(actor, asked, "operation_asked")
    check_against_others(actor, operation)
    return operation.id


def _ask(operation: Operation, asked: Collection[UUID]) -> None:
    """Those who are asked get a place; who was asked before and is not any more has none."""
    for before in Approver.objects.filter(operation=operation).exclude(account_id__in=asked):
        access.leave_operation(operation.id, before.account_id)
        writing.delete(before)
    known = set(Approver.objects.filter(operation=operation).values_list("account_id", flat=True))
    for account_id in sorted(asked):
        roles = roles_of(account_id, APPROVING)
        if not roles:
            raise MayNotApprove(field="approvers")
        access.place_in_operation(operation.id, operation.office_id, account_id, roles)
        if account_id not in known:
            writing.insert(Approver(operation=operation, office_id=operation.office_id, account_id=account_id))


@command
def approve(*, actor: Actor, operation_id: UUID, expected: int) -> UUID:
    """Stand behind a plan; the second, different person makes it approved, and then neither sees it any more.

    Args:
        expected: the number of the plan that the approver read.

    **Needs** operations:plan:approve. **Ledger** operation.approved. Raises OwnPlan, GoesAlong, ApprovedTwice,
    NotNow, Changed.
    """
    operation = operation_for(actor, APPROVE, operation_id)
    rules.next_state(State(operation.state), Event.APPROVE)
    if expected != operation.plan:
        raise Changed
    given = queries.approvals_given(operation)
    rules.refuse_approval(actor.account_id, operation.lead_id, queries.team_accounts(operation.id), given)
    _decide(actor, operation, Choice.APPROVED)
    if rules.is_approved([*given, actor.account_id]):
        writing.update(operation, state=State.APPROVED, approved_at=queries.now())
        let_approvers_go(operation)
        tell(actor, queries.team_accounts(operation.id), "operation_approved")
    note(Verb.OPERATION_APPROVED, operation, {"plan": operation.plan, "approvals": len(given) + 1})
    return operation.id


@command
def decline(*, actor: Actor, operation_id: UUID, expected: int, reason: str) -> UUID:
    """Send a plan back with a reason; it is being planned again. **Needs** operations:plan:approve.

    **Ledger** operation.declined. Raises ApprovedTwice, NotNow, Changed.
    """
    operation = operation_for(actor, APPROVE, operation_id)
    state = rules.next_state(State(operation.state), Event.DECLINE)
    if expected != operation.plan:
        raise Changed
    _decide(actor, operation, Choice.DECLINED, reason)
    writing.update(operation, state=state)
    let_approvers_go(operation)
    note(Verb.OPERATION_DECLINED, operation, {"plan": operation.plan})
    tell(actor, queries.team_accounts(operation.id), "operation_declined")
    return operation.id


def _decide(actor: Actor, operation: Operation, choice: Choice, reason: str = "") -> None:
    row = Approval(
        operation=operation,
        office_id=operation.office_id,
        account_id=actor.account_id,
        plan=operation.plan,
        choice=choice,
        at=queries.now(),
    )
    try:
        with transaction.atomic():
            writing.insert(row, reason=reason)
    except IntegrityError as error:
        raise ApprovedTwice from error
