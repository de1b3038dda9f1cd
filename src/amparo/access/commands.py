"""Every write about accounts, roles, grants, bars and sign-ins."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction
from django.db.models import F, QuerySet

from amparo.access import mailing, policy, queries
from amparo.access.actors import Actor, SystemActor
from amparo.access.errors import (
    AlreadyConfirmed,
    Barred,
    ConfirmedByAnother,
    InvitationSpent,
    LastKeeper,
    LoginTaken,
    NothingToHandOver,
    NotOnTeam,
    OwnAccount,
    RoleEnded,
)
from amparo.access.models import (
    Account,
    Bar,
    CaseGrant,
    Notice,
    Office,
    OperationPlace,
    OperationTie,
    Reading,
    RefusedAttempt,
    RoleHeld,
    SignIn,
    Tie,
)
from amparo.access.policy import Subject
from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound
from amparo.kernel.text import fold
from amparo.kernel.words import Compartment, Role
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb
from amparo.ledger.writing import command
from amparo.vault import tokens

INVITATION_DAYS = 7
AnyActor = Actor | SystemActor


def login_token(login_name: str) -> str:
    """The blind token by which a sign-in name is looked up; capitals and accents do not matter."""
    return tokens.long_token("access.account.login", fold(login_name))


def _may(actor: AnyActor, permission: str, subject: Subject) -> None:
    if isinstance(actor, Actor):
        policy.check_new(actor, permission, subject)


# ---- offices ----------------------------------------------------------------------------------------------------


@command
def add_office(*, actor: AnyActor, name: str, district: str, time_zone: str = "UTC", calling_code: str = "1") -> UUID:
    """Add an office. **Needs** staff:office:manage. **Ledger** office.added."""
    _may(actor, "staff:office:manage", Subject())
    key = ids.new_id()
    office = Office(id=key, office_id=key, name=name, district=district, time_zone=time_zone, calling_code=calling_code)
    writing.insert(office)
    writing.note(Verb.OFFICE_ADDED, subject=key, office=key)
    return key


@command
def change_office(
    *,
    actor: Actor,
    office_id: UUID,
    expected: int,
    name: str,
    district: str,
    time_zone: str,
    calling_code: str,
) -> UUID:
    """Change an office. **Needs** staff:office:manage. **Ledger** office.changed. Raises Changed."""
    office = policy.load(actor, "staff:office:manage", Office, office_id)
    fresh = {"name": name, "district": district, "time_zone": time_zone, "calling_code": calling_code}
    fields = [field for field, value in fresh.items() if getattr(office, field) != value]
    writing.update(office, expected=expected, **fresh)
    writing.note(Verb.OFFICE_CHANGED, subject=office.id, office=office.id, facts={"fields": fields})
    return office.id


# ---- accounts ---------------------------------------------------------------------------------------------------


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
    _may(actor, "access:account:invite", Subject(office=office_id))
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
    _give_role(actor, account, role, office_id, None)
    return account.id


def _invitation_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@command
def activate(*, actor: SystemActor, secret: str, password: str) -> UUID:
    """Choose the first password with an invitation. **Ledger** account.activated. Raises InvitationSpent."""
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
    _end_sign_ins(account.id, keep=actor.sign_in_id)
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
    _tell_overseers(actor, account.office_id, "sign_in_reset")
    _end_sign_ins(account.id)
    return account.id


@command
def disable(*, actor: Actor, account_id: UUID) -> UUID:
    """Close an account and end its sign-ins at once. **Needs** access:account:change. **Ledger** account.disabled.

    Raises OwnAccount, LastKeeper.
    """
    account = policy.load(actor, "access:account:change", Account, account_id)
    if account.id == actor.account_id:
        raise OwnAccount
    _keep_a_keeper(account.id)
    writing.update(account, is_active=False, disabled_at=clock.now(), invitation="", invited_until=None)
    writing.note(Verb.ACCOUNT_DISABLED, subject=account.id, office=account.office_id)
    _end_sign_ins(account.id)
    return account.id


@command
def enable(*, actor: Actor, account_id: UUID) -> UUID:
    """Open a closed account again. **Needs** access:account:change. **Ledger** account.enabled."""
    account = policy.load(actor, "access:account:change", Account, account_id)
    writing.update(account, is_active=True, disabled_at=None)
    writing.note(Verb.ACCOUNT_ENABLED, subject=account.id, office=account.office_id)
    return account.id


def _keep_a_keeper(leaving: UUID) -> None:
    now = clock.now()
    keepers = RoleHeld.objects.filter(role=Role.SYSTEM, starts_at__lte=now).exclude(ends_at__lte=now)
    if connection.vendor == "postgresql":
        # Two keepers who close each other at once wait for each other here, and the second sees what the first did.
        keepers = keepers.order_by("id").select_for_update()
    ids_of = {keeper.account_id for keeper in keepers}
    active = set(Account.objects.filter(pk__in=ids_of, is_active=True).values_list("pk", flat=True))
    if leaving in active and len(active) == 1:
        raise LastKeeper


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


# ---- roles, grants, bars ----------------------------------------------------------------------------------------


# Roles that show no casework, nor let anybody confirm a role that does.
_WITHOUT_CONFIRMATION = frozenset({Role.SYSTEM, Role.ANALYST, Role.TRAINER, Role.OUTSIDER})


def _give_role(actor: AnyActor, account: Account, role: Role, office_id: UUID, until: datetime | None) -> RoleHeld:
    held = RoleHeld(account_id=account.id, office_id=office_id, role=role, starts_at=clock.now(), ends_at=until)
    if _counts_at_once(actor, role):
        held.confirmed_by, held.confirmed_at = actor.account_id, held.starts_at
    writing.insert(held)
    facts = {"role": role, "until": until.date() if until else None}
    writing.note(Verb.ROLE_GIVEN, subject=account.id, office=office_id, facts=facts)
    _tell_overseers(actor, office_id, "role_given" if held.confirmed_at else "role_waits")
    return held


def _counts_at_once(actor: AnyActor, role: Role) -> bool:
    """A system keeper alone lets nobody see casework, except in an organisation where nobody could confirm it."""
    if isinstance(actor, SystemActor) or role in _WITHOUT_CONFIRMATION:
        return True
    return not queries.somebody_can_confirm()


def _tell_overseers(actor: AnyActor, office_id: UUID, kind: str) -> None:
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
    return held.account_id


@command
def give_role(*, actor: AnyActor, account_id: UUID, role: Role, office_id: UUID, until: datetime | None = None) -> UUID:
    """Give a role in an office. One that shows casework counts once somebody else has confirmed it.

    **Needs** access:account:change. **Ledger** role.given. Raises OwnAccount.
    """
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    _may(actor, "access:account:change", Subject(office=office_id, own=account.id))
    if account.id == actor.account_id:
        raise OwnAccount
    return _give_role(actor, account, role, office_id, until).id


@command
def end_role(*, actor: Actor, role_id: UUID) -> UUID:
    """End a role at once. **Needs** access:account:change. **Ledger** role.ended. Raises LastKeeper, RoleEnded."""
    held = policy.load(actor, "access:account:change", RoleHeld, role_id)
    if held.ends_at is not None and held.ends_at <= clock.now():
        raise RoleEnded
    if held.role == Role.SYSTEM:
        _keep_a_keeper(held.account_id)
    writing.update(held, ends_at=clock.now())
    writing.note(Verb.ROLE_ENDED, subject=held.account_id, office=held.office_id, facts={"role": held.role})
    return held.account_id


@command
def give_grant(
    *,
    actor: AnyActor,
    case_id: UUID,
    office_id: UUID,
    account_id: UUID,
    role: Role,
    reason: str = "",
    until: datetime | None = None,
) -> UUID:
    """Put somebody on a case's team in one of their roles; again changes nothing.

    **Needs** access:grant:give. **Ledger** grant.given. Raises Barred.
    """
    _may(actor, "access:grant:give", Subject(office=office_id, cases=frozenset([case_id])))
    return place_on_team(case_id, office_id, account_id, role, reason, until)


def place_on_team(
    case_id: UUID, office_id: UUID, account_id: UUID, role: Role, reason: str, until: datetime | None
) -> UUID:
    """Make a grant inside a command that has already asked the policy for its own act."""
    refuse_barred(account_id, case_id)
    now = clock.now()
    live = CaseGrant.objects.filter(case_id=case_id, account_id=account_id, role=role).exclude(ends_at__lte=now)
    found = live.first()
    if found is not None:
        return found.id
    grant = CaseGrant(
        case_id=case_id, office_id=office_id, account_id=account_id, role=role, starts_at=now, ends_at=until
    )
    writing.insert(grant, reason=reason)
    facts = {"account": account_id, "role": role, "until": until.date() if until else None}
    writing.note(Verb.GRANT_GIVEN, subject=grant.id, case=case_id, office=office_id, facts=facts)
    return grant.id


def refuse_barred(account_id: UUID, case_id: UUID) -> None:
    """Raise Barred where somebody is walled off from a case or from a person in it."""
    if _is_barred_from(account_id, case_id):
        raise Barred


def _is_barred_from(account_id: UUID, case_id: UUID) -> bool:
    bars = policy.live_bars(account_id)
    parties = Tie.objects.filter(case_id=case_id).values("person_id")
    return bars.filter(case_id=case_id).exists() or bars.filter(person_id__in=parties).exists()


@command
def end_grant(*, actor: AnyActor, case_id: UUID, office_id: UUID, account_id: UUID) -> UUID:
    """Take somebody off a case's team. **Needs** access:grant:give. **Ledger** grant.ended. Raises NotOnTeam."""
    _may(actor, "access:grant:give", Subject(office=office_id, cases=frozenset([case_id])))
    leave_team(case_id, account_id)
    return case_id


