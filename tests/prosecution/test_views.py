from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from amparo.access import commands as access
from amparo.investigations.words import Agency
from amparo.kernel import clock, ids
from amparo.partners import commands as partners
from amparo.partners.words import AgencyKind, StateEvent, UnitKind
from amparo.prosecution import commands
from amparo.prosecution.errors import NotAPartner
from amparo.prosecution.models import Charge, Feed, Hearing, Proceeding, Sentence, Verdict
from amparo.prosecution.words import HearingState, Measure, Outcome, Purpose
from tests.cast import Cast
from tests.prosecution.court import EVIDENCE, VERDICT, Court, in_court

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


@pytest.fixture
def court(cast: Cast) -> Court:
    return in_court(cast)


def at(name: str, *args: object) -> str:
    return reverse(f"prosecution:{name}", args=args)


def send(client: Client, url: str, **typed: object) -> int:
    assert client.get(url).status_code == 200
    return client.post(url, {"form_id": str(ids.new_public_id()), **typed}).status_code


def test_a_whole_proceeding_is_run_through_its_forms(cast: Cast) -> None:
    case = cast.case()
    chandra = cast.client("chandra")
    opened = {"agency_kind": "police", "complaint_on": "2025-03-10", "complaint_no": "FIR 1"}
    assert send(chandra, at("open", case.id), **opened) == 302
    key = Proceeding.objects.get().id
    charged = {"accused_id": str(case.suspect), "section": "Section 1", "counts": "2", "on": "2025-06-30"}
    assert send(chandra, at("propose_charge", key), **charged) == 302
    charge = Charge.objects.get()
    assert send(chandra, at("move_charge", charge.id), event="file", on="2025-06-30") == 302
    listed = {"purpose": "survivor_evidence", "listed_at": "2026-08-24T09:00"}
    assert send(chandra, at("list_hearing", key), **listed) == 302
    hearing = Hearing.objects.get()
    held = {"testified": [str(case.survivor)], "attendance": ["accused", "survivor"], "outcome": "Next the expert"}
    assert send(chandra, at("hold", hearing.id), **held) == 302
    assert send(chandra, at("pronounce", charge.id), outcome="convicted", on="2026-11-20") == 302
    verdict = Verdict.objects.get()
    assert send(chandra, at("sentence", verdict.id), kind="custody", custody_months="24", on="2026-11-20") == 302
    assert Sentence.objects.get().custody_months == 24
    page = chandra.get(at("case", case.id)).content.decode()
    for said in ("532 days from complaint to her evidence.", "Section 1", "Convicted", "24 months", "Next the expert"):
        assert said in page


def test_an_adjournment_without_reason_or_party_stays_at_the_form(court: Court) -> None:
    hearing = court.hearing()
    chandra = court.cast.client("chandra")
    url = at("adjourn", hearing.id)
    assert send(chandra, url, party="court") == 422
    assert send(chandra, url, reason="judge_absent") == 422
    assert send(chandra, url, reason="judge_absent", party="court", next_at="2026-12-03T09:00") == 302
    assert sorted(Hearing.objects.values_list("state", flat=True)) == [HearingState.ADJOURNED, HearingState.LISTED]


def test_the_error_of_a_second_verdict_says_what_to_do(court: Court) -> None:
    charge = court.charge()
    commands.pronounce(actor=court.cast.chandra, charge_id=charge.id, outcome=Outcome.CONVICTED, on=NOW.date())
    answer = court.cast.client("chandra").post(at("pronounce", charge.id), {"outcome": "acquitted", "on": "2026-11-21"})
    assert answer.status_code == 409
    assert "enter the appeal" in answer.content.decode()


def test_every_page_and_form_of_the_room_opens_for_a_lawyer(court: Court) -> None:
    cast, key = court.cast, court.proceeding
    charge = court.charge()
    held = court.hold(court.hearing(EVIDENCE, Purpose.SURVIVOR_EVIDENCE))
    ahead = court.hearing(VERDICT, Purpose.VERDICT)
    verdict = commands.pronounce(actor=cast.chandra, charge_id=charge.id, outcome=Outcome.LESSER, on=NOW.date())
    measure = commands.request_measure(
        actor=cast.chandra,
        proceeding_id=key,
        person_id=court.case.survivor,
        measure=Measure.SCREEN,
        on=NOW.date(),
    )
    order = commands.order_compensation(
        actor=cast.chandra,
        proceeding_id=key,
        person_id=court.case.survivor,
        amount=5000,
        currency="KHR",
        on=NOW.date(),
    )
    pages: list[tuple[str, UUID]] = [
        *((name, key) for name in ("proceeding", "change_proceeding", "reach_stage", "confirm_final")),
        *((name, key) for name in ("propose_charge", "list_hearing", "request_measure", "order_compensation")),
        *((name, charge.id) for name in ("move_charge", "pronounce")),
        *((name, ahead.id) for name in ("hearing", "change_hearing", "hold", "adjourn", "vacate")),
        ("hearing", held.id),
        ("tell", court.appearance(held).id),
        ("decide_measure", measure),
        *((name, verdict) for name in ("verdict", "sentence", "lodge_appeal", "decide_appeal")),
        ("pay_compensation", order),
        ("case", court.case.id),
        ("open", court.case.id),
    ]
    client = cast.client("chandra")
    for name, row in pages:
        assert client.get(at(name, row)).status_code == 200, name
    for url in (at("calendar"), at("month", 2027, 2), at("week", 2027, 2, 11), at("feeds")):
        assert client.get(url).status_code == 200, url
    for url in (at("month", 2027, 13), at("week", 2027, 2, 31), at("month", 1, 1)):
        assert client.get(url).status_code == 404, url


