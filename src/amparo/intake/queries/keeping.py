"""Until when reports are kept that became no case, whose day has passed, and what is erased with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.intake import rules
from amparo.intake.errors import ReportErased
from amparo.intake.models import Report, ReportPerson
from amparo.intake.words import State
from amparo.kernel import clock
from amparo.kernel.dates import years_later
from amparo.staff import queries as staff

ERASE = "intake:report:erase"


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report whose day has passed: code, state and day alone."""

    id: UUID
    code: str
    state: State
    until: date


def reports_past_their_day(actor: Actor, limit: int) -> list[KeptReport]:
    """Reports that became no case, were not erased, and are kept longer than was decided; the oldest first.

    For who erases, in all offices. Cost: two queries. Raises NotFound.
    """
    policy.check_new(actor, ERASE, Subject())
    years, today = staff.report_retention(), clock.today()
    past = Q()
    for state in rules.LEFT:
        # Days are compared again below: a moment lies on one day here and on the next elsewhere.
        latest = clock.end_of(years_later(today, -years[state]) + timedelta(days=1))
        past |= Q(state=state, decided_at__lt=latest)
    rows = Report.objects.filter(past, erased_at=None).order_by("decided_at", "id")
    found = [
        _kept(row.id, row.code, State(row.state), clock.day_of(row.decided_at), years)
        for row in rows.only("id", "code", "state", "decided_at")[:limit]
        if row.decided_at is not None
    ]
    return [one for one in found if one.until < today]


def _kept(key: UUID, code: str, state: State, decided_on: date, years: dict[str, int]) -> KeptReport:
    until = rules.kept_until(state, decided_on, years)
    return KeptReport(key, code, state, until or decided_on)


def report_to_erase(actor: Actor, report_id: UUID) -> KeptReport:
    """A report as it is asked whether to erase it. Raises NotFound, ReportErased, NotToErase, StillKept."""
    row = policy.load(actor, ERASE, Report, report_id)
    if row.erased_at is not None:
        raise ReportErased
    years, state = staff.report_retention(), State(row.state)
    decided_on = clock.day_of(row.decided_at) if row.decided_at else None
    rules.check_erasable(state, decided_on, years, clock.today())
    return _kept(row.id, row.code, state, decided_on or clock.today(), years)


def people_of_report_alone(report_id: UUID) -> list[UUID]:
    """The people whom a report names and no other report does that is still kept; for the journey that erases it."""
    named = set(ReportPerson.objects.filter(report_id=report_id).values_list("person_id", flat=True))
    others = ReportPerson.objects.filter(person_id__in=named, report__erased_at=None).exclude(report_id=report_id)
    return sorted(named - set(others.values_list("person_id", flat=True)), key=lambda key: key.bytes)
