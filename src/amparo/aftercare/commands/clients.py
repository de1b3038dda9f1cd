"""Enrolment, placements and tasks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.aftercare.commands.reach import CHANGE, about, live_client, live_row, not_in_future, note
from amparo.aftercare.commands.track import after_ending, follow_decisions
from amparo.aftercare.errors import AlreadyEnrolled, NotAClient, OpenPlacement
from amparo.aftercare.models import Client, Placement
from amparo.aftercare.queries.days import today
from amparo.aftercare.words import ClientKind, EndReason, PlacementKind
from amparo.cases import commands as case_commands
from amparo.cases import queries as cases
from amparo.cases.errors import CaseIsClosed
from amparo.cases.words import CaseState, PartyRole, TrackKind
from amparo.kernel.errors import Forbidden
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command

KIND_OF: dict[PartyRole, ClientKind] = {
    PartyRole.SURVIVOR: ClientKind.SURVIVOR,
    PartyRole.FAMILY: ClientKind.FAMILY,
    PartyRole.CAREGIVER: ClientKind.FAMILY,
}


@command
def enrol(*, actor: Actor, case_id: UUID, person_id: UUID, on: date | None = None) -> UUID:
    """Enrol a survivor or a member of her family; with a survivor the restoration track becomes active.

    **Needs** aftercare:plan:change. **Ledger** client.enrolled, track.changed.
    Raises AlreadyEnrolled, NotAClient, CaseIsClosed.
    """
    case_commands.hold_case(case_id)
    head = cases.case_head(actor, case_id)
    subject = Subject(office=head.office_id, cases=frozenset([head.id]), person=person_id, level=Compartment.CARE)
    policy.check_new(actor, CHANGE, subject)
    if head.state is CaseState.CLOSED:
        raise CaseIsClosed
    kind = _kind_in(actor, case_id, person_id)
    day = not_in_future(on or today(), "on")
    client = Client(case_id=case_id, person_id=person_id, office_id=head.office_id, kind=kind, enrolled_on=day)
    try:
        with transaction.atomic():
            writing.insert(client)
    except IntegrityError as error:
        raise AlreadyEnrolled from error
    note(Verb.CLIENT_ENROLLED, client, {"person": person_id})
    if kind is ClientKind.SURVIVOR:
        follow_decisions(actor, case_id)
    return client.id


def _kind_in(actor: Actor, case_id: UUID, person_id: UUID) -> ClientKind:
    """As what a person is enrolled, from her parts in the case that have not ended. Raises NotAClient."""
    parties = cases.parties(actor, case_id, tuple(KIND_OF))
    kinds = {KIND_OF[party.role] for party in parties if party.person_id == person_id and party.left_on is None}
    if not kinds:
        raise NotAClient(field="person_id")
    return ClientKind.SURVIVOR if ClientKind.SURVIVOR in kinds else ClientKind.FAMILY


@command
def end_client(*, actor: Actor, client_id: UUID, reason: EndReason, on: date | None = None) -> UUID:
    """End somebody's aftercare; what was written stays. **Needs** aftercare:plan:change. **Ledger** client.ended."""
    client = live_client(actor, CHANGE, client_id)
    day = not_in_future(on or today(), "on", since=client.enrolled_on)
    writing.update(client, ended_on=day, end_reason=reason)
    note(Verb.CLIENT_ENDED, client, {"reason": reason})
    if client.kind == ClientKind.SURVIVOR:
        after_ending(actor, client.case_id, reason)
    return client.id


# ---- placements --------------------------------------------------------------------------------------------


def _check_address(actor: Actor, row: Client | Placement) -> None:
    """Where somebody stays is written only by those who see protected addresses. Raises Refused."""
    subject = Subject(
        office=row.office_id, cases=frozenset([row.case_id]), person=row.person_id, level=Compartment.ADDRESS
    )
    policy.check_new(actor, "people:address:change", subject)


@command
def record_placement(
    *,
    actor: Actor,
    client_id: UUID,
    kind: PlacementKind,
    from_on: date,
    to_on: date | None = None,
    address: str = "",
    district: str = "",
) -> UUID:
    """Keep where a client stays, and since when. It needs no basis: safety does not wait for one.

    **Needs** people:address:change. **Ledger** placement.recorded. Raises OpenPlacement, DayOrder.
    """
    client = live_client(actor, CHANGE, client_id)
    _check_address(actor, client)
    not_in_future(from_on, "from_on")
    if to_on is not None:
        not_in_future(to_on, "to_on", since=from_on)
    elif Placement.objects.filter(case_id=client.case_id, person_id=client.person_id, to_on=None).exists():
        raise OpenPlacement
    row = Placement(**about(client), kind=kind, from_on=from_on, to_on=to_on)
    writing.insert(row, address=address, district=district)
    note(Verb.PLACEMENT_RECORDED, row, {"kind": kind})
    return row.id


@command
def end_placement(*, actor: Actor, placement_id: UUID, to_on: date) -> UUID:
    """Say until when a client stayed somewhere. **Needs** people:address:change. **Ledger** placement.recorded."""
    row = live_row(actor, CHANGE, Placement, placement_id)
    _check_address(actor, row)
    if row.to_on is not None:
        raise Forbidden
    not_in_future(to_on, "to_on", since=row.from_on)
    writing.update(row, to_on=to_on)
    note(Verb.PLACEMENT_RECORDED, row, {"kind": row.kind})
    return row.id


# ---- tasks -------------------------------------------------------------------------------------------------


@command
def set_task(*, actor: Actor, client_id: UUID, title: str, assigned_id: UUID, due_on: date | None) -> UUID:
    """Ask somebody on the team to do something for a client. **Ledger** task.set. Raises NotOnThisTeam."""
    client = live_client(actor, CHANGE, client_id)
    return case_commands.set_task(
        actor=actor,
        case_id=client.case_id,
        title=title,
        assigned_id=assigned_id,
        due_on=due_on,
        track=TrackKind.RESTORATION,
    )
