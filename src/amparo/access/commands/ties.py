"""In which cases somebody has a part, and which records are one person."""

from __future__ import annotations

from uuid import UUID

from amparo.access import queries
from amparo.access.models import SamePerson, Tie
from amparo.ledger import writing


def tie(person_id: UUID, case_id: UUID, office_id: UUID) -> None:
    """Let the policy know that a person has a part in a case, under each record of hers.

    Called by the command that makes the party, before it notes that: the ledger keeps both together.
    """
    there = Tie.objects.filter(person_id=person_id, case_id=case_id).first()
    if there is None:
        writing.insert(Tie(person_id=person_id, case_id=case_id, office_id=office_id))
    elif there.through_id is not None:
        writing.update(there, through_id=None)
    _lend(queries.records_of(person_id))


def join_records(joined_id: UUID, kept_id: UUID, office_id: UUID) -> None:
    """Let the policy know that two records are one person, inside the command that notes it."""
    writing.insert(SamePerson(joined_id=joined_id, kept_id=kept_id, office_id=office_id))
    _lend(queries.records_of(kept_id))


def part_records(joined_id: UUID) -> None:
    """Let the policy know that a record is a person of its own after all, inside the command that notes it."""
    row = SamePerson.objects.get(joined_id=joined_id)
    both = queries.records_of(joined_id)
    writing.delete(row)
    for lent in Tie.objects.filter(person_id__in=both, through_id__isnull=False):
        writing.delete(lent)
    _lend(queries.records_of(joined_id))
    _lend(queries.records_of(row.kept_id))


def _lend(records: frozenset[UUID]) -> None:
    """Give each record of a person the cases of the others."""
    if len(records) == 1:
        return
    ties = list(Tie.objects.filter(person_id__in=records).order_by("id"))
    there = {(row.person_id, row.case_id) for row in ties}
    for own in (row for row in ties if row.through_id is None):
        for record in sorted(records):
            if (record, own.case_id) not in there:
                there.add((record, own.case_id))
                lent = Tie(person_id=record, case_id=own.case_id, office_id=own.office_id, through_id=own.person_id)
                writing.insert(lent)
