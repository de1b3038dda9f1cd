"""Rooms that stand beside the desk and have something for Today; the composition root says at start which."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from amparo.access.actors import Actor
from amparo.cases.moments import Due

Waiting: TypeAlias = Callable[[Actor], list[Due]]
_beside: list[Waiting] = []


def ask_too(waiting: Waiting) -> None:
    """Ask another room what waits for somebody; called once at start for each room."""
    if waiting not in _beside:
        _beside.append(waiting)


def waiting_beside(actor: Actor) -> list[Due]:
    return [due for waiting in _beside for due in waiting(actor)]
