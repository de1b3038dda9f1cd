"""Special measures asked for and decided."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases.words import PartyRole
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.prosecution import queries, rules
from amparo.prosecution.commands.reach import has_part, proceeding_for
from amparo.prosecution.errors import (
    AlreadyRequested,
    MeasureDecided,
    NotASurvivorHere,
)
from amparo.prosecution.models import (
    SpecialMeasure,
)
from amparo.prosecution.words import (
    Measure,
    MeasureState,
)


@command
def request_measure(*, actor: Actor, proceeding_id: UUID, person_id: UUID, measure: Measure, on: date) -> UUID:
    """Write down that a protection in court was asked for. **Needs** prosecution:proceeding:change.

    **Ledger** measure.requested. Raises NotASurvivorHere, AlreadyRequested, InFuture.
    """
    row = proceeding_for(actor, proceeding_id)
    if not has_part(actor, row.case_id, person_id, PartyRole.SURVIVOR):
        raise NotASurvivorHere(field="person_id")
    rules.refuse_future(on, queries.today())
    same = SpecialMeasure.objects.filter(proceeding=row, person_id=person_id, measure=measure)
    if same.exclude(state=MeasureState.REFUSED).exists():
        raise AlreadyRequested
    asked = SpecialMeasure(
        case_id=row.case_id,
        office_id=row.office_id,
        proceeding=row,
        person_id=person_id,
        measure=measure,
        requested_on=on,
    )
    writing.insert(asked)
    facts = {"measure": measure}
    writing.note(Verb.MEASURE_REQUESTED, subject=asked.id, case=row.case_id, office=row.office_id, facts=facts)
    return asked.id


@command
def decide_measure(*, actor: Actor, measure_id: UUID, granted: bool, on: date) -> UUID:
    """Write down what the court said to a request. **Needs** prosecution:proceeding:change.

    **Ledger** measure.decided. Raises MeasureDecided, InFuture.
    """
    row = policy.load(actor, queries.CHANGE, SpecialMeasure, measure_id, seen_by=queries.SEE)
    if row.state != MeasureState.REQUESTED:
        raise MeasureDecided
    rules.refuse_future(on, queries.today())
    writing.update(row, state=MeasureState.GRANTED if granted else MeasureState.REFUSED, decided_on=on)
    facts = {"measure": row.measure, "granted": granted}
    writing.note(Verb.MEASURE_DECIDED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id
