"""One case as the reader may see it: the four tracks drawn, then its people, promises, notes and rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.words import COMPARTMENT_LABELS, ROLE_LABELS
from amparo.aftercare import queries as aftercare
from amparo.cases import queries
from amparo.cases.moments import Moment
from amparo.cases.queries import (
    SURVIVOR_SIDE,
    BasisView,
    CaseHead,
    PartyView,
    PromiseView,
    TaskView,
    TrackMark,
    TrackView,
)
from amparo.cases.views.around import case_url
from amparo.cases.views.consent import state_tag, what
from amparo.cases.views.incident import contexts, period
from amparo.cases.views.note import note_row
from amparo.cases.views.task import promise_row, task_row
from amparo.cases.words import (
    CASE_TYPE_LABELS,
    CLOSURE_LABELS,
    INCIDENT_LABELS,
    LINK_LABELS,
    PARTY_LABELS,
    RISK_LABELS,
    STATE_LABELS,
    TRACK_LABELS,
    TRACK_STATE_LABELS,
    CaseState,
    ConsentState,
    PromiseState,
    Risk,
    TrackKind,
)
from amparo.evidence import queries as evidence
from amparo.intake import queries as intake
from amparo.investigations import queries as investigations
from amparo.journeys import closing
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.people import queries as people
from amparo.prosecution import queries as prosecution
from amparo.staff import queries as staff
from amparo.web import formats
from amparo.web.drawing import Mark, Span, Timeline, TrackInput, four_tracks
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Empty,
    Fact,
    Name,
    Notice,
    Row,
    Section,
    Sheet,
    Tag,
    Text,
    Tone,
    Withheld,
)

SPANS: Mapping[str, str | Promise] = {
    "all": gettext_lazy("All"),
    "30m": gettext_lazy("30 months"),
    "year": gettext_lazy("This year"),
    "90d": gettext_lazy("90 days"),
    "ahead": gettext_lazy("Ahead"),
}
_RISK_TONE: Mapping[Risk, Tone] = {Risk.HIGH: "danger", Risk.MEDIUM: "warn", Risk.LOW: ""}
_GOOD_STATES = {"achieved", "restored", "final", "learned"}
_BAD_STATES = {"failed"}
_NOTES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a page of one case is built from, read once."""

    actor: Actor
    head: CaseHead
    tracks: tuple[TrackView, ...]
    parties: Sequence[PartyView]
    promises: Sequence[PromiseView]
    tasks: Sequence[TaskView]
    today: date
    headline: tuple[str, str]


def case_sheet(actor: Actor, case_id: UUID, span: str = "all") -> tuple[Sheet, Timeline]:
    """The page of a case and its drawing. Cost: a constant number of queries, whatever the case holds."""
    head = queries.case_head(actor, case_id)
    reading = _Reading(
        actor=actor,
        head=head,
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
        kind=queries.labelled(CASE_TYPE_LABELS, head.types),
        tags=_tags(head),
        remark=_remark(actor, head),
        lede_bold=_lede_bold(reading),
        lede=_lede(reading),
        buttons=_buttons(actor, head),
        notices=_notices(reading),
        sections=_sections(reading),
    )
    return sheet, _timeline(reading, span)


# ---- head -------------------------------------------------------------------------------------------------------


def _tags(head: CaseHead) -> tuple[Tag, ...]:
    tags = [Tag(_("Risk: %(risk)s") % {"risk": RISK_LABELS[head.risk]}, _RISK_TONE[head.risk])]
    if head.state is not CaseState.OPEN:
        tags.append(Tag(STATE_LABELS[head.state], "on"))
    return tuple(tags)


def _remark(actor: Actor, head: CaseHead) -> str:
    decision = policy.decide(actor, "cases:case:see", head.subject)
    days = (clock.today() - head.reported_on).days
    roles = {role.value: label for role, label in ROLE_LABELS.items()}
    return _("Known for %(time)s. You see it as: %(role)s.") % {
        "time": formats.duration_days(days),
        "role": roles.get(decision.reason, ""),
    }


def _lede_bold(reading: _Reading) -> str:
    if reading.headline[0]:
        return reading.headline[0]
    relief = next((track for track in reading.tracks if track.kind is TrackKind.RELIEF), None)
    if relief is not None and relief.state == "achieved":
        days = max(0, (relief.since_on - reading.head.reported_on).days)
        said = ngettext("One day from the report to relief.", "%(count)d days from the report to relief.", days)
        return said % {"count": days}
    return _("Reported on %(day)s.") % {"day": formats.day(reading.head.reported_on)}


