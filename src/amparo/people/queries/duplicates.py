"""Who has exactly the same name or number as somebody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from amparo.access import policy
from amparo.access import queries as staff
from amparo.access.actors import Actor, same_persons
from amparo.kernel.names import name_tokens
from amparo.kernel.phones import PhoneMistyped, phone_key
from amparo.people import rules
from amparo.people.models import Person
from amparo.people.queries.ages import counted_as
from amparo.people.queries.finding import all_names, all_numbers, kept_hits, with_tokens
from amparo.people.queries.persons import Hit, name_token, phone_token
from amparo.people.words import PersonKind


def exact_duplicates(
    actor: Actor, names: Iterable[str], phones: Iterable[str], *, calling_code: str,
    kinds: Collection[PersonKind] = (), without: Collection[UUID] = (),
) -> int:  # fmt: skip
    """How many persons in all records have exactly one of these names or numbers: a count and nothing else.

    It looks behind every wall, so a page may only make one fixed sentence of it, whatever the number. Only
    whom the actor is barred from is left out: else she could try whether a relative is in the records.
    """
    alike = {row.id for row in _duplicates(names, phones, calling_code, kinds, without)}
    kept = counted_as(alike)
    found = {kept.get(key, key) for key in alike} - actor.barred_persons
    if not actor.barred_cases:
        return len(found)
    cases = staff.cases_of_persons(found)
    return sum(1 for person in found if not cases[person] & actor.barred_cases)


def duplicates_seen(
    actor: Actor, names: Iterable[str], phones: Iterable[str], *, calling_code: str,
    kinds: Collection[PersonKind] = (), without: Collection[UUID] = (),
) -> list[Hit]:  # fmt: skip
    """Those of the exact duplicates that this reader may know of."""
    found = [row.id for row in _duplicates(names, phones, calling_code, kinds, without)]
    seen = policy.visible(actor, "people:person:see", Person.objects.filter(pk__in=found))
    return kept_hits(actor, list(seen))


def _duplicates(
    names: Iterable[str],
    phones: Iterable[str],
    calling_code: str,
    kinds: Collection[PersonKind],
    without: Collection[UUID],
) -> list[Person]:
    full_names = [name for name in names if name_tokens(name)]
    numbers = set(_keys(phones, calling_code))
    found: set[UUID] = set()
    for name in full_names:
        found.update(_persons_with("name", {name_token(part) for part in name_tokens(name)}))
    for number in numbers:
        found.update(_persons_with("phone", {phone_token(number)}))
    chosen = Person.objects.filter(pk__in=found - same_persons(without), erased_at=None)
    rows = list(chosen.filter(kind__in=kinds) if kinds else chosen)
    known = all_names(rows)
    reached: dict[UUID, set[str]] = {}
    for contact, number in all_numbers(rows):
        reached.setdefault(contact.person_id, set()).add(number)

    def is_same(row: Person) -> bool:
        own, extra = known[row.id]
        texts = [*filter(None, own), *extra]
        return bool(numbers & reached.get(row.id, set())) or any(rules.is_same_name(n, texts) for n in full_names)

    return [row for row in rows if is_same(row)]


def _keys(phones: Iterable[str], calling_code: str) -> Iterable[str]:
    for phone in phones:
        try:
            yield phone_key(phone, calling_code)
        except PhoneMistyped:
            continue


def own_marks(person_ids: Collection[UUID]) -> tuple[list[str], list[str]]:
    """Names and numbers of persons, to look for duplicates with; the caller has asked the policy for them."""
    rows = list(Person.objects.filter(pk__in=set(person_ids)))
    every = all_names(rows)
    names = [name for own, extra in every.values() for name in (*own, *extra) if name]
    return names, [number for _contact, number in all_numbers(rows)]


def _persons_with(field_name: str, tokens: set[int]) -> set[UUID]:
    return set(with_tokens(field_name, tokens).values_list("person_id", flat=True))
