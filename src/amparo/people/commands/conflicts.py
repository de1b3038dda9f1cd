"""Whether somebody who works here is linked to somebody in a case: told, or found by a number or a name.

A telephone number is compared with everybody's. A name, which many people share, only with those of whom the
colleague is on the team, or whose office she supervises.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from amparo.access import commands as access
from amparo.access import policy
from amparo.access import queries as staff
from amparo.access.actors import Actor
from amparo.access.commands import AnyActor, NewDetail
from amparo.access.queries import DetailView
from amparo.access.words import DetailKind, DetailOf
from amparo.kernel.names import PersonName as NameText
from amparo.kernel.names import name_tokens
from amparo.kernel.phones import PhoneMistyped, phone_key
from amparo.ledger.writing import command
from amparo.people.models import LookupToken, Person
from amparo.people.queries import all_names, all_numbers, name_token, phone_token, with_tokens
from amparo.people.rules import is_same_name
from amparo.people.words import PersonKind
from amparo.vault import tokens


@command
def save_own_details(
    *,
    actor: Actor,
    phones: Iterable[str],
    names: Iterable[str],
    close_phones: Iterable[str],
    close_names: Iterable[str],
) -> UUID:
    """Keep one's own numbers and names, and those of people close to one, and compare them with the people of cases.

    What is found is told to supervisors only. **Ledger** own_details.changed, and what `access.found` notes.
    Raises PhoneMistyped, NameMissing.
    """
    code = staff.office(actor.office_id).calling_code
    details = [
        *(_number(DetailOf.OWN, one, code, "phones") for one in phones),
        *(_name(DetailOf.OWN, one) for one in names),
        *(_number(DetailOf.RELATIVE, one, code, "close_phones") for one in close_phones),
        *(_name(DetailOf.RELATIVE, one) for one in close_names),
    ]
    access.keep_own_details(actor=actor, details=details)
    check_colleague(actor, actor.account_id)
    return actor.account_id


def _number(whose: DetailOf, typed: str, code: str, asked: str) -> NewDetail:
    try:
        return NewDetail(DetailKind.PHONE, whose, typed, phone_token(phone_key(typed, code)))
    except PhoneMistyped as error:
        raise PhoneMistyped(field=asked) from error


def _name(whose: DetailOf, typed: str) -> NewDetail:
    name = NameText.of(typed).full
    return NewDetail(DetailKind.NAME, whose, name, _whole_name_token(name))


def _whole_name_token(name: str) -> int:
    """The blind token of all parts of a name together, in whatever order they were written."""
    return tokens.token("people.whole_name", " ".join(name_tokens(name)))


def check_colleague(actor: AnyActor, account_id: UUID) -> None:
    """Compare what a colleague gave with the people of cases, inside the command that gave her a place or changed it.

    Cost: one query where she gave nothing.
    """
    for detail in staff.own_details(account_id):
        wanted = (
            {detail.token}
            if detail.kind is DetailKind.PHONE
            else {name_token(part) for part in name_tokens(detail.value)}
        )
        alike = with_tokens(detail.kind, wanted)
        for person in _comparable(Person.objects.filter(pk__in=alike, erased_at=None)):
            _compare(actor, detail, person)


def check_person(actor: AnyActor, person_id: UUID) -> None:
    """Compare a person with what colleagues gave, inside the command that made or changed what is compared.

    Cost: three queries where nobody gave the same.
    """
    person = Person.objects.filter(pk=person_id, erased_at=None).first()
    for one in _comparable([person] if person else []):
        numbers = LookupToken.objects.filter(person=one, field=DetailKind.PHONE).values_list("token", flat=True)
        names = (_whole_name_token(name) for name in _names_of(one))
        for detail in staff.details_with([*numbers, *names]):
            _compare(actor, detail, one)


def _comparable(rows: Iterable[Person]) -> list[Person]:
    """An official's number is of an office, and she may be the very colleague who works with us."""
    return [row for row in rows if row.kind != PersonKind.OFFICIAL]


def _compare(actor: AnyActor, detail: DetailView, person: Person) -> None:
    is_same = _same_number(detail, person) if detail.kind is DetailKind.PHONE else _same_name(detail, person)
    if is_same:
        access.found(actor, detail, person.id, person.office_id)


def _same_number(detail: DetailView, person: Person) -> bool:
    number = phone_key(detail.value, staff.office(detail.office_id).calling_code)
    return any(number == other for _row, other in all_numbers([person]))


def _same_name(detail: DetailView, person: Person) -> bool:
    return is_same_name(detail.value, _names_of(person)) and _comes_near(detail.account_id, person)


def _names_of(person: Person) -> list[str]:
    """Whole names only: what somebody is called in short is shared by too many."""
    (name, _known_as), extra = all_names([person])[person.id]
    return [name, *extra] if name else extra


def _comes_near(account_id: UUID, person: Person) -> bool:
    cases = staff.cases_of_persons([person.id])[person.id]
    hers = staff.caseload([account_id]).get(account_id, frozenset())
    return bool(cases & hers) or account_id in staff.supervisors_of(person.office_id)


@command
def declare_person(*, actor: Actor, person_id: UUID, reason: str) -> UUID:
    """Say that one knows a person, or is related: whoever says so sees her cases no more, and supervisors are told.

    **Needs** people:person:see. **Ledger** bar.set, interest.found.
    """
    person = policy.load(actor, "people:person:see", Person, person_id)
    return access.declare(actor, person.office_id, person_id=person.id, reason=reason)
