"""Roles: given, confirmed by somebody else, ended."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from amparo.access import policy, queries
from amparo.access.actors import Actor, SystemActor
from amparo.access.commands.acting import AnyActor, may
from amparo.access.commands.comparing import compare
from amparo.access.commands.notices import notify
from amparo.access.errors import AlreadyConfirmed, ConfirmedByAnother, LastKeeper, OwnAccount, RoleEnded
from amparo.access.models import Account, RoleHeld
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Role
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command

# Roles that show no casework, nor let anybody confirm a role that does.
_WITHOUT_CONFIRMATION = frozenset({Role.SYSTEM, Role.ANALYST, Role.TRAINER, Role.OUTSIDER})


def _compare(actor: AnyActor, held: RoleHeld) -> None:
    """Whose office somebody supervises, to those she comes near from now on."""
    if held.role == Role.SUPERVISOR and held.confirmed_at is not None:
        compare(actor, held.account_id)


def keep_a_keeper(leaving: UUID) -> None:
    """Raise LastKeeper where nobody else who is active keeps the system."""
    now = clock.now()
    keepers = RoleHeld.objects.filter(role=Role.SYSTEM, starts_at__lte=now).exclude(ends_at__lte=now)
    if connection.vendor == "postgresql":
        # Two keepers who close each other at once wait for each other here, and the second sees what the first did.
        keepers = keepers.order_by("id").select_for_update()
    ids_of = {keeper.account_id for keeper in keepers}
    active = set(Account.objects.filter(pk__in=ids_of, is_active=True).values_list("pk", flat=True))
    if leaving in active and len(active) == 1:
        raise LastKeeper


def new_role(actor: AnyActor, account: Account, role: Role, office_id: UUID, until: datetime | None) -> RoleHeld:
    """Give a role inside a command that has asked the policy; it counts at once or waits for its confirmation."""
    held = RoleHeld(account_id=account.id, office_id=office_id, role=role, starts_at=clock.now(), ends_at=until)
    if _counts_at_once(actor, role):
        held.confirmed_by, held.confirmed_at = actor.account_id, held.starts_at
    writing.insert(held)
    facts = {"role": role, "until": until.date() if until else None}
    writing.note(Verb.ROLE_GIVEN, subject=account.id, office=office_id, facts=facts)
    tell_overseers(actor, office_id, "role_given" if held.confirmed_at else "role_waits")
    _compare(actor, held)
    return held


def _counts_at_once(actor: AnyActor, role: Role) -> bool:
    """A system keeper alone lets nobody see casework, except in an organisation where nobody could confirm it."""
    if isinstance(actor, SystemActor) or role in _WITHOUT_CONFIRMATION:
        return True
    return not queries.somebody_can_confirm()


def tell_overseers(actor: AnyActor, office_id: UUID, kind: str) -> None:
    """Let those who oversee an office know what was done to an account, in the command that does it."""
    if isinstance(actor, Actor):
        for account_id in sorted(queries.overseers_of(office_id)):
            notify(actor, account_id, kind)


@command
def confirm_role(*, actor: Actor, role_id: UUID) -> UUID:
    """Let a role count that a system keeper gave; of whoever gave or holds it nobody can.

    **Needs** access:role:confirm. **Ledger** role.confirmed.
    Raises AlreadyConfirmed, RoleEnded, ConfirmedByAnother.
    """
    held = policy.load(actor, "access:role:confirm", RoleHeld, role_id, seen_by="access:account:see")
    if held.confirmed_at is not None:
        raise AlreadyConfirmed
    if held.ends_at is not None and held.ends_at <= clock.now():
        raise RoleEnded
    if actor.account_id in (held.account_id, held.created_by):
        raise ConfirmedByAnother
    writing.update(held, confirmed_by=actor.account_id, confirmed_at=clock.now())
    writing.note(Verb.ROLE_CONFIRMED, subject=held.account_id, office=held.office_id, facts={"role": held.role})
    _compare(actor, held)
    return held.account_id


@command
def give_role(*, actor: AnyActor, account_id: UUID, role: Role, office_id: UUID, until: datetime | None = None) -> UUID:
    """Give a role in an office. One that shows casework counts once somebody else has confirmed it.

    **Needs** access:account:change. **Ledger** role.given. Raises OwnAccount.
    """
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    may(actor, "access:account:change", Subject(office=office_id, own=account.id))
    if account.id == actor.account_id:
        raise OwnAccount
    return new_role(actor, account, role, office_id, until).id


@command
def end_role(*, actor: Actor, role_id: UUID) -> UUID:
    """End a role at once. **Needs** access:account:change. **Ledger** role.ended. Raises LastKeeper, RoleEnded."""
    held = policy.load(actor, "access:account:change", RoleHeld, role_id)
    if held.ends_at is not None and held.ends_at <= clock.now():
        raise RoleEnded
    if held.role == Role.SYSTEM:
        keep_a_keeper(held.account_id)
    writing.update(held, ends_at=clock.now())
    writing.note(Verb.ROLE_ENDED, subject=held.account_id, office=held.office_id, facts={"role": held.role})
    return held.account_id
