"""Accounts: invited, activated, reset, closed, changed."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from amparo.access import policy
from amparo.access.actors import Actor, SystemActor
from amparo.access.commands.acting import AnyActor, may
from amparo.access.commands.conflicts import drop_own_details
from amparo.access.commands.roles import keep_a_keeper, new_role, tell_overseers
from amparo.access.commands.sign_ins import close_sign_ins
from amparo.access.errors import InvitationSpent, LoginTaken, OwnAccount
from amparo.access.models import Account
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.kernel.text import fold
from amparo.kernel.words import Role
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault import tokens

INVITATION_DAYS = 7


def login_token(login_name: str) -> str:
    """The blind token by which a sign-in name is looked up; capitals and accents do not matter."""
    return tokens.long_token("access.account.login", fold(login_name))


@command
def invite(
    *,
    actor: AnyActor,
    office_id: UUID,
    name: str,
    login_name: str,
    role: Role,
    contact: str = "",
    secret: str,
) -> UUID:
    """Make an account that its owner activates with `secret`, which is kept only as a hash.

    The role counts at once or after its confirmation, as with `give_role`.
    **Needs** access:account:invite. **Ledger** account.invited, role.given. Raises LoginTaken.
    """
    may(actor, "access:account:invite", Subject(office=office_id))
    account = Account(
        office_id=office_id,
        login=login_token(login_name),
        password=make_password(None),
        invitation=_invitation_hash(secret),
        invited_until=clock.now() + timedelta(days=INVITATION_DAYS),
    )
    try:
        with transaction.atomic():
            writing.insert(account, name=name, login_name=login_name, contact=contact)
    except IntegrityError as error:
        raise LoginTaken(field="login_name") from error
    writing.note(Verb.ACCOUNT_INVITED, subject=account.id, office=office_id, facts={"role": role})
    new_role(actor, account, role, office_id, None)
    return account.id


def _invitation_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@command
def activate(*, actor: SystemActor, secret: str, password: str | None) -> UUID:
    """Choose the first password with an invitation. **Ledger** account.activated. Raises InvitationSpent.

    Args:
        password: None where no password is ever to open the account, as in the demonstration.
    """
    now = clock.now()
    account = Account.objects.filter(invitation=_invitation_hash(secret), invited_until__gt=now).first()
    if account is None or account.disabled_at is not None:
        raise InvitationSpent
    writing.update(account, password=make_password(password), is_active=True, invitation="", invited_until=None)
    writing.note(Verb.ACCOUNT_ACTIVATED, subject=account.id, office=account.office_id)
    return account.id


@command
def change_password(*, actor: Actor, password: str) -> UUID:
    """Change one's own password; ends one's other sign-ins. **Ledger** account.password_changed."""
    account = Account.objects.get(pk=actor.account_id)
    writing.update(account, password=make_password(password))
    writing.note(Verb.ACCOUNT_PASSWORD_CHANGED, subject=account.id, office=account.office_id)
    close_sign_ins(account.id, keep=actor.sign_in_id)
    return account.id


@command
def reset_sign_in(*, actor: Actor, account_id: UUID, secret: str) -> UUID:
    """Let somebody who lost their password or second step start again with a new invitation.

    **Needs** access:account:change. **Ledger** account.reset. Raises OwnAccount.
    """
    account = policy.load(actor, "access:account:change", Account, account_id)
    if account.id == actor.account_id:
        raise OwnAccount
    until = clock.now() + timedelta(days=INVITATION_DAYS)
    writing.update(
        account,
        password=make_password(None),
        is_active=False,
        invitation=_invitation_hash(secret),
        invited_until=until,
    )
    writing.note(Verb.ACCOUNT_RESET, subject=account.id, office=account.office_id)
    tell_overseers(actor, account.office_id, "sign_in_reset")
    close_sign_ins(account.id)
    return account.id


@command
def disable(*, actor: Actor, account_id: UUID) -> UUID:
    """Close an account and end its sign-ins at once; what she gave for conflict checks goes with it.

    **Needs** access:account:change. **Ledger** account.disabled. Raises OwnAccount, LastKeeper.
    """
    account = policy.load(actor, "access:account:change", Account, account_id)
    if account.id == actor.account_id:
        raise OwnAccount
    keep_a_keeper(account.id)
    writing.update(account, is_active=False, disabled_at=clock.now(), invitation="", invited_until=None)
    drop_own_details(account.id)
    writing.note(Verb.ACCOUNT_DISABLED, subject=account.id, office=account.office_id)
    close_sign_ins(account.id)
    return account.id


@command
def enable(*, actor: Actor, account_id: UUID) -> UUID:
    """Open a closed account again. **Needs** access:account:change. **Ledger** account.enabled."""
    account = policy.load(actor, "access:account:change", Account, account_id)
    writing.update(account, is_active=True, disabled_at=None)
    writing.note(Verb.ACCOUNT_ENABLED, subject=account.id, office=account.office_id)
    return account.id


@command
def change_own_page(*, actor: Actor, language: str, theme: str, mail_notices: bool) -> UUID:
    """How Amparo looks and writes to oneself. **Ledger** account.changed."""
    account = Account.objects.get(pk=actor.account_id)
    fresh: dict[str, Any] = {"language": language, "theme": theme, "mail_notices": mail_notices}
    fields = [name for name, value in fresh.items() if getattr(account, name) != value]
    writing.update(account, **fresh)
    writing.note(Verb.ACCOUNT_CHANGED, subject=account.id, office=account.office_id, facts={"fields": fields})
    return account.id


@command
def change_account(*, actor: Actor, account_id: UUID, expected: int, name: str, contact: str) -> UUID:
    """Change a colleague's name or contact. **Needs** access:account:change. **Ledger** account.changed."""
    account = policy.load(actor, "access:account:change", Account, account_id)
    writing.update(account, expected=expected, name=name, contact=contact)
    facts = {"fields": ["name", "contact"]}
    writing.note(Verb.ACCOUNT_CHANGED, subject=account.id, office=account.office_id, facts=facts)
    return account.id
