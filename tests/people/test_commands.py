"""People are found by what they are called and reached, and by nobody who may not know of them."""

from __future__ import annotations

import pytest

from amparo.access import commands as access
from amparo.access import readings
from amparo.cases import commands as cases
from amparo.journeys import erasing
from amparo.kernel.dates import DateInFuture, PartialDate
from amparo.kernel.errors import Changed, NotFound, Refused
from amparo.kernel.phones import PhoneMistyped
from amparo.kernel.text import TextRefused, TextTooLong
from amparo.kernel.words import Compartment
from amparo.people import commands, queries
from amparo.people.errors import AlreadyEnded, NameNeeded
from amparo.people.models import Contact, LookupToken, Person, PersonName
from amparo.people.rules import NewContact, NewName
from amparo.people.words import AddressKind, ContactKind, NameKind, NamesReason, PersonKind
from tests.cast import Cast

NAMES = (
    ("Zoë O'Sample-Muster", "muster"),
    ("سلمى بنت مثال", "مثال"),
    ("आशा नमूना", "नमूना"),
    ("ស្រី គំរូ", "គំរូ"),
)


@pytest.mark.parametrize(("name", "part"), NAMES)
def test_a_name_is_kept_exactly_and_found_by_any_part(cast: Cast, name: str, part: str) -> None:
    key = cast.person(name=name)
    assert queries.names(cast.jalil, [key]) == {key: name}
    assert [hit.id for hit in queries.find_by_name(cast.jalil, part)] == [key]
    assert [hit.id for hit in queries.find_by_name(cast.jalil, name)] == [key]
    assert queries.find_by_name(cast.jalil, f"{part} somebody") == []


def test_invisible_direction_marks_stay_in_a_name_and_do_not_hide_it(cast: Cast) -> None:
    name = "Na\u202edia\u202c Sample"
    key = cast.person(name=name)
    assert queries.names(cast.jalil, [key]) == {key: name}
    assert [hit.id for hit in queries.find_by_name(cast.jalil, "nadia sample")] == [key]


def test_a_name_with_nul_is_refused(cast: Cast) -> None:
    with pytest.raises(TextRefused):
        cast.person(name="Na\x00dia")
    assert not Person.objects.exists()


def test_a_name_that_is_too_long_is_refused(cast: Cast) -> None:
    with pytest.raises(TextTooLong):
        cast.person(name="a" * 301)


def test_a_birth_in_the_future_is_refused(cast: Cast) -> None:
    with pytest.raises(DateInFuture):
        cast.person(birth=PartialDate(2190))


def test_no_name_and_no_number_is_readable_in_the_tables(cast: Cast) -> None:
    contact = NewContact(kind=ContactKind.PHONE, value="012 345 678", is_safe=True)
    key = cast.person(name="Nadia Sample", contacts=[contact])
    row = Person.objects.get(pk=key)
    kept = Contact.objects.get(person_id=key)
    assert b"Nadia" not in bytes(row.name or b"")
    assert b"345" not in bytes(kept.value or b"")


@pytest.mark.parametrize("written", ["012 345 678", "٠١٢ ٣٤٥ ٦٧٨", "+999 12 345 678", "០១២៣៤៥៦៧៨"])
def test_a_number_in_other_digits_finds_the_same_person(cast: Cast, written: str) -> None:
    key = cast.person(contacts=[NewContact(kind=ContactKind.PHONE, value="012 345 678")])
    assert [hit.id for hit in queries.find_by_phone(cast.jalil, written)] == [key]


def test_a_half_number_is_refused_at_its_field(cast: Cast) -> None:
    key = cast.person()
    with pytest.raises(PhoneMistyped) as refused:
        commands.add_contact(actor=cast.jalil, person_id=key, kind=ContactKind.PHONE, value="12")
    assert refused.value.field == "value"


def test_a_withdrawn_name_stays_and_finds_nobody(cast: Cast) -> None:
    key = cast.person(names=[NewName("Rana Fiction", NameKind.ALIAS)])
    row = PersonName.objects.get(person_id=key)
    assert [hit.id for hit in queries.find_by_name(cast.jalil, "rana")] == [key]
    commands.withdraw_name(actor=cast.jalil, name_id=row.id)
    assert queries.find_by_name(cast.jalil, "rana") == []
    assert PersonName.objects.get(pk=row.id).name is not None
    with pytest.raises(AlreadyEnded):
        commands.withdraw_name(actor=cast.jalil, name_id=row.id)


