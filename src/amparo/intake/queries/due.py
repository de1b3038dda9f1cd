"""What reports ask of the desk, and what they give to the page of a case."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases.moments import Due, Moment
from amparo.cases.words import TrackKind
from amparo.intake.models import Report
from amparo.intake.queries.conversation import messages_due
from amparo.intake.queries.listing import PAGE, Lines, due_of, urgency_of
from amparo.intake.queries.onward import onward_due
from amparo.intake.queries.reports import asked, url_of
from amparo.intake.queries.windows import Desk, desk_now
from amparo.intake.words import OPEN_STATES
from amparo.kernel.recall import once
from amparo.kernel.words import Role
from amparo.vault.prepared import ID
from amparo.web.sheets import Code, Section


def due_for(actor: Actor, until: date) -> list[Due]:
    """Messages to read, reports to acknowledge or decide on, answers to ask for by a day. Cost: nine queries or so."""
    return messages_due(actor, until) + _reports_due(actor, until) + onward_due(actor, until)


_ACKNOWLEDGE = "intake:report:acknowledge"
_TO_ACKNOWLEDGE = OfReader(
    _ACKNOWLEDGE,
    Report,
    lambda rows: rows.filter(state__in=OPEN_STATES).order_by("received_at", "id")[: 2 * PAGE],
)
_ASKED_BY = OfReader(
    "intake:report:see",
    Report,
    lambda rows, account_id: rows.filter(state__in=OPEN_STATES, duplicate_asked_by=account_id).order_by(
        "duplicate_asked_at", "id"
    )[:PAGE],
    ID,
)


def _reports_due(actor: Actor, until: date) -> list[Due]:
    if not policy.has(actor, _ACKNOWLEDGE):
        return []
    desk = desk_now()
    found = []
    rows = asked(actor, _TO_ACKNOWLEDGE)
    for row in rows:
        due_on, what = due_of(row, desk)
        if due_on <= until:
            found.append(
                Due(
                    due_on=due_on,
                    title=what,
                    meta=(Code(row.code),),
                    url=url_of(row.id),
                    action_label=_("Open"),
                    urgency=urgency_of(due_on, desk),
                )
            )
    if actor.holds(Role.SUPERVISOR):
        found += [_ask_due(row, desk) for row in rows if row.duplicate_asked_at is not None]
    return found


def _ask_due(row: Report, desk: Desk) -> Due:
    return Due(
        due_on=desk.today,
        title=_("Look whether somebody in this report is in our records already"),
        meta=(Code(row.code),),
        url=url_of(row.id),
        action_label=_("Compare"),
        urgency="soon",
    )


def waiting_for(actor: Actor) -> list[Due]:
    """What the actor asked of a supervisor about reports that are still open."""
    if not policy.has(actor, _ACKNOWLEDGE):
        return []
    rows = asked(actor, _ASKED_BY, actor.account_id)
    return [
        Due(
            due_on=None,
            title=_("The supervisor looks whether it is the same person"),
            meta=(Code(row.code),),
            url=url_of(row.id),
            action_label=_("Open"),
        )
        for row in rows
    ]


_OF_CASE = OfReader(
    "intake:report:see", Report, lambda rows, case_id: rows.filter(case_id=case_id).order_by("received_at", "id"), ID
)


def _of_case(actor: Actor, case_id: UUID) -> list[Report]:
    return once("reports of case", (actor.account_id, case_id), lambda: asked(actor, _OF_CASE, case_id))


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """The reports that a case began with, on its drawing."""
    zone = timezone.get_current_timezone()
    return [
        Moment(
            track=TrackKind.RELIEF,
            at=row.received_at.astimezone(zone).date(),
            label=_("report"),
            title=_("A report was received"),
            kind="done",
            url=url_of(row.id),
        )
        for row in _of_case(actor, case_id)
    ]


def sections_of_case(actor: Actor, case_id: UUID) -> list[Section]:
    """The reports that a case is made of."""
    rows = _of_case(actor, case_id)
    if not rows:
        return []
    desk = desk_now()
    lines = Lines(actor, desk, rows)
    return [Section(_("Reports"), id="reports", column=2, rows=tuple(lines.plain(row) for row in rows))]
