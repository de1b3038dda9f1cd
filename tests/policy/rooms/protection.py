"""What the room protection adds to the world."""

from __future__ import annotations

from datetime import timedelta

from amparo.kernel import clock
from amparo.protection import commands
from amparo.protection.commands import Assessing, Assessment, Decision
from amparo.protection.words import Risk, Telling
from tests.policy.world import CANARY, World


def furnish(world: World) -> None:
    """Make one of each thing of this room, and say the keys of its addresses."""
    cast = world.cast
    # An order of a court can be breached too: that is another breach.
    breach = commands.report_breach(actor=cast.dalia, what=CANARY % "databreach", kinds=["names"])
    world.own |= {f"protection:{name}": {"breach_id": breach} for name in ("breach", "assess", "decide")}
    found = Assessment(["names"], Risk.SOME, 1, CANARY % "breachrisk", CANARY % "breachdone")
    commands.assess_breach(actor=cast.lina, breach_id=breach, expected=1, found=found)
    closing = commands.report_breach(actor=cast.dalia, what=CANARY % "breachtoo")
    commands.assess_breach(actor=cast.lina, breach_id=closing, expected=1, found=found)
    not_needed = Decision(
        Telling.NOT_NEEDED, Telling.NOT_NEEDED, None, None, CANARY % "authority", CANARY % "breachpeople"
    )
    commands.decide_breach(actor=cast.lina, breach_id=closing, expected=2, decision=not_needed)
    world.own["protection:close"] = {"breach_id": closing}
    said = Assessing(clock.today() + timedelta(days=90), *(CANARY % f"dpia{part}" for part in range(5)))
    written = {"assessment_id": commands.write_assessment(actor=cast.lina, said=said)}
    world.own |= {f"protection:{name}": written for name in ("assessment", "change_assessment", "sign")}
