"""Playing many stories at once in the order of time, so that rows and ledger grow as they would in life.

A line is a generator: it yields the moment at which it wants to go on, and acts when it is resumed; the
clock then stands at that moment. What lies after the end of the agenda never happens, which is why younger
cases are only half told.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeAlias

from amparo.kernel import clock

Line: TypeAlias = Iterator[datetime]
_WORKDAY_HOURS = (8, 16)
_SATURDAY = 5


@dataclass(slots=True)
class Agenda:
    """Lines waiting for their moments, until an end."""

    until: datetime
    _waiting: list[tuple[datetime, int, Line, Callable[[], bool]]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def start(self, line: Line, is_over: Callable[[], bool] = lambda: False) -> None:
        """Let a line wait for its first moment; it is dropped once `is_over`."""
        self._wait(line, is_over)

    def _wait(self, line: Line, is_over: Callable[[], bool]) -> None:
        moment = next(line, None)
        if moment is not None and moment <= self.until:
            heapq.heappush(self._waiting, (moment, next(self._numbers), line, is_over))

    def play(self, heard: Callable[[datetime], None]) -> None:
        """Resume lines at their moments until none is left before the end; `heard` is told each moment."""
        while self._waiting:
            moment, _, line, is_over = heapq.heappop(self._waiting)
            if is_over():
                continue
            with clock.set_to(moment):
                self._wait(line, is_over)
            heard(moment)


@dataclass(slots=True)
class Diary:
    """The moments of one line: later and later ones, in working hours."""

    rng: random.Random
    at: datetime

    @property
    def day(self) -> date:
        return self.at.date()

    def after(self, low: float, high: float | None = None) -> datetime:
        """A working moment so many days later, at random between `low` and `high`."""
        days = low if high is None else self.rng.uniform(low, high)
        start = self.at + timedelta(days=days)
        hour = self.rng.randrange(*_WORKDAY_HOURS)
        moment = start.replace(hour=hour, minute=self.rng.randrange(60), second=self.rng.randrange(60), microsecond=0)
        while moment.weekday() >= _SATURDAY or moment <= self.at:
            moment += timedelta(days=1)
        self.at = moment
        return moment

    def minutes(self, low: int, high: int) -> datetime:
        """A moment some minutes later, the hour as it comes."""
        self.at += timedelta(minutes=self.rng.randint(low, high), seconds=self.rng.randrange(60))
        return self.at

    def on(self, moment: datetime) -> datetime:
        """A given moment, or at once where it is past already."""
        self.at = max(self.at + timedelta(seconds=1), moment)
        return self.at
