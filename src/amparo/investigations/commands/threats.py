"""Threats, and what is done against them. Danger is written down whether or not there is a basis for other words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import connection

from amparo.access import commands as access
from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import SURVIVOR_SIDE
from amparo.cases.words import PartyRole
from amparo.investigations import queries, rules
from amparo.investigations.commands.around import has_part, open_case
from amparo.investigations.errors import MeasureEnded, NotOfThisCase, NotOnTeam
from amparo.investigations.models import Threat, ThreatMeasure
from amparo.investigations.words import (
    MeasureKind,
    MeasureState,
    ThreatClosed,
    Threatener,
    ThreatEvent,
    ThreatKind,
    ThreatRisk,
    ThreatState,
)
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command

CHANGE = "investigations:threat:change"
SEE = "investigations:threat:see"


@command
def report_threat(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID | None,
    by: Threatener,
    by_person_id: UUID | None = None,
    kind: ThreatKind,
    happened: PartialDate,
    risk: ThreatRisk,
    summary: str,
    account: str = "",
) -> UUID:
    """Write down that somebody is threatened; without `person_id` it is a colleague. No basis is asked for.

    At a high risk the office's supervisors are told. **Needs** investigations:threat:change.
    **Ledger** threat.reported. Raises NotOfThisCase, InFuture.
    """
    head = open_case(actor, CHANGE, case_id, Compartment.NARRATIVE)
    sides = {party.person_id for party in cases.parties(actor, head.id, SURVIVOR_SIDE)}
    if person_id is not None and person_id not in sides:
        raise NotOfThisCase(field="person_id")
    if by_person_id is not None:
        has_part(actor, head.id, by_person_id, PartyRole.SUSPECT)
    rules.refuse_future(happened, queries.today())
    row = Threat(
        case_id=head.id,
        office_id=head.office_id,
        person_id=person_id,
        by=by,
        by_person_id=by_person_id,
        kind=kind,
        happened=happened.isoformat(),
        first_on=happened.earliest(),
        risk=risk,
        key_owner=person_id or head.id,
    )
    writing.insert(row, summary=summary, account=account)
    _note(Verb.THREAT_REPORTED, row, {"person": person_id, "by": by, "kind": kind, "risk": risk})
    _tell(actor, row, risk)
    return row.id


def _note(verb: Verb, row: Threat | ThreatMeasure, facts: dict[str, object] | None = None) -> None:
    writing.note(verb, subject=row.id, case=row.case_id, office=row.office_id, facts=facts or {})


def _tell(actor: Actor, row: Threat, risk: ThreatRisk) -> None:
    """At a high risk everybody on the team and the office's supervisors hear of it, but for who wrote it."""
    if risk is not ThreatRisk.HIGH:
        return
    for account_id in queries.whom_to_tell(row.case_id, row.office_id) - {actor.account_id}:
        access.notify(actor, account_id, "threat", row.case_id)


def _threat(actor: Actor, threat_id: UUID, event: ThreatEvent) -> tuple[Threat, ThreatState]:
    # Its measures are read to say whether it may be closed: none may be agreed on at the same moment.
    if connection.features.has_select_for_update:
        Threat.objects.select_for_update(no_key=True).filter(pk=threat_id).values_list("id", flat=True).first()
    row = policy.load(actor, CHANGE, Threat, threat_id, seen_by=SEE)
    open_case(actor, CHANGE, row.case_id, Compartment.NARRATIVE)
    known = ThreatMeasure.objects.filter(threat_id=row.id).values_list("state", flat=True)
    return row, rules.next_threat_state(ThreatState(row.state), event, map(MeasureState, known))


@command
def assess_threat(
    *, actor: Actor, threat_id: UUID, expected: int, risk: ThreatRisk, summary: str, account: str | None
) -> UUID:
    """Say how great the danger is now. `account` None leaves the words that the actor may not read.

    **Needs** investigations:threat:change. **Ledger** threat.assessed. Raises ThreatIsClosed, Changed.
    """
    row, _state = _threat(actor, threat_id, ThreatEvent.ASSESS)
    was = row.risk
    words = {"summary": summary} | ({} if account is None else {"account": account})
    writing.update(row, expected=expected, risk=risk, **words)
    _note(Verb.THREAT_ASSESSED, row, {"from": was, "to": risk})
    if was != risk:
        _tell(actor, row, risk)
    return row.id


