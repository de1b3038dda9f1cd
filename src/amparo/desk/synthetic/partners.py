"""The partners of the invented organisation: agencies, places, officials in posts, agreements, what is in stock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from amparo.access.actors import Actor
from amparo.desk.synthetic.agenda import Line
from amparo.desk.synthetic.places import AGENCIES, PLACES, Place
from amparo.desk.synthetic.stage import Office, Stage
from amparo.kernel import clock
from amparo.partners import commands
from amparo.partners.words import (
    AgencyKind,
    AgreementKind,
    CapacitySource,
    Cost,
    EndReason,
    FacilityKind,
    Has,
    Level,
    StateEvent,
    UnitKind,
)

_TRAINER = "oksana"
# Agencies that work in all three districts: key, kind, name, contact.
_WIDE = (
    ("police", AgencyKind.POLICE, "Police Service of the Three Districts (invented)", "Duty desk: +999 20 5550 110"),
    ("prosecution", AgencyKind.PROSECUTION, "Public Prosecution Service (invented)", "Registry: +999 20 5550 120"),
    ("health", AgencyKind.HEALTH, "District Health Service (invented)", "Switchboard: +999 20 5550 130"),
    ("laboratory", AgencyKind.LABORATORY, "Forensic Laboratory of the Coast (invented)", "Intake: +999 20 5550 140"),
    ("welfare", AgencyKind.WELFARE, "समाज कल्याण कार्यालय नमूना", "+999 20 5550 150"),
    ("labour", AgencyKind.LABOUR, "مفتشية العمل المثال", "+999 20 5550 160"),
    ("shelters", AgencyKind.NGO, AGENCIES[0], "Placement desk, day and night: +999 20 5550 170"),
    ("legal", AgencyKind.LEGAL_AID, AGENCIES[1], "+999 20 5550 180"),
    ("children", AgencyKind.NGO, AGENCIES[2], "+999 20 5550 999"),
    ("courses", AgencyKind.NGO, "អង្គការគំរូ (invented)", "+999 20 5550 190"),
)
_OF_OFFICIAL = {"police": "station", "prosecution": "prosecution", "court": "court"}


def furnish(stage: Stage, began: datetime) -> None:
    """Write down the partners in the first days; what is reported about them later is played with the stories."""
    me = stage.actor(_TRAINER)
    home = stage.offices[PLACES[0].key]
    with clock.set_to(began + timedelta(days=6)):
        for key, kind, name, contact in _WIDE:
            stage.partners[key] = commands.add_agency(
                actor=me, office_id=home.id, kind=kind, name=name, district=home.place.district, contact=contact,
                hours="Monday to Friday, 8 to 16",
            )  # fmt: skip
        for office in stage.offices.values():
            _district(stage, me, office)
        _wide_places(stage, me)
    with clock.set_to(began + timedelta(days=7)):
        for office in stage.offices.values():
            _officials(stage, me, office, began.date())
        _agreements(stage, me)
    for office in stage.offices.values():
        stage.agenda.start(_reports(stage, office))
    stage.agenda.start(_upkeep(stage))


def _district(stage: Stage, me: Actor, office: Office) -> None:
    """What lies around one office: its court, station, hospital and shelter."""
    place, partners = office.place, stage.partners
    court = commands.add_agency(
        actor=me, office_id=office.id, kind=AgencyKind.COURT, name=f"{place.court} (invented)",
        district=place.district, address=f"1 {place.streets[0]}", hours="Monday to Friday, 9 to 15",
    )  # fmt: skip
    partners[f"court:{place.key}"] = court
    partners[f"unit:court:{place.key}"] = commands.add_unit(
        actor=me, agency_id=court, kind=UnitKind.CHAMBER, name=place.court, contact="Registry, ground floor"
    )
    partners[f"unit:station:{place.key}"] = commands.add_unit(
        actor=me, agency_id=partners["police"], kind=_station(place), name=place.station, contact="+999 20 5550 111"
    )
    partners[f"unit:prosecution:{place.key}"] = commands.add_unit(
        actor=me, agency_id=partners["prosecution"], kind=UnitKind.OFFICE, name=place.prosecution
    )
    partners[f"hospital:{place.key}"] = _hospital(me, partners["health"], place)
    partners[f"shelter:{place.key}"] = _shelter(stage, me, office)


def _station(place: Place) -> UnitKind:
    return UnitKind.DESK if "Desk" in place.station else UnitKind.STATION


def _hospital(me: Actor, agency: UUID, place: Place) -> UUID:
    return commands.add_facility(
        actor=me,
        agency_id=agency,
        kind=FacilityKind.CLINIC if "Centre" in place.hospital else FacilityKind.HOSPITAL,
        name=f"{place.hospital} (invented)",
        district=place.district,
        address=f"40 {place.streets[1]}",
        hours="Ask for the nurse on duty",
        contact="Nurse on duty: +999 20 5550 131",
        how="No referral letter is needed. Call before you come, so that nobody waits in the corridor.",
        services=["health", "examination", "psychosocial"],
        languages=["en", "ar", "hi"] if place.key == "harbour" else ["en", "hi"],
        access=["step_free", "women_staff", "private_room"] if place.key != "hillside" else ["women_staff"],
        cost=Cost.FREE,
        day_and_night=place.key == "harbour",
    )


def _shelter(stage: Stage, me: Actor, office: Office) -> UUID:
    place = office.place
    shelter = commands.add_facility(
        actor=me,
        agency_id=stage.partners["shelters"],
        kind=FacilityKind.SHELTER,
        name=f"{place.shelter} (invented)",
        protected=True,
        hours="New guests until 20",
        contact="Through the placement desk only",
        how="Women with children up to 14. A bed is kept for six hours after the call.",
        services=["safe_house", "psychosocial", "goods", "food"],
        languages=["en", "ar", "km"],
        access=["women_staff", "private_room", "transport"],
        cost=Cost.FREE,
        day_and_night=True,
    )
    if office.id == stage.offices[PLACES[0].key].id:
        worker = stage.actor("dalia")
        address = f"{7} {place.streets[2]}, the blue door"
        commands.set_address(actor=worker, facility_id=shelter, address=address, district=place.district)
    return shelter


def _wide_places(stage: Stage, me: Actor) -> None:
    """Places that serve everybody: the laboratory, legal aid, a children's centre, a clinic without examiners."""
    harbour, lakeside, _hillside = PLACES
    partners = stage.partners
    partners["laboratory:place"] = commands.add_facility(
        actor=me, agency_id=partners["laboratory"], kind=FacilityKind.LABORATORY, name="Laboratory, Customs Quay",
        district=harbour.district, address="3 Customs Quay", hours="Samples until 14", services=["analysis"],
        languages=["en"], contact="+999 20 5550 141", how="With a request, seals unbroken.",
    )  # fmt: skip
    partners["legal:place"] = commands.add_facility(
        actor=me, agency_id=partners["legal"], kind=FacilityKind.LEGAL_AID, name="Legal aid office, Kiln Road",
        district=lakeside.district, address="12 Kiln Road", hours="Tuesday and Thursday, 9 to 17",
        services=["legal", "registration"], languages=["en", "hi", "ur"], access=["step_free", "easy_words"],
        cost=Cost.BY_INCOME, contact="+999 20 5550 181",
    )  # fmt: skip
    partners["children:place"] = commands.add_facility(
        actor=me, agency_id=partners["children"], kind=FacilityKind.CHILD_CENTRE, name="مركز الطفل المثال",
        district=harbour.district, address="9 Tide Street", hours="Every day, 8 to 20",
        services=["child_protection", "psychosocial", "education"], languages=["ar", "en"],
        access=["step_free", "sign", "private_room"], cost=Cost.FREE, contact="+999 20 5550 998",
    )  # fmt: skip
    partners["clinic"] = commands.add_facility(
        actor=me, agency_id=partners["health"], kind=FacilityKind.CLINIC, name="Claybank Clinic (invented)",
        district=lakeside.district, address="2 Mill Track", hours="Monday, Wednesday, Friday, 8 to 13",
        services=["health"], languages=["en", "ta"], cost=Cost.FREE, contact="+999 20 5550 132",
    )  # fmt: skip


