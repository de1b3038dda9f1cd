"""Erasing a person is real, or it is not claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from amparo.cases import commands as cases
from amparo.cases.models import Conference, Note
from amparo.cases.words import ConferenceState, NoteKind, PartyRole, TrackKind
from amparo.journeys import erasing
from amparo.journeys.erasing import HeldByLaw
from amparo.kernel import clock
from amparo.kernel.errors import Refused
from amparo.kernel.words import Compartment
from amparo.ledger.models import Entry
from amparo.people import commands
from amparo.people import queries as people
from amparo.people.models import LookupToken, Person
from amparo.vault import sealing
from amparo.vault.models import DataKey
from tests.partners import partners

if TYPE_CHECKING:
    from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db


def _settled(cast: Cast) -> CaseAtHand:
    at_hand = cast.case()
    cases.write_note(
        actor=cast.dalia,
        case_id=at_hand.id,
        compartment=Compartment.CARE,
        kind=NoteKind.VISIT,
        text="Words about her.",
        person_id=at_hand.survivor,
    )
    cases.change_track(actor=cast.chandra, case_id=at_hand.id, kind=TrackKind.ACCOUNTABILITY, state="not_pursued")
    return at_hand


def test_after_an_erasure_nothing_of_her_can_be_opened_or_found(cast: Cast) -> None:
    at_hand = _settled(cast)
    erasing.erase_person(actor=cast.lina, person_id=at_hand.survivor)
    assert not DataKey.objects.filter(owner_id=at_hand.survivor).exists()
    assert not LookupToken.objects.filter(person_id=at_hand.survivor).exists()
    assert people.find_by_name(cast.dalia, "Nadia Sample") == []
    row = Person.objects.get(pk=at_hand.survivor)
    assert row.name is None
    assert row.erased_at is not None
    assert Note.objects.get().text is None


def test_what_others_said_stays_readable(cast: Cast) -> None:
    at_hand = _settled(cast)
    erasing.erase_person(actor=cast.lina, person_id=at_hand.survivor)
    suspect = Person.objects.get(pk=at_hand.suspect)
    assert sealing.open_row(suspect, "name").text("name") == "Viktor Muster"


def test_the_ledger_says_that_she_was_erased_and_not_who_she_was(cast: Cast) -> None:
    at_hand = _settled(cast)
    erasing.erase_person(actor=cast.lina, person_id=at_hand.survivor)
    last = Entry.objects.order_by("-index").first()
    assert last is not None
    assert last.verb == "person.erased"
    assert "Nadia" not in last.body


def test_a_case_before_the_law_holds_her_words(cast: Cast) -> None:
    at_hand = cast.case()
    with pytest.raises(HeldByLaw):
        erasing.erase_person(actor=cast.lina, person_id=at_hand.survivor)


def test_only_the_data_protection_officer_erases(cast: Cast) -> None:
    at_hand = _settled(cast)
    with pytest.raises(Refused):
        erasing.erase_person(actor=cast.jalil, person_id=at_hand.survivor)


def _conference(cast: Cast, case: CaseAtHand) -> Conference:
    station = partners.agency(cast)
    day = clock.today()
    key = cases.plan_conference(
        actor=cast.dalia, case_id=case.id, on=day, agencies=[station], classes=["care"], about="How she sleeps"
    )
    cases.hold_conference(
        actor=cast.dalia, conference_id=key, expected=1, on=day, present="Her aunt", decisions="A lamp for her"
    )
    return Conference.objects.get(pk=key)


def test_what_was_said_of_her_at_conferences_goes_with_her(cast: Cast) -> None:
    at_hand = _settled(cast)
    row = _conference(cast, at_hand)
    erasing.erase_person(actor=cast.lina, person_id=at_hand.survivor)
    row.refresh_from_db()
    assert (row.about, row.present, row.decisions) == (None, None, None)
    assert row.state == ConferenceState.HELD
    client = cast.client("dalia")
    for page in (reverse("cases:conferences", args=[at_hand.id]), reverse("cases:conference", args=[row.id])):
        assert client.get(page).status_code == 200


def test_a_second_record_of_hers_is_no_other_survivor_of_a_conference(cast: Cast) -> None:
    at_hand = _settled(cast)
    other = cast.person(name="Nadia Muster")
    cases.add_party(actor=cast.dalia, case_id=at_hand.id, person_id=other, role=PartyRole.SURVIVOR)
    commands.ask_to_join(actor=cast.dalia, kept_id=at_hand.survivor, joined_id=other, reason="The same mark.")
    commands.join_persons(actor=cast.jalil, kept_id=at_hand.survivor, joined_id=other, answer="She says so.")
    row = _conference(cast, at_hand)
    erasing.erase_person(actor=cast.lina, person_id=other)
    row.refresh_from_db()
    assert (row.about, row.present, row.decisions) == (None, None, None)


def test_a_conference_about_another_survivor_too_keeps_its_words(cast: Cast) -> None:
    at_hand = _settled(cast)
    other = cast.person(name="Mina Muster")
    cases.add_party(actor=cast.dalia, case_id=at_hand.id, person_id=other, role=PartyRole.SURVIVOR)
    row = _conference(cast, at_hand)
    erasing.erase_person(actor=cast.lina, person_id=at_hand.survivor)
    row.refresh_from_db()
    assert sealing.open_row(row, "decisions").text("decisions") == "A lamp for her"
