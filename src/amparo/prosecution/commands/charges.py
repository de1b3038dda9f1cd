"""Charges, and what becomes of each."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.access.actors import Actor
from amparo.cases.words import PartyRole
from amparo.investigations import commands as investigation_commands
from amparo.investigations import queries as investigations
from amparo.investigations.words import Source, Status
from amparo.kernel.dates import PartialDate
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.prosecution import queries, rules
from amparo.prosecution.commands.reach import (
    CHARGE_CHANGE,
    change_state,
    charge_for,
    has_part,
    keep_step,
    mark_reached,
    move_track,
    proceeding_for,
)
from amparo.prosecution.commands.verdicts import roll_up
from amparo.prosecution.errors import (
    ChargeMoveRefused,
    NotAccusedHere,
    NotASurvivorHere,
)
from amparo.prosecution.models import (
    Charge,
)
from amparo.prosecution.words import (
    ChargeEvent,
    Stage,
)


@command
def propose_charge(
    *,
    actor: Actor,
    proceeding_id: UUID,
    accused_id: UUID,
    section: str,
    on: date,
    survivor_id: UUID | None = None,
    iccs: str = "",
    counts: int = 1,
    attempted: bool = False,
) -> UUID:
    """Propose what somebody is to be charged with. **Needs** prosecution:charge:change.

    **Ledger** charge.proposed. Raises NotAccusedHere, NotASurvivorHere, InFuture.
    """
    row = proceeding_for(actor, proceeding_id, CHARGE_CHANGE)
    if not has_part(actor, row.case_id, accused_id, PartyRole.SUSPECT):
        raise NotAccusedHere(field="accused_id")
    if survivor_id is not None and not has_part(actor, row.case_id, survivor_id, PartyRole.SURVIVOR):
        raise NotASurvivorHere(field="survivor_id")
    rules.refuse_future(on, queries.today())
    charge = Charge(
        case_id=row.case_id,
        office_id=row.office_id,
        proceeding=row,
        accused_id=accused_id,
        survivor_id=survivor_id,
        iccs=iccs,
        counts=counts,
        attempted=attempted,
        since_on=on,
    )
    writing.insert(charge, section=section)
    keep_step(charge, on)
    facts = {"accused": accused_id}
    writing.note(Verb.CHARGE_PROPOSED, subject=charge.id, case=row.case_id, office=row.office_id, facts=facts)
    return charge.id


@command
def move_charge(
    *,
    actor: Actor,
    charge_id: UUID,
    event: ChargeEvent,
    on: date,
    reason: str = "",
    section: str = "",
    counts: int | None = None,
) -> UUID:
    """File, amend, decline, withdraw or dismiss a charge; what is left out stays. **Needs** prosecution:charge:change.

    Filing makes the suspect charged and the track go to the prosecution. **Ledger** charge.changed.
    Raises ChargeMoveRefused, ReasonMissing, InFuture.
    """
    charge = charge_for(actor, charge_id)
    rules.refuse_future(on, queries.today())
    rules.refuse_bare_end(event, reason)
    if event not in rules.BY_PEOPLE:
        raise ChargeMoveRefused
    more: dict[str, object] = {}
    if event is ChargeEvent.AMEND:
        more = {name: value for name, value in (("section", section), ("counts", counts)) if value}
    change_state(charge, event, on, reason=reason if event in rules.NEEDS_REASON else "", more=more)
    if event is ChargeEvent.FILE:
        _filed(actor, charge, on)
    else:
        roll_up(actor, charge, None, on)
    return charge.id


def _filed(actor: Actor, charge: Charge, on: date) -> None:
    mark_reached(charge.proceeding, Stage.CHARGED, on)
    known = investigations.events_of(charge.case_id).get(charge.accused_id, [])
    if all(event.status is not Status.CHARGED for event in known):
        investigation_commands.record_status(
            actor=actor,
            case_id=charge.case_id,
            person_id=charge.accused_id,
            status=Status.CHARGED,
            happened=PartialDate.on(on),
            source=Source.PROSECUTOR,
        )
    move_track(actor, charge.case_id, "with_prosecution", on, only_from={"investigating"})