# ---- officials ---------------------------------------------------------------------------------------------


def _officials(stage: Stage, me: Actor, office: Office, began: date) -> None:
    """Everybody whom the office met gets a professional record with a post; the registrar came from another one."""
    place, partners = office.place, stage.partners
    for known in office.officials:
        record = commands.add_official(
            actor=me, office_id=office.id, person_id=known.person_id, contact="Through the switchboard of the unit"
        )
        partners[f"official:{known.person_id}"] = record
        unit = partners[f"unit:{_OF_OFFICIAL[known.agency]}:{place.key}"]
        agency = partners.get(known.agency) or partners[f"court:{place.key}"]
        rng = stage.dice("post", place.key, known.post)
        since = began - timedelta(days=rng.randint(200, 1500))
        if known.agency == "court":
            before = commands.take_post(
                actor=me, official_id=record, agency_id=agency, title="Clerk", from_on=since - timedelta(days=900)
            )
            last = since - timedelta(days=1)
            commands.end_post(actor=me, post_id=before, until_on=last, reason=EndReason.PROMOTED)
        commands.take_post(
            actor=me, official_id=record, agency_id=agency, unit_id=unit, title=known.post, from_on=since
        )


# ---- agreements --------------------------------------------------------------------------------------------

# Agency, kind, what may be released, sensitivity, days from the beginning and to the review, as of today.
_AGREEMENTS = (
    (
        "police",
        AgreementKind.PROTOCOL,
        ("identity", "narrative", "examination", "photographs", "statement", "evidence"),
        Level.SEVERE,
        760,
        200,
    ),
    ("prosecution", AgreementKind.PROTOCOL, ("identity", "statement", "evidence", "examination"), Level.HIGH, 340, 25),
    ("health", AgreementKind.PROTOCOL, ("identity", "examination", "health"), Level.SEVERE, 300, 400),
    # Nobody looked at it in time: it releases nothing until somebody does.
    ("laboratory", AgreementKind.PROTOCOL, ("evidence", "examination"), Level.HIGH, 760, -34),
    ("shelters", AgreementKind.REFERRAL, ("identity", "care"), Level.SEVERE, 250, 480),
    ("welfare", AgreementKind.UNDERSTANDING, ("identity",), Level.MODERATE, -20, 380),
    ("courses", AgreementKind.REFERRAL, ("identity",), Level.MODERATE, 600, 100),
)


