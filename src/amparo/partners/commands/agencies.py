"""Agencies and their units."""

from __future__ import annotations

from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.partners import rules
from amparo.partners.errors import NotActive
from amparo.partners.models import Agency, Unit
from amparo.partners.queries.places import district_token
from amparo.partners.words import AgencyKind, State, StateEvent, UnitKind

CHANGE = "partners:agency:change"
SEE = "partners:agency:see"


@command
def add_agency(
    *,
    actor: Actor,
    office_id: UUID,
    kind: AgencyKind,
    name: str,
    district: str = "",
    address: str = "",
    contact: str = "",
    hours: str = "",
) -> UUID:
    """Add an agency. **Needs** partners:agency:change. **Ledger** agency.added."""
    policy.check_new(actor, CHANGE, Subject(office=office_id, level=Compartment.PROGRAMME))
    row = Agency(office_id=office_id, kind=kind, verified_on=clock.today(), district_token=district_token(district))
    writing.insert(row, name=name, district=district, address=address, contact=contact, hours=hours)
    writing.note(Verb.AGENCY_ADDED, subject=row.id, office=office_id, facts={"kind": kind})
    return row.id


@command
def change_agency(
    *,
    actor: Actor,
    agency_id: UUID,
    expected: int,
    kind: AgencyKind,
    name: str,
    district: str,
    address: str,
    contact: str,
    hours: str,
) -> UUID:
    """Write an agency's details anew; they count as verified today. **Needs** partners:agency:change.

    **Ledger** agency.changed. Raises Changed.
    """
    row = policy.load(actor, CHANGE, Agency, agency_id, seen_by=SEE)
    writing.update(
        row,
        expected=expected,
        kind=kind,
        verified_on=clock.today(),
        district_token=district_token(district),
        name=name,
        district=district,
        address=address,
        contact=contact,
        hours=hours,
    )
    writing.note(Verb.AGENCY_CHANGED, subject=row.id, office=row.office_id)
    return row.id


@command
def move_agency(*, actor: Actor, agency_id: UUID, event: StateEvent) -> UUID:
    """Suspend, resume or close the work with an agency; while it is not active, nothing is released to it.

    **Needs** partners:agency:change. **Ledger** agency.moved. Raises WrongStep.
    """
    row = policy.load(actor, CHANGE, Agency, agency_id, seen_by=SEE)
    state = rules.next_state(State(row.state), event)
    writing.update(row, state=state)
    writing.note(Verb.AGENCY_MOVED, subject=row.id, office=row.office_id, facts={"state": state})
    return row.id


def working(actor: Actor, permission: str, agency_id: UUID) -> Agency:
    """An agency to which something is added. Raises NotFound, Refused, NotActive."""
    agency = policy.load(actor, permission, Agency, agency_id, seen_by=SEE)
    if agency.state != State.ACTIVE:
        raise NotActive
    return agency


@command
def add_unit(*, actor: Actor, agency_id: UUID, kind: UnitKind, name: str, contact: str = "") -> UUID:
    """Add a unit to an active agency. **Needs** partners:agency:change. **Ledger** unit.added. Raises NotActive."""
    agency = working(actor, CHANGE, agency_id)
    row = Unit(office_id=agency.office_id, agency_id=agency.id, kind=kind)
    writing.insert(row, name=name, contact=contact)
    writing.note(Verb.UNIT_ADDED, subject=row.id, office=row.office_id, facts={"kind": kind, "agency": agency.id})
    return row.id


@command
def change_unit(*, actor: Actor, unit_id: UUID, expected: int, kind: UnitKind, name: str, contact: str) -> UUID:
    """Write a unit's details anew. **Needs** partners:agency:change. **Ledger** unit.changed. Raises Changed."""
    row = policy.load(actor, CHANGE, Unit, unit_id, seen_by=SEE)
    writing.update(row, expected=expected, kind=kind, name=name, contact=contact)
    writing.note(Verb.UNIT_CHANGED, subject=row.id, office=row.office_id)
    return row.id


@command
def move_unit(*, actor: Actor, unit_id: UUID, event: StateEvent) -> UUID:
    """Suspend, resume or close the work with a unit. **Needs** partners:agency:change. **Ledger** unit.moved.

    Raises WrongStep.
    """
    row = policy.load(actor, CHANGE, Unit, unit_id, seen_by=SEE)
    state = rules.next_state(State(row.state), event)
    writing.update(row, state=state)
    writing.note(Verb.UNIT_MOVED, subject=row.id, office=row.office_id, facts={"state": state})
    return row.id
