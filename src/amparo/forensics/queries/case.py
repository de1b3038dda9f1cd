"""What forensics tells about a case: marks on its line, a section of its page, and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfCase, OfReader
from amparo.cases import queries as cases
from amparo.cases.moments import Due, Moment
from amparo.cases.queries import CaseHead
from amparo.cases.words import CaseState, TrackKind
from amparo.forensics.models import Appointment, Examination, Release
from amparo.forensics.queries.appointments import due_appointments, planned_rows
from amparo.forensics.queries.follow_ups import due_visits, needs_of_case
from amparo.forensics.queries.reach import CHANGE, GIVE, NEED, READ, SEE
from amparo.forensics.queries.releases import readables, state_tag
from amparo.forensics.words import STATE_LABELS, AppointmentState, ExamState, ReleaseState
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.people import queries as people
from amparo.vault.prepared import DAY, ID
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import Button, Code, Empty, Listing, Name, Row, Section, Tag

PAGE = 50
MOST = 20


exams_asked = OfCase(SEE, Examination, lambda rows: rows.order_by("-started_at", "-id")[:MOST])


def _exams_of_case(actor: Actor, case_id: UUID) -> list[Examination]:
    return cases.rows_of_case(actor, exams_asked, case_id)


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """Examinations on the track of accountability, for who may know of them. Cost: one query."""
    if not policy.has(actor, SEE):
        return []
    return [
        Moment(
            TrackKind.ACCOUNTABILITY,
            row.started_at.date(),
            _("examination"),
            _("Examination %(code)s") % {"code": row.code},
            "done" if row.state == ExamState.SEALED else "open",
            reverse("forensics:exam", args=[row.id]),
        )
        for row in _exams_of_case(actor, case_id)
    ]


def sections_of_case(actor: Actor, case_id: UUID) -> tuple[Section, ...]:
    """Examinations for who examines, what was released to the reader, and needs for her caseworker."""
    found = (*_examinations(actor, case_id), *_released(actor, case_id), *_needs(actor, case_id))
    return tuple(found)


def _examinations(actor: Actor, case_id: UUID) -> tuple[Section, ...]:
    if not policy.has(actor, SEE):
        return ()
    head = cases.case_head(actor, case_id)
    may = policy.decide(actor, CHANGE, head.part(Compartment.EXAMINATION)).allowed
    rows = _exams_of_case(actor, case_id)
    is_open = may and head.state is not CaseState.CLOSED
    planned = planned_rows(actor, case_id, may_begin=is_open)
    if not rows and not planned and not may:
        return ()
    begin = reverse("forensics:begin", args=[case_id])
    plan = Button(_("Plan an examination"), reverse("forensics:plan", args=[case_id]), "quiet")
    return (
        Section(
            _("Examinations"),
            id="examinations",
            rows=(*planned, *(_row(row, {}) for row in rows)),
            empty=Empty(_("Nobody was examined yet.")),
            buttons=(plan,) if is_open else (),
            link_label=_("Begin an examination") if is_open else "",
            link_url=begin if is_open else "",
        ),
    )


def _row(row: Examination, heads: dict[UUID, CaseHead], codes: dict[UUID, str] | None = None) -> Row:
    sealed = row.state == ExamState.SEALED
    head = heads.get(row.case_id)
    person = (Code(codes[row.person_id]),) if codes and row.person_id in codes else ()
    return Row(
        when=formats.near_day(row.started_at.date(), clock.today()),
        title=(Code(row.code), *person),
        meta=(Code(head.code), "·", Name(head.beside_code)) if head else "",
        tag=Tag(STATE_LABELS[row.state], "ok" if sealed else "warn"),
        url=reverse("forensics:exam", args=[row.id]),
        strong=True,
    )


def _released(actor: Actor, case_id: UUID) -> tuple[Section, ...]:
    if not policy.has(actor, READ):
        return ()
    rows = list(policy.visible(actor, READ, Release.objects.filter(case_id=case_id)).order_by("-id")[:MOST])
    if not rows:
        return ()
    seen = readables(rows)
    shown = tuple(
        Row(
            when=formats.near_day(row.created_at.date(), clock.today()),
            title=(Code(row.code), _("Report of an examination")),
            tag=state_tag(row, seen[row.id]),
            url=reverse("forensics:release", args=[row.id]),
            strong=True,
        )
        for row in rows
    )
    return (Section(_("Released to you"), id="released", rows=shown),)


def _needs(actor: Actor, case_id: UUID) -> tuple[Section, ...]:
    """For the caseworker and her supervisor: when she is to come again, and nothing else of the examination."""
    if not policy.has(actor, NEED) or policy.has(actor, SEE):
        return ()
    found = needs_of_case(actor, case_id)
    if not found:
        return ()
    rows = tuple(
        Row(when=formats.near_day(one.due_on, clock.today()), title=Name(one.need)) for one in found
    )  # fmt: skip
    return (
        Section(
            _("After the examination"),
            id="needs",
            rows=rows,
            remark=_("She agreed that you know this."),
        ),
    )


# ---- today -------------------------------------------------------------------------------------------------


def due_for(actor: Actor, until: date) -> list[Due]:
    """Visits and planned examinations that are due. Cost: six queries for who examines, none for others."""
    if not policy.has(actor, CHANGE):
        return []
    return [
        *due_appointments(actor, until),
        *_due_visits(actor, until),
    ]


def _due_visits(actor: Actor, until: date) -> list[Due]:
    return [
        Due(
            one.due_on,
            _("A visit after an examination"),
            Name(one.need),
            reverse("forensics:follow_up", args=[one.id]),
            _("Settle"),
            case_id=one.case_id,
        )
        for one in due_visits(actor, until)
    ]


def waiting_for(actor: Actor) -> list[Due]:
    """Own examinations that are not sealed, and releases that nobody has opened. Cost: a few queries."""
    return [*_unsealed(actor), *_unread(actor)]


_OWN_DRAFTS = OfReader(
    CHANGE,
    Examination,
    lambda rows, examiner: rows.filter(examiner_id=examiner, state=ExamState.DRAFT).order_by("started_at")[:MOST],
    ID,
)
_READABLE = OfReader(READ, Release, lambda rows, today: rows.filter(state="open", until_on__gte=today)[:MOST], DAY)


def _unsealed(actor: Actor) -> list[Due]:
    if not policy.has(actor, CHANGE):
        return []
    return [
        Due(
            row.started_at.date(),
            (_("An examination is not sealed:"), Code(row.code)),
            _("Stopped at the patient’s wish") if row.stopped_at else "",
            reverse("forensics:exam", args=[row.id]),
            _("Go on"),
            "late" if (clock.now() - row.started_at).days >= 1 else "soon",
            row.case_id,
        )
        for row in _OWN_DRAFTS.rows(actor, actor.account_id)
    ]


def _unread(actor: Actor) -> list[Due]:
    if not policy.has(actor, READ):
        return []
    rows = _READABLE.rows(actor, clock.today())
    seen = readables(rows)
    return [
        Due(
            row.created_at.date(),
            (_("A report was released to you:"), Code(row.code)),
            _("until %(day)s") % {"day": formats.near_day(row.until_on, clock.today())},
            reverse("forensics:release", args=[row.id]),
            _("Open it"),
            case_id=row.case_id,
        )
        for row in rows
        if "examination" in seen[row.id]
    ]


# ---- the list ----------------------------------------------------------------------------------------------


def listing(actor: Actor, after: UUID | None) -> Listing:
    """Examinations that the reader may see, newest first. Raises NotFound. Cost: some six queries."""
    if not policy.has(actor, SEE):
        raise NotFound
    rows = policy.visible(actor, SEE, Examination.objects.all())
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[: PAGE + 1])
    page = found[:PAGE]
    heads = cases.heads(actor, [row.case_id for row in page])
    people_codes = _codes(actor, page)
    drafts = sum(row.state == ExamState.DRAFT for row in page)
    said = ngettext("One is not sealed.", "%(count)d are not sealed.", drafts) % {"count": drafts} if drafts else ""
    return Listing(
        title=_("Examinations"),
        lede_bold=said,
        lede=_("Begin one from the page of its case."),
        rows=tuple(_row(row, heads, people_codes) for row in page),
        empty=Empty(_("There is no examination that you may see."), _("See your cases"), reverse("cases:cases")),
        next_url=f"?after={page[-1].id}" if len(found) > PAGE else "",
    )


def _codes(actor: Actor, rows: Sequence[Examination]) -> dict[UUID, str]:
    return {key: label.code for key, label in people.labels(actor, [row.person_id for row in rows]).items()}


def release_rows(actor: Actor, case_id: UUID) -> tuple[Row, ...]:
    """Reports of examinations that were released in a case, for who gave them or got them. Cost: none for others."""
    given = policy.has(actor, GIVE)
    if not given and not policy.has(actor, READ):
        return ()
    rows = policy.visible(actor, GIVE if given else READ, Release.objects.filter(case_id=case_id))
    found = list(rows.order_by("-id")[:MOST])
    if not found:
        return ()
    seen = readables(found)
    return tuple(
        Row(
            when=formats.near_day(row.created_at.date(), clock.today()),
            title=_("Report of an examination"),
            meta=Code(row.code),
            tag=state_tag(row, seen[row.id]),
            url=reverse("forensics:release", args=[row.id]),
        )
        for row in found
    )


def open_releases(case_id: UUID) -> int:
    """How many reports can still be read outside; the caller has asked the policy for the case. Cost: one query."""
    return Release.objects.filter(case_id=case_id, state=ReleaseState.OPEN, until_on__gte=clock.today()).count()


def has_draft(case_id: UUID) -> bool:
    """Whether a record of this case was begun and not sealed; the caller has asked the policy for the case."""
    return Examination.objects.filter(case_id=case_id, state=ExamState.DRAFT).exists()


def planned_in_case(case_id: UUID) -> int:
    """How many examinations are planned and neither begun nor cancelled; the caller has asked the policy."""
    return Appointment.objects.filter(case_id=case_id, state=AppointmentState.PLANNED).count()
