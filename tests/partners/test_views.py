"""What pages of partners show, to whom, and that they work by plain forms."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from amparo.kernel import clock
from amparo.ledger.models import Entry
from amparo.partners import commands
from amparo.partners.models import Agency, Agreement, CapacityReport, Facility, Official, Post, Unit
from amparo.partners.words import FacilityKind, State, StateEvent
from amparo.people.words import PersonKind
from amparo.vault import sealing
from tests.partners import partners as at_hand

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast
    from tests.partners.partners import Partners

pytestmark = pytest.mark.django_db
FULL = ("oksana", "kofi")
READERS = ("dalia", "jalil", "bruno", "chandra", "pedro", *FULL)
NOBODYS = ("amina", "esther", "noor", "femi", "mateo", "hugo", "lina", "grace", "iris")


@pytest.fixture(autouse=True)
def _one_step(settings: SettingsWrapper) -> None:
    settings.SECOND_STEP_REQUIRED = False


@pytest.fixture
def made(cast: Cast) -> Partners:
    return at_hand.everything(cast)


def url(name: str, *keys: object) -> str:
    return reverse(f"partners:{name}", args=keys)


def text(client: Client, name: str, *keys: object) -> str:
    response = client.get(url(name, *keys))
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def reading(made: Partners) -> list[str]:
    return [
        *(url(name) for name in ("directory", "services", "officials", "agreements", "gaps")),
        url("agency", made.agency), url("facility", made.clinic), url("facility", made.shelter),
        url("official", made.official), url("agreement", made.agreement),
    ]  # fmt: skip


def changing(made: Partners) -> list[str]:
    return [
        url("add_agency"), url("change_agency", made.agency), url("move_agency", made.agency, "suspend"),
        url("add_unit", made.agency), url("change_unit", made.unit), url("move_unit", made.unit, "close"),
        url("add_facility", made.agency), url("change_facility", made.clinic),
        url("move_facility", made.clinic, "suspend"), url("report_capacity", made.clinic),
        url("add_official"), url("change_official", made.official), url("take_post", made.official),
        url("end_post", made.post),
    ]  # fmt: skip


@pytest.mark.parametrize("who", READERS)
def test_who_works_on_cases_or_programmes_reads_about_partners(cast: Cast, made: Partners, who: str) -> None:
    client = cast.client(who)
    assert {address: client.get(address).status_code for address in reading(made)} == dict.fromkeys(reading(made), 200)


@pytest.mark.parametrize("who", NOBODYS)
def test_for_everybody_else_there_are_no_partners(cast: Cast, made: Partners, who: str) -> None:
    client = cast.client(who)
    pages = reading(made) + [address for address in changing(made) if "add/" not in address]
    if who == "lina":
        # Who looks after data protection reads professional records, and erases them; she changes none.
        pages = [address for address in pages if "/officials/" not in address and "/posts/" not in address]
    assert {address: client.get(address).status_code for address in pages} == dict.fromkeys(pages, 404)


@pytest.mark.parametrize("who", [*FULL, "jalil"])
def test_every_form_opens_for_those_who_keep_partners(cast: Cast, made: Partners, who: str) -> None:
    client = cast.client(who)
    pages = changing(made)
    assert {address: client.get(address).status_code for address in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize("who", ["dalia", "bruno", "chandra"])
def test_no_form_opens_for_those_who_only_read(cast: Cast, made: Partners, who: str) -> None:
    client = cast.client(who)
    pages = changing(made)
    assert {address: client.get(address).status_code for address in pages} == dict.fromkeys(pages, 403)


def test_an_agency_is_added_with_a_unit_a_facility_and_an_agreement(cast: Cast) -> None:
    client = cast.client("oksana")
    said = {"name": "محكمة المثال", "kind": "court", "district": "Lakeside", "contact": "Registry"}
    answer = client.post(url("add_agency"), said)
    agency = Agency.objects.get()
    assert answer["Location"] == url("agency", agency.id)
    client.post(url("add_unit", agency.id), {"name": "Chamber 2", "kind": "chamber"})
    assert sealing.open_row(Unit.objects.get(), "name").text("name") == "Chamber 2"
    facility = {
        "name": "Court house", "kind": "court_house", "services": ["legal"], "languages": ["ar", "en"],
        "access": ["step_free"], "cost": "free", "district": "Lakeside", "address": "1 Sample Square",
    }  # fmt: skip
    client.post(url("add_facility", agency.id), facility)
    assert Facility.objects.get().languages == ["ar", "en"]
    today = clock.today()
    term = {
        "title": "Protocol", "kind": "protocol", "classes": ["statement"], "level": "high",
        "valid_from": today, "review_on": today + timedelta(days=30), "retention_months": 12,
    }  # fmt: skip
    client.post(url("make_agreement", agency.id), term)
    assert Agreement.objects.get().classes == ["statement"]
    page = text(client, "agency", agency.id)
    for word in ("محكمة المثال", "Chamber 2", "Court house", "Protocol", "Statement"):
        assert word in page


def test_what_was_typed_comes_back_after_an_error(cast: Cast, made: Partners) -> None:
    today = clock.today()
    term = {
        "title": "A title typed with care", "kind": "protocol", "level": "high", "purpose": "For this and that",
        "valid_from": today, "review_on": today - timedelta(days=1),
    }  # fmt: skip
    answer = cast.client("kofi").post(url("make_agreement", made.agency), term)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A title typed with care" in page
    assert "For this and that" in page
    assert "The end lies before the beginning." in page


def test_a_closed_agency_is_confirmed_first(cast: Cast, made: Partners) -> None:
    client = cast.client("jalil")
    assert "stays readable" in text(client, "move_agency", made.agency, "close")
    client.post(url("move_agency", made.agency, "close"))
    assert Agency.objects.get(pk=made.agency).state == State.CLOSED
    assert client.post(url("move_agency", made.agency, "resume")).status_code == 409
    assert client.get(url("move_agency", made.agency, "nonsense")).status_code == 404


def test_the_caseworker_writes_and_opens_the_address_of_a_shelter(cast: Cast, made: Partners) -> None:
    client = cast.client("dalia")
    client.post(url("set_address", made.shelter), {"address": "7 Hidden Lane", "district": "Upland"})
    assert "Hidden" not in text(client, "facility", made.shelter)
    assert client.post(url("open_address", made.shelter), {}).status_code == 422
    opened = client.post(url("open_address", made.shelter), {"reason": "placement"})
    assert "7 Hidden Lane" in opened.content.decode()
    assert "Hidden" not in text(client, "facility", made.shelter)
    assert sum('"facility.address_opened"' in entry.body for entry in Entry.objects.all()) == 1


def test_a_supervisor_who_opens_it_is_shown_the_district(cast: Cast, made: Partners) -> None:
    commands.set_address(actor=cast.dalia, facility_id=made.shelter, address="7 Hidden Lane", district="Upland")
    opened = cast.client("jalil").post(url("open_address", made.shelter), {"reason": "upkeep"}).content.decode()
    assert "Upland" in opened
    assert "Hidden" not in opened


@pytest.mark.parametrize("who", ["oksana", "kofi", "pedro", "bruno", "chandra", "stranger"])
def test_the_pages_of_a_protected_address_are_refused_to_others(cast: Cast, made: Partners, who: str) -> None:
    client = cast.client(who)
    assert client.get(url("open_address", made.shelter)).status_code == 403
    assert client.get(url("set_address", made.shelter)).status_code == 403


def test_a_report_on_capacity_by_its_form(cast: Cast, made: Partners) -> None:
    client = cast.client("pedro")
    said = {
        "on": clock.today(), "source": "call", "examiners": "2", "kits": "0", "cold_store": "no",
        "child_room": "unknown", "remark": "Asks for kits",
    }  # fmt: skip
    client.post(url("report_capacity", made.clinic), said)
    row = CapacityReport.objects.get()
    assert (row.examiners, row.kits, row.cold_store) == (2, 0, "no")
    assert "Asks for kits" in text(client, "facility", made.clinic)
    client.post(url("withdraw_report", row.id))
    assert "Withdrawn" in text(client, "facility", made.clinic)


def test_a_number_that_was_not_asked_stays_unknown(cast: Cast, made: Partners) -> None:
    said = {"on": clock.today(), "source": "call", "cold_store": "unknown", "child_room": "unknown"}
    cast.client("kofi").post(url("report_capacity", made.clinic), said)
    row = CapacityReport.objects.get()
    assert (row.examiners, row.kits) == (None, None)


def test_a_place_is_marked_as_checked_by_one_press(cast: Cast, made: Partners) -> None:
    Facility._base_manager.filter(pk=made.clinic).update(verified_on=None)
    client = cast.client("dalia")
    assert "Never checked" in text(client, "facility", made.clinic)
    client.post(url("verify_facility", made.clinic))
    assert "Never checked" not in text(client, "facility", made.clinic)


def test_an_official_gets_a_record_and_posts_one_after_the_other(cast: Cast, made: Partners) -> None:
    client = cast.client("kofi")
    answer = client.post(url("add_official"), {"name": "रोहन नमूना", "contact": "Room 5"})
    official = Official.objects.order_by("-id")[0]
    assert answer["Location"] == url("official", official.id)
    client.post(url("take_post", official.id), {"title": "Doctor", "place": f"u:{made.unit}", "from_on": "2026-01-05"})
    client.post(url("take_post", official.id), {"title": "Lecturer", "place": f"a:{made.agency}"})
    post = Post.objects.get(official_id=official.id, unit_id=made.unit)
    assert post.agency_id == made.agency
    client.post(url("end_post", post.id), {"until_on": "2026-02-05", "reason": "retired"})
    page = text(client, "official", official.id)
    for word in ("रोहन नमूना", "Doctor, Ward of examples", "5 January 2026 to 5 February 2026", "Retired", "Lecturer"):
        assert word in page


def test_a_place_that_is_not_offered_is_refused(cast: Cast, made: Partners) -> None:
    commands.move_unit(actor=cast.oksana, unit_id=made.unit, event=StateEvent.CLOSE)
    answer = cast.client("kofi").post(url("take_post", made.official), {"title": "x", "place": f"u:{made.unit}"})
    assert answer.status_code == 422


def test_an_official_of_a_case_gets_the_record_from_the_person(cast: Cast, made: Partners) -> None:
    person = cast.person(PersonKind.OFFICIAL, "Otto Muster")
    client = cast.client("oksana")
    assert "Otto Muster" in text(client, "of_person", person)
    client.post(url("of_person", person), {"contact": "Front desk"})
    record = Official.objects.get(person_id=person)
    assert client.get(url("of_person", person))["Location"] == url("official", record.id)
    assert "Otto Muster" in text(client, "official", record.id)
    # Who only reads is led to a record that is there, and to the list where there is none.
    assert cast.client("dalia").get(url("of_person", person)).status_code == 302
    other = cast.person(PersonKind.OFFICIAL, "Olga Muster")
    assert cast.client("dalia").get(url("of_person", other))["Location"] == url("officials")
    assert cast.client("femi").get(url("of_person", person)).status_code == 404


def test_a_survivor_is_never_named_as_an_official(cast: Cast, made: Partners) -> None:
    answer = cast.client("oksana").get(url("of_person", cast.person()))
    assert answer.status_code == 422
    assert b"Nadia" not in answer.content


def test_everything_held_about_an_official_is_printed_and_recorded(cast: Cast, made: Partners) -> None:
    answer = cast.client("kofi").post(url("official_file", made.official))
    page = answer.content.decode()
    assert answer.status_code == 200
    for word in ("Rosa Ejemplo", "Head nurse", "+999 20 5550 198", "Record begun"):
        assert word in page
    assert sum('"official.file_made"' in entry.body for entry in Entry.objects.all()) == 1
    assert cast.client("dalia").post(url("official_file", made.official)).status_code == 403


def test_a_review_by_its_form(cast: Cast, made: Partners) -> None:
    client = cast.client("kofi")
    old = at_hand.agreement(cast, made.agency, clock.today() - timedelta(days=5), title="Old one")
    assert "nothing is released by it" in text(client, "agreement", old)
    client.post(url("review_agreement", old), {"review_on": clock.today() + timedelta(days=200), "seen_version": "1"})
    assert "nothing is released by it" not in text(client, "agreement", old)
    client.post(url("end_agreement", old))
    assert "Ended" in text(client, "agreement", old)
    assert cast.client("jalil").get(url("change_agreement", old)).status_code == 403


def test_the_list_of_gaps_says_each_mark_in_words(cast: Cast, made: Partners) -> None:
    page = text(cast.client("dalia"), "gaps")
    assert page.count('role="img"') == page.count("<title>Yes") + page.count("<title>No</title>") + page.count(
        "<title>Not known"
    )
    assert "Sample Clinic" in page


def test_the_name_and_place_of_a_shelter_are_found_nowhere_in_the_database(cast: Cast, made: Partners) -> None:
    commands.set_address(actor=cast.dalia, facility_id=made.shelter, address="7 Hidden Lane", district="Upland-9")
    row = Facility.objects.filter(kind=FacilityKind.SHELTER).values().get()
    stored = repr([bytes(value) if isinstance(value, memoryview) else value for value in row.values()])
    for word in ("House Sample", "Hidden", "Upland-9"):
        assert word not in stored
