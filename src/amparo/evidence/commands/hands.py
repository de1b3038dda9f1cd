"""From hand to hand: two people, or somebody outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.evidence import queries
from amparo.evidence.commands.chain import (
    RECORD,
    Line,
    append,
    item_for,
    item_to_give,
    noted,
    recorded,
    refuse_while_she_decides,
)
from amparo.evidence.errors import (
    NotReceiver,
    PartyMissing,
)
from amparo.evidence.models import EvidenceItem
from amparo.evidence.rules import Party
from amparo.evidence.words import (
    Condition,
    Kind,
    RefusalReason,
)
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@dataclass(frozen=True, slots=True)
class Outside:
    """Somebody who does not work here: a name, an organisation, or both."""

    name: str = ""
    organisation: str = ""


def _receiver(actor: Actor, item: EvidenceItem, to_id: UUID | None, outside: Outside | None) -> Party:
    if to_id is not None:
        if all(key != to_id for key, _name in queries.receivers(actor, item)):
            raise NotReceiver(field="to_id")
        return Party(to_id)
    if outside is None or not (outside.name or outside.organisation):
        raise PartyMissing(field="to_name")
    return Party(name=outside.name, organisation=outside.organisation)


@command
def hand_over(
    *,
    actor: Actor,
    item_id: UUID,
    to_id: UUID | None = None,
    to_outside: Outside | None = None,
    at: datetime | None = None,
    place: str = "",
    order: str = "",
    reason: str = "",
    condition: Condition | None = None,
) -> UUID:
    """Give the item to a colleague, who must receive it, or to somebody outside against a receipt (`order`).

    **Needs** evidence:custody:record, or evidence:specimen:give, and to hold it. **Ledger** custody.offered, outside
    custody.recorded. Raises NotHolder, NotReceiver, PartyMissing, IsPending, TooEarly, WaitsForHer.
    """
    item = item_to_give(actor, item_id)
    to = _receiver(actor, item, to_id, to_outside)
    line = Line(
        Kind.HANDED_OVER,
        at=at,
        from_=Party(actor.account_id),
        to=to,
        place=place,
        order=order,
        reason=reason,
        condition=condition or "",
    )
    if to.account is None:
        refuse_while_she_decides(item)
        recorded(actor, item, line)
        return item.id
    step, _chain = append(actor, item, line)
    noted(item, Verb.CUSTODY_OFFERED, {"to": to.account, "seq": step.seq})
    return item.id


def wait_for_her(*, item_id: UUID, waits: bool) -> None:
    """Let an item wait for a survivor's decision, or wait no more; for the room that knows of it, in its own command.

    The caller has asked the policy for the decision itself, and notes it.
    """
    item = EvidenceItem.objects.get(pk=item_id)
    if (item.waits_since is not None) != waits:
        writing.update(item, waits_since=clock.now() if waits else None)


@command
def receive(
    *,
    actor: Actor,
    item_id: UUID,
    at: datetime | None = None,
    place: str = "",
    seal_read: str = "",
    seal_gone: bool = False,
    condition: Condition | None = None,
    reason: str = "",
    from_id: UUID | None = None,
    from_outside: Outside | None = None,
    given_at: datetime | None = None,
) -> UUID:
    """Take the item into the actor's hands: what was handed over to her, or what came otherwise.

    Without a hand-over `from_id` or `from_outside` says who gave it, and `given_at` when they gave it out of
    hand. What does not fit the chain opens a gap. **Needs** evidence:custody:record. **Ledger** custody.received.
    Raises NotForYou, PartyMissing, SealUnread, TooEarly.
    """
    item = item_for(actor, RECORD, item_id)
    chain = queries.chain_of(item)
    giver: Party | None = None
    if chain.pending is not None:
        giver = Party(chain.pending.actor)
    elif from_id is not None:
        giver = Party(from_id)
    elif from_outside is not None:
        giver = Party(name=from_outside.name, organisation=from_outside.organisation)
    line = Line(
        Kind.RECEIVED,
        at=at,
        from_=giver,
        to=Party(actor.account_id),
        given_at=given_at,
        place=place,
        seal_before=seal_read,
        unbroken=False if seal_gone else None,
        condition=condition or "",
        reason=reason,
    )
    step, _chain = append(actor, item, line)
    noted(item, Verb.CUSTODY_RECEIVED, {"from": giver.account if giver else None, "seq": step.seq})
    return item.id


@command
def refuse(*, actor: Actor, item_id: UUID, why: RefusalReason, reason: str, at: datetime | None = None) -> UUID:
    """Not accept what was handed over: it stays with who gave it. **Needs** evidence:custody:record.

    **Ledger** custody.refused. Raises NotForYou, NotPending, ReasonMissing.
    """
    item = item_for(actor, RECORD, item_id)
    step, _chain = append(actor, item, Line(Kind.REFUSED, at=at, reason=reason, reason_code=why))
    noted(item, Verb.CUSTODY_REFUSED, {"reason": why, "seq": step.seq})
    return item.id


@command
def take_back(*, actor: Actor, item_id: UUID) -> UUID:
    """Withdraw a hand-over that nobody has received. **Needs** evidence:custody:record.

    **Ledger** custody.taken_back. Raises NotForYou, NotPending.
    """
    item = item_to_give(actor, item_id)
    step, _chain = append(actor, item, Line(Kind.TAKEN_BACK))
    noted(item, Verb.CUSTODY_TAKEN_BACK, {"seq": step.seq})
    return item.id
