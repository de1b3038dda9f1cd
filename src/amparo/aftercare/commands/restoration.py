"""Restoration as a decision, and how she is after the work has ended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.aftercare.commands.reach import CHANGE, SEE, about, live_client, not_in_future, note
from amparo.aftercare.commands.track import follow_decisions
from amparo.aftercare.errors import NoRecentAssessment, ReasonMissing, SafetyTooLow, WrongStep
from amparo.aftercare.models import Assessment, Client, FollowUp, RestorationDecision
from amparo.aftercare.queries import instruments
from amparo.aftercare.queries.days import today
from amparo.aftercare.rules import schedule, scoring
from amparo.aftercare.words import ClientKind, Decision, FollowUpState, Outcome, RatingState
from amparo.cases.commands import require_basis
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command

# After so many days on which nobody was reached a follow-up may be closed as "no contact".
LEAST_ATTEMPTS = 3


@command
def decide_restoration(
    *,
    actor: Actor,
    client_id: UUID,
    decision: Decision,
    assessment_id: UUID,
    reason: str,
    floor_reason: str = "",
) -> UUID:
    """Decide whether a client is restored, on an assessment; the case's track follows its survivors.

    `floor_reason` says why she is restored although a statement about safety is scored low.
    **Needs** aftercare:restoration:decide and a basis. **Ledger** restoration.decided, track.changed.
    Raises NoRecentAssessment, SafetyTooLow, ReasonMissing, NoBasis.
    """
    client = live_client(actor, "aftercare:restoration:decide", client_id)
    require_basis(client.case_id, client.person_id)
    if not reason:
        raise ReasonMissing(field="reason")
    assessment = _recent(actor, client, assessment_id)
    low = scoring.low_floor_items(instruments.read(assessment.instrument), instruments.answers_of([assessment])[0])
    against = bool(low) and decision is Decision.RESTORED
    if against and not floor_reason:
        raise SafetyTooLow(field="floor_reason")
    row = RestorationDecision(
        **about(client),
        decision=decision,
        assessment=assessment,
        decided_on=today(),
        against_floor=against,
    )
    writing.insert(row, reason=reason, floor_reason=floor_reason if against else "")
    note(Verb.RESTORATION_DECIDED, row, {"decision": decision})
    if client.kind == ClientKind.SURVIVOR:
        follow_decisions(actor, client.case_id)
    return row.id


def _recent(actor: Actor, client: Client, assessment_id: UUID) -> Assessment:
    """The completed assessment of this client that a decision cites. Raises NoRecentAssessment."""
    row = policy.load(actor, "aftercare:assessment:see", Assessment, assessment_id)
    own = (row.case_id, row.person_id) == (client.case_id, client.person_id)
    if (
        not own
        or row.state == RatingState.DRAFT
        or row.second_of_id is not None
        or not schedule.is_recent(row.rated_on, today())
    ):
        raise NoRecentAssessment(days=schedule.RECENT_DAYS, field="assessment_id")
    return row


# ---- follow-ups: they go on when the case is closed --------------------------------------------------------


@command
def plan_follow_ups(*, actor: Actor, client_id: UUID, closing_on: date | None = None) -> UUID:
    """Plan to look at how she is 3, 6 and 12 months after a day; days that are planned already stay.

    **Needs** aftercare:plan:change. **Ledger** followup.planned.
    """
    client = policy.load(actor, CHANGE, Client, client_id, seen_by=SEE)
    mine = FollowUp.objects.filter(case_id=client.case_id, person_id=client.person_id)
    known = set(mine.values_list("due_on", flat=True))
    for day in schedule.follow_up_days(closing_on or today()):
        if day not in known:
            row = writing.insert(FollowUp(**about(client), due_on=day))
            note(Verb.FOLLOWUP_PLANNED, row, {"due": day})
    return client.id


@command
def record_follow_up(
    *,
    actor: Actor,
    follow_up_id: UUID,
    outcome: Outcome,
    on: date,
    is_safe: bool | None = None,
    words: str = "",
) -> UUID:
    """Keep how she is, or that nobody was reached: after three such days the follow-up ends as "no contact".

    **Needs** aftercare:plan:change; words need a basis. **Ledger** followup.done. Raises NoBasis, WrongStep.
    """
    row = policy.load(actor, CHANGE, FollowUp, follow_up_id, seen_by=SEE)
    if row.state != FollowUpState.PLANNED:
        raise WrongStep
    not_in_future(on, "on")
    if words:
        require_basis(row.case_id, row.person_id)
    fresh: dict[str, object] = {"words": words} if words else {}
    if outcome is Outcome.NO_CONTACT:
        attempts = sorted({*row.attempts, on.isoformat()})
        fresh["attempts"] = attempts
        if len(attempts) >= LEAST_ATTEMPTS:
            fresh |= {"state": FollowUpState.NO_CONTACT, "outcome": outcome, "done_on": on}
    else:
        fresh |= {"state": FollowUpState.DONE, "outcome": outcome, "done_on": on, "is_safe": is_safe}
    writing.update(row, expected=None, **fresh)
    note(Verb.FOLLOWUP_DONE, row, {"outcome": outcome})
    return row.id
