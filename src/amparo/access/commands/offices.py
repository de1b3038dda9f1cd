"""Offices."""

from __future__ import annotations

from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.commands.acting import AnyActor, may
from amparo.access.models import Office
from amparo.access.policy import Subject
from amparo.kernel import ids
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def add_office(*, actor: AnyActor, name: str, district: str, time_zone: str = "UTC", calling_code: str = "1") -> UUID:
    """Add an office. **Needs** staff:office:manage. **Ledger** office.added."""
    may(actor, "staff:office:manage", Subject())
    key = ids.new_id()
    office = Office(id=key, office_id=key, name=name, district=district, time_zone=time_zone, calling_code=calling_code)
    writing.insert(office)
    writing.note(Verb.OFFICE_ADDED, subject=key, office=key)
    return key


@command
def change_office(
    *,
    actor: Actor,
    office_id: UUID,
    expected: int,
    name: str,
    district: str,
    time_zone: str,
    calling_code: str,
) -> UUID:
    """Change an office. **Needs** staff:office:manage. **Ledger** office.changed. Raises Changed."""
    office = policy.load(actor, "staff:office:manage", Office, office_id)
    fresh = {"name": name, "district": district, "time_zone": time_zone, "calling_code": calling_code}
    fields = [field for field, value in fresh.items() if getattr(office, field) != value]
    writing.update(office, expected=expected, **fresh)
    writing.note(Verb.OFFICE_CHANGED, subject=office.id, office=office.id, facts={"fields": fields})
    return office.id
