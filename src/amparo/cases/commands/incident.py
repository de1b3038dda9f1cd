"""Incidents: one act, one survivor."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries, rules
from amparo.cases.commands.around import case_for, check_survivor, hold_case, refuse_closed, subject_of
from amparo.cases.commands.basis import require_basis
from amparo.cases.errors import NotASuspectHere, OwnIncident
from amparo.cases.models import Case, Incident, IncidentFinding
from amparo.cases.rules import IncidentFacts, Question
from amparo.cases.words import IncidentState, IncidentType, PartyRole
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
    weapon: str = "",
    perpetrators: Collection[UUID] = (),
    previous: str = "",
    reported_elsewhere: Sequence[str] = (),
    goods_exchanged: bool = False,
    held: bool = False,
    harmful_practice: bool = False,
    place: str = "",
    summary: str = "",
    narrative: str = "",
) -> UUID:
    """Record one act against one survivor; its type is found and its contexts are derived.

    An incident after the report, or one before the survivor's birth year, is flagged and kept.
    Who may confirm the kind does so by recording it. `perpetrators` are suspects of the same case.
    **Needs** cases:incident:record for a narrative, cases:incident:summarise without one.
    **Ledger** incident.recorded. Raises NoBasis, AnswersMissing, NotASurvivorHere, NotASuspectHere.
    """
    permission = "cases:incident:record" if narrative else "cases:incident:summarise"
    case = case_for(actor, permission, case_id, Compartment.NARRATIVE)
    check_survivor(case.id, person_id)
    require_basis(case.id, person_id)
    _check_suspects(actor, case.id, perpetrators)
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
        weapon=weapon or None,
        perpetrators=[str(person) for person in perpetrators] or None,
        previous=previous or None,
        reported_elsewhere=list(reported_elsewhere) or None,
        state=IncidentState.CLASSIFIED if _may_classify(actor, case) else IncidentState.RECORDED,
    )
    writing.insert(row, place=place, summary=summary, narrative=narrative)
    noted = {"type": kind, "contexts": list(derived)}
    writing.note(Verb.INCIDENT_RECORDED, subject=row.id, case=case.id, office=case.office_id, facts=noted)
    return row.id


def _may_classify(actor: Actor, case: Case) -> bool:
    return policy.decide(actor, "cases:incident:record", subject_of(case, Compartment.NARRATIVE)).allowed


def _check_suspects(actor: Actor, case_id: UUID, chosen: Collection[UUID]) -> None:
    """Raises NotASuspectHere."""
    if chosen and not set(chosen) <= _suspects(actor, case_id):
        raise NotASuspectHere(field="perpetrators")


def _suspects(actor: Actor, case_id: UUID) -> set[UUID]:
    return {party.person_id for party in queries.parties(actor, case_id, (PartyRole.SUSPECT,))}


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
    weapon: str = "",
    perpetrators: Collection[UUID] | None = None,
    previous: str = "",
    reported_elsewhere: Sequence[str] = (),
    place: str | None = None,
    narrative: str | None = None,
) -> UUID:
    """Put right when an incident was, what is around it and its words; contexts and flags follow. None leaves a word.

    Where it was verified, or found not to be, that is to be looked at anew. Suspects whom the actor can't see stay
    linked. **Needs** cases:incident:record for place and narrative, cases:incident:summarise without them.
    **Ledger** incident.changed. Raises CaseIsClosed, NoBasis, NotASuspectHere, Changed.
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
        "weapon": weapon or None,
        "previous": previous or None,
        "reported_elsewhere": list(reported_elsewhere) or None,
    }
    if perpetrators is not None:
        clear["perpetrators"] = _linked(actor, row, perpetrators) or None
    told = {"summary": summary, **whole}
    before = sealing.open_row(row, *told)
    fresh = {name: value for name, value in clear.items() if getattr(row, name) != value}
    fresh |= {name: words for name, words in told.items() if before.text(name) != words}
    if fresh and row.state in (IncidentState.VERIFIED, IncidentState.UNVERIFIED):
        # What was found was found of other facts.
        fresh["state"] = rules.after_answers(IncidentState(row.state))
    writing.update(row, expected=expected, **fresh)
    noted = {"fields": list(fresh)}
    writing.note(Verb.INCIDENT_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=noted)
    return row.id


def _linked(actor: Actor, row: Incident, chosen: Collection[UUID]) -> list[str]:
    """Suspects who are linked from now on: those chosen, and those linked before whom the actor can't see."""
    _check_suspects(actor, row.case_id, chosen)
    seen = {str(person) for person in _suspects(actor, row.case_id)}
    hidden = [person for person in row.perpetrators or () if person not in seen]
    return [*hidden, *(str(person) for person in chosen)]


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
    state = rules.after_answers(IncidentState(row.state))
    writing.update(row, expected=expected, type=kind, contexts=list(derived), answers=fresh, state=state)
    noted = {"type": kind, "contexts": list(derived)}
    writing.note(Verb.INCIDENT_CLASSIFIED, subject=row.id, case=row.case_id, office=row.office_id, facts=noted)
    return row.id


@command
def find_incident(*, actor: Actor, incident_id: UUID, expected: int, state: IncidentState, reason: str) -> UUID:
    """Say whether an incident is verified, or counts nowhere, and why. Earlier findings stay.

    **Needs** cases:incident:find. **Ledger** incident.found. Raises CaseIsClosed, OwnIncident, IncidentNotClassified,
    FindingUnchanged, Changed.
    """
    row = policy.load(actor, "cases:incident:find", Incident, incident_id, seen_by="cases:incident:see")
    hold_case(row.case_id)
    refuse_closed(row.case)
    if row.created_by == actor.account_id or _changed_last(actor, row):
        raise OwnIncident
    before = IncidentState(row.state)
    rules.check_finding(before, state)
    writing.update(row, expected=expected, state=state)
    finding = IncidentFinding(
        case_id=row.case_id, office_id=row.office_id, person_id=row.person_id, incident=row, state=state
    )
    writing.insert(finding, reason=reason)
    facts = {"from": before, "to": state}
    writing.note(Verb.INCIDENT_FOUND, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


def _changed_last(actor: Actor, row: Incident) -> bool:
    """Whether the actor changed an incident after the latest finding; saying what was found is no such change."""
    findings = IncidentFinding.objects.filter(incident=row, created_at__gte=row.updated_at)
    was_found = row.state in rules.FOUND and findings.exists()
    return row.updated_by == actor.account_id and not was_found
