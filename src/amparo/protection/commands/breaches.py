"""What got out or may have: reported, assessed, decided on, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from amparo.access import commands as access
from amparo.access import policy
from amparo.access import queries as accounts
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock, ids
from amparo.kernel.codes import ENTROPY_BYTES, make_code
from amparo.kernel.words import Role
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.protection import rules
from amparo.protection.errors import OwnDecision
from amparo.protection.models import Breach
from amparo.protection.queries import CLOSE, DECIDE, REPORT, SEE
from amparo.protection.words import Risk, State, Telling
from amparo.staff import queries as staff


@command
def report_breach(
    *,
    actor: Actor,
    what: str,
    noticed_at: datetime | None = None,
    happened_on: date | None = None,
    kinds: Sequence[str] = (),
    people: int | None = None,
) -> UUID:
    """Say that something got out, or may have. Data protection is told; the time to tell the authority runs.

    **Needs** protection:breach:report. **Ledger** breach.reported. Raises NoticedAhead.
    """
    policy.check_new(actor, REPORT, Subject(office=actor.office_id))
    now = clock.now()
    noticed = noticed_at or now
    rules.check_noticed(noticed, clock.day_of(noticed), happened_on, now)
    row = Breach(
        office_id=actor.office_id,
        code=make_code("BR", ids.entropy(ENTROPY_BYTES)),
        noticed_at=noticed,
        happened_on=happened_on,
        kinds=list(kinds),
        people=people,
        reported_by=actor.account_id,
    )
    writing.insert(row, what=what)
    facts = {"noticed": clock.day_of(noticed), "kinds": list(kinds), "people": people}
    writing.note(Verb.BREACH_REPORTED, subject=row.id, office=row.office_id, facts=facts)
    for account_id in sorted(accounts.holders_of(Role.PROTECTION)):
        access.notify(actor, account_id, "breach")
    return row.id


@dataclass(frozen=True, slots=True)
class Assessment:
    """What it is about, how great the risk is, and what was done at once."""

    kinds: Sequence[str]
    risk: Risk
    people: int | None = None
    risk_words: str = field(default="", repr=False)
    done: str = field(default="", repr=False)


def _loaded(actor: Actor, permission: str, breach_id: UUID) -> Breach:
    return policy.load(actor, permission, Breach, breach_id, seen_by=SEE)


@command
def assess_breach(*, actor: Actor, breach_id: UUID, expected: int, found: Assessment) -> UUID:
    """Say how great the risk is, and what was done; again as often as more is known. A decision is made anew then.

    **Needs** protection:breach:decide. **Ledger** breach.assessed. Raises BreachClosed, Changed.
    """
    row = _loaded(actor, DECIDE, breach_id)
    rules.check_assessable(State(row.state))
    writing.update(
        row,
        expected=expected,
        state=State.ASSESSED,
        kinds=list(found.kinds),
        people=found.people,
        risk=found.risk,
        assessed_by=actor.account_id,
        assessed_at=clock.now(),
        risk_words=found.risk_words,
        done=found.done,
    )
    facts = {"risk": found.risk, "kinds": list(found.kinds), "people": found.people}
    writing.note(Verb.BREACH_ASSESSED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the authority and the people were told, and when; or why they need not be."""

    authority: Telling
    people: Telling
    authority_at: datetime | None = None
    people_on: date | None = None
    authority_reason: str = field(default="", repr=False)
    people_reason: str = field(default="", repr=False)


@command
def decide_breach(*, actor: Actor, breach_id: UUID, expected: int, decision: Decision) -> UUID:
    """Keep who was told and when, or why nobody need be. **Needs** protection:breach:decide.

    **Ledger** breach.decided. Raises BreachClosed, NotAssessed, ToldWhen, ReasonMissing, Changed.
    """
    row = _loaded(actor, DECIDE, breach_id)
    rules.check_decidable(State(row.state))
    now = clock.now()
    rules.check_authority(
        decision.authority,
        decision.authority_at,
        decision.authority_reason,
        noticed_at=row.noticed_at,
        by=rules.tell_by(row.noticed_at, staff.breach_hours()),
        now=now,
    )
    noticed_on, today = clock.day_of(row.noticed_at), clock.today()
    rules.check_people(decision.people, decision.people_on, decision.people_reason, noticed_on=noticed_on, today=today)
    told = decision.authority is Telling.TOLD
    writing.update(
        row,
        expected=expected,
        state=State.DECIDED,
        authority=decision.authority,
        authority_at=decision.authority_at if told else None,
        people_told=decision.people,
        people_on=decision.people_on if decision.people is Telling.TOLD else None,
        decided_by=actor.account_id,
        decided_at=now,
        authority_reason=decision.authority_reason,
        people_reason=decision.people_reason,
    )
    facts = {"authority": decision.authority, "people": decision.people}
    writing.note(Verb.BREACH_DECIDED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


@command
def close_breach(*, actor: Actor, breach_id: UUID, expected: int, learned: str = "") -> UUID:
    """Close it, as a second person; who reported it is told. **Needs** protection:breach:close.

    **Ledger** breach.closed. Raises BreachClosed, NotDecided, OwnDecision, Changed.
    """
    row = _loaded(actor, CLOSE, breach_id)
    rules.check_closable(State(row.state))
    if row.decided_by == actor.account_id:
        raise OwnDecision
    writing.update(
        row,
        expected=expected,
        state=State.CLOSED,
        closed_by=actor.account_id,
        closed_at=clock.now(),
        learned=learned,
    )
    writing.note(Verb.BREACH_CLOSED, subject=row.id, office=row.office_id)
    access.notify(actor, row.reported_by, "breach_closed")
    return row.id
