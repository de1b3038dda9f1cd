"""When the kits of a case were used, sent and answered: what observing the work of a unit begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.kernel.words import Compartment
from amparo.kits.models import UsedKit
from amparo.kits.queries.reach import local_day
from amparo.kits.words import State


@dataclass(frozen=True, slots=True)
class KitDays:
    used_on: date
    sent_on: date | None
    completed_on: date | None


def kit_days(actor: Actor, case_id: UUID) -> list[KitDays] | None:
    """The days of each used kit; None where the reader may not know of any. Cost: one query."""
    head = cases.case_head(actor, case_id)
    if not policy.decide(actor, "kits:kit:see", head.part(Compartment.EVIDENCE)).allowed:
        return None
    rows = cases.in_case(actor, "kits:kit:see", UsedKit.objects.filter(case_id=case_id), case_id)
    return [
        KitDays(local_day(row.used_at), row.sent_on, local_day(row.completed_at) if row.completed_at else None)
        for row in rows.order_by("used_at")
    ]


@dataclass(frozen=True, slots=True)
class CountedKit:
    """A used kit as figures count it: ids and days, and no word."""

    id: UUID
    case_id: UUID
    person_id: UUID
    used_on: date
    sent_on: date | None
    completed_on: date | None
    ended_on: date | None


def counted_kits(case_ids: Sequence[UUID]) -> list[CountedKit]:
    """The used kits of cases, by the day in UTC. Who may see counts is asked by whoever shows them. Cost: one query."""
    rows = UsedKit.objects.filter(case_id__in=case_ids).values_list(
        "id", "case_id", "person_id", "used_at", "sent_on", "completed_at", "state", "since_on"
    )
    return [
        CountedKit(
            id_,
            case,
            person,
            used.date(),
            sent,
            completed.date() if completed else None,
            since if state in (State.DESTROYED, State.RELEASED) else None,
        )
        for id_, case, person, used, sent, completed, state, since in rows
    ]
