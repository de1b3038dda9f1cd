"""What the room facts adds to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amparo.facts import commands

if TYPE_CHECKING:
    from tests.policy.world import World


def furnish(world: World) -> None:
    """Make one of each thing of this room, and say the keys of its addresses."""
    commands.verify_fact(actor=world.cast.pedro, number="F1")
    world.keys["fact_no"] = "F1"
