"""The axis of time that drawings share: where a moment stands, how wide words are, which ticks are named."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

Tone = Literal["", "soon", "late"]
Anchor = Literal["start", "middle", "end"]

LANE_WIDTH = 780
"""Width in pixels of a lane on a desk screen (tokens.css: page 68rem less the words beside it)."""
PHONE_WIDTH = 330
"""Width in pixels of a lane on the narrowest phone that we draw for."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How a language says the times in a drawing."""

    day: Callable[[date], str]
    short_day: Callable[[date], str]
    month: Callable[[date], str]
    year: Callable[[date], str]
    duration: Callable[[timedelta], str]
    gathered: Callable[[int, date, date], str]
    today: Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a mark. `low` and `high` are the estimated edges in percent, before mirroring."""

    text: str
    x: float
    y: int
    anchor: Anchor
    low: float
    high: float
    wide: bool = False
    tone: str = ""
    hairline: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    major: bool
    wide: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps times to percent."""

    start: float
    end: float

    def __post_init__(self) -> None:
        if not self.end > self.start:
            raise ValueError("the window must end after it starts")

    def at(self, when: date | datetime) -> float:
        return round(100 * (stamp(when) - self.start) / (self.end - self.start), 2)

    def within(self, when: date | datetime) -> float | None:
        x = self.at(when)
        return x if 0 <= x <= 100 else None

    def clipped(self, when: date | datetime) -> float:
        return min(100.0, max(0.0, self.at(when)))


def text_width(text: str, *, bold: bool = False) -> float:
    """About how many pixels a text takes at 14 px. Wide scripts count double, combining marks not at all."""
    width = 0.0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
            continue
        if unicodedata.east_asian_width(char) in "WF":
            width += 14
        elif char in " .,:;'!|iljtf":
            width += 4.4
        elif char in "mwMW@" or char.isupper():
            width += 10.2
        else:
            width += 8
    return width * (1.06 if bold else 1)


def stamp(when: date | datetime) -> float:
    """Days since year 1 in the caller's own clock; the caller has already chosen the time zone."""
    if isinstance(when, datetime):
        seconds = when.hour * 3600 + when.minute * 60 + when.second
        return when.toordinal() + seconds / 86400
    return float(when.toordinal())


def day_of(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when


def edge_anchor(x: float) -> Anchor:
    return "start" if x < 8 else "end" if x > 92 else "middle"


class Rows:
    """What is already written on each row of a lane, in percent."""

    def __init__(self) -> None:
        self.taken: dict[int, list[tuple[float, float]]] = {}
        self.lines: list[float] = []

    def free(self, y: int, low: float, high: float) -> bool:
        return all(high <= other_low or low >= other_high for other_low, other_high in self.taken.get(y, ()))

    def take(self, y: int, low: float, high: float) -> None:
        self.taken.setdefault(y, []).append((low, high))


def edges(x: float, anchor: Anchor, width: float) -> tuple[float, float]:
    if anchor == "start":
        return x, x + width
    if anchor == "end":
        return x - width, x
    return x - width / 2, x + width / 2


_STEPS_MONTHS = (1, 3, 6, 12, 24, 60, 120)
_STEPS_DAYS = (1, 2, 7, 14)


def ticks_between(
    start: date, end: date, scale: Scale, speech: Speech, lane_width: int, now: float | None = None
) -> tuple[Tick, ...]:
    days = (end - start).days
    step = next((size for size in _STEPS_DAYS if days / size <= 10), None)
    if step is not None and days <= 100:
        times = _by_days(start, end, step)
        said = [(when, speech.short_day(when), False) for when in times]
    else:
        months = next((size for size in _STEPS_MONTHS if days / 30.44 / size <= 12), 240)
        said = [
            (when, speech.year(when) if when.month == 1 else speech.month(when), when.month == 1)
            for when in _by_months(start, end, months)
        ]
    return _named_ticks(said, scale, lane_width, now)


def _named_ticks(
    said: Sequence[tuple[date, str, bool]], scale: Scale, lane_width: int, now: float | None
) -> tuple[Tick, ...]:
    """Drop the words (not the line) of a tick that would run over the edge, today, or the one before it."""
    rows, phone = Rows(), Rows()
    named: dict[date, tuple[str, bool]] = {}
    # Years first: they may not lose their place to a month.
    for when, text, major in sorted(said, key=lambda item: not item[2]):
        low = scale.at(when)
        width = 100 * (text_width(text, bold=major) + 10) / lane_width
        if low + width > 100 or not rows.free(0, low, low + width) or crosses(now, low, low + width):
            continue
        rows.take(0, low, low + width)
        high = low + width * lane_width / PHONE_WIDTH
        narrow = high <= 100 and phone.free(0, low, high) and not crosses(now, low, high)
        if narrow:
            phone.take(0, low, high)
        named[when] = (text, not narrow)
    return tuple(Tick(scale.at(when), *_tick_words(named.get(when), major)) for when, _text, major in said)


def crosses(line: float | None, low: float, high: float) -> bool:
    return line is not None and low < line < high


def _tick_words(named: tuple[str, bool] | None, major: bool) -> tuple[str, bool, bool]:
    return (named[0], major, named[1]) if named else ("", major, False)


def _by_days(start: date, end: date, step: int) -> list[date]:
    first = start
    if step in {7, 14}:
        first = start + timedelta(days=-start.weekday() % 7)
    count = (end - first).days // step
    return [first + timedelta(days=step * number) for number in range(count + 1)]


def _by_months(start: date, end: date, step: int) -> list[date]:
    index = start.year * 12 + start.month - 1 + (start.day > 1)
    index += -index % step
    times = []
    while index // 12 <= end.year and date(index // 12, index % 12 + 1, 1) <= end:
        times.append(date(index // 12, index % 12 + 1, 1))
        index += step
        if index // 12 > 9999:
            break
    return times


def flip(x: float) -> float:
    return round(100 - x, 2)


def flip_label(label: Label | None) -> Label | None:
    # The anchor stays: "start" follows the direction of the text by itself.
    return None if label is None else replace(label, x=flip(label.x), low=100 - label.high, high=100 - label.low)
