"""Periods by which figures are chosen: all time, a year, a quarter, or from a day to a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from amparo.insight.errors import PeriodBackwards, PeriodUnknown

_YEAR = re.compile(r"(\d{4})")
_QUARTER = re.compile(r"(\d{4})q([1-4])")


@dataclass(frozen=True, slots=True)
class Span:
    """Both days included; None where a side is open."""

    first: date | None = None
    last: date | None = None

    @property
    def days(self) -> int | None:
        return None if self.first is None or self.last is None else (self.last - self.first).days + 1


def span_of(code: str) -> Span:
    """The days of "2025" or "2025q3"; of "" all time. Raises PeriodUnknown."""
    if not code:
        return Span()
    if found := _YEAR.fullmatch(code):
        year = _year(found[1])
        return Span(date(year, 1, 1), date(year, 12, 31))
    if found := _QUARTER.fullmatch(code):
        year, month = _year(found[1]), 3 * int(found[2]) - 2
        first = date(year, month, 1)
        after = date(year + 1, 1, 1) if month == 10 else date(year, month + 3, 1)
        return Span(first, after - timedelta(days=1))
    raise PeriodUnknown(field="period")


def _year(text: str) -> int:
    year = int(text)
    if not 1900 <= year <= 9990:
        raise PeriodUnknown(field="period")
    return year


def span_between(first: date, last: date) -> Span:
    """From a day to a day. Raises PeriodBackwards."""
    if last < first:
        raise PeriodBackwards(field="last")
    return Span(first, last)
