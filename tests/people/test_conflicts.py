"""Who is linked to somebody in a case is barred: told by herself, or found by a telephone number or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.access import commands as access
from amparo.access import policy
from amparo.access import queries as staff
from amparo.access.actors import SYSTEM_ACTOR
from amparo.access.errors import Barred, ConflictDecided
from amparo.access.models import Bar, Conflict, Notice, OwnDetail
from amparo.access.words import ConflictKind, ConflictState
from amparo.cases import commands as cases
from amparo.cases import queries as case_queries
from amparo.cases.words import PartyRole
from amparo.journeys import erasing
from amparo.kernel.errors import NotFound
from amparo.kernel.phones import PhoneMistyped
from amparo.kernel.words import Role
from amparo.people import commands
from amparo.people.rules import NewContact
from amparo.people.words import ContactKind, PersonKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from amparo.access.actors import Actor
    from tests.cast import CaseAtHand, Cast

NUMBER = "+999 20 5550 177"


@pytest.fixture
def at_hand(cast: Cast) -> CaseAtHand:
    return cast.case()


def give(actor: Actor, **details: list[str]) -> None:
    empty: dict[str, list[str]] = {"phones": [], "names": [], "close_phones": [], "close_names": []}
    commands.save_own_details(actor=actor, **empty | details)


def call(cast: Cast, person: UUID, number: str = "020 5550 177") -> None:
    commands.add_contact(actor=cast.bruno, person_id=person, kind=ContactKind.PHONE, value=number)


def sees(actor: Actor, case: UUID) -> bool:
    about = policy.Subject(office=actor.office_id, cases=frozenset([case]))
    return policy.decide(actor, "cases:case:see", about).allowed


def test_a_number_that_is_added_bars_whoever_gave_it_at_once(cast: Cast, at_hand: CaseAtHand) -> None:
    give(cast.chandra, close_phones=[NUMBER])
    assert sees(cast.chandra, at_hand.id)
    call(cast, at_hand.suspect)
    assert not sees(cast.chandra, at_hand.id)
    assert sees(cast.bruno, at_hand.id)
    (waiting,) = staff.conflicts_waiting(cast.jalil)
    assert (waiting.kind, waiting.is_barred) == (ConflictKind.PHONE, True)
    assert staff.conflicts_waiting(cast.bruno) == []


def test_a_number_that_a_colleague_gives_later_bars_as_well(cast: Cast, at_hand: CaseAtHand) -> None:
    call(cast, at_hand.suspect)
    give(cast.chandra, phones=[NUMBER])
    assert not sees(cast.chandra, at_hand.id)
    with pytest.raises(Barred):
        cases.add_to_team(
            actor=cast.jalil, case_id=at_hand.id, account_id=cast.accounts["chandra"], role=Role.INVESTIGATOR
        )


def test_a_name_asks_and_bars_nobody(cast: Cast, at_hand: CaseAtHand) -> None:
    give(cast.chandra, close_names=["muster, VIKTOR"])
    assert sees(cast.chandra, at_hand.id)
    (waiting,) = staff.conflicts_waiting(cast.jalil)
    assert (waiting.kind, waiting.is_barred) == (ConflictKind.NAME, False)


def test_part_of_a_name_asks_nothing(cast: Cast, at_hand: CaseAtHand) -> None:
    give(cast.chandra, close_names=["Muster", "Viktor B. Muster"])
    assert not Conflict.objects.exists()


def test_a_name_asks_only_of_whom_the_colleague_comes_near(cast: Cast) -> None:
    at_hand = cast.case(team=("bruno",))
    give(cast.dalia, close_names=["Viktor Muster"])
    assert not Conflict.objects.exists()
    cases.add_to_team(actor=cast.jalil, case_id=at_hand.id, account_id=cast.accounts["dalia"], role=Role.CASEWORKER)
    assert Conflict.objects.get().kind == ConflictKind.NAME


def test_a_person_who_joins_a_case_or_gets_another_name_is_compared_with_its_team(
    cast: Cast, at_hand: CaseAtHand
) -> None:
    give(cast.dalia, close_names=["Omar Sample"])
    omar = cast.person(PersonKind.SUSPECT, "Omar Sample")
    assert not Conflict.objects.exists()
    cases.add_party(actor=cast.jalil, case_id=at_hand.id, person_id=omar, role=PartyRole.SUSPECT)
    commands.add_name(actor=cast.bruno, person_id=at_hand.suspect, full="Omar Sample", kind="alias")  # type: ignore[arg-type]
    assert Conflict.objects.count() == 2


def test_comparing_costs_the_same_with_more_people_and_more_colleagues(cast: Cast, at_hand: CaseAtHand) -> None:
    def asked(run: Callable[[], object]) -> int:
        run()
        with CaptureQueriesContext(connection) as seen:
            run()
        return len(seen)

    def given() -> int:
        return asked(lambda: give(cast.dalia, names=["Omar Sample"], phones=[NUMBER]))

    def named() -> int:
        return asked(lambda: commands.check_person(cast.jalil, at_hand.survivor))

    def more(count: int) -> None:
        for _one in range(count):
            # Of the case and nearly alike, so that the words are opened; and quite alike, but of no case of hers.
            near = cast.person(PersonKind.SUSPECT, "Omar B. Sample")
            cases.add_party(actor=cast.jalil, case_id=at_hand.id, person_id=near, role=PartyRole.SUSPECT)
            cast.person(PersonKind.SUSPECT, "Omar Sample")

    more(1)
    first = given()
    more(3)
    assert given() == first
    give(cast.esther, names=["Nadia Sample"])
    alone = named()
    for name in ("noor", "pedro", "oksana"):
        give(cast.actor(name), names=["Nadia Sample"])
    assert named() == alone
    assert not Conflict.objects.exists()


def test_whoever_begins_to_supervise_an_office_is_compared_with_its_people(cast: Cast, at_hand: CaseAtHand) -> None:
    give(cast.esther, names=["Viktor Muster"])
    given = access.give_role(
        actor=cast.hugo, account_id=cast.accounts["esther"], role=Role.SUPERVISOR, office_id=cast.office
    )
    assert not Conflict.objects.exists()
    access.confirm_role(actor=cast.kofi, role_id=given)
    row = Conflict.objects.get()
    assert (row.account_id, row.person_id, row.kind) == (cast.accounts["esther"], at_hand.suspect, ConflictKind.NAME)
    give(cast.noor, names=["Nadia Sample"])
    access.give_role(actor=SYSTEM_ACTOR, account_id=cast.accounts["noor"], role=Role.SUPERVISOR, office_id=cast.office)
    assert Conflict.objects.filter(account_id=cast.accounts["noor"], person_id=at_hand.survivor).exists()


def test_officials_are_not_compared(cast: Cast, at_hand: CaseAtHand) -> None:
    give(cast.femi, phones=[NUMBER])
    number = NewContact(ContactKind.PHONE, NUMBER)
    official = cast.person(PersonKind.OFFICIAL, "Femi Ejemplo", contacts=[number])
    cases.add_party(actor=cast.jalil, case_id=at_hand.id, person_id=official, role=PartyRole.OFFICIAL)
    assert not Conflict.objects.exists()


def test_no_conflict_lifts_the_bar_and_nobody_is_asked_again(cast: Cast, at_hand: CaseAtHand) -> None:
    give(cast.chandra, phones=[NUMBER])
    call(cast, at_hand.suspect)
    row = Conflict.objects.get()
    access.decide_conflict(actor=cast.jalil, conflict_id=row.id, is_conflict=False, answer="A shop that many use.")
    assert sees(cast.chandra, at_hand.id)
    give(cast.chandra, phones=[])
    give(cast.chandra, phones=[NUMBER])
    assert Conflict.objects.count() == 1
    with pytest.raises(ConflictDecided):
        access.decide_conflict(actor=cast.jalil, conflict_id=row.id, is_conflict=True, answer="Again.")


def test_a_conflict_by_name_is_barred_when_a_supervisor_finds_it(cast: Cast, at_hand: CaseAtHand) -> None:
    give(cast.chandra, names=["Viktor Muster"])
    row = Conflict.objects.get()
    access.decide_conflict(actor=cast.jalil, conflict_id=row.id, is_conflict=True, answer="He is her brother.")
    assert not sees(cast.chandra, at_hand.id)
    assert [bar.reason for bar in staff.bars_of_case(cast.jalil, at_hand.id)] == ["He is her brother."]


def test_lifting_the_bar_answers_what_was_asked(cast: Cast, at_hand: CaseAtHand) -> None:
    give(cast.chandra, phones=[NUMBER])
    call(cast, at_hand.suspect)
    access.lift_bar(actor=cast.jalil, bar_id=Bar.objects.get().id, reason="Her office's number.")
    assert Conflict.objects.get().state == ConflictState.NONE


def test_nobody_is_told_of_or_decides_about_herself(cast: Cast, at_hand: CaseAtHand) -> None:
    give(cast.jalil, names=["Viktor Muster"])
    row = Conflict.objects.get()
    assert staff.conflicts_waiting(cast.jalil) == []
    assert [view.id for view in staff.conflicts_waiting(cast.lina)] == [row.id]
    with pytest.raises(NotFound):
        access.decide_conflict(actor=cast.jalil, conflict_id=row.id, is_conflict=False, answer="It is not me.")
    told = set(Notice.objects.filter(kind="conflict_asked").values_list("account_id", flat=True))
    assert told == {cast.accounts["lina"]}
    said = "Somebody who works here may know somebody in a case"
    ledger = reverse("staff:ledger")
    assert said in cast.client("lina").get(ledger).content.decode()
    assert said not in cast.client("jalil").get(ledger).content.decode()


def test_who_says_that_she_knows_somebody_sees_every_case_of_theirs_no_more(cast: Cast, at_hand: CaseAtHand) -> None:
    other = cast.case(team=("dalia",))
    cases.add_party(actor=cast.jalil, case_id=other.id, person_id=at_hand.suspect, role=PartyRole.SUSPECT)
    cases.declare_conflict(actor=cast.dalia, case_id=at_hand.id, person_id=at_hand.suspect, reason="My cousin.")
    assert not sees(cast.dalia, at_hand.id)
    assert not sees(cast.dalia, other.id)
    with pytest.raises(NotFound):
        cases.declare_conflict(actor=cast.dalia, case_id=other.id, person_id=None, reason="Again.")
    assert len(case_queries.conflicts_waiting(cast.jalil)) == 1


def test_details_go_with_the_account_and_tokens_with_the_person(cast: Cast, at_hand: CaseAtHand) -> None:
    give(cast.esther, phones=[NUMBER], names=["Esther Example"])
    person = cast.person(PersonKind.WITNESS, "Walid Sample")
    commands.add_contact(actor=cast.jalil, person_id=person, kind=ContactKind.PHONE, value=NUMBER)
    assert Conflict.objects.get().token is not None
    erasing.erase_person(actor=cast.lina, person_id=person)
    row = Conflict.objects.get()
    assert (row.token, row.state) == (None, ConflictState.BARRED)
    access.disable(actor=cast.hugo, account_id=cast.accounts["esther"])
    assert not OwnDetail.objects.exists()


def test_a_number_that_is_none_is_refused_at_its_question(cast: Cast) -> None:
    with pytest.raises(PhoneMistyped) as caught:
        give(cast.dalia, close_phones=["my aunt"])
    assert caught.value.field == "close_phones"


def test_the_pages_say_what_was_found_to_who_decides_and_nothing_to_whom_it_is_about(
    cast: Cast, at_hand: CaseAtHand
) -> None:
    dalia, jalil = cast.client("dalia"), cast.client("jalil")
    address = reverse("people:own_details")
    assert "سلمى مثال" in dalia.get(address).content.decode()
    sent = {"phones": "my aunt\n020 5550 199", "names": "", "close_phones": "", "close_names": ""}
    wrong = dalia.post(address, sent)
    assert wrong.status_code == 422
    assert "my aunt" in wrong.content.decode()
    assert dalia.post(address, sent | {"phones": NUMBER}).status_code == 302
    assert NUMBER in dalia.get(address).content.decode()
    call(cast, at_hand.suspect)
    gone = [reverse("desk:case", args=[at_hand.id]), reverse("people:person", args=[at_hand.suspect])]
    assert [dalia.get(one).status_code for one in gone] == [404, 404]
    today = jalil.get("/").content.decode()
    decide = reverse("cases:conflict", args=[Conflict.objects.get().id])
    assert decide in today
    page = jalil.get(decide).content.decode()
    assert "The same telephone number" in page
    assert "5550" not in page
    assert dalia.get(decide).status_code == 404
    done = jalil.post(decide, {"is_conflict": "no", "answer": "The number of the shelter."})
    assert done.status_code == 302
    assert dalia.get(gone[0]).status_code == 200
    assert decide not in jalil.get("/").content.decode()
    later = jalil.get(decide).content.decode()
    assert "No conflict: the colleague may work on it" in later
    assert "The number of the shelter." in later
    assert "Barred until you decide" not in later
    again = jalil.post(decide, {"is_conflict": "yes", "answer": "Her own."})
    assert again.status_code == 409
    assert "Somebody has decided this already." in again.content.decode()
    for decided in (later, again.content.decode()):
        assert 'name="is_conflict"' not in decided
    step = reverse("cases:declare", args=[at_hand.id])
    assert dalia.post(step, {"whom": str(at_hand.suspect), "reason": "My neighbour."}).status_code == 302
    assert dalia.get(step).status_code == 404
    assert dalia.get(reverse("people:declare", args=[at_hand.suspect])).status_code == 404
