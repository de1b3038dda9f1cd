"""Which reports a reader may see, the people whom they name, and who may be the same person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.intake.models import Report, ReportPerson
from amparo.intake.words import Part
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment, Sight
from amparo.people import queries as people
from amparo.people.words import PersonKind
from amparo.web.addresses import reverse
from amparo.web.sheets import Code, Row

_SURVIVOR_SIDE = (PersonKind.SURVIVOR, PersonKind.FAMILY, PersonKind.WITNESS, PersonKind.REPORTER)


def _names_barred(actor: Actor) -> QuerySet[ReportPerson]:
    return ReportPerson.objects.filter(person_id__in=actor.barred_persons)


def seen(actor: Actor, permission: str) -> QuerySet[Report]:
    """Reports for which the actor has a permission; none that names somebody she is barred from."""
    rows = policy.visible(actor, permission, Report.objects.all())
    return rows.exclude(pk__in=_names_barred(actor).values("report_id")) if actor.barred_persons else rows


def asked(actor: Actor, question: OfReader[Report], *values: object) -> list[Report]:
    """The answer to a prepared question about reports, without those that name somebody she is barred from."""
    rows = question.rows(actor, *values)
    if not actor.barred_persons:
        return rows
    named = set(_names_barred(actor).values_list("report_id", flat=True))
    return [row for row in rows if row.id not in named]


def loaded(actor: Actor, permission: str, report_id: UUID) -> Report:
    """One report by its id, if the actor may do this to it. Raises NotFound, Refused."""
    if actor.barred_persons and _names_barred(actor).filter(report_id=report_id).exists():
        raise NotFound(permission=permission)
    return policy.load(actor, permission, Report, report_id, seen_by="intake:report:see")


def find_by_code(actor: Actor, code: str) -> Row | None:
    """The report with this code, for who may see it: only that it is there. Cost: one query."""
    row = seen(actor, "intake:report:see").filter(code=code).first()
    return None if row is None else Row(title=Code(row.code), url=url_of(row.id))


def is_report(report_id: UUID) -> bool:
    """Whether a number that was drawn for a report has become one."""
    return Report.objects.filter(pk=report_id).exists()


def allows(actor: Actor, permission: str, report: Report) -> bool:
    """Whether the actor may do this to a loaded report."""
    return policy.decide(actor, permission, policy.subject_of(report)).allowed


def sight_of(actor: Actor, report: Report) -> Sight:
    """How much of what was told the actor sees."""
    return policy.sight(actor, Compartment.NARRATIVE, policy.subject_of(report))


def url_of(report_id: UUID) -> str:
    return reverse("intake:report", args=[report_id])


@dataclass(frozen=True, slots=True)
class Named:
    """A person whom a report names."""

    person_id: UUID
    part: Part


def people_of(report_id: UUID) -> list[Named]:
    """The people whom a report names; the caller has asked the policy for it."""
    rows = ReportPerson.objects.filter(report_id=report_id).order_by("created_at", "id")
    return [Named(row.person_id, Part(row.part)) for row in rows]


def _marks(report_id: UUID) -> tuple[list[UUID], list[UUID]]:
    """Ids of the survivor's side and of the suspects."""
    named = people_of(report_id)
    suspects = [one.person_id for one in named if one.part is Part.SUSPECT]
    return [one.person_id for one in named if one.part is not Part.SUSPECT], suspects


def _sides(report_id: UUID) -> Iterable[tuple[list[UUID], tuple[PersonKind, ...]]]:
    ours, suspects = _marks(report_id)
    return ((ours, _SURVIVOR_SIDE), (suspects, (PersonKind.SUSPECT,)))


def count_alike(actor: Actor, report_id: UUID) -> int:
    """How many others in all records have exactly a name or number of this report's people. Only a count.

    Whom the actor is barred from is not counted; her supervisor, who is not, sees them on the same page.
    """
    calling_code = access.office(Report.objects.values_list("office_id", flat=True).get(pk=report_id)).calling_code
    total = 0
    for ids, kinds in _sides(report_id):
        names, numbers = people.own_marks(ids)
        total += people.exact_duplicates(actor, names, numbers, calling_code=calling_code, kinds=kinds, without=ids)
    return total


def alike(actor: Actor, report: Report) -> list[people.Hit]:
    """Who they are, as far as this reader may know of them."""
    calling_code = access.office(report.office_id).calling_code
    hits: list[people.Hit] = []
    for ids, kinds in _sides(report.id):
        names, numbers = people.own_marks(ids)
        hits += people.duplicates_seen(actor, names, numbers, calling_code=calling_code, kinds=kinds, without=ids)
    return hits


def record(row: Report) -> None:
    """Say that words of a report are being shown."""
    readings.opened(row.case_id or row.id, Compartment.NARRATIVE)
