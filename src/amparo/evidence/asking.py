"""Rooms above that follow what happens to an item; the composition root says at start which."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from amparo.access.actors import Actor
from amparo.evidence.rules import Step


class Follower(Protocol):
    def __call__(self, *, actor: Actor, item_id: UUID, seen: Step) -> None:
        """Follow an item that was destroyed before two people, in the act of the second; `seen` is the line of it."""
        ...


_followers: list[Follower] = []


def follow_with(follower: Follower) -> None:
    """Let another room follow the destruction of items; called once at start for each room."""
    if follower not in _followers:
        _followers.append(follower)


def followed(actor: Actor, item_id: UUID, seen: Step) -> None:
    for follower in _followers:
        follower(actor=actor, item_id=item_id, seen=seen)
