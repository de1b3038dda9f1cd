"""The records of one person together, where two records were found to be one person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from amparo.access import queries as staff
from amparo.people.models import Person
from amparo.vault.prepared import IDS, Prepared

_PERSONS = Prepared(lambda keys: Person.objects.filter(pk__in=keys), IDS)


def records_together(person_ids: Collection[UUID]) -> dict[UUID, list[Person]]:
    """For each of these all records of the person: the one that is used first, then those that lead to it.

    The caller has asked the policy; a team and a bar hold for all of them. Cost: two queries, and one more for
    each step from record to record where some were joined.
    """
    into = staff.joined_into(person_ids)
    last = {key: _last(key, into) for key in {*person_ids, *into, *into.values()}}
    found = {row.id: row for row in _PERSONS.rows(set(last))}
    together: dict[UUID, list[Person]] = {}
    for key in sorted(found, key=lambda key: (key != last[key], key)):
        together.setdefault(last[key], []).append(found[key])
    return {key: together[last[key]] for key in person_ids if key in found}


def of_all(together: Mapping[UUID, Sequence[Person]]) -> list[Person]:
    """Each record in these once, to open their words together."""
    return list({row.id: row for rows in together.values() for row in rows}.values())


def _last(key: UUID, into: Mapping[UUID, UUID]) -> UUID:
    while key in into:
        key = into[key]
    return key
