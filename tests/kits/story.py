"""Kits as tests need them: a clinic with kits in stock, a laboratory, and a kit that was used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from amparo.evidence import commands as evidence
from amparo.evidence.words import Category
from amparo.kernel import clock
from amparo.kits import commands
from amparo.kits.commands import Told
from amparo.kits.models import Kit, UsedKit
from amparo.kits.words import Kind
from amparo.partners import commands as partners
from amparo.partners.words import AgencyKind, FacilityKind
from tests.cast import CaseAtHand, Cast

TEAM = ("bruno", "chandra", "dalia", "esther", "femi", "grace", "mateo")
SEAL = "K 70 001"


@dataclass(slots=True)
class Story:
    """A case whose team has everybody, a clinic with three kits in stock, and a laboratory."""

    cast: Cast
    case: CaseAtHand
    clinic: UUID
    laboratory: UUID
    kits: list[UUID]

    def item(self, seal: str = SEAL, who: str = "bruno") -> UUID:
        """The kit as an object of evidence, in the hands of the investigator, or of who examined."""
        if who == "esther":
            return evidence.register_specimen(
                actor=self.cast.esther, case_id=self.case.id, description="Examination kit", seal=seal, place="Ward"
            )
        return evidence.register_physical(
            actor=self.cast.actor(who),
            case_id=self.case.id,
            category=Category.BIOLOGICAL,
            description="Examination kit",
            seal=seal,
            place="Cool box",
        )

    def use(self, *, reported: bool = True, seal: str = SEAL, who: str = "esther", **more: object) -> UUID:
        """Use the next kit of the stock; the kit's id."""
        return commands.use_kit(
            actor=self.cast.esther,
            kit_id=self.kits.pop(0),
            case_id=self.case.id,
            person_id=self.case.survivor,
            item_id=self.item(seal, who),
            reported=reported,
            **more,  # type: ignore[arg-type]
        )

    def step(self, kit: UUID, kind: Kind, who: str = "bruno", **told: object) -> None:
        """Record a step, with what that kind needs."""
        needs: dict[Kind, dict[str, object]] = {
            Kind.PICK_UP: {"who": "Sergeant Example, Harbour Station", "seal_read": SEAL, "paper": "Receipt 7"},
            Kind.STORE: {"place": "Police store, row 3"},
            Kind.SEND: {"laboratory_id": self.laboratory, "seal_read": SEAL},
            Kind.RETURN: {"seal_read": SEAL, "who": "Courier"},
            Kind.RETAIN: {"until": clock.today() + timedelta(days=400)},
            Kind.PROLONG: {"until": clock.today() + timedelta(days=9000)},
            Kind.DESTROY: {
                "paper": "Order 12",
                "second_id": self.cast.accounts["chandra"],
                "seal_read": SEAL,
            },
            Kind.RELEASE: {"who": "To her", "seal_read": SEAL},
        }
        values = needs.get(kind, {}) | told
        commands.record_step(actor=self.cast.actor(who), kit_id=kit, kind=kind, told=Told(**values))  # type: ignore[arg-type]

    def destroy(self, kit: UUID) -> None:
        """Destroy a kit that is here: recorded, and confirmed by the second person; the kit follows."""
        self.step(kit, Kind.DESTROY)
        evidence.confirm_second(actor=self.cast.chandra, item_id=UsedKit.objects.get(kit_id=kit).item_id)


def begin(cast: Cast, *, count: int = 3, expires_on: date | None = None) -> Story:
    health = partners.add_agency(
        actor=cast.oksana, office_id=cast.office, kind=AgencyKind.HEALTH, name="Sample Health", district="Lakeside"
    )
    clinic = partners.add_facility(
        actor=cast.oksana, agency_id=health, kind=FacilityKind.CLINIC, name="Sample Clinic", district="Lakeside"
    )
    laboratory = partners.add_facility(
        actor=cast.oksana, agency_id=health, kind=FacilityKind.LABORATORY, name="Sample Laboratory"
    )
    commands.send_kits(
        actor=cast.noor,
        facility_id=clinic,
        serials=[f"SN-{number:04}" for number in range(1, count + 1)],
        lot="L-1",
        expires_on=expires_on or clock.today() + timedelta(days=500),
        arrived=True,
    )
    stock = list(Kit.objects.filter(facility_id=clinic).order_by("id").values_list("id", flat=True))
    return Story(cast, cast.case(team=TEAM), clinic, laboratory, stock)
