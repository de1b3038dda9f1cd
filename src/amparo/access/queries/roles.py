"""Roles: who holds which now, and which wait to be confirmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.models import Account, Office, RoleHeld
from amparo.access.queries.names import names_of
from amparo.kernel import clock
from amparo.kernel.words import Role


def live(at: datetime | None = None) -> Q:
    """Of roles and of places on a team: those that have begun and not ended."""
    now = at or clock.now()
    return (Q(ends_at=None) | Q(ends_at__gt=now)) & Q(starts_at__lte=now)


def live_roles(at: datetime | None = None) -> Q:
    """Of roles: those that count now."""
    return live(at) & Q(confirmed_at__isnull=False)


def supervisors_of(office_id: UUID) -> frozenset[UUID]:
    """Who supervises an office now. Cost: one query."""
    rows = RoleHeld.objects.filter(live_roles(), role=Role.SUPERVISOR, office_id=office_id)
    return frozenset(rows.values_list("account_id", flat=True))


def offices_supervised(account_id: UUID) -> QuerySet[RoleHeld, UUID]:
    """The offices that somebody supervises now, for a query around this one."""
    rows = RoleHeld.objects.filter(live_roles(), role=Role.SUPERVISOR, account_id=account_id)
    return rows.order_by().values_list("office_id", flat=True)


@dataclass(frozen=True, slots=True)
class RoleView:
    id: UUID
    role: Role
    office_id: UUID
    office: str
    since: datetime
    until: datetime | None
    is_confirmed: bool
    may_confirm: bool


def role_view(actor: Actor, row: RoleHeld, places: Mapping[UUID, str]) -> RoleView:
    is_confirmed = row.confirmed_at is not None
    others = actor.account_id not in (row.account_id, row.created_by)
    may_confirm = (
        not is_confirmed and others and policy.decide(actor, "access:role:confirm", policy.subject_of(row)).allowed
    )
    office = places.get(row.office_id, "")
    return RoleView(
        row.id, Role(row.role), row.office_id, office, row.starts_at, row.ends_at, is_confirmed, may_confirm
    )


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A role that was given and does not count yet."""

    id: UUID
    account_id: UUID
    name: str
    role: Role
    office: str
    may_confirm: bool


def unconfirmed_roles(actor: Actor) -> list[Unconfirmed]:
    """Roles that wait to be confirmed, of whom the actor may see. Cost: four queries at most."""
    visible = policy.visible(actor, "access:account:see", RoleHeld.objects.filter(live(), confirmed_at=None))
    rows = list(visible.order_by("starts_at", "id"))
    if not rows:
        return []
    names = names_of(row.account_id for row in rows)
    places = dict(Office.objects.values_list("id", "name"))
    views = [(row, role_view(actor, row, places)) for row in rows]
    return [
        Unconfirmed(row.id, row.account_id, names.get(row.account_id, ""), view.role, view.office, view.may_confirm)
        for row, view in views
    ]


def overseers_of(office_id: UUID) -> frozenset[UUID]:
    """Who watches what a system keeper does to an office's accounts: its supervisors, and data protection."""
    rows = RoleHeld.objects.filter(live_roles()).filter(
        Q(role=Role.PROTECTION) | Q(role=Role.SUPERVISOR, office_id=office_id)
    )
    return frozenset(rows.values_list("account_id", flat=True))


def holders_of(role: Role) -> frozenset[UUID]:
    """Who holds a role now, in any office. Cost: one query."""
    return frozenset(RoleHeld.objects.filter(live_roles(), role=role).values_list("account_id", flat=True))


def somebody_can_confirm() -> bool:
    """Whether anybody's account is open who may confirm a role. Cost: two queries."""
    confirming = (Role.SUPERVISOR, Role.DIRECTOR, Role.PROTECTION)
    held = RoleHeld.objects.filter(live_roles(), role__in=confirming).values("account_id")
    return Account.objects.filter(pk__in=held, disabled_at=None).exists()


def roles_of(account_id: UUID, among: Collection[Role]) -> tuple[Role, ...]:
    """Which of some roles somebody with an open account holds now, in any office. Cost: two queries."""
    if not Account.objects.filter(pk=account_id, is_active=True).exists():
        return ()
    rows = RoleHeld.objects.filter(live_roles(), account_id=account_id, role__in=among)
    return tuple(dict.fromkeys(Role(role) for role in rows.order_by("starts_at", "id").values_list("role", flat=True)))


def holds_role(account_id: UUID, role: Role, office_id: UUID) -> bool:
    """Whether somebody with an open account holds a role in an office now. Cost: two queries."""
    rows = RoleHeld.objects.filter(live_roles(), account_id=account_id, role=role, office_id=office_id)
    return rows.exists() and Account.objects.filter(pk=account_id, is_active=True).exists()
