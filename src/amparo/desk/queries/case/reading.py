"""What a page of one case is built from, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from amparo.access.actors import Actor
from amparo.access.queries import TeamMember
from amparo.cases.queries import (
    CaseHead,
    PartyView,
    PromiseView,
    TaskView,
    TrackView,
)

GOOD_STATES = {"achieved", "restored", "final", "learned"}
BAD_STATES = {"failed"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page of one case is built from, read once."""

    actor: Actor
    head: CaseHead
    team: Sequence[TeamMember]
    tracks: tuple[TrackView, ...]
    parties: Sequence[PartyView]
    promises: Sequence[PromiseView]
    tasks: Sequence[TaskView]
    today: date
    headline: tuple[str, str]
