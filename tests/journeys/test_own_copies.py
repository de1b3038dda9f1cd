"""A survivor's own copy holds what is hers as far as its maker sees it, and nothing of anybody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from amparo.aftercare import commands as care
from amparo.aftercare.words import Domain
from amparo.cases import commands as cases
from amparo.cases import queries
from amparo.cases.errors import NothingOfHers, NotSafeOnPaper, PartNotYours
from amparo.cases.models import OwnCopy
from amparo.cases.rules import Question
from amparo.cases.words import BasisKind, CopyPart, CopyWay
from amparo.journeys import own_copies
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import NotFound, Refused
from amparo.people import commands as people
from amparo.people.words import ContactKind
from tests.forensics import story

if TYPE_CHECKING:
    from uuid import UUID

    from amparo.access.actors import Actor
    from tests.cast import CaseAtHand, Cast


@pytest.fixture
def at_hand(cast: Cast) -> CaseAtHand:
    case = cast.case(team=("bruno", "chandra", "dalia", "esther"))
    people.add_contact(
        actor=cast.dalia, person_id=case.survivor, kind=ContactKind.PHONE, value="012 345 678", code_word="canary-word",
        rules="canary-rule",
    )  # fmt: skip
    people.change_person(actor=cast.dalia, person_id=case.survivor, name="Nadia Sample", looks="canary-looks")
    soon = clock.today() + timedelta(days=3)
    said = "We call before court"
    cases.make_promise(actor=cast.dalia, case_id=case.id, person_id=case.survivor, text=said, due_on=soon)
    cases.record_basis(
        actor=cast.dalia, case_id=case.id, person_id=case.survivor, kind=BasisKind.CONSENT, purpose="shelter",
        classes=["identity"], recipient="canary-shelter",
    )  # fmt: skip
    cases.record_basis(
        actor=cast.dalia, case_id=case.id, person_id=case.survivor, kind=BasisKind.CONSENT, purpose="services"
    )
    cases.record_incident(
        actor=cast.bruno,
        case_id=case.id,
        person_id=case.survivor,
        began=PartialDate(2026, 2, 1),
        answers={Question.GENDER_BASED: True, Question.PENETRATION: False, Question.UNWANTED_CONTACT: True},
        place="Example Street",
        summary="In one sentence",
        narrative="In her own words",
    )
    return case


def said_in(actor: Actor, case: CaseAtHand, *parts: CopyPart) -> str:
    head = queries.case_head(actor, case.id)
    return str(own_copies.values(actor, head, case.survivor, parts))


def test_it_says_what_is_hers_and_neither_code_word_nor_looks_nor_anybody_else(cast: Cast, at_hand: CaseAtHand) -> None:
    everything = own_copies.parts_offered(cast.dalia, queries.case_head(cast.dalia, at_hand.id))
    said = said_in(cast.dalia, at_hand, *everything)
    for hers in ("Nadia Sample", "012 345 678", "We call before court", "In one sentence", "Shelter"):
        assert hers in said
    for others in ("canary", "Viktor", "In her own words", "Bruno", "help to her"):
        assert others not in said


def test_each_gives_only_what_she_sees_herself(cast: Cast, at_hand: CaseAtHand) -> None:
    def offered(name: str) -> set[CopyPart]:
        return set(own_copies.parts_offered(cast.actor(name), queries.case_head(cast.actor(name), at_hand.id)))

    assert offered("dalia") == set(CopyPart) - {CopyPart.EXAMINATION}
    assert offered("chandra") == {CopyPart.WORDS, CopyPart.DATES, CopyPart.READERS}
    assert "In her own words" in said_in(cast.chandra, at_hand, CopyPart.WORDS)
    with pytest.raises(PartNotYours):
        own_copies.own_copy(cast.chandra, at_hand.id, at_hand.survivor, [CopyPart.IDENTITY], "en")
    with pytest.raises(Refused):
        own_copies.own_copy(cast.bruno, at_hand.id, at_hand.survivor, [CopyPart.WORDS], "en")
    with pytest.raises(NotFound):
        own_copies.own_copy(cast.dalia, at_hand.id, at_hand.suspect, [CopyPart.IDENTITY], "en")
    with pytest.raises(NothingOfHers):
        own_copies.own_copy(cast.dalia, at_hand.id, at_hand.survivor, [CopyPart.DATES], "en")


def test_the_report_of_her_examination_is_given_by_its_examiner_alone(cast: Cast) -> None:
    told = story.judged(cast)
    head = queries.case_head(cast.esther, told.case.id)
    assert CopyPart.EXAMINATION in own_copies.parts_offered(cast.esther, head)
    assert CopyPart.EXAMINATION not in own_copies.parts_offered(cast.dalia, head)
    paper = own_copies.own_copy(cast.esther, told.case.id, told.case.survivor, [CopyPart.EXAMINATION], "en")
    assert paper.startswith(b"%PDF")


def test_her_plan_is_in_it_once_she_agreed(cast: Cast, at_hand: CaseAtHand) -> None:
    client = care.enrol(actor=cast.dalia, case_id=at_hand.id, person_id=at_hand.survivor)
    plan = care.draft_care_plan(actor=cast.dalia, client_id=client, matters="To sleep at night")
    care.set_goal(actor=cast.dalia, plan_id=plan, domain=next(iter(Domain)), words="A room of my own")
    with pytest.raises(NothingOfHers):
        said_in(cast.dalia, at_hand, CopyPart.PLAN)
    care.agree_care_plan(actor=cast.dalia, plan_id=plan, review_on=clock.today() + timedelta(days=30))
    said = said_in(cast.dalia, at_hand, CopyPart.PLAN)
    assert "To sleep at night" in said
    assert "A room of my own" in said


def record(cast: Cast, case: CaseAtHand, **instead: Any) -> UUID:
    given: dict[str, Any] = {
        "person_id": case.survivor, "parts": [CopyPart.IDENTITY], "language": "en", "way": CopyWay.HANDED,
        "is_safe": True, "sha256": "0" * 64, "remark": "She keeps it with her aunt",
    }  # fmt: skip
    return cases.record_own_copy(actor=cast.dalia, case_id=case.id, **given | instead)


def test_no_paper_goes_out_before_its_danger_was_talked_about(cast: Cast, at_hand: CaseAtHand) -> None:
    with pytest.raises(NotSafeOnPaper):
        record(cast, at_hand, is_safe=False)
    record(cast, at_hand, is_safe=False, way=CopyWay.READ)
    record(cast, at_hand)
    made = queries.own_copies(cast.dalia, at_hand.id)
    assert {one.way for one in made} == {CopyWay.READ, CopyWay.HANDED}
    assert {one.remark for one in queries.own_copies(cast.chandra, at_hand.id)} == {""}
    assert queries.own_copies(cast.bruno, at_hand.id) == []


def test_the_page_hands_the_paper_out_once_and_the_case_lists_it(cast: Cast, at_hand: CaseAtHand) -> None:
    dalia = cast.client("dalia")
    address = reverse("journeys:own_copy", args=[at_hand.id])
    assert "A paper can be found by whoever harmed her" in dalia.get(address).content.decode()
    form = {
        "person_id": str(at_hand.survivor), "parts": ["identity", "readers"], "language": "ar", "way": "handed",
        "remark": "With her aunt",
    }  # fmt: skip
    unsafe = dalia.post(address, form)
    assert unsafe.status_code == 422
    assert "With her aunt" in unsafe.content.decode()
    assert not OwnCopy.objects.exists()
    paper = dalia.post(address, form | {"is_safe": "on"})
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.headers["Cache-Control"] == "no-store"
    assert "Nadia" not in paper.headers["Content-Disposition"]
    assert paper.content.startswith(b"%PDF")
    shown = dalia.get(reverse("desk:case", args=[at_hand.id])).content.decode()
    assert "Into her own hand" in shown
    assert "With her aunt" in shown
    assert cast.client("bruno").get(address).status_code == 403
