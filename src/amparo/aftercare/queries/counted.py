"""For counting: codes, days and ids of aftercare, never a word or a score.

Who may see the counts is asked by whoever shows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.aftercare.models import Client, Goal, RestorationDecision
from amparo.aftercare.words import ClientKind, Decision, Domain, Progress


@dataclass(frozen=True, slots=True)
class CountedClient:
    id: UUID
    case_id: UUID
    person_id: UUID
    kind: ClientKind
    enrolled_on: date
    ended_on: date | None
    end_reason: str


@dataclass(frozen=True, slots=True)
class CountedGoal:
    id: UUID
    case_id: UUID
    person_id: UUID
    domain: Domain
    progress: Progress
    set_on: date
    moved_on: date | None


@dataclass(frozen=True, slots=True)
class CountedRestoration:
    """A supervisor's decision that somebody is restored."""

    id: UUID
    case_id: UUID
    person_id: UUID
    on: date


def counted_clients(case_ids: Sequence[UUID]) -> list[CountedClient]:
    """Who was enrolled. Cost: one query."""
    rows = Client.objects.filter(case_id__in=case_ids).values_list(
        "id", "case_id", "person_id", "kind", "enrolled_on", "ended_on", "end_reason"
    )
    return [
        CountedClient(id_, case, who, ClientKind(kind), began, ended, reason)
        for id_, case, who, kind, began, ended, reason in rows
    ]


def counted_goals(case_ids: Sequence[UUID]) -> list[CountedGoal]:
    """Goals and how far they came. Cost: one query."""
    rows = Goal.objects.filter(case_id__in=case_ids).values_list(
        "id", "case_id", "person_id", "domain", "progress", "created_at", "moved_on"
    )
    return [
        CountedGoal(id_, case, who, Domain(domain), Progress(progress), made.date(), moved)
        for id_, case, who, domain, progress, made, moved in rows
    ]


def counted_restorations(case_ids: Sequence[UUID]) -> list[CountedRestoration]:
    """Decisions that somebody is restored. Cost: one query."""
    rows = RestorationDecision.objects.filter(case_id__in=case_ids, decision=Decision.RESTORED)
    return [CountedRestoration(*row) for row in rows.values_list("id", "case_id", "person_id", "decided_on")]
