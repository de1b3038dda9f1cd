"""What forms of partners are filled with, after the policy was asked whether they may be sent."""

from __future__ import annotations

from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel.words import Compartment
from amparo.ledger.records import Record
from amparo.partners import naming
from amparo.partners.errors import NotAnOfficial
from amparo.partners.models import Agency, Agreement, CapacityReport, Facility, Official, Post, Unit
from amparo.partners.queries.agency import step_buttons
from amparo.partners.queries.choices import Choices, agency_choices, facility_choices, unit_choices
from amparo.vault import sealing
from amparo.web.sheets import Button, Present


def _present(row: Record, clear: tuple[str, ...], sealed: tuple[str, ...]) -> Present:
    words = sealing.open_row(row, *sealed)
    values: dict[str, object] = {name: getattr(row, name) for name in clear}
    return row.version, values | {name: words.text(name) for name in sealed}


def may_add(actor: Actor, permission: str) -> None:
    """Raises Refused where the actor may not add such a thing in her office."""
    policy.check_new(actor, permission, Subject(office=actor.office_id, level=Compartment.PROGRAMME))


def check_agency(actor: Actor, permission: str, agency_id: UUID) -> None:
    """Raises NotFound, Refused."""
    policy.load(actor, permission, Agency, agency_id, seen_by="partners:agency:see")


def check_facility(actor: Actor, permission: str, facility_id: UUID) -> None:
    """Raises NotFound, Refused."""
    policy.load(actor, permission, Facility, facility_id, seen_by="partners:facility:see")


def check_official(actor: Actor, permission: str, official_id: UUID) -> None:
    """Raises NotFound, Refused."""
    policy.load(actor, permission, Official, official_id, seen_by="partners:official:see")


def agency_form(actor: Actor, agency_id: UUID) -> Present:
    row = policy.load(actor, "partners:agency:change", Agency, agency_id, seen_by="partners:agency:see")
    return _present(row, ("kind",), ("name", "district", "address", "contact", "hours"))


def unit_form(actor: Actor, unit_id: UUID) -> tuple[Present, UUID, str]:
    """A unit's version and values, its agency and its state. Raises NotFound, Refused."""
    row = policy.load(actor, "partners:agency:change", Unit, unit_id, seen_by="partners:agency:see")
    return _present(row, ("kind",), ("name", "contact")), row.agency_id, row.state


def unit_steps(unit_id: UUID, state: str) -> tuple[Button, ...]:
    """Buttons that move a unit on."""
    return step_buttons("move_unit", unit_id, state)


def facility_form(actor: Actor, facility_id: UUID) -> Present:
    """A facility's version and values; a protected address is not among them."""
    row = policy.load(actor, "partners:facility:change", Facility, facility_id, seen_by="partners:facility:see")
    protected = row.level == Compartment.ADDRESS
    clear = ("kind", "services", "languages", "access", "cost", "day_and_night")
    places = () if protected else ("address", "district")
    version, values = _present(row, clear, ("name", "hours", "contact", "how", *places))
    return version, {**values, "protected": protected}


def official_form(actor: Actor, official_id: UUID) -> tuple[Present, bool]:
    """An official's version and values, and whether the name is kept with the people of cases."""
    row = policy.load(actor, "partners:official:change", Official, official_id, seen_by="partners:official:see")
    return _present(row, (), ("name", "contact")), row.person_id is not None


def person_name(actor: Actor, person_id: UUID) -> str:
    """The name of an official of a case for whom a record is begun. Raises Refused, NotAnOfficial."""
    subject = Subject(office=actor.office_id, person=person_id, level=Compartment.PROGRAMME)
    policy.check_new(actor, "partners:official:change", subject)
    name = naming.names([person_id]).get(person_id)
    if name is None:
        raise NotAnOfficial
    return name


def post_official(actor: Actor, post_id: UUID) -> UUID:
    """Whose a post is. Raises NotFound, Refused."""
    row = policy.load(actor, "partners:official:change", Post, post_id, seen_by="partners:official:see")
    check_official(actor, "partners:official:change", row.official_id)
    return row.official_id


def post_places(actor: Actor) -> Choices:
    """Where a post can be: agencies, their units, their facilities, each under its kind's letter."""
    kinds = (("a", agency_choices(actor)), ("u", unit_choices(actor)), ("f", facility_choices(actor)))
    found = [(f"{kind}:{key}", name) for kind, choices in kinds for key, name in choices]
    return sorted(found, key=lambda pair: pair[1].casefold())


def post_place(chosen: str) -> tuple[UUID, UUID | None, UUID | None]:
    """The agency, unit and facility of a choice of `post_places`; the command asks the policy for the agency."""
    kind, key = chosen.split(":", 1)
    place = UUID(key)
    if kind == "u":
        return Unit.objects.values_list("agency_id", flat=True).get(pk=place), place, None
    if kind == "f":
        return Facility.objects.values_list("agency_id", flat=True).get(pk=place), None, place
    return place, None, None


def agreement_form(actor: Actor, agreement_id: UUID) -> Present:
    row = policy.load(actor, "partners:agreement:change", Agreement, agreement_id, seen_by="partners:agreement:see")
    clear = ("kind", "level", "classes", "valid_from", "review_on", "retention_months")
    return _present(row, clear, ("title", "purpose", "method"))


def report_facility(actor: Actor, report_id: UUID) -> UUID:
    """What a report on capacity is about. Raises NotFound, Refused."""
    row = policy.load(actor, "partners:capacity:report", CapacityReport, report_id, seen_by="partners:facility:see")
    return row.facility_id
