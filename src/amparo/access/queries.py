"""Reading who works here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.models import Account, Bar, CaseGrant, Office, RoleHeld, SignIn
from amparo.access.words import ROLE_LABELS
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.vault import sealing


@dataclass(frozen=True, slots=True)
class Colleague:
    id: UUID
    name: str
    office_id: UUID
    office: str
    roles: tuple[Role, ...]
    is_active: bool
    is_invited: bool

    @property
    def role_label(self) -> str:
        return ", ".join(str(ROLE_LABELS[role]) for role in self.roles)


@dataclass(frozen=True, slots=True)
class OfficeView:
    id: UUID
    name: str
    district: str
    time_zone: str
    calling_code: str
    version: int


@dataclass(frozen=True, slots=True)
class TeamMember:
    account_id: UUID
    name: str
    role: Role
    until: datetime | None

    @property
    def role_label(self) -> str:
        return str(ROLE_LABELS[self.role])


def _live(prefix: str = "") -> Q:
    now = clock.now()
    return (Q(ends_at=None) | Q(ends_at__gt=now)) & Q(starts_at__lte=now)


def names_of(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of colleagues by account; who works here is known to all who work here. Cost: two queries."""
    rows = list(Account.objects.filter(pk__in=set(account_ids)))
    return {row.pk: opened.text("name") for row, opened in zip(rows, sealing.open_rows(rows, "name"), strict=True)}


def offices() -> list[OfficeView]:
    return [_office(row) for row in Office.objects.filter(closed_at=None).order_by("district", "name")]


def office(office_id: UUID) -> OfficeView:
    return _office(Office.objects.get(pk=office_id))


def _office(row: Office) -> OfficeView:
    return OfficeView(row.id, row.name, row.district, row.time_zone, row.calling_code, row.version)


def colleagues(
    actor: Actor, *, roles: Sequence[Role] = (), office_id: UUID | None = None, active_only: bool = True
) -> list[Colleague]:
    """Colleagues by name, optionally those who hold one of some roles, or of one office. Cost: five queries."""
    rows = policy.visible(actor, "access:account:see", Account.objects.all())
    if active_only:
        rows = rows.filter(is_active=True)
    held: dict[UUID, list[RoleHeld]] = {}
    for row in RoleHeld.objects.filter(_live()).order_by("starts_at"):
        held.setdefault(row.account_id, []).append(row)
    accounts = [a for a in rows if _matches(held.get(a.id, []), roles, office_id)]
    places = dict(Office.objects.values_list("id", "name"))
    opened = sealing.open_rows(accounts, "name")
    found = [
        Colleague(
            id=account.id,
            name=words.text("name"),
            office_id=account.office_id,
            office=places.get(account.office_id, ""),
            roles=tuple(dict.fromkeys(Role(row.role) for row in held.get(account.id, []))),
            is_active=account.is_active,
            is_invited=bool(account.invitation),
        )
        for account, words in zip(accounts, opened, strict=True)
    ]
    return sorted(found, key=lambda colleague: colleague.name.casefold())


def _matches(held: Sequence[RoleHeld], roles: Sequence[Role], office_id: UUID | None) -> bool:
    if not roles and office_id is None:
        return True
    return any((not roles or row.role in roles) and office_id in (None, row.office_id) for row in held)


def team_of(case_id: UUID) -> list[TeamMember]:
    """Who is on a case's team now; the caller has asked the policy for the case. Cost: three queries."""
    grants = list(CaseGrant.objects.filter(_live(), case_id=case_id).order_by("starts_at"))
    names = names_of(grant.account_id for grant in grants)
    return [TeamMember(g.account_id, names.get(g.account_id, ""), Role(g.role), g.ends_at) for g in grants]


def caseload(account_ids: Iterable[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Cases on whose team each colleague is now."""
    found: dict[UUID, set[UUID]] = {}
    rows = CaseGrant.objects.filter(_live(), account_id__in=set(account_ids))
    for account, case in rows.values_list("account_id", "case_id"):
        found.setdefault(account, set()).add(case)
    return {account: frozenset(cases) for account, cases in found.items()}


@dataclass(frozen=True, slots=True)
class SignInView:
    id: UUID
    device: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


def own_sign_ins(actor: Actor) -> list[SignInView]:
    rows = SignIn.objects.filter(account_id=actor.account_id, ended_at=None).order_by("-seen_at")[:20]
    return [SignInView(r.id, r.device, r.started_at, r.seen_at, r.id == actor.sign_in_id) for r in rows]


@dataclass(frozen=True, slots=True)
class BarView:
    id: UUID
    account_id: UUID
    name: str
    reason: str


def bars_of_case(actor: Actor, case_id: UUID) -> list[BarView]:
    rows = list(policy.visible(actor, "access:bar:see", Bar.objects.filter(case_id=case_id, lifted_at=None)))
    names = names_of(row.account_id for row in rows)
    opened = sealing.open_rows(rows, "reason")
    return [BarView(r.id, r.account_id, names.get(r.account_id, ""), o.text("reason")) for r, o in zip(rows, opened, strict=True)]
