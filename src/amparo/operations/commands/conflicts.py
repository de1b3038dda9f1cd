"""Keeping plans apart: whether two touch is found unread, and told to one person alone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access import commands as access
from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.queries import roles_of
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.operations import queries, rules
from amparo.operations.commands.around import APPROVING, note
from amparo.operations.errors import CannotKeepApart, SettledAlready
from amparo.operations.models import Conflict, KeepsApart, Operation, PlaceDay
from amparo.operations.words import ConflictState, Settled
from amparo.vault import tokens


def put_tokens(operation: Operation, place: str, starts: datetime, ends: datetime) -> None:
    """Keep the blind tokens of the place on each day of the operation, inside the command that notes it."""
    for row in PlaceDay.objects.filter(operation=operation):
        writing.delete(row)
    for day in rules.days_of(starts, ends):
        token = tokens.token(queries.TOKEN_FIELD, f"{rules.same_place(place)} {day}")
        writing.insert(PlaceDay(operation=operation, office_id=operation.office_id, token=token))


def check_against_others(actor: Actor, operation: Operation) -> None:
    """Look for plans at the same place about the same days; what is found is told to one person alone.

    Inside the command that proposes the plan or moves it. Whoever plans learns nothing: the ledger says that it
    was looked, in an entry that is the same whether something was found. **Ledger** operation.checked,
    conflict.found.
    """
    found = queries.touching(operation)
    note(Verb.OPERATION_CHECKED, operation, {"days": rules.TOUCHING_DAYS})
    keeper = queries.keeper_id()
    if keeper is not None and not roles_of(keeper, APPROVING):
        # She left or has another role: it waits for whoever is named next, and is not lost with her.
        keeper = None
    for other in found:
        if _is_known(operation.id, other.id):
            continue
        row = Conflict(one=operation, other=other, office_id=operation.office_id, told_id=keeper)
        writing.insert(row)
        writing.note(Verb.CONFLICT_FOUND, subject=row.id)
        if keeper is not None:
            access.notify(actor, keeper, "operation_conflict")


def _is_known(one: UUID, other: UUID) -> bool:
    rows = Conflict.objects.filter(state=ConflictState.OPEN)
    return rows.filter(one_id=one, other_id=other).exists() or rows.filter(one_id=other, other_id=one).exists()


@command
def settle_conflict(*, actor: Actor, conflict_id: UUID, outcome: Settled) -> UUID:
    """Say how two plans were kept apart. **Needs** operations:conflict:settle. **Ledger** conflict.settled.

    Raises SettledAlready.
    """
    row = policy.load(actor, "operations:conflict:settle", Conflict, conflict_id)
    if row.state == ConflictState.SETTLED:
        raise SettledAlready
    writing.update(row, state=ConflictState.SETTLED, outcome=outcome, settled_on=clock.today())
    writing.note(Verb.CONFLICT_SETTLED, subject=row.id, facts={"outcome": outcome})
    return row.id


@command
def name_keeper(*, actor: Actor, account_id: UUID) -> UUID:
    """Name who alone is told when two plans touch; what is open passes to that person.

    **Needs** operations:deconfliction:name. **Ledger** deconfliction.named, conflict.told. Raises CannotKeepApart.
    """
    policy.check_new(actor, "operations:deconfliction:name", policy.Subject(office=actor.office_id))
    if not roles_of(account_id, APPROVING):
        raise CannotKeepApart(field="account_id")
    for before in KeepsApart.objects.filter(ended_at=None):
        writing.update(before, ended_at=clock.now())
    row = KeepsApart(office_id=actor.office_id, account_id=account_id)
    writing.insert(row)
    facts = {"account": account_id}
    writing.note(Verb.DECONFLICTION_NAMED, subject=row.id, office=actor.office_id, facts=facts)
    for conflict in Conflict.objects.filter(state=ConflictState.OPEN).exclude(told_id=account_id):
        writing.update(conflict, told_id=account_id)
        writing.note(Verb.CONFLICT_TOLD, subject=conflict.id, facts={"to": account_id})
        access.notify(actor, account_id, "operation_conflict")
    return row.id
