"""Colleagues: their names, their accounts, and whom the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import translation

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.models import Account, Office, RoleHeld
from amparo.access.queries.roles import RoleView, live, live_roles, role_view
from amparo.access.words import ROLE_LABELS
from amparo.kernel import clock
from amparo.kernel.text import listed
from amparo.kernel.words import Role
from amparo.vault import sealing
from amparo.vault.prepared import MOMENT, Prepared


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
        return listed((str(ROLE_LABELS[role]) for role in self.roles), translation.get_language())


def colleagues(
    actor: Actor, *, roles: Sequence[Role] = (), office_id: UUID | None = None, active_only: bool = True
) -> list[Colleague]:
    """Colleagues by name, optionally those who hold one of some roles, or of one office. Cost: five queries."""
    rows = policy.visible(actor, "access:account:see", Account.objects.all())
    if active_only:
        rows = rows.filter(is_active=True)
    return _colleagues(rows, roles, office_id)


_HELD = Prepared(lambda now: RoleHeld.objects.filter(live_roles(now)).order_by("starts_at"), MOMENT)
_PLACES = Prepared(lambda: Office.objects.values_list("id", "name"))


def _colleagues(rows: Iterable[Account], roles: Sequence[Role], office_id: UUID | None) -> list[Colleague]:
    held: dict[UUID, list[RoleHeld]] = {}
    for row in _HELD.rows(clock.now()):
        held.setdefault(row.account_id, []).append(row)
    accounts = [a for a in rows if _matches(held.get(a.id, []), roles, office_id)]
    places = dict(_PLACES.rows())
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


@dataclass(frozen=True, slots=True)
class AccountView:
    """A colleague's account. The sign-in name and contact are empty for who may not change accounts."""

    id: UUID
    name: str
    office_id: UUID
    office: str
    roles: tuple[RoleView, ...]
    is_active: bool
    invited_until: datetime | None
    disabled_at: datetime | None
    version: int
    login_name: str
    contact: str


def account(actor: Actor, account_id: UUID) -> AccountView:
    """One colleague. Raises NotFound. Cost: four queries and the keys."""
    row = policy.load(actor, "access:account:see", Account, account_id)
    may_change = policy.decide(actor, "access:account:change", policy.subject_of(row)).allowed
    columns = ("name", "login_name", "contact") if may_change else ("name",)
    words = sealing.open_row(row, *columns)
    places = dict(Office.objects.values_list("id", "name"))
    held = RoleHeld.objects.filter(live(), account_id=row.id).order_by("starts_at", "id")
    return AccountView(
        id=row.id,
        name=words.text("name"),
        office_id=row.office_id,
        office=places.get(row.office_id, ""),
        roles=tuple(role_view(actor, one, places) for one in held),
        is_active=row.is_active,
        invited_until=row.invited_until if row.invitation else None,
        disabled_at=row.disabled_at,
        version=row.version,
        login_name=words.text("login_name"),
        contact=words.text("contact"),
    )


def office_of_open_account(account_id: UUID) -> UUID | None:
    """The office of an account that is open; None where there is none."""
    return Account.objects.filter(pk=account_id, is_active=True).values_list("office_id", flat=True).first()


def cast() -> list[Colleague]:
    """Everybody with an open account and a role, for the demonstration's sign-in page; the caller checks that."""
    return _colleagues(Account.objects.filter(is_active=True), (), None)
