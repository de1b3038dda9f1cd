"""Keeping the lines: made anew as a whole, or for what the ledger says has changed.

Lines are derived: no entry of the ledger tells of them, and none is needed, since they can be made again from rows
that it commits to. So these are no commands with an actor: whoever may look at figures may have them brought up to
date, and the command line does it on a schedule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from amparo.access import queries as access
from amparo.cases import queries as cases
from amparo.insight.models import Happening, Standing, SurvivorLine, SuspectLine
from amparo.insight.queries.gathering import Batch, Made, practice_made, report_made, trained_made
from amparo.insight.rules.lines import first_of_each
from amparo.insight.words import Kind
from amparo.intake import queries as intake
from amparo.kernel import clock
from amparo.ledger import queries as ledger
from amparo.strengthening import queries as strengthening

T = TypeVar("T")
BATCH = 400
# A query names no more values than every database takes.
_NAMED = 500
# What may stand alone, and come to belong to a case.
_OF_NO_CASE = (Kind.REPORT, Kind.PRACTICE)
ONCE_FOR_EACH_PERSON = (Kind.RELIEF, Kind.RESTRAINT, Kind.CONVICTION, Kind.ENROLMENT, Kind.RESTORED, Kind.TRAINED)


def rebuild() -> int:
    """Make every line anew, in one transaction. Returns how many cases there are. Cost: about 2 ms a case."""
    with transaction.atomic():
        standing = _standing()
        position = ledger.changes_since(2**62)
        for model in (SuspectLine, SurvivorLine, Happening):
            model.objects.all().delete()
        count = 0
        last: UUID | None = None
        while part := cases.case_ids_after(last, BATCH):
            _save(Batch(part).made())
            count, last = count + len(part), part[-1]
        last = None
        while part := intake.report_ids_after(last, BATCH):
            _save_reports(part)
            last = part[-1]
        last = None
        while part := strengthening.file_ids_after(last, BATCH):
            _save_practice(part)
            last = part[-1]
        _save_trained()
        _mark_first(_with_several())
        _stand(standing, position.size, position.at)
    return count


def refresh() -> int:
    """Make the lines of those cases and reports anew of which the ledger tells since the last time.

    Returns how many cases that were. Cost: about 2 ms for each of them.
    """
    with transaction.atomic():
        standing = _standing()
        changes = ledger.changes_since(standing.entries)
        touched = set(changes.cases) | _cases_of(changes.subjects)
        people: set[UUID] = set()
        for part in _parts(sorted(changes.subjects), _NAMED):
            Happening.objects.filter(kind__in=_OF_NO_CASE, source_id__in=part).delete()
        for part in _parts(sorted(touched), BATCH):
            people |= _people_in(part)
            _drop(part)
            made = Batch(part).made()
            _save(made)
            people |= {line.person_id for line in made.happenings if line.person_id}
        for part in _parts(sorted(changes.subjects), _NAMED):
            _save_reports(part)
            _save_practice(part)
        if changes.subjects:
            people |= _save_trained()
        _mark_first(people)
        _stand(standing, changes.size, changes.at)
    return len(touched)


def _standing() -> Standing:
    """The one row, held until the end: two who count at once would count everything twice."""
    Standing.objects.get_or_create(pk=1)
    return Standing.objects.select_for_update().get(pk=1)


def _stand(standing: Standing, entries: int, at: datetime | None) -> None:
    Standing.objects.filter(pk=standing.pk).update(entries=entries, at=at, made_at=clock.now())


def _cases_of(subjects: Collection[UUID]) -> set[UUID]:
    """Cases of people whose own record changed."""
    found: set[UUID] = set()
    for part in _parts(sorted(subjects), _NAMED):
        for of_one in access.cases_of_persons(part).values():
            found |= of_one
    return found


def _parts(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    rows = iter(rows)
    while part := list(islice(rows, size)):
        yield part


def _people_in(case_ids: Sequence[UUID]) -> set[UUID]:
    rows = Happening.objects.filter(case_id__in=case_ids, person_id__isnull=False)
    return {person for person in rows.values_list("person_id", flat=True) if person}


def _drop(case_ids: Sequence[UUID]) -> None:
    SuspectLine.objects.filter(case_id__in=case_ids).delete()
    SurvivorLine.objects.filter(case_id__in=case_ids).delete()
    Happening.objects.filter(case_id__in=case_ids).delete()


def _save(made: Made) -> None:
    SuspectLine.objects.bulk_create(made.suspects, batch_size=_NAMED)
    SurvivorLine.objects.bulk_create(made.survivors, batch_size=_NAMED)
    Happening.objects.bulk_create(made.happenings, batch_size=_NAMED)


def _save_reports(report_ids: Sequence[UUID]) -> None:
    """Lines of reports that no case came of; the others come with their case."""
    rows = [row for row in intake.counted_reports(report_ids) if row.case_id is None]
    Happening.objects.bulk_create([report_made(row) for row in rows], batch_size=_NAMED)


def _save_practice(file_ids: Sequence[UUID]) -> None:
    """Lines of observed files that belong to no case of ours; the others come with their case."""
    rows = [row for row in strengthening.counted_practice(file_ids=file_ids) if row.case_id is None]
    Happening.objects.bulk_create(map(practice_made, rows), batch_size=_NAMED)


def _save_trained() -> set[UUID]:
    """People trained, all of them anew: sessions are few, and belong to no case."""
    Happening.objects.filter(kind=Kind.TRAINED).delete()
    made = trained_made()
    Happening.objects.bulk_create(made, batch_size=_NAMED)
    return {line.person_id for line in made if line.person_id}


def _with_several() -> set[UUID]:
    """People with more than one happening of a kind by which a person counts once."""
    rows = (
        Happening.objects.filter(kind__in=ONCE_FOR_EACH_PERSON, person_id__isnull=False)
        .values("kind", "person_id")
        .annotate(several=Count("id"))
        .filter(several__gt=1)
    )
    return {row["person_id"] for row in rows if row["person_id"]}


def _mark_first(people: Collection[UUID]) -> None:
    """Say of each happening of these people whether it is the one by which the person counts."""
    for kind in ONCE_FOR_EACH_PERSON:
        for part in _parts(sorted(people), _NAMED):
            rows = list(
                Happening.objects.filter(kind=kind, person_id__in=part).values_list(
                    "id", "day", "person_id", "source_id"
                )
            )
            firsts = first_of_each([(day, person, str(source)) for _, day, person, source in rows])
            later = [row[0] for row, first in zip(rows, firsts, strict=True) if not first]
            own = Happening.objects.filter(kind=kind, person_id__in=part)
            own.filter(first=False).update(first=True)
            own.filter(id__in=later).update(first=False)
