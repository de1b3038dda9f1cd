"""Erasing a report that became no case: its key, and with it every word, message and file."""

from __future__ import annotations

from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.intake import rules
from amparo.intake.commands.reports import hold
from amparo.intake.errors import ReportErased
from amparo.intake.models import Onward, Report
from amparo.intake.queries import ERASE
from amparo.intake.words import State
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.staff import queries as staff


def erase_words(actor: Actor, report_id: UUID) -> tuple[Report, int]:
    """Empty a report and all that stands beside it, and destroy its keys; inside the journey that notes it.

    Returns the report, and how many rows were emptied. Nobody sees it as intake does from now on.
    **Needs** intake:report:erase. Raises NotFound, ReportErased, NotToErase, StillKept.
    """
    hold(report_id)
    report = policy.load(actor, ERASE, Report, report_id)
    if report.erased_at is not None:
        raise ReportErased
    decided_on = clock.day_of(report.decided_at) if report.decided_at else None
    rules.check_erasable(State(report.state), decided_on, staff.report_retention(), clock.today())
    for row in Onward.objects.filter(report_id=report.id).exclude(answer_by=None):
        writing.update(row, answer_by=None)
    now = clock.now()
    writing.update(report, erased_at=now, handed_at=now, answerable=False)
    return report, writing.forget_owner(report.id)
