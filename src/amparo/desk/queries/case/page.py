"""The page of one case, put together."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.words import ROLE_LABELS
from amparo.cases import queries
from amparo.cases.queries import (
    CaseHead,
)
from amparo.cases.words import (
    CLOSURE_LABELS,
    RISK_LABELS,
    STATE_LABELS,
    CaseState,
    PromiseState,
    Risk,
    TrackKind,
)
from amparo.desk.queries.case.drawing import timeline_of
from amparo.desk.queries.case.reading import Reading
from amparo.desk.queries.case.sections import sections_of
from amparo.investigations import queries as investigations
from amparo.kernel import clock
from amparo.prosecution import queries as prosecution
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.drawing import Timeline
from amparo.web.sheets import (
    Button,
    Crumb,
    Name,
    Notice,
    Sheet,
    Tag,
    Tone,
)

_RISK_TONE: Mapping[Risk, Tone] = {Risk.HIGH: "danger", Risk.MEDIUM: "warn", Risk.LOW: ""}


def case_sheet(actor: Actor, case_id: UUID, span: str = "all") -> tuple[Sheet, Timeline]:
    """The page of a case and its drawing. Cost: a constant number of queries, whatever the case holds."""
    head = queries.case_head(actor, case_id)
    reading = Reading(
        actor=actor,
        head=head,
        # Before the rest, since most names on the page are those of the team: they are then looked up together.
        team=access.team_of(case_id),
        tracks=queries.tracks(head),
        parties=queries.parties(actor, case_id),
        promises=queries.promises_of_case(actor, case_id),
        tasks=queries.tasks_of_case(actor, case_id),
        today=clock.today(),
        headline=prosecution.headline(actor, case_id),
    )
    sheet = Sheet(
        title=Name(head.title),
        crumbs=(Crumb(_("Cases"), reverse("cases:cases")), Crumb(head.code, code=True)),
        kind=_kind(head),
        tags=_tags(head),
        remark=_remark(actor, head),
        lede_bold=_lede_bold(reading),
        lede=_lede(reading),
        buttons=_buttons(actor, head),
        notices=_notices(reading),
        sections=sections_of(reading),
    )
    return sheet, timeline_of(reading, span)


def _kind(head: CaseHead) -> str:
    """What the case is about, in which programme and under whose law."""
    said = (
        queries.kinds_said(head.types),
        queries.programme_said(head.programme),
        queries.jurisdiction_said(head.jurisdiction),
    )
    return " · ".join(part for part in said if part)


def _tags(head: CaseHead) -> tuple[Tag, ...]:
    tags = [Tag(_("Risk: %(risk)s") % {"risk": RISK_LABELS[head.risk]}, _RISK_TONE[head.risk])]
    if head.state is not CaseState.OPEN:
        tags.append(Tag(STATE_LABELS[head.state], "on"))
    return (*tags, *(Tag(queries.tags_said([code])) for code in head.tags))


def _remark(actor: Actor, head: CaseHead) -> str:
    decision = policy.decide(actor, "cases:case:see", head.subject)
    days = (clock.today() - head.reported_on).days
    roles = {role.value: label for role, label in ROLE_LABELS.items()}
    return _("Known for %(time)s. You see it as: %(role)s.") % {
        "time": formats.duration_days(days),
        "role": roles.get(decision.reason, ""),
    }


def _lede_bold(reading: Reading) -> str:
    if reading.headline[0]:
        return reading.headline[0]
    relief = next((track for track in reading.tracks if track.kind is TrackKind.RELIEF), None)
    if relief is not None and relief.state == "achieved":
        days = max(0, (relief.since_on - reading.head.reported_on).days)
        said = ngettext("One day from the report to relief.", "%(count)d days from the report to relief.", days)
        return said % {"count": days}
    return _("Reported on %(day)s.") % {"day": formats.day(reading.head.reported_on)}


def _lede(reading: Reading) -> str:
    return " ".join(filter(None, (reading.headline[1], _late_words(reading))))


def _late_words(reading: Reading) -> str:
    late = sum(p.state == PromiseState.OPEN and p.due_on < reading.today for p in reading.promises)
    if late:
        return ngettext("One promise is late.", "%(count)d promises are late.", late) % {"count": late}
    due = [task for task in reading.tasks if task.due_on and task.due_on < reading.today]
    if due:
        return ngettext("One task is late.", "%(count)d tasks are late.", len(due)) % {"count": len(due)}
    return ""


def _buttons(actor: Actor, head: CaseHead) -> tuple[Button, ...]:
    if head.state is CaseState.CLOSED:
        return (Button(_("Closing"), reverse("desk:closing", args=[head.id]), tone="quiet"),)
    buttons = []
    if queries.writable_compartments(actor, head):
        buttons.append(Button(_("Write a note"), reverse("cases:write_note", args=[head.id]), key="n"))
    if policy.decide(actor, "cases:task:change", head.subject).allowed:
        buttons.append(Button(_("Add a task"), reverse("cases:add_task", args=[head.id]), tone="quiet", key="t"))
    if policy.decide(actor, "cases:case:change", head.subject).allowed:
        buttons.append(Button(_("Change"), reverse("cases:change", args=[head.id]), tone="quiet", key="e"))
    return tuple(buttons)


def _notices(reading: Reading) -> tuple[Notice, ...]:
    head, actor = reading.head, reading.actor
    threats = (*investigations.threat_notices(actor, head.id), *prosecution.order_notices(actor, head.id))
    asked = queries.closing_of_case(actor, head) if head.state is CaseState.CLOSING else None
    if asked is not None and policy.decide(actor, "cases:case:see", head.subject).allowed:
        text = _("%(name)s asked to close the case: %(reason)s.") % {
            "name": asked.asked_by_name,
            "reason": CLOSURE_LABELS.get(asked.reason, asked.reason),
        }
        button = Button(_("See the checklist"), reverse("desk:closing", args=[head.id]), tone="quiet")
        return (*threats, Notice(text, "", action=button))
    return threats
