"""Who is on the team of a case, and who is walled off from it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from amparo.access import policy, queries, rules
from amparo.access.actors import Actor
from amparo.access.commands.acting import AnyActor, may
from amparo.access.commands.conflicts import bar_off, lift, settle_lifted
from amparo.access.errors import BarLifted, Barred, NothingToHandOver, NotOnTeam
from amparo.access.models import Bar, CaseGrant, Tie
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb
from amparo.ledger.writing import command


@command
def give_grant(
    *,
    actor: AnyActor,
    case_id: UUID,
    office_id: UUID,
    account_id: UUID,
    role: Role,
    reason: str = "",
    until_on: date | None = None,
) -> UUID:
    """Put somebody on a case's team in one of their roles, to the end of a day if one is named.

    Again changes nothing, unless another last day is named: then the place ends, and one with that day begins.
    **Needs** access:grant:give. **Ledger** grant.given, grant.ended. Raises Barred, LastDayRefused.
    """
    may(actor, "access:grant:give", Subject(office=office_id, cases=frozenset([case_id])))
    until = _end_of(role, until_on)
    found = _live_grant(case_id, account_id, role)
    if found is not None and until_on is not None and found.ends_at != until:
        _end_grant(found.id)
    return place_on_team(case_id, office_id, account_id, role, reason, until)


def place_on_team(
    case_id: UUID, office_id: UUID, account_id: UUID, role: Role, reason: str, until: datetime | None
) -> UUID:
    """Make a grant inside a command that has already asked the policy for its own act.

    Without `until` a role from outside has an end all the same: see `rules.last_day`.
    """
    refuse_barred(account_id, case_id)
    found = _live_grant(case_id, account_id, role)
    if found is not None:
        return found.id
    until = until or _end_of(role, None)
    grant = CaseGrant(
        case_id=case_id, office_id=office_id, account_id=account_id, role=role, starts_at=clock.now(), ends_at=until
    )
    writing.insert(grant, reason=reason)
    facts = {"account": account_id, "role": role, "until": clock.last_day_before(until) if until else None}
    writing.note(Verb.GRANT_GIVEN, subject=grant.id, case=case_id, office=office_id, facts=facts)
    return grant.id


def _end_of(role: Role, asked: date | None) -> datetime | None:
    last = rules.last_day(role, asked, clock.today())
    return clock.end_of(last) if last else None


def _live_grant(case_id: UUID, account_id: UUID, role: Role) -> CaseGrant | None:
    of_role = CaseGrant.objects.filter(case_id=case_id, account_id=account_id, role=role)
    return of_role.exclude(ends_at__lte=clock.now()).first()


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
    may(actor, "access:grant:give", Subject(office=office_id, cases=frozenset([case_id])))
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
    return bar_off(account_id, office_id, case_id, person_id, reason).id


@command
def lift_bar(*, actor: Actor, bar_id: UUID, reason: str) -> UUID:
    """End a bar; grants that it beat count again, and what was asked about it is answered.

    **Needs** access:bar:set. **Ledger** bar.lifted, interest.decided. Raises BarLifted.
    """
    bar = policy.load(actor, "access:bar:set", Bar, bar_id)
    if bar.lifted_at is not None:
        raise BarLifted
    lift(bar, reason)
    settle_lifted(actor, bar.id, reason)
    return bar.id
