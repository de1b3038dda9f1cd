"""A suspect's dated status."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases.words import PartyRole
from amparo.investigations import queries, rules
from amparo.investigations.commands.around import SUSPECT_CHANGE, SUSPECT_SEE, has_part, is_flagged, open_case
from amparo.investigations.errors import AlreadyRecorded
from amparo.investigations.models import SuspectStatus
from amparo.investigations.rules import StatusEvent
from amparo.investigations.words import Source, Status, WithdrawReason
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def record_status(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    status: Status,
    happened: PartialDate,
    source: Source,
    conditions: str = "",
    remark: str = "",
) -> UUID:
    """Write down a dated event in a suspect's status. **Needs** investigations:suspect:change.

    A day before every known incident is kept and flagged. **Ledger** suspect.status.
    Raises OnlyByVerdict, AfterDeath, InFuture, NotOfThisCase, AlreadyRecorded.
    """
    return _status(actor, case_id, person_id, status, happened, source, None, conditions, remark)


@command
def record_status_by_verdict(
    *, actor: Actor, case_id: UUID, person_id: UUID, status: Status, on: date, verdict_id: UUID
) -> UUID:
    """Let a suspect's status follow from a verdict: the only way to be convicted or acquitted.

    **Needs** investigations:suspect:change. **Ledger** suspect.status.
    """
    return _status(actor, case_id, person_id, status, PartialDate.on(on), Source.VERDICT, verdict_id, "", "")


def _status(
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    status: Status,
    happened: PartialDate,
    source: Source,
    verdict_id: UUID | None,
    conditions: str,
    remark: str,
) -> UUID:
    head = open_case(actor, SUSPECT_CHANGE, case_id, Compartment.SUSPECT)
    has_part(actor, head.id, person_id, PartyRole.SUSPECT)
    rules.refuse_unfounded(status, source, verdict_id)
    rules.refuse_future(happened, queries.today())
    known = queries.events_of(head.id).get(person_id, [])
    event = StatusEvent(status, happened)
    rules.refuse_after_death(event, known)
    if verdict_id is None and event in known:
        raise AlreadyRecorded
    row = SuspectStatus(
        case_id=head.id,
        office_id=head.office_id,
        person_id=person_id,
        status=status,
        happened=happened.isoformat(),
        first_on=happened.earliest(),
        source=source,
        flagged=is_flagged(actor, head, happened),
        verdict_id=verdict_id,
    )
    writing.insert(row, conditions=conditions, remark=remark)
    facts = {"person": person_id, "status": status}
    writing.note(Verb.SUSPECT_STATUS, subject=row.id, case=head.id, office=head.office_id, facts=facts)
    return row.id


@command
def withdraw_status(*, actor: Actor, status_id: UUID, reason: WithdrawReason) -> UUID:
    """Take a status that was entered by mistake out of how a suspect stands and of every count; it stays readable.

    **Needs** investigations:suspect:change. **Ledger** suspect.status_withdrawn.
    Raises CaseIsClosed, FollowsFromVerdict, StatusWithdrawn.
    """
    row = policy.load(actor, SUSPECT_CHANGE, SuspectStatus, status_id, seen_by=SUSPECT_SEE)
    open_case(actor, SUSPECT_CHANGE, row.case_id, Compartment.SUSPECT)
    rules.refuse_withdrawing(row.verdict_id, row.withdraw_reason)
    _withdraw(row, reason)
    return row.id


def _withdraw(row: SuspectStatus, reason: WithdrawReason) -> None:
    writing.update(row, withdraw_reason=reason)
    facts = {"person": row.person_id, "status": row.status, "reason": reason}
    writing.note(Verb.SUSPECT_STATUS_WITHDRAWN, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)


@command
def withdraw_statuses_of_verdict(*, actor: Actor, case_id: UUID, verdict_id: UUID) -> None:
    """Let what followed from a verdict go with the verdict, which was entered by mistake.

    **Needs** investigations:suspect:change. **Ledger** suspect.status_withdrawn. Raises CaseIsClosed.
    """
    head = open_case(actor, SUSPECT_CHANGE, case_id, Compartment.SUSPECT)
    for row in SuspectStatus.objects.filter(case_id=head.id, verdict_id=verdict_id, withdraw_reason=""):
        _withdraw(row, WithdrawReason.MISTAKEN)
