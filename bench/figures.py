"""What is measured: one figure with its unit, beside its floor and its goal."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. `reached` is None where there is no goal for it."""

    what: str
    value: float
    unit: str
    against: str = ""
    goal: str = ""
    reached: bool | None = None

    @property
    def verdict(self) -> str:
        return "" if self.reached is None else "reached" if self.reached else "NOT reached"


@dataclass(frozen=True, slots=True)
class Time:
    """Seconds of one run: the median over several."""

    cpu: float
    wall: float


def timed(run: Callable[[], object], *, times: int, warm: int = 2) -> Time:
    """The median time of a run, in CPU of this process and on the wall; a few runs before do not count."""
    for _ in range(warm):
        run()
    cpu, wall = [], []
    if warm:
        gc.collect()
    for _ in range(times):
        start_wall, start_cpu = time.perf_counter(), time.process_time()
        run()
        cpu.append(time.process_time() - start_cpu)
        wall.append(time.perf_counter() - start_wall)
    return Time(statistics.median(cpu), statistics.median(wall))


def timed_together(runs: dict[str, Callable[[], object]], *, times: int, warm: int = 2) -> dict[str, Time]:
    """The same for several runs in turn, so that what else the machine does falls on all of them alike."""
    taken: dict[str, list[Time]] = {what: [] for what in runs}
    gc.collect()
    for number in range(warm + times):
        for what, run in runs.items():
            once = timed(run, times=1, warm=0)
            if number >= warm:
                taken[what].append(once)
    return {
        what: Time(statistics.median(one.cpu for one in some), statistics.median(one.wall for one in some))
        for what, some in taken.items()
    }


def ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
