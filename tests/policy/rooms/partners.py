"""An agency with all that belongs to it, and words that tell which compartment was shown."""

from __future__ import annotations

from amparo.kernel import clock
from amparo.partners import commands
from amparo.partners.words import CapacitySource, FacilityKind
from tests.partners import partners as at_hand
from tests.policy.world import CANARY, World


def furnish(world: World) -> None:
    cast = world.cast
    made = at_hand.everything(cast)
    commands.set_address(actor=cast.dalia, facility_id=made.shelter, address=f"{CANARY % 'shelter'} Lane")
    report = commands.report_capacity(
        actor=cast.oksana, facility_id=made.clinic, on=clock.today(), source=CapacitySource.VISIT, kits=3
    )
    at_hand.facility(cast, made.agency, FacilityKind.HOSPITAL, name=f"{CANARY % 'directory'} Hospital")
    held = commands.add_official(actor=cast.oksana, office_id=cast.office, name=f"{CANARY % 'official'} Muster")
    commands.take_post(actor=cast.oksana, official_id=held, agency_id=made.agency, title="Registrar")
    at_hand.agreement(cast, made.agency, title=f"{CANARY % 'agreement'} protocol")
    signed = at_hand.paper(cast, made.agreement, f"{CANARY % 'agreement'}.pdf")
    world.keys |= {
        "agency_id": made.agency,
        "unit_id": made.unit,
        "facility_id": made.clinic,
        "capacity_id": report,
        "official_id": made.official,
        "post_id": made.post,
        "agreement_id": made.agreement,
        "paper_id": signed,
    }
    world.own |= {f"partners:{name}": {"facility_id": made.shelter} for name in ("open_address", "set_address")}
    world.own |= {f"partners:move_{name}": {"step": "suspend"} for name in ("agency", "unit", "facility")}
