"""What lists and sheets of partners hold, and that their cost does not grow with their rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.cases import commands as cases
from amparo.cases.words import PartyRole
from amparo.investigations import commands as investigations
from amparo.investigations.words import Agency, ContactKind
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.partners import commands, naming, queries
from amparo.partners.models import CapacityReport
from amparo.partners.queries import AgencyFilter, ServiceFilter
from amparo.partners.queries.places import district_token
from amparo.partners.words import (
    AgencyKind,
    CapacitySource,
    Cost,
    EndReason,
    FacilityKind,
    Has,
    StateEvent,
)
from amparo.people.words import PersonKind
from amparo.web.sheets import Listing, Section, Sheet
from tests.cast import Cast
from tests.partners import partners as at_hand

pytestmark = pytest.mark.django_db


def titles(listing: Listing) -> list[str]:
    return [str(row.title) for row in listing.rows]


def section(sheet: Sheet, key: str) -> Section:
    return next(one for one in sheet.sections if one.id == key)


def cost(run: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        run()
    return len(seen)


# ---- lists -------------------------------------------------------------------------------------------------


def test_the_directory_is_filtered_by_kind_district_and_state(cast: Cast) -> None:
    at_hand.agency(cast, "Sample Police", AgencyKind.POLICE)
    court = at_hand.agency(cast, "Sample Court", AgencyKind.COURT)
    commands.move_agency(actor=cast.oksana, agency_id=court, event=StateEvent.SUSPEND)
    commands.add_agency(
        actor=cast.oksana, office_id=cast.office, kind=AgencyKind.COURT, name="Far Court", district="UPLAND  district"
    )
    assert titles(queries.directory(cast.dalia, AgencyFilter())) == ["Sample Court", "Far Court", "Sample Police"]
    assert titles(queries.directory(cast.dalia, AgencyFilter(kind="police"))) == ["Sample Police"]
    assert titles(queries.directory(cast.dalia, AgencyFilter(state="suspended"))) == ["Sample Court"]
    upland = str(district_token("Upland District"))
    assert titles(queries.directory(cast.dalia, AgencyFilter(district=upland))) == ["Far Court"]
    assert (upland, "UPLAND  district") in queries.district_choices(cast.dalia)


def test_the_directory_goes_on_from_page_to_page_and_misses_nobody(cast: Cast) -> None:
    for number in range(63):
        at_hand.agency(cast, f"Agency {number:02}", AgencyKind.NGO if number % 2 else AgencyKind.COURT)
    first = queries.directory(cast.dalia, AgencyFilter())
    assert len(first.rows) == 50
    after = first.next_url.split("after=")[1]
    second = queries.directory(cast.dalia, AgencyFilter(), UUID(after))
    assert second.next_url == ""
    assert sorted(titles(first) + titles(second)) == [f"Agency {number:02}" for number in range(63)]


def test_a_page_after_something_that_is_not_there_is_missing(cast: Cast) -> None:
    with pytest.raises(NotFound):
        queries.directory(cast.dalia, AgencyFilter(), cast.office)


def test_services_are_found_by_what_somebody_needs(cast: Cast) -> None:
    agency = at_hand.agency(cast)
    at_hand.facility(
        cast, agency, name="Night clinic", services=["health", "legal"], languages=["en", "km"], access=["sign"],
        day_and_night=True,
    )  # fmt: skip
    at_hand.facility(cast, agency, FacilityKind.LEGAL_AID, name="Legal office", services=["legal"], cost=Cost.PAID)

    def found(**asked: object) -> list[str]:
        return titles(queries.services(cast.dalia, ServiceFilter(**asked)))  # type: ignore[arg-type]

    assert found() == ["Night clinic", "Legal office"]
    assert found(service="legal") == ["Night clinic", "Legal office"]
    assert found(service="health") == ["Night clinic"]
    assert found(language="km") == ["Night clinic"]
    assert found(access="sign") == ["Night clinic"]
    assert found(free=True) == ["Night clinic"]
    assert found(night=True) == ["Night clinic"]
    assert found(service="food") == []


def test_a_shelter_is_found_but_in_no_district(cast: Cast) -> None:
    made = at_hand.everything(cast)
    commands.set_address(actor=cast.dalia, facility_id=made.shelter, address="7 Hidden Lane", district="Lakeside")
    token = str(district_token("Lakeside"))
    assert titles(queries.services(cast.dalia, ServiceFilter(district=token))) == ["Sample Clinic"]
    assert "House Sample" in titles(queries.services(cast.dalia, ServiceFilter()))
    assert ("Hidden" in repr(queries.services(cast.dalia, ServiceFilter()))) is False


def test_what_is_suspended_or_closed_is_offered_to_nobody(cast: Cast) -> None:
    made = at_hand.everything(cast)
    commands.move_facility(actor=cast.oksana, facility_id=made.clinic, event=StateEvent.SUSPEND)
    assert titles(queries.services(cast.dalia, ServiceFilter())) == ["House Sample"]


def test_the_register_shows_first_what_has_to_be_reviewed(cast: Cast) -> None:
    made = at_hand.everything(cast)
    at_hand.agreement(cast, made.agency, clock.today() - timedelta(days=3), title="Old one")
    listing = queries.agreements(cast.kofi)
    assert titles(listing) == ["Old one", "Protocol of the clinic"]
    assert [row.when_tone for row in listing.rows] == ["late", ""]
    assert queries.directory(cast.kofi, AgencyFilter()).notices


# ---- sheets ------------------------------------------------------------------------------------------------


def test_the_sheet_of_an_agency_holds_everything_that_belongs_to_it(cast: Cast) -> None:
    made = at_hand.everything(cast)
    sheet = queries.agency_page(cast.dalia, made.agency)
    assert [str(row.title) for row in section(sheet, "facilities").rows] == ["Sample Clinic", "House Sample"]
    assert [str(row.title) for row in section(sheet, "units").rows] == ["Ward of examples"]
    assert [str(row.title) for row in section(sheet, "officials").rows] == ["Rosa Ejemplo"]
    released = section(sheet, "releases").rows
    assert str(released[0].title) == "Name and contact, Examination report"
    assert sheet.buttons == ()
    assert len(queries.agency_page(cast.oksana, made.agency).buttons) == 3


def test_an_agreement_past_its_review_is_said_on_the_sheet(cast: Cast) -> None:
    agency = at_hand.agency(cast)
    at_hand.agreement(cast, agency, clock.today() - timedelta(days=1))
    rows = section(queries.agency_page(cast.dalia, agency), "releases").rows
    assert [row.when_tag.label for row in rows if row.when_tag] == ["No", "No"]
    assert any("past its review" in str(row.meta) for row in rows)


def test_a_protected_address_stands_on_no_sheet_unless_it_was_opened(cast: Cast) -> None:
    made = at_hand.everything(cast)
    commands.set_address(actor=cast.dalia, facility_id=made.shelter, address="7 Hidden Lane", district="Upland")
    for who in ("dalia", "jalil", "oksana", "kofi", "pedro", "bruno"):
        assert "Hidden" not in repr(queries.facility_page(cast.actor(who), made.shelter))
    opened = queries.facility_page(cast.dalia, made.shelter, ("7 Hidden Lane", "Upland"))
    assert "Hidden" in repr(section(opened, "address"))


def _report(cast: Cast, facility: object, days_ago: int = 0, **more: object) -> None:
    values = {"on": clock.today() - timedelta(days=days_ago), "source": CapacitySource.VISIT} | more
    commands.report_capacity(actor=cast.oksana, facility_id=facility, **values)  # type: ignore[arg-type]


def test_the_last_report_that_was_not_withdrawn_counts(cast: Cast) -> None:
    made = at_hand.everything(cast)
    _report(cast, made.clinic, 20, kits=5)
    _report(cast, made.clinic, 2, kits=900)
    commands.withdraw_report(actor=cast.oksana, report_id=_newest(made.clinic))
    facts = {str(fact.label): str(fact.value) for fact in section(queries.facility_page(cast.kofi, made.clinic),
                                                                  "capacity").facts}  # fmt: skip
    assert facts["Kits in stock"] == "5"


def _newest(clinic: UUID) -> UUID:
    return CapacityReport.objects.filter(facility_id=clinic).order_by("-on")[0].id


def test_an_old_report_warns(cast: Cast) -> None:
    made = at_hand.everything(cast)
    _report(cast, made.clinic, 91, kits=5)
    assert section(queries.facility_page(cast.kofi, made.clinic), "capacity").notices


def test_gaps_are_counted_by_district_and_name_districts_without_any_place(cast: Cast) -> None:
    made = at_hand.everything(cast)
    _report(cast, made.clinic, kits=5, examiners=1, cold_store=Has.YES, child_room=Has.NO)
    found = {one.name: [cell.has for cell in one.cells] for one in queries.gaps(cast.dalia).districts}
    # The offices of the cast lie in Lakeside and Upland; nobody knows a clinic in Upland.
    assert found["Lakeside"] == ["yes", "yes", "yes", "no", "no", "yes"]
    assert found["Upland"] == ["no"] * 6


def test_everything_held_about_an_official_is_on_one_page(cast: Cast) -> None:
    made = at_hand.everything(cast)
    today = clock.today()
    commands.end_post(actor=cast.oksana, post_id=made.post, until_on=today, reason=EndReason.MOVED)
    shown = repr(queries.official_file(cast.kofi, made.official))
    for word in ("Rosa Ejemplo", "Head nurse", "Ward of examples", "+999 20 5550 198", "Moved to another post"):
        assert word in shown


def test_other_rooms_add_what_they_hold_about_an_official(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = at_hand.everything(cast)
    monkeypatch.setattr(naming, "_tellers", [])
    naming.tell_with(lambda actor, official_id, person_id: [Section(f"Told of {official_id}")])
    assert f"Told of {made.official}" in repr(queries.official_page(cast.dalia, made.official))


def test_contacts_in_cases_are_part_of_what_is_held_and_say_nothing_of_the_case(cast: Cast) -> None:
    case = cast.case()
    person = cast.person(PersonKind.OFFICIAL, "Otto Muster")
    cases.add_party(actor=cast.jalil, case_id=case.id, person_id=person, role=PartyRole.OFFICIAL)
    investigations.record_contact(
        actor=cast.bruno, case_id=case.id, who=investigations.Contacted(official_id=person, agency_kind=Agency.POLICE),
        talk=investigations.Talk(ContactKind.MEETING, clock.today(), "The van is blue"),
    )  # fmt: skip
    key = commands.add_official(actor=cast.oksana, office_id=cast.office, person_id=person)
    shown = queries.official_file(cast.kofi, key)
    assert [str(row.title) for row in section(shown, "contacts").rows] == ["Meeting"]
    assert "blue" not in repr(shown)
    # A trainer works on no case, and so does not learn whether there was a contact.
    assert section(queries.official_page(cast.oksana, key), "contacts").withheld


def test_the_record_of_an_official_of_a_case_is_found_by_the_person(cast: Cast) -> None:
    person = cast.person(PersonKind.OFFICIAL, "Otto Muster")
    assert queries.official_of_person(cast.dalia, person) is None
    key = commands.add_official(actor=cast.oksana, office_id=cast.office, person_id=person)
    assert queries.official_of_person(cast.dalia, person) == key
    assert queries.official_of_person(cast.femi, person) is None


# ---- cost --------------------------------------------------------------------------------------------------


def test_no_list_or_sheet_costs_more_with_more_rows(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    # What other rooms tell of an official is theirs to count.
    monkeypatch.setattr(naming, "_tellers", [])
    made = at_hand.everything(cast)
    _report(cast, made.clinic, kits=5)
    dalia = cast.dalia
    runs: list[Callable[[], object]] = [
        lambda: queries.directory(dalia, AgencyFilter()),
        lambda: queries.services(dalia, ServiceFilter()),
        lambda: queries.officials(dalia),
        lambda: queries.agreements(dalia),
        lambda: queries.gaps(dalia),
        lambda: queries.agency_page(dalia, made.agency),
        lambda: queries.facility_page(dalia, made.clinic),
        lambda: queries.official_page(dalia, made.official),
        lambda: queries.official_choices(dalia),
        lambda: queries.unit_choices(dalia),
    ]
    before = [cost(run) for run in runs]
    for number in range(4):
        at_hand.everything(cast)
        at_hand.facility(cast, made.agency, name=f"Clinic {number}")
        at_hand.agreement(cast, made.agency, title=f"Protocol {number}")
        _report(cast, made.clinic, kits=number)
        held = commands.add_official(actor=cast.oksana, office_id=cast.office, name=f"Muster {number}")
        for official in (held, made.official):
            commands.take_post(actor=cast.oksana, official_id=official, agency_id=made.agency, title="Nurse")
    assert [cost(run) for run in runs] == before
    assert before == [6, 9, 10, 8, 4, 21, 6, 24, 10, 4]


# ---- for the desk --------------------------------------------------------------------------------------------------


def test_an_agreement_is_due_for_those_who_can_review_it_from_thirty_days_before(cast: Cast) -> None:
    agency = at_hand.agency(cast, "Sample Health")
    today = clock.today()
    for days, title in ((-1, "Passed"), (30, "Soon"), (31, "Later")):
        at_hand.agreement(cast, agency, today + timedelta(days=days), title=title)
    for actor in (cast.oksana, cast.kofi):
        found = queries.due_for(actor, today)
        assert [(str(due.title[1]), due.urgency) for due in found] == [("Passed", "late"), ("Soon", "soon")]  # type: ignore[index]
    for name in ("dalia", "jalil", "bruno", "pedro", "hugo", "iris", "grace"):
        actor = cast.actor(name)
        assert queries.due_for(actor, today) == []
        assert cost(lambda actor=actor: queries.due_for(actor, today)) == 0  # type: ignore[misc]


def test_an_ended_or_reviewed_agreement_is_no_longer_due(cast: Cast) -> None:
    agency = at_hand.agency(cast)
    today = clock.today()
    ended = at_hand.agreement(cast, agency, today - timedelta(days=1))
    reviewed = at_hand.agreement(cast, agency, today - timedelta(days=1))
    assert len(queries.due_for(cast.kofi, today)) == 2
    commands.end_agreement(actor=cast.kofi, agreement_id=ended)
    commands.review_agreement(actor=cast.kofi, agreement_id=reviewed, expected=1, review_on=today + timedelta(days=200))
    assert queries.due_for(cast.kofi, today) == []


def test_agreements_cost_today_the_same_be_they_many_or_few(cast: Cast) -> None:
    agency, kofi, today = at_hand.agency(cast), cast.kofi, clock.today()
    counts = []
    for _ in range(2):
        for _one in range(3):
            at_hand.agreement(cast, agency, today - timedelta(days=1))
        queries.due_for(kofi, today)
        counts.append(cost(lambda: queries.due_for(kofi, today)))
    assert counts[0] == counts[1] <= 4
