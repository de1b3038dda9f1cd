"""Learning from a case: what its rooms know, brought together into proposals for the practice checklist."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.words import PartyRole
from amparo.evidence.queries import learned as evidence
from amparo.investigations import queries as investigations
from amparo.investigations.words import Agency
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kits.queries import learned as kits
from amparo.ledger.writing import command
from amparo.prosecution.queries import learned as court
from amparo.strengthening import commands as strengthening
from amparo.strengthening import queries
from amparo.strengthening.rules import proposing
from amparo.strengthening.rules.proposing import CaseFacts, KitFact, Proposal
from amparo.strengthening.words import Answer


def facts_of(actor: Actor, case_id: UUID) -> CaseFacts:
    """What the case shows to this reader. What she may not see is left out. Cost: about 12 queries."""
    held, days, trial = evidence.held(actor, case_id), kits.kit_days(actor, case_id), court.court_facts(actor, case_id)
    witnesses = cases.parties(actor, case_id, [PartyRole.WITNESS])
    return CaseFacts(
        today=clock.today(),
        incident_on=_last_incident(actor, case_id),
        police_met_on=investigations.first_met(actor, case_id, Agency.POLICE),
        scene_items=held.found if held else None,
        statements=held.statements if held else None,
        witnesses=len(witnesses) if held else None,
        kits=tuple(KitFact(one.used_on, one.sent_on, one.completed_on) for one in days) if days is not None else None,
        told=trial.told if trial else None,
        not_told=trial.not_told if trial else None,
        apart_on=trial.apart_on if trial else None,
        support_on=trial.support_on if trial else None,
        support_refused_on=trial.support_refused_on if trial else None,
    )


def _last_incident(actor: Actor, case_id: UUID) -> date | None:
    """The day of the only incident, where it is known to the day: a window can't be counted from anything less."""
    found: list[PartialDate] = [one.began for one in investigations.incident_facts(actor, case_id)]
    if len(found) != 1 or found[0].day is None or found[0].about:
        return None
    return found[0].earliest()


def proposals_for(actor: Actor, file_id: UUID) -> dict[str, Proposal]:
    """What the case of an observed file suggests; nothing for a file without a case. Raises NotFound."""
    case_id = queries.file_case(actor, file_id)
    if case_id is None:
        return {}
    cases.case_head(actor, case_id)
    return proposing.proposals(facts_of(actor, case_id))


@command
def answer_from_case(*, actor: Actor, file_id: UUID, item: str, answer: Answer) -> UUID:
    """Answer an item; where the answer is what the case showed, that is kept with it.

    **Needs** strengthening:practice:observe. **Ledger** practice.answered. Raises as strengthening.answer_item.
    """
    found = proposals_for(actor, file_id).get(item)
    basis = str(found.why) if found is not None and found.answer is answer else ""
    return strengthening.answer_item(actor=actor, file_id=file_id, item=item, answer=answer, basis=basis)
