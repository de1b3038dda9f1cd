"""Closing a case: its checklist comes from every room that has something to settle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access.actors import Actor
from amparo.aftercare import queries as aftercare
from amparo.cases import commands as cases
from amparo.cases import queries
from amparo.cases.queries import CaseHead
from amparo.cases.rules import Check
from amparo.forensics import queries as forensics
from amparo.investigations import queries as investigations
from amparo.kernel import clock
from amparo.kernel.dates import years_later
from amparo.kits import queries as kits
from amparo.ledger.writing import command
from amparo.prosecution import queries as prosecution
from amparo.referrals import queries as referrals
from amparo.staff import queries as staff


@dataclass(frozen=True, slots=True)
class Checklist:
    """The points that closing needs, and whether each is met."""

    checks: tuple[Check, ...]

    @property
    def is_met(self) -> bool:
        return all(check.met for check in self.checks)


def checklist(head: CaseHead) -> Checklist:
    """What closing this case needs; the caller has loaded it through the policy."""
    from_care = [Check(check.code, check.met) for check in aftercare.closing_checks(head.id)]
    # A record that was begun could never be sealed once its case is closed. Operations are not asked: the answer
    # would tell everybody that there is one.
    sealed = Check("examinations_sealed", not forensics.has_draft(head.id))
    planned = forensics.planned_in_case(head.id)
    settled = Check("appointments_settled", planned == 0, planned)
    told = Check("interviews_sealed", not investigations.unsealed(head.id))
    safe = Check("threats_closed", not investigations.open_threats(head.id))
    ended = prosecution.ended_orders(head.id)
    orders = Check("orders_looked_at", ended == 0, ended)
    ours = (*from_care, sealed, settled, told, safe, orders)
    return Checklist((*queries.closing_checks(head), *ours, *_of_partners(head.id)))


def _of_partners(case_id: UUID) -> tuple[Check, ...]:
    """What still lies at others, or waits for them: referrals, what was released, and kits."""
    opened = {check.code: check.open for check in referrals.closing_checks(case_id)}
    opened["releases_ended"] += forensics.open_releases(case_id)
    opened["kits_settled"] = kits.waiting_in_case(case_id)
    return tuple(Check(code, count == 0, count) for code, count in opened.items())


def retention_end(reason: str, today: date) -> date:
    """Until when a case closed today is kept."""
    return years_later(today, staff.retention_years(reason))


@command
def ask_to_close(*, actor: Actor, case_id: UUID, reason: str, remark: str) -> UUID:
    """Ask somebody else to close a case. **Needs** cases:closing:request. Raises ClosingNotReady."""
    cases.hold_case(case_id)
    head = queries.case_head(actor, case_id)
    return cases.ask_to_close(
        actor=actor,
        case_id=case_id,
        reason=reason,
        remark=remark,
        retain_until=retention_end(reason, clock.today()),
        checks=checklist(head).checks,
    )


@command
def approve_closing(*, actor: Actor, case_id: UUID, answer: str) -> UUID:
    """Close a case that somebody else asked to close. **Needs** cases:closing:approve."""
    cases.hold_case(case_id)
    head = queries.case_head(actor, case_id)
    return cases.approve_closing(actor=actor, case_id=case_id, answer=answer, checks=checklist(head).checks)
