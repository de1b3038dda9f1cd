"""Tasks and promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfCase, OfReader
from amparo.cases.models import (
    SurvivorPromise,
    Task,
)
from amparo.cases.queries.heads import CaseHead, case_head, rows_of_case
from amparo.cases.words import (
    PromiseState,
    TaskState,
    TrackKind,
)
from amparo.kernel.words import Compartment
from amparo.vault import sealing
from amparo.vault.prepared import DAY, ID


@dataclass(frozen=True, slots=True)
class TaskView:
    id: UUID
    case_id: UUID
    kind: str
    track: TrackKind
    title: str
    assigned_id: UUID
    assigned: str
    due_on: date | None
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class PromiseView:
    id: UUID
    case_id: UUID
    person_id: UUID
    code: str
    text: str
    by: str
    promised_by: UUID
    promised_on: date
    due_on: date
    state: str
    ended_on: date | None


def views_of(rows: Sequence[Task]) -> list[TaskView]:
    names = access.names_of(row.assigned_id for row in rows)
    opened = sealing.open_rows(rows, "title")
    return [
        TaskView(
            id=row.id,
            case_id=row.case_id,
            kind=row.kind,
            track=TrackKind(row.track),
            title=words.text("title"),
            assigned_id=row.assigned_id,
            assigned=names.get(row.assigned_id, ""),
            due_on=row.due_on,
            state=row.state,
            version=row.version,
        )
        for row, words in zip(rows, opened, strict=True)
    ]


_SEE_TASK, _SEE_PROMISE = "cases:task:see", "cases:promise:see"
_TASKS = OfCase(_SEE_TASK, Task, lambda rows: rows.order_by("due_on", "id")[:200])
_OPEN_TASKS = OfCase(_SEE_TASK, Task, lambda rows: rows.filter(state=TaskState.OPEN).order_by("due_on", "id")[:200])
_OWN_TASKS = OfReader(
    _SEE_TASK,
    Task,
    lambda rows, account_id, until: rows.filter(
        assigned_id=account_id, state=TaskState.OPEN, due_on__lte=until
    ).order_by("due_on", "id")[:100],
    ID,
    DAY,
)
_PROMISES = OfCase(
    _SEE_PROMISE, SurvivorPromise, lambda rows: rows.select_related("person").order_by("-due_on", "-id")[:100]
)
_OWN_PROMISES = OfReader(
    _SEE_PROMISE,
    SurvivorPromise,
    lambda rows, account_id, until: (
        rows.filter(promised_by=account_id, state=PromiseState.OPEN, due_on__lte=until)
        .select_related("person")
        .order_by("due_on", "id")[:100]
    ),
    ID,
    DAY,
)


def tasks_of_case(actor: Actor, case_id: UUID, *, open_only: bool = True) -> list[TaskView]:
    return views_of(rows_of_case(actor, _OPEN_TASKS if open_only else _TASKS, case_id))


def task(actor: Actor, task_id: UUID) -> tuple[CaseHead, TaskView]:
    row = policy.load(actor, "cases:task:see", Task, task_id)
    return case_head(actor, row.case_id), views_of([row])[0]


def own_tasks(actor: Actor, until: date) -> list[TaskView]:
    """One's open tasks up to a day, late ones first. Cost: four queries."""
    return views_of(_OWN_TASKS.rows(actor, actor.account_id, until))


def _promises(rows: Sequence[SurvivorPromise]) -> list[PromiseView]:
    names = access.names_of(row.promised_by for row in rows)
    opened = sealing.open_rows(rows, "text")
    return [
        PromiseView(
            id=row.id,
            case_id=row.case_id,
            person_id=row.person_id,
            code=row.person.code,
            text=words.text("text"),
            by=names.get(row.promised_by, ""),
            promised_by=row.promised_by,
            promised_on=row.promised_on,
            due_on=row.due_on,
            state=row.state,
            ended_on=row.ended_on,
        )
        for row, words in zip(rows, opened, strict=True)
    ]


def promises_of_case(actor: Actor, case_id: UUID) -> list[PromiseView]:
    readings.opened(case_id, Compartment.IDENTITY)
    return _promises(rows_of_case(actor, _PROMISES, case_id))


def own_promises(actor: Actor, until: date) -> list[PromiseView]:
    """Promises that the actor made and that fall due up to a day."""
    return _promises(_OWN_PROMISES.rows(actor, actor.account_id, until))


def promise(actor: Actor, promise_id: UUID) -> tuple[CaseHead, PromiseView]:
    row = policy.load(actor, "cases:promise:see", SurvivorPromise, promise_id)
    return case_head(actor, row.case_id), _promises([row])[0]
