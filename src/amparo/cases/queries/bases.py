"""Consents and other bases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.cases.models import (
    Basis,
)
from amparo.cases.queries.heads import in_case, sees
from amparo.cases.words import (
    BasisKind,
)
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.vault import sealing


@dataclass(frozen=True, slots=True)
class BasisView:
    id: UUID
    person_id: UUID
    kind: str
    purpose: str
    classes: tuple[str, ...]
    giver: str
    method: str
    state: str
    from_on: date
    until_on: date | None
    is_live: bool
    recipient: str
    reason: str


def bases(actor: Actor, case_id: UUID) -> list[BasisView]:
    """Bases and consents of a case, newest first. Recipients are shown to those who see identities."""
    rows = list(
        in_case(actor, "cases:basis:see", Basis.objects.filter(case_id=case_id), case_id).order_by("-from_on", "-id")
    )
    today = clock.today()
    # Recipients and reasons tell who she is and where she is helped: they are read by who may know her.
    may_know = rows and sees(actor, Compartment.IDENTITY, rows[0].office_id, case_id)
    opened = sealing.open_rows(rows, "recipient", "reason") if may_know else [None] * len(rows)
    if may_know:
        readings.opened(case_id, Compartment.IDENTITY)
    return [_basis(row, words, today) for row, words in zip(rows, opened, strict=True)]


def _basis(row: Basis, words: sealing.Opened | None, today: date) -> BasisView:
    live = row.state == "given" and row.from_on <= today and (row.until_on is None or row.until_on >= today)
    return BasisView(
        id=row.id,
        person_id=row.person_id,
        kind=row.kind,
        purpose=row.purpose,
        classes=tuple(row.classes),
        giver=row.giver,
        method=row.method,
        state=row.state,
        from_on=row.from_on,
        until_on=row.until_on,
        is_live=live,
        recipient=words.text("recipient") if words else "",
        reason=words.text("reason") if words else "",
    )


def has_basis(case_id: UUID, person_id: UUID) -> bool:
    """Whether words about a survivor may be written now (invariant 1)."""
    today = clock.today()
    rows = Basis.objects.filter(case_id=case_id, person_id=person_id, state="given", from_on__lte=today)
    return rows.filter(Q(until_on=None) | Q(until_on__gte=today)).exists()


@dataclass(frozen=True, slots=True)
class LiveConsent:
    """A consent that holds today: for what, of which data, and until when."""

    purpose: str
    classes: frozenset[str]
    until_on: date | None


def live_consents(basis_ids: Iterable[UUID]) -> dict[UUID, LiveConsent]:
    """Those of these consents that hold today (invariant 2); for rooms that give something on their strength."""
    today = clock.today()
    kinds = (BasisKind.CONSENT, BasisKind.ASSENT, BasisKind.BEST_INTERESTS, BasisKind.LEGAL_DUTY)
    rows = Basis.objects.filter(pk__in=list(basis_ids), state="given", from_on__lte=today, kind__in=kinds)
    return {
        row.id: LiveConsent(row.purpose, frozenset(row.classes), row.until_on)
        for row in rows.filter(Q(until_on=None) | Q(until_on__gte=today)).order_by("id")
    }


def basis_ids_of(case_id: UUID, person_id: UUID) -> set[UUID]:
    """Every consent and basis of one person in one case."""
    return set(Basis.objects.filter(case_id=case_id, person_id=person_id).values_list("id", flat=True))


def case_of_basis(actor: Actor, basis_id: UUID) -> UUID:
    """The case that a consent belongs to. Raises NotFound."""
    return policy.load(actor, "cases:basis:see", Basis, basis_id).case_id