def test_the_last_name_can_not_be_withdrawn(cast: Cast) -> None:
    key = cast.person(name="", names=[NewName("Rana Fiction", NameKind.ALIAS)])
    with pytest.raises(NameNeeded):
        commands.withdraw_name(actor=cast.jalil, name_id=PersonName.objects.get(person_id=key).id)


def test_a_changed_name_finds_her_and_the_old_one_does_not(cast: Cast) -> None:
    key = cast.person(name="Nadia Sample")
    commands.change_person(actor=cast.jalil, person_id=key, expected=1, name="Nour Sample")
    assert queries.find_by_name(cast.jalil, "nadia") == []
    assert [hit.id for hit in queries.find_by_name(cast.jalil, "nour")] == [key]
    with pytest.raises(Changed):
        commands.change_person(actor=cast.jalil, person_id=key, expected=1, name="Nina Sample")


def test_an_ended_contact_is_not_offered_and_does_not_find_her(cast: Cast) -> None:
    key = cast.person(contacts=[NewContact(kind=ContactKind.PHONE, value="012 345 678", is_safe=True)])
    assert queries.labels(cast.jalil, [key])[key].safe != ""
    commands.end_contact(actor=cast.jalil, contact_id=Contact.objects.get(person_id=key).id)
    assert queries.find_by_phone(cast.jalil, "012345678") == []
    assert queries.labels(cast.jalil, [key])[key].safe == ""


# ---- who sees what ---------------------------------------------------------------------------------------


def test_codes_stand_for_names_outside_the_identity(cast: Cast) -> None:
    case = cast.case()
    for name, first, whole in (
        ("dalia", "Nadia", "Nadia Sample"),
        ("bruno", "Nadia", ""),
        ("kofi", "", ""),
    ):
        label = queries.labels(cast.actor(name), [case.survivor])[case.survivor]
        assert label.code.startswith("SV-")
        assert label.first_name == first
        assert label.name == ""
        assert queries.names(cast.actor(name), [case.survivor]).get(case.survivor, "") == whole
    assert queries.labels(cast.femi, [case.survivor]) == {}


def test_a_surname_finds_nobody_for_who_sees_the_first_name_only(cast: Cast) -> None:
    case = cast.case()
    assert [hit.id for hit in queries.find_by_name(cast.bruno, "nadia")] == [case.survivor]
    assert queries.find_by_name(cast.bruno, "sample") == []
    assert [hit.id for hit in queries.find_by_name(cast.dalia, "sample")] == [case.survivor]


def test_nobody_is_found_by_who_is_barred_from_her(cast: Cast) -> None:
    case = cast.case()
    code = queries.head(case.survivor).code
    assert queries.find_by_code(cast.dalia, code) is not None
    access.set_bar(
        actor=cast.jalil,
        account_id=cast.accounts["dalia"],
        office_id=cast.office,
        person_id=case.survivor,
        reason="A relative.",
    )
    assert queries.find_by_code(cast.dalia, code) is None
    assert queries.find_by_name(cast.dalia, "nadia") == []
    assert queries.labels(cast.dalia, [case.survivor]) == {}
    with pytest.raises(NotFound):
        queries.person_page(cast.dalia, case.survivor)


def test_another_office_and_who_is_not_on_the_team_find_nobody(cast: Cast) -> None:
    case = cast.case(team=("bruno",))
    for name in ("stranger", "dalia", "iris", "grace"):
        assert queries.find_by_name(cast.actor(name), "nadia") == []
        assert queries.find_by_code(cast.actor(name), queries.head(case.survivor).code) is None


def test_names_are_opened_with_a_reason_by_who_sees_them_fully_only(cast: Cast) -> None:
    case = cast.case()
    commands.open_names(actor=cast.jalil, person_ids=[case.survivor], reason=NamesReason.COURT)
    with pytest.raises(Refused):
        commands.open_names(actor=cast.bruno, person_ids=[case.survivor], reason=NamesReason.COURT)