def leave_team(case_id: UUID, account_id: UUID) -> None:
    """End somebody's grants on a case, inside a command that has already asked the policy. Raises NotOnTeam."""
    now = clock.now()
    grants = list(CaseGrant.objects.filter(case_id=case_id, account_id=account_id).exclude(ends_at__lte=now))
    if not grants:
        raise NotOnTeam
    for grant in grants:
        writing.update(grant, ends_at=now)
    facts = {"account": account_id}
    writing.note(Verb.GRANT_ENDED, subject=grants[0].id, case=case_id, office=grants[0].office_id, facts=facts)


@command
def hand_over_caseload(*, actor: Actor, leaving_id: UUID, taking_id: UUID) -> frozenset[UUID]:
    """Pass a colleague's places on teams to another, in the same roles. Returns the cases of these teams.

    Only cases move in whose office the actor may form teams, whose role the other holds there too, and from
    which nobody is barred; the rest stays. **Needs** access:grant:give. **Ledger** grant.given, grant.ended,
    caseload.handed_over. Raises SameColleague, NothingToHandOver.
    """
    queries.check_hand_over(leaving_id, taking_id)
    moving = queries.handover_of(actor, leaving_id, taking_id).moving
    if not moving:
        raise NothingToHandOver
    for move in moving:
        place_on_team(move.case_id, move.office_id, taking_id, move.role, "", move.until)
        _end_grant(move.grant_id)
    facts: Facts = {"from": leaving_id, "to": taking_id, "count": len(moving)}
    writing.note(Verb.CASELOAD_HANDED_OVER, subject=leaving_id, office=moving[0].office_id, facts=facts)
    return frozenset(move.case_id for move in moving)


