"""How long a laboratory takes. Requests that are still open count for as long as they have waited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from submission to the report, or until today where there is none yet."""

    days: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Turnaround:
    """`median` is None where so many are open that half have not been reached. `longest_open` is in days."""

    ended: int
    open: int
    median: int | None
    longest_open: int | None


def turnaround(spans: Iterable[Span]) -> Turnaround:
    """Counts and median of a laboratory's requests, the open ones as censored.

    Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, 1958.
    """
    given = sorted(spans, key=lambda span: span.days)
    waiting = [span.days for span in given if not span.ended]
    return Turnaround(
        ended=len(given) - len(waiting),
        open=len(waiting),
        median=_median(given),
        longest_open=max(waiting, default=None),
    )


def _median(given: list[Span]) -> int | None:
    """The first day by which at most half are expected to be still open."""
    survival, at_risk = Fraction(1), len(given)
    for day in sorted({span.days for span in given}):
        here = [span for span in given if span.days == day]
        ended = sum(1 for span in here if span.ended)
        survival *= Fraction(at_risk - ended, at_risk)
        if ended and survival <= _HALF:
            return day
        at_risk -= len(here)
    return None
