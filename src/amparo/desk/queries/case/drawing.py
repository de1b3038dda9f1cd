"""The four tracks drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.aftercare import queries as aftercare
from amparo.cases import queries
from amparo.cases.moments import Moment
from amparo.cases.queries import (
    CaseHead,
    TaskView,
    TrackMark,
    TrackView,
)
from amparo.cases.words import (
    TRACK_LABELS,
    TRACK_STATE_LABELS,
    TrackKind,
)
from amparo.desk.queries.case.reading import BAD_STATES, GOOD_STATES, Reading
from amparo.evidence import queries as evidence
from amparo.forensics import queries as forensics
from amparo.intake import queries as intake
from amparo.investigations import queries as investigations
from amparo.kits import queries as kits
from amparo.operations import queries as operations
from amparo.prosecution import queries as prosecution
from amparo.referrals import queries as referrals
from amparo.strengthening import queries as strengthening
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.drawing import Mark, Span, Timeline, TrackInput, Wait, four_tracks
from amparo.web.sheets import (
    Tag,
    Tone,
)

SPANS: Mapping[str, str | Promise] = {
    "all": gettext_lazy("All"),
    "30m": gettext_lazy("30 months"),
    "year": gettext_lazy("This year"),
    "90d": gettext_lazy("90 days"),
    "ahead": gettext_lazy("Ahead"),
}


def _window(reading: Reading, span: str, marks: Sequence[Moment]) -> tuple[date, date]:
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


def timeline_of(reading: Reading, span: str) -> Timeline:
    marks = _marks(reading)
    window = _window(reading, span, marks)
    by_track: dict[TrackKind, list[Moment]] = {kind: [] for kind in TrackKind}
    for mark in marks:
        if (mark.until or mark.at) >= window[0] and mark.at <= window[1]:
            by_track[mark.track].append(mark)
    inputs = [_track(reading, track, by_track[track.kind], window) for track in reading.tracks]
    return four_tracks(inputs, window, reading.today, formats.speech(reading.today), rtl=formats.is_rtl())


def _marks(reading: Reading) -> list[Moment]:
    actor, head = reading.actor, reading.head
    marks: list[Moment] = []
    for room in (
        intake,
        investigations,
        operations,
        forensics,
        evidence,
        kits,
        prosecution,
        aftercare,
        referrals,
        strengthening,
    ):
        marks += room.marks_of_case(actor, head.id)
    marks += [_task_mark(task) for task in reading.tasks if task.due_on]
    marks.append(_first_mark(head))
    marks += filter(None, (_change_mark(head, change) for change in queries.track_changes(head)))
    return _said_once(marks)


def _said_once(marks: Sequence[Moment]) -> list[Moment]:
    """Of marks of one track that say the same on the same day, the first: that of a room, which leads somewhere."""
    found = {(mark.track, mark.at, mark.label.casefold()): mark for mark in reversed(marks)}
    return list(reversed(found.values()))


def _first_mark(head: CaseHead) -> Moment:
    return Moment(TrackKind.RELIEF, head.reported_on, _("report"), _("Reported"), "done", "#tracks")


def _change_mark(head: CaseHead, change: TrackMark) -> Moment | None:
    if change.on == head.reported_on and change.state not in GOOD_STATES:
        return None
    label = str(TRACK_STATE_LABELS[change.state])
    title = f"{TRACK_LABELS[change.kind]}: {label}"
    return Moment(change.kind, change.on, label.lower(), title, "decision", "#tracks")


def _task_mark(task: TaskView) -> Moment:
    on = cast(date, task.due_on)
    return Moment(task.track, on, _("task"), task.title, "open", reverse("cases:task", args=[task.id]))


def _track(reading: Reading, track: TrackView, marks: Sequence[Moment], window: tuple[date, date]) -> TrackInput:
    upcoming = sorted(
        (t for t in reading.tasks if t.track is track.kind and t.due_on), key=lambda t: cast(date, t.due_on)
    )
    following = upcoming[0] if upcoming else None
    late = following is not None and cast(date, following.due_on) < reading.today
    tone: Tone = "ok" if track.state in GOOD_STATES else "danger" if track.state in BAD_STATES else "on"
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
            if mark.until is not None and not mark.waiting
        ),
        waits=tuple(
            Wait(mark.at, mark.until, mark.label, title=mark.title)
            for mark in marks
            if mark.until is not None and mark.waiting
        ),
    )


def _due_remark(task: TaskView, today: date) -> str:
    due = cast(date, task.due_on)
    late = (today - due).days
    if late > 0:
        return ngettext("one day late", "%(count)d days late", late) % {"count": late}
    return _("by %(day)s") % {"day": formats.near_day(due, today)}
