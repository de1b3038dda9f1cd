"""Planning an examination: when and where, before it begins."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import commands as case_commands
from amparo.cases import queries as cases
from amparo.cases.errors import CaseIsClosed
from amparo.cases.words import CaseState, PartyRole
from amparo.forensics.commands.exams import begin
from amparo.forensics.commands.reach import must_be_open, note
from amparo.forensics.errors import AppointmentSettled, NotASurvivor
from amparo.forensics.models import Appointment
from amparo.forensics.queries.reach import CHANGE, SEE
from amparo.forensics.rules import sealing as rules
from amparo.forensics.words import Anatomy, AppointmentState, Figure
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault import sealing


@command
def plan(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    planned_at: datetime,
    figure: Figure = Figure.ADULT,
    anatomy: Anatomy = Anatomy.FEMALE,
    facility: str = "",
    facility_id: UUID | None = None,
) -> UUID:
    """Plan an examination of a survivor. **Needs** forensics:exam:change; a basis is asked for when it begins.

    **Ledger** exam.planned. Raises NotASurvivor, AppointmentPast, CaseIsClosed.
    """
    case_commands.hold_case(case_id)
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, CHANGE, head.part(Compartment.EXAMINATION))
    if head.state is CaseState.CLOSED:
        raise CaseIsClosed
    if person_id not in {party.person_id for party in cases.parties(actor, case_id, [PartyRole.SURVIVOR])}:
        raise NotASurvivor(field="person_id")
    rules.check_planned(planned_at, clock.now())
    row = Appointment(
        case_id=case_id,
        person_id=person_id,
        office_id=head.office_id,
        planned_at=planned_at,
        examiner_id=actor.account_id,
        figure=figure,
        anatomy=anatomy,
        facility_id=facility_id,
    )
    writing.insert(row, facility=facility)
    note(Verb.EXAM_PLANNED, row, {"person": person_id, "on": clock.day_of(planned_at)})
    return row.id


def _planned(actor: Actor, appointment_id: UUID) -> Appointment:
    row = policy.load(actor, CHANGE, Appointment, appointment_id, seen_by=SEE)
    must_be_open(actor, row.case_id)
    if row.state != AppointmentState.PLANNED:
        raise AppointmentSettled
    return row


@command
def replan(
    *,
    actor: Actor,
    appointment_id: UUID,
    planned_at: datetime,
    facility: str = "",
    facility_id: UUID | None = None,
    expected: int | None = None,
) -> UUID:
    """Move an appointment to another time or place. **Needs** forensics:exam:change.

    **Ledger** exam.replanned. Raises AppointmentPast, AppointmentSettled, Changed, CaseIsClosed.
    """
    row = _planned(actor, appointment_id)
    rules.check_planned(planned_at, clock.now())
    writing.update(row, expected=expected, planned_at=planned_at, facility_id=facility_id, facility=facility)
    note(Verb.EXAM_REPLANNED, row, {"on": clock.day_of(planned_at)})
    return row.id


@command
def cancel(*, actor: Actor, appointment_id: UUID, reason: str) -> UUID:
    """Cancel an appointment; it stays, with the reason. **Needs** forensics:exam:change.

    **Ledger** exam.cancelled. Raises AppointmentSettled, CaseIsClosed.
    """
    row = _planned(actor, appointment_id)
    writing.update(row, state=AppointmentState.CANCELLED, reason=reason)
    note(Verb.EXAM_CANCELLED, row)
    return row.id


@command
def begin_planned(*, actor: Actor, appointment_id: UUID) -> UUID:
    """Begin what was planned, now: its examiner is whoever begins it. **Needs** forensics:exam:change and a basis.

    **Ledger** exam.begun, exam.kept. Raises NoBasis, OneDraft, NotASurvivor, AppointmentSettled, CaseIsClosed.
    """
    row = _planned(actor, appointment_id)
    exam = begin(
        actor=actor,
        case_id=row.case_id,
        person_id=row.person_id,
        figure=Figure(row.figure),
        anatomy=Anatomy(row.anatomy),
        facility=sealing.open_row(row, "facility").text("facility"),
        facility_id=row.facility_id,
    )
    writing.update(row, state=AppointmentState.BEGUN, exam_id=exam)
    note(Verb.EXAM_APPOINTMENT_KEPT, row, {"exam": exam})
    return exam


def end_appointments(person_id: UUID) -> None:
    """Cancel what is planned for a person who is being erased; inside a command that notes it."""
    for row in Appointment.objects.filter(person_id=person_id, state=AppointmentState.PLANNED):
        writing.update(row, state=AppointmentState.CANCELLED)
