"""Scores of files: yes divided by applicable, with n, and nothing where nothing applies."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from amparo.strengthening.words import Answer

# The 97.5th percentile of the normal distribution, for intervals of 95 %.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Score:
    """So many times yes, of so many to which it applied, in so many files."""

    yes: int
    applicable: int
    files: int = 1

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing applied: that is not nought."""
        return self.yes / self.applicable if self.applicable else None


def score(answers: Iterable[str]) -> Score:
    """The score of one file. An item without an answer counts in neither part."""
    found = list(answers)
    yes = sum(1 for answer in found if answer == Answer.YES)
    return Score(yes, yes + sum(1 for answer in found if answer == Answer.NO))


def by_item(files: Sequence[Mapping[str, str]], keys: Sequence[str]) -> dict[str, Score]:
    """For each item how often it was done, over files; `files` of a score are those to which it applied."""
    found = {}
    for key in keys:
        one = score(file[key] for file in files if key in file)
        found[key] = Score(one.yes, one.applicable, one.applicable)
    return found


def total(files: Sequence[Mapping[str, str]]) -> Score:
    """The score of many files taken together: each answer weighs the same."""
    parts = [score(file.values()) for file in files]
    return Score(sum(part.yes for part in parts), sum(part.applicable for part in parts), len(parts))


def interval(yes: int, n: int) -> tuple[float, float] | None:
    """The 95 % interval of a share. Source: Wilson, JASA 22 (1927) 209. None where there is nothing to divide by."""
    if n <= 0:
        return None
    share, z2 = yes / n, _Z * _Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    width = _Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return min(share, max(0.0, middle - width)), max(share, min(1.0, middle + width))


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    def following(self) -> Quarter:
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return self.following().first_day - timedelta(days=1)

    @property
    def at(self) -> int:
        return self.year * 4 + self.number


def quarters(days: Iterable[date]) -> list[Quarter]:
    """Every quarter from the first day to the last, empty ones too: a gap is seen as a gap."""
    found = sorted({Quarter.of(day).at for day in days})
    if not found:
        return []
    here = Quarter((found[0] - 1) // 4, (found[0] - 1) % 4 + 1)
    line = [here]
    while line[-1].at < found[-1]:
        line.append(line[-1].following())
    return line


def went_well(items: Mapping[str, Score], *, least: float = 0.7, most: int = 3) -> list[str]:
    """What a unit does well, the best first: what is said first in its feedback."""
    good = [(one.share, key) for key, one in items.items() if one.share is not None and one.share >= least]
    return [key for _share, key in sorted(good, key=lambda pair: (-pair[0], pair[1]))][:most]


def to_work_on(items: Mapping[str, Score], *, most: int = 3) -> list[str]:
    """What is done least, the least first; nothing that is always done."""
    weak = [(one.share, key) for key, one in items.items() if one.share is not None and one.share < 1]
    taken = set(went_well(items))
    return [key for _share, key in sorted(weak) if key not in taken][:most]


def change(before: Score, now: Score) -> float | None:
    """By how many points of a hundred a share changed; None where either has nothing to divide by."""
    if before.share is None or now.share is None:
        return None
    return 100 * (now.share - before.share)
