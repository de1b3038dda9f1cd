"""For counting: codes, days and ids of reports, never a word.

Who may see the counts is asked by whoever shows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from amparo.intake.models import Report
from amparo.intake.words import Medical, State


@dataclass(frozen=True, slots=True)
class CountedReport:
    id: UUID
    office_id: UUID
    case_id: UUID | None
    district: str
    channel: str
    state: State
    reason: str
    received_on: date
    acknowledged_on: date | None
    decided_on: date | None
    seen_on: date | None


def counted_reports(report_ids: Sequence[UUID]) -> list[CountedReport]:
    """Reports by their ids. Cost: one query."""
    return _counted(Report.objects.filter(pk__in=report_ids))


def counted_reports_of_cases(case_ids: Sequence[UUID]) -> list[CountedReport]:
    """The reports that cases began with. Cost: one query."""
    return _counted(Report.objects.filter(case_id__in=case_ids))


def _counted(rows: QuerySet[Report]) -> list[CountedReport]:
    """`seen_on` is the day on which a clinician is noted to have seen the survivor."""
    return [
        CountedReport(
            id=row.id,
            office_id=row.office_id,
            case_id=row.case_id,
            district=row.district,
            channel=row.channel,
            state=State(row.state),
            reason=row.reason,
            received_on=row.received_at.date(),
            acknowledged_on=row.acknowledged_at.date() if row.acknowledged_at else None,
            decided_on=row.decided_at.date() if row.decided_at else None,
            seen_on=row.medical_taken_at.date() if row.medical == Medical.ARRANGED and row.medical_taken_at else None,
        )
        for row in rows.order_by("received_at", "id").defer(
            "language", "place", "summary", "danger_words", "text", "safe_contact", "remark"
        )
    ]


def report_ids_after(last: UUID | None, limit: int) -> list[UUID]:
    """Ids of all reports in parts, in their order. Cost: one query by keyset."""
    rows = Report.objects.order_by("id") if last is None else Report.objects.filter(id__gt=last).order_by("id")
    return list(rows.values_list("id", flat=True)[:limit])
