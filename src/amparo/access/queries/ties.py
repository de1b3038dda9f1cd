"""Who has a part in which case, which records are one person, and which operations are about a case."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from amparo.access.actors import same_persons
from amparo.access.models import OperationTie, SamePerson, Tie
from amparo.kernel.recall import once
from amparo.vault.prepared import ID, IDS, Prepared

_TIES = Prepared(
    lambda person_ids: Tie.objects.filter(person_id__in=person_ids).values_list("person_id", "case_id"), IDS
)


def cases_of_persons(person_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The cases in which each person has a part; the caller asks the policy. Cost: one query."""
    wanted = set(person_ids)
    found: dict[UUID, set[UUID]] = {person: set() for person in wanted}
    for person, case in _TIES.rows(wanted):
        found[person].add(case)
    return {person: frozenset(cases) for person, cases in found.items()}


def records_of(person_id: UUID) -> frozenset[UUID]:
    """Every record of the person whose record this is, itself among them. Cost: one query for each step apart."""
    return frozenset(same_persons([person_id]))


_PAIRS = Prepared(
    lambda joined, kept: SamePerson.objects.filter(Q(joined_id__in=joined) | Q(kept_id__in=kept)).values_list(
        "joined_id", "kept_id"
    ),
    IDS,
    IDS,
)


def joined_into(person_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Which record leads to which, for all records of these persons. Cost: one query for each step apart."""
    into: dict[UUID, UUID] = {}
    known, fresh = set(person_ids), set(person_ids)
    while fresh:
        pairs = dict(_PAIRS.rows(fresh, fresh))
        into |= pairs
        fresh = {*pairs, *pairs.values()} - known
        known |= fresh
    return into


_OPERATIONS = Prepared(
    lambda case_id: OperationTie.objects.filter(case_id=case_id).values_list("operation_id", flat=True), ID
)


def operations_of_case(case_id: UUID) -> frozenset[UUID]:
    """The operations that are about a case; the caller keeps those that the actor may see.

    Cost: one query, once in a reading request.
    """
    return once("operations of case", case_id, lambda: frozenset(_OPERATIONS.rows(case_id)))


def cases_of_operations(operation_ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """The cases that operations are about, in the order in which they were added. Cost: one query."""
    found: dict[UUID, list[UUID]] = {}
    rows = OperationTie.objects.filter(operation_id__in=set(operation_ids)).order_by("created_at", "id")
    for operation, case in rows.values_list("operation_id", "case_id"):
        found.setdefault(operation, []).append(case)
    return {operation: tuple(cases) for operation, cases in found.items()}
