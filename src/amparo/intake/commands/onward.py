"""Reports that are referred on: to whom, and what the other agency does with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from amparo.access.actors import Actor
from amparo.intake import queries, rules
from amparo.intake.commands.reports import check_partner, decide, hold, to_decide
from amparo.intake.errors import AgencyMissing, AlreadyDecided, ReportErased
from amparo.intake.models import Onward, OnwardStep, Report
from amparo.intake.words import (
    KIND_OF_PARTNER,
    ONWARD_FAILED,
    Agency,
    OnwardEvent,
    OnwardState,
    ReferralBasis,
    State,
    Told,
)
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.partners import queries as partners

ACCEPT = "intake:report:accept"


@command
def refer_on(
    *,
    actor: Actor,
    report_id: UUID,
    basis: ReferralBasis,
    told: Told,
    partner_id: UUID | None = None,
    agency: Agency | None = None,
    name: str = "",
    sent: Sequence[str] = (),
    remark: str = "",
) -> UUID:
    """Refer a report on: to whom, what was sent, on which basis, and who was told; its answer is waited for.

    One that another agency declined, or whose help she did not want, can be referred on again.
    `agency`: its kind, needed where it is not in the directory. **Needs** intake:report:accept.
    **Ledger** report.referred_on. Raises AlreadyDecided, NotAPartner, AgencyMissing.
    """
    hold(report_id)
    report = _to_refer(actor, report_id)
    check_partner(actor, partner_id)
    kind = agency or _kind_of(partner_id)
    if kind is None:
        raise AgencyMissing(field="partner_id")
    # Referred on again, the report was decided before: its own decision stands, and it is kept no longer for it.
    if report.state != State.REFERRED_ON:
        decide(actor, report, State.REFERRED_ON, reason=kind, referral_basis=basis, sent=list(sent), told=told)
    today = clock.today()
    row = Onward(
        report=report,
        office_id=report.office_id,
        agency_id=partner_id,
        kind=kind,
        basis=basis,
        sent=list(sent),
        told=told,
        since_on=today,
        answer_by=rules.answer_by(OnwardState.SENT, today, basis),
    )
    writing.insert(row, name=name, spoke_to=remark)
    facts = {"agency": kind, "partner": partner_id}
    writing.note(Verb.REPORT_REFERRED_ON, subject=report.id, office=report.office_id, facts=facts)
    return report.id


def _to_refer(actor: Actor, report_id: UUID) -> Report:
    report = queries.loaded(actor, ACCEPT, report_id)
    if report.state != State.REFERRED_ON:
        return to_decide(actor, report_id)
    if report.erased_at is not None:
        raise ReportErased
    states = Onward.objects.filter(report_id=report.id).values_list("state", flat=True)
    if any(state not in ONWARD_FAILED for state in states):
        raise AlreadyDecided
    return report


def _kind_of(partner_id: UUID | None) -> Agency | None:
    if partner_id is None:
        return None
    kinds = partners.agency_kinds([partner_id])
    return KIND_OF_PARTNER.get(kinds[partner_id], Agency.OTHER)


@command
def move_onward(*, actor: Actor, onward_id: UUID, event: OnwardEvent, on: date | None = None, words: str = "") -> UUID:
    """Keep what the other agency does with a report. **Needs** intake:report:accept. **Ledger** report.onward_moved.

    Raises NotThatStep, AnswerDayWrong. Returns the report.
    """
    row = Onward.objects.filter(pk=onward_id).first()
    if row is None:
        raise NotFound(permission=ACCEPT)
    hold(row.report_id)
    report = queries.loaded(actor, ACCEPT, row.report_id)
    if report.erased_at is not None:
        raise ReportErased
    state = rules.onward_after(OnwardState(row.state), event)
    today = clock.today()
    day = on or today
    rules.check_answer_day(day, row.since_on, today)
    by = rules.answer_by(state, day, ReferralBasis(row.basis))
    writing.update(row, expected=row.version, state=state, since_on=day, answer_by=by)
    writing.insert(OnwardStep(report=report, office_id=row.office_id, onward=row, event=event, on=day), words=words)
    facts = {"event": event, "state": state, "on": day}
    writing.note(Verb.REPORT_ONWARD_MOVED, subject=report.id, office=report.office_id, facts=facts)
    return report.id
