"""Incidents, each of one survivor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.access.policy import Subject
from amparo.cases import rules
from amparo.cases.errors import AnswersMissing
from amparo.cases.models import (
    Incident,
)
from amparo.cases.queries.heads import CaseHead, case_head, rows_of_case
from amparo.cases.rules import Question
from amparo.cases.words import (
    IncidentType,
)
from amparo.kernel.words import Compartment, Sight
from amparo.vault import sealing


@dataclass(frozen=True, slots=True)
class IncidentView:
    id: UUID
    person_id: UUID
    code: str
    began: str
    ended: str
    type: IncidentType
    contexts: tuple[str, ...]
    exploitation: tuple[str, ...]
    controls: tuple[str, ...]
    relation: str
    minor: bool | None
    after_report: bool
    answers: Mapping[str, bool]
    summary: str
    place: str
    narrative: str
    narrative_withheld: bool
    version: int


_INCIDENTS = OfCase("cases:incident:see", Incident, lambda rows: rows.select_related("person").order_by("began", "id"))


def incidents(actor: Actor, case_id: UUID) -> list[IncidentView]:
    """Incidents of a case: everybody on the team sees type and summary, the full words only who sees C2 whole."""
    found = rows_of_case(actor, _INCIDENTS, case_id)
    if not found:
        return []
    readings.opened(case_id, Compartment.NARRATIVE)
    subject = Subject(office=found[0].office_id, cases=frozenset([case_id]))
    whole = policy.sight(actor, Compartment.NARRATIVE, subject) is Sight.FULL
    columns = ("summary", "place", "narrative") if whole else ("summary",)
    opened = sealing.open_rows(found, *columns)
    return [_incident(row, words, whole) for row, words in zip(found, opened, strict=True)]


def _incident(row: Incident, words: sealing.Opened, whole: bool) -> IncidentView:
    return IncidentView(
        id=row.id,
        person_id=row.person_id,
        code=row.person.code,
        began=row.began,
        ended=row.ended,
        type=IncidentType(row.type),
        contexts=tuple(row.contexts),
        exploitation=tuple(row.exploitation),
        controls=tuple(row.controls),
        relation=row.relation,
        minor=row.minor,
        after_report=row.after_report,
        answers=row.answers,
        summary=words.text("summary"),
        place=words.text("place"),
        narrative=words.text("narrative"),
        narrative_withheld=not whole,
        version=row.version,
    )


def incident(actor: Actor, incident_id: UUID) -> tuple[CaseHead, IncidentView]:
    row = policy.load(actor, "cases:incident:see", Incident, incident_id)
    head = case_head(actor, row.case_id)
    return head, next(view for view in incidents(actor, head.id) if view.id == incident_id)


def type_found(answers: Mapping[Question, bool]) -> IncidentType | None:
    """The type that answers lead to so far, for showing it while they are given."""
    try:
        return rules.classify(answers)
    except AnswersMissing:
        return None
