"""The domains of a survivor's life, each at every assessment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from amparo.web.drawing.axis import Speech


@dataclass(frozen=True, slots=True)
class Score:
    """A domain's mean at one assessment; `answered` of `asked` items had an answer."""

    on: date
    mean: float | None
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class DomainInput:
    label: str
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class ProfilePoint:
    x: float
    y: float
    value: str
    title: str
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class ProfileSegment:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class ProfileDomain:
    label: str
    points: tuple[ProfilePoint, ...]
    segments: tuple[ProfileSegment, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """One small picture for each domain, all on the same two axes."""

    domains: tuple[ProfileDomain, ...]
    dates: tuple[str, ...]
    levels: tuple[tuple[int, float], ...]
    height: int
    rtl: bool


_PROFILE_TOP, _PROFILE_BOTTOM = 20, 74


def restoration_profile(
    domains: Sequence[DomainInput],
    speech: Speech,
    number: Callable[[float], str],
    *,
    rtl: bool = False,
    lowest: int = 1,
    highest: int = 4,
) -> Profile:
    """Place each domain's means over time. A missing mean breaks the line: it is never drawn as a low one."""
    days = sorted({score.on for domain in domains for score in domain.scores})
    spread = (days[-1] - days[0]).days if len(days) > 1 else 0
    height = (_PROFILE_BOTTOM - _PROFILE_TOP) / (highest - lowest)

    def across(day: date) -> float:
        x = 8 + 84 * (day - days[0]).days / spread if spread else 50.0
        return round(100 - x if rtl else x, 2)

    def down(mean: float) -> float:
        return round(_PROFILE_BOTTOM - (min(max(mean, lowest), highest) - lowest) * height, 1)

    return Profile(
        domains=tuple(_profile_domain(domain, days, across, down, speech, number) for domain in domains),
        dates=tuple(speech.day(day) for day in days),
        levels=tuple((level, down(level)) for level in range(lowest, highest + 1)),
        height=_PROFILE_BOTTOM + 26,
        rtl=rtl,
    )


def _profile_domain(
    domain: DomainInput,
    days: Sequence[date],
    across: Callable[[date], float],
    down: Callable[[float], float],
    speech: Speech,
    number: Callable[[float], str],
) -> ProfileDomain:
    scores = sorted(domain.scores, key=lambda score: score.on)
    points: list[ProfilePoint | None] = [
        None
        if score.mean is None
        else ProfilePoint(
            across(score.on),
            down(score.mean),
            number(score.mean),
            speech.day(score.on),
            score.answered,
            score.asked,
        )
        for score in scores
    ]
    segments = tuple(ProfileSegment(a.x, a.y, b.x, b.y) for a, b in pairwise(points) if a is not None and b is not None)
    said = {score.on: number(score.mean) for score in scores if score.mean is not None}
    drawn = tuple(point for point in points if point is not None)
    return ProfileDomain(domain.label, drawn, segments, tuple(said.get(day, "") for day in days))
