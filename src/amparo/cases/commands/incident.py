"""Incidents: one act, one survivor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import rules
from amparo.cases.commands.around import case_for, check_survivor, refuse_closed
from amparo.cases.commands.basis import require_basis
from amparo.cases.models import (
    Incident,
)
from amparo.cases.rules import IncidentFacts, Question
from amparo.cases.words import IncidentType
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.people import queries as people_queries
from amparo.vault import sealing


@command
def record_incident(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    began: PartialDate,
    ended: PartialDate | None = None,
    answers: Mapping[Question, bool],
    relation: str = "unknown",
    exploitation: Sequence[str] = (),
    controls: Sequence[str] = (),
    goods_exchanged: bool = False,
    held: bool = False,
    harmful_practice: bool = False,
    place: str = "",
    summary: str = "",
    narrative: str = "",
) -> UUID:
    """Record one act against one survivor; its type is found and its contexts are derived.

    An incident after the report, or one before the survivor's birth year, is flagged and kept.
    **Needs** cases:incident:record for a narrative, cases:incident:summarise without one.
    **Ledger** incident.recorded. Raises NoBasis, AnswersMissing, NotASurvivorHere.
    """
    permission = "cases:incident:record" if narrative else "cases:incident:summarise"
    case = case_for(actor, permission, case_id, Compartment.NARRATIVE)
    check_survivor(case.id, person_id)
    require_basis(case.id, person_id)
    kind = rules.classify(answers)
    minor = people_queries.is_minor_at(person_id, began)
    facts = IncidentFacts(kind, relation, minor, goods_exchanged, held, harmful_practice)
    derived = rules.contexts(facts)
    row = Incident(
        case=case,
        office_id=case.office_id,
        person_id=person_id,
        began=began.isoformat(),
        ended=ended.isoformat() if ended else "",
        type=kind,
        answers={q.value: a for q, a in answers.items()}
        | {"goods": goods_exchanged, "held": held, "harmful": harmful_practice},
        contexts=list(derived),
        exploitation=list(exploitation),
        controls=list(controls),
        relation=relation,
        minor=minor,
        after_report=began.earliest() > case.reported_on,
    )
    writing.insert(row, place=place, summary=summary, narrative=narrative)
    noted = {"type": kind, "contexts": list(derived)}
    writing.note(Verb.INCIDENT_RECORDED, subject=row.id, case=case.id, office=case.office_id, facts=noted)
    return row.id


@command
def change_incident(
    *,
    actor: Actor,
    incident_id: UUID,
    expected: int,
    began: PartialDate,
    ended: PartialDate | None,
    relation: str,
    exploitation: Sequence[str],
    controls: Sequence[str],
    goods_exchanged: bool,
    held: bool,
    harmful_practice: bool,
    summary: str,
    place: str | None = None,
    narrative: str | None = None,
) -> UUID:
    """Put right when an incident was, what is around it and its words; contexts and flags follow. None leaves a word.

    **Needs** cases:incident:record for place and narrative, cases:incident:summarise without them.
    **Ledger** incident.changed. Raises CaseIsClosed, NoBasis, Changed.
    """
    whole = {name: words for name, words in (("place", place), ("narrative", narrative)) if words is not None}
    permission = "cases:incident:record" if whole else "cases:incident:summarise"
    row = policy.load(actor, permission, Incident, incident_id, seen_by="cases:incident:see")
    refuse_closed(row.case)
    require_basis(row.case_id, row.person_id)
    minor = people_queries.is_minor_at(row.person_id, began)
    facts = IncidentFacts(IncidentType(row.type), relation, minor, goods_exchanged, held, harmful_practice)
    clear: dict[str, object] = {
        "began": began.isoformat(),
        "ended": ended.isoformat() if ended else "",
        "relation": relation,
        "exploitation": list(exploitation),
        "controls": list(controls),
        "answers": {**row.answers, "goods": goods_exchanged, "held": held, "harmful": harmful_practice},
        "contexts": list(rules.contexts(facts)),
        "minor": minor,
        "after_report": began.earliest() > row.case.reported_on,
    }
    told = {"summary": summary, **whole}
    before = sealing.open_row(row, *told)
    fresh = {name: value for name, value in clear.items() if getattr(row, name) != value}
    fresh |= {name: words for name, words in told.items() if before.text(name) != words}
    writing.update(row, expected=expected, **fresh)
    noted = {"fields": list(fresh)}
    writing.note(Verb.INCIDENT_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=noted)
    return row.id


@command
def reclassify_incident(*, actor: Actor, incident_id: UUID, expected: int, answers: Mapping[Question, bool]) -> UUID:
    """Answer the questions of an incident again. **Needs** cases:incident:record. **Ledger** incident.classified.

    Raises CaseIsClosed, AnswersMissing, Changed.
    """
    row = policy.load(actor, "cases:incident:record", Incident, incident_id, seen_by="cases:incident:see")
    refuse_closed(row.case)
    kind = rules.classify(answers)
    kept = row.answers
    facts = IncidentFacts(
        kind,
        row.relation,
        row.minor,
        bool(kept.get("goods")),
        bool(kept.get("held")),
        bool(kept.get("harmful")),
    )
    derived = rules.contexts(facts)
    fresh = {name: kept[name] for name in ("goods", "held", "harmful") if name in kept}
    fresh |= {q.value: a for q, a in answers.items()}
    writing.update(row, expected=expected, type=kind, contexts=list(derived), answers=fresh, state="classified")
    noted = {"type": kind, "contexts": list(derived)}
    writing.note(Verb.INCIDENT_CLASSIFIED, subject=row.id, case=row.case_id, office=row.office_id, facts=noted)
    return row.id
