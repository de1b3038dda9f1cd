"""Time until something happens, where for many it has not happened yet.

Cases that still wait are not left out: they count as followed for as long as they have been followed. Leaving them
out would show only those for whom it went fast. Both estimators work on tallies, so their cost follows the number of
different durations and not the number of people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

# The 97.5th percentile of the normal distribution: intervals of 95 %.
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Point:
    """The estimate from a day on: the share for whom it has not happened yet, with its interval."""

    day: int
    share: float
    low: float
    high: float
    at_risk: int
    events: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A Kaplan-Meier estimate. `points` begin at day 0 with a share of 1."""

    points: tuple[Point, ...]
    people: int
    events: int
    longest: int

    @property
    def is_empty(self) -> bool:
        return self.people == 0


@dataclass(frozen=True, slots=True)
class Quantile:
    """After how many days it had happened to a share of people; None where the curve does not come down so far."""

    share: float
    days: int | None
    low: int | None
    high: int | None


def kaplan_meier(tally: Mapping[tuple[int, bool], int] | Iterable[tuple[int, bool, int]]) -> Curve:
    """The share of people for whom it has not happened yet, day by day.

    Args:
        tally: how many people by (days, whether it happened after them); who was only followed for so many days
            counts as false. Days below 0 raise ValueError.

    Cost: O(different days · log). Source: Kaplan & Meier 1958; Greenwood 1926 for the variance, on the log(-log)
    scale (Kalbfleisch & Prentice), so that the interval stays between 0 and 1.
    """
    deaths, leaving = _by_day(tally)
    people = sum(leaving.values())
    share, spread, at_risk = 1.0, 0.0, people
    points = [Point(0, 1.0, 1.0, 1.0, people, 0)]
    for day in sorted(leaving):
        events = deaths.get(day, 0)
        if events:
            share *= 1 - events / at_risk
            spread += events / (at_risk * (at_risk - events)) if at_risk > events else 0.0
            points.append(Point(day, share, *_interval(share, spread), at_risk, events))
        at_risk -= leaving[day]
    return Curve(tuple(points), people, sum(deaths.values()), max(leaving, default=0))


def _by_day(
    tally: Mapping[tuple[int, bool], int] | Iterable[tuple[int, bool, int]],
) -> tuple[dict[int, int], dict[int, int]]:
    rows = [(*key, count) for key, count in tally.items()] if isinstance(tally, Mapping) else list(tally)
    deaths: dict[int, int] = {}
    leaving: dict[int, int] = {}
    for day, happened, count in rows:
        if day < 0 or count < 0:
            raise ValueError("days and counts can't be negative")
        leaving[day] = leaving.get(day, 0) + count
        if happened:
            deaths[day] = deaths.get(day, 0) + count
    return deaths, leaving


def _interval(share: float, spread: float) -> tuple[float, float]:
    if share <= 0.0 or share >= 1.0:
        return share, share
    theta = Z95 * sqrt(spread) / log(share)
    return share ** exp(-theta), share ** exp(theta)


def quantile(curve: Curve, share: float) -> Quantile:
    """After how many days it had happened to this share of people, with its interval."""
    # A tiny tolerance: a share of one half that was reached by ten divisions is one half.
    left = 1 - share + 1e-12
    return Quantile(
        share,
        next((p.day for p in curve.points if p.share <= left), None),
        next((p.day for p in curve.points[1:] if p.low <= left), None),
        next((p.day for p in curve.points[1:] if p.high <= left), None),
    )


def at_risk_on(curve: Curve, day: int) -> int:
    """How many people are known to be still followed, and waiting, on a day; from the points of the curve."""
    later = [point.at_risk for point in curve.points if point.day >= day]
    return later[0] if later else 0


@dataclass(frozen=True, slots=True)
class Competing:
    """The share of people for whom each outcome has happened, from a day on. The rest still waits."""

    causes: tuple[str, ...]
    steps: tuple[tuple[int, tuple[float, ...]], ...]
    people: int

    def last(self) -> dict[str, float]:
        """The shares at the end of what is known."""
        shares = self.steps[-1][1] if self.steps else (0.0,) * len(self.causes)
        return dict(zip(self.causes, shares, strict=True))


def aalen_johansen(tally: Iterable[tuple[int, str, int]], causes: Sequence[str]) -> Competing:
    """The share of people for whom each of several outcomes has happened, where only one of them can.

    Args:
        tally: (days, outcome or "" for who still waits, people).
        causes: the outcomes, in the order in which they are to be shown.

    Cost: O(different days · causes). Source: Aalen & Johansen 1978.
    """
    events: dict[int, dict[str, int]] = {}
    leaving: dict[int, int] = {}
    for day, cause, count in tally:
        if day < 0 or count < 0:
            raise ValueError("days and counts can't be negative")
        leaving[day] = leaving.get(day, 0) + count
        if cause:
            at = events.setdefault(day, dict.fromkeys(causes, 0))
            at[cause] += count
    people = at_risk = sum(leaving.values())
    waiting = 1.0
    shares = [0.0] * len(causes)
    steps = [(0, tuple(shares))]
    for day in sorted(leaving):
        here = events.get(day)
        if here and any(here.values()):
            shares = [share + waiting * here[cause] / at_risk for share, cause in zip(shares, causes, strict=True)]
            waiting *= 1 - sum(here.values()) / at_risk
            steps.append((day, tuple(shares)))
        at_risk -= leaving[day]
    return Competing(tuple(causes), tuple(steps), people)
