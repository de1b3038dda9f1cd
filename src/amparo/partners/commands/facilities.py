"""Facilities, and the protected addresses of those that nobody may find."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.partners import rules
from amparo.partners.commands.agencies import CHANGE, working
from amparo.partners.errors import ProtectedAddress
from amparo.partners.models import Facility
from amparo.partners.queries.places import district_token
from amparo.partners.words import Cost, FacilityKind, OpenReason, State, StateEvent
from amparo.vault import sealing

SEE = "partners:facility:see"


def _check_protected(protected: bool, address: str, district: str) -> None:
    if protected and (address or district):
        raise ProtectedAddress(field="address")


@command
def add_facility(
    *,
    actor: Actor,
    agency_id: UUID,
    kind: FacilityKind,
    name: str,
    protected: bool = False,
    district: str = "",
    address: str = "",
    hours: str = "",
    contact: str = "",
    how: str = "",
    services: Sequence[str] = (),
    languages: Sequence[str] = (),
    access: Sequence[str] = (),
    cost: Cost = Cost.UNKNOWN,
    day_and_night: bool = False,
) -> UUID:
    """Add a facility to an active agency. The address of a protected one is added by `set_address`.

    **Needs** partners:agency:change. **Ledger** facility.added. Raises NotActive, ProtectedAddress.
    """
    agency = working(actor, CHANGE, agency_id)
    _check_protected(protected, address, district)
    row = Facility(
        office_id=agency.office_id,
        agency_id=agency.id,
        kind=kind,
        level=Compartment.ADDRESS if protected else Compartment.PROGRAMME,
        services=list(services),
        languages=list(languages),
        access=list(access),
        cost=cost,
        day_and_night=day_and_night,
        verified_on=clock.today(),
        district_token=None if protected else district_token(district),
    )
    writing.insert(row, name=name, district=district, address=address, hours=hours, contact=contact, how=how)
    facts = {"kind": kind, "agency": agency.id, "protected": protected}
    writing.note(Verb.FACILITY_ADDED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


def _load(actor: Actor, facility_id: UUID) -> Facility:
    return policy.load(actor, "partners:facility:change", Facility, facility_id, seen_by=SEE)


@command
def change_facility(
    *,
    actor: Actor,
    facility_id: UUID,
    expected: int,
    kind: FacilityKind,
    name: str,
    protected: bool,
    district: str,
    address: str,
    hours: str,
    contact: str,
    how: str,
    services: Sequence[str],
    languages: Sequence[str],
    access: Sequence[str],
    cost: Cost,
    day_and_night: bool,
) -> UUID:
    """Write a facility's details anew; they count as verified today.

    The address of a facility that is protected stays what it is. One that becomes protected keeps its address,
    under the other key, and loses its district in lists; the other way round the address is left out.

    **Needs** partners:facility:change. **Ledger** facility.changed. Raises Changed, ProtectedAddress.
    """
    row = _load(actor, facility_id)
    was = row.level == Compartment.ADDRESS
    if was or not protected:
        _check_protected(protected, address, district)
    row.level = Compartment.ADDRESS if protected else Compartment.PROGRAMME
    places: dict[str, object] = {"level": row.level}
    if not was or not protected:
        token = None if protected else district_token(district)
        places |= {"address": address, "district": district, "district_token": token}
    writing.update(
        row,
        expected=expected,
        kind=kind,
        services=list(services),
        languages=list(languages),
        access=list(access),
        cost=cost,
        day_and_night=day_and_night,
        verified_on=clock.today(),
        name=name,
        hours=hours,
        contact=contact,
        how=how,
        **places,
    )
    writing.note(Verb.FACILITY_CHANGED, subject=row.id, office=row.office_id, facts={"protected": protected})
    return row.id


@command
def verify_facility(*, actor: Actor, facility_id: UUID) -> UUID:
    """Say that what is written about a facility was checked today and is right.

    **Needs** partners:facility:verify. **Ledger** facility.verified.
    """
    row = policy.load(actor, "partners:facility:verify", Facility, facility_id, seen_by=SEE)
    writing.update(row, verified_on=clock.today())
    writing.note(Verb.FACILITY_VERIFIED, subject=row.id, office=row.office_id)
    return row.id


@command
def move_facility(*, actor: Actor, facility_id: UUID, event: StateEvent) -> UUID:
    """Suspend, resume or close a facility. **Needs** partners:facility:change. **Ledger** facility.moved.

    Raises WrongStep.
    """
    row = _load(actor, facility_id)
    state = rules.next_state(State(row.state), event)
    writing.update(row, state=state)
    writing.note(Verb.FACILITY_MOVED, subject=row.id, office=row.office_id, facts={"state": state})
    return row.id


@command
def set_address(*, actor: Actor, facility_id: UUID, address: str, district: str = "") -> UUID:
    """Write down a protected address, sealed under the key of protected addresses.

    **Needs** partners:address:change. **Ledger** facility.address_changed. Raises NotFound for a facility whose
    address is not protected: that one is changed with its details.
    """
    row = policy.load(actor, "partners:address:change", Facility, facility_id, seen_by=SEE)
    if row.level != Compartment.ADDRESS:
        raise ProtectedAddress(field="address")
    writing.update(row, address=address, district=district)
    writing.note(Verb.FACILITY_ADDRESS_CHANGED, subject=row.id, office=row.office_id)
    return row.id


@command
def open_address(*, actor: Actor, facility_id: UUID, reason: OpenReason) -> tuple[str, str]:
    """Open a protected address, with a reason that the ledger keeps: one entry for each time.

    Returns the address and the district; the address is empty for who may know the district only.
    **Needs** partners:address:open. **Ledger** facility.address_opened.
    """
    row = policy.load(actor, "partners:address:open", Facility, facility_id, seen_by=SEE)
    writing.note(Verb.FACILITY_ADDRESS_OPENED, subject=row.id, office=row.office_id, facts={"reason": reason})
    words = sealing.open_row(row, "address", "district")
    full = policy.decide(actor, "partners:address:change", policy.subject_of(row)).allowed
    return (words.text("address") if full else "", words.text("district"))
