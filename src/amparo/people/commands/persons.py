"""Every write about people, their names, contacts and protected addresses.

All words are sealed under the person's own key, and look-up tokens follow each change of a name or number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import Q

from amparo.access import commands as access
from amparo.access import policy
from amparo.access import queries as staff
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock, ids
from amparo.kernel.codes import ENTROPY_BYTES, make_code
from amparo.kernel.dates import AgeEstimate, PartialDate, refuse_future
from amparo.kernel.errors import Refused
from amparo.kernel.names import PersonName as NameText
from amparo.kernel.names import name_tokens
from amparo.kernel.phones import PhoneMistyped, phone_key
from amparo.kernel.words import Compartment, Sight
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.people.commands.conflicts import check_person
from amparo.people.errors import AlreadyEnded, NameNeeded, PersonErased, RecordJoined
from amparo.people.models import Contact, Joining, LookupToken, Person, PersonName, Photo, ProtectedAddress
from amparo.people.queries import WITH_NUMBER, name_token, phone_token
from amparo.people.rules import NewContact, NewName, check_death, check_disability, packed_death, packed_estimate
from amparo.people.words import (
    LEVEL_OF,
    PREFIX_OF,
    AddressKind,
    ContactKind,
    JoiningState,
    NameKind,
    NamesReason,
    PersonKind,
)
from amparo.vault import sealing, tokens

# ---- persons ---------------------------------------------------------------------------------------------


@command
def add_person(
    *,
    actor: Actor,
    office_id: UUID,
    kind: PersonKind,
    name: str = "",
    known_as: str = "",
    birth: PartialDate | None = None,
    age_estimate: AgeEstimate | None = None,
    gender: str = "",
    languages: Sequence[str] = (),
    citizenships: Sequence[str] = (),
    needs: str = "",
    disability: Sequence[str] = (),
    has_died: bool = False,
    died: PartialDate | None = None,
    identifiers: str = "",
    looks: str = "",
    names: Iterable[NewName] = (),
    contacts: Iterable[NewContact] = (),
    held: bool = False,
) -> UUID:
    """Add a person with everything known at first; nothing is compulsory, not even a name.

    With `held` the office's intake sees her until the report is handed over; without, nobody does but
    through the case that she is put into, and her supervisor.

    **Needs** people:person:add. **Ledger** person.added, person.name_added, contact.added.
    Raises NameMissing, PhoneMistyped, DateInFuture, DiedBeforeBirth, NoneAmongOthers.
    """
    policy.check_new(actor, "people:person:add", Subject(office=office_id))
    if birth is not None:
        refuse_future(birth, clock.today())
    _check_particulars(birth, age_estimate, disability, died)
    person = Person(
        office_id=office_id,
        code=_free_code(kind),
        kind=kind,
        level=LEVEL_OF[kind],
        handed_at=None if held else clock.now(),
    )
    writing.insert(
        person,
        name=NameText.of(name).full if name else "",
        known_as=known_as,
        birth=birth.isoformat() if birth else None,
        age_estimate=dict(packed_estimate(age_estimate)) if age_estimate else None,
        gender=gender,
        languages=list(languages),
        citizenships=list(citizenships),
        needs=needs,
        disability=list(disability),
        death=_death(has_died, died),
        identifiers=identifiers,
        looks=looks,
    )
    writing.note(Verb.PERSON_ADDED, subject=person.id, office=office_id, facts={"kind": kind})
    for extra in names:
        _insert_name(person, extra)
    for contact in contacts:
        _insert_contact(person, contact)
    _rebuild_tokens(person)
    check_person(actor, person.id)
    return person.id


def _free_code(kind: PersonKind) -> str:
    while True:
        code = make_code(PREFIX_OF[kind], ids.entropy(ENTROPY_BYTES))
        if not Person.objects.filter(code=code).exists():
            return code


@command
def change_person(
    *,
    actor: Actor,
    person_id: UUID,
    expected: int | None = None,
    name: str = "",
    known_as: str = "",
    birth: PartialDate | None = None,
    age_estimate: AgeEstimate | None = None,
    gender: str = "",
    languages: Sequence[str] = (),
    citizenships: Sequence[str] = (),
    needs: str = "",
    disability: Sequence[str] = (),
    has_died: bool = False,
    died: PartialDate | None = None,
    identifiers: str = "",
    looks: str = "",
) -> UUID:
    """Write a person's details anew; an estimated age that says the same keeps the day of which it was true.

    **Needs** people:person:change. **Ledger** person.changed.
    Raises Changed, PersonErased, RecordJoined, NameMissing, DateInFuture, DiedBeforeBirth, NoneAmongOthers.
    """
    person = _load(actor, person_id)
    if person.merged_into_id is not None:
        raise RecordJoined
    if birth is not None:
        refuse_future(birth, clock.today())
    _check_particulars(birth, age_estimate, disability, died)
    fresh: dict[str, sealing.Words] = {
        "name": NameText.of(name).full if name else "",
        "known_as": known_as,
        "birth": birth.isoformat() if birth else None,
        "age_estimate": dict(packed_estimate(age_estimate)) if age_estimate else None,
        "gender": gender,
        "languages": list(languages),
        "citizenships": list(citizenships),
        "needs": needs,
        "disability": list(disability),
        "death": _death(has_died, died),
        "identifiers": identifiers,
        "looks": looks,
    }
    before = sealing.open_row(person, *fresh).words
    if age_estimate and _says_the_same(before.get("age_estimate"), age_estimate):
        fresh["age_estimate"] = before["age_estimate"]
    changed = [field for field, value in fresh.items() if (before.get(field) or None) != (value or None)]
    writing.update(person, expected=expected, **{field: fresh[field] for field in changed})
    writing.note(Verb.PERSON_CHANGED, subject=person.id, office=person.office_id, facts={"fields": changed})
    _rebuild_tokens(person)
    check_person(actor, person.id)
    return person.id


def _check_particulars(
    birth: PartialDate | None, estimate: AgeEstimate | None, disability: Sequence[str], died: PartialDate | None
) -> None:
    check_disability(disability)
    if died is not None:
        refuse_future(died, clock.today())
        check_death(birth, estimate, died)


def _death(has_died: bool, died: PartialDate | None) -> sealing.Words:
    packed = packed_death(has_died, died)
    return dict(packed) if packed else None


def _says_the_same(stored: sealing.Words, new: AgeEstimate) -> bool:
    said = dict(packed_estimate(new))
    return isinstance(stored, dict) and all(stored.get(part) == said[part] for part in ("low", "high", "method"))


def _load(actor: Actor, person_id: UUID, permission: str = "people:person:change") -> Person:
    person = policy.load(actor, permission, Person, person_id, seen_by="people:person:see")
    if person.erased_at is not None:
        raise PersonErased
    return person


# ---- names -----------------------------------------------------------------------------------------------


@command
def add_name(*, actor: Actor, person_id: UUID, full: str, kind: NameKind) -> UUID:
    """Add one more name. **Needs** people:person:change. **Ledger** person.name_added. Raises NameMissing."""
    person = _load(actor, person_id)
    row = _insert_name(person, NewName(full, kind))
    _rebuild_tokens(person)
    check_person(actor, person.id)
    return row.id


def _insert_name(person: Person, new: NewName) -> PersonName:
    row = PersonName(
        person=person,
        office_id=person.office_id,
        level=person.level,
        kind=new.kind,
        handed_at=person.handed_at,
    )
    writing.insert(row, name=NameText.of(new.full).full)
    writing.note(Verb.PERSON_NAME_ADDED, subject=person.id, office=person.office_id, facts={"kind": new.kind})
    return row


@command
def withdraw_name(*, actor: Actor, name_id: UUID) -> UUID:
    """Withdraw a name that is not hers; it stays in the record, marked, and finds her no more.

    **Needs** people:person:change. **Ledger** person.name_withdrawn. Raises AlreadyEnded, NameNeeded.
    """
    row = policy.load(actor, "people:person:change", PersonName, name_id, seen_by="people:person:see")
    if row.withdrawn_at is not None:
        raise AlreadyEnded
    person = _load(actor, row.person_id)
    others = PersonName.objects.filter(person=person, withdrawn_at=None).exclude(pk=row.pk)
    if person.name is None and person.known_as is None and not others.exists():
        raise NameNeeded
    writing.update(row, withdrawn_at=clock.now())
    writing.note(Verb.PERSON_NAME_WITHDRAWN, subject=person.id, office=person.office_id)
    _rebuild_tokens(person)
    return person.id


@command
def open_names(*, actor: Actor, person_ids: Sequence[UUID], reason: NamesReason) -> None:
    """Keep in the ledger that somebody opened names, and why; `queries.names` reads them.

    **Needs** people:person:see, and to see the identity fully. **Ledger** names.opened. Raises Refused.
    """
    for person_id in person_ids:
        person = policy.load(actor, "people:person:see", Person, person_id)
        subject = policy.subject_of(person)
        if policy.sight(actor, Compartment(person.level), subject) < Sight.FULL:
            raise Refused(permission="people:person:see")
        facts = {"reason": reason}
        writing.note(Verb.NAMES_OPENED, subject=person.id, office=person.office_id, facts=facts)


@command
def open_address(*, actor: Actor, person_id: UUID) -> None:
    """Keep in the ledger that somebody asked for a protected address: once for each time she asks.

    **Needs** people:address:see. **Ledger** address.opened. Raises Refused.
    """
    person = policy.load(actor, "people:person:see", Person, person_id)
    policy.check_new(actor, "people:address:see", replace(policy.subject_of(person), level=Compartment.ADDRESS))
    writing.note(Verb.ADDRESS_OPENED, subject=person.id, office=person.office_id)


# ---- contacts --------------------------------------------------------------------------------------------


@command
def add_contact(
    *,
    actor: Actor,
    person_id: UUID,
    kind: ContactKind,
    value: str,
    whose: str = "",
    is_safe: bool = False,
    may_leave_message: bool = False,
    hours: str = "",
    rules: str = "",
    code_word: str = "",
) -> UUID:
    """Add a way to reach her, and how that is safe. **Needs** people:person:change. **Ledger** contact.added.

    Raises PhoneMistyped.
    """
    person = _load(actor, person_id)
    new = NewContact(kind, value, whose, is_safe, may_leave_message, hours, rules, code_word)
    row = _insert_contact(person, new)
    _rebuild_tokens(person)
    check_person(actor, person.id)
    return row.id


def _insert_contact(person: Person, new: NewContact) -> Contact:
    _check_number(person, new.kind, new.value)
    row = Contact(
        person=person,
        office_id=person.office_id,
        level=person.level,
        kind=new.kind,
        is_safe=new.is_safe,
        may_leave_message=new.may_leave_message,
        handed_at=person.handed_at,
    )
    words = {"value": new.value, "whose": new.whose, "hours": new.hours, "rules": new.rules}
    writing.insert(row, code_word=new.code_word, **words)
    writing.note(Verb.CONTACT_ADDED, subject=person.id, office=person.office_id, facts={"kind": new.kind})
    return row


def _check_number(person: Person, kind: str, value: str) -> None:
    if kind not in WITH_NUMBER:
        return
    try:
        phone_key(value, staff.office(person.office_id).calling_code)
    except PhoneMistyped as error:
        raise PhoneMistyped(field="value") from error


@command
def change_contact(
    *,
    actor: Actor,
    contact_id: UUID,
    expected: int | None = None,
    kind: ContactKind,
    value: str,
    whose: str = "",
    is_safe: bool = False,
    may_leave_message: bool = False,
    hours: str = "",
    rules: str = "",
    code_word: str = "",
) -> UUID:
    """Change how she is reached. **Needs** people:person:change. **Ledger** contact.changed.

    Raises Changed, AlreadyEnded, PhoneMistyped.
    """
    row = policy.load(actor, "people:person:change", Contact, contact_id, seen_by="people:person:see")
    if row.ended_at is not None:
        raise AlreadyEnded
    person = _load(actor, row.person_id)
    _check_number(person, kind, value)
    words: dict[str, object] = {
        "value": value, "whose": whose, "hours": hours, "rules": rules, "code_word": code_word,
    }  # fmt: skip
    clear = {"kind": kind, "is_safe": is_safe, "may_leave_message": may_leave_message}
    before = {**sealing.open_row(row, *words).words, **{field: getattr(row, field) for field in clear}}
    fresh = words | clear
    changed = [field for field, value in fresh.items() if (before.get(field) or None) != (value or None)]
    writing.update(row, expected=expected, **{field: fresh[field] for field in changed})
    writing.note(Verb.CONTACT_CHANGED, subject=person.id, office=person.office_id, facts={"fields": changed})
    _rebuild_tokens(person)
    check_person(actor, person.id)
    return person.id


@command
def end_contact(*, actor: Actor, contact_id: UUID) -> UUID:
    """Mark that she is not to be reached this way any more. **Needs** people:person:change.

    **Ledger** contact.changed. Raises AlreadyEnded.
    """
    row = policy.load(actor, "people:person:change", Contact, contact_id, seen_by="people:person:see")
    if row.ended_at is not None:
        raise AlreadyEnded
    person = _load(actor, row.person_id)
    writing.update(row, ended_at=clock.now(), is_safe=False)
    facts = {"fields": ["ended_at"]}
    writing.note(Verb.CONTACT_CHANGED, subject=person.id, office=person.office_id, facts=facts)
    _rebuild_tokens(person)
    return person.id


@command
def set_address(*, actor: Actor, person_id: UUID, kind: AddressKind, address: str, district: str = "") -> UUID:
    """Write down where she lives or is placed; the address before that is ended, not lost.

    **Needs** people:address:change. **Ledger** address.changed.
    """
    person = policy.load(actor, "people:person:see", Person, person_id)
    if person.erased_at is not None:
        raise PersonErased
    subject = replace(policy.subject_of(person), level=Compartment.ADDRESS)
    policy.check_new(actor, "people:address:change", subject)
    for before in ProtectedAddress.objects.filter(person=person, ended_at=None):
        writing.update(before, ended_at=clock.now())
    row = ProtectedAddress(person=person, office_id=person.office_id, kind=kind, handed_at=person.handed_at)
    writing.insert(row, address=address, district=district)
    writing.note(Verb.ADDRESS_CHANGED, subject=person.id, office=person.office_id)
    return row.id


# ---- handing over, forgetting ----------------------------------------------------------------------------


@command
def hand_over_identity(*, actor: Actor, person_ids: Sequence[UUID]) -> None:
    """End intake's sight of persons whose report became part of a case.

    **Needs** people:person:see. **Ledger** person.changed.
    """
    now = clock.now()
    for person_id in person_ids:
        person = policy.load(actor, "people:person:see", Person, person_id)
        if person.handed_at is not None:
            continue
        writing.update(person, handed_at=now)
        for table in (PersonName, Contact, ProtectedAddress, Photo):
            for row in table._base_manager.filter(person_id=person.id, handed_at=None):
                writing.update(row, handed_at=now)
        facts = {"fields": ["handed_at"]}
        writing.note(Verb.PERSON_CHANGED, subject=person.id, office=person.office_id, facts=facts)


def drop_lookups(person_id: UUID) -> None:
    """Drop the tokens by which a person is found, inside the command that erases her."""
    LookupToken.objects.filter(person_id=person_id).delete()


def mark_erased(person_id: UUID) -> None:
    """Keep that a person was erased, inside the command that notes it; nobody decides about joining her any more.

    What was said about joining lies under the keys of the record that would lead to the other, and speaks of both.
    """
    of_her = Q(kept_id=person_id) | Q(joined_id=person_id)
    for row in Joining.objects.filter(of_her, state=JoiningState.ASKED):
        writing.update(row, state=JoiningState.APART)
    for row in Joining.objects.filter(kept_id=person_id):
        writing.forget_words(row)
    access.forget_conflicts(person_id)
    writing.update(Person.objects.get(pk=person_id), erased_at=clock.now())


# ---- tokens ----------------------------------------------------------------------------------------------


def _rebuild_tokens(person: Person) -> None:
    wanted = {("name", name_token(part)) for part in _name_parts(person)}
    wanted |= {("phone", phone_token(number)) for number in _numbers(person)}
    kept: set[tuple[str, int]] = set()
    for row in LookupToken.objects.filter(person=person):
        if (row.field, row.token) in wanted:
            kept.add((row.field, row.token))
        else:
            row.delete()
    LookupToken.objects.bulk_create(
        LookupToken(person=person, field=field, generation=tokens.GENERATION, token=value)
        for field, value in sorted(wanted - kept)
    )


def _name_parts(person: Person) -> set[str]:
    own = sealing.open_row(person, "name", "known_as")
    extra = sealing.open_rows(list(PersonName.objects.filter(person=person, withdrawn_at=None)), "name")
    texts = [own.text("name"), own.text("known_as"), *(row.text("name") for row in extra)]
    return {part for text in texts for part in name_tokens(text)}


def _numbers(person: Person) -> set[str]:
    rows = list(Contact.objects.filter(person=person, ended_at=None, kind__in=WITH_NUMBER))
    if not rows:
        return set()
    code = staff.office(person.office_id).calling_code
    return {phone_key(row.text("value"), code) for row in sealing.open_rows(rows, "value")}
