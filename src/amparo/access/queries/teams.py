"""Teams of cases, caseloads, and what a hand-over of a caseload would move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from amparo.access import policy
from amparo.access.actors import Actor, barred
from amparo.access.errors import SameColleague
from amparo.access.models import CaseGrant, RoleHeld, Tie
from amparo.access.queries.names import names_of
from amparo.access.queries.roles import live, live_roles
from amparo.access.words import ROLE_LABELS
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.vault.prepared import ID, IDS, MOMENT, Prepared


@dataclass(frozen=True, slots=True)
class TeamMember:
    account_id: UUID
    name: str
    role: Role
    until: datetime | None

    @property
    def role_label(self) -> str:
        return str(ROLE_LABELS[self.role])

    @property
    def last_day(self) -> date | None:
        return clock.last_day_before(self.until) if self.until else None


_TEAM = Prepared(
    lambda case_id, now: CaseGrant.objects.filter(live(now), case_id=case_id).order_by("starts_at"), ID, MOMENT
)


def team_of(case_id: UUID) -> list[TeamMember]:
    """Who is on a case's team now; the caller has asked the policy for the case. Cost: three queries."""
    grants = _TEAM.rows(case_id, clock.now())
    names = names_of(grant.account_id for grant in grants)
    return [TeamMember(g.account_id, names.get(g.account_id, ""), Role(g.role), g.ends_at) for g in grants]


_CASELOADS = Prepared(
    lambda account_ids, now: CaseGrant.objects.filter(live(now), account_id__in=account_ids).values_list(
        "account_id", "case_id"
    ),
    IDS,
    MOMENT,
)


def caseload(account_ids: Iterable[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Cases on whose team each colleague is now."""
    found: dict[UUID, set[UUID]] = {}
    for account, case in _CASELOADS.rows(set(account_ids), clock.now()):
        found.setdefault(account, set()).add(case)
    return {account: frozenset(cases) for account, cases in found.items()}


def persons_of_caseload(account_id: UUID) -> QuerySet[Tie, UUID]:
    """Who has a part in a case on whose team a colleague is now, for a query around this one."""
    hers = CaseGrant.objects.filter(live(), account_id=account_id).order_by().values("case_id")
    return Tie.objects.filter(case_id__in=hers).order_by().values_list("person_id", flat=True)


@dataclass(frozen=True, slots=True)
class Move:
    """One place on a case's team that would pass to somebody else."""

    grant_id: UUID
    case_id: UUID
    office_id: UUID
    role: Role
    until: datetime | None


@dataclass(frozen=True, slots=True)
class CaseloadMove:
    """What a hand-over of a caseload would move, and how many places would stay, and why."""

    moving: tuple[Move, ...]
    elsewhere: int
    without_role: int
    barred: int


def handover_of(actor: Actor, leaving_id: UUID, taking_id: UUID) -> CaseloadMove:
    """What would happen if one colleague took over another's cases. Cost: six queries."""
    held = set(RoleHeld.objects.filter(live_roles(), account_id=taking_id).values_list("role", "office_id"))
    cases, _persons = barred(taking_id)
    moving: list[Move] = []
    elsewhere = without_role = barred_from = 0
    for grant in CaseGrant.objects.filter(live(), account_id=leaving_id).order_by("id"):
        about = policy.Subject(office=grant.office_id, cases=frozenset([grant.case_id]))
        if not policy.decide(actor, "access:grant:give", about).allowed:
            elsewhere += 1
        elif grant.case_id in cases:
            barred_from += 1
        elif (grant.role, grant.office_id) not in held:
            without_role += 1
        else:
            moving.append(Move(grant.id, grant.case_id, grant.office_id, Role(grant.role), grant.ends_at))
    return CaseloadMove(tuple(moving), elsewhere, without_role, barred_from)


def check_hand_over(leaving_id: UUID, taking_id: UUID) -> None:
    """Raise SameColleague where nobody would take over."""
    if leaving_id == taking_id:
        raise SameColleague(field="taking")
