"""What the room insight adds to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amparo.insight import commands
from tests.insight import lines

if TYPE_CHECKING:
    from tests.policy.world import World


def furnish(world: World) -> None:
    """Make one of each thing of this room, and say the keys of its addresses."""
    cast = world.cast
    commands.rebuild()
    # A release needs figures of more people than the world has.
    lines.make(1, 60, [cast.office])
    release = commands.ask_release(actor=cast.pedro, period="")
    for page in ("release", "approve", "decline", "publish", "report"):
        world.own[f"insight:{page}"] = {"release_id": release}
    public = commands.ask_release(actor=cast.pedro, period="")
    commands.approve_release(actor=cast.kofi, release_id=public)
    world.own["insight:withdraw"] = {"release_id": public}
    for page in ("indicator", "rows"):
        world.own[f"insight:{page}"] = {"name": "stopped"}
    world.own["insight:download"] = {"name": "funnel", "form": "csv"}
