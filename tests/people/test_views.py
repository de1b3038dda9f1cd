"""Pages of people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.urls import reverse

from amparo.access.models import Reading
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.ledger.models import Entry
from amparo.people import commands, queries
from amparo.people.models import Contact, Person, PersonName
from amparo.people.rules import NewContact, NewName
from amparo.people.words import AddressKind, ContactKind
from tests.cast import CaseAtHand, Cast

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def _one_step(settings: SettingsWrapper) -> None:
    settings.SECOND_STEP_REQUIRED = False


@pytest.fixture
def case(cast: Cast) -> CaseAtHand:
    made = cast.case()
    commands.add_contact(
        actor=cast.dalia,
        person_id=made.survivor,
        kind=ContactKind.PHONE,
        value="012 111 222",
        whose="her husband",
    )
    commands.add_contact(
        actor=cast.dalia,
        person_id=made.survivor,
        kind=ContactKind.PHONE,
        value="012 345 678",
        is_safe=True,
        hours="after 18:00",
    )
    commands.set_address(
        actor=cast.dalia,
        person_id=made.survivor,
        kind=AddressKind.SHELTER,
        address="7 Invented Lane",
        district="Lakeside",
    )
    return made


def page(cast: Cast, name: str, case: CaseAtHand) -> str:
    return cast.client(name).get(queries.url_of(case.survivor)).content.decode()


def test_the_safe_contact_stands_first(cast: Cast, case: CaseAtHand) -> None:
    shown = page(cast, "dalia", case)
    assert shown.index("012 345 678") < shown.index("012 111 222")
    assert "Do not call" in shown


def test_a_partial_sight_shows_the_first_name_and_the_safe_contact_only(cast: Cast, case: CaseAtHand) -> None:
    shown = page(cast, "bruno", case)
    assert "Nadia" in shown
    assert "Nadia Sample" not in shown
    assert "012 345 678" in shown
    assert "012 111 222" not in shown
    assert "Invented Lane" not in shown


def test_a_supervisor_reads_names_after_giving_a_reason(cast: Cast, case: CaseAtHand) -> None:
    assert "Nadia Sample" not in page(cast, "jalil", case)
    address = reverse("people:open_names", args=[case.survivor])
    client = cast.client("jalil")
    assert client.post(address, {}).status_code == 422
    assert "Nadia Sample" in client.post(address, {"reason": "court"}).content.decode()
    assert "Nadia Sample" not in client.get(queries.url_of(case.survivor)).content.decode()


def entries(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def guarded_person(cast: Cast) -> CaseAtHand:
    """A survivor with words in every field that identifies her."""
    made = cast.case()
    commands.change_person(
        actor=cast.dalia, person_id=made.survivor, name="Nadia Sample", birth=PartialDate(2009, 4, 17),
        identifiers="Paper 4711", looks="A scar",
    )  # fmt: skip
    commands.add_contact(
        actor=cast.dalia, person_id=made.survivor, kind=ContactKind.PHONE, value="012 345 678", is_safe=True
    )
    return made


def test_papers_birth_and_numbers_are_shown_with_the_names_and_not_before(cast: Cast) -> None:
    made = guarded_person(cast)
    before = page(cast, "jalil", made)
    reason = {"reason": "court"}
    after = cast.client("jalil").post(reverse("people:open_names", args=[made.survivor]), reason).content.decode()
    for words in ("Paper 4711", "2009", "A scar", "012 345 678"):
        assert words in after
    for words in ("Paper 4711", "2009", "A scar", "012 345 678", "Nadia Sample"):
        assert words not in before
    assert "Nadia" in before
    assert "Safe: " in before
    assert "Paper 4711" in page(cast, "dalia", made)


def test_no_form_shows_a_supervisor_names_before_a_reason_was_given(cast: Cast) -> None:
    made = guarded_person(cast)
    contact = Contact.objects.get(person_id=made.survivor)
    ask = reverse("people:open_names", args=[made.survivor])
    forms = {
        reverse("people:change", args=[made.survivor]): "Nadia Sample",
        reverse("people:change_contact", args=[made.survivor, contact.id]): "012 345 678",
    }
    client = cast.client("jalil")
    for form in forms:
        assert client.get(form).headers["Location"] == ask
        assert client.post(form, {"seen_version": "1"}).headers["Location"] == ask
    client.post(ask, {"reason": "court"})
    for form, words in forms.items():
        assert words in client.get(form).content.decode()


def test_a_reason_opens_the_forms_of_one_person_in_one_sign_in(cast: Cast) -> None:
    made, other = guarded_person(cast), cast.case()
    client = cast.client("jalil")
    client.post(reverse("people:open_names", args=[made.survivor]), {"reason": "court"})
    assert client.get(reverse("people:change", args=[other.survivor])).status_code == 302
    assert cast.client("jalil").get(reverse("people:change", args=[made.survivor])).status_code == 302


def test_who_opens_a_form_with_her_words_is_recorded(cast: Cast) -> None:
    made = guarded_person(cast)
    contact = Contact.objects.get(person_id=made.survivor)
    for view, keys in (("change", [made.survivor]), ("change_contact", [made.survivor, contact.id])):
        Reading.objects.all().delete()
        cast.client("dalia").get(reverse(f"people:{view}", args=keys))
        assert Reading.objects.filter(case_id=made.id, compartment=Compartment.IDENTITY).exists(), view


def test_names_shown_again_with_the_number_of_a_form_that_was_used_have_an_entry_of_their_own(cast: Cast) -> None:
    first, second = cast.case(), cast.case()
    client = cast.client("jalil")
    form = {"reason": "court", "form_id": str(UUID(int=7))}
    for number, person in enumerate((first.survivor, second.survivor, second.survivor), start=1):
        answer = client.post(reverse("people:open_names", args=[person]), form)
        assert "Nadia Sample" in answer.content.decode()
        assert entries("names.opened") == number
    assert set(Entry.objects.filter(verb="names.opened").values_list("subject_id", flat=True)) == {
        first.survivor, second.survivor,
    }  # fmt: skip


def test_who_reads_of_a_person_in_no_case_is_recorded(cast: Cast) -> None:
    key = cast.person(held=True)
    cast.client("amina").get(queries.url_of(key))
    assert Reading.objects.filter(case_id=key, compartment=Compartment.IDENTITY).count() == 1
    cast.client("amina").post(reverse("people:open_address", args=[key]))
    assert Reading.objects.filter(case_id=key, compartment=Compartment.ADDRESS).count() == 1


def test_each_press_that_shows_an_address_is_recorded(cast: Cast, case: CaseAtHand) -> None:
    client = cast.client("dalia")
    for number in (1, 2):
        client.post(reverse("people:open_address", args=[case.survivor]), {"form_id": str(UUID(int=7))})
        assert entries("address.opened") == number
    refused = cast.client("bruno").post(reverse("people:open_address", args=[case.survivor]))
    assert refused.status_code == 403
    assert entries("address.opened") == 2


def test_only_cases_that_surely_open_are_linked(cast: Cast, case: CaseAtHand) -> None:
    link = reverse("desk:case", args=[case.id])
    assert link in page(cast, "dalia", case)
    assert link not in page(cast, "jalil", case)


def test_the_address_is_not_on_the_page_until_it_is_asked_for(cast: Cast, case: CaseAtHand) -> None:
    assert "Invented Lane" not in page(cast, "dalia", case)
    client = cast.client("dalia")
    shown = client.post(reverse("people:open_address", args=[case.survivor])).content.decode()
    assert "Invented Lane" in shown
    assert (
        "Lakeside" in cast.client("jalil").post(reverse("people:open_address", args=[case.survivor])).content.decode()
    )


@pytest.mark.parametrize("name", ["iris", "stranger", "amina", "kofi", "hugo"])
def test_a_person_answers_like_a_missing_page_to_who_may_not_know_of_her(
    cast: Cast, case: CaseAtHand, name: str
) -> None:
    client = cast.client(name)
    for view in ("person", "change", "add_name", "add_contact", "open_names", "set_address"):
        assert client.get(reverse(f"people:{view}", args=[case.survivor])).status_code == 404, view


def test_each_name_carries_the_mark_of_its_script(cast: Cast, case: CaseAtHand) -> None:
    client = cast.client("dalia")
    form = {"full": "نادية مثال", "kind": "transliterated"}
    client.post(reverse("people:add_name", args=[case.survivor]), form)
    assert '<bdi lang="und-Arab">نادية مثال</bdi>' in page(cast, "dalia", case)


def test_details_are_changed_and_a_slower_hand_is_told(cast: Cast, case: CaseAtHand) -> None:
    client = cast.client("dalia")
    address = reverse("people:change", args=[case.survivor])
    version = Person.objects.get(pk=case.survivor).version
    form = {"name": "Nadia Sample", "languages": "Khmer, English", "age_low": "14", "age_high": "16"}
    assert client.post(address, form | {"seen_version": str(version)}).status_code == 302
    answer = client.post(address, form | {"seen_version": str(version), "needs": "An interpreter"})
    assert answer.status_code == 409
    assert "An interpreter" in answer.content.decode()


def test_a_contact_of_somebody_else_is_not_reached_through_her(cast: Cast, case: CaseAtHand) -> None:
    other = cast.person(contacts=[NewContact(kind="phone", value="012 777 888")])
    contact = Contact.objects.get(person_id=other)
    answer = cast.client("jalil").get(reverse("people:change_contact", args=[case.survivor, contact.id]))
    assert answer.status_code == 404


def test_contacts_are_changed_and_ended(cast: Cast, case: CaseAtHand) -> None:
    client = cast.client("dalia")
    contact = Contact.objects.get(person_id=case.survivor, is_safe=True)
    address = reverse("people:change_contact", args=[case.survivor, contact.id])
    assert 'value="012 345 678"' in client.get(address).content.decode()
    form = {"kind": "phone", "value": "012 345 679", "is_safe": "yes", "seen_version": "1"}
    assert client.post(address, form).status_code == 302
    assert "012 345 679" in page(cast, "dalia", case)
    client.post(reverse("people:end_contact", args=[case.survivor, contact.id]))
    assert "012 345 679" not in page(cast, "dalia", case)


def test_a_name_is_withdrawn_with_one_press(cast: Cast, case: CaseAtHand) -> None:
    key = cast.person(names=[NewName("Rana Fiction")])
    name = PersonName.objects.get(person_id=key)
    cast.client("jalil").post(reverse("people:withdraw_name", args=[key, name.id]))
    assert PersonName.objects.get(pk=name.id).withdrawn_at is not None


def test_a_person_is_added_by_who_takes_reports(cast: Cast) -> None:
    client = cast.client("amina")
    form = {"kind": "survivor", "name": "ស្រី គំរូ", "day": "", "birth_2": "2010"}
    answer = client.post(reverse("people:add"), form)
    assert answer.status_code == 302, answer.content.decode()
    assert "ស្រី គំរូ" in client.get(answer.headers["Location"]).content.decode()
    assert cast.client("bruno").get(reverse("people:add")).status_code == 403


def test_citizenships_a_disability_and_a_death_are_written_down_and_shown(cast: Cast, case: CaseAtHand) -> None:
    client = cast.client("dalia")
    address = reverse("people:change", args=[case.survivor])
    typed = {
        "seen_version": str(queries.head(case.survivor).version), "name": "Nadia Sample",
        "citizenships": "Lakeland, stateless",
        "disability": ["hearing", "walking"], "has_died": "on", "died_year": "2026", "birth_year": "2001",
    }  # fmt: skip
    wrong = client.post(address, typed | {"died_year": "1999"})
    assert wrong.status_code == 422
    assert "Lakeland, stateless" in wrong.content.decode()
    assert client.post(address, typed).status_code == 302
    shown = page(cast, "dalia", case)
    for said in ("Lakeland, stateless", "Hearing, also with a hearing aid", "This person has died", "Age at death"):
        assert said in shown
    partial = page(cast, "bruno", case)
    assert "This person has died" in partial
    assert "hearing aid" not in partial
    assert "Lakeland" not in partial
