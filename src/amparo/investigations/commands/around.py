"""What the commands of investigations start from: the case, who is in it, and what is compared."""

from __future__ import annotations

from uuid import UUID

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.commands import hold_case
from amparo.cases.errors import CaseIsClosed
from amparo.cases.queries import CaseHead
from amparo.cases.words import CaseState, PartyRole
from amparo.investigations import queries, rules
from amparo.investigations.errors import NotOfThisCase, NotOnTeam
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment

LEAD_CHANGE = "investigations:lead:change"
LEAD_SEE = "investigations:lead:see"
OUTCOME_SEE = "investigations:outcome:see"
SUSPECT_CHANGE = "investigations:suspect:change"
SUSPECT_SEE = "investigations:suspect:see"


def open_case(actor: Actor, permission: str, case_id: UUID, level: Compartment | None = None) -> CaseHead:
    hold_case(case_id)
    head = queries.head_for(actor, permission, case_id, level)
    if head.state is CaseState.CLOSED:
        raise CaseIsClosed
    return head


def has_part(actor: Actor, case_id: UUID, person_id: UUID, role: PartyRole) -> None:
    if all(party.person_id != person_id for party in cases.parties(actor, case_id, [role])):
        raise NotOfThisCase(field="person_id")


def is_flagged(actor: Actor, head: CaseHead, happened: PartialDate, person_id: UUID | None = None) -> bool:
    known = queries.incident_facts(actor, head.id)
    return rules.lies_before(happened, [i.began for i in known if person_id in (None, i.person_id)])


def refuse_stranger(case_id: UUID, account_id: UUID, permission: str, field: str) -> None:
    """Only somebody of the team who may do it can be asked to. Raises NotOnTeam."""
    if account_id not in queries.who_may(case_id, permission):
        raise NotOnTeam(field=field)
