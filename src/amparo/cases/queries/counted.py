"""What the counting of cases needs to know of many of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import rules
from amparo.cases.models import (
    Case,
    Incident,
    Party,
)
from amparo.cases.words import (
    PartyRole,
)


@dataclass(frozen=True, slots=True)
class CountedCase:
    id: UUID
    office_id: UUID
    type: str
    programme: str
    reported_on: date
    opened_on: date
    closed_on: date | None
    closure_reason: str


@dataclass(frozen=True, slots=True)
class CountedParty:
    case_id: UUID
    person_id: UUID
    role: PartyRole
    left_on: date | None


def counted_cases(case_ids: Sequence[UUID]) -> list[CountedCase]:
    """What is counted of cases themselves. The type is the first that was noted. Cost: one query."""
    rows = Case.objects.filter(pk__in=case_ids).values_list(
        "id", "office_id", "types", "programme", "reported_on", "opened_at", "closed_at", "closure_reason"
    )
    return [
        CountedCase(
            id_,
            office,
            types[0] if types else "",
            programme,
            reported,
            opened.date(),
            closed.date() if closed else None,
            reason,
        )
        for id_, office, types, programme, reported, opened, closed, reason in rows
    ]


def counted_parties(case_ids: Sequence[UUID]) -> list[CountedParty]:
    """Survivors and suspects of cases. Cost: one query."""
    wanted = Party.objects.filter(case_id__in=case_ids, role__in=(PartyRole.SURVIVOR, PartyRole.SUSPECT))
    rows = wanted.order_by("joined_on", "id").values_list("case_id", "person_id", "role", "left_on")
    return [CountedParty(case, person, PartyRole(role), left) for case, person, role, left in rows]


def counted_incidents(case_ids: Sequence[UUID]) -> list[tuple[UUID, UUID, str]]:
    """Case, survivor and partial date of each incident that counts. Cost: one query."""
    rows = Incident.objects.filter(case_id__in=case_ids).exclude(state__in=rules.NOT_COUNTED)
    return list(rows.values_list("case_id", "person_id", "began"))


def case_ids_after(last: UUID | None, limit: int) -> list[UUID]:
    """Ids of all cases in parts, in their order. Cost: one query by keyset."""
    rows = Case.objects.order_by("id") if last is None else Case.objects.filter(id__gt=last).order_by("id")
    return list(rows.values_list("id", flat=True)[:limit])


def visible_ids(actor: Actor) -> QuerySet[Case, Any]:
    """The ids of the cases that somebody may see, as a part of another query."""
    return policy.visible(actor, "cases:case:see", Case.objects.all()).values("id")
