"""Compensation ordered and paid."""

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
from amparo.prosecution.commands.reach import has_part, open_head, proceeding_for
from amparo.prosecution.errors import (
    NotASurvivorHere,
)
from amparo.prosecution.models import (
    Compensation,
)


@command
def order_compensation(
    *, actor: Actor, proceeding_id: UUID, person_id: UUID, amount: int, currency: str, on: date
) -> UUID:
    """Enter what a court ordered to be paid to a survivor. **Needs** prosecution:proceeding:change.

    **Ledger** compensation.ordered. Raises NotASurvivorHere, CurrencyMissing, InFuture.
    """
    row = proceeding_for(actor, proceeding_id)
    if not has_part(actor, row.case_id, person_id, PartyRole.SURVIVOR):
        raise NotASurvivorHere(field="person_id")
    rules.check_amount(amount, currency)
    rules.refuse_future(on, queries.today())
    order = Compensation(
        case_id=row.case_id,
        office_id=row.office_id,
        proceeding=row,
        person_id=person_id,
        ordered=amount,
        currency=currency.upper(),
        ordered_on=on,
    )
    writing.insert(order)
    writing.note(Verb.COMPENSATION_ORDERED, subject=order.id, case=row.case_id, office=row.office_id)
    return order.id


@command
def pay_compensation(*, actor: Actor, compensation_id: UUID, amount: int, on: date) -> UUID:
    """Enter what the survivor received, added to what she had. **Needs** prosecution:proceeding:change.

    **Ledger** compensation.paid. Raises CaseIsClosed, TakenBack, InFuture.
    """
    order = policy.load(actor, queries.CHANGE, Compensation, compensation_id, seen_by=queries.SEE)
    open_head(actor, order.case_id)
    rules.refuse_taken_back(order.mistake)
    rules.refuse_future(on, queries.today())
    writing.update(order, paid=order.paid + amount, paid_on=on)
    writing.note(Verb.COMPENSATION_PAID, subject=order.id, case=order.case_id, office=order.office_id)
    return order.id
