"""Whose words are kept longer than was decided when their cases were closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases.models import Party
from amparo.cases.words import CaseState, PartyRole
from amparo.kernel import clock

ERASE = "people:person:erase"


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody's part in a closed case whose day has passed."""

    party_id: UUID
    person_id: UUID
    role: PartyRole
    case_code: str
    until: date


def past_their_day(actor: Actor, after: UUID | None, limit: int) -> list[Kept]:
    """People who were not erased, and whose every case is closed and kept longer than until its day, in parts.

    For who erases, in all offices: codes alone. Cost: one query by keyset. Raises NotFound.
    """
    policy.check_new(actor, ERASE, Subject())
    today = clock.today()
    held = Q(case__state=CaseState.OPEN) | Q(case__retain_until__gte=today) | Q(case__retain_until=None)
    elsewhere = Party.objects.filter(held, person_id=OuterRef("person_id"))
    rows = Party.objects.filter(case__state=CaseState.CLOSED, case__retain_until__lt=today, person__erased_at=None)
    if after is not None:
        rows = rows.filter(id__gt=after)
    found = rows.exclude(Exists(elsewhere)).order_by("id")
    columns = ("id", "person_id", "role", "case__code", "case__retain_until")
    return [
        Kept(party, person, PartyRole(role), code, until)
        for party, person, role, code, until in found.values_list(*columns)[:limit]
    ]
