"""The report of her examination, for the survivor herself; given by who examines."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.forensics.models import Examination
from amparo.forensics.queries import report
from amparo.forensics.queries.case import exams_asked
from amparo.forensics.queries.reach import exam
from amparo.forensics.words import ExamState


def with_own_report(actor: Actor, case_id: UUID) -> frozenset[UUID]:
    """Of whom in a case this reader sees a sealed examination. Cost: one query."""
    return frozenset(row.person_id for row in _sealed(actor, case_id))


def _sealed(actor: Actor, case_id: UUID) -> list[Examination]:
    return [row for row in cases.rows_of_case(actor, exams_asked, case_id) if row.state == ExamState.SEALED]


def _newest(actor: Actor, case_id: UUID, person_id: UUID) -> UUID | None:
    return next((row.id for row in _sealed(actor, case_id) if row.person_id == person_id), None)


def own_report(actor: Actor, case_id: UUID, person_id: UUID, *, language: str, at: datetime) -> bytes | None:
    """The newest sealed report of hers, with her own words in it, as it would go to a court; None without one."""
    key = _newest(actor, case_id, person_id)
    if key is None:
        return None
    classes = frozenset({"identity", "narrative"})
    return report.paper(actor, exam(actor, key), classes, language=language, at=at, mark=None)
