"""Who may know somebody in a case: told by herself or found by a telephone number or a name, and decided on.

What is found is raised by the rooms of people and cases, which know what to compare.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from amparo.access import policy, queries
from amparo.access.actors import Actor
from amparo.access.commands.acting import AnyActor
from amparo.access.commands.notices import notify
from amparo.access.errors import ConflictDecided
from amparo.access.models import Account, Bar, Conflict, OwnDetail
from amparo.access.words import ConflictKind, ConflictState, DetailKind, DetailOf
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault import sealing

DECIDE = "access:bar:set"
KEEP = "access:details:keep"
DECLARE = "access:conflict:declare"


@dataclass(frozen=True, slots=True)
class NewDetail:
    """A telephone number or a name as she wrote it, and the token by which the room of people finds it."""

    kind: DetailKind
    whose: DetailOf
    value: str = field(repr=False)
    token: int = field(repr=False)


@command
def keep_own_details(*, actor: Actor, details: Collection[NewDetail]) -> UUID:
    """Keep what somebody gives of herself for the checks, in place of what she gave before.

    **Needs** access:details:keep. **Ledger** own_details.changed, which says how many and nothing else.
    """
    policy.check_new(actor, KEEP, policy.Subject(own=actor.account_id))
    account = Account.objects.get(pk=actor.account_id)
    wanted = {(one.kind, one.whose, one.value): one for one in details}
    rows = list(OwnDetail.objects.filter(account_id=account.id))
    for row, words in zip(rows, sealing.open_rows(rows, "value"), strict=True):
        if wanted.pop((DetailKind(row.kind), DetailOf(row.whose), words.text("value")), None) is None:
            writing.delete(row)
    for new in wanted.values():
        row = OwnDetail(
            office_id=account.office_id, account_id=account.id, kind=new.kind, whose=new.whose, token=new.token
        )
        writing.insert(row, value=new.value)
    facts = {"count": OwnDetail.objects.filter(account_id=account.id).count()}
    writing.note(Verb.OWN_DETAILS_CHANGED, subject=account.id, office=account.office_id, facts=facts)
    return account.id


def drop_own_details(account_id: UUID) -> None:
    """Take away what somebody gave for the checks, inside the command that closes her account and notes it."""
    for row in OwnDetail.objects.filter(account_id=account_id):
        writing.delete(row)


def declare(
    actor: Actor, office_id: UUID, *, case_id: UUID | None = None, person_id: UUID | None = None, reason: str
) -> UUID:
    """Wall the actor herself off, inside a command that has asked whether she sees what she speaks of.

    **Needs** access:conflict:declare. **Ledger** bar.set, interest.found.
    """
    policy.check_new(actor, DECLARE, policy.Subject(office=office_id))
    bar = bar_off(actor.account_id, office_id, case_id, person_id, reason)
    row = Conflict(
        office_id=office_id, account_id=actor.account_id, case_id=case_id, person_id=person_id,
        kind=ConflictKind.DECLARED, whose=DetailOf.OWN, state=ConflictState.OPEN, bar_id=bar.id,
    )  # fmt: skip
    return _raise(actor, row)


def found(actor: AnyActor, detail: queries.DetailView, person_id: UUID, office_id: UUID) -> None:
    """Keep that a detail of somebody who works here is that of a person, inside the command that made it so.

    A telephone number bars at once; a name asks, since many people share one. Nobody is asked twice about the same.
    **Ledger** bar.set, interest.found.
    """
    before = Conflict.objects.filter(
        account_id=detail.account_id, person_id__in=queries.records_of(person_id), token=detail.token
    )
    if before.exists():
        return
    kind = ConflictKind(detail.kind)
    bar = bar_off(detail.account_id, office_id, None, person_id, "") if kind is ConflictKind.PHONE else None
    row = Conflict(
        office_id=office_id, account_id=detail.account_id, person_id=person_id, kind=kind, whose=detail.whose,
        state=ConflictState.OPEN, bar_id=bar.id if bar else None, token=detail.token,
    )  # fmt: skip
    _raise(actor, row)


def bar_off(account_id: UUID, office_id: UUID, case_id: UUID | None, person_id: UUID | None, reason: str) -> Bar:
    """Wall somebody off, inside a command that has asked the policy. **Ledger** bar.set."""
    bar = Bar(office_id=office_id, account_id=account_id, case_id=case_id, person_id=person_id)
    writing.insert(bar, reason=reason)
    writing.note(Verb.BAR_SET, subject=bar.id, case=case_id, office=office_id, facts={"account": account_id})
    return bar


def _raise(actor: AnyActor, row: Conflict) -> UUID:
    writing.insert(row)
    writing.note(Verb.INTEREST_FOUND, subject=row.id, case=row.case_id, office=row.office_id, facts={"kind": row.kind})
    for account in sorted(queries.overseers_of(row.office_id) - {row.account_id}):
        notify(actor, account, "conflict_asked")
    return row.id


@command
def decide_conflict(*, actor: Actor, conflict_id: UUID, is_conflict: bool, answer: str) -> UUID:
    """Find that a colleague has a conflict of interest, and is barred, or has none. Never about oneself.

    **Needs** access:bar:set. **Ledger** bar.set or bar.lifted, interest.decided. Raises NotFound, ConflictDecided.
    """
    row = policy.load(actor, DECIDE, Conflict, conflict_id)
    if row.account_id == actor.account_id:
        raise NotFound(permission=DECIDE)
    if row.state != ConflictState.OPEN:
        raise ConflictDecided
    bar_id: UUID | None = row.bar_id
    if is_conflict and bar_id is None:
        bar_id = bar_off(row.account_id, row.office_id, row.case_id, row.person_id, answer).id
    if not is_conflict and bar_id is not None:
        lift(Bar.objects.get(pk=bar_id), answer)
    settle(actor, row, ConflictState.BARRED if is_conflict else ConflictState.NONE, answer, bar_id)
    return row.id


def lift(bar: Bar, reason: str) -> None:
    """End a bar, inside a command that has asked the policy; one that is over stays as it is. **Ledger** bar.lifted."""
    if bar.lifted_at is not None:
        return
    writing.update(bar, lifted_at=clock.now(), lift_reason=reason)
    facts = {"account": bar.account_id}
    writing.note(Verb.BAR_LIFTED, subject=bar.id, case=bar.case_id, office=bar.office_id, facts=facts)


def settle(actor: Actor, row: Conflict, state: ConflictState, answer: str, bar_id: UUID | None) -> None:
    """Keep what was decided. **Ledger** interest.decided."""
    writing.update(row, state=state, bar_id=bar_id, decided_by=actor.account_id, decided_at=clock.now(), answer=answer)
    facts = {"kind": row.kind, "state": state}
    writing.note(Verb.INTEREST_DECIDED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)


def settle_lifted(actor: Actor, bar_id: UUID, answer: str) -> None:
    """Close what was asked about a bar that is lifted, inside the command that lifts it."""
    for row in Conflict.objects.filter(bar_id=bar_id, state=ConflictState.OPEN):
        settle(actor, row, ConflictState.NONE, answer, bar_id)


def forget_conflicts(person_id: UUID) -> None:
    """Drop the tokens of what was the same, inside the command that erases a person; her bars stay.

    What still waits is closed as it stands: nobody could compare anything any more.
    """
    for row in Conflict.objects.filter(person_id=person_id):
        state = ConflictState.BARRED if row.bar_id else ConflictState.NONE
        writing.update(row, token=None, state=state if row.state == ConflictState.OPEN else row.state)
