"""Measured values on one scale, with their intervals: points of one line at several times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

PointKind = Literal["open", "half", "done"]
_LEFT, _RIGHT = 2.0, 98.0
_ROW, _LABEL, _RAIL = 58, 14, 36
# Points of one line stand apart, so that equal values do not hide each other.
_APART = 8


@dataclass(frozen=True, slots=True)
class SpanPoint:
    """A value from 0 to 1 on the scale, and its interval where there is one. `said` is read aloud."""

    kind: PointKind
    value: float
    said: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class SpanInput:
    label: str
    points: tuple[SpanPoint, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PlacedPoint:
    kind: PointKind
    x: float
    y: int
    said: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class SpanLine:
    label: str
    remark: str
    label_y: int
    rail_y: int
    points: tuple[PlacedPoint, ...]


@dataclass(frozen=True, slots=True)
class Spans:
    title: str
    lines: tuple[SpanLine, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    start: float
    end: float
    rtl: bool


def span_lines(
    lines: Sequence[SpanInput], ticks: Sequence[tuple[float, str]], title: str, *, rtl: bool = False
) -> Spans:
    """Place each line's points below its label. A point that was not measured is not drawn.

    Args:
        ticks: places of the scale from 0 to 1, and what they are called.
    """

    def across(share: float) -> float:
        x = _LEFT + (_RIGHT - _LEFT) * min(max(share, 0.0), 1.0)
        return round(100 - x if rtl else x, 2)

    placed = []
    for at, line in enumerate(lines):
        rail = at * _ROW + _RAIL
        first = rail - _APART * (len(line.points) - 1) // 2
        points = tuple(
            PlacedPoint(
                point.kind,
                across(point.value),
                first + _APART * number,
                point.said,
                None if point.low is None else across(point.low),
                None if point.high is None else across(point.high),
            )
            for number, point in enumerate(line.points)
        )
        placed.append(SpanLine(line.label, line.remark, at * _ROW + _LABEL, rail, points))
    return Spans(
        title,
        tuple(placed),
        tuple((across(share), label) for share, label in ticks),
        len(lines) * _ROW + 24,
        across(0),
        across(1),
        rtl,
    )
