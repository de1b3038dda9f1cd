"""Partners as tests need them: one agency with a unit, a place, a shelter, an official and an agreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.test import RequestFactory

from amparo.kernel import clock
from amparo.partners import commands, queries
from amparo.partners.models import AgreementPaper
from amparo.partners.words import AgencyKind, AgreementKind, Cost, FacilityKind, Level, UnitKind
from amparo.web import uploads
from tests.cast import Cast


@dataclass(frozen=True, slots=True)
class Partners:
    agency: UUID
    unit: UUID
    clinic: UUID
    shelter: UUID
    official: UUID
    post: UUID
    agreement: UUID


def agency(cast: Cast, name: str = "Sample Health Service", kind: AgencyKind = AgencyKind.HEALTH) -> UUID:
    return commands.add_agency(
        actor=cast.oksana, office_id=cast.office, kind=kind, name=name, district="Lakeside", contact="+999 20 5550 199"
    )


def facility(cast: Cast, agency_id: UUID, kind: FacilityKind = FacilityKind.CLINIC, **more: object) -> UUID:
    values: dict[str, object] = {"name": "Sample Clinic", "district": "Lakeside", "cost": Cost.FREE} | more
    return commands.add_facility(actor=cast.oksana, agency_id=agency_id, kind=kind, **values)  # type: ignore[arg-type]


def agreement(cast: Cast, agency_id: UUID, review_on: date | None = None, **more: object) -> UUID:
    today = clock.today()
    values: dict[str, object] = {
        "kind": AgreementKind.PROTOCOL,
        "level": Level.HIGH,
        "classes": ["identity", "examination"],
        "valid_from": today - timedelta(days=200),
        "review_on": review_on or today + timedelta(days=100),
        "title": "Protocol of the clinic",
    }
    return commands.make_agreement(actor=cast.oksana, agency_id=agency_id, **(values | more))  # type: ignore[arg-type]


def paper(cast: Cast, agreement_id: UUID, name: str = "signed.pdf", words: bytes = b"%PDF-1.7 signed") -> UUID:
    """The signed paper of an agreement, sent as a browser sends it."""
    request = RequestFactory().put("/", words, headers={"x-file-name": name})
    request.actor = cast.oksana  # type: ignore[attr-defined]
    reception = queries.paper_reception(cast.oksana, agreement_id)
    upload = uploads.receive_put(request, uploads.ticket_for(cast.oksana, reception))
    commands.add_paper(actor=cast.oksana, agreement_id=agreement_id, upload_id=upload)
    return AgreementPaper.objects.get(agreement_id=agreement_id).id


def everything(cast: Cast) -> Partners:
    health = agency(cast)
    unit = commands.add_unit(
        actor=cast.oksana, agency_id=health, kind=UnitKind.WARD, name="Ward of examples", contact="Door 3"
    )
    official = commands.add_official(
        actor=cast.oksana, office_id=cast.office, name="Rosa Ejemplo", contact="+999 20 5550 198"
    )
    post = commands.take_post(
        actor=cast.oksana,
        official_id=official,
        agency_id=health,
        unit_id=unit,
        title="Head nurse",
        from_on=clock.today() - timedelta(days=400),
    )
    shelter = facility(cast, health, FacilityKind.SHELTER, name="House Sample", district="", protected=True)
    clinic = facility(cast, health)
    return Partners(health, unit, clinic, shelter, official, post, agreement(cast, health))
