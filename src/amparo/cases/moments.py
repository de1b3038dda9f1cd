"""What rooms above the case tell the desk: marks on the drawn case, and things that are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from amparo.cases.words import TrackKind
from amparo.web.sheets import Due

__all__ = ["Due", "Moment"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One mark on a track, or with `until` a period, or a wait between two marks.

    `wide` labels vanish on narrow screens.
    """

    track: TrackKind
    at: date
    label: str
    title: str
    kind: Literal["done", "decision", "open", "miss"]
    url: str
    wide: bool = True
    until: date | None = None
    waiting: bool = False
