"""What every command of a case starts from: the case through the policy, and who is in it."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from amparo.access import policy
from amparo.access import queries as access_queries
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases.errors import (
    CaseIsClosed,
    NotASurvivorHere,
    NotOnThisTeam,
)
from amparo.cases.models import (
    Case,
    Party,
)
from amparo.cases.words import (
    CaseState,
    PartyRole,
)
from amparo.kernel.words import Compartment


def subject_of(case: Case, level: Compartment | None = None) -> Subject:
    return Subject(office=case.office_id, cases=frozenset([case.id]), level=level)


def hold_case(case_id: UUID) -> None:
    """Let nobody else close a case, or begin anything in it, until this command ends.

    Whether a case may be closed is read from what is in it, and whether something may be begun from whether it is
    open: what comes at the same moment must come wholly before or wholly after. Asked before either is read. On SQLite
    there is one writer anyway.
    """
    if connection.features.has_select_for_update:
        Case.objects.select_for_update(no_key=True).filter(pk=case_id).values_list("id", flat=True).first()


def case_for(actor: Actor, permission: str, case_id: UUID, level: Compartment | None = None) -> Case:
    """The open case for an act on one of its parts, held open. Raises NotFound, Refused, CaseIsClosed."""
    hold_case(case_id)
    case = policy.load(actor, "cases:case:see", Case, case_id)
    if not policy.decide(actor, permission, subject_of(case, level)).allowed:
        policy.check_new(actor, permission, subject_of(case, level))
    refuse_closed(case)
    return case


def refuse_closed(case: Case) -> None:
    if case.state == CaseState.CLOSED:
        raise CaseIsClosed


def must_see(case: Case, account_id: UUID) -> None:
    """Only somebody who sees a case can be asked to do something in it. Raises NotOnThisTeam."""
    on_team = {member.account_id for member in access_queries.team_of(case.id)}
    if account_id not in on_team and account_id not in access_queries.supervisors_of(case.office_id):
        raise NotOnThisTeam(field="assigned")


def check_survivor(case_id: UUID, person_id: UUID) -> None:
    if not Party.objects.filter(case_id=case_id, person_id=person_id, role=PartyRole.SURVIVOR).exists():
        raise NotASurvivorHere(field="person")