def _end_grant(grant_id: UUID) -> None:
    grant = CaseGrant.objects.get(pk=grant_id)
    writing.update(grant, ends_at=clock.now())
    facts = {"account": grant.account_id}
    writing.note(Verb.GRANT_ENDED, subject=grant.id, case=grant.case_id, office=grant.office_id, facts=facts)


@command
def set_bar(
    *,
    actor: Actor,
    account_id: UUID,
    office_id: UUID,
    case_id: UUID | None = None,
    person_id: UUID | None = None,
    reason: str,
) -> UUID:
    """Wall somebody off from a case or a person; it beats every grant. **Needs** access:bar:set. **Ledger** bar.set."""
    cases = frozenset([case_id]) if case_id else frozenset()
    policy.check_new(actor, "access:bar:set", Subject(office=office_id, cases=cases, person=person_id))
    bar = Bar(office_id=office_id, account_id=account_id, case_id=case_id, person_id=person_id)
    writing.insert(bar, reason=reason)
    writing.note(Verb.BAR_SET, subject=bar.id, case=case_id, office=office_id, facts={"account": account_id})
    return bar.id


@command
def lift_bar(*, actor: Actor, bar_id: UUID) -> UUID:
    """End a bar. **Needs** access:bar:set. **Ledger** bar.lifted."""
    bar = policy.load(actor, "access:bar:set", Bar, bar_id)
    writing.update(bar, lifted_at=clock.now())
    facts = {"account": bar.account_id}
    writing.note(Verb.BAR_LIFTED, subject=bar.id, case=bar.case_id, office=bar.office_id, facts=facts)
    return bar.id


