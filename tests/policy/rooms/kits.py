"""What the room kits adds to the world."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from amparo.evidence import commands as evidence
from amparo.evidence.words import Category
from amparo.kernel import clock
from amparo.kits import commands
from amparo.kits.commands import Report, Told
from amparo.kits.models import Kit
from amparo.kits.words import Ask, Kind, LabTest, Outcome, Reader
from amparo.partners import commands as partners
from amparo.partners.words import AgencyKind, FacilityKind

if TYPE_CHECKING:
    from tests.policy.world import World

_SERIALS = ("SERIAL-1", "SERIAL-2", "SERIAL-3")


def furnish(world: World) -> None:
    """A kit on a shelf, one on its way, one in use that nobody picked up, and a request that was answered."""
    cast, case = world.cast, world.case
    health = partners.add_agency(
        actor=cast.oksana, office_id=cast.office, kind=AgencyKind.HEALTH, name="Kits Health", district="Lakeside"
    )
    clinic = partners.add_facility(
        actor=cast.oksana, agency_id=health, kind=FacilityKind.CLINIC, name="Kits Clinic", district="Lakeside"
    )
    laboratory = partners.add_facility(
        actor=cast.oksana, agency_id=health, kind=FacilityKind.LABORATORY, name="Kits Laboratory"
    )
    later = clock.today() + timedelta(days=300)
    sending = {"actor": cast.noor, "facility_id": clinic, "expires_on": later}
    commands.send_kits(serials=_SERIALS[:2], arrived=True, **sending)
    commands.send_kits(serials=_SERIALS[2:], **sending)
    used, shelf, coming = Kit.objects.filter(facility_id=clinic).order_by("id").values_list("id", flat=True)
    item = evidence.register_physical(
        actor=cast.bruno,
        case_id=case.id,
        category=Category.BIOLOGICAL,
        description="canary-kit",
        seal="KITS-1",
        place="Cool box",
    )
    commands.use_kit(
        actor=cast.esther, kit_id=used, case_id=case.id, person_id=case.survivor, item_id=item, reported=False
    )
    word = "canary-step"
    kept = Told(until=clock.today() + timedelta(days=9000), who=word, place=word, paper=word, reason=word)
    commands.record_step(actor=cast.bruno, kit_id=used, kind=Kind.PROLONG, told=kept)
    request = commands.draft_request(
        actor=cast.bruno,
        case_id=case.id,
        laboratory_id=laboratory,
        tests=[LabTest.DNA],
        kit_id=used,
        question="canary-labquestion",
    )
    commands.move_request(actor=cast.bruno, request_id=request, ask=Ask.SUBMIT)
    commands.record_result(
        actor=cast.bruno,
        request_id=request,
        report=Report(Reader.PROCEEDING, Outcome.PROFILE, "canary-labproceeding"),
    )
    commands.record_result(
        actor=cast.esther, request_id=request, report=Report(Reader.MEDICAL, Outcome.SUBSTANCE, "canary-labmedical")
    )
    waiting = commands.draft_request(
        actor=cast.bruno, case_id=case.id, laboratory_id=laboratory, tests=[LabTest.DNA], kit_id=used
    )
    one = ("kit", "label", "limitation", "status", "number", "withdraw")
    world.own |= {f"kits:{name}": {"kit_id": used} for name in one}
    world.own["kits:step"] = {"kit_id": used, "kind": Kind.PROLONG.value}
    world.own["kits:receive"] = {"kit_id": coming}
    world.own["kits:discard"] = {"kit_id": shelf}
    world.own |= {f"kits:{name}": {"request_id": request} for name in ("request", "result")}
    world.own["kits:move"] = {"request_id": waiting, "ask": Ask.SUBMIT.value}
