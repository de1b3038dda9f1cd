"""What the holder of an item does with it."""

from __future__ import annotations

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
from amparo.evidence.commands.files import verify_file
from amparo.evidence.commands.hands import Outside
from amparo.evidence.commands.two_people import ask_destruction
from amparo.evidence.errors import (
    NotOfThisForm,
)
from amparo.evidence.rules import Party
from amparo.evidence.words import (
    AWAY,
    OTHER_KINDS,
    Condition,
    Form,
    Gap,
    Kind,
)
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def check_seal(
    *,
    actor: Actor,
    item_id: UUID,
    seal_read: str,
    unbroken: bool,
    second_id: UUID | None = None,
    at: datetime | None = None,
    reason: str = "",
) -> UUID:
    """Read the seal and say whether it is whole; another number or a broken seal opens a gap.

    **Needs** evidence:custody:record, or evidence:specimen:give. **Ledger** seal.checked.
    Raises NotSealed, SealUnread.
    """
    item = item_to_give(actor, item_id)
    line = Line(Kind.SEAL_CHECKED, at=at, seal_before=seal_read, unbroken=unbroken, second_id=second_id, reason=reason)
    step, _chain = append(actor, item, line)
    noted(item, Verb.SEAL_CHECKED, {"unbroken": unbroken, "seq": step.seq})
    return item.id


@command
def move(*, actor: Actor, item_id: UUID, place: str, at: datetime | None = None, reason: str = "") -> UUID:
    """Put the item somewhere else; the holder stays. **Needs** evidence:custody:record and to hold it.

    **Ledger** custody.recorded. Raises NotHolder.
    """
    item = item_for(actor, RECORD, item_id)
    recorded(actor, item, Line(Kind.MOVED, at=at, place=place, reason=reason))
    return item.id


@command
def show_in_court(*, actor: Actor, item_id: UUID, at: datetime | None, mark: str) -> None:
    """Record that a court was shown the item under a mark. What an authority holds has its chain there.

    Written down late, when the item has moved on since, it stands at the end of the chain and names its day.
    **Needs** evidence:custody:record. **Ledger** custody.recorded. Raises WaitsForHer, and what
    `rules.refuse_impossible` raises.
    """
    item = item_for(actor, RECORD, item_id)
    refuse_while_she_decides(item)
    if item.form == Form.REFERENCE:
        return
    last = queries.chain_of(item).last_at
    is_late = at is not None and last is not None and at < last
    day = at.date().isoformat() if at is not None and is_late else ""
    recorded(actor, item, Line(Kind.EXHIBITED, at=None if is_late else at, order=mark, reason=day))


@command
def explain_gap(*, actor: Actor, item_id: UUID, seq: int, gap: Gap, reason: str) -> UUID:
    """Write the explanation beside a gap, which stays. **Needs** evidence:custody:record. **Ledger** gap.explained.

    Raises NoSuchGap, ReasonMissing.
    """
    item = item_for(actor, RECORD, item_id)
    step, _chain = append(actor, item, Line(Kind.GAP_EXPLAINED, about_seq=seq, about_gap=gap, reason=reason))
    noted(item, Verb.GAP_EXPLAINED, {"seq": step.seq})
    return item.id


@command
def record_event(
    *,
    actor: Actor,
    item_id: UUID,
    kind: Kind,
    at: datetime | None = None,
    place: str = "",
    outside: Outside | None = None,
    second_id: UUID | None = None,
    seal_read: str = "",
    seal_after: str = "",
    condition: Condition | None = None,
    order: str = "",
    reason: str = "",
    about_seq: int | None = None,
) -> UUID:
    """Record any other custody event (`OTHER_KINDS`). **Needs** evidence:custody:record.

    `outside` is the laboratory or the owner; `about_seq` the line that a correction is about.
    **Ledger** custody.recorded. Raises WaitsForHer, and what `rules.refuse_impossible` raises.
    """
    item = item_for(actor, RECORD, item_id)
    if kind not in OTHER_KINDS:
        raise NotOfThisForm
    if kind in AWAY:
        refuse_while_she_decides(item)
    if kind is Kind.DESTROYING_ASKED:
        return ask_destruction(
            actor=actor, item_id=item_id, order=order, second_id=second_id, reason=reason, place=place, at=at
        )
    if kind is Kind.VERIFIED_HASH:
        verify_file(actor, item)
        return item.id
    party = Party(name=outside.name, organisation=outside.organisation) if outside else None
    came_back = kind is Kind.LAB_RETURNED
    line = Line(
        kind,
        at=at,
        from_=party if came_back else None,
        to=Party(actor.account_id) if came_back else party,
        second_id=second_id,
        place=place,
        seal_before=seal_read,
        seal_after=seal_after,
        condition=condition or "",
        order=order,
        reason=reason,
        about_seq=about_seq,
    )
    recorded(actor, item, line)
    return item.id


def give_back(
    *, actor: Actor, item_id: UUID, to: Outside, at: datetime | None, place: str, order: str, reason: str
) -> None:
    """Return the item, also while it waits for her: for the room that knows what she decided, in its own command.

    **Needs** evidence:custody:record and to hold it. **Ledger** custody.recorded. Raises NotHolder, OnHold.
    """
    party = Party(name=to.name, organisation=to.organisation)
    line = Line(Kind.RETURNED, at=at, to=party, place=place, order=order, reason=reason)
    recorded(actor, item_for(actor, RECORD, item_id), line)
