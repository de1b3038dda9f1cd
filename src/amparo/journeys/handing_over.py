"""Handing a caseload over: places on teams, and with them the tracks, tasks and leads of who leaves."""

from __future__ import annotations

from uuid import UUID

from amparo.access import commands as access
from amparo.access.actors import Actor
from amparo.cases import commands as cases
from amparo.investigations import commands as investigations
from amparo.ledger.writing import command
from amparo.people import commands as people


@command
def hand_over_caseload(*, actor: Actor, leaving_id: UUID, taking_id: UUID) -> UUID:
    """Pass a colleague's cases to another, with everything in them that waits for her.

    **Needs** access:grant:give. **Ledger** as access.hand_over_caseload, then track.led, task.changed,
    lead.changed. Raises SameColleague, NothingToHandOver.
    """
    moved = access.hand_over_caseload(actor=actor, leaving_id=leaving_id, taking_id=taking_id)
    people.check_colleague(actor, taking_id)
    cases.pass_on(moved, leaving_id, taking_id)
    investigations.pass_on(moved, leaving_id, taking_id)
    return taking_id
