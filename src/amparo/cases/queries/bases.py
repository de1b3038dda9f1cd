"""Consents and other bases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.access.asking import OfCase, OfReader
from amparo.cases import rules
from amparo.cases.models import (
    Basis,
)
from amparo.cases.queries.heads import rows_of_case, sees
from amparo.cases.rules import BasisFacts
from amparo.cases.words import BasisKind, CaseState, ConsentState
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.partners import queries as partners
from amparo.staff import queries as staff
from amparo.vault import sealing
from amparo.vault.prepared import DAY, IDS, Prepared

RECORD = "cases:basis:record"


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
    standing: ConsentState
    explained: tuple[str, ...]
    recording_id: UUID | None
    recording_code: str
    # Who may not know where she is helped is not told which agency it is either.
    agency_id: UUID | None
    recipient: str
    # As it was typed, beside the agency.
    recipient_said: str
    reason: str
    language: str
    interpreter: str
    witness: str


_WORDS = ("recipient", "reason", "language", "interpreter", "witness")
_BASES = OfCase("cases:basis:see", Basis, lambda rows: rows.order_by("-from_on", "-id"))


def bases(actor: Actor, case_id: UUID) -> list[BasisView]:
    """Bases and consents of a case, newest first. Recipients are shown to those who see identities."""
    rows = rows_of_case(actor, _BASES, case_id)
    today = clock.today()
    # Recipients and reasons tell who she is and where she is helped: they are read by who may know her.
    may_know = rows and sees(actor, Compartment.IDENTITY, rows[0].office_id, case_id)
    opened = sealing.open_rows(rows, *_WORDS) if may_know else [None] * len(rows)
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
    facts = BasisFacts(BasisKind(row.kind), ConsentState(row.state), row.from_on, row.until_on)

    def said(name: str) -> str:
        return words.text(name) if words else ""

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
        is_live=rules.is_live(facts, today),
        standing=rules.standing(facts, today),
        explained=tuple(row.explained or ()),
        recording_id=row.recording_id,
        recording_code=row.recording_code or "",
        agency_id=row.agency_id if words else None,
        recipient=_recipient(row, words, agencies) if words else "",
        recipient_said=said("recipient"),
        reason=said("reason"),
        language=said("language"),
        interpreter=said("interpreter"),
        witness=said("witness"),
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
    # The consent that holds now: itself, or the one by which it was renewed.
    id: UUID | None = None


# On these something may be given to somebody: her own word, or what stands in for it.
_FOR_GIVING = (BasisKind.CONSENT, BasisKind.ASSENT, BasisKind.BEST_INTERESTS, BasisKind.LEGAL_DUTY)
_RESTED_ON = Prepared(lambda keys: Basis.objects.filter(pk__in=keys, kind__in=_FOR_GIVING).order_by("id"), IDS)


def live_consents(basis_ids: Iterable[UUID]) -> dict[UUID, LiveConsent]:
    """Those of these consents that hold today (invariant 2); for rooms that give something on their strength.

    One that was renewed holds as the later one does, for what that one names. Cost: one query, and one for each
    renewal.
    """
    today = clock.today()
    found: dict[UUID, LiveConsent] = {}
    # Which of those asked for rest on which row by now.
    resting = {key: {key} for key in basis_ids}
    while resting:
        later: dict[UUID, set[UUID]] = {}
        for row in _RESTED_ON.rows(resting):
            if row.renewed_by_id is not None:
                later.setdefault(row.renewed_by_id, set()).update(resting[row.id])
            elif _holds(row, today):
                found |= dict.fromkeys(resting[row.id], _live(row))
        resting = later
    return found


def _holds(row: Basis, today: date) -> bool:
    return rules.is_live(BasisFacts(BasisKind(row.kind), ConsentState(row.state), row.from_on, row.until_on), today)


def _live(row: Basis) -> LiveConsent:
    return LiveConsent(row.purpose, frozenset(row.classes), row.until_on, row.agency_id, row.kind, row.from_on, row.id)


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


def renewed_by(basis_id: UUID) -> list[UUID]:
    """The earlier consents in whose place this one stands. Cost: one query for each renewal, and one."""
    found: list[UUID] = []
    some = [basis_id]
    while some:
        some = list(Basis.objects.filter(renewed_by_id__in=some).order_by("id").values_list("id", flat=True))
        found += some
    return found


@dataclass(frozen=True, slots=True)
class ConsentDue:
    """A consent that comes to its end, or has come to it lately."""

    id: UUID
    case_id: UUID
    code: str
    purpose: str
    until_on: date


_ENDING = OfReader(
    RECORD,
    Basis,
    lambda rows, own, since, until: (
        rows.filter(
            case_id__in=own,
            case__state=CaseState.OPEN,
            state=ConsentState.GIVEN,
            until_on__gte=since,
            until_on__lte=until,
        )
        .select_related("person")
        .order_by("until_on", "id")[:100]
    ),
    IDS,
    DAY,
    DAY,
)


def own_endings(actor: Actor, until: date) -> list[ConsentDue]:
    """Consents in the actor's cases that end within the days of notice, counted from a day. Cost: one query.

    As long after its last day it stays in the list: whoever was away still reads it.
    """
    notice = timedelta(days=staff.consent_notice_days())
    roles = policy.acts()[RECORD].roles
    own = {case for case, role in actor.grants if role in roles}
    if not own:
        return []
    rows = _ENDING.rows(actor, own, clock.today() - notice, until + notice)
    return [ConsentDue(row.id, row.case_id, row.person.code, row.purpose, row.until_on) for row in rows if row.until_on]
