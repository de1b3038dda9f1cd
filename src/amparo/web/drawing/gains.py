"""Scores of a group before and after: a faint line for each person, and the mean with its interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Four tests on one axis; the first and last leave room for their words.
_LEFT, _RIGHT = 10.0, 90.0
_TOP, _BOTTOM = 30, 190


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of one test in percent, of `n` people; the interval is missing where one person took it."""

    mean: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class GainPoint:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class GainLine:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class GainMean:
    x: float
    y: float
    low_y: float | None
    high_y: float | None
    said: str
    # Its number stands above its interval, where no line crosses it.
    said_y: float


@dataclass(frozen=True, slots=True)
class Gains:
    """`title` says in words what the picture shows; the numbers stand in a table beside it."""

    title: str
    columns: tuple[tuple[float, str], ...]
    levels: tuple[tuple[int, float], ...]
    points: tuple[GainPoint, ...]
    lines: tuple[GainLine, ...]
    means: tuple[GainMean, ...]
    mean_lines: tuple[GainLine, ...]
    height: int
    rtl: bool


def group_gains(
    labels: Sequence[str],
    people: Sequence[Sequence[float | None]],
    means: Sequence[Mean | None],
    title: str,
    number: Callable[[float], str],
    *,
    rtl: bool = False,
) -> Gains:
    """Place scores in percent at their tests. A missing score breaks the line: nothing is drawn in its place.

    Args:
        people: for each person one score for each label, None where the test was not taken.
    """
    step = (_RIGHT - _LEFT) / max(1, len(labels) - 1)

    def across(at: int) -> float:
        x = _LEFT + step * at
        return round(100 - x if rtl else x, 2)

    def down(percent: float) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * min(max(percent, 0), 100) / 100, 1)

    def line(at: int, first: float, second: float) -> GainLine:
        return GainLine(across(at), down(first), across(at + 1), down(second))

    joined = [
        line(at, a, b)
        for person in people
        for at, (a, b) in enumerate(pairwise(person))
        if a is not None and b is not None
    ]
    mean_lines = [
        line(at, a.mean, b.mean) for at, (a, b) in enumerate(pairwise(means)) if a is not None and b is not None
    ]
    return Gains(
        title=title,
        columns=tuple((across(at), label) for at, label in enumerate(labels)),
        levels=tuple((level, down(level)) for level in (0, 25, 50, 75, 100)),
        points=tuple(
            GainPoint(across(at), down(score))
            for person in people
            for at, score in enumerate(person)
            if score is not None
        ),
        lines=tuple(joined),
        means=tuple(
            GainMean(
                across(at),
                down(one.mean),
                _edge(one.low, down),
                _edge(one.high, down),
                number(one.mean),
                round((down(one.mean) - 4 if one.high is None else down(one.high)) - 7, 1),
            )
            for at, one in enumerate(means)
            if one is not None
        ),
        mean_lines=tuple(mean_lines),
        height=_BOTTOM + 34,
        rtl=rtl,
    )


def _edge(value: float | None, down: Callable[[float], float]) -> float | None:
    return None if value is None else down(value)
