"""Consents and other bases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.cases.models import (
    Basis,
)
from amparo.cases.queries.heads import rows_of_case, sees
from amparo.cases.words import (
    BasisKind,
)
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.partners import queries as partners
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
    # Who may not know where she is helped is not told which agency it is either.
    agency_id: UUID | None
    recipient: str
    reason: str


_BASES = OfCase("cases:basis:see", Basis, lambda rows: rows.order_by("-from_on", "-id"))


def bases(actor: Actor, case_id: UUID) -> list[BasisView]:
    """Bases and consents of a case, newest first. Recipients are shown to those who see identities."""
    rows = rows_of_case(actor, _BASES, case_id)
    today = clock.today()
    # Recipients and reasons tell who she is and where she is helped: they are read by who may know her.
    may_know = rows and sees(actor, Compartment.IDENTITY, rows[0].office_id, case_id)
    opened = sealing.open_rows(rows, "recipient", "reason") if may_know else [None] * len(rows)
    agencies = partners.agency_names({row.agency_id for row in rows if row.agency_id}) if may_know else {}
    if may_know:
        readings.opened(case_id, Compartment.IDENTITY)
    return [_basis(row, words, agencies, today) for row, words in zip(rows, opened, strict=True)]


def _recipient(row: Basis, words: sealing.Opened, agencies: Mapping[UUID, str]) -> str:
    said = words.text("recipient")
    agency = agencies.get(row.agency_id, "") if row.agency_id else ""
    if agency and said and said != agency:
        return _("%(agency)s: %(who)s") % {"agency": agency, "who": said}
    return agency or said


def _basis(row: Basis, words: sealing.Opened | None, agencies: Mapping[UUID, str], today: date) -> BasisView:
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
        agency_id=row.agency_id if words else None,
        recipient=_recipient(row, words, agencies) if words else "",
        reason=words.text("reason") if words else "",
    )


@dataclass(frozen=True, slots=True)
class LiveConsent:
    """A consent that holds today: for what, of which data, until when, and to which partner if it names one."""

    purpose: str
    classes: frozenset[str]
    until_on: date | None
    agency_id: UUID | None = None
    kind: str = BasisKind.CONSENT
    from_on: date | None = None


def live_consents(basis_ids: Iterable[UUID]) -> dict[UUID, LiveConsent]:
    """Those of these consents that hold today (invariant 2); for rooms that give something on their strength."""
    today = clock.today()
    rows = Basis.objects.filter(pk__in=list(basis_ids), state="given", from_on__lte=today, kind__in=_FOR_GIVING)
    return {row.id: _live(row) for row in rows.filter(Q(until_on=None) | Q(until_on__gte=today)).order_by("id")}


# On these something may be given to somebody: her own word, or what stands in for it.
_FOR_GIVING = (BasisKind.CONSENT, BasisKind.ASSENT, BasisKind.BEST_INTERESTS, BasisKind.LEGAL_DUTY)


def _live(row: Basis) -> LiveConsent:
    return LiveConsent(row.purpose, frozenset(row.classes), row.until_on, row.agency_id, row.kind, row.from_on)


def consents_for_partners(case_id: UUID, person_id: UUID | None = None) -> dict[UUID, tuple[UUID, LiveConsent]]:
    """Live consents of a case that name a partner, each with whose it is; the caller has asked the policy.

    Cost: one query.
    """
    today = clock.today()
    rows = Basis.objects.filter(case_id=case_id, state="given", from_on__lte=today, kind__in=_FOR_GIVING)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    rows = rows.filter(Q(until_on=None) | Q(until_on__gte=today), agency_id__isnull=False)
    return {row.id: (row.person_id, _live(row)) for row in rows.order_by("-from_on", "id")}


def basis_ids_of(case_id: UUID, person_id: UUID) -> set[UUID]:
    """Every consent and basis of one person in one case."""
    return set(Basis.objects.filter(case_id=case_id, person_id=person_id).values_list("id", flat=True))


def case_of_basis(actor: Actor, basis_id: UUID) -> UUID:
    """The case that a consent belongs to. Raises NotFound."""
    return policy.load(actor, "cases:basis:see", Basis, basis_id).case_id
