"""What the other commands of the court share: the open case, its track, the stages of a proceeding."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import commands as case_commands
from amparo.cases import queries as cases
from amparo.cases.errors import CaseIsClosed
from amparo.cases.queries import CaseHead
from amparo.cases.words import CaseState, PartyRole, TrackKind
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.prosecution import queries, rules
from amparo.prosecution.models import (
    Charge,
    ChargeStep,
    Proceeding,
    StageReached,
)
from amparo.prosecution.words import (
    ChargeEvent,
    ChargeState,
    Stage,
)

CHARGE_CHANGE = "prosecution:charge:change"
CHARGE_SEE = "prosecution:charge:see"


class OfCase(Protocol):
    """A row of this room: every one is about one case."""

    @property
    def id(self) -> UUID: ...
    @property
    def case_id(self) -> UUID: ...
    @property
    def office_id(self) -> UUID: ...


def noted(verb: Verb, row: OfCase, **facts: object) -> UUID:
    """Write into the ledger what was done to a row, and give its id back."""
    writing.note(verb, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


def open_head(actor: Actor, case_id: UUID) -> CaseHead:
    """The open case, held open until the command ends. Raises NotFound, CaseIsClosed."""
    case_commands.hold_case(case_id)
    head = cases.case_head(actor, case_id)
    if head.state is CaseState.CLOSED:
        raise CaseIsClosed
    return head


def has_part(actor: Actor, case_id: UUID, person_id: UUID, role: PartyRole) -> bool:
    return any(party.person_id == person_id for party in cases.parties(actor, case_id, [role]))


def move_track(actor: Actor, case_id: UUID, state: str, on: date, *, only_from: Collection[str]) -> None:
    """Move the accountability track where it stands in one of some states and may go there."""
    head = cases.case_head(actor, case_id)
    track = next((t for t in cases.tracks(head) if t.kind is TrackKind.ACCOUNTABILITY), None)
    if track is not None and track.state in only_from and state in track.moves:
        case_commands.change_track(actor=actor, case_id=case_id, kind=TrackKind.ACCOUNTABILITY, state=state, on=on)


def mark_reached(row: Proceeding, stage: Stage, on: date) -> None:
    """Write down that a proceeding reached a stage, once; the proceeding stands at the highest one."""
    if StageReached.objects.filter(proceeding=row, stage=stage).exists():
        return
    writing.insert(StageReached(case_id=row.case_id, office_id=row.office_id, proceeding=row, stage=stage, on=on))
    order = list(Stage)
    if order.index(stage) > order.index(Stage(row.stage)):
        writing.update(row, stage=stage)
    facts = {"stage": stage}
    writing.note(Verb.STAGE_REACHED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)


def proceeding_for(actor: Actor, proceeding_id: UUID, permission: str = queries.CHANGE) -> Proceeding:
    row = policy.load(actor, permission, Proceeding, proceeding_id, seen_by=queries.SEE)
    open_head(actor, row.case_id)
    return row


def charge_states(row: Proceeding) -> list[ChargeState]:
    return [ChargeState(state) for state in Charge.objects.filter(proceeding=row).values_list("state", flat=True)]


def keep_step(charge: Charge, on: date) -> None:
    writing.insert(
        ChargeStep(
            case_id=charge.case_id,
            office_id=charge.office_id,
            charge=charge,
            state=charge.state,
            on=on,
            reason=charge.reason,
        )
    )


def change_state(
    charge: Charge, event: ChargeEvent, on: date, *, reason: str = "", more: Mapping[str, object] | None = None
) -> None:
    before = charge.state
    after = rules.next_charge_state(ChargeState(before), event)
    values = {"state": after, "since_on": on, "reason": reason, **(more or {})}
    writing.update(charge, expected=None, **values)
    keep_step(charge, on)
    facts = {"from": before, "to": after, "reason": reason or None}
    writing.note(Verb.CHARGE_CHANGED, subject=charge.id, case=charge.case_id, office=charge.office_id, facts=facts)


def charge_for(actor: Actor, charge_id: UUID) -> Charge:
    charge = policy.load(actor, CHARGE_CHANGE, Charge, charge_id, seen_by=CHARGE_SEE)
    open_head(actor, charge.case_id)
    return charge
