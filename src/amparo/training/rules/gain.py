"""What was learned: means, and differences of the same people, each with how many and how sure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from amparo.training.words import Occasion

# Percentages of one person by occasion. An occasion that is missing stays missing: nothing is put in its place.
Scores: TypeAlias = Mapping[Occasion, float]

# Two-sided 95 % points of Student's t for 1 to 30 degrees of freedom, then for 40, 60 and 120: the usual table.
_T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
_T_BEYOND = ((120, 1.980), (60, 2.000), (40, 2.021), (30, 2.042))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean of `n` people with its 95 % interval; one person alone has no interval."""

    n: int
    mean: float
    low: float | None
    high: float | None


def t_95(freedom: int) -> float:
    """The t value for an interval of 95 %. Between two lines of the table the larger one: never too sure."""
    if freedom < 1:
        raise ValueError("an interval needs two people")
    if freedom <= len(_T):
        return _T[freedom - 1]
    return next(value for least, value in _T_BEYOND if freedom >= least)


def estimate(values: Sequence[float]) -> Estimate | None:
    """The mean of these values with its interval; None where there are none."""
    n = len(values)
    if n == 0:
        return None
    mean = math.fsum(values) / n
    if n == 1:
        return Estimate(1, mean, None, None)
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    half = t_95(n - 1) * spread / math.sqrt(n)
    return Estimate(n, mean, mean - half, mean + half)


def level(people: Sequence[Scores], occasion: Occasion) -> Estimate | None:
    """How those who took this test did."""
    return estimate([scores[occasion] for scores in people if occasion in scores])


def gain(people: Sequence[Scores], later: Occasion, earlier: Occasion = Occasion.PRE) -> Estimate | None:
    """By how many points of a hundred the same people did better later: only who took both tests counts."""
    return estimate([one[later] - one[earlier] for one in people if later in one and earlier in one])
