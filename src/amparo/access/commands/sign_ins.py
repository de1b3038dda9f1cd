"""Sign-ins, and what was read and refused in them."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.models import Account, Reading, RefusedAttempt, SignIn
from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def start_sign_in(*, actor: Actor, device: str, method: str) -> UUID:
    """Keep that somebody signed in. **Ledger** signed_in."""
    now = clock.now()
    row = SignIn(
        id=ids.new_id(),
        account_id=actor.account_id,
        device=device,
        started_at=now,
        seen_at=now,
    )
    row.save(force_insert=True)
    writing.note(Verb.SIGNED_IN, subject=actor.account_id, office=actor.office_id, facts={"method": method})
    return row.id


def see_sign_in(sign_in_id: UUID) -> None:
    """Note that a sign-in is in use; not an act, so not in the ledger."""
    SignIn.objects.filter(pk=sign_in_id).update(seen_at=clock.now())


@command
def end_own_sign_in(*, actor: Actor, sign_in_id: UUID) -> UUID:
    """Sign out, here or on another device. **Ledger** signed_out. Raises NotFound."""
    ended = SignIn.objects.filter(pk=sign_in_id, account_id=actor.account_id, ended_at=None)
    if not ended.update(ended_at=clock.now()):
        raise NotFound
    writing.note(Verb.SIGNED_OUT, subject=actor.account_id, office=actor.office_id)
    return sign_in_id


@command
def enter_court_mode(*, actor: Actor) -> UUID | None:
    """Show others nothing in this sign-in that names or tells of anybody. **Ledger** court_mode.entered."""
    if _sign_in(actor).filter(court_at=None).update(court_at=clock.now()):
        writing.note(Verb.COURT_MODE_ENTERED, subject=actor.account_id, office=actor.office_id)
    return actor.sign_in_id


@command
def leave_court_mode(*, actor: Actor) -> UUID | None:
    """See again in this sign-in what one's roles see. **Ledger** court_mode.left."""
    if _sign_in(actor).filter(court_at__isnull=False).update(court_at=None):
        writing.note(Verb.COURT_MODE_LEFT, subject=actor.account_id, office=actor.office_id)
    return actor.sign_in_id


def _sign_in(actor: Actor) -> QuerySet[SignIn]:
    """The sign-in in which somebody acts; nothing for who acts without one."""
    return SignIn.objects.filter(pk__in=[actor.sign_in_id] if actor.sign_in_id else [], account_id=actor.account_id)


@command
def end_sign_ins(*, actor: Actor, account_id: UUID) -> UUID:
    """End all of a colleague's sign-ins. **Needs** access:session:end. **Ledger** sessions.ended."""
    account = policy.load(actor, "access:session:end", Account, account_id)
    close_sign_ins(account.id)
    return account.id


def close_sign_ins(account_id: UUID, keep: UUID | None = None) -> None:
    """End somebody\'s sign-ins, all or all but one, inside the command that asks for it. **Ledger** sessions.ended."""
    live = SignIn.objects.filter(account_id=account_id, ended_at=None)
    if keep is not None:
        live = live.exclude(pk=keep)
    ended = live.update(ended_at=clock.now())
    writing.note(Verb.SESSIONS_ENDED, subject=account_id, facts={"count": ended})


@command
def record_readings(*, actor: Actor, readings: frozenset[tuple[UUID, Compartment]]) -> None:
    """Keep which guarded parts of which cases were opened; once for each sign-in.

    Of an operation plan the operation stands in the place of the case. **Ledger** compartment.read, operation.read.
    """
    if actor.sign_in_id is None:
        return
    kept = Reading.objects.filter(sign_in_id=actor.sign_in_id, case_id__in=[case for case, _ in readings])
    known = {(case, Compartment(name)) for case, name in kept.values_list("case_id", "compartment")}
    for case, compartment in sorted(readings - known):
        row = Reading(sign_in_id=actor.sign_in_id, case_id=case, compartment=compartment, at=clock.now())
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:  # Two pages at once: the other one has written it down.
            continue
        if compartment is Compartment.OPERATION:
            # Read by its own people: the entry names no case, so that it tells nobody else that there is one.
            writing.note(Verb.OPERATION_READ, subject=case, office=actor.office_id)
            continue
        facts = {"compartment": compartment}
        writing.note(Verb.COMPARTMENT_READ, subject=case, case=case, office=actor.office_id, facts=facts)


@command
def record_refusal(*, actor: Actor, permission: str) -> None:
    """Keep a refused attempt: one ledger entry for a person, a permission and a minute; repeats only count up.

    The page answers alike whether the thing is hidden or missing, and so does the ledger.
    **Ledger** attempt.refused.
    """
    minute = clock.now().replace(second=0, microsecond=0)
    row, is_new = RefusedAttempt.objects.get_or_create(
        account_id=actor.account_id, permission=permission, minute=minute
    )
    if not is_new:
        RefusedAttempt.objects.filter(pk=row.pk).update(count=F("count") + 1)
        return
    facts = {"permission": permission.replace(" ", "_") or "unknown", "count": 1}
    writing.note(Verb.ATTEMPT_REFUSED, subject=actor.account_id, office=actor.office_id, facts=facts)
