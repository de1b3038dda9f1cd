"""The day itself: briefing, printing, carrying out, aborting, and what happened on the way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access.actors import Actor
from amparo.investigations import commands as investigations
from amparo.investigations.errors import NotOfThisCase
from amparo.investigations.words import Attribution, Relieved, Restrained
from amparo.kernel.dates import PartialDate
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.operations import queries, rules
from amparo.operations.commands.around import (
    CARRY_OUT,
    DEBRIEF,
    PRINT,
    close_place,
    let_approvers_go,
    note,
    operation_for,
    tell,
)
from amparo.operations.errors import DayNotCome, NotNow
from amparo.operations.models import Happening, Member, Operation, Result
from amparo.operations.words import AHEAD, AbortReason, Event, HappeningKind, ResultKind, State


@dataclass(frozen=True, slots=True)
class Relieving:
    """That a survivor came out of it through the operation."""

    case_id: UUID
    person_id: UUID
    how: Relieved
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class Restraining:
    """That a suspect was kept from going on through the operation."""

    case_id: UUID
    person_id: UUID
    how: Restrained
    attribution: Attribution


@command
def brief(*, actor: Actor, operation_id: UUID, present: Collection[UUID]) -> UUID:
    """Say that the whole team was briefed. **Needs** operations:operation:carry_out. **Ledger** operation.briefed.

    Args:
        present: ids of the team's members who were there.

    Raises NotBriefed, NotNow.
    """
    operation = operation_for(actor, CARRY_OUT, operation_id)
    state = rules.next_state(State(operation.state), Event.BRIEF)
    team = list(Member.objects.filter(operation=operation))
    rules.refuse_unbriefed([member.id for member in team], present)
    for member in team:
        writing.update(member, was_briefed=True)
    writing.update(operation, state=state, briefed_at=queries.now())
    note(Verb.OPERATION_BRIEFED, operation, {"people": len(team)})
    return operation.id


@command
def record_printing(*, actor: Actor, operation_id: UUID, sheet: str) -> UUID:
    """Keep that somebody printed the briefing sheet. **Needs** operations:plan:print, operations:place:see.

    Args:
        sheet: the SHA-256 of the paper, in hex.

    **Ledger** operation.printed. Raises NotNow.
    """
    operation = operation_for(actor, PRINT, operation_id)
    if State(operation.state) not in AHEAD or queries.whereabouts(actor, operation.id) is None:
        raise NotNow
    note(Verb.OPERATION_PRINTED, operation, {"sheet": sheet, "plan": operation.plan})
    return operation.id


@command
def execute(
    *,
    actor: Actor,
    operation_id: UUID,
    on: date,
    met: Collection[int],
    relieved: Sequence[Relieving],
    restrained: Sequence[Restraining],
) -> UUID:
    """Write down that it was carried out, with relief and restraint of each person, in one act.

    Its place is hidden from now on. Relief and restraint wait to be verified by somebody else.

    Args:
        met: numbers of the conditions, from 0, that were met.

    **Needs** operations:operation:carry_out, and investigations:outcome:record in the cases of the people.
    **Ledger** operation.executed, relief.recorded, restraint.recorded, track.changed. Raises NoGo, DayNotCome,
    AlreadyRecorded, NotOfThisCase (also for a case that the operation is not about), NotNow.
    """
    operation = operation_for(actor, CARRY_OUT, operation_id)
    state = rules.next_state(State(operation.state), Event.EXECUTE)
    rules.refuse_no_go(len(queries.go_items(operation)), met)
    if on > queries.today():
        raise DayNotCome(field="on")
    own = set(queries.case_ids(operation.id))
    if ({one.case_id for one in relieved} | {one.case_id for one in restrained}) - own:
        raise NotOfThisCase
    happened = PartialDate.on(on)
    found: list[Result] = []
    for out in relieved:
        key = investigations.record_relief(
            actor=actor,
            case_id=out.case_id,
            person_id=out.person_id,
            how=out.how,
            attribution=out.attribution,
            happened=happened,
        )
        found.append(_result(operation, ResultKind.RELIEF, out.case_id, out.person_id, key))
    for kept in restrained:
        key = investigations.record_restraint(
            actor=actor,
            case_id=kept.case_id,
            person_id=kept.person_id,
            how=kept.how,
            attribution=kept.attribution,
            happened=happened,
        )
        found.append(_result(operation, ResultKind.RESTRAINT, kept.case_id, kept.person_id, key))
    for row in found:
        writing.insert(row)
    _end(operation, state, on)
    facts = {"on": on, "relieved": len(relieved), "restrained": len(restrained)}
    note(Verb.OPERATION_EXECUTED, operation, facts)
    return operation.id


def _result(operation: Operation, kind: ResultKind, case_id: UUID, person_id: UUID, outcome_id: UUID) -> Result:
    return Result(
        operation=operation,
        office_id=operation.office_id,
        kind=kind,
        case_id=case_id,
        person_id=person_id,
        outcome_id=outcome_id,
    )


def _end(operation: Operation, state: State, on: date, reason: str = "", words: str = "") -> None:
    close_place(operation)
    let_approvers_go(operation)
    writing.update(operation, state=state, over_on=on, abort_reason=reason, abort_words=words)


@command
def abort(*, actor: Actor, operation_id: UUID, reason: AbortReason, words: str = "") -> UUID:
    """Stop an operation that is still ahead, with its reason; its place is hidden from now on.

    **Needs** operations:operation:carry_out. **Ledger** operation.aborted. Raises NotNow.
    """
    operation = operation_for(actor, CARRY_OUT, operation_id)
    state = rules.next_state(State(operation.state), Event.ABORT)
    on = queries.today()
    _end(operation, state, on, reason, words)
    note(Verb.OPERATION_ABORTED, operation, {"reason": reason, "on": on})
    tell(actor, queries.team_accounts(operation.id), "operation_aborted")
    return operation.id


@command
def record_happening(
    *, actor: Actor, operation_id: UUID, kind: HappeningKind, on: date, words: str, done: str = ""
) -> UUID:
    """Write down an incident: what happened, and what was done about it. **Needs** operations:debrief:write.

    **Ledger** operation.incident. Raises DayNotCome, NotNow.
    """
    operation = operation_for(actor, DEBRIEF, operation_id)
    if State(operation.state) not in (State.BRIEFED, State.EXECUTED, State.ABORTED, State.DEBRIEFED):
        raise NotNow
    if on > queries.today():
        raise DayNotCome(field="on")
    row = Happening(operation=operation, office_id=operation.office_id, kind=kind, on=on)
    writing.insert(row, words=words, done=done)
    note(Verb.OPERATION_INCIDENT, operation, {"kind": kind})
    return operation.id
