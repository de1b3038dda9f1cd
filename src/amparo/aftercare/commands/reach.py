"""How commands come to a client and to the rows about her."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.aftercare.errors import DayOrder, EnrolmentEnded, NotInFuture
from amparo.aftercare.models import AboutClient, Client
from amparo.aftercare.queries.days import today
from amparo.cases import queries as cases
from amparo.cases.commands import hold_case
from amparo.cases.errors import CaseIsClosed
from amparo.cases.words import CaseState
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb

R = TypeVar("R", bound=AboutClient)

SEE = "aftercare:plan:see"
CHANGE = "aftercare:plan:change"


def live_client(actor: Actor, permission: str, client_id: UUID) -> Client:
    """A client of an open case whose aftercare goes on. Raises NotFound, Refused, CaseIsClosed, EnrolmentEnded."""
    client = policy.load(actor, permission, Client, client_id, seen_by=SEE)
    must_be_open(actor, client)
    if client.ended_on is not None:
        raise EnrolmentEnded
    return client


def live_row(actor: Actor, permission: str, model: type[R], key: UUID) -> R:
    """A row about a client of an open case. Raises NotFound, Refused, CaseIsClosed."""
    row = policy.load(actor, permission, model, key, seen_by=SEE)
    must_be_open(actor, row)
    return row


def must_be_open(actor: Actor, row: AboutClient) -> None:
    hold_case(row.case_id)
    if cases.case_head(actor, row.case_id).state is CaseState.CLOSED:
        raise CaseIsClosed


def about(client: AboutClient) -> dict[str, UUID]:
    """The columns by which a new row is about the same client."""
    return {"case_id": client.case_id, "person_id": client.person_id, "office_id": client.office_id}


def note(verb: Verb, row: AboutClient, facts: Facts | None = None) -> None:
    writing.note(verb, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)


def in_future(day: date, field: str = "review_on") -> date:
    """Raise NotInFuture for a day that is not later than today."""
    if day <= today():
        raise NotInFuture(field=field)
    return day


def not_in_future(day: date, field: str, *, since: date | None = None) -> date:
    """Raise DayOrder for a day that is later than today, or earlier than `since`."""
    if day > today() or (since is not None and day < since):
        raise DayOrder(field=field)
    return day
