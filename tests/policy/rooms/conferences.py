"""A case conference with an agency that no consent covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amparo.cases import commands
from amparo.kernel import clock
from tests.policy.world import CANARY

if TYPE_CHECKING:
    from tests.policy.world import World


def furnish(world: World) -> None:
    """Make one of each thing of this room, and say the keys of its addresses."""
    world.keys["conference_id"] = commands.plan_conference(
        actor=world.cast.chandra,
        case_id=world.case.id,
        on=clock.today(),
        agencies=[world.keys["agency_id"]],
        classes=["identity", "statement"],
        about=CANARY % "conference",
    )
