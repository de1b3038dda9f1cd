"""The report of her examination, for the survivor herself; given by who examines."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.forensics.queries import report
from amparo.forensics.queries.case import exams_asked
from amparo.forensics.queries.reach import exam
from amparo.forensics.words import ExamState


def has_own_report(actor: Actor, case_id: UUID, person_id: UUID) -> bool:
    """Whether this reader sees a sealed examination of hers in a case. Cost: one query."""
    return _newest(actor, case_id, person_id) is not None


def _newest(actor: Actor, case_id: UUID, person_id: UUID) -> UUID | None:
    rows = cases.rows_of_case(actor, exams_asked, case_id)
    return next((row.id for row in rows if row.person_id == person_id and row.state == ExamState.SEALED), None)


def own_report(actor: Actor, case_id: UUID, person_id: UUID, *, language: str, at: datetime) -> bytes | None:
    """The newest sealed report of hers, with her own words in it, as it would go to a court; None without one."""
    key = _newest(actor, case_id, person_id)
    if key is None:
        return None
    classes = frozenset({"identity", "narrative"})
    return report.paper(actor, exam(actor, key), classes, language=language, at=at, mark=None)
