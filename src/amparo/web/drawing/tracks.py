"""The four tracks of a case on one axis of time: marks, waits, periods, and words that do not collide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, Protocol

from amparo.web.drawing.axis import (
    LANE_WIDTH,
    PHONE_WIDTH,
    Anchor,
    Label,
    Rows,
    Scale,
    Speech,
    Tick,
    Tone,
    day_of,
    edge_anchor,
    edges,
    flip,
    flip_label,
    stamp,
    text_width,
    ticks_between,
)

MarkKind = Literal["done", "decision", "open", "miss"]

CROWDED = 40
"""More marks than this in one lane are gathered."""


class TagLike(Protocol):
    """What a track says about its state; `sheets.Tag` fits."""

    @property
    def label(self) -> str: ...
    @property
    def tone(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that happened, or is planned. `wide` labels are the first to go where room is short."""

    at: date | datetime
    label: str
    title: str
    kind: MarkKind = "done"
    url: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A period that something was in force; until today when `end` is None."""

    start: date | datetime
    end: date | datetime | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait between two events, with its length in words; `title` says it where nothing is drawn."""

    start: date | datetime
    end: date | datetime
    label: str
    tone: Tone = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class TrackInput:
    label: str
    state: TagLike | None = None
    lead: str = ""
    next: str = ""
    next_url: str = ""
    next_remark: str = ""
    next_tone: Tone = ""
    marks: tuple[Mark, ...] = ()
    spans: tuple[Span, ...] = ()
    waits: tuple[Wait, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedMark:
    x: float
    kind: MarkKind
    title: str
    url: str
    label: Label | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class PlacedSpan:
    x: float
    width: float
    title: str
    label: Label | None


@dataclass(frozen=True, slots=True)
class PlacedWait:
    x1: float
    x2: float
    y: int
    tone: Tone
    title: str
    label: Label | None


@dataclass(frozen=True, slots=True)
class Lane:
    track: TrackInput
    height: int
    marks: tuple[PlacedMark, ...]
    spans: tuple[PlacedSpan, ...]
    waits: tuple[PlacedWait, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of "the same as a list"."""

    when: str
    track: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Timeline:
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    now: float | None
    now_label: Label | None
    ahead: tuple[float, float] | None
    listed: tuple[Listed, ...]
    rtl: bool
    dx: int


def four_tracks(
    tracks: Sequence[TrackInput],
    window: tuple[date, date],
    today: date | datetime,
    speech: Speech,
    *,
    rtl: bool = False,
    lane_width: int = LANE_WIDTH,
) -> Timeline:
    """Place every track on one time axis.

    Labels give way in this order: second row, other anchor, title only. A label that fits a desk screen but
    not a phone is marked `wide`, and the page hides it there.

    Raises:
        ValueError: the window is empty or runs backwards.
    """
    scale = Scale(stamp(window[0]), stamp(window[1]))
    now = scale.within(today)
    line = None if now is None else Label(speech.today(day_of(today)), now, 18, edge_anchor(now), 0, 0, tone="b")
    timeline = Timeline(
        lanes=tuple(_lane(track, scale, now, speech, lane_width) for track in tracks),
        ticks=ticks_between(window[0], window[1], scale, speech, lane_width, now),
        now=now,
        now_label=line,
        ahead=None if now is None else (now, 100 - now),
        listed=_listed(tracks, speech),
        rtl=rtl,
        dx=-5 if rtl else 5,
    )
    return _mirrored(timeline) if rtl else timeline


FIRST_ROW, SECOND_ROW, BELOW = 38, 20, 91
_CHOICES: tuple[tuple[int, Anchor], ...] = (
    (FIRST_ROW, "middle"),
    (SECOND_ROW, "start"),
    (FIRST_ROW, "start"),
    (FIRST_ROW, "end"),
    (SECOND_ROW, "end"),
    (SECOND_ROW, "middle"),
)


_APART = 10
"""Room beside the words of a mark, in pixels: with less, two of them in a row are read as one."""


def _placed_label(text: str, x: float, rows: Rows, now: float | None, lane_width: int, tone: str) -> Label | None:
    """The first place where the words touch no others; None where there is none."""
    width = 100 * (text_width(text, bold=bool(tone)) + _APART) / lane_width
    for strict in (True, False):
        for y, anchor in _CHOICES:
            low, high = edges(x, anchor, width)
            if low < 0 or high > 100 or not rows.free(y, low, high):
                continue
            # Words struck through by the line of today, or by another label's hairline, are a last resort.
            crossed = now is not None and low < now < high and abs(now - x) > 0.01
            crossed = crossed or (y == FIRST_ROW and any(low < line < high for line in rows.lines))
            hairline = y == SECOND_ROW
            struck = hairline and not rows.free(FIRST_ROW, x - 0.2, x + 0.2)
            if strict and (crossed or struck):
                continue
            rows.take(y, low, high)
            if hairline:
                rows.lines.append(x)
            return Label(text, x, y, anchor, low, high, tone=tone, hairline=hairline)
    return None


def _lane(track: TrackInput, scale: Scale, now: float | None, speech: Speech, lane_width: int) -> Lane:
    seen = [mark for mark in sorted(track.marks, key=lambda mark: stamp(mark.at)) if scale.within(mark.at) is not None]
    if len(seen) > CROWDED:
        marks, sources = _crowded(seen, scale, speech)
    else:
        marks, sources = [_alone(mark, scale) for mark in seen], dict(enumerate(seen))
    marks = _labelled(marks, sources, now, lane_width)
    waits, depth = _waits(track.waits, scale, lane_width)
    spans = _spans(track.spans, scale, waits, lane_width, now)
    return Lane(track, 100 + 28 * max(0, depth - 1), tuple(marks), tuple(spans), tuple(waits))


def _alone(mark: Mark, scale: Scale) -> PlacedMark:
    return PlacedMark(scale.at(mark.at), mark.kind, mark.title, mark.url, None)


def _labelled(
    marks: list[PlacedMark], sources: dict[int, Mark], now: float | None, lane_width: int
) -> list[PlacedMark]:
    rows = Rows()
    labels: dict[int, Label] = {}
    # Decisions carry a case, so they choose first; then what may not vanish on a phone; then by time.
    order = sorted(sources, key=lambda i: (sources[i].kind != "decision", sources[i].wide, marks[i].x))
    for index in order:
        mark = sources[index]
        if mark.label and not _said_beside(mark.label, marks[index].x, labels.values()):
            tone = "soon" if mark.kind == "miss" else ""
            label = _placed_label(mark.label, marks[index].x, rows, now, lane_width, tone)
            if label is not None:
                labels[index] = label
    narrow = _fits_a_phone([(i, labels[i], sources[i].wide) for i in order if i in labels], lane_width)
    return [
        replace(mark, label=replace(labels[i], wide=i not in narrow)) if i in labels else mark
        for i, mark in enumerate(marks)
    ]


_BESIDE = 6
"""Within this part of the axis, in percent, the same word need not be said again."""


def _said_beside(text: str, x: float, labels: Iterable[Label]) -> bool:
    return any(label.text == text and abs(label.x - x) < _BESIDE for label in labels)


def _fits_a_phone(labels: Iterable[tuple[int, Label, bool]], lane_width: int) -> set[int]:
    """Which of the labels can stay when the same axis is drawn on a phone."""
    rows, kept = Rows(), set()
    grow = max(1.0, lane_width / PHONE_WIDTH)
    for index, label, wide in labels:
        low, high = edges(label.x, label.anchor, (label.high - label.low) * grow)
        if wide or low < 0 or high > 100 or not rows.free(label.y, low, high):
            continue
        rows.take(label.y, low, high)
        kept.add(index)
    return kept


BINS = 14
"""How many heaps fit side by side on a phone without touching."""


def _crowded(seen: Sequence[Mark], scale: Scale, speech: Speech) -> tuple[list[PlacedMark], dict[int, Mark]]:
    """Gather what stands together, but keep decisions apart while there are few."""
    decisions = [mark for mark in seen if mark.kind == "decision"]
    apart = decisions if len(decisions) < BINS else []
    heaps = _gathered([mark for mark in seen if mark not in apart], scale, speech)
    sources = {len(heaps) + number: mark for number, mark in enumerate(apart)}
    return [*heaps, *(_alone(mark, scale) for mark in apart)], sources


def _gathered(marks: Sequence[Mark], scale: Scale, speech: Speech) -> list[PlacedMark]:
    """Too many to press one by one: marks that stand together become one, with their number."""
    heaps: dict[int, list[Mark]] = {}
    for mark in marks:
        heaps.setdefault(min(BINS - 1, int(scale.at(mark.at) / 100 * BINS)), []).append(mark)
    placed = []
    for number, heap in sorted(heaps.items()):
        if len(heap) == 1:
            placed.append(_alone(heap[0], scale))
            continue
        kinds = {mark.kind for mark in heap}
        kind: MarkKind = heap[0].kind if len(kinds) == 1 else "done"
        title = speech.gathered(len(heap), day_of(heap[0].at), day_of(heap[-1].at))
        x = round((number + 0.5) * 100 / BINS, 2)
        placed.append(PlacedMark(x, kind, title, heap[0].url, None, len(heap)))
    return placed


def _waits(waits: Sequence[Wait], scale: Scale, lane_width: int) -> tuple[list[PlacedWait], int]:
    placed: list[PlacedWait] = []
    ends: list[float] = []
    for wait in sorted(waits, key=lambda wait: stamp(wait.start)):
        if scale.at(wait.end) <= 0 or scale.at(wait.start) >= 100:
            continue
        x1, x2 = scale.clipped(wait.start), scale.clipped(wait.end)
        row = next((number for number, end in enumerate(ends) if end <= x1), len(ends))
        if row == len(ends):
            ends.append(x2)
        else:
            ends[row] = x2
        y = 75 + 28 * row
        placed.append(
            PlacedWait(x1, x2, y, wait.tone, wait.title or wait.label, _below(wait, x1, x2, y + 16, lane_width))
        )
    return placed, len(ends)


def _below(wait: Wait, x1: float, x2: float, y: int, lane_width: int) -> Label | None:
    width = 100 * text_width(wait.label, bold=bool(wait.tone)) / lane_width
    if not wait.label or width > x2 - x1:
        return None
    middle = round((x1 + x2) / 2, 2)
    low, high = edges(middle, "middle", width)
    narrow = width * lane_width / PHONE_WIDTH <= x2 - x1
    return Label(wait.label, middle, y, "middle", low, high, wide=not narrow, tone=wait.tone or "meta")


def _spans(
    spans: Sequence[Span], scale: Scale, waits: Sequence[PlacedWait], lane_width: int, now: float | None
) -> list[PlacedSpan]:
    rows = Rows()
    for wait in waits:
        if wait.label is not None:
            rows.take(BELOW, wait.label.low, wait.label.high)
        if wait.y > 75:
            rows.take(BELOW, wait.x1, wait.x2)
    placed = []
    for span in sorted(spans, key=lambda span: stamp(span.start)):
        end = (100.0 if now is None else now) if span.end is None else scale.clipped(span.end)
        start = scale.clipped(span.start)
        if end <= start:
            continue
        label = _span_label(span, start, end, rows, lane_width)
        placed.append(PlacedSpan(start, round(end - start, 2), span.label, label))
    return placed


def _span_label(span: Span, start: float, end: float, rows: Rows, lane_width: int) -> Label | None:
    width = 100 * (text_width(span.label) + 4) / lane_width
    middle = round((start + end) / 2, 2)
    anchor: Anchor = "middle"
    low, high = edges(middle, anchor, width)
    if low < 0:
        middle, anchor = start, "start"
    elif high > 100:
        middle, anchor = end, "end"
    low, high = edges(middle, anchor, width)
    if not span.label or low < 0 or high > 100 or not rows.free(BELOW, low, high):
        return None
    rows.take(BELOW, low, high)
    narrow = width * lane_width / PHONE_WIDTH <= end - start
    return Label(span.label, middle, BELOW, anchor, low, high, wide=not narrow, tone="meta")


def _listed(tracks: Sequence[TrackInput], speech: Speech) -> tuple[Listed, ...]:
    lines = [
        *((mark.at, track.label, mark.title, mark.url) for track in tracks for mark in track.marks),
        *((span.start, track.label, span.label, "") for track in tracks for span in track.spans if span.label),
        *((wait.start, track.label, wait.title or wait.label, "") for track in tracks for wait in track.waits),
    ]
    lines.sort(key=lambda line: stamp(line[0]))
    return tuple(Listed(speech.day(day_of(at)), *rest) for at, *rest in lines)


def _mirrored(timeline: Timeline) -> Timeline:
    return replace(
        timeline,
        lanes=tuple(_mirrored_lane(lane) for lane in timeline.lanes),
        ticks=tuple(replace(tick, x=flip(tick.x)) for tick in timeline.ticks),
        now=None if timeline.now is None else flip(timeline.now),
        now_label=flip_label(timeline.now_label),
        ahead=None if timeline.ahead is None else (0.0, timeline.ahead[1]),
    )


def _mirrored_lane(lane: Lane) -> Lane:
    return replace(
        lane,
        marks=tuple(replace(mark, x=flip(mark.x), label=flip_label(mark.label)) for mark in lane.marks),
        spans=tuple(replace(span, x=flip(span.x + span.width), label=flip_label(span.label)) for span in lane.spans),
        waits=tuple(
            replace(wait, x1=flip(wait.x2), x2=flip(wait.x1), label=flip_label(wait.label)) for wait in lane.waits
        ),
    )
