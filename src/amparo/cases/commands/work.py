"""Tasks, and promises made to survivors."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.access import commands as access
from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases.commands.around import case_for, check_survivor, must_see
from amparo.cases.errors import (
    AlreadyEnded,
)
from amparo.cases.models import (
    SurvivorPromise,
    Task,
)
from amparo.cases.words import (
    PromiseState,
    TaskState,
    TrackKind,
)
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def set_task(
    *,
    actor: Actor,
    case_id: UUID,
    title: str,
    assigned_id: UUID,
    due_on: date | None,
    kind: str = "task",
    track: TrackKind = TrackKind.RESTORATION,
) -> UUID:
    """Ask somebody on the team to do something. **Needs** cases:task:change. **Ledger** task.set."""
    case = case_for(actor, "cases:task:change", case_id)
    must_see(case, assigned_id)
    task = Task(case=case, office_id=case.office_id, kind=kind, assigned_id=assigned_id, due_on=due_on, track=track)
    writing.insert(task, title=title)
    facts = {"kind": kind, "due": due_on}
    writing.note(Verb.TASK_SET, subject=task.id, case=case.id, office=case.office_id, facts=facts)
    access.notify(actor, assigned_id, "task", case.id)
    return task.id


@command
def change_task(
    *, actor: Actor, task_id: UUID, expected: int, title: str, assigned_id: UUID, due_on: date | None
) -> UUID:
    """Change a task that is open. **Needs** cases:task:change. **Ledger** task.changed."""
    task = _open_task(actor, task_id)
    must_see(task.case, assigned_id)
    writing.update(task, expected=expected, title=title, assigned_id=assigned_id, due_on=due_on)
    facts = {"fields": ["title", "assigned", "due"]}
    writing.note(Verb.TASK_CHANGED, subject=task.id, case=task.case_id, office=task.office_id, facts=facts)
    return task.id


def _open_task(actor: Actor, task_id: UUID) -> Task:
    task = policy.load(actor, "cases:task:change", Task, task_id, seen_by="cases:task:see")
    if task.state != TaskState.OPEN:
        raise AlreadyEnded
    return task


@command
def do_task(*, actor: Actor, task_id: UUID) -> UUID:
    """Say that a task is done. **Needs** cases:task:change. **Ledger** task.done."""
    task = _open_task(actor, task_id)
    writing.update(task, state=TaskState.DONE, ended_at=clock.now())
    writing.note(Verb.TASK_DONE, subject=task.id, case=task.case_id, office=task.office_id)
    return task.id


@command
def drop_task(*, actor: Actor, task_id: UUID, reason: str) -> UUID:
    """Drop a task with a reason. **Needs** cases:task:change. **Ledger** task.dropped."""
    task = _open_task(actor, task_id)
    writing.update(task, state=TaskState.DROPPED, ended_at=clock.now(), drop_reason=reason)
    writing.note(Verb.TASK_DROPPED, subject=task.id, case=task.case_id, office=task.office_id, facts={"reason": reason})
    return task.id


@command
def make_promise(
    *, actor: Actor, case_id: UUID, person_id: UUID, text: str, due_on: date, promised_on: date | None = None
) -> UUID:
    """Write down what was promised to a survivor, so that it is kept. **Needs** cases:promise:change.

    **Ledger** promise.made. Raises NotASurvivorHere.
    """
    case = case_for(actor, "cases:promise:change", case_id)
    check_survivor(case.id, person_id)
    row = SurvivorPromise(
        case=case,
        office_id=case.office_id,
        person_id=person_id,
        promised_by=actor.account_id,
        promised_on=promised_on or clock.today(),
        due_on=due_on,
    )
    writing.insert(row, text=text)
    writing.note(Verb.PROMISE_MADE, subject=row.id, case=case.id, office=case.office_id, facts={"due": due_on})
    return row.id


def _open_promise(actor: Actor, promise_id: UUID) -> SurvivorPromise:
    row = policy.load(actor, "cases:promise:change", SurvivorPromise, promise_id, seen_by="cases:promise:see")
    if row.state != PromiseState.OPEN:
        raise AlreadyEnded
    return row


@command
def keep_promise(*, actor: Actor, promise_id: UUID) -> UUID:
    """Say that a promise was kept. **Needs** cases:promise:change. **Ledger** promise.kept."""
    row = _open_promise(actor, promise_id)
    writing.update(row, state=PromiseState.KEPT, ended_on=clock.today())
    writing.note(Verb.PROMISE_KEPT, subject=row.id, case=row.case_id, office=row.office_id)
    return row.id


@command
def release_promise(*, actor: Actor, promise_id: UUID, reason: str) -> UUID:
    """Say that the survivor lets us off a promise, and why.

    **Needs** cases:promise:change. **Ledger** promise.released.
    """
    row = _open_promise(actor, promise_id)
    writing.update(row, state=PromiseState.RELEASED, ended_on=clock.today(), release_reason=reason)
    facts = {"reason": reason}
    writing.note(Verb.PROMISE_RELEASED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id
