"""Writes that go through several rooms at once."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from amparo.access import commands as access
from amparo.access.actors import SystemActor
from amparo.kernel.words import Role
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault import rotating


@command
def set_up(
    *,
    actor: SystemActor,
    demo: bool,
    name: str,
    login_name: str,
    office: str,
    district: str,
    secret: str,
    time_zone: str,
    calling_code: str,
) -> UUID:
    """Begin the ledger, add the first office and invite its system keeper. Returns the keeper's account.

    **Ledger** instance.created, office.added, account.invited, role.given.
    """
    writing.note(Verb.INSTANCE_CREATED, facts={"demo": demo})
    office_id = access.add_office(
        actor=actor, name=office, district=district, time_zone=time_zone, calling_code=calling_code
    )
    return access.invite(
        actor=actor, office_id=office_id, name=name, login_name=login_name, role=Role.SYSTEM, secret=secret
    )


def rotate_office_key(
    *, actor: SystemActor, office_id: UUID, progress: Callable[[int], None] = lambda done: None
) -> int:
    """Renew an office's key while people work. Returns how many data keys were wrapped anew.

    Killed on the way, nothing is lost: the old key stays good for what still hangs on it, and the next
    run begins a further generation and takes everything along. **Ledger** key.rotated.
    """
    _begin_rotation(actor=actor, office_id=office_id)
    done = 0
    while count := rotating.carry_on(office_id):
        done += count
        progress(done)
    return done


@command
def _begin_rotation(*, actor: SystemActor, office_id: UUID) -> None:
    generation = rotating.start(office_id)
    facts = {"generation": generation}
    writing.note(Verb.KEY_ROTATED, subject=office_id, office=office_id, facts=facts)


@command
def renew_root_key(*, actor: SystemActor) -> None:
    """Wrap all office keys under the root key that is to come; the keyring holds both. **Ledger** root_key.renewed."""
    writing.note(Verb.ROOT_KEY_RENEWED, facts={"keys": rotating.wrap_under_coming_root()})


@command
def note_new_passphrase(*, actor: SystemActor) -> None:
    """Record that the passphrase is renewed, before it is: one that is interrupted is on record too.

    **Ledger** passphrase.renewed.
    """
    writing.note(Verb.PASSPHRASE_RENEWED)
