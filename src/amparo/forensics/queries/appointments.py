"""Examinations that are planned: on the case, on Today, and a page of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.cases import queries as cases
from amparo.cases.moments import Due
from amparo.cases.words import CaseState
from amparo.forensics.errors import AppointmentSettled
from amparo.forensics.models import Appointment
from amparo.forensics.queries.reach import CHANGE, SEE
from amparo.forensics.words import ANATOMY_LABELS, APPOINTMENT_LABELS, FIGURE_LABELS, AppointmentState
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.people import queries as people
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Code, Crumb, Fact, Name, Row, Section, Sheet, Tag, Text

MOST = 20
# What was begun stands among the examinations.
_OF_CASE = OfCase(
    SEE, Appointment, lambda rows: rows.exclude(state=AppointmentState.BEGUN).order_by("-planned_at", "-id")[:MOST]
)


def _moment(at: datetime) -> str:
    return formats.moment(at, timezone.get_current_timezone())


def planned_rows(actor: Actor, case_id: UUID, *, may_begin: bool) -> tuple[Row, ...]:
    """What is planned in a case, and what was cancelled. Cost: one query where nothing is."""
    found = cases.rows_of_case(actor, _OF_CASE, case_id)
    if not found:
        return ()
    readings.opened(case_id, Compartment.EXAMINATION)
    labels = people.labels(actor, {row.person_id for row in found})
    places = [words.text("facility") for words in sealing.open_rows(found, "facility")]
    return tuple(
        _row(row, place, labels, may_begin=may_begin) for row, place in zip(found, places, strict=True)
    )  # fmt: skip


def _row(row: Appointment, place: str, labels: Mapping[UUID, people.PersonLabel], *, may_begin: bool) -> Row:
    is_open = row.state == AppointmentState.PLANNED
    person = (Code(labels[row.person_id].code),) if row.person_id in labels else ()
    can_begin = is_open and may_begin
    return Row(
        when=_moment(row.planned_at),
        when_tone="late" if is_open and row.planned_at < clock.now() else "",
        title=(_("Examination"), *person),
        meta=Name(place) if place else "",
        tag=_tag(row),
        url=reverse("forensics:planned", args=[row.id]),
        action_label=_("Begin") if can_begin else "",
        action_url=reverse("forensics:begin_planned", args=[row.id]) if can_begin else "",
        action_post=can_begin,
        strong=True,
    )


def _tag(row: Appointment) -> Tag:
    return Tag(APPOINTMENT_LABELS[row.state], "ok" if row.state == AppointmentState.BEGUN else "")


def due_appointments(actor: Actor, until: date) -> list[Due]:
    """Planned examinations of open cases that the actor may begin, until the end of a day.

    Cost: three queries, one for none.
    """
    after = timezone.make_aware(datetime.combine(until + timedelta(days=1), time()))
    planned = Appointment.objects.filter(state=AppointmentState.PLANNED, planned_at__lt=after)
    # In a closed case nothing can be begun, moved or cancelled: it would wait here for ever.
    planned = planned.exclude(case__state=CaseState.CLOSED)
    rows = list(policy.visible(actor, CHANGE, planned).order_by("planned_at", "id")[:MOST])
    return [
        Due(
            timezone.localtime(row.planned_at).date(),
            (_("An examination is planned:"), formats.clock(timezone.localtime(row.planned_at))),
            Name(words.text("facility")) if words.text("facility") else "",
            reverse("forensics:planned", args=[row.id]),
            _("Open it"),
            "late" if row.planned_at < clock.now() else "",
            row.case_id,
        )
        for row, words in zip(rows, sealing.open_rows(rows, "facility"), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Planned:
    """An appointment for the forms that change it."""

    id: UUID
    case_id: UUID
    version: int
    values: Mapping[str, object] = field(repr=False)


def planned(actor: Actor, appointment_id: UUID, facilities: Sequence[tuple[str, str]] = ()) -> Planned:
    """An appointment that can still be changed. Raises NotFound, Refused, AppointmentSettled.

    Args:
        facilities: those that the form offers; the place is told by its name where it is none of them.
    """
    row = policy.load(actor, CHANGE, Appointment, appointment_id, seen_by=SEE)
    readings.opened(row.case_id, Compartment.EXAMINATION)
    if row.state != AppointmentState.PLANNED:
        raise AppointmentSettled
    offered = str(row.facility_id) in dict(facilities)
    place = "" if offered else sealing.open_row(row, "facility").text("facility")
    values = {"planned_at": row.planned_at, "facility_id": str(row.facility_id or ""), "facility": place}
    return Planned(row.id, row.case_id, row.version, values)


def crumbs() -> tuple[Crumb, ...]:
    return Crumb(_("Examinations"), reverse("forensics:exams")), Crumb(_("Planned"))


def planned_page(actor: Actor, appointment_id: UUID) -> Sheet:
    """The page of one appointment. Raises NotFound. Cost: some eight queries."""
    row = policy.load(actor, SEE, Appointment, appointment_id)
    readings.opened(row.case_id, Compartment.EXAMINATION)
    words = sealing.open_row(row, "facility", "reason")
    label = people.labels(actor, [row.person_id]).get(row.person_id)
    head = cases.case_head(actor, row.case_id)
    who = access.names_of([row.examiner_id]).get(row.examiner_id, "")
    pairs: Sequence[tuple[str, Text]] = (
        (_("Who is examined"), label.text if label else ""),
        (_("Case"), Code(head.code, reverse("desk:case", args=[row.case_id]))),
        (_("When"), _moment(row.planned_at)),
        (_("Where"), words.text("facility")),
        (_("Planned by"), Name(who) if who else ""),
        (_("Figure"), str(FIGURE_LABELS[row.figure])),
        (_("Genital outlines"), str(ANATOMY_LABELS[row.anatomy])),
        (_("Why it was cancelled"), words.text("reason")),
    )
    facts = tuple(Fact(name, value) for name, value in pairs if value)
    return Sheet(
        title=_("Planned examination"),
        crumbs=crumbs(),
        tags=(_tag(row),),
        lede_bold=_moment(row.planned_at),
        lede=Name(words.text("facility")) if words.text("facility") else "",
        buttons=_buttons(actor, row),
        sections=(Section(_("Appointment"), id="appointment", facts=facts),),
    )


def _buttons(actor: Actor, row: Appointment) -> tuple[Button, ...]:
    if row.exam_id is not None:
        return (Button(_("Open the examination"), reverse("forensics:exam", args=[row.exam_id])),)
    if row.state != AppointmentState.PLANNED or not policy.decide(actor, CHANGE, policy.subject_of(row)).allowed:
        return ()
    return (
        Button(_("Begin now"), reverse("forensics:begin_planned", args=[row.id]), post=True),
        Button(_("Another time or place"), reverse("forensics:replan", args=[row.id]), "quiet"),
        Button(_("Cancel it"), reverse("forensics:cancel_planned", args=[row.id]), "quiet"),
    )
