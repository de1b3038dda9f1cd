"""What rooms above the case tell the desk: marks on the drawn case, and things that are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from amparo.cases.words import TrackKind

if TYPE_CHECKING:
    from amparo.web.sheets import Text, Urgency


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


@dataclass(frozen=True, slots=True)
class Due:
    """Something that somebody has to do by a day, or as soon as she can."""

    due_on: date | None
    title: Text
    meta: Text
    url: str
    action_label: str
    urgency: Urgency = ""
    case_id: UUID | None = None
