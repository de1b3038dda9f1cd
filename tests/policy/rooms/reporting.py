"""What the room reporting adds to the world: a helpline, an office that answers, and a report with its conversation.

The site's own addresses are walked by `tests/reporting/test_safety.py`: there everybody is a stranger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.policy.world import World


def furnish(world: World) -> None:
    """Make one of each thing of this room, and say the keys of its addresses."""
    from amparo.kernel import clock
    from amparo.reporting import commands
    from amparo.staff import commands as staff
    from amparo.staff.rules import Helpline

    jalil = world.cast.jalil
    staff.set_reports_office(actor=jalil, expected=0, office_id=world.cast.office)
    line = Helpline("night_line", "Example Night Line", "000 EXAMPLE", "free", "Its own page", clock.today(), "")
    staff.save_helpline(actor=jalil, expected=0, line=line, is_new=True)
    world.own["staff:change_helpline"] = {"code": line.code}

    _cookie, begun = commands.begin(language="en")
    sent = commands.send(commands.set_answers(begun, {"text": "Something happened.", "danger": "no"}))
    _cookie, inside = commands.confirm(sent, sent.stay.code, None)
    commands.write(inside, "One thing more.", None)
    for page in ("intake:answer", "intake:read_messages"):
        world.own[page] = {"report_id": sent.stay.report_id}
