"""Small drawings: the medical window, the glyph of four tracks, bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from amparo.web.drawing.axis import Anchor, edge_anchor, flip


@dataclass(frozen=True, slots=True)
class HourTick:
    x: float
    hours: int
    limit: bool
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class WindowBar:
    """Hours since the assault, against the limits of treatment. The limits are a setting of the country."""

    passed: float
    passed_width: float
    passed_x: float
    remaining_x: float
    remaining_width: float
    ticks: tuple[HourTick, ...]
    now_anchor: Anchor
    hours_passed: int
    hours_left: int
    limit: int
    rtl: bool


def medical_window(
    since: datetime, now: datetime, *, limits: tuple[int, ...] = (72, 120), step: int = 24, rtl: bool = False
) -> WindowBar:
    """Draw how much of the medical window has passed and how much is left to the next limit.

    Raises:
        ValueError: no limits, or they do not rise.
    """
    if not limits or list(limits) != sorted(set(limits)) or limits[0] <= 0:
        raise ValueError("limits must rise from above zero")
    whole = limits[-1]
    hours = max(0.0, (now - since).total_seconds() / 3600)
    nearest = next((limit for limit in limits if hours < limit), whole)
    passed = round(100 * min(hours, whole) / whole, 2)
    left = round(max(0.0, 100 * nearest / whole - passed), 2)
    marks = sorted({0, *limits, *range(0, limits[0], step)})
    ticks = tuple(_hour_tick(mark, whole, limits, rtl) for mark in marks)
    return WindowBar(
        passed=flip(passed) if rtl else passed,
        passed_width=passed,
        passed_x=flip(passed) if rtl else 0.0,
        remaining_x=flip(passed + left) if rtl else passed,
        remaining_width=left,
        ticks=ticks,
        now_anchor=edge_anchor(passed),
        hours_passed=int(hours),
        hours_left=max(0, int(nearest - hours)),
        limit=nearest,
        rtl=rtl,
    )


def _hour_tick(hours: int, whole: int, limits: Sequence[int], rtl: bool) -> HourTick:
    x = round(100 * hours / whole, 2)
    anchor: Anchor = "start" if hours == 0 else "end" if hours == whole else "middle"
    return HourTick(flip(x) if rtl else x, hours, hours in limits, anchor)


@dataclass(frozen=True, slots=True)
class GlyphLine:
    x: float
    width: float
    y: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """Four tracks as four short lines: longer means further."""

    title: str
    lines: tuple[GlyphLine, ...]


GLYPH_WIDTH = 68
GLYPH_STEPS = 3


def track_glyph(levels: Sequence[int], title: str, *, rtl: bool = False) -> Glyph:
    """Draw the four tracks in miniature. A level runs from 0 (not begun) to 3 (reached)."""
    lines = []
    for row, level in enumerate(levels):
        width = round(GLYPH_WIDTH * min(max(level, 0), GLYPH_STEPS) / GLYPH_STEPS)
        lines.append(GlyphLine(GLYPH_WIDTH - width if rtl else 0, width, row * 5 + 1))
    return Glyph(title, tuple(lines))


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    y: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class SmallBars:
    bars: tuple[Bar, ...]
    title: str
    first: str
    last: str
    rtl: bool


def small_bars(
    values: Sequence[tuple[str, int]], title: str, *, first: str = "", last: str = "", rtl: bool = False
) -> SmallBars:
    """Draw counts over equal steps of time, from zero."""
    top = max((count for _label, count in values), default=0) or 1
    step = 100 / max(1, len(values))
    bars = []
    for index, (label, count) in enumerate(values):
        height = round(24 * max(0, count) / top, 1)
        x, width = index * step, step * 0.84
        bars.append(Bar(round(100 - x - width if rtl else x, 2), round(width, 2), 26 - height, height, label))
    return SmallBars(tuple(bars), title, first, last, rtl)
