"""The path of an item: place by time, each pair of hands, each seal, and each time that nobody held it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal

from amparo.web.drawing.axis import (
    PHONE_WIDTH,
    Anchor,
    Label,
    Scale,
    Speech,
    Tick,
    Tone,
    day_of,
    edge_anchor,
    flip,
    stamp,
    text_width,
    ticks_between,
)

SealKind = Literal["put", "checked", "broken"]


@dataclass(frozen=True, slots=True)
class Hold:
    """One holder at one place. `given_at` is None while they hold it. `title` tells how it came to them."""

    place: str
    holder: str
    received_at: datetime
    given_at: datetime | None
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class SealMark:
    at: datetime
    kind: SealKind
    title: str


@dataclass(frozen=True, slots=True)
class PendingHandover:
    """A hand-over that is offered or booked, but not received."""

    at: date | datetime
    label: str
    title: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class PathHold:
    x1: float
    x2: float
    y: int
    label: str
    label_x: float
    label_y: int
    anchor: Anchor
    dx: int
    wide: bool


@dataclass(frozen=True, slots=True)
class PathHandover:
    x1: float
    x2: float
    y1: int
    y2: int
    title: str
    url: str
    gap: str
    gap_anchor: Anchor
    gap_x: float
    gap_dx: int

    @property
    def gap_y(self) -> int:
        return (self.y1 + self.y2) // 2


@dataclass(frozen=True, slots=True)
class PathSeal:
    x: float
    y: int
    kind: SealKind
    title: str


@dataclass(frozen=True, slots=True)
class PathPending:
    x1: float
    x2: float
    y1: int
    y2: int
    label: str
    title: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class PathPlace:
    y: int
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the table beside the path."""

    when: str
    what: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class CustodyPath:
    height: int
    places: tuple[PathPlace, ...]
    ticks: tuple[Tick, ...]
    now: float
    now_label: Label
    ahead: tuple[float, float]
    start: tuple[float, int, str]
    holds: tuple[PathHold, ...]
    handovers: tuple[PathHandover, ...]
    seals: tuple[PathSeal, ...]
    pending: PathPending | None
    listed: tuple[Step, ...]
    edge: float
    rtl: bool
    dx: int


PLACE_HEIGHT = 62
_PLACE_TOP = 24
PATH_WIDTH = 1040


def custody_path(
    holds: Sequence[Hold],
    now: datetime,
    speech: Speech,
    *,
    seals: Sequence[SealMark] = (),
    pending: PendingHandover | None = None,
    tolerance: timedelta = timedelta(0),
    rtl: bool = False,
) -> CustodyPath:
    """Place by time: who held the item where, with seals, and every time that nobody held it.

    Args:
        tolerance: a shorter time between giving and receiving is a hand-over, not a gap.

    Raises:
        ValueError: nobody ever held the item.
    """
    if not holds:
        raise ValueError("a custody path needs at least one hold")
    ordered = sorted(holds, key=lambda hold: hold.received_at)
    places = _places(ordered, pending)
    window = _path_window(ordered, now, pending)
    scale = Scale(stamp(window[0]), stamp(window[1]))
    path = CustodyPath(
        height=_PLACE_TOP + PLACE_HEIGHT * len(places) + 2,
        places=tuple(PathPlace(_PLACE_TOP + PLACE_HEIGHT * row, name) for row, name in enumerate(places)),
        ticks=_clear_of(
            ticks_between(day_of(window[0]), day_of(window[1]), scale, speech, PATH_WIDTH),
            scale.at(now),
            speech.today(day_of(now)),
        ),
        now=scale.at(now),
        now_label=Label(speech.today(day_of(now)), scale.at(now), 13, edge_anchor(scale.at(now)), 0, 0, tone="b"),
        ahead=(scale.at(now), 100 - scale.at(now)),
        start=(scale.at(ordered[0].received_at), _line(places, ordered[0].place), ordered[0].title),
        holds=tuple(_path_hold(hold, places, scale, now) for hold in ordered),
        handovers=tuple(_path_handover(a, b, places, scale, speech, tolerance) for a, b in pairwise(ordered)),
        seals=tuple(_path_seal(seal, ordered, places, scale) for seal in seals),
        pending=None if pending is None else _path_pending(pending, ordered[-1], places, scale, now),
        listed=_steps(ordered, seals, speech, tolerance),
        edge=100.0,
        rtl=rtl,
        dx=-1 if rtl else 1,
    )
    return _mirrored_path(path) if rtl else path


def _places(holds: Sequence[Hold], pending: PendingHandover | None) -> tuple[str, ...]:
    names = [hold.place for hold in holds]
    if pending is not None and pending.place:
        names.append(pending.place)
    return tuple(dict.fromkeys(names))


def _line(places: Sequence[str], place: str) -> int:
    return _PLACE_TOP + PLACE_HEIGHT * places.index(place) + 40


def _path_window(
    holds: Sequence[Hold], now: datetime, pending: PendingHandover | None
) -> tuple[date | datetime, date | datetime]:
    start = holds[0].received_at
    end: date | datetime = max(now, *(hold.given_at or now for hold in holds))
    if pending is not None and stamp(pending.at) > stamp(end):
        end = pending.at
    # Room before the first hand, and after today for the names of the places.
    length = max(stamp(end) - stamp(start), 1 / 24)
    left = start - timedelta(days=length * 0.03)
    room = max(length * (0.1 if pending else 0.34), 1 / 24)
    return left, _shifted(end, room)


