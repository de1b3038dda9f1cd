"""What the case page and Today show of investigations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases import queries as cases
from amparo.cases.moments import Due, Moment
from amparo.cases.queries import CaseHead
from amparo.cases.words import TrackKind
from amparo.investigations.models import Lead, OfficialContact, Outcome, Relief, Restraint
from amparo.investigations.words import (
    OUTCOME_STATE_LABELS,
    RELIEVED_LABELS,
    STATUS_LABELS,
    LeadState,
    OutcomeState,
)
from amparo.vault import sealing
from amparo.vault.prepared import DAY, ID
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import (
    Code,
    Name,
    Row,
    Section,
    Text,
)

if TYPE_CHECKING:
    pass
from amparo.investigations.queries.asking import asks_due, waiting_for_reader
from amparo.investigations.queries.interviews import InterviewDue, held_on, interviews_due, interviews_section
from amparo.investigations.queries.room import Rights, leads_section, outcome_rows, statuses_of, suspects_section
from amparo.investigations.queries.threats import MeasureDue, measures_due, threats_section
from amparo.investigations.queries.words import AT_ONCE, MARKED, MOST, today, urgency_of


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """Relief, and what happened to suspects, as marks on the drawn case. Cost: five queries."""
    url = reverse("investigations:room", args=[case_id])
    reliefs = [row for row in outcome_rows(actor, Relief, case_id) if row.state != OutcomeState.WITHDRAWN]
    marks = [
        Moment(
            TrackKind.RELIEF,
            row.first_on,
            _("relief"),
            _("%(how)s, %(state)s") % {"how": RELIEVED_LABELS[row.how], "state": OUTCOME_STATE_LABELS[row.state]},
            "decision" if row.state == OutcomeState.VERIFIED else "done",
            f"{url}#relief",
        )
        for row in reliefs
    ]
    rows = [row for row in statuses_of(actor, case_id) if row.status in MARKED and not row.withdraw_reason]
    marks += [
        Moment(
            TrackKind.ACCOUNTABILITY,
            row.first_on,
            str(STATUS_LABELS[row.status]).lower(),
            _("Suspect: %(status)s") % {"status": STATUS_LABELS[row.status]},
            "done",
            f"{url}#suspects",
            wide=False,
        )
        for row in rows[:MOST]
    ]
    marks += [
        Moment(
            TrackKind.ACCOUNTABILITY,
            on,
            _("interview"),
            _("Interview: %(purpose)s") % {"purpose": purpose},
            "done",
            reverse("investigations:interview", args=[key]),
            wide=False,
        )
        for key, on, purpose in held_on(actor, case_id)
    ]
    return marks


def sections_of_case(actor: Actor, case_id: UUID) -> list[Section]:
    """Suspects with their status, and open leads in short, for the page of a case."""
    head = cases.case_head(actor, case_id)
    none = Rights(False, False, False, False, False)
    url = reverse("investigations:room", args=[case_id])
    new = (threats_section(actor, head, most=3), interviews_section(actor, head, most=3))
    found = [section for section in new if section is not None]
    for section, label in (
        (suspects_section(actor, head, none), _("Investigation")),
        (leads_section(actor, head, none), _("All leads")),
    ):
        short = tuple(
            Row(
                title=row.title,
                when=row.when,
                when_tone=row.when_tone,
                when_tag=row.when_tag,
                meta=row.meta,
                tag=row.tag,
            )
            for row in section.rows[:5]
        )
        found.append(
            Section(
                section.title,
                id=section.id,
                column=2,
                rows=short,
                empty=section.empty,
                withheld=section.withheld,
                link_label="" if section.withheld else label,
                link_url="" if section.withheld else url,
            )
        )
    return found


_OWN_LEADS = OfReader(
    "investigations:lead:see",
    Lead,
    lambda rows, account_id, until: rows.filter(
        assigned_id=account_id, state=LeadState.OPEN, due_on__lte=until
    ).order_by("due_on", "id")[:MOST],
    ID,
    DAY,
)
_OWN_STEPS = OfReader(
    "investigations:official:record",
    OfficialContact,
    lambda rows, account_id, until: rows.filter(
        created_by=account_id, next_on__lte=until, next_done_on=None, next_step__isnull=False, withdraw_reason=""
    ).order_by("next_on", "id")[:MOST],
    ID,
    DAY,
)
_RELIEFS = OfReader(
    "investigations:outcome:verify",
    Relief,
    lambda rows, account_id: (
        rows.filter(state=OutcomeState.PROVISIONAL).exclude(recorded_by=account_id).order_by("created_at")[:AT_ONCE]
    ),
    ID,
)
_RESTRAINTS = OfReader(
    "investigations:outcome:verify",
    Restraint,
    lambda rows, account_id: (
        rows.filter(state=OutcomeState.PROVISIONAL).exclude(recorded_by=account_id).order_by("created_at")[:AT_ONCE]
    ),
    ID,
)


def due_for(actor: Actor, until: date) -> list[Due]:
    """Her own leads, interviews and agreed next steps that are due by a day. Cost: nine queries."""
    leads = _OWN_LEADS.rows(actor, actor.account_id, until)
    steps = _OWN_STEPS.rows(actor, actor.account_id, until)
    asked, agreed = interviews_due(actor, until), measures_due(actor, until)
    waited = asks_due(actor, until)
    heads = cases.heads(actor, [row.case_id for rows in (leads, steps, asked, agreed, waited) for row in rows])
    now = today()
    found = [
        _due(row.due_on, words.text("title"), heads.get(row.case_id), "#leads", _("Lead"), now)
        for row, words in zip(leads, sealing.open_rows(leads, "title"), strict=True)
    ]
    found += [
        _due(
            row.next_on,
            words.text("next_step"),
            heads.get(row.case_id),
            "#officials",
            _("Agreed with an official"),
            now,
        )
        for row, words in zip(steps, sealing.open_rows(steps, "next_step"), strict=True)
    ]
    found += [
        _due(row.due_on, words.text("asked"), heads.get(row.case_id), "#leads", _("A partner was asked"), now)
        for row, words in zip(waited, sealing.open_rows(waited, "asked"), strict=True)
    ]
    found += [_interview_due(row, heads.get(row.case_id), now) for row in asked]
    found += [_measure_due(row, heads.get(row.case_id), now) for row in agreed]
    return [due for due in found if due is not None]


def _interview_due(row: InterviewDue, head: CaseHead | None, now: date) -> Due | None:
    if head is None:
        return None
    title = _("Say what came of it to") if row.is_feedback else _("Interview with")
    url = reverse("investigations:interview", args=[row.id])
    return Due(
        row.on, (title, Code(row.code)), (row.said, Code(head.code)), url, _("Open"), urgency_of(row.on, now), head.id
    )


def _measure_due(row: MeasureDue, head: CaseHead | None, now: date) -> Due | None:
    if head is None:
        return None
    url = reverse("investigations:threat", args=[row.threat_id])
    meta: Text = (_("Against a threat"), Code(head.code))
    return Due(row.on, row.said, meta, url, _("Open"), urgency_of(row.on, now), head.id)


def _due(on: date | None, title: str, head: CaseHead | None, part: str, what: str, now: date) -> Due | None:
    if head is None:
        return None
    url = reverse("investigations:room", args=[head.id])
    meta: Text = (what, Code(head.code))
    return Due(on, Name(title), meta, f"{url}{part}", _("Open"), urgency_of(on, now), head.id)


def waiting_for(actor: Actor) -> list[Due]:
    """What was asked of the reader, and the oldest relief and restraint that wait for her; others follow.

    Cost: three queries for who verifies, two for a partner.
    """
    return [*waiting_for_reader(actor), *_to_verify(actor)]


def _to_verify(actor: Actor) -> list[Due]:
    if not policy.has(actor, "investigations:outcome:verify"):
        return []
    me = actor.account_id
    waiting: list[tuple[Outcome, str, str]] = [
        (row, "relief", _("Verify a relief")) for row in _RELIEFS.rows(actor, me)
    ]
    waiting += [(row, "restraint", _("Verify a restraint")) for row in _RESTRAINTS.rows(actor, me)]
    heads = cases.heads(actor, [row.case_id for row, _kind, _label in waiting])
    return [
        Due(
            None,
            label,
            (
                _("recorded %(day)s") % {"day": formats.near_day(row.created_at.date(), today())},
                Code(head.code),
            ),
            reverse("investigations:verify", args=[kind, row.id]),
            _("Verify"),
            case_id=row.case_id,
        )
        for row, kind, label in waiting
        if (head := heads.get(row.case_id)) is not None
    ]
