"""Writes about signing in that lie above accounts themselves: invitations in words, second steps, used codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from mnemonic import Mnemonic

from amparo.access import commands as access
from amparo.access.actors import SYSTEM_ACTOR, Actor
from amparo.access.commands import AnyActor
from amparo.kernel import clock, ids
from amparo.kernel.words import Role
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.staff import rules
from amparo.staff.models import UsedCode
from amparo.vault import tokens

# Longer than any code of an authenticator is taken, one step early or late included.
_CODE_LIFE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Invited:
    """An account, and the words with which its owner opens it; they are shown once and kept nowhere."""

    account_id: UUID
    words: str


def _new_words() -> str:
    wordlist: list[str] = Mnemonic("english").wordlist
    return rules.words_from(ids.entropy(2 * rules.CODE_WORDS), wordlist)


@command
def invite(*, actor: AnyActor, office_id: UUID, name: str, login_name: str, role: Role, contact: str = "") -> Invited:
    """Invite a colleague. **Needs** access:account:invite. **Ledger** account.invited. Raises LoginTaken."""
    words = _new_words()
    key = access.invite(
        actor=actor,
        office_id=office_id,
        name=name,
        login_name=login_name,
        role=role,
        contact=contact,
        secret=rules.normal_words(words),
    )
    return Invited(key, words)


@command
def reset_sign_in(*, actor: Actor, account_id: UUID) -> Invited:
    """Let a colleague start again: password and second step are gone, new words open the account.

    **Needs** access:account:change. **Ledger** account.reset, account.second_step_changed. Raises OwnAccount.
    """
    words = _new_words()
    access.reset_sign_in(actor=actor, account_id=account_id, secret=rules.normal_words(words))
    removed, _each = Authenticator.objects.filter(user_id=account_id).delete()
    if removed:
        writing.note(Verb.ACCOUNT_SECOND_STEP_CHANGED, subject=account_id, facts={"action": "reset"})
    return Invited(account_id, words)


def activate(*, words: str, password: str) -> UUID:
    """Open an account with the words of its invitation. **Ledger** account.activated. Raises InvitationSpent."""
    return access.activate(actor=SYSTEM_ACTOR, secret=rules.normal_words(words), password=password)


@command
def note_second_step(*, actor: Actor, action: str) -> None:
    """Keep that somebody changed their own second step. **Ledger** account.second_step_changed."""
    facts = {"action": action}
    writing.note(Verb.ACCOUNT_SECOND_STEP_CHANGED, subject=actor.account_id, office=actor.office_id, facts=facts)


def claim_code(account_id: UUID, code: str) -> bool:
    """Take a code of a second step; False where it was taken before. Shared by all processes, unlike a cache."""
    now = clock.now()
    UsedCode.objects.filter(account_id=account_id, at__lt=now - _CODE_LIFE).delete()
    row = UsedCode(account_id=account_id, code=tokens.token("staff.second_step", f"{account_id}:{code}"), at=now)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True