@command
def mitigate_threat(*, actor: Actor, threat_id: UUID) -> UUID:
    """Say that enough was done for now. **Needs** investigations:threat:change. **Ledger** threat.mitigated.

    Raises NothingDoneYet, ThreatIsClosed.
    """
    row, state = _threat(actor, threat_id, ThreatEvent.MITIGATE)
    writing.update(row, state=state)
    _note(Verb.THREAT_MITIGATED, row)
    return row.id


@command
def reopen_threat(*, actor: Actor, threat_id: UUID) -> UUID:
    """Say that the danger is back. **Needs** investigations:threat:change. **Ledger** threat.reopened.

    Raises ThreatIsClosed.
    """
    row, state = _threat(actor, threat_id, ThreatEvent.REOPEN)
    writing.update(row, state=state, closed_on=None, closed_as="")
    _note(Verb.THREAT_REOPENED, row, {"risk": row.risk})
    _tell(actor, row, ThreatRisk(row.risk))
    return row.id


@command
def close_threat(*, actor: Actor, threat_id: UUID, reason: ThreatClosed) -> UUID:
    """Say that the danger is over, and why. **Needs** investigations:threat:change. **Ledger** threat.closed.

    Raises MeasuresOpen, ThreatIsClosed.
    """
    row, state = _threat(actor, threat_id, ThreatEvent.CLOSE)
    writing.update(row, state=state, closed_on=queries.today(), closed_as=reason)
    _note(Verb.THREAT_CLOSED, row, {"reason": reason})
    return row.id


# ---- what is done against it -------------------------------------------------------------------------------


@command
def add_measure(
    *, actor: Actor, threat_id: UUID, kind: MeasureKind, responsible_id: UUID, due_on: date, details: str = ""
) -> UUID:
    """Agree on something against a threat, by whom and when. `details` are read like a protected address.

    **Needs** investigations:threat:change. **Ledger** measure.agreed. Raises NotOnTeam, ThreatIsClosed.
    """
    threat, _state = _threat(actor, threat_id, ThreatEvent.ASSESS)
    if responsible_id not in queries.may_be_responsible(threat.case_id, threat.office_id):
        raise NotOnTeam(field="responsible_id")
    row = ThreatMeasure(
        threat=threat,
        case_id=threat.case_id,
        office_id=threat.office_id,
        kind=kind,
        responsible_id=responsible_id,
        due_on=due_on,
        key_owner=threat.key_owner,
    )
    writing.insert(row, details=details)
    _note(Verb.MEASURE_AGREED, row, {"kind": kind, "due": due_on})
    if responsible_id != actor.account_id:
        access.notify(actor, responsible_id, "measure", row.case_id)
    return row.id


@command
def do_measure(*, actor: Actor, measure_id: UUID) -> UUID:
    """Say that a measure is done. **Needs** investigations:threat:change. **Ledger** measure.done.

    Raises MeasureEnded.
    """
    return _end(actor, measure_id, MeasureState.DONE, Verb.MEASURE_DONE)


@command
def drop_measure(*, actor: Actor, measure_id: UUID) -> UUID:
    """Say that a measure is not needed any more. **Needs** investigations:threat:change. **Ledger** measure.dropped.

    Raises MeasureEnded.
    """
    return _end(actor, measure_id, MeasureState.DROPPED, Verb.MEASURE_DROPPED)


def _end(actor: Actor, measure_id: UUID, state: MeasureState, verb: Verb) -> UUID:
    row = policy.load(actor, CHANGE, ThreatMeasure, measure_id, seen_by=SEE)
    if row.state != MeasureState.OPEN:
        raise MeasureEnded
    writing.update(row, state=state, ended_on=queries.today())
    _note(verb, row, {"kind": row.kind})
    return row.id


def pass_measures_on(case_ids: Collection[UUID], leaving: UUID, taking: UUID) -> None:
    """Give somebody's open measures in these cases to another; inside a command that has asked the policy."""
    rows = ThreatMeasure.objects.filter(case_id__in=case_ids, responsible_id=leaving, state=MeasureState.OPEN)
    for row in rows:
        writing.update(row, responsible_id=taking)
        _note(Verb.MEASURE_PASSED_ON, row, {"to": taking})
