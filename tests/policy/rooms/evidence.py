"""What the room evidence adds to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amparo.evidence import commands
from amparo.evidence.words import Category

if TYPE_CHECKING:
    from tests.policy.world import World


def furnish(world: World) -> None:
    """An object that Bruno opened before Chandra, who has not confirmed it yet."""
    cast = world.cast
    item = commands.register_physical(
        actor=cast.bruno,
        case_id=world.case.id,
        category=Category.PHYSICAL,
        description="A box",
        seal="B 77 001",
        place="Shelf 1",
    )
    commands.ask_opening(
        actor=cast.bruno,
        item_id=item,
        seal_read="B 77 001",
        seal_after="B 77 002",
        second_id=cast.accounts["chandra"],
        reason="To look for papers",
    )
    world.own["evidence:confirm_second"] = {"item_id": item}
