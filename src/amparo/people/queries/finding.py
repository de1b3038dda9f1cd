"""Finding people: by code, by name, by telephone number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from amparo.access import policy
from amparo.access import queries as staff
from amparo.access.actors import Actor
from amparo.kernel.codes import CodeMistyped, parse_code
from amparo.kernel.names import name_tokens
from amparo.kernel.phones import PhoneMistyped, phone_key
from amparo.kernel.words import Compartment, Sight
from amparo.people import rules
from amparo.people.models import Contact, LookupToken, Person, PersonName
from amparo.people.queries.ages import counted_as
from amparo.people.queries.persons import WITH_NUMBER, Hit, hit_of, name_token, phone_token
from amparo.people.queries.sight import sight_of, subjects_of
from amparo.vault import sealing


def find_by_code(actor: Actor, text: str) -> Hit | None:
    """The person with this code, if the reader may know of her; a mistyped code finds nobody."""
    try:
        code = parse_code(text)
    except CodeMistyped:
        return None
    row = policy.visible(actor, "people:person:see", Person.objects.filter(code=code)).first()
    return kept_hits(actor, [row])[0] if row else None


def find_by_name(actor: Actor, text: str) -> list[Hit]:
    """Persons of whose name this is one or more whole parts, in any script and order.

    A name finds only where the reader may see that name: with a partial sight, the first name and no other.
    Cost: six queries for any number of hits.
    """
    wanted = frozenset(name_tokens(text))
    if not wanted:
        return []
    rows = _candidates(actor, "name", {name_token(part) for part in wanted})
    known = _names_seen(actor, rows)
    return kept_hits(actor, [row for row in rows if rules.matches(wanted, known[row.id])])


def find_by_phone(actor: Actor, text: str, calling_code: str = "") -> list[Hit]:
    """Persons with this telephone number, however it is written. Cost: six queries for any number of hits."""
    try:
        number = phone_key(text, calling_code or staff.office(actor.office_id).calling_code)
    except PhoneMistyped:
        return []
    rows = _candidates(actor, "phone", {phone_token(number)})
    known = _numbers_seen(actor, rows)
    return kept_hits(actor, [row for row in rows if number in known[row.id]])


def kept_hits(actor: Actor, rows: Sequence[Person]) -> list[Hit]:
    """Everybody once: of records that were joined the one that is used now, if this reader may know of it."""
    kept = counted_as([row.id for row in rows if row.merged_into_id is not None])
    used: dict[UUID, Person] = {}
    if kept:
        chosen = Person.objects.filter(pk__in=set(kept.values()))
        used = {row.id: row for row in policy.visible(actor, "people:person:see", chosen)}
    found = [used.get(kept.get(row.id, row.id), row) for row in rows]
    return [hit_of(row) for row in {row.id: row for row in found}.values()]


MOST_CANDIDATES = 200


def with_tokens(field_name: str, wanted: set[int]) -> QuerySet[LookupToken, Any]:
    """Persons who have all of the tokens, for a query around this one; some may share one by chance."""
    having = LookupToken.objects.filter(field=field_name, token__in=wanted).order_by().values("person_id")
    return having.annotate(tokens=Count("token", distinct=True)).filter(tokens=len(wanted)).values("person_id")


def _candidates(actor: Actor, field_name: str, wanted: set[int]) -> list[Person]:
    chosen = Person.objects.filter(pk__in=with_tokens(field_name, wanted), erased_at=None)
    return list(policy.visible(actor, "people:person:see", chosen).order_by("-id")[:MOST_CANDIDATES])


def _names_seen(actor: Actor, rows: Sequence[Person]) -> dict[UUID, list[str]]:
    """Of each person the names that this reader may see."""
    subjects = subjects_of(rows)
    every = all_names(rows)
    seen: dict[UUID, list[str]] = {}
    for row in rows:
        sight = sight_of(actor, row, subjects[row.id])
        own, extra = every[row.id]
        if sight is Sight.FULL or (sight is Sight.PARTIAL and row.level != Compartment.IDENTITY):
            seen[row.id] = [*filter(None, own), *extra]
        elif sight is Sight.PARTIAL:
            seen[row.id] = [rules.first_name(*own)]
        else:
            seen[row.id] = []
    return seen


def all_names(rows: Sequence[Person]) -> dict[UUID, tuple[tuple[str, str], list[str]]]:
    """Of each person her own name and what she is known as, and her further names. Cost: three queries."""
    opened = sealing.open_rows(rows, "name", "known_as")
    every: dict[UUID, tuple[tuple[str, str], list[str]]] = {
        row.id: ((words.text("name"), words.text("known_as")), []) for row, words in zip(rows, opened, strict=True)
    }
    extra = list(PersonName.objects.filter(person_id__in=list(every), withdrawn_at=None))
    for name, words in zip(extra, sealing.open_rows(extra, "name"), strict=True):
        every[name.person_id][1].append(words.text("name"))
    return every


def _numbers_seen(actor: Actor, rows: Sequence[Person]) -> dict[UUID, set[str]]:
    subjects = subjects_of(rows)
    seen: dict[UUID, set[str]] = {row.id: set() for row in rows}
    sights = {row.id: sight_of(actor, row, subjects[row.id]) for row in rows}
    for row, number in all_numbers(rows):
        sight = sights[row.person_id]
        if sight is Sight.FULL or (sight is Sight.PARTIAL and row.is_safe):
            seen[row.person_id].add(number)
    return seen


def all_numbers(rows: Sequence[Person]) -> list[tuple[Contact, str]]:
    """The telephone numbers by which people are reached now, in their international form."""
    codes = {office.id: office.calling_code for office in staff.offices()}
    kept = list(Contact.objects.filter(person_id__in=[row.id for row in rows], ended_at=None, kind__in=WITH_NUMBER))
    opened = sealing.open_rows(kept, "value")
    return [
        (row, phone_key(words.text("value"), codes.get(row.office_id, "1")))
        for row, words in zip(kept, opened, strict=True)
    ]
