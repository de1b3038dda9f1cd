"""Safety plans, care plans, goals and services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from amparo.access.actors import Actor
from amparo.aftercare.commands.reach import CHANGE, about, in_future, live_client, live_row, note
from amparo.aftercare.errors import NothingAgreed, OneAtATime, OwnApproval
from amparo.aftercare.models import CarePlan, Goal, SafetyPlan, Service
from amparo.aftercare.queries.days import today
from amparo.aftercare.rules import steps
from amparo.aftercare.words import (
    CareState,
    Domain,
    Progress,
    SafetyState,
    ServiceState,
    ServiceType,
)
from amparo.cases.commands import require_basis
from amparo.kernel.errors import Forbidden
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault.sealing import Words

# ---- safety plans: never locked, since safety does not wait for a basis ------------------------------------


@command
def draft_safety_plan(
    *,
    actor: Actor,
    client_id: UUID,
    warnings: str = "",
    contacts: str = "",
    way_out: str = "",
    chosen: str = "",
    code_word: str = "",
) -> UUID:
    """Begin a safety plan beside the one that holds. **Needs** aftercare:plan:change.

    **Ledger** safety_plan.drafted. Raises OneAtATime.
    """
    client = live_client(actor, CHANGE, client_id)
    where = {"case_id": client.case_id, "person_id": client.person_id, "state": SafetyState.DRAFT}
    if SafetyPlan.objects.filter(**where).exists():
        raise OneAtATime
    plan = SafetyPlan(**about(client))
    words: Mapping[str, Words] = {
        "warnings": warnings, "contacts": contacts, "way_out": way_out, "chosen": chosen, "code_word": code_word,
    }  # fmt: skip
    writing.insert(plan, **words)
    note(Verb.SAFETY_PLAN_DRAFTED, plan)
    return plan.id


@command
def change_safety_plan(
    *,
    actor: Actor,
    plan_id: UUID,
    expected: int,
    warnings: str,
    contacts: str,
    way_out: str,
    chosen: str,
    code_word: str,
) -> UUID:
    """Go on writing a draft. **Ledger** safety_plan.drafted. Raises Forbidden for one that is agreed, Changed."""
    plan = live_row(actor, CHANGE, SafetyPlan, plan_id)
    if plan.state != SafetyState.DRAFT:
        raise Forbidden
    words = {
        "warnings": warnings, "contacts": contacts, "way_out": way_out, "chosen": chosen, "code_word": code_word,
    }  # fmt: skip
    writing.update(plan, expected=expected, **words)
    note(Verb.SAFETY_PLAN_DRAFTED, plan)
    return plan.id


@command
def agree_safety_plan(*, actor: Actor, plan_id: UUID, review_on: date) -> UUID:
    """Say that she agreed to her plan; the one before is retired. **Ledger** safety_plan.agreed, .retired."""
    plan = live_row(actor, CHANGE, SafetyPlan, plan_id)
    steps.check_step(steps.SAFETY_STEPS, plan.state, SafetyState.AGREED)
    in_future(review_on)
    before = SafetyPlan.objects.filter(
        case_id=plan.case_id, person_id=plan.person_id, state__in=(SafetyState.AGREED, SafetyState.REVIEWED)
    )
    for old in before:
        _retire(old)
    writing.update(plan, state=SafetyState.AGREED, agreed_on=today(), review_on=review_on)
    note(Verb.SAFETY_PLAN_AGREED, plan, {"review": review_on})
    return plan.id


@command
def review_safety_plan(*, actor: Actor, plan_id: UUID, review_on: date, review_words: str = "") -> UUID:
    """Say that the plan was gone through with her and holds. **Ledger** safety_plan.reviewed. Raises WrongStep."""
    plan = live_row(actor, CHANGE, SafetyPlan, plan_id)
    steps.check_step(steps.SAFETY_STEPS, plan.state, SafetyState.REVIEWED)
    fresh: dict[str, object] = {"review_words": review_words} if review_words else {}
    writing.update(
        plan,
        expected=None,
        state=SafetyState.REVIEWED,
        reviewed_on=today(),
        review_on=in_future(review_on),
        **fresh,
    )
    note(Verb.SAFETY_PLAN_REVIEWED, plan, {"review": review_on})
    return plan.id


@command
def retire_safety_plan(*, actor: Actor, plan_id: UUID) -> UUID:
    """Put a plan aside that no longer fits. **Ledger** safety_plan.retired. Raises WrongStep."""
    plan = live_row(actor, CHANGE, SafetyPlan, plan_id)
    _retire(plan)
    return plan.id


def _retire(plan: SafetyPlan) -> None:
    steps.check_step(steps.SAFETY_STEPS, plan.state, SafetyState.RETIRED)
    writing.update(plan, state=SafetyState.RETIRED, retired_on=today())
    note(Verb.SAFETY_PLAN_RETIRED, plan)


# ---- care plans --------------------------------------------------------------------------------------------


@command
def draft_care_plan(*, actor: Actor, client_id: UUID, matters: str = "") -> UUID:
    """Begin a care plan with what matters to her. One at a time. **Needs** aftercare:plan:change and a basis.

    **Ledger** care_plan.drafted. Raises NoBasis, OneAtATime.
    """
    client = live_client(actor, CHANGE, client_id)
    require_basis(client.case_id, client.person_id)
    plans = CarePlan.objects.filter(case_id=client.case_id, person_id=client.person_id)
    if plans.exclude(state=CareState.ENDED).exists():
        raise OneAtATime
    plan = writing.insert(CarePlan(**about(client)), matters=matters)
    note(Verb.CARE_PLAN_DRAFTED, plan)
    return plan.id


def _draft(actor: Actor, plan_id: UUID) -> CarePlan:
    plan = live_row(actor, CHANGE, CarePlan, plan_id)
    if plan.state == CareState.ENDED:
        raise Forbidden
    require_basis(plan.case_id, plan.person_id)
    return plan


# What was agreed or approved has changed, so it is agreed and approved anew.
_AS_DRAFT: dict[str, object] = {
    "state": CareState.DRAFT, "agreed_on": None, "agreed_by": None, "approved_on": None, "approved_by": None,
}  # fmt: skip


@command
def change_care_plan(*, actor: Actor, plan_id: UUID, expected: int, matters: str) -> UUID:
    """Write anew what matters to her; the plan is a draft again. **Ledger** care_plan.drafted. Raises Changed."""
    plan = _draft(actor, plan_id)
    writing.update(plan, expected=expected, matters=matters, **_AS_DRAFT)
    note(Verb.CARE_PLAN_DRAFTED, plan)
    return plan.id


@command
def agree_care_plan(*, actor: Actor, plan_id: UUID, review_on: date) -> UUID:
    """Say that she agreed to the plan. **Ledger** care_plan.agreed. Raises NothingAgreed, WrongStep, NotInFuture."""
    plan = live_row(actor, CHANGE, CarePlan, plan_id)
    steps.check_step(steps.CARE_STEPS, plan.state, CareState.AGREED)
    if not Goal.objects.filter(plan=plan).exists():
        raise NothingAgreed
    writing.update(
        plan,
        state=CareState.AGREED,
        agreed_on=today(),
        agreed_by=actor.account_id,
        review_on=in_future(review_on),
    )
    note(Verb.CARE_PLAN_AGREED, plan)
    return plan.id


def _to_decide(actor: Actor, plan_id: UUID, to: CareState) -> CarePlan:
    plan = live_row(actor, "aftercare:plan:approve", CarePlan, plan_id)
    steps.check_step(steps.CARE_STEPS, plan.state, to)
    if actor.account_id in (plan.created_by, plan.agreed_by):
        raise OwnApproval
    return plan


@command
def approve_care_plan(*, actor: Actor, plan_id: UUID, answer: str = "") -> UUID:
    """Approve a plan that somebody else wrote and agreed with her. **Needs** aftercare:plan:approve.

    **Ledger** care_plan.approved. Raises OwnApproval, WrongStep.
    """
    plan = _to_decide(actor, plan_id, CareState.APPROVED)
    writing.update(
        plan,
        state=CareState.APPROVED,
        approved_on=today(),
        approved_by=actor.account_id,
        answer=answer,
    )
    note(Verb.CARE_PLAN_APPROVED, plan)
    return plan.id


@command
def return_care_plan(*, actor: Actor, plan_id: UUID, answer: str) -> UUID:
    """Give a plan back with what is missing. **Needs** aftercare:plan:approve. **Ledger** care_plan.drafted."""
    plan = _to_decide(actor, plan_id, CareState.DRAFT)
    writing.update(plan, expected=None, answer=answer, **_AS_DRAFT)
    note(Verb.CARE_PLAN_DRAFTED, plan)
    return plan.id


@command
def review_care_plan(*, actor: Actor, plan_id: UUID, review_on: date, review_words: str = "") -> UUID:
    """Say that the plan was gone through with her. **Ledger** care_plan.reviewed. Raises WrongStep, NotInFuture."""
    plan = live_row(actor, CHANGE, CarePlan, plan_id)
    steps.check_step(steps.CARE_STEPS, plan.state, CareState.REVIEWED)
    if review_words:
        require_basis(plan.case_id, plan.person_id)
    fresh: dict[str, object] = {"review_words": review_words} if review_words else {}
    writing.update(
        plan,
        expected=None,
        state=CareState.REVIEWED,
        reviewed_on=today(),
        review_on=in_future(review_on),
        **fresh,
    )
    note(Verb.CARE_PLAN_REVIEWED, plan)
    return plan.id


@command
def end_care_plan(*, actor: Actor, plan_id: UUID) -> UUID:
    """End a plan; a new one may follow. **Ledger** care_plan.ended. Raises WrongStep."""
    plan = live_row(actor, CHANGE, CarePlan, plan_id)
    steps.check_step(steps.CARE_STEPS, plan.state, CareState.ENDED)
    writing.update(plan, state=CareState.ENDED, ended_on=today())
    note(Verb.CARE_PLAN_ENDED, plan)
    return plan.id


# ---- goals -------------------------------------------------------------------------------------------------


@command
def set_goal(*, actor: Actor, plan_id: UUID, domain: Domain, words: str, due_on: date | None = None) -> UUID:
    """Add a goal in her own words; a plan that was agreed is a draft again.

    **Needs** aftercare:plan:change and a basis. **Ledger** goal.set. Raises NoBasis.
    """
    plan = _draft(actor, plan_id)
    goal = writing.insert(Goal(**about(plan), plan=plan, domain=domain, due_on=due_on), words=words)
    note(Verb.GOAL_SET, goal, {"domain": domain})
    if plan.state != CareState.DRAFT:
        writing.update(plan, expected=None, **_AS_DRAFT)
        note(Verb.CARE_PLAN_DRAFTED, plan)
    return goal.id


@command
def move_goal(*, actor: Actor, goal_id: UUID, progress: Progress, remark: str = "") -> UUID:
    """Keep how far a goal is. **Needs** aftercare:plan:change. **Ledger** goal.progressed. Raises NoBasis."""
    goal = live_row(actor, CHANGE, Goal, goal_id)
    fresh: dict[str, object] = {}
    if remark:
        require_basis(goal.case_id, goal.person_id)
        fresh = {"remark": remark}
    writing.update(goal, expected=None, progress=progress, moved_on=today(), **fresh)
    note(Verb.GOAL_PROGRESSED, goal, {"progress": progress})
    return goal.id


# ---- services ----------------------------------------------------------------------------------------------


@command
def plan_service(
    *,
    actor: Actor,
    client_id: UUID,
    type: ServiceType,
    what: str,
    provider_kind: str = "us",
    provider: str = "",
    due_on: date | None = None,
    goal_id: UUID | None = None,
) -> UUID:
    """Plan a service. It is given only when she has agreed to it. **Needs** aftercare:plan:change and a basis.

    **Ledger** service.planned. Raises NoBasis.
    """
    client = live_client(actor, CHANGE, client_id)
    require_basis(client.case_id, client.person_id)
    goal = live_row(actor, CHANGE, Goal, goal_id) if goal_id else None
    if goal is not None and goal.person_id != client.person_id:
        raise Forbidden
    row = Service(
        **about(client),
        goal_id=goal.id if goal else None,
        type=type,
        provider_kind=provider_kind,
        due_on=due_on,
        moved_on=today(),
    )
    writing.insert(row, what=what, provider=provider)
    note(Verb.SERVICE_PLANNED, row, {"type": type})
    return row.id


@command
def move_service(*, actor: Actor, service_id: UUID, state: ServiceState, remark: str = "") -> UUID:
    """Keep what became of a service. What she did not agree to is never delivered.

    **Needs** aftercare:plan:change. **Ledger** service.changed. Raises WrongStep, NoBasis.
    """
    row = live_row(actor, CHANGE, Service, service_id)
    before = row.state
    steps.check_step(steps.SERVICE_STEPS, before, state)
    fresh: dict[str, object] = {}
    if remark:
        require_basis(row.case_id, row.person_id)
        fresh = {"remark": remark}
    writing.update(row, expected=None, state=state, moved_on=today(), **fresh)
    note(Verb.SERVICE_CHANGED, row, {"from": before, "to": state})
    return row.id
