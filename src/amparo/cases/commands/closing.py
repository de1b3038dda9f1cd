"""Closing a case, and opening it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from amparo.access import commands as access
from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import rules
from amparo.cases.commands.around import case_for
from amparo.cases.errors import (
    ClosingAsked,
    ClosingNotReady,
    NothingAsked,
    OwnRequest,
)
from amparo.cases.models import (
    Case,
    Closing,
)
from amparo.cases.rules import Check
from amparo.cases.words import (
    CaseState,
)
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def ask_to_close(
    *, actor: Actor, case_id: UUID, reason: str, remark: str, retain_until: date, checks: Sequence[Check]
) -> UUID:
    """Ask somebody else to approve closing; every point of the checklist has to be met.

    **Needs** cases:closing:request. **Ledger** closing.requested. Raises ClosingNotReady.
    """
    case = case_for(actor, "cases:closing:request", case_id)
    if case.state != CaseState.OPEN:
        raise ClosingAsked
    missing = rules.open_points(checks)
    if missing:
        raise ClosingNotReady(open=len(missing))
    row = Closing(
        case=case,
        office_id=case.office_id,
        reason=reason,
        asked_by=actor.account_id,
        retain_until=retain_until,
    )
    writing.insert(row, remark=remark)
    writing.update(case, state=CaseState.CLOSING)
    writing.note(Verb.CLOSING_REQUESTED, subject=row.id, case=case.id, office=case.office_id, facts={"reason": reason})
    return row.id


def _asked(case: Case, actor: Actor) -> Closing:
    row = Closing.objects.filter(case=case, state="asked").order_by("-created_at").first()
    if row is None or case.state != CaseState.CLOSING:
        raise NothingAsked
    if row.asked_by == actor.account_id:
        raise OwnRequest
    return row


@command
def approve_closing(*, actor: Actor, case_id: UUID, answer: str = "", checks: Sequence[Check]) -> UUID:
    """Close a case that somebody else asked to close. **Needs** cases:closing:approve. **Ledger** closing.approved.

    Raises NothingAsked, OwnRequest, ClosingNotReady.
    """
    case = case_for(actor, "cases:closing:approve", case_id)
    row = _asked(case, actor)
    missing = rules.open_points(checks)
    if missing:
        raise ClosingNotReady(open=len(missing))
    now = clock.now()
    writing.update(row, state="approved", decided_by=actor.account_id, decided_at=now, answer=answer)
    writing.update(
        case, state=CaseState.CLOSED, closed_at=now, closure_reason=row.reason, retain_until=row.retain_until
    )
    facts = {"reason": row.reason}
    writing.note(Verb.CLOSING_APPROVED, subject=row.id, case=case.id, office=case.office_id, facts=facts)
    access.notify(actor, row.asked_by, "closing_approved", case.id)
    return case.id


@command
def decline_closing(*, actor: Actor, case_id: UUID, answer: str) -> UUID:
    """Leave a case open, and say why. **Needs** cases:closing:approve. **Ledger** closing.declined."""
    case = case_for(actor, "cases:closing:approve", case_id)
    row = _asked(case, actor)
    writing.update(row, state="declined", decided_by=actor.account_id, decided_at=clock.now(), answer=answer)
    writing.update(case, state=CaseState.OPEN)
    writing.note(Verb.CLOSING_DECLINED, subject=row.id, case=case.id, office=case.office_id)
    access.notify(actor, row.asked_by, "closing_declined", case.id)
    return case.id


@command
def reopen_case(*, actor: Actor, case_id: UUID, reason: str) -> UUID:
    """Open a closed case again; its history stays. **Needs** cases:closing:approve. **Ledger** case.reopened."""
    case = policy.load(actor, "cases:closing:approve", Case, case_id, seen_by="cases:case:see")
    if case.state != CaseState.CLOSED:
        raise NothingAsked
    writing.update(case, state=CaseState.OPEN, closed_at=None, closure_reason="", retain_until=None)
    writing.note(Verb.CASE_REOPENED, subject=case.id, case=case.id, office=case.office_id, facts={"reason": reason})
    return case.id