def test_a_stranger_learns_nothing_of_a_proceeding(court: Court) -> None:
    hearing = court.hearing()
    for name in ("iris", "stranger"):
        client = court.cast.client(name)
        assert client.get(at("proceeding", court.proceeding)).status_code == 404
        assert client.get(at("hearing", hearing.id)).status_code == 404
        assert client.get(at("case", court.case.id)).status_code == 404


def test_a_caseworker_may_say_that_the_survivor_is_prepared(court: Court) -> None:
    hearing = court.hearing(VERDICT, Purpose.VERDICT)
    client = court.cast.client("dalia")
    assert "Survivor is prepared" in client.get(at("hearing", hearing.id)).content.decode()
    assert client.post(at("prepared", hearing.id)).status_code == 302
    assert client.get(at("hold", hearing.id)).status_code == 403


def test_the_proceeding_takes_the_same_number_of_queries_however_long_it_is(
    court: Court, django_assert_max_num_queries: object
) -> None:
    for day in range(1, 9):
        court.hold(court.hearing(EVIDENCE.replace(day=day)))
        court.charge(f"Section {day}")
    client = court.cast.client("chandra")
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        client.get(at("proceeding", court.proceeding))


# ---- the feed ---------------------------------------------------------------------------------------------------


def made(cast: Cast) -> tuple[str, Client]:
    """The address of a fresh feed, and a calendar program without a session."""
    page = cast.client("chandra").post(at("feeds"), {"form_id": str(ids.new_public_id())}).content.decode()
    start = page.index("/court/feed/")
    return page[start : page.index("hearings.ics") + len("hearings.ics")], Client()


def test_a_feed_is_shown_once_and_fetched_without_a_session(court: Court) -> None:
    court.hearing(VERDICT, Purpose.VERDICT)
    url, program = made(court.cast)
    answer = program.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "no-store"
    assert b"VEVENT" in answer.content
    assert url not in court.cast.client("chandra").get(at("feeds")).content.decode()


def test_a_feed_that_is_ended_or_unknown_answers_alike(court: Court) -> None:
    url, program = made(court.cast)
    feed = Feed.objects.get()
    assert court.cast.client("chandra").post(at("revoke_feed", feed.id)).status_code == 302
    ended, unknown = program.get(url), program.get(at("feed", "0" * 32))
    assert (ended.status_code, ended.content) == (unknown.status_code, unknown.content) == (404, b"")


def test_a_feed_stops_when_its_owner_s_account_is_closed(court: Court) -> None:
    url, program = made(court.cast)
    access.disable(actor=court.cast.hugo, account_id=court.cast.accounts["chandra"])
    assert program.get(url).status_code == 404


def test_nobody_ends_the_feed_of_somebody_else(court: Court) -> None:
    made(court.cast)
    feed = Feed.objects.get()
    assert court.cast.client("dalia").post(at("revoke_feed", feed.id)).status_code == 404


# ---- agencies and courts of the directory -----------------------------------------------------------------------


def test_station_and_court_are_chosen_from_the_directory_or_written_in_words(cast: Cast) -> None:
    agency = partners.add_agency(
        actor=cast.kofi, office_id=cast.office, kind=AgencyKind.COURT, name="Example Court Service", district="Lakeside"
    )
    unit = partners.add_unit(actor=cast.kofi, agency_id=agency, kind=UnitKind.CHAMBER, name="Third Chamber")
    case, chandra = cast.case(), cast.client("chandra")
    typed = {"agency_kind": "police", "complaint_on": "2025-03-10", "agency": "A post by the river"}
    assert send(chandra, at("open", case.id), **typed, court_place=str(unit)) == 302
    row = Proceeding.objects.get()
    page = chandra.get(at("proceeding", row.id)).content.decode()
    assert "Example Court Service, Third Chamber" in page
    assert reverse("partners:agency", args=[agency]) in page
    assert "A post by the river" in page
    hearing = commands.list_hearing(
        actor=cast.chandra, proceeding_id=row.id, listed_at=VERDICT, purpose=Purpose.VERDICT
    )
    assert "Third Chamber" in chandra.get(at("hearing", hearing)).content.decode()
    assert "Third Chamber" in chandra.get(at("issue_order", row.id)).content.decode()
    assert "Third Chamber" not in cast.client("dalia").get(at("proceeding", row.id)).content.decode()
    # A unit that works no more stays chosen while something else is changed.
    partners.move_unit(actor=cast.kofi, unit_id=unit, event=StateEvent.CLOSE)
    changed = typed | {"court_no": "SC 9", "court_place": str(unit)}
    assert send(chandra, at("change_proceeding", row.id), **changed) == 302
    assert "Third Chamber" in chandra.get(at("proceeding", row.id)).content.decode()


def test_what_is_not_in_the_directory_is_not_chosen(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(NotAPartner):
        commands.open_proceeding(
            actor=cast.chandra,
            case_id=case.id,
            agency_kind=Agency.POLICE,
            complaint_on=NOW.date(),
            court_place=ids.new_id(),
        )
