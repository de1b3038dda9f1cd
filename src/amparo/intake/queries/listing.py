"""The inbox: what can't wait, the open reports by when they are due, and the decided ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.intake import rules
from amparo.intake.models import Report
from amparo.intake.queries.reports import allows, asked, record, seen, sight_of, url_of
from amparo.intake.queries.windows import (
    MEDICAL_OPEN,
    Desk,
    bar,
    desk_now,
    is_open_window,
    kept_until,
    window_of,
    window_words,
)
from amparo.intake.rules import Known
from amparo.intake.words import CHANNEL_LABELS, OPEN_STATES, STATE_LABELS, Channel, Danger, State
from amparo.kernel.text import excerpt, shown
from amparo.kernel.words import Sight
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.vault.prepared import IDS, MOMENT
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.drawing import WindowBar
from amparo.web.sheets import Button, Code, Empty, Listing, Name, Row, Tag, Text, Urgency, Withheld

PAGE = 50


@dataclass(frozen=True, slots=True)
class Urgent:
    """Something that can't wait: a danger that nobody has taken on, or a medical window that is closing."""

    report_id: UUID
    code: str
    is_danger: bool
    title: str
    meta: Text
    url: str
    take_url: str
    take_label: str
    drawing: WindowBar | None
    ends_at: datetime | None


def open_rows(actor: Actor, permission: str = "intake:report:see") -> QuerySet[Report]:
    """The reports that are not decided yet, as far as the actor has the permission."""
    return seen(actor, permission).filter(state__in=OPEN_STATES)


def _is_danger_open() -> Q:
    return ~Q(danger=Danger.NO) & Q(danger_taken_by=None)


def _is_window_open(since: datetime) -> Q:
    known = Q(incident_known__in=(Known.EXACT, Known.DAY), incident_at__gt=since)
    return Q(medical__in=MEDICAL_OPEN) & known


MOST_URGENT = 20


_SEE = "intake:report:see"
_DANGERS = OfReader(
    _SEE,
    Report,
    lambda rows: rows.filter(_is_danger_open(), state__in=OPEN_STATES).order_by("received_at", "id")[:MOST_URGENT],
)
_WINDOWS = OfReader(
    _SEE,
    Report,
    lambda rows, since, others: (
        rows.filter(_is_window_open(since), state__in=OPEN_STATES)
        .exclude(pk__in=others)
        .order_by("incident_at", "id")[:MOST_URGENT]
    ),
    MOMENT,
    IDS,
)


def _urgent_rows(actor: Actor, desk: Desk) -> list[Report]:
    """Dangers first, the longest known first; then windows, the one that closes first."""
    dangers = asked(actor, _DANGERS)
    since = desk.now - timedelta(hours=desk.limits[1])
    return dangers + asked(actor, _WINDOWS, since, [row.id for row in dangers])


def urgent(actor: Actor) -> list[Urgent]:
    """What can't wait, of the reports that the actor sees. Cost: nine queries for any number."""
    if not policy.has(actor, "intake:report:acknowledge"):
        return []
    desk = desk_now()
    rows = [row for row in _urgent_rows(actor, desk) if allows(actor, "intake:report:acknowledge", row)]
    names = access.names_of(row.medical_taken_by for row in rows if row.medical_taken_by)
    return [_urgent(row, desk, names) for row in rows]


def _urgent(row: Report, desk: Desk, names: Mapping[UUID, str]) -> Urgent:
    is_danger = row.danger != Danger.NO and row.danger_taken_by is None
    window = window_of(row, desk)
    is_open = is_open_window(row, window, desk)
    taken = names.get(row.medical_taken_by, "") if row.medical_taken_by else ""
    verb = "take_danger" if is_danger else "take_medical"
    received = formats.when(row.received_at, desk.now, desk.zone)
    return Urgent(
        report_id=row.id,
        code=row.code,
        is_danger=is_danger,
        title=danger_title(row) if is_danger else window_words(window, desk) if window else "",
        meta=(
            Code(row.code, url_of(row.id)),
            _("Received %(when)s.") % {"when": received},
            *_taken_words(taken),
        ),
        url=url_of(row.id),
        take_url="" if taken and not is_danger else reverse(f"intake:{verb}", args=[row.id]),
        take_label=_("I am taking this"),
        drawing=bar(window, desk) if window is not None and is_open else None,
        ends_at=window.ends_at if window is not None and is_open else None,
    )