def test_intake_sees_a_person_until_she_is_handed_over(cast: Cast) -> None:
    contact = NewContact(kind=ContactKind.PHONE, value="012 345 678", is_safe=True)
    key = cast.person(contacts=[contact], names=[NewName("Rana Fiction")], held=True)
    assert queries.names(cast.amina, [key]) == {key: "Nadia Sample"}
    commands.hand_over_identity(actor=cast.amina, person_ids=[key])
    assert queries.names(cast.amina, [key]) == {}
    assert queries.find_by_phone(cast.amina, "012345678") == []
    assert Contact.objects.get(person_id=key).handed_at is not None
    assert PersonName.objects.get(person_id=key).handed_at is not None
    with pytest.raises(NotFound):
        queries.person_page(cast.amina, key)


def test_only_who_cares_for_her_writes_her_address(cast: Cast) -> None:
    case = cast.case()
    words = {"kind": AddressKind.SHELTER, "address": "7 Invented Lane", "district": "Lakeside"}
    commands.set_address(actor=cast.dalia, person_id=case.survivor, **words)
    with pytest.raises(Refused):
        commands.set_address(actor=cast.bruno, person_id=case.survivor, **words)
    page = queries.person_page(cast.jalil, case.survivor, with_address=True)
    shown = str([fact.value for section in page.sections for fact in section.facts])
    assert "Lakeside" in shown
    assert "Invented" not in shown


# ---- duplicates and forgetting ----------------------------------------------------------------------------


def test_duplicates_are_only_counted_and_behind_every_wall(cast: Cast) -> None:
    key = cast.person(name="Nadia Sample", contacts=[NewContact(kind=ContactKind.PHONE, value="012 345 678")])
    count = queries.exact_duplicates(cast.amina, ["sample NADIA"], [], calling_code="999")
    assert count == queries.exact_duplicates(cast.amina, [], ["٠١٢٣٤٥٦٧٨"], calling_code="999") == 1
    assert queries.exact_duplicates(cast.amina, ["Nadia"], ["99"], calling_code="999") == 0
    assert queries.duplicates_seen(cast.stranger, ["Nadia Sample"], [], calling_code="999") == []
    seen = queries.duplicates_seen(cast.jalil, ["Nadia Sample"], [], calling_code="999")
    assert [hit.id for hit in seen] == [key]


def test_a_forgotten_person_is_found_by_nothing(cast: Cast) -> None:
    contact = NewContact(kind=ContactKind.PHONE, value="012 345 678")
    key = cast.person(contacts=[contact], names=[NewName("Rana Fiction")])

    erasing.erase_person(actor=cast.lina, person_id=key)
    assert not LookupToken.objects.filter(person_id=key).exists()
    assert queries.find_by_name(cast.jalil, "nadia") == []
    row = Person.objects.get(pk=key)
    assert row.name is None
    assert row.erased_at is not None


def test_minors_are_asked_for_at_the_event(cast: Cast) -> None:
    key = cast.person(birth=PartialDate(2010, 5))
    assert queries.is_minor_at(key, PartialDate(2026)) is True
    assert queries.is_minor_at(key, PartialDate(2028)) is None
    assert queries.is_minor_at(cast.person(name="Other Sample"), PartialDate(2026)) is None


def test_labels_cost_the_same_for_one_person_and_for_many(cast: Cast, django_assert_max_num_queries: object) -> None:
    case = cast.case()
    keys = [case.survivor, case.suspect]
    for number in range(6):
        person = cast.person(name=f"Sample {number} Example")
        cases.add_party(actor=cast.jalil, case_id=case.id, person_id=person, role="family")  # type: ignore[arg-type]
        keys.append(person)
    actor = cast.dalia
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert len(queries.labels(actor, keys)) == len(keys)


def test_a_line_that_says_a_first_name_is_recorded(cast: Cast) -> None:
    case, alone = cast.case(), cast.person(held=True)
    with readings.collecting() as opened:
        queries.labels(cast.bruno, [case.survivor])
        queries.labels(cast.amina, [alone])
    assert opened == {(case.id, Compartment.IDENTITY), (alone, Compartment.IDENTITY)}
    with readings.collecting() as opened:
        queries.labels(cast.grace, [case.survivor])
    assert opened == set()


def test_kinds_of_people_have_letters_of_their_own(cast: Cast) -> None:
    letters = {queries.head(cast.person(kind)).code.split("-")[0] for kind in PersonKind}
    assert len(letters) == len(PersonKind)
