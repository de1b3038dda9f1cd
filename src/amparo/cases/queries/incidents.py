"""Incidents, each of one survivor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.access.policy import Subject
from amparo.cases import rules
from amparo.cases.errors import AnswersMissing
from amparo.cases.models import Incident, IncidentFinding
from amparo.cases.queries.heads import CaseHead, case_head, rows_of_case
from amparo.cases.queries.parties import parties
from amparo.cases.rules import Question
from amparo.cases.words import IncidentState, IncidentType, PartyRole
from amparo.kernel.words import Compartment, Sight
from amparo.vault import sealing
from amparo.vault.prepared import IDS, Prepared


@dataclass(frozen=True, slots=True)
class FindingView:
    """What was found of an incident, by whom, when and why; `reason` is empty for who reads the summary alone."""

    state: IncidentState
    by: str
    at: datetime
    reason: str


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
    state: IncidentState
    weapon: str
    # Suspects whom the reader may see, by their ids, with their codes.
    perpetrators: Mapping[UUID, str]
    previous: str
    reported_elsewhere: tuple[str, ...]
    findings: tuple[FindingView, ...]
    recorded_by: UUID

    @property
    def counts(self) -> bool:
        """Whether it stands: in figures, and wherever something is reckoned from it."""
        return rules.counts(self.state)


_FIND = "cases:incident:find"
_INCIDENTS = OfCase("cases:incident:see", Incident, lambda rows: rows.select_related("person").order_by("began", "id"))


def incidents(actor: Actor, case_id: UUID) -> list[IncidentView]:
    """Incidents of a case: everybody on the team sees type and summary, the full words only who sees C2 whole."""
    found = rows_of_case(actor, _INCIDENTS, case_id)
    if not found:
        return []
    readings.opened(case_id, Compartment.NARRATIVE)
    subject = Subject(office=found[0].office_id, cases=frozenset([case_id]), level=Compartment.NARRATIVE)
    whole = policy.sight(actor, Compartment.NARRATIVE, subject) is Sight.FULL
    columns = ("summary", "place", "narrative") if whole else ("summary",)
    opened = sealing.open_rows(found, *columns)
    suspects = _suspects(actor, case_id) if any(row.perpetrators for row in found) else {}
    # A reason weighs what was told against other words: for who reads those, and who decides with her.
    with_reasons = whole or policy.decide(actor, _FIND, subject).allowed
    findings = _findings((row.id for row in found if row.state in rules.FOUND), with_reasons=with_reasons)
    return [
        _incident(row, words, whole, suspects, findings.get(row.id, ()))
        for row, words in zip(found, opened, strict=True)
    ]


def _suspects(actor: Actor, case_id: UUID) -> dict[str, str]:
    """Codes of the suspects whom the actor may see, by their ids as an incident holds them."""
    return {str(party.person_id): party.code for party in parties(actor, case_id, (PartyRole.SUSPECT,))}


_FINDINGS = Prepared(
    lambda incidents: IncidentFinding.objects.filter(incident_id__in=incidents).order_by("-created_at", "-id"), IDS
)


def _findings(incident_ids: Iterable[UUID], *, with_reasons: bool) -> dict[UUID, tuple[FindingView, ...]]:
    """Findings of incidents that the caller may see, newest first. Cost: none, or three queries."""
    wanted = list(incident_ids)
    if not wanted:
        return {}
    rows = _FINDINGS.rows(wanted)
    names = access.names_of({row.created_by for row in rows})
    found: dict[UUID, tuple[FindingView, ...]] = {}
    reasons: dict[UUID, str] = {}
    if with_reasons:
        opened = sealing.open_rows(rows, "reason")
        reasons = {row.id: words.text("reason") for row, words in zip(rows, opened, strict=True)}
    for row in rows:
        view = FindingView(
            IncidentState(row.state), names.get(row.created_by, ""), row.created_at, reasons.get(row.id, "")
        )
        found[row.incident_id] = (*found.get(row.incident_id, ()), view)
    return found


def _incident(
    row: Incident, words: sealing.Opened, whole: bool, suspects: Mapping[str, str], findings: tuple[FindingView, ...]
) -> IncidentView:
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
        state=IncidentState(row.state),
        weapon=row.weapon or "",
        perpetrators={UUID(key): suspects[key] for key in row.perpetrators or () if key in suspects},
        previous=row.previous or "",
        reported_elsewhere=tuple(row.reported_elsewhere or ()),
        findings=findings,
        recorded_by=row.created_by,
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
