"""What the room kits adds to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.policy.world import World


def furnish(world: World) -> None:
    """Make one of each thing of this room, and say the keys of its addresses."""