def tie(person_id: UUID, case_id: UUID, office_id: UUID) -> None:
    """Let the policy know that a person has a part in a case.

    Called by the command that makes the party, before it notes that: the ledger keeps both together.
    """
    if Tie.objects.filter(person_id=person_id, case_id=case_id).exists():
        return
    writing.insert(Tie(person_id=person_id, case_id=case_id, office_id=office_id))


# ---- places in operations ---------------------------------------------------------------------------------------


def tie_operation(operation_id: UUID, case_id: UUID, office_id: UUID) -> None:
    """Let the policy know that an operation is about a case, inside the command that notes it.

    Raises Barred where somebody who has a place in the operation is walled off from the case.
    """
    if OperationTie.objects.filter(operation_id=operation_id, case_id=case_id).exists():
        return
    for place in _live_places(operation_id):
        refuse_barred(place.account_id, case_id)
    writing.insert(OperationTie(operation_id=operation_id, case_id=case_id, office_id=office_id))


def place_in_operation(operation_id: UUID, office_id: UUID, account_id: UUID, roles: Sequence[Role]) -> None:
    """Give somebody a place in an operation in some of their roles, inside the command that notes it.

    Raises Barred where one of its cases is closed to her.
    """
    for case_id in OperationTie.objects.filter(operation_id=operation_id).values_list("case_id", flat=True):
        refuse_barred(account_id, case_id)
    there = set(_live_places(operation_id).filter(account_id=account_id).values_list("role", flat=True))
    for role in roles:
        if role not in there:
            place = OperationPlace(
                operation_id=operation_id,
                office_id=office_id,
                account_id=account_id,
                role=role,
                starts_at=clock.now(),
            )
            writing.insert(place)


def leave_operation(operation_id: UUID, account_id: UUID) -> None:
    """End somebody's places in an operation, inside the command that notes it."""
    for place in _live_places(operation_id).filter(account_id=account_id):
        writing.update(place, ends_at=clock.now())


def _live_places(operation_id: UUID) -> QuerySet[OperationPlace]:
    return OperationPlace.objects.filter(operation_id=operation_id).exclude(ends_at__lte=clock.now())


# ---- sign-ins, readings, refusals -------------------------------------------------------------------------------


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
def end_sign_ins(*, actor: Actor, account_id: UUID) -> UUID:
    """End all of a colleague's sign-ins. **Needs** access:session:end. **Ledger** sessions.ended."""
    account = policy.load(actor, "access:session:end", Account, account_id)
    _end_sign_ins(account.id)
    return account.id


def _end_sign_ins(account_id: UUID, keep: UUID | None = None) -> None:
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


# ---- notices ----------------------------------------------------------------------------------------------------


def notify(actor: AnyActor, account_id: UUID, kind: str, case_id: UUID | None = None) -> None:
    """Let somebody know, inside the command that did it; nobody is told of her own acts.

    By e-mail as well where she asked for it: after the commit, and without any detail.
    """
    if account_id == actor.account_id:
        return
    Notice(id=ids.new_id(), account_id=account_id, kind=kind, case_id=case_id, at=clock.now()).save(force_insert=True)
    transaction.on_commit(functools.partial(mailing.tell, account_id))


def read_notices(*, actor: Actor, notice_ids: Sequence[UUID]) -> None:
    """Put away those of one's notices that were on the page; no act of casework, so not in the ledger."""
    mine = Notice.objects.filter(account_id=actor.account_id, pk__in=list(notice_ids), read_at=None)
    mine.update(read_at=clock.now())
