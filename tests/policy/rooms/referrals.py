"""What the room referrals adds to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amparo.referrals import commands
from amparo.referrals.words import Part
from tests.referrals import story

if TYPE_CHECKING:
    from tests.policy.world import World


def furnish(world: World) -> None:
    """A referral to a shelter that may be sent, a draft beside it, and a release that waits for approval."""
    cast = world.cast
    told = story.begin(cast, world.case)
    consent = told.consent(told.shelter, ["identity", "narrative", "care"])
    words = {Part.NARRATIVE: "canary-refertold", Part.CARE: "canary-refercare"}
    ready = told.draft(("identity", "narrative", "care"), asked="canary-referral", words=words)
    commands.give_consent(actor=cast.dalia, referral_id=ready, basis_id=consent)
    draft = told.draft(("care",), asked="canary-referral")
    release = told.release(
        ("evidence", "statement"), papers=["canary-releasedpaper"], purpose="canary-releasewhy", items=[told.item()]
    )
    world.keys["referral_id"] = ready
    world.own["referrals:move"] = {"referral_id": ready, "event": "send"}
    world.own["referrals:consent"] = {"referral_id": draft}
    world.own |= {f"referrals:{name}": {"release_id": release} for name in ("release", "decide", "release_cover")}
    world.own["referrals:move_release"] = {"release_id": release, "event": "cancel"}