def _lede(reading: _Reading) -> str:
    return " ".join(filter(None, (reading.headline[1], _late_words(reading))))


def _late_words(reading: _Reading) -> str:
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


def _notices(reading: _Reading) -> tuple[Notice, ...]:
    head, actor = reading.head, reading.actor
    asked = queries.closing_of_case(actor, head) if head.state is CaseState.CLOSING else None
    if asked is not None and policy.decide(actor, "cases:case:see", head.subject).allowed:
        text = _("%(name)s asked to close the case: %(reason)s.") % {
            "name": asked.asked_by_name,
            "reason": CLOSURE_LABELS.get(asked.reason, asked.reason),
        }
        button = Button(_("See the checklist"), reverse("desk:closing", args=[head.id]), tone="quiet")
        return (Notice(text, "", action=button),)
    return ()


# ---- the four tracks --------------------------------------------------------------------------------------------


def _window(reading: _Reading, span: str, marks: Sequence[Moment]) -> tuple[date, date]:
    today, start = reading.today, reading.head.reported_on
    first = min([start, *(mark.at for mark in marks)])
    last = max([today + timedelta(days=30), *((mark.until or mark.at) for mark in marks)])
    windows = {
        "30m": (today - timedelta(days=760), today + timedelta(days=150)),
        "year": (date(today.year, 1, 1), date(today.year, 12, 31)),
        "90d": (today - timedelta(days=90), today + timedelta(days=14)),
        "ahead": (today - timedelta(days=7), max(last, today + timedelta(days=60))),
    }
    room = timedelta(days=max(2, (last - first).days // 25))
    return windows.get(span, (first - room, last + room))


def _timeline(reading: _Reading, span: str) -> Timeline:
    marks = _marks(reading)
    window = _window(reading, span, marks)
    by_track: dict[TrackKind, list[Moment]] = {kind: [] for kind in TrackKind}
    for mark in marks:
        if (mark.until or mark.at) >= window[0] and mark.at <= window[1]:
            by_track[mark.track].append(mark)
    inputs = [_track(reading, track, by_track[track.kind], window) for track in reading.tracks]
    return four_tracks(inputs, window, reading.today, formats.speech(reading.today), rtl=formats.is_rtl())


def _marks(reading: _Reading) -> list[Moment]:
    actor, head = reading.actor, reading.head
    marks = [_first_mark(head), *(_change_mark(head, change) for change in queries.track_changes(head))]
    marks = [mark for mark in marks if mark is not None]
    for room in (intake, investigations, evidence, prosecution, aftercare):
        marks += room.marks_of_case(actor, head.id)
    marks += [_task_mark(task) for task in reading.tasks if task.due_on]
    return [mark for mark in marks if mark is not None]


def _first_mark(head: CaseHead) -> Moment:
    return Moment(TrackKind.RELIEF, head.reported_on, _("report"), _("Reported"), "done", "#tracks")


def _change_mark(head: CaseHead, change: TrackMark) -> Moment | None:
    if change.on == head.reported_on and change.state not in _GOOD_STATES:
        return None
    label = str(TRACK_STATE_LABELS[change.state])
    title = f"{TRACK_LABELS[change.kind]}: {label}"
    return Moment(change.kind, change.on, label.lower(), title, "decision", "#tracks")


def _task_mark(task: TaskView) -> Moment:
    on = cast(date, task.due_on)
    return Moment(task.track, on, _("task"), task.title, "open", reverse("cases:task", args=[task.id]))


def _track(reading: _Reading, track: TrackView, marks: Sequence[Moment], window: tuple[date, date]) -> TrackInput:
    upcoming = sorted(
        (t for t in reading.tasks if t.track is track.kind and t.due_on), key=lambda t: cast(date, t.due_on)
    )
    following = upcoming[0] if upcoming else None
    late = following is not None and cast(date, following.due_on) < reading.today
    tone: Tone = "ok" if track.state in _GOOD_STATES else "danger" if track.state in _BAD_STATES else "on"
    return TrackInput(
        label=str(TRACK_LABELS[track.kind]),
        state=Tag(TRACK_STATE_LABELS.get(track.state, track.state), tone),  # type: ignore[arg-type]
        lead=track.lead,
        next=following.title if following else "",
        next_url=reverse("cases:task", args=[following.id]) if following else "",
        next_remark=_due_remark(following, reading.today) if following else "",
        next_tone="late" if late else "",
        marks=tuple(
            Mark(max(mark.at, window[0]), mark.label, mark.title, mark.kind, mark.url, mark.wide)
            for mark in marks
            if mark.until is None
        ),
        spans=tuple(
            Span(max(mark.at, window[0]), min(mark.until, window[1]), mark.label)
            for mark in marks
            if mark.until is not None
        ),
    )


def _due_remark(task: TaskView, today: date) -> str:
    due = cast(date, task.due_on)
    late = (today - due).days
    if late > 0:
        return ngettext("one day late", "%(count)d days late", late) % {"count": late}
    return _("by %(day)s") % {"day": formats.near_day(due, today)}


# ---- sections ---------------------------------------------------------------------------------------------------


def _sections(reading: _Reading) -> tuple[Section, ...]:
    """People, promises and care on one side; words, law and things on the other; the two about as long."""
    actor, head = reading.actor, reading.head
    looked = staff.readings_of_case(actor, head.id, head.office_id)
    first = (
        _people_section(reading),
        _promise_section(reading),
        _task_section(reading),
        _note_section(reading),
        *aftercare.sections_of_case(actor, head.id),
        _team_section(reading),
        _track_section(reading),
        _link_section(reading),
    )
    second = (
        _consent_section(reading),
        _incident_section(reading),
        *investigations.sections_of_case(actor, head.id),
        *prosecution.sections_of_case(actor, head.id),
        *evidence.sections_of_case(actor, head.id),
        *intake.sections_of_case(actor, head.id),
        looked,
    )
    return (
        *(replace(section, column=1) for section in first if section is not None),
        *(replace(section, column=2) for section in second if section is not None),
    )


def _people_section(reading: _Reading) -> Section:
    """Survivors, family and witnesses; suspects are listed apart, by the room of investigations."""
    actor, head = reading.actor, reading.head
    found = [party for party in reading.parties if party.role in SURVIVOR_SIDE]
    may = policy.decide(actor, "cases:party:change", head.subject).allowed
    if not found and not may:
        title = COMPARTMENT_LABELS[Compartment.IDENTITY]
        return Section(title, id="people", withheld=(Withheld(title, _("Ask the lead of the case.")),))
    labels = people.labels(actor, [party.person_id for party in found])
    return Section(
        _("Survivors and family"),
        id="people",
        rows=tuple(_party_row(reading, party, labels.get(party.person_id)) for party in found),
        empty=Empty(_("Nobody is recorded yet.")),
        link_label=_("Add a person") if may else "",
        link_url=reverse("cases:add_person", args=[head.id]) if may else "",
    )


def _party_row(reading: _Reading, party: PartyView, label: people.PersonLabel | None) -> Row:
    """A person on the case's page: code, the name to call her by where that may be seen, how to reach her safely."""
    page = f"{label.url}?case={reading.head.id}" if label is not None and label.url else ""
    lines: list[Text] = []
    if label is not None and label.safe:
        lines.append(label.safe)
    if party.relationship:
        lines.append(Name(party.relationship))
    if party.no_contact:
        lines.append((_("No contact:"), Name(party.no_contact)))
    called = people.named(label.name or label.first_name) if label and (label.name or label.first_name) else None
    code = Code(party.code, page)
    return Row(
        title=(code, called) if called else code,
        meta=" · ".join(filter(None, (str(PARTY_LABELS[party.role]), label.age_band if label else ""))),
        lines=tuple(lines),
        tag=Tag(_("left")) if party.left_on else None,
        action_label=_("Change") if page else "",
        action_url=reverse("cases:party", args=[party.id]) if page else "",
        strong=True,
    )


def _promise_section(reading: _Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    if not policy.decide(actor, "cases:promise:see", head.subject).allowed:
        return None
    open_ones = sorted((p for p in reading.promises if p.state == PromiseState.OPEN), key=lambda p: p.due_on)
    ended = [p for p in reading.promises if p.state != PromiseState.OPEN]
    on_time = sum(p.ended_on is not None and p.ended_on <= p.due_on for p in ended)
    remark = ""
    if ended:
        remark = _("%(count)d earlier promises, %(good)d kept in time") % {
            "count": len(ended),
            "good": on_time,
        }
    return Section(
        _("Promises to survivors"),
        id="promises",
        rows=tuple(promise_row(promise) for promise in open_ones),
        remark=remark,
        empty=Empty(_("No promise is open.")),
        link_label=_("Write down a promise"),
        link_url=reverse("cases:add_promise", args=[head.id]),
    )


def _note_section(reading: _Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    page = queries.notes(actor, head.id, limit=_NOTES_SHOWN)
    may = queries.writable_compartments(actor, head)
    if not may and not page.notes:
        return None
    codes = {party.person_id: party.code for party in reading.parties}
    return Section(
        _("Latest notes"),
        id="notes",
        rows=tuple(note_row(note, codes, may_correct=False) for note in page.notes),
        empty=Empty(_("No note that you may read."), _("Write a note"), reverse("cases:write_note", args=[head.id])),
        link_label=_("All you may see"),
        link_url=reverse("cases:notes", args=[head.id]),
    )


def _task_section(reading: _Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    if not policy.decide(actor, "cases:task:see", head.subject).allowed:
        return None
    return Section(
        _("Tasks"),
        id="tasks",
        rows=tuple(task_row(task) for task in reading.tasks[:6]),
        empty=Empty(_("No open task."), _("Add a task"), reverse("cases:add_task", args=[head.id])),
        link_label=_("All tasks"),
        link_url=reverse("cases:tasks", args=[head.id]),
    )


def _consent_section(reading: _Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    if not policy.decide(actor, "cases:basis:see", head.subject).allowed:
        return None
    found = queries.bases(actor, head.id)
    codes = {party.person_id: party.code for party in reading.parties}
    first = sorted(found, key=lambda basis: (not basis.is_live, basis.state != ConsentState.WITHDRAWN))
    return Section(
        _("Consent today"),
        id="consent",
        column=2,
        rows=tuple(_consent_row(basis, codes) for basis in first[:7]),
        empty=Empty(
            _("Nothing is recorded, so nothing may be written about her."),
            _("Record a consent"),
            reverse("cases:add_basis", args=[head.id]),
        ),
        link_label=_("All"),
        link_url=reverse("cases:consents", args=[head.id]),
    )


def _consent_row(basis: BasisView, codes: Mapping[UUID, str]) -> Row:
    about = Code(codes.get(basis.person_id, ""))
    return Row(
        title=what(basis),
        meta=(about, _("to"), Name(basis.recipient)) if basis.recipient else about,
        tag=state_tag(basis),
    )


def _incident_section(reading: _Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    if not policy.decide(actor, "cases:incident:see", head.part(Compartment.NARRATIVE)).allowed:
        return None
    rows = tuple(
        Row(
            title=str(INCIDENT_LABELS[incident.type]),
            lines=(Name(incident.summary),) if incident.summary else (),
            meta=(Code(incident.code), " · ".join(filter(None, (period(incident), contexts(incident))))),
            tag=Tag(_("under age"), "warn") if incident.minor else None,
        )
        for incident in queries.incidents(actor, head.id)
    )
    return Section(
        _("What happened"),
        id="incidents",
        column=2,
        rows=rows,
        empty=Empty(_("No incident is recorded yet."), _("Record one"), reverse("cases:add_incident", args=[head.id])),
        link_label=_("Read before asking again"),
        link_url=reverse("cases:incidents", args=[head.id]),
    )


def _track_section(reading: _Reading) -> Section | None:
    """Where each track stands, for those who may move it or give it a lead."""
    if not policy.decide(reading.actor, "cases:track:change", reading.head.subject).allowed:
        return None
    return Section(
        _("Where the tracks stand"), column=2, rows=tuple(_track_row(reading.head, track) for track in reading.tracks)
    )


def _track_row(head: CaseHead, track: TrackView) -> Row:
    lead = reverse("cases:lead", args=[head.id, track.kind.value])
    state = TRACK_STATE_LABELS.get(track.state, track.state)
    return Row(
        title=str(TRACK_LABELS[track.kind]),
        meta=(_("%(state)s since %(day)s.") % {"state": state, "day": formats.day(track.since_on)}, _("Lead:"))
        + (Name(track.lead or _("nobody yet"), url=lead),),
        action_label=_("Move the track"),
        action_url=reverse("cases:track", args=[head.id, track.kind.value]),
    )


def _team_section(reading: _Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    if not policy.decide(actor, "access:grant:see", head.subject).allowed:
        return None
    rows = tuple(Row(title=Name(member.name), meta=member.role_label) for member in access.team_of(head.id))
    buttons: list[Button] = []
    if policy.decide(actor, "cases:case:hand_over", head.subject).allowed and head.state is CaseState.OPEN:
        buttons.append(Button(_("Hand over"), reverse("cases:offer", args=[head.id]), tone="quiet"))
        buttons.append(Button(_("Closing"), reverse("desk:closing", args=[head.id]), tone="quiet"))
    return Section(
        _("Team"),
        id="team",
        column=2,
        rows=rows,
        empty=Empty(_("Nobody is on the team yet.")),
        buttons=tuple(buttons),
        link_label=_("Change the team"),
        link_url=reverse("cases:team", args=[head.id]),
    )


def _link_section(reading: _Reading) -> Section | None:
    actor, head = reading.actor, reading.head
    rows = tuple(
        Row(
            when=Code(link.head.code, case_url(link.head.id)),
            title=Name(link.head.title),
            meta=str(LINK_LABELS.get(link.kind, link.kind)),
        )
        for link in queries.links(actor, head.id)
    )
    may = policy.decide(actor, "cases:case:change", head.subject).allowed
    if not rows and not may:
        return None
    return Section(
        _("Linked cases"),
        id="links",
        column=2,
        rows=rows,
        empty=Empty(_("No link that you can see.")),
        link_label=_("Link a case") if may else "",
        link_url=reverse("cases:add_link", args=[head.id]) if may else "",
    )


# ---- closing ----------------------------------------------------------------------------------------------------

CHECK_LABELS: Mapping[str, str | Promise] = {
    "tracks_terminal": gettext_lazy("All four tracks have come to an end"),
    "promises_settled": gettext_lazy("Every promise is kept or released"),
    "tasks_settled": gettext_lazy("Every task is done or dropped"),
}


def closing_sheet(actor: Actor, case_id: UUID) -> Sheet:
    """The closing checklist of a case, and what can be done about it."""
    head = queries.case_head(actor, case_id)
    points = closing.checklist(head)
    care = {check.code: check for check in aftercare.closing_checks(case_id)}
    asked = queries.closing_of_case(actor, head)
    rows = tuple(
        Row(
            title=str(CHECK_LABELS.get(check.code) or care[check.code].label),
            lines=(str(care[check.code].detail),)
            if check.code in care and care[check.code].detail and not check.met
            else (),
            tag=Tag(_("met"), "ok") if check.met else Tag(_("open"), "warn"),
        )
        for check in points.checks
    )
    return Sheet(
        title=_("Closing the case"),
        crumbs=(Crumb(_("Cases"), reverse("cases:cases")), Crumb(head.code, case_url(case_id), code=True)),
        lede=_("A case closes when everything is settled and somebody else than the one who asks agrees."),
        buttons=_closing_buttons(actor, head, points.is_met),
        sections=(
            Section(_("Checklist"), column=1, rows=rows),
            *(() if asked is None else (_asked_section(asked),)),
        ),
    )


def _closing_buttons(actor: Actor, head: CaseHead, is_met: bool) -> tuple[Button, ...]:
    may_decide = policy.decide(actor, "cases:closing:approve", head.subject).allowed
    if head.state is CaseState.CLOSED:
        return (Button(_("Open the case again"), reverse("desk:reopen", args=[head.id])),) if may_decide else ()
    if head.state is CaseState.CLOSING and may_decide:
        return (
            Button(_("Approve"), reverse("desk:approve_closing", args=[head.id])),
            Button(_("Leave it open"), reverse("desk:decline_closing", args=[head.id]), tone="quiet"),
        )
    may_ask = policy.decide(actor, "cases:closing:request", head.subject).allowed
    if head.state is CaseState.OPEN and may_ask and is_met:
        return (Button(_("Ask to close"), reverse("desk:ask_to_close", args=[head.id])),)
    return ()


def _asked_section(asked: queries.ClosingView) -> Section:
    states = {"asked": _("Asked"), "approved": _("Approved"), "declined": _("Left open")}
    facts = [
        Fact(_("State"), states.get(asked.state, asked.state)),
        Fact(_("Asked by"), Name(asked.asked_by_name)),
        Fact(_("Reason"), str(CLOSURE_LABELS.get(asked.reason, asked.reason))),
        Fact(_("Kept until"), formats.day(asked.retain_until)),
    ]
    facts += [Fact(_("Remark"), Name(asked.remark))] if asked.remark else []
    facts += [Fact(_("Answer"), Name(asked.answer))] if asked.answer else []
    return Section(_("The last request"), column=2, facts=tuple(facts))
