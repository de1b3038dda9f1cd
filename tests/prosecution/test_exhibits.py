"""Exhibits: from an item of evidence to what the court did with it, and who was given it on what ground."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from amparo.cases import commands as cases
from amparo.cases.words import BasisKind
from amparo.cases.words import Purpose as ConsentPurpose
from amparo.evidence import commands as evidence
from amparo.evidence.errors import WaitsForHer
from amparo.evidence.models import CustodyEvent, EvidenceItem
from amparo.evidence.words import Authority, Category, Kind
from amparo.kernel import clock
from amparo.kernel.errors import NotFound, Refused
from amparo.ledger.models import Entry
from amparo.prosecution import commands, queries, rules
from amparo.prosecution.commands import Rests
from amparo.prosecution.errors import (
    AlreadyAnExhibit,
    AlreadyDisclosed,
    ConsentMissing,
    ExhibitMoveRefused,
    ExhibitTooEarly,
    FingerprintWrong,
    GroundMissing,
    ItemEnded,
    MarkMissing,
    MustNotBeGiven,
    NotAnItemHere,
    ObjectionMissing,
)
from amparo.prosecution.models import DisclosureEntry, Exhibit
from amparo.prosecution.words import ExhibitEvent, ExhibitState, Ground, Protected, Toward
from amparo.vault import sealing
from tests.cast import Cast
from tests.prosecution.court import Court, in_court

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()
ORDER = Rests(Ground.ORDER, "Example District Court, no. 12, 20 November 2026")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


@pytest.fixture
def court(cast: Cast) -> Court:
    return in_court(cast)


def thing(court: Court, description: str = "A grey coat") -> UUID:
    return evidence.register_physical(
        actor=court.cast.chandra, case_id=court.case.id, category=Category.PHYSICAL, description=description
    )


def proposed(court: Court, item: UUID | None = None, *, on: date = TODAY, mark: str = "") -> Exhibit:
    key = commands.propose_exhibit(
        actor=court.cast.chandra, proceeding_id=court.proceeding, item_id=item or thing(court), on=on, mark=mark
    )
    return Exhibit.objects.get(pk=key)


def give(court: Court, exhibit: Exhibit, toward: Toward = Toward.DEFENCE, rests: Rests = ORDER, **more: str) -> Exhibit:
    commands.disclose(actor=court.cast.chandra, exhibit_id=exhibit.id, toward=toward, rests=rests, on=TODAY, **more)
    return Exhibit.objects.get(pk=exhibit.id)


def move(court: Court, exhibit: Exhibit, event: ExhibitEvent, on: date = TODAY, **more: str) -> Exhibit:
    commands.move_exhibit(actor=court.cast.chandra, exhibit_id=exhibit.id, event=event, on=on, **more)
    return Exhibit.objects.get(pk=exhibit.id)


def last_verb() -> str:
    return str(Entry.objects.order_by("-index").values_list("verb", flat=True)[0])


# ---- from proposed to returned ----------------------------------------------------------------------------------


def test_an_item_goes_to_court_and_comes_back(court: Court) -> None:
    exhibit = proposed(court)
    assert exhibit.state == ExhibitState.PROPOSED
    exhibit = give(court, exhibit)
    assert exhibit.state == ExhibitState.DISCLOSED
    for event, state in (
        (ExhibitEvent.TENDER, ExhibitState.TENDERED),
        (ExhibitEvent.ADMIT, ExhibitState.ADMITTED),
        (ExhibitEvent.RETURN, ExhibitState.RETURNED),
    ):
        exhibit = move(court, exhibit, event, mark="P-7")
        assert exhibit.state == state
        assert last_verb() == "exhibit.moved"
    assert queries.words_of_exhibit(exhibit).mark == "P-7"


def test_showing_it_in_court_stands_in_its_chain_of_custody_too(court: Court) -> None:
    item = thing(court)
    exhibit = give(court, proposed(court, item))
    move(court, exhibit, ExhibitEvent.TENDER, mark="P-7")
    line = CustodyEvent.objects.filter(item_id=item).latest("seq")
    assert line.kind == Kind.EXHIBITED
    assert sealing.open_row(line, "order").text("order") == "P-7"


def test_a_day_in_court_written_down_after_the_item_moved_on_stands_at_the_end_of_the_chain(court: Court) -> None:
    item = thing(court)
    earlier = TODAY - timedelta(days=3)
    exhibit = proposed(court, item, on=earlier, mark="P-8")
    commands.disclose(actor=court.cast.chandra, exhibit_id=exhibit.id, toward=Toward.COURT, rests=ORDER, on=earlier)
    evidence.move(actor=court.cast.chandra, item_id=item, place="Shelf 4")
    move(court, exhibit, ExhibitEvent.TENDER, earlier)
    line = CustodyEvent.objects.filter(item_id=item).latest("seq")
    assert (line.kind, line.occurred_at) == (Kind.EXHIBITED, NOW)
    assert sealing.open_row(line, "reason").text("reason") == earlier.isoformat()


def test_what_an_authority_holds_is_an_exhibit_without_a_line_in_our_chain(court: Court) -> None:
    item = evidence.register_by_reference(
        actor=court.cast.chandra,
        case_id=court.case.id,
        category=Category.DIGITAL,
        description="Pictures held by the hotline",
        authority=Authority.HOTLINE,
        holding_authority="Example Hotline",
        their_reference="EX 1",
    )
    exhibit = move(court, give(court, proposed(court, item)), ExhibitEvent.TENDER, mark="P-9")
    assert exhibit.state == ExhibitState.TENDERED
    assert not CustodyEvent.objects.filter(item_id=item, kind=Kind.EXHIBITED).exists()


@pytest.mark.parametrize(("state", "event"), list(product(ExhibitState, ExhibitEvent)))
def test_only_what_may_follow_follows(state: ExhibitState, event: ExhibitEvent) -> None:
    if event in rules.EXHIBIT_MOVES[state]:
        assert rules.next_exhibit_state(state, event) is not state
    else:
        with pytest.raises(ExhibitMoveRefused):
            rules.next_exhibit_state(state, event)


def test_what_was_not_disclosed_is_not_tendered(court: Court) -> None:
    with pytest.raises(ExhibitMoveRefused):
        move(court, proposed(court), ExhibitEvent.TENDER, mark="P-1")


def test_a_tender_needs_a_mark_and_an_exclusion_its_objection(court: Court) -> None:
    exhibit = give(court, proposed(court))
    with pytest.raises(MarkMissing):
        move(court, exhibit, ExhibitEvent.TENDER)
    exhibit = move(court, exhibit, ExhibitEvent.TENDER, mark="P-2")
    with pytest.raises(ObjectionMissing):
        move(court, exhibit, ExhibitEvent.EXCLUDE)
    exhibit = move(court, exhibit, ExhibitEvent.EXCLUDE, objections="Seized without a warrant.")
    assert queries.words_of_exhibit(exhibit).objections == "Seized without a warrant."


def test_a_day_before_the_last_step_is_refused(court: Court) -> None:
    exhibit = give(court, proposed(court))
    with pytest.raises(ExhibitTooEarly):
        move(court, exhibit, ExhibitEvent.WITHDRAW, TODAY - timedelta(days=1))


def test_an_item_is_an_exhibit_once_until_it_is_not_used(court: Court) -> None:
    item = thing(court)
    exhibit = proposed(court, item)
    with pytest.raises(AlreadyAnExhibit):
        proposed(court, item)
    move(court, exhibit, ExhibitEvent.WITHDRAW)
    assert proposed(court, item).id != exhibit.id


def test_an_item_of_another_case_or_one_that_is_gone_is_no_exhibit(court: Court) -> None:
    with pytest.raises(NotAnItemHere):
        proposed(court, court.case.id)
    item = thing(court)
    evidence.record_event(
        actor=court.cast.chandra,
        item_id=item,
        kind=Kind.RETURNED,
        outside=evidence.Outside("Vera Sample"),
    )
    with pytest.raises(ItemEnded):
        proposed(court, item)


def test_what_waits_for_the_survivor_goes_to_no_side_and_no_court(court: Court) -> None:
    item = thing(court)
    exhibit = give(court, proposed(court, item))
    part = evidence.register_physical(
        actor=court.cast.chandra,
        case_id=court.case.id,
        category=Category.PHYSICAL,
        description="A swab",
        parent_id=item,
    )
    EvidenceItem.objects.filter(pk=item).update(waits_since=NOW)
    for refused in (
        lambda: proposed(court, part),
        lambda: give(court, exhibit, Toward.PROSECUTION),
        lambda: move(court, exhibit, ExhibitEvent.TENDER, mark="P-1"),
    ):
        with pytest.raises(WaitsForHer):
            refused()
    assert "A swab" not in page(court.cast.client("chandra"), "propose_exhibit", court.proceeding)
    EvidenceItem.objects.filter(pk=item).update(waits_since=None)
    assert move(court, exhibit, ExhibitEvent.TENDER, mark="P-1").state == ExhibitState.TENDERED


# ---- who may have it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", [Ground.ORDER, Ground.DUTY])
def test_a_disclosure_names_its_order_or_its_law(court: Court, ground: Ground) -> None:
    with pytest.raises(GroundMissing):
        give(court, proposed(court), rests=Rests(ground))
    assert not DisclosureEntry.objects.exists()


def consent(court: Court, purpose: ConsentPurpose) -> UUID:
    return cases.record_basis(
        actor=court.cast.dalia,
        case_id=court.case.id,
        person_id=court.case.survivor,
        kind=BasisKind.CONSENT,
        purpose=purpose,
        from_on=TODAY,
    )


def test_a_consent_carries_a_disclosure_while_it_is_in_force_and_meant_for_the_court(court: Court) -> None:
    exhibit = proposed(court)
    for wrong in (None, consent(court, ConsentPurpose.SHELTER), court.case.id):
        with pytest.raises(ConsentMissing):
            give(court, exhibit, rests=Rests(Ground.CONSENT, basis_id=wrong))
    right = consent(court, ConsentPurpose.PROSECUTION)
    give(court, exhibit, Toward.PROSECUTION, Rests(Ground.CONSENT, basis_id=right))
    cases.withdraw_consent(actor=court.cast.dalia, basis_id=right)
    with pytest.raises(ConsentMissing):
        give(court, exhibit, Toward.DEFENCE, Rests(Ground.CONSENT, basis_id=right))


def test_what_a_side_must_not_have_is_opened_by_an_order_alone(court: Court) -> None:
    exhibit = proposed(court)
    side = Toward.DEFENCE
    commands.protect(actor=court.cast.chandra, exhibit_id=exhibit.id, toward=side, why=Protected.WHEREABOUTS, on=TODAY)
    assert last_verb() == "exhibit.protected"
    with pytest.raises(MustNotBeGiven):
        give(court, exhibit, side, Rests(Ground.DUTY, "Section 4"))
    assert Exhibit.objects.get(pk=exhibit.id).state == ExhibitState.PROPOSED
    assert give(court, exhibit, side).state == ExhibitState.DISCLOSED


def test_what_a_side_has_can_not_be_kept_from_it(court: Court) -> None:
    exhibit = give(court, proposed(court))
    with pytest.raises(AlreadyDisclosed):
        commands.protect(
            actor=court.cast.chandra, exhibit_id=exhibit.id, toward=Toward.DEFENCE, why=Protected.CARE, on=TODAY
        )


def test_what_is_not_used_is_not_disclosed(court: Court) -> None:
    exhibit = move(court, proposed(court), ExhibitEvent.WITHDRAW)
    with pytest.raises(ExhibitMoveRefused):
        give(court, exhibit)
    assert not DisclosureEntry.objects.exists()


def test_the_version_that_was_given_is_named_by_its_fingerprint(court: Court) -> None:
    exhibit = proposed(court)
    with pytest.raises(FingerprintWrong):
        give(court, exhibit, version="not a fingerprint")
    give(court, exhibit, version="AB" * 32)
    entry = DisclosureEntry.objects.get()
    assert sealing.open_row(entry, "version_hash").text("version_hash") == "ab" * 32


@given(st.text(alphabet="0123456789abcdefABCDEF", min_size=64, max_size=64), st.integers(1, 63))
def test_a_fingerprint_is_read_however_it_is_spaced(digits: str, at: int) -> None:
    assert rules.fingerprint(f" {digits[:at]} {digits[at:]}\n") == digits.lower()
    with pytest.raises(FingerprintWrong):
        rules.fingerprint(digits[:at])


# ---- pages -----------------------------------------------------------------------------------------------------


def at(name: str, key: UUID) -> str:
    return reverse(f"prosecution:{name}", args=[key])


def page(client: Client, name: str, key: UUID) -> str:
    answer = client.get(at(name, key))
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_a_lawyer_writes_it_all_down_at_the_pages(court: Court) -> None:
    client, item = court.cast.client("chandra"), thing(court, "A grey coat")
    assert "No item of evidence is proposed" in page(client, "proceeding", court.proceeding)
    assert "A grey coat" in page(client, "propose_exhibit", court.proceeding)
    typed = {"item_id": str(item), "mark": "", "on": TODAY.isoformat()}
    assert client.post(at("propose_exhibit", court.proceeding), typed).status_code == 302
    key = Exhibit.objects.get().id
    url = at("disclose", key)
    given = {"toward": "defence", "to_whom": "Adv. Muster", "on": TODAY.isoformat(), "ground": "order", "order": ""}
    answer = client.post(url, given)
    assert answer.status_code == 422
    assert "Adv. Muster" in answer.content.decode()
    assert client.post(url, given | {"order": "Order 12"}).status_code == 302
    typed = {"event": "tender", "mark": "P-7", "objections": "", "on": TODAY.isoformat()}
    assert client.post(at("move_exhibit", key), typed).status_code == 302
    typed = {"toward": "prosecution", "why": "care", "order": "", "on": TODAY.isoformat()}
    assert client.post(at("protect", key), typed).status_code == 302
    for name, row in (("exhibit", key), ("disclosure_log", court.proceeding), ("proceeding", court.proceeding)):
        shown = page(client, name, row)
        assert "P-7" in shown
    log = page(client, "disclosure_log", court.proceeding)
    assert "Adv. Muster" in log
    assert "Order 12" in log
    assert "Must not be given" in log


@pytest.mark.parametrize("name", ["iris", "stranger", "dalia", "bruno"])
def test_nobody_without_the_whole_of_the_law_of_the_case_sees_an_exhibit(court: Court, name: str) -> None:
    exhibit = proposed(court, mark="P-7")
    for url in (at("exhibit", exhibit.id), at("disclosure_log", court.proceeding)):
        assert court.cast.client(name).get(url).status_code in (403, 404)
    seen = court.cast.client(name).get(at("proceeding", court.proceeding))
    assert "P-7" not in seen.content.decode()


def test_nobody_but_a_lawyer_of_the_case_changes_an_exhibit(court: Court) -> None:
    exhibit = proposed(court)
    for actor in (court.cast.bruno, court.cast.iris):
        with pytest.raises((NotFound, Refused)):
            commands.move_exhibit(actor=actor, exhibit_id=exhibit.id, event=ExhibitEvent.WITHDRAW, on=TODAY)


def test_the_page_of_a_proceeding_costs_the_same_with_many_exhibits(court: Court) -> None:
    client = court.cast.client("chandra")
    give(court, proposed(court))
    page(client, "proceeding", court.proceeding)
    with CaptureQueriesContext(connection) as few:
        page(client, "proceeding", court.proceeding)
    for number in range(5):
        give(court, proposed(court, thing(court, f"Thing {number}")))
    with CaptureQueriesContext(connection) as many:
        page(client, "proceeding", court.proceeding)
    assert len(many) == len(few)


def test_the_exhibits_of_a_proceeding_are_ticked_already_in_one_export_for_the_court(court: Court) -> None:
    first, second = (proposed(court, thing(court, what)).item_id for what in ("A grey coat", "A telephone"))
    left = thing(court, "A receipt")
    shown = page(court.cast.client("chandra"), "proceeding", court.proceeding)
    (address,) = re.findall(r'href="([^"]+/export/\?item=[^"]+)"', shown)
    form = court.cast.client("chandra").get(address.replace("&amp;", "&")).content.decode()
    ticked = re.findall(r'value="([0-9a-f-]+)"[^>]*checked', form)
    assert {str(first), str(second)} == set(ticked)
    assert str(left) in form