def _taken_words(name: str) -> tuple[str, ...]:
    return (_("%(name)s sees to it.") % {"name": name},) if name else ()


def danger_title(row: Report) -> str:
    """The sentence for a danger that nobody has taken on."""
    if row.danger == Danger.YES:
        return _("Somebody is in danger now. Nobody has taken this on.")
    return _("Somebody may be in danger. Nobody has taken this on.")


def inbox(actor: Actor, *, show: str = "open", after: UUID | None = None) -> Listing:
    """The page of reports: what can't wait, then the open ones by when they are due, or the decided ones.

    Args:
        actor: who reads.
        show: `open` or `decided`.
        after: the last report of the page before.

    Cost: a constant number of queries.
    """
    desk = desk_now()
    first_page = show == "open" and after is None
    top = _urgent_rows(actor, desk) if first_page else []
    rows = _page(actor, desk, show, after)
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    lines = Lines(actor, desk, [*top, *rows])
    open_url, decided_url = reverse("intake:reports"), reverse("intake:decided")
    base = open_url if show == "open" else decided_url
    may_take = policy.has(actor, "intake:report:take")
    return Listing(
        title=_("Reports") if show == "open" else _("Decided reports"),
        lede_bold=_inbox_bold(top) if first_page else "",
        lede=_inbox_lede(top, rows, more=more) if first_page else "",
        buttons=(
            *((Button(_("Take a report"), reverse("intake:take"), key="n"),) if may_take else ()),
            Button(_("Decided reports"), decided_url, "quiet")
            if show == "open"
            else Button(_("Open reports"), open_url, "quiet"),
        ),
        rows=(*(lines.urgent(row) for row in top), *(lines.plain(row) for row in rows)),
        withheld=() if policy.has(actor, "intake:report:see") else (Withheld(_("Reports")),),
        empty=Empty(
            _("No report is waiting.") if show == "open" else _("No report was decided yet."),
            _("Take a report") if may_take else "",
            reverse("intake:take") if may_take else "",
        ),
        next_url=f"{base}?after={rows[-1].id}" if more else "",
        previous_url=base if after else "",
    )


def _page(actor: Actor, desk: Desk, show: str, after: UUID | None) -> list[Report]:
    if show == "open":
        urgent_ones = _is_danger_open() | _is_window_open(desk.now - timedelta(hours=desk.limits[1]))
        rows = open_rows(actor).exclude(urgent_ones)
        last = Report.objects.filter(pk=after).values_list("received_at", "id").first() if after else None
        if last:
            rows = rows.filter(Q(received_at__gt=last[0]) | Q(received_at=last[0], id__gt=last[1]))
        return list(rows.order_by("received_at", "id")[: PAGE + 1])
    rows = seen(actor, "intake:report:see").exclude(state__in=OPEN_STATES)
    last = Report.objects.filter(pk=after).values_list("received_at", "id").first() if after else None
    if last:
        rows = rows.filter(Q(received_at__lt=last[0]) | Q(received_at=last[0], id__lt=last[1]))
    return list(rows.order_by("-received_at", "-id")[: PAGE + 1])


def _inbox_bold(top: Sequence[Report]) -> str:
    if any(row.danger != Danger.NO and row.danger_taken_by is None for row in top):
        return _("Somebody may be in danger.")
    return _("A medical window is closing.") if top else ""


