"""Orders of a court or an authority about one accused: issued, varied, lifted, expired, breached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases.words import PartyRole
from amparo.investigations.words import Agency
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.prosecution import queries, rules
from amparo.prosecution.commands.reach import has_part, noted, open_head, proceeding_for
from amparo.prosecution.errors import NotAccusedHere, NotASurvivorHere, OrderMoveRefused
from amparo.prosecution.models import Breach, Order
from amparo.prosecution.words import Mistake, OrderEvent, OrderKind, OrderState


@dataclass(frozen=True, slots=True)
class Terms:
    """Who issued an order, since when, until when (None: without an end), and what it says."""

    authority: Agency
    from_on: date
    until_on: date | None = None
    issued_by: str = ""
    number: str = ""
    conditions: str = ""


@command
def issue_order(
    *,
    actor: Actor,
    proceeding_id: UUID,
    kind: OrderKind,
    accused_id: UUID,
    person_id: UUID | None,
    terms: Terms,
) -> UUID:
    """Write down an order about an accused; `person_id` is the survivor whom it protects.

    **Needs** prosecution:proceeding:change. **Ledger** order.issued.
    Raises NotAccusedHere, NotASurvivorHere, OrderDaysCrossed.
    """
    row = proceeding_for(actor, proceeding_id)
    if not has_part(actor, row.case_id, accused_id, PartyRole.SUSPECT):
        raise NotAccusedHere(field="accused_id")
    if person_id is not None and not has_part(actor, row.case_id, person_id, PartyRole.SURVIVOR):
        raise NotASurvivorHere(field="person_id")
    order = Order(
        case_id=row.case_id,
        office_id=row.office_id,
        proceeding=row,
        accused_id=accused_id,
        person_id=person_id,
        kind=kind,
        key_owner=person_id or row.case_id,
    )
    return _issue(order, terms)


def _issue(order: Order, terms: Terms) -> UUID:
    rules.check_order_days(terms.from_on, terms.until_on)
    order.authority, order.from_on, order.until_on = terms.authority, terms.from_on, terms.until_on
    writing.insert(order, issued_by=terms.issued_by, number=terms.number, conditions=terms.conditions)
    facts = {"kind": order.kind, "accused": order.accused_id, "person": order.person_id, "until": order.until_on}
    return noted(Verb.ORDER_ISSUED, order, **facts)


def _order(
    actor: Actor, order_id: UUID, event: OrderEvent, permission: str = queries.CHANGE
) -> tuple[Order, OrderState]:
    order = policy.load(actor, permission, Order, order_id, seen_by=queries.SEE)
    open_head(actor, order.case_id)
    return order, rules.next_order_state(OrderState(order.state), event)


@command
def vary_order(*, actor: Actor, order_id: UUID, terms: Terms) -> UUID:
    """Let an order with other terms take the place of one, from its first day on. Gives the new one.

    **Needs** prosecution:proceeding:change. **Ledger** order.issued, order.varied.
    Raises OrderMoveRefused, OrderDaysCrossed, OutsideOrder.
    """
    order, state = _order(actor, order_id, OrderEvent.VARY)
    rules.refuse_outside(terms.from_on, order.from_on, field="from_on")
    after = Order(
        case_id=order.case_id,
        office_id=order.office_id,
        proceeding_id=order.proceeding_id,
        accused_id=order.accused_id,
        person_id=order.person_id,
        kind=order.kind,
        follows_id=order.id,
        key_owner=order.key_owner,
    )
    _issue(after, terms)
    writing.update(order, state=state, ended_on=terms.from_on)
    noted(Verb.ORDER_VARIED, order, kind=order.kind, on=terms.from_on, to=after.id)
    return after.id


@command
def lift_order(*, actor: Actor, order_id: UUID, on: date) -> UUID:
    """Write down that a court or an authority ended an order. **Needs** prosecution:proceeding:change.

    **Ledger** order.lifted. Raises OrderMoveRefused, OutsideOrder, InFuture.
    """
    order, state = _order(actor, order_id, OrderEvent.LIFT)
    rules.refuse_future(on, queries.today())
    rules.refuse_outside(on, order.from_on, order.until_on)
    writing.update(order, state=state, ended_on=on)
    return noted(Verb.ORDER_LIFTED, order, kind=order.kind, on=on)


@command
def expire_order(*, actor: Actor, order_id: UUID) -> UUID:
    """Say that somebody has looked at an order whose last day has passed. **Needs** prosecution:order:watch.

    **Ledger** order.expired. Raises OrderMoveRefused, OrderStillRuns.
    """
    order, state = _order(actor, order_id, OrderEvent.EXPIRE, queries.WATCH)
    rules.refuse_running(order.until_on, queries.today())
    writing.update(order, state=state, ended_on=order.until_on)
    return noted(Verb.ORDER_EXPIRED, order, kind=order.kind, until=order.until_on)


@command
def take_back_order(*, actor: Actor, order_id: UUID, reason: Mistake) -> UUID:
    """Say that an order was entered by mistake: it stays readable, and nothing counts it. Gives its proceeding.

    An order that it had taken the place of is in force again. **Needs** prosecution:proceeding:change.
    **Ledger** order.taken_back, order.brought_back. Raises OrderMoveRefused.
    """
    order, state = _order(actor, order_id, OrderEvent.TAKE_BACK)
    writing.update(order, state=state, mistake=reason)
    noted(Verb.ORDER_TAKEN_BACK, order, kind=order.kind, reason=reason)
    if order.follows_id is not None:
        _bring_back(Order.objects.get(pk=order.follows_id), reason)
    return order.proceeding_id


@command
def bring_order_back(*, actor: Actor, order_id: UUID, reason: Mistake) -> UUID:
    """Take back that an order was lifted or has expired. **Needs** prosecution:proceeding:change.

    **Ledger** order.brought_back. Raises OrderMoveRefused.
    """
    order, _state = _order(actor, order_id, OrderEvent.BRING_BACK)
    return _bring_back(order, reason)


def _bring_back(order: Order, reason: Mistake) -> UUID:
    before = order.state
    writing.update(order, state=OrderState.IN_FORCE, ended_on=None)
    return noted(Verb.ORDER_BROUGHT_BACK, order, reason=reason, **{"from": before})


# ---- breaches ----------------------------------------------------------------------------------------------


@command
def record_breach(*, actor: Actor, order_id: UUID, on: date, what: str = "") -> UUID:
    """Write down that an order was breached. It stays in force.

    **Needs** prosecution:order:watch. **Ledger** order.breached. Raises OrderMoveRefused, OutsideOrder, InFuture.
    """
    order, _state = _order(actor, order_id, OrderEvent.BREACH, queries.WATCH)
    rules.refuse_future(on, queries.today())
    rules.refuse_outside(on, order.from_on, order.until_on, order.ended_on)
    breach = Breach(
        case_id=order.case_id,
        office_id=order.office_id,
        order=order,
        person_id=order.person_id,
        on=on,
        key_owner=order.key_owner,
    )
    writing.insert(breach, what=what)
    noted(Verb.ORDER_BREACHED, order, kind=order.kind, on=on)
    return breach.id


@command
def take_back_breach(*, actor: Actor, breach_id: UUID, reason: Mistake) -> UUID:
    """Say that a breach was entered by mistake: it stays readable, and nothing counts it.

    **Needs** prosecution:order:watch. **Ledger** breach.taken_back. Raises OrderMoveRefused.
    """
    breach = policy.load(actor, queries.WATCH, Breach, breach_id, seen_by=queries.SEE)
    open_head(actor, breach.case_id)
    if breach.mistake:
        raise OrderMoveRefused
    writing.update(breach, mistake=reason)
    return noted(Verb.BREACH_TAKEN_BACK, breach, on=breach.on, reason=reason)
