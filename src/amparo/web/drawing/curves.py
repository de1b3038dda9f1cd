"""Curves over days: how many still wait, and what became of how many. Steps, with an interval where there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

_TOP, _HEIGHT = 14, 190
# The height of a name beside the end of its curve.
_LABEL = 16.0
_STEPS = (7, 14, 30, 61, 91, 183, 365, 730, 1461, 3652)
MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """From a day on: the share, and its interval."""

    day: int
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class CurveInput:
    label: str
    points: tuple[CurvePoint, ...]


@dataclass(frozen=True, slots=True)
class DayTick:
    x: float
    label: str
    below: str
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class DrawnCurve:
    label: str
    path: str
    band: str
    last_x: float
    last_y: float
    kind: int


@dataclass(frozen=True, slots=True)
class CurveMark:
    """A place on the curve that is said in words."""

    x: float
    y: float
    title: str
    remark: str
    anchor: Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class CurveDrawing:
    title: str
    curves: tuple[DrawnCurve, ...]
    ticks: tuple[DayTick, ...]
    mark: CurveMark | None
    below: str
    height: int
    rtl: bool


def curve_drawing(
    curves: Sequence[CurveInput],
    title: str,
    *,
    until: int,
    tick: Callable[[int], str],
    followed: Callable[[int], str] | None = None,
    below: str = "",
    mark: tuple[int, float, str, str] | None = None,
    rtl: bool = False,
) -> CurveDrawing:
    """Draw shares over days from 0 to `until`, from 1 at the top to 0.

    Args:
        tick: says a number of days. followed: says under a tick how many are still followed.
        mark: day, share, title and remark of the one place that is named.
    """
    whole = max(1, until)
    across = _across(whole, rtl)
    days = _ticks(whole)
    return CurveDrawing(
        title=title,
        curves=_apart([_drawn(curve, number, whole, across) for number, curve in enumerate(curves)]),
        ticks=tuple(
            DayTick(across(day), tick(day), followed(day) if followed else "", _anchor(day, whole)) for day in days
        ),
        mark=_mark(mark, whole, across),
        below=below,
        height=_TOP + _HEIGHT + (66 if followed else 28),
        rtl=rtl,
    )


def _across(whole: int, rtl: bool) -> Callable[[int], float]:
    def across(day: int) -> float:
        x = 100 * min(day, whole) / whole
        return round(100 - x if rtl else x, 2)

    return across


def _ticks(whole: int) -> list[int]:
    step = next((size for size in _STEPS if whole / size <= MOST_STEPS), _STEPS[-1])
    return list(range(0, whole + 1, step))


def _anchor(day: int, whole: int) -> Literal["start", "middle", "end"]:
    return "start" if day == 0 else "end" if day > 0.94 * whole else "middle"


def _drawn(curve: CurveInput, number: int, whole: int, across: Callable[[int], float]) -> DrawnCurve:
    inside = [point for point in curve.points if point.day <= whole]
    line = _steps([(point.day, point.share) for point in inside], whole, across)
    with_band = [point for point in inside if point.low is not None and point.high is not None]
    band = ""
    if len(with_band) > 1:
        upper = _steps([(point.day, point.high or 0.0) for point in with_band], whole, across)
        lower = _corners([(point.day, point.low or 0.0) for point in with_band], whole, across)
        band = upper + "".join(f"L{x} {y}" for x, y in reversed(lower)) + "Z"
    last = inside[-1].share if inside else 1.0
    return DrawnCurve(curve.label, line, band, across(whole), _down(last), number)


def _apart(curves: Sequence[DrawnCurve]) -> tuple[DrawnCurve, ...]:
    """The names of curves that end close to each other one above the other, the lowest where it is."""
    free = float("inf")
    places: dict[int, float] = {}
    for curve in sorted(curves, key=lambda one: -one.last_y):
        places[curve.kind] = free = round(min(curve.last_y, free - _LABEL), 1)
    return tuple(replace(curve, last_y=places[curve.kind]) for curve in curves)


def _down(share: float) -> float:
    return round(_TOP + _HEIGHT * (1 - share), 1)


def _corners(
    points: Sequence[tuple[int, float]], whole: int, across: Callable[[int], float]
) -> list[tuple[float, float]]:
    """The corners of a stair, in hundredths of the picture."""
    corners: list[tuple[float, float]] = []
    for day, share in points:
        x, y = across(day), round(100 * (1 - share), 2)
        if corners:
            corners.append((x, corners[-1][1]))
        corners.append((x, y))
    if corners:
        corners.append((across(whole), corners[-1][1]))
    return corners


def _steps(points: Sequence[tuple[int, float]], whole: int, across: Callable[[int], float]) -> str:
    corners = _corners(points, whole, across)
    return "".join(f"{'L' if at else 'M'}{x} {y}" for at, (x, y) in enumerate(corners))


def _mark(mark: tuple[int, float, str, str] | None, whole: int, across: Callable[[int], float]) -> CurveMark | None:
    if mark is None or mark[0] > whole:
        return None
    day, share, title, remark = mark
    return CurveMark(across(day), _down(share), title, remark, "start" if day < 0.45 * whole else "end")
