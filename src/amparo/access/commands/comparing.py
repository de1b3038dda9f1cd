"""Rooms above that compare a colleague with the people of cases; the composition root says at start which."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from amparo.access.commands.acting import AnyActor

Comparing = Callable[[AnyActor, UUID], None]
_comparing: list[Comparing] = []


def compare_with(comparing: Comparing) -> None:
    """Let a room above compare who begins to supervise an office with the people in it; called once at start."""
    if comparing not in _comparing:
        _comparing.append(comparing)


def compare(actor: AnyActor, account_id: UUID) -> None:
    for comparing in _comparing:
        comparing(actor, account_id)
