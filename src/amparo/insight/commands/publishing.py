"""Approved figures handed down to the room that shows them to the public."""

from __future__ import annotations

from amparo.access.actors import Actor
from amparo.insight.models import Release


def hand_down(actor: Actor, row: Release) -> None:
    """Give approved figures to the public ones."""
