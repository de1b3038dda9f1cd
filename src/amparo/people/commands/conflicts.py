"""Whether somebody who works here is linked to somebody in a case: told, or found by a number or a name.

A telephone number is compared with everybody's. A name, which many people share, only with those of whom the
colleague is on the team, or whose office she supervises.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from uuid import UUID

from django.db.models import Q, QuerySet

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

    What is found is told to supervisors only. **Needs** access:details:keep.
    **Ledger** own_details.changed, and what `access.found` notes.
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

    Cost: one query where she gave nothing; then one for each of her details, however many people are kept.
    """
    alike = [(detail, person) for detail in staff.own_details(account_id) for person in _alike(detail)]
    _compare(actor, alike)


def _alike(detail: DetailView) -> QuerySet[Person]:
    """Of whom blind tokens are the same; by a name only those to whom she comes near."""
    kept = _comparable().order_by("id")
    if detail.kind is DetailKind.PHONE:
        return kept.filter(pk__in=with_tokens(DetailKind.PHONE, {detail.token}))
    parts = {name_token(part) for part in name_tokens(detail.value)}
    near = Q(pk__in=staff.persons_of_caseload(detail.account_id)) | Q(
        office_id__in=staff.offices_supervised(detail.account_id)
    )
    return kept.filter(near, pk__in=with_tokens(DetailKind.NAME, parts))


def check_person(actor: AnyActor, person_id: UUID) -> None:
    """Compare a person with what colleagues gave, inside the command that made or changed what is compared.

    Cost: some queries, however many colleagues gave the same.
    """
    person = _comparable().filter(pk=person_id).first()
    if person is None:
        return
    numbers = LookupToken.objects.filter(person=person, field=DetailKind.PHONE).values_list("token", flat=True)
    names = (_whole_name_token(name) for name in _names_of([person])[person.id])
    details = staff.details_with([*numbers, *names])
    near = _who_comes_near(person, {one.account_id for one in details if one.kind is DetailKind.NAME})
    _compare(actor, [(one, person) for one in details if one.kind is DetailKind.PHONE or one.account_id in near])


def _comparable() -> QuerySet[Person]:
    """Without officials: the number of one is of an office, and she may be the very colleague who works with us."""
    return Person.objects.filter(erased_at=None).exclude(kind=PersonKind.OFFICIAL)


def _who_comes_near(person: Person, account_ids: Set[UUID]) -> frozenset[UUID]:
    """Of these colleagues, who works on a case of hers or supervises her office."""
    if not account_ids:
        return frozenset()
    cases = staff.cases_of_persons([person.id])[person.id]
    on_teams = {account for account, hers in staff.caseload(account_ids).items() if cases & hers}
    return frozenset(on_teams | (account_ids & staff.supervisors_of(person.office_id)))


def _compare(actor: AnyActor, alike: Sequence[tuple[DetailView, Person]]) -> None:
    """Compare the words behind tokens, which collide, and keep what is the same. Cost: few queries for all together."""
    by_number = {person.id: person for detail, person in alike if detail.kind is DetailKind.PHONE}
    by_name = {person.id: person for detail, person in alike if detail.kind is DetailKind.NAME}
    numbers = {(row.person_id, number) for row, number in all_numbers(list(by_number.values()))} if by_number else set()
    names = _names_of(list(by_name.values())) if by_name else {}
    codes = {key: staff.office(key).calling_code for key in {detail.office_id for detail, _person in alike}}
    for detail, person in alike:
        if detail.kind is DetailKind.PHONE:
            is_same = (person.id, phone_key(detail.value, codes[detail.office_id])) in numbers
        else:
            is_same = is_same_name(detail.value, names[person.id])
        if is_same:
            access.found(actor, detail, person.id, person.office_id)


def _names_of(rows: Sequence[Person]) -> dict[UUID, list[str]]:
    """Whole names only: what somebody is called in short is shared by too many."""
    return {key: [name, *extra] if name else extra for key, ((name, _known_as), extra) in all_names(rows).items()}


@command
def declare_person(*, actor: Actor, person_id: UUID, reason: str) -> UUID:
    """Say that one knows a person, or is related: whoever says so sees her cases no more, and supervisors are told.

    **Needs** people:person:see, access:conflict:declare. **Ledger** bar.set, interest.found.
    """
    person = policy.load(actor, "people:person:see", Person, person_id)
    return access.declare(actor, person.office_id, person_id=person.id, reason=reason)
