"""What a facility had on a day. A report is never changed; a newer one follows, a wrong one is withdrawn."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.partners import rules
from amparo.partners.errors import AlreadyWithdrawn, NotActive
from amparo.partners.models import CapacityReport, Facility
from amparo.partners.words import CapacitySource, Has, State

REPORT = "partners:capacity:report"


@command
def report_capacity(
    *,
    actor: Actor,
    facility_id: UUID,
    on: date,
    source: CapacitySource,
    examiners: int | None = None,
    trained_until: date | None = None,
    kits: int | None = None,
    cold_store: Has = Has.UNKNOWN,
    child_room: Has = Has.UNKNOWN,
    remark: str = "",
) -> UUID:
    """Write down what a facility has, as seen or told on a day.

    Args:
        trained_until: the day on which the first of the examiners has to be trained again.

    **Needs** partners:capacity:report. **Ledger** capacity.reported. Raises NotActive, InFuture,
    NoExaminersTrained.
    """
    facility = policy.load(actor, REPORT, Facility, facility_id, seen_by="partners:facility:see")
    if facility.state == State.CLOSED:
        raise NotActive
    rules.check_report(on, clock.today(), examiners, trained_until)
    row = CapacityReport(
        office_id=facility.office_id,
        facility_id=facility.id,
        on=on,
        source=source,
        examiners=examiners,
        trained_until=trained_until,
        kits=kits,
        cold_store=cold_store,
        child_room=child_room,
    )
    writing.insert(row, remark=remark)
    facts = {"facility": facility.id, "on": on, "examiners": examiners, "kits": kits}
    writing.note(Verb.CAPACITY_REPORTED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


@command
def withdraw_report(*, actor: Actor, report_id: UUID) -> UUID:
    """Take a wrong report out of what counts; it stays in the history. **Needs** partners:capacity:report.

    **Ledger** capacity.withdrawn. Raises AlreadyWithdrawn. Returns the facility.
    """
    row = policy.load(actor, REPORT, CapacityReport, report_id, seen_by="partners:facility:see")
    if row.withdrawn_on is not None:
        raise AlreadyWithdrawn
    writing.update(row, withdrawn_on=clock.today())
    writing.note(Verb.CAPACITY_WITHDRAWN, subject=row.id, office=row.office_id)
    return row.facility_id