def _agreements(stage: Stage, me: Actor) -> None:
    today = stage.until.date()
    for key, kind, classes, level, ago, ahead in _AGREEMENTS:
        stage.partners[f"agreement:{key}"] = commands.make_agreement(
            actor=me,
            agency_id=stage.partners[key],
            kind=kind,
            level=level,
            classes=classes,
            valid_from=today - timedelta(days=ago),
            review_on=today + timedelta(days=ahead),
            title="Information-sharing protocol" if kind is AgreementKind.PROTOCOL else "Agreement on referrals",
            purpose="To work on the cases of survivors who agreed to it, and for nothing else.",
            method="By hand, against a signature, or through the partner's own account.",
            retention_months=24,
        )


def _upkeep(stage: Stage) -> Line:
    """What happens to partners in the last weeks: one is suspended, its agreement ends, places are checked."""
    partners = stage.partners
    yield stage.until - timedelta(days=61, hours=5)
    director = stage.actor("kofi")
    commands.end_agreement(actor=director, agreement_id=partners["agreement:courses"])
    commands.move_agency(actor=director, agency_id=partners["courses"], event=StateEvent.SUSPEND)
    yield stage.until - timedelta(days=12, hours=3)
    for key in ("hospital:harbour", "shelter:harbour", "children:place", "laboratory:place"):
        commands.verify_facility(actor=stage.actor("dalia"), facility_id=partners[key])


# ---- what places have --------------------------------------------------------------------------------------

# Office: how long ago reports were made, the oldest first, and examiners, training left in days, kits, cold, room.
_REPORTED = {
    "harbour": ((330, 3, 700, 22, Has.YES, Has.YES), (190, 3, 560, 9, Has.YES, Has.YES),
                (21, 4, 391, 31, Has.YES, Has.YES)),
    "lakeside": ((260, 1, 120, 4, Has.YES, Has.NO), (34, 1, -60, 0, Has.YES, Has.NO)),
    "hillside": ((212, 0, None, 2, Has.NO, Has.UNKNOWN),),
}  # fmt: skip


def _reports(stage: Stage, office: Office) -> Line:
    """What somebody saw or was told at the hospital of a district."""
    for ago, examiners, left, kits, cold, room in _REPORTED[office.place.key]:
        yield stage.until - timedelta(days=ago, hours=6)
        commands.report_capacity(
            actor=stage.actor(_TRAINER),
            facility_id=stage.partners[f"hospital:{office.place.key}"],
            on=clock.today(),
            source=CapacitySource.VISIT if examiners else CapacitySource.CALL,
            examiners=examiners,
            trained_until=None if left is None else stage.until.date() + timedelta(days=left),
            kits=kits,
            cold_store=cold,
            child_room=room,
            remark="The cold store is checked on Mondays." if cold is Has.YES else "",
        )