def _inbox_lede(top: Sequence[Report], rows: Sequence[Report], *, more: bool) -> str:
    if not top and not rows:
        return ""
    if more:
        return _("More than %(count)s reports are open.") % {"count": PAGE}
    count = len(top) + len(rows)
    return ngettext("%(count)s report is open.", "%(count)s reports are open.", count) % {"count": count}


class Lines:
    """The lines of a list of reports; everything that they need was fetched at once."""

    def __init__(self, actor: Actor, desk: Desk, rows: Sequence[Report]) -> None:
        self.actor = actor
        self.desk = desk
        readable = [row for row in rows if sight_of(actor, row) >= Sight.PARTIAL]
        opened = sealing.open_rows(readable, "summary")
        self.summaries = {row.id: one.text("summary") for row, one in zip(readable, opened, strict=True)}
        for row in readable:
            record(row)
        takers = {row.danger_taken_by for row in rows} | {row.medical_taken_by for row in rows}
        self.names = access.names_of(one for one in takers if one)
        self.partners = partners.agency_names({row.partner_id for row in rows if row.partner_id})

    def urgent(self, row: Report) -> Row:
        one = _urgent(row, self.desk, self.names)
        tag = Tag(_("Danger"), "danger") if one.is_danger else Tag(_("Clinic"), "warn")
        may = allows(self.actor, "intake:report:acknowledge", row)
        return Row(
            title=one.title,
            url=one.url,
            when_tag=tag,
            strong=True,
            lines=tuple(filter(None, [shown(self.summaries.get(row.id, ""))])),
            meta=one.meta,
            action_label=one.take_label if one.take_url and may else "",
            action_url=one.take_url if may else "",
            action_post=True,
        )

    def plain(self, row: Report) -> Row:
        due, urgency = self._due(row)
        summary = self.summaries.get(row.id, "")
        channel = str(CHANNEL_LABELS[Channel(row.channel)])
        received = formats.when(row.received_at, self.desk.now, self.desk.zone)
        return Row(
            title=shown(excerpt(summary, 120)) if summary else _("Report %(code)s") % {"code": row.code},
            url=url_of(row.id),
            dir_auto=bool(summary),
            when=due,
            when_tone=urgency,
            meta=(
                Code(row.code),
                *((Name(self.partners[row.partner_id]),) if row.partner_id in self.partners else ()),
                _("%(channel)s. Received %(when)s.") % {"channel": channel, "when": received},
                *self._kept(row),
            ),
            tag=state_tag(row),
        )

    def _kept(self, row: Report) -> tuple[str, ...]:
        if row.erased_at is not None:
            return (_("Its words were erased."),)
        until = kept_until(row, self.desk)
        day = formats.short_day_and_year(until) if until else ""
        return (_("To be erased on %(day)s.") % {"day": day},) if day else ()

    def _due(self, row: Report) -> tuple[str, Urgency]:
        if row.state not in OPEN_STATES:
            decided = row.decided_at or row.received_at
            return formats.when(decided, self.desk.now, self.desk.zone), ""
        due_on, _what = due_of(row, self.desk)
        return formats.near_day(due_on, self.desk.today), urgency_of(due_on, self.desk)


def state_tag(row: Report) -> Tag:
    """A report's state, as a tag."""
    tone = {State.RECEIVED: "on", State.ACCEPTED: "ok"}.get(State(row.state), "")
    return Tag(STATE_LABELS[State(row.state)], tone)  # type: ignore[arg-type]


def due_of(row: Report, desk: Desk) -> tuple[date, str]:
    """What is due next on an open report, and by when."""
    if row.state == State.RECEIVED:
        return rules.answer_due(row.received_at, desk.acknowledge_days, desk.zone), _("Acknowledge the report")
    return rules.answer_due(row.received_at, desk.screening_days, desk.zone), _("Decide what becomes of the report")


def urgency_of(due_on: date, desk: Desk) -> Urgency:
    """How near a day is."""
    if due_on < desk.today:
        return "late"
    return "soon" if due_on <= desk.today + timedelta(days=1) else ""
