"""Today: what is urgent, what is due, what waits for me, what I handed over, and my cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.aftercare import queries as aftercare
from amparo.cases import queries as cases
from amparo.cases.moments import Due
from amparo.cases.queries import CaseFilter, CaseLine, HandOverView, TrackGlance
from amparo.cases.views.around import case_url
from amparo.cases.words import (
    CLOSURE_LABELS,
    PURPOSE_LABELS,
    TRACK_LABELS,
    TRACK_STATE_LABELS,
    TrackKind,
)
from amparo.desk.asking import waiting_beside
from amparo.evidence import queries as evidence
from amparo.facts import queries as facts
from amparo.forensics import queries as forensics
from amparo.intake import queries as intake
from amparo.investigations import queries as investigations
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.kits import queries as kits
from amparo.operations import queries as operations
from amparo.partners import queries as partners
from amparo.prosecution import queries as prosecution
from amparo.protection import queries as protection
from amparo.referrals import queries as referrals
from amparo.staff import queries as staff
from amparo.strengthening import queries as strengthening
from amparo.training import queries as training
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.drawing import Glyph, track_glyph
from amparo.web.sheets import Button, Code, Empty, Name, Notice, Row, Section, Sheet, Tag, Text, Urgent, Withheld

WEEK = 7
_ROOMS = (
    intake,
    investigations,
    forensics,
    evidence,
    kits,
    prosecution,
    operations,
    aftercare,
    referrals,
    training,
    strengthening,
    facts,
    protection,
)
# Of these something is due, and nothing waits.
_ROOMS_DUE = (*_ROOMS, partners, staff)
_CASES_SHOWN = 5
# How far a state has come, for the four lines of the small drawing.
_LEVELS = {
    "pending": 1, "achieved": 3, "not_needed": 3, "failed": 1,
    "investigating": 1, "with_prosecution": 2, "in_court": 2, "on_appeal": 2, "final": 3, "not_pursued": 0,
    "not_enrolled": 0, "active": 1, "monitoring": 2, "restored": 3, "ended_otherwise": 1,
    "observing": 1, "learned": 3, "nothing_learned": 3,
}  # fmt: skip


def today_sheet(actor: Actor, days: int = 0) -> Sheet:
    """Today for this person and her roles; with `days` the days that come. Cost: constant, whatever is due."""
    today = clock.today()
    urgent = [*(_panel(one) for one in intake.urgent(actor)), *investigations.urgent_threats(actor)]
    due = _due(actor, today + timedelta(days=days))
    waiting = _waiting(actor)
    return Sheet(
        title=_("Today") if not days else _("The next seven days"),
        overline=formats.moment(clock.now(), timezone.get_current_timezone()),
        lede_bold=_urgent_words(len(urgent)),
        # What is due or waits may be hidden in court mode, so that nothing is said of it.
        lede="" if actor.court else _lede(len(due), len(waiting), days),
        buttons=_buttons(actor),
        # They tell of threats and plans, whose words court mode hides; they wait until it is left.
        notices=() if actor.court else _notices(actor),
        urgent=tuple(urgent[:2]),
        sections=tuple(
            section
            for section in (
                _more_urgent(urgent[2:]),
                _due_section(due, today, days, actor),
                _waiting_section(waiting, actor),
                _handed_section(actor),
                _cases_section(actor),
                _team_section(actor),
            )
            if section is not None
        ),
    )


NOTICE_WORDS: Mapping[str, str | Promise] = {
    "task": gettext_lazy("A task was given to you."),
    "case_offered": gettext_lazy("A case was offered to you."),
    "case_received": gettext_lazy("Your hand-over was received."),
    "closing_approved": gettext_lazy("Closing was approved."),
    "closing_declined": gettext_lazy("Closing was declined: see the answer."),
    "role_given": gettext_lazy("A system keeper gave a colleague a role. See the organisation page."),
    "role_waits": gettext_lazy("A system keeper gave a colleague a role. It waits on the organisation page."),
    "sign_in_reset": gettext_lazy("A system keeper reset a colleague's sign-in. The ledger says whose."),
    "on_team": gettext_lazy("You were put on the team of a case."),
    "second_asked": gettext_lazy("You are named as the second person. See what waits for you."),
    "second_confirmed": gettext_lazy("What you recorded was confirmed by the second person."),
    "second_declined": gettext_lazy("What you recorded was not confirmed: see the answer on the item."),
    "operation_team": gettext_lazy("You have a place in an operation."),
    "operation_asked": gettext_lazy("You are asked to approve an operation."),
    "operation_again": gettext_lazy("A plan that you decided on was changed: you are asked again."),
    "operation_approved": gettext_lazy("An operation was approved."),
    "operation_declined": gettext_lazy("The plan of an operation was sent back."),
    "operation_aborted": gettext_lazy("An operation was aborted."),
    "threat": gettext_lazy("There is a threat of high risk."),
    "measure": gettext_lazy("A measure against a threat is yours."),
    "breach": gettext_lazy("Something may have got out: see what is due."),
    "breach_closed": gettext_lazy("What you reported to data protection was closed."),
    "asked_of_us": gettext_lazy("Something is asked of you: see what waits for you."),
    "ask_answered": gettext_lazy("A partner answered what was asked for a lead."),
    "ask_dropped": gettext_lazy("Something that was asked of you is not needed any more."),
    "joining_asked": gettext_lazy("Two records may be one person: see what waits for you."),
    "joining_done": gettext_lazy("Two records that you asked about were joined."),
    "joining_declined": gettext_lazy("Two records that you asked about are two people."),
    "joining_closed": gettext_lazy(
        "What you asked about two records was closed: one of them was joined with another. Ask again if it is needed."
    ),
    "conflict_asked": gettext_lazy("A colleague may know somebody in a case: see what waits for you."),
    "operation_conflict": gettext_lazy("Two plans touch: see whom to ask."),
}


def _notices(actor: Actor) -> tuple[Notice, ...]:
    """What happened since, in one box with a calm line each; put away together."""
    unread = access.unread_notices(actor)
    if not unread:
        return ()
    heads = cases.heads(actor, [one.case_id for one in unread if one.case_id])
    shown = tuple(("notice", str(one.id)) for one in unread)
    put_away = Button(_("I have read this"), reverse("desk:read_notices"), tone="quiet", post=True, hidden=shown)
    # Three times the same is said once, with how often.
    said = Counter((one.kind, one.case_id if one.case_id in heads else None) for one in unread)
    first, *rest = (
        _notice_line(kind, heads.get(case) if case else None, count) for (kind, case), count in said.items()
    )
    return (Notice(first, action=put_away, lines=tuple(rest)),)


def _notice_line(kind: str, head: cases.CaseHead | None, count: int) -> Text:
    often = f"× {count}" if count > 1 else ""
    words = str(NOTICE_WORDS.get(kind, kind))
    return (words, Code(head.code, case_url(head.id)), Name(head.beside_code), often) if head else (words, often)


def _buttons(actor: Actor) -> tuple[Button, ...]:
    """What an intake officer needs first, at night and on a phone."""
    if policy.has(actor, "intake:report:take"):
        return (Button(_("Take a report"), reverse("intake:take"), key="n"),)
    if policy.has(actor, "people:person:erase"):
        return (
            Button(_("Erase a person"), reverse("desk:erase"), tone="quiet"),
            Button(_("Kept past their day"), reverse("desk:kept"), tone="quiet"),
            Button(_("Officials"), reverse("partners:officials"), tone="quiet"),
            Button(_("Training register"), reverse("training:register"), tone="quiet"),
        )
    return ()


def _panel(one: intake.Urgent) -> Urgent:
    """A red panel: what it is, how long there is, and the one button that says who takes it."""
    tag = Tag(_("Danger now"), "danger") if one.is_danger else Tag(_("Medical window"), "danger")
    return Urgent(
        id=f"urgent-{one.report_id}",
        tag=tag,
        remark=one.meta,
        title=one.title,
        drawing=one.drawing,
        buttons=(Button(one.take_label, one.take_url, tone="grave", post=True),) if one.take_url else (),
        links=(Button(_("Open the report"), one.url),),
    )


def _urgent_words(count: int) -> str:
    if not count:
        return ""
    said = ngettext("One person needs someone now.", "%(count)d people need someone now.", count)
    return said % {"count": count}


def _lede(due: int, waiting: int, days: int) -> str:
    if not due and not waiting:
        return _("Nothing is due and nothing waits for you.")
    said = []
    if due and not days:
        said.append(ngettext("One thing is due today.", "%(count)d things are due today.", due) % {"count": due})
    elif due:
        said.append(ngettext("One thing is due.", "%(count)d things are due.", due) % {"count": due})
    if waiting:
        said.append(ngettext("One waits for you.", "%(count)d wait for you.", waiting) % {"count": waiting})
    return " ".join(said)


def _more_urgent(rest: Sequence[Urgent]) -> Section | None:
    if not rest:
        return None
    rows = tuple(Row(title=panel.title, when_tag=panel.tag, meta=panel.remark) for panel in rest)
    return Section(_("Also urgent"), column=0, rows=rows)


# ---- due --------------------------------------------------------------------------------------------------------


def _due(actor: Actor, until: date) -> list[Row]:
    today = clock.today()
    tasks, promises = cases.own_tasks(actor, until), cases.own_promises(actor, until)
    rooms = [due for room in _ROOMS_DUE for due in room.due_for(actor, until)]
    tables, endings = cases.own_conferences(actor, until), cases.own_endings(actor, until)
    heads_wanted = [one.case_id for some in (tasks, promises, tables, endings) for one in some]
    heads = cases.heads(actor, heads_wanted)
    rows: list[tuple[date, Row]] = []
    for promise in promises:
        rows.append((promise.due_on, _promise_row(promise, heads, today)))
    for task in tasks:
        rows.append((task.due_on or until, _task_row(task, heads, today)))
    for table in tables:
        rows.append((table.on, _conference_row(table, heads, today)))
    for ending in endings:
        rows.append((ending.until_on, _ending_row(ending, heads, today)))
    for due in rooms:
        rows.append((due.due_on or today, _due_row(due, today)))
    return [row for _on, row in sorted(rows, key=lambda pair: pair[0])]


def _when(on: date | None, today: date) -> tuple[str, bool]:
    if on is None or on == today:
        return _("Today"), False
    return (_("Late"), True) if on < today else (formats.near_day(on, today), False)


def _promise_row(promise: cases.PromiseView, heads: Mapping[UUID, cases.CaseHead], today: date) -> Row:
    when, late = _when(promise.due_on, today)
    return Row(
        when=when,
        when_tone="late" if late else "",
        title=Name(promise.text),
        lines=((Code(promise.code), _("promised by %(day)s") % {"day": formats.near_day(promise.due_on, today)}),),
        meta=_case_line(heads, promise.case_id),
        action_label=_("Kept"),
        action_url=reverse("cases:keep_promise", args=[promise.id]),
        action_post=True,
        action_hidden=(("back", "today"),),
        strong=True,
    )


def _task_row(task: cases.TaskView, heads: Mapping[UUID, cases.CaseHead], today: date) -> Row:
    when, late = _when(task.due_on, today)
    return Row(
        when=when,
        when_tone="late" if late else "",
        title=Name(task.title),
        meta=_case_line(heads, task.case_id),
        action_label=_("Done"),
        action_url=reverse("cases:do_task", args=[task.id]),
        action_post=True,
        action_hidden=(("back", "today"),),
        strong=True,
    )


def _conference_row(table: cases.ConferenceDue, heads: Mapping[UUID, cases.CaseHead], today: date) -> Row:
    when, late = _when(table.on, today)
    return Row(
        when=when,
        when_tone="late" if late else "",
        title=_("Case conference"),
        meta=_case_line(heads, table.case_id),
        action_label=_("Open"),
        action_url=reverse("cases:conference", args=[table.id]),
        strong=True,
    )


def _ending_row(ending: cases.ConsentDue, heads: Mapping[UUID, cases.CaseHead], today: date) -> Row:
    """A consent that ends soon is to be asked for again before it does."""
    when, late = _when(ending.until_on, today)
    title = _("Consent has expired") if late else _("Consent ends")
    return Row(
        when=when,
        when_tone="late" if late else "",
        title=title,
        lines=((Code(ending.code), str(PURPOSE_LABELS.get(ending.purpose, ending.purpose))),),
        meta=_case_line(heads, ending.case_id),
        action_label=_("Renew"),
        action_url=reverse("cases:renew_basis", args=[ending.id]),
        strong=True,
    )


def _case_line(heads: Mapping[UUID, cases.CaseHead], case_id: UUID) -> Text:
    head = heads.get(case_id)
    return (Code(head.code, case_url(head.id)), Name(head.beside_code)) if head else ""


def _due_row(due: Due, today: date, undated: str | None = None) -> Row:
    when, late = _when(due.due_on, today)
    if due.due_on is None and undated is not None:
        when = undated
    return Row(
        when=when,
        when_tone="late" if late or due.urgency == "late" else due.urgency,
        title=due.title,
        meta=due.meta,
        action_label=due.action_label,
        action_url=due.url,
        strong=True,
    )


def _due_section(rows: Sequence[Row], today: date, days: int, actor: Actor) -> Section:
    link = ("", "") if days else (_("Next seven days"), reverse("desk:week"))
    until = formats.short_day(today + timedelta(days=days))
    title = _("Due until %(day)s") % {"day": until} if days else _("Due today")
    return Section(
        title,
        id="due",
        rows=tuple(rows),
        withheld=_hidden(title, rows, actor),
        empty=None
        if actor.court
        else Empty(_("Nothing is due today."), _("See the next seven days"), reverse("desk:week"))
        if not days
        else Empty(_("Nothing is due in the next seven days.")),
        link_label=link[0],
        link_url=link[1],
    )


# ---- waiting and handed over ------------------------------------------------------------------------------------

_ANSWER = "cases:handover:answer"


def _waiting(actor: Actor) -> list[Row]:
    now = clock.now()
    may = policy.has(actor, _ANSWER)
    rows = [
        Row(
            when=_since(offer.offered_at, now),
            title=_("Receive a case from %(name)s") % {"name": offer.from_name},
            lines=(Name(offer.note),) if offer.note else (),
            meta=Code(offer.code),
            action_label=_("Receive") if may else "",
            action_url=reverse("cases:receive", args=[offer.id]) if may else "",
            action_post=True,
            strong=True,
        )
        for offer in cases.handovers(actor, to_me=True)
    ]
    rows += [_closing_row(asked, now) for asked in cases.closings_to_decide(actor)]
    rooms = [due for room in _ROOMS for due in room.waiting_for(actor)]
    return rows + [_due_row(due, now.date(), undated="") for due in (*rooms, *waiting_beside(actor))]


def _closing_row(asked: cases.ClosingView, now: datetime) -> Row:
    return Row(
        when=_since(asked.asked_at, now),
        title=_("Approve closing a case"),
        lines=(
            _("Asked by %(name)s: %(reason)s")
            % {"name": asked.asked_by_name, "reason": CLOSURE_LABELS.get(asked.reason, asked.reason)},
        ),
        action_label=_("Decide"),
        action_url=reverse("desk:closing", args=[asked.case_id]),
        strong=True,
    )


def _since(then: datetime, now: datetime) -> str:
    return formats.duration(now - then)


def _waiting_section(rows: Sequence[Row], actor: Actor) -> Section:
    title = _("Waiting for you")
    empty = None if actor.court else Empty(_("Nothing waits for you."))
    return Section(title, id="waiting", rows=tuple(rows), withheld=_hidden(title, rows, actor), empty=empty)


def _hidden(title: str, rows: Sequence[Row], actor: Actor) -> tuple[Withheld, ...]:
    """In the place of a list that may be empty only because court mode hides it."""
    return (Withheld(title),) if actor.court and not rows else ()


def _handed_section(actor: Actor) -> Section | None:
    found = cases.handovers(actor, to_me=False)
    if not found:
        return None
    may = policy.has(actor, _ANSWER)
    return Section(
        _("Handed over by you"), id="handed", column=2, rows=tuple(_handed_row(offer, may) for offer in found)
    )


def _handed_row(offer: HandOverView, may: bool) -> Row:
    tags = {
        "offered": Tag(_("Not received"), "warn"),
        "received": Tag(_("Received"), "ok"),
        "taken_back": Tag(_("Taken back")),
    }
    is_open = may and offer.state == "offered"
    return Row(
        when_tag=tags[offer.state],
        title=(_("Case"), Code(offer.code)),
        meta=(
            Name(offer.to_name),
            formats.when(offer.offered_at, clock.now(), timezone.get_current_timezone()),
        ),
        action_label=_("Take it back") if is_open else "",
        action_url=reverse("cases:take_back", args=[offer.id]) if is_open else "",
        action_post=True,
    )


# ---- cases and team ---------------------------------------------------------------------------------------------


def _glyph(tracks: Sequence[TrackGlance]) -> Glyph:
    states = {glance.kind: glance.state for glance in tracks}
    title = ", ".join(f"{TRACK_LABELS[kind]}: {TRACK_STATE_LABELS.get(states.get(kind, ''), '')}" for kind in TrackKind)
    return track_glyph([_LEVELS.get(states.get(kind, ""), 0) for kind in TrackKind], title, rtl=formats.is_rtl())


def _case_row(line: CaseLine) -> Row:
    return Row(
        drawing=_glyph(line.tracks),
        title=Name(line.head.title),
        meta=(Code(line.head.code), "·", cases.kinds_said(line.head.types)),
        url=case_url(line.head.id),
    )


def _cases_section(actor: Actor) -> Section | None:
    if not policy.has(actor, "cases:case:see"):
        return None
    mine = cases.case_list(actor, CaseFilter(state="open", mine=bool(actor.grants)), most=_CASES_SHOWN)
    return Section(
        _("Your cases") if actor.grants else _("Cases"),
        id="cases",
        column=2,
        rows=tuple(_case_row(line) for line in mine.lines),
        remark=_("The four lines: relief, accountability, restoration, system."),
        empty=Empty(_("You are on no team yet.")),
        link_label=_("All cases"),
        link_url=reverse("cases:cases"),
    )


def _team_section(actor: Actor) -> Section | None:
    offices = actor.offices_as(Role.SUPERVISOR)
    if not offices or not policy.has(actor, "access:account:see"):
        return None
    people = [
        colleague
        for office in sorted(offices)
        for colleague in access.colleagues(actor, office_id=office)
        if Role.SUPERVISOR not in colleague.roles
    ]
    load = access.caseload([colleague.id for colleague in people])
    rows = tuple(
        Row(
            when=ngettext("%(count)d case", "%(count)d cases", len(load[colleague.id]))
            % {"count": len(load[colleague.id])},
            title=Name(colleague.name),
            meta=colleague.role_label,
        )
        for colleague in sorted(people, key=lambda one: -len(load.get(one.id, ())))
        if colleague.id in load
    )
    return Section(_("Your team today"), id="team", column=2, rows=rows[:8], empty=Empty(_("Nobody has a case yet.")))
