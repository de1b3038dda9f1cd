"""Two records of one person are joined by two people, hold together, and can be parted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from amparo.access import commands as access
from amparo.access import queries as staff
from amparo.access.models import Tie
from amparo.cases import commands as cases
from amparo.cases.errors import TooYoungAlone
from amparo.cases.words import BasisKind, TrackKind
from amparo.journeys import erasing
from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import AppError, NotFound, Refused
from amparo.kernel.words import Compartment
from amparo.people import commands, queries, rules
from amparo.people.errors import (
    JoiningAsked,
    NotHandedOver,
    NothingToAnswer,
    OtherOffice,
    OtherSide,
    OwnJoining,
    PersonErased,
    RecordJoined,
    SameRecord,
)
from amparo.people.models import Joining, Person
from amparo.people.words import ContactKind, JoiningState, NameKind, PersonKind
from tests.cast import CaseAtHand, Cast

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

KEPT = rules.RecordFacts(uuid4(), uuid4(), PersonKind.SURVIVOR, Compartment.IDENTITY)
OTHER = replace(KEPT, id=uuid4(), kind=PersonKind.WITNESS)


@pytest.mark.parametrize(
    ("other", "error"),
    [
        (KEPT, SameRecord),
        (replace(OTHER, level=Compartment.SUSPECT), OtherSide),
        (replace(OTHER, kind=PersonKind.OFFICIAL), OtherSide),
        (replace(OTHER, office=uuid4()), OtherOffice),
        (replace(OTHER, is_handed=False), NotHandedOver),
        (replace(OTHER, is_joined=True), RecordJoined),
        (replace(OTHER, is_erased=True), PersonErased),
    ],
)
def test_only_records_that_the_same_people_read_can_be_joined(other: rules.RecordFacts, error: type[AppError]) -> None:
    rules.check_joinable(KEPT, OTHER)
    with pytest.raises(error):
        rules.check_joinable(KEPT, other)


@pytest.fixture(autouse=True)
def _one_step(settings: SettingsWrapper) -> None:
    settings.SECOND_STEP_REQUIRED = False


@pytest.fixture
def two(cast: Cast) -> tuple[CaseAtHand, CaseAtHand]:
    """The same person in two cases, under two names; Bruno is on the team of the first only."""
    one, other = cast.case(), cast.case(team=("dalia",))
    commands.add_name(actor=cast.dalia, person_id=other.survivor, full="Nadja Muster", kind=NameKind.ALIAS)
    commands.add_contact(
        actor=cast.dalia, person_id=other.survivor, kind=ContactKind.PHONE, value="012 345 678", is_safe=True
    )
    return one, other


def join(cast: Cast, two: tuple[CaseAtHand, CaseAtHand]) -> None:
    one, other = two
    keys = {"kept_id": one.survivor, "joined_id": other.survivor}
    commands.ask_to_join(actor=cast.dalia, reason="The same mark on the hand.", **keys)
    commands.join_persons(actor=cast.jalil, answer="She says so herself.", **keys)


def test_who_asked_does_not_decide_and_nobody_asks_twice(cast: Cast, two: tuple[CaseAtHand, CaseAtHand]) -> None:
    keys = {"kept_id": two[0].survivor, "joined_id": two[1].survivor}
    commands.ask_to_join(actor=cast.jalil, reason="The same mark.", **keys)
    with pytest.raises(JoiningAsked):
        commands.ask_to_join(actor=cast.dalia, reason="Again.", **keys)
    with pytest.raises(OwnJoining):
        commands.join_persons(actor=cast.jalil, answer="Yes.", **keys)
    with pytest.raises(Refused):
        commands.join_persons(actor=cast.dalia, answer="Yes.", **keys)
    assert not Person.objects.exclude(merged_into_id=None).exists()


def test_both_records_must_be_seen_by_who_asks(cast: Cast, two: tuple[CaseAtHand, CaseAtHand]) -> None:
    with pytest.raises((NotFound, Refused)):
        commands.ask_to_join(actor=cast.bruno, kept_id=two[0].suspect, joined_id=two[1].suspect, reason="Alike.")


def test_found_by_either_name_and_code_and_counted_once(cast: Cast, two: tuple[CaseAtHand, CaseAtHand]) -> None:
    kept, joined = two[0].survivor, two[1].survivor
    code = queries.head(joined).code
    join(cast, two)
    for typed in ("Nadja Muster", "Nadia Sample"):
        assert [hit.id for hit in queries.find_by_name(cast.dalia, typed)] == [kept]
    found = queries.find_by_code(cast.dalia, code)
    assert found is not None
    assert found.id == kept
    assert queries.counted_as([kept, joined]) == {joined: kept}
    assert queries.exact_duplicates(cast.jalil, ["Nadia Sample"], [], calling_code="1") == 1


def test_a_record_that_was_joined_to_a_joined_one_is_counted_with_the_last(cast: Cast) -> None:
    first, second, third = (cast.case() for _turn in range(3))
    join(cast, (second, first))
    join(cast, (third, second))
    assert queries.counted_as([first.survivor]) == {first.survivor: third.survivor}
    commands.part_persons(actor=cast.jalil, kept_id=third.survivor, joined_id=second.survivor, reason="A cousin.")
    assert queries.counted_as([first.survivor, second.survivor]) == {first.survivor: second.survivor}
    assert set(Tie.objects.filter(person_id=third.survivor).values_list("case_id", flat=True)) == {third.id}
    assert Tie.objects.filter(person_id=second.survivor).count() == 2


def test_each_team_sees_both_records_until_they_are_parted(cast: Cast, two: tuple[CaseAtHand, CaseAtHand]) -> None:
    joined = two[1].survivor
    with pytest.raises(NotFound):
        queries.person_page(cast.bruno, joined)
    join(cast, two)
    assert queries.leads_to(cast.bruno, joined) == two[0].survivor
    with pytest.raises(RecordJoined):
        commands.change_person(actor=cast.dalia, person_id=joined, name="Nadia")
    commands.part_persons(actor=cast.jalil, kept_id=two[0].survivor, joined_id=joined, reason="Two sisters.")
    with pytest.raises(NotFound):
        queries.person_page(cast.bruno, joined)
    assert queries.leads_to(cast.dalia, joined) == joined
    with pytest.raises(NothingToAnswer):
        commands.part_persons(actor=cast.jalil, kept_id=two[0].survivor, joined_id=joined, reason="Again.")


@pytest.mark.parametrize("against", ["kept", "joined", "case"])
def test_a_bar_against_either_holds_for_both(cast: Cast, two: tuple[CaseAtHand, CaseAtHand], against: str) -> None:
    one, other = two
    target = {
        "kept": {"person_id": one.survivor}, "joined": {"person_id": other.survivor}, "case": {"case_id": other.id},
    }[against]  # fmt: skip
    access.set_bar(
        actor=cast.lina, account_id=cast.accounts["bruno"], office_id=cast.office, reason="A brother.", **target
    )
    join(cast, two)
    for record in (one.survivor, other.survivor):
        with pytest.raises(NotFound):
            queries.person_page(cast.bruno, record)


def test_erasing_one_record_erases_both(cast: Cast, two: tuple[CaseAtHand, CaseAtHand]) -> None:
    join(cast, two)
    for at_hand in two:
        cases.change_track(actor=cast.jalil, case_id=at_hand.id, kind=TrackKind.ACCOUNTABILITY, state="not_pursued")
    erasing.erase_person(actor=cast.lina, person_id=two[1].survivor)
    for row in Person.objects.filter(pk__in=[one.survivor for one in two]):
        assert row.erased_at is not None
        assert row.name is None
    assert Joining.objects.get().reason is None


def test_the_way_from_two_records_to_one_on_pages(cast: Cast, two: tuple[CaseAtHand, CaseAtHand]) -> None:
    one, other = two
    dalia, jalil = cast.client("dalia"), cast.client("jalil")
    ask = reverse("people:same", args=[one.survivor])
    assert dalia.post(ask, {"code": "SV-NOBODY"}).status_code == 422
    compare = reverse("people:compare", args=[one.survivor, other.survivor])
    assert dalia.post(ask, {"code": queries.head(other.survivor).code}).headers["Location"] == compare
    shown = dalia.get(compare).content.decode()
    assert "Nadja Muster" in shown
    step = reverse("people:ask_to_join", args=[one.survivor, other.survivor])
    assert dalia.post(step, {"reason": "The same mark."}).status_code == 302
    assert compare in jalil.get("/").content.decode()
    assert "Nadja Muster" not in jalil.get(compare).content.decode()
    jalil.post(reverse("people:open_pair", args=[one.survivor, other.survivor]))
    assert "Nadja Muster" in jalil.get(compare).content.decode()
    step = reverse("people:answer_joining", args=[one.survivor, other.survivor])
    assert jalil.post(step, {"is_one": "yes", "answer": "She says so."}).status_code == 302
    page = dalia.get(queries.url_of(other.survivor))
    assert page.headers["Location"] == queries.url_of(one.survivor)
    shown = dalia.get(queries.url_of(one.survivor)).content.decode()
    assert "Nadja Muster" in shown
    assert "Safe: Telephone" in shown
    assert "do not call" not in shown
    assert queries.head(other.survivor).code in shown
    step = reverse("people:part", args=[one.survivor, other.survivor])
    assert jalil.post(step, {"reason": "Two sisters."}).status_code == 302
    assert dalia.get(queries.url_of(other.survivor)).status_code == 200


def test_the_birth_in_either_record_says_the_age_in_both(cast: Cast) -> None:
    one, other = cast.case(basis=False), cast.case(basis=False)
    commands.change_person(actor=cast.dalia, person_id=other.survivor, name="Nadia Sample", birth=PartialDate(2014, 5))
    day = PartialDate(2026, 3, 2)
    assert queries.age_at_event(one.survivor, day) is None
    join(cast, (one, other))
    for record in (one.survivor, other.survivor):
        assert queries.is_minor_at(record, day)
        assert queries.counted_bands({record: date(2026, 3, 2)})[record] == rules.Band(6, 11)
    with pytest.raises(TooYoungAlone):
        cases.record_basis(actor=cast.jalil, case_id=one.id, person_id=one.survivor, kind=BasisKind.CONSENT)


def test_what_either_record_knows_of_her_is_said_of_both(cast: Cast, two: tuple[CaseAtHand, CaseAtHand]) -> None:
    one, other = two
    hers = {"name": "Nadia Sample", "languages": ["ar"], "needs": "A ramp at the door.", "disability": ["walking"]}
    commands.change_person(actor=cast.dalia, person_id=other.survivor, **hers)
    assert queries.safe_ways(cast.dalia, one.survivor) == []
    join(cast, two)
    commands.add_contact(actor=cast.dalia, person_id=one.survivor, kind=ContactKind.PHONE, value="012 345 679")
    for record in (one.survivor, other.survivor):
        assert queries.labels(cast.bruno, [record])[record].safe.startswith("Safe: ")
        assert len(queries.safe_ways(cast.dalia, record)) == 1
        assert {name for name, _said in queries.particulars(record)} == {"languages", "disability"}
    commands.change_person(actor=cast.dalia, person_id=one.survivor, name="Nadia Sample", has_died=True)
    for record in (one.survivor, other.survivor):
        assert queries.safe_ways(cast.dalia, record) == ["Nobody is called: she or he has died."]
    called = cast.client("dalia").get(queries.url_of(one.survivor)).content.decode()
    assert "Nobody is called on these" in called
    assert ">Safe<" not in called
    commands.change_person(actor=cast.dalia, person_id=one.survivor, name="Nadia Sample")
    shown = cast.client("dalia").get(queries.url_of(one.survivor)).content.decode()
    assert f"From the record {queries.head(other.survivor).code}" in shown
    assert "A ramp at the door." in shown
    assert (
        "A ramp at the door."
        in cast.client("dalia").get(reverse("people:compare", args=[one.survivor, other.survivor])).content.decode()
    )


def test_who_died_by_one_record_is_called_by_neither(cast: Cast, two: tuple[CaseAtHand, CaseAtHand]) -> None:
    one, other = two
    commands.change_person(actor=cast.dalia, person_id=one.survivor, name="Nadia Sample", has_died=True)
    join(cast, two)
    for record in (one.survivor, other.survivor):
        assert queries.labels(cast.bruno, [record])[record].safe == "Has died"


@pytest.mark.parametrize("state", [JoiningState.ASKED, JoiningState.APART, JoiningState.PARTED])
def test_erasing_the_kept_record_takes_what_was_said_of_the_pair(
    cast: Cast, two: tuple[CaseAtHand, CaseAtHand], state: JoiningState
) -> None:
    keys = {"kept_id": two[0].survivor, "joined_id": two[1].survivor}
    commands.ask_to_join(actor=cast.dalia, reason="The same mark on the hand.", **keys)
    if state is JoiningState.APART:
        commands.keep_apart(actor=cast.jalil, answer="A scar and a mark.", **keys)
    if state is JoiningState.PARTED:
        commands.join_persons(actor=cast.jalil, answer="She says so herself.", **keys)
        commands.part_persons(actor=cast.jalil, reason="Two sisters.", **keys)
    cases.change_track(actor=cast.jalil, case_id=two[0].id, kind=TrackKind.ACCOUNTABILITY, state="not_pursued")
    erasing.erase_person(actor=cast.lina, person_id=two[0].survivor)
    row = Joining.objects.get()
    assert (row.reason, row.answer, row.parted_reason) == (None, None, None)
    assert row.state != JoiningState.ASKED
    with pytest.raises(NothingToAnswer):
        commands.keep_apart(actor=cast.jalil, answer="Too late.", **keys)


def test_parting_erased_records_keeps_no_words(cast: Cast, two: tuple[CaseAtHand, CaseAtHand]) -> None:
    join(cast, two)
    for at_hand in two:
        cases.change_track(actor=cast.jalil, case_id=at_hand.id, kind=TrackKind.ACCOUNTABILITY, state="not_pursued")
    erasing.erase_person(actor=cast.lina, person_id=two[0].survivor)
    commands.part_persons(actor=cast.jalil, kept_id=two[0].survivor, joined_id=two[1].survivor, reason="Two sisters.")
    row = Joining.objects.get()
    assert row.state == JoiningState.PARTED
    assert row.parted_reason is None


def test_comparing_in_the_other_order_leads_to_what_was_asked(cast: Cast, two: tuple[CaseAtHand, CaseAtHand]) -> None:
    one, other = two
    commands.ask_to_join(
        actor=cast.dalia, kept_id=one.survivor, joined_id=other.survivor, reason="The same mark on the hand."
    )
    jalil = cast.client("jalil")
    turned = reverse("people:compare", args=[other.survivor, one.survivor])
    decide = reverse("people:answer_joining", args=[one.survivor, other.survivor])
    shown = jalil.get(turned).content.decode()
    assert decide in shown
    assert "The same mark" not in shown
    jalil.post(reverse("people:open_pair", args=[one.survivor, other.survivor]))
    assert "The same mark" in jalil.get(turned).content.decode()


def test_who_is_barred_from_the_kept_record_is_not_told_its_code(
    cast: Cast, two: tuple[CaseAtHand, CaseAtHand]
) -> None:
    one, other = two
    commands.ask_to_join(actor=cast.dalia, kept_id=one.survivor, joined_id=other.survivor, reason="The same mark.")
    assert len(queries.joinings_waiting(cast.jalil)) == 1
    access.set_bar(
        actor=cast.lina, account_id=cast.accounts["jalil"], office_id=cast.office, reason="A brother.",
        person_id=one.survivor,
    )  # fmt: skip
    assert queries.joinings_waiting(cast.jalil) == []


def test_joining_a_record_closes_what_else_was_asked_about_it(cast: Cast) -> None:
    first, second, third = (cast.case().survivor for _turn in range(3))
    commands.ask_to_join(actor=cast.dalia, kept_id=second, joined_id=third, reason="The same mark.")
    commands.ask_to_join(actor=cast.dalia, kept_id=first, joined_id=second, reason="The same name.")
    commands.join_persons(actor=cast.jalil, kept_id=first, joined_id=second, answer="She says so.")
    assert not Joining.objects.filter(state=JoiningState.ASKED).exists()
    told = [one.kind for one in staff.unread_notices(cast.dalia) if one.kind.startswith("joining")]
    assert sorted(told) == ["joining_closed", "joining_done"]
    commands.ask_to_join(actor=cast.dalia, kept_id=first, joined_id=third, reason="The same mark.")
    row = Joining.objects.get(state=JoiningState.ASKED)
    again = {"level": row.level, "office_id": row.office_id, "asked_by": row.asked_by, "state": row.state}
    turned = Joining(kept_id=third, joined_id=first, **again)
    with pytest.raises(ValidationError, match="people_pair_asked_once"):
        turned.validate_constraints()
