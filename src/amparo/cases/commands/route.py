"""The way that a survivor was made to go: recruitment, transit, exploitation."""

from __future__ import annotations

from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import rules
from amparo.cases.commands.around import case_for, check_survivor
from amparo.cases.commands.basis import require_basis
from amparo.cases.errors import AlreadyEnded
from amparo.cases.models import HistoricEvent
from amparo.cases.words import RouteStage
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def record_stage(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    stage: RouteStage,
    happened: PartialDate,
    place: str,
    how: str = "",
) -> UUID:
    """Write down one stage of a survivor's way. **Needs** cases:route:record. **Ledger** route.recorded.

    Raises NoBasis, NotASurvivorHere, NotYetHappened.
    """
    case = case_for(actor, "cases:route:record", case_id, Compartment.NARRATIVE)
    check_survivor(case.id, person_id)
    require_basis(case.id, person_id)
    rules.refuse_to_come(happened, clock.today())
    row = HistoricEvent(
        case=case,
        office_id=case.office_id,
        person_id=person_id,
        stage=stage,
        happened=happened.isoformat(),
        first_on=happened.earliest(),
    )
    writing.insert(row, place=place, how=how)
    facts = {"person": person_id, "stage": stage}
    writing.note(Verb.ROUTE_RECORDED, subject=row.id, case=case.id, office=case.office_id, facts=facts)
    return row.id


@command
def withdraw_stage(*, actor: Actor, stage_id: UUID) -> UUID:
    """Take out a stage that was written by mistake; the ledger keeps that it was there. **Needs** cases:route:record.

    **Ledger** route.withdrawn. Raises AlreadyEnded.
    """
    row = policy.load(actor, "cases:route:record", HistoricEvent, stage_id, seen_by="cases:route:see")
    case_for(actor, "cases:route:record", row.case_id, Compartment.NARRATIVE)
    if row.withdrawn_on is not None:
        raise AlreadyEnded
    writing.update(row, withdrawn_on=clock.today())
    facts = {"stage": row.stage}
    writing.note(Verb.ROUTE_WITHDRAWN, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id
