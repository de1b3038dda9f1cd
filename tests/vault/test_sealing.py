"""Sealed words: under the right key and place they open, and nothing else ever does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from amparo.cases.models import Note
from amparo.kernel import ids
from amparo.kernel.words import Compartment
from amparo.people.models import Person
from amparo.vault import cipher, keyring, keys, sealing, tokens
from amparo.vault.errors import FieldAltered, Locked, TooLong
from amparo.vault.models import DataKey, OfficeKey

if TYPE_CHECKING:
    from tests.cast import Cast

KEY, OTHER = b"k" * 32, b"o" * 32


def _opened(key: bytes, stored: bytes, *, tag: str = "a.b.c", row: int = 1) -> bytes:
    from uuid import UUID

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return cipher.open_field(AESGCM(key), tag=tag, row=UUID(int=row), stored=stored)


def _sealed(plain: bytes, *, key_number: int = 7, counter: int = 1) -> bytes:
    from uuid import UUID

    return cipher.seal_field(KEY, key_number=key_number, counter=counter, tag="a.b.c", row=UUID(int=1), plain=plain)


@given(st.binary(max_size=300))
def test_a_sealed_field_opens_to_what_was_sealed(plain: bytes) -> None:
    assert _opened(KEY, _sealed(plain)) == plain


@given(st.binary(min_size=1, max_size=60), st.data())
def test_any_changed_byte_is_refused(plain: bytes, data: st.DataObject) -> None:
    stored = bytearray(_sealed(plain))
    at = data.draw(st.integers(0, len(stored) - 1))
    stored[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(cipher.NotAuthentic):
        _read(bytes(stored))


def _read(stored: bytes) -> bytes:
    cipher.header_of(stored)
    return _opened(KEY, stored)


@pytest.mark.parametrize("moved", [{"tag": "a.b.d"}, {"row": 2}])
def test_a_value_moved_to_another_column_or_row_is_refused(moved: dict[str, object]) -> None:
    with pytest.raises(cipher.NotAuthentic):
        _opened(KEY, _sealed(b"words"), **moved)  # type: ignore[arg-type]


def test_another_key_is_refused() -> None:
    with pytest.raises(cipher.NotAuthentic):
        _opened(OTHER, _sealed(b"words"))


def test_the_same_words_never_look_the_same_twice() -> None:
    assert len({_sealed(b"words") for _ in range(1000)}) == 1000


def test_a_version_that_we_do_not_know_is_refused() -> None:
    stored = _sealed(b"words")
    with pytest.raises(cipher.NotAuthentic):
        cipher.header_of(bytes([9]) + stored[1:])


def test_a_wrapped_key_opens_for_its_own_purpose_only() -> None:
    wrapped = cipher.wrap_key(KEY, OTHER, "office-key:1")
    assert cipher.unwrap_key(KEY, wrapped, "office-key:1") == OTHER
    with pytest.raises(cipher.NotAuthentic):
        cipher.unwrap_key(KEY, wrapped, "office-key:2")


# ---- rows -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_name_is_nowhere_in_the_database(cast: Cast) -> None:
    cast.person(name="Canaria Unverwechselbar")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    held = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    assert b"Canaria" not in held
                    assert b"Unverwechselbar" not in held


@pytest.mark.django_db
def test_an_altered_field_names_the_record_and_shows_nothing(cast: Cast) -> None:
    key = cast.person(name="Nadia Sample")
    row = Person.objects.get(pk=key)
    stored = bytearray(row.name)
    stored[-1] ^= 1
    Person.objects.filter(pk=key).update(name=bytes(stored))
    with pytest.raises(FieldAltered) as error:
        sealing.open_row(Person.objects.get(pk=key), "name")
    assert str(key) in error.value.message()
    assert "Nadia" not in error.value.message()


@pytest.mark.django_db
def test_each_compartment_of_a_person_has_a_key_of_its_own(cast: Cast) -> None:
    at_hand = cast.case()
    from amparo.people import commands
    from amparo.people.words import AddressKind

    commands.set_address(
        actor=cast.dalia, person_id=at_hand.survivor, kind=next(iter(AddressKind)), address="1 Example Lane"
    )
    held = set(DataKey.objects.filter(owner_id=at_hand.survivor).values_list("compartment", flat=True))
    assert {Compartment.IDENTITY.value, Compartment.ADDRESS.value} <= held


@pytest.mark.django_db
def test_a_text_beyond_the_limit_is_refused_with_the_limit(cast: Cast) -> None:
    row = Person.objects.get(pk=cast.person())
    with pytest.raises(TooLong) as error:
        sealing.seal(row, known_as="x" * 101)
    assert "100" in error.value.message()


@pytest.mark.django_db
def test_destroying_an_owners_keys_erases_her_words(cast: Cast) -> None:
    key = cast.person(name="Nadia Sample")
    assert sealing.erase_owner(key) >= 1
    opened = sealing.open_row(Person.objects.get(pk=key), "name")
    assert opened.text("name") == ""
    assert "name" in opened.erased


@pytest.mark.django_db
def test_a_key_copied_to_another_person_opens_nothing(cast: Cast) -> None:
    one, other = cast.person(name="Nadia Sample"), cast.person(name="Omar Muster")
    taken = DataKey.objects.get(owner_id=one, compartment=Compartment.IDENTITY)
    DataKey.objects.filter(owner_id=other, compartment=Compartment.IDENTITY).update(wrapped=taken.wrapped)
    with pytest.raises(cipher.NotAuthentic):
        sealing.open_row(Person.objects.get(pk=other), "name")


@pytest.mark.django_db
def test_renewing_an_offices_key_leaves_every_word_readable(cast: Cast) -> None:
    at_hand = cast.case()
    before = set(OfficeKey.objects.filter(office_id=cast.office).values_list("generation", flat=True))
    generation = keys.start_rotation(cast.office)
    later = cast.person(name="Nia Sample")
    while keys.rewrap_some(cast.office):
        pass
    assert generation not in before
    live = OfficeKey.objects.filter(office_id=cast.office, retired_at=None)
    assert [row.generation for row in live] == [generation]
    assert (
        not DataKey.objects.filter(office_key__office_id=cast.office)
        .exclude(office_key__generation=generation)
        .exists()
    )
    for key in (at_hand.survivor, later):
        assert sealing.open_row(Person.objects.get(pk=key), "name").text("name")


@pytest.mark.django_db
def test_opening_many_rows_takes_as_many_queries_as_opening_one(cast: Cast, django_assert_num_queries: object) -> None:
    people = list(Person.objects.filter(pk__in=[cast.person() for _ in range(12)]))
    with django_assert_num_queries(1):  # type: ignore[operator]
        sealing.open_rows(people, "name", "birth")


# ---- tokens and the keyring -------------------------------------------------------------------------------------


@given(st.text(min_size=1, max_size=40))
def test_a_token_depends_on_field_and_value_alone(value: str) -> None:
    keyring.unlock(keyring.Secrets(KEY, KEY, KEY, KEY))
    assert tokens.token("people.name", value) == tokens.token("people.name", value)
    assert tokens.token("people.name", value) != tokens.token("people.phone", value)
    assert 0 <= tokens.token("people.name", value) < 2**40


def test_a_locked_vault_says_so() -> None:
    keyring.lock()
    with pytest.raises(Locked):
        keyring.held()


@pytest.mark.django_db
def test_every_column_is_declared_clear_sealed_or_token() -> None:
    from django.apps import apps

    from amparo.ledger.records import Record, SealedFile
    from amparo.vault.fields import SealedField, TokenField

    for model in apps.get_models():
        if not model.__module__.startswith("amparo."):
            continue
        declared = set(getattr(model, "clear", set()))
        if issubclass(model, Record):
            declared |= Record.record_clear
        if issubclass(model, SealedFile):
            declared |= SealedFile.file_clear
        columns = {f.attname for f in model._meta.concrete_fields}
        hidden = {f.attname for f in model._meta.concrete_fields if isinstance(f, SealedField | TokenField)}
        assert not declared & hidden, model
        assert columns == declared | hidden, (model, columns ^ (declared | hidden))
    assert ids.new_id().version == 7
    assert Note.guard.level_column == "compartment"