def _shifted(when: date | datetime, days: float) -> datetime:
    # The caller's own clock: only differences are drawn, so no time zone is needed.
    base = when if isinstance(when, datetime) else datetime.combine(when, time())
    return base + timedelta(days=days)


def _clear_of(ticks: Sequence[Tick], x: float, said: str) -> tuple[Tick, ...]:
    """Take the words from ticks that would run into today's; on a phone, where words are wider, from more of them."""

    def cleared(tick: Tick) -> Tick:
        apart = abs(tick.x - x)
        if apart < _reach(tick.label, said, PATH_WIDTH):
            return replace(tick, label="")
        return replace(tick, wide=tick.wide or apart < _reach(tick.label, said, PHONE_WIDTH))

    return tuple(cleared(tick) for tick in ticks)


def _reach(label: str, said: str, width: int) -> float:
    """How far apart in percent two words must stand so that they do not touch, whichever way today's is anchored."""
    return 100 * (text_width(label) / 2 + text_width(said, bold=True) + 8) / width


def _path_hold(hold: Hold, places: Sequence[str], scale: Scale, now: datetime) -> PathHold:
    x1, x2 = scale.at(hold.received_at), scale.clipped(hold.given_at or now)
    y = _line(places, hold.place)
    width = 100 * (text_width(hold.holder) + 14) / PATH_WIDTH
    # The place's own name stands at the far edge of the lane, above the line: words that reach it go below.
    name = 100 * (text_width(hold.place) + 16) / PATH_WIDTH
    end_anchored = x1 + width > 100
    high = x1 if end_anchored else x1 + width
    below = high > 100 - name
    anchor: Anchor = "end" if end_anchored else "start"
    narrow = width * PATH_WIDTH / PHONE_WIDTH <= min(x2 - x1, 100 - name * 3 - x1)
    return PathHold(
        x1,
        x2,
        y,
        hold.holder,
        x1,
        y + 17 if below else y - 9,
        anchor,
        -10 if end_anchored else 10,
        not narrow,
    )


def _path_handover(
    before: Hold, after: Hold, places: Sequence[str], scale: Scale, speech: Speech, tolerance: timedelta
) -> PathHandover:
    given = before.given_at or after.received_at
    missing = after.received_at - given
    gap = speech.duration(missing) if missing > tolerance else ""
    x1, x2 = scale.at(given), scale.at(after.received_at)
    anchor: Anchor = "end" if x2 > 70 else "start"
    return PathHandover(
        x1,
        x2,
        _line(places, before.place),
        _line(places, after.place),
        after.title,
        after.url,
        gap,
        anchor,
        x1 if anchor == "end" else x2,
        -10 if anchor == "end" else 10,
    )


def _path_seal(seal: SealMark, holds: Sequence[Hold], places: Sequence[str], scale: Scale) -> PathSeal:
    holder = next((hold for hold in reversed(holds) if hold.received_at <= seal.at), holds[0])
    return PathSeal(scale.clipped(seal.at), _line(places, holder.place), seal.kind, seal.title)


def _path_pending(
    pending: PendingHandover, last: Hold, places: Sequence[str], scale: Scale, now: datetime
) -> PathPending:
    here = _line(places, last.place)
    there = _line(places, pending.place) if pending.place else here
    start = scale.clipped(last.given_at or now)
    end = max(start, scale.clipped(pending.at))
    return PathPending(start, end, here, there, pending.label, pending.title, edge_anchor(end))


def _steps(holds: Sequence[Hold], seals: Sequence[SealMark], speech: Speech, tolerance: timedelta) -> tuple[Step, ...]:
    steps: list[tuple[datetime, Step]] = []
    for before, after in pairwise(holds):
        missing = after.received_at - (before.given_at or after.received_at)
        tone: Tone = "late" if missing > tolerance else ""
        steps.append((after.received_at, Step(speech.day(after.received_at), after.title, tone)))
    steps.append((holds[0].received_at, Step(speech.day(holds[0].received_at), holds[0].title, "")))
    steps.extend((seal.at, Step(speech.day(seal.at), seal.title, "")) for seal in seals)
    return tuple(step for _at, step in sorted(steps, key=lambda pair: pair[0]))


def _mirrored_path(path: CustodyPath) -> CustodyPath:
    pending = path.pending
    return replace(
        path,
        ticks=tuple(replace(tick, x=flip(tick.x)) for tick in path.ticks),
        now=flip(path.now),
        now_label=replace(path.now_label, x=flip(path.now_label.x)),
        ahead=(0.0, path.ahead[1]),
        start=(flip(path.start[0]), path.start[1], path.start[2]),
        holds=tuple(
            replace(hold, x1=flip(hold.x1), x2=flip(hold.x2), label_x=flip(hold.label_x), dx=-hold.dx)
            for hold in path.holds
        ),
        handovers=tuple(
            replace(item, x1=flip(item.x1), x2=flip(item.x2), gap_x=flip(item.gap_x), gap_dx=-item.gap_dx)
            for item in path.handovers
        ),
        seals=tuple(replace(seal, x=flip(seal.x)) for seal in path.seals),
        pending=None if pending is None else replace(pending, x1=flip(pending.x1), x2=flip(pending.x2)),
        edge=0.0,
    )
