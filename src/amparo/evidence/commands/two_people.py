"""What takes two people: the first records it and names the second, who confirms it with her own sign-in.

Opening an item and destroying it. Isolating a file is made the same way, beside what is done with files; there
anybody of the team can be the second.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access import commands as access
from amparo.access.actors import Actor
from amparo.evidence import asking, queries
from amparo.evidence.commands.chain import RECORD, Line, append, item_for, noted, recorded, refuse_while_she_decides
from amparo.evidence.errors import NotAsked, SecondMissing
from amparo.evidence.models import EvidenceItem
from amparo.evidence.rules import Step
from amparo.evidence.words import CONFIRMED_AS, Kind
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def ask_opening(
    *,
    actor: Actor,
    item_id: UUID,
    seal_read: str,
    seal_after: str,
    second_id: UUID,
    reason: str,
    order: str = "",
    at: datetime | None = None,
) -> UUID:
    """Record that the item was opened before a second person and sealed anew; it counts once she has confirmed it.

    **Needs** evidence:custody:record and to hold it. **Ledger** custody.recorded. Raises NotHolder, NotSealed,
    SealUnread, SealMissing, SealUsed, SecondMissing, WaitsForSecond.
    """
    line = Line(
        Kind.OPENING_ASKED,
        at=at,
        seal_before=seal_read,
        seal_after=seal_after,
        second_id=second_id,
        reason=reason,
        order=order,
    )
    return _ask(actor, item_id, line)


@command
def ask_destruction(
    *,
    actor: Actor,
    item_id: UUID,
    order: str,
    second_id: UUID | None,
    reason: str = "",
    place: str = "",
    at: datetime | None = None,
) -> UUID:
    """Record that the item was destroyed on order before a second person; it counts once she has confirmed it.

    **Needs** evidence:custody:record and to hold it. **Ledger** custody.recorded. Raises NotHolder, OrderMissing,
    OnHold, SecondMissing, WaitsForSecond, WaitsForHer.
    """
    refuse_while_she_decides(item_for(actor, RECORD, item_id))
    return destroy_after_waiting(
        actor=actor,
        item_id=item_id,
        order=order,
        second_id=second_id,
        reason=reason,
        place=place,
        at=at,
        lets_go=False,
    )


def destroy_after_waiting(
    *,
    actor: Actor,
    item_id: UUID,
    order: str,
    second_id: UUID | None,
    reason: str,
    place: str,
    at: datetime | None,
    lets_go: bool,
) -> UUID:
    """`ask_destruction`, also of what waits for her: for the room that knows until when, in its own command.

    `lets_go`: that room asked that the item is kept, and takes this back; if the destruction is not confirmed, the
    item must be kept again. **Needs** evidence:custody:record and to hold it. **Ledger** custody.recorded. Raises as
    that does.
    """
    line = Line(
        Kind.DESTROYING_ASKED,
        at=at,
        second_id=second_id,
        place=place,
        reason=reason,
        order=order,
        about_seq=_let_go(actor, item_id, at, order, reason) if lets_go else None,
    )
    return _ask(actor, item_id, line)


def _let_go(actor: Actor, item_id: UUID, at: datetime | None, order: str, reason: str) -> int:
    """Say that the item need not be kept; the number of that line, by which a destruction names it."""
    item = item_for(actor, RECORD, item_id)
    step, _chain = append(actor, item, Line(Kind.HOLD_LIFTED, at=at, order=order, reason=reason))
    noted(item, Verb.CUSTODY_RECORDED, {"kind": step.kind, "seq": step.seq})
    return step.seq


def _ask(actor: Actor, item_id: UUID, line: Line) -> UUID:
    item = item_for(actor, RECORD, item_id)
    recorded(actor, item, line)
    if line.second_id is None or line.second_id not in dict(queries.receivers(actor, item)):
        raise SecondMissing(field="second_id")
    access.notify(actor, line.second_id, "second_asked", item.case_id)
    return item.id


@command
def confirm_second(*, actor: Actor, item_id: UUID) -> UUID:
    """Confirm as the second person that one was there and saw it: now the item is opened, or destroyed.

    The line says the time at which it was done. A kit follows its item in the same act.
    **Needs** evidence:custody:record. **Ledger** custody.recorded.
    Raises NotAsked, NotTheSecond, SamePerson, OnHold.
    """
    item = item_for(actor, RECORD, item_id)
    asked = _asked(item)
    line = Line(
        CONFIRMED_AS[asked.kind],
        at=asked.at,
        second_id=asked.actor,
        place=asked.place,
        seal_before=asked.seal_before,
        seal_after=asked.seal_after,
        order=asked.order,
        reason=asked.reason,
    )
    seen, _chain = append(actor, item, line)
    noted(item, Verb.CUSTODY_RECORDED, {"kind": seen.kind, "seq": seen.seq})
    if seen.kind is Kind.DESTROYED:
        asking.followed(actor, item.id, seen)
    access.notify(actor, asked.actor, "second_confirmed", item.case_id)
    return item.id


@command
def decline_second(*, actor: Actor, item_id: UUID, reason: str) -> UUID:
    """Say as the second person that one did not see it; or take it back, as who had recorded it.

    The item stands as it did before, and must be kept if it had to; a seal that was put on stays used. Where neither of
    the two may record custody of it any more, anybody else who may says that it does not count.
    **Needs** evidence:custody:record. **Ledger** custody.recorded. Raises NotAsked, NotTheSecond, ReasonMissing.
    """
    item = item_for(actor, RECORD, item_id)
    asked = _asked(item)
    nobody_answers = not queries.somebody_answers(item, asked)
    line = Line(Kind.NOT_CONFIRMED, reason=reason, about_seq=asked.seq, stands_in=nobody_answers)
    step, _chain = append(actor, item, line)
    noted(item, Verb.CUSTODY_RECORDED, {"kind": step.kind, "seq": step.seq})
    if asked.about_seq is not None:
        recorded(actor, item, Line(Kind.HOLD_PLACED, reason=reason, about_seq=asked.seq))
    if asked.actor != actor.account_id and not nobody_answers:
        access.notify(actor, asked.actor, "second_declined", item.case_id)
    return item.id


def _asked(item: EvidenceItem) -> Step:
    """What waits for a second person. Raises NotAsked."""
    asked = queries.chain_of(item).asked
    if asked is None or asked.second is None:
        raise NotAsked
    return asked
