"""What strangers send through the reporting site, and the conversation that follows."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.intake import queries
from amparo.intake.commands.reports import Tellers, Telling, held, hold, insert_file, insert_report
from amparo.intake.errors import NotAnswerable, NothingSaid
from amparo.intake.models import Message, Report
from amparo.intake.words import State
from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def receive_report(
    *, actor: Actor, report_id: UUID, telling: Telling, tellers: Tellers, files: Sequence[UUID] = ()
) -> UUID:
    """Take what a stranger sent, files and all, in one act: all of it is kept, or none.

    `report_id` was drawn when the stranger began, and its files are sealed under it.
    **Needs** intake:report:take, through the reporting site's door. **Ledger** report.taken, person.added,
    duplicates.checked, report.file_added. Raises UploadGone.
    """
    policy.check_new(actor, "intake:report:take", Subject(office=actor.office_id))
    report = insert_report(actor, actor.office_id, telling, tellers, report_id)
    for file in files:
        insert_file(actor, report, file)
    return report.id


def _of_stranger(actor: Actor, report_id: UUID) -> Report:
    """The report of a stranger who has shown her code. Its office is found from it, and must be the door's.

    One that was erased meanwhile is gone for her too: words sealed after it would be erased by nobody.
    """
    hold(report_id)
    row = Report.objects.filter(pk=report_id, erased_at=None).first()
    if row is None:
        raise NotFound
    policy.check(actor, "intake:message:send", row)
    return row


@command
def confirm_code(*, actor: Actor, report_id: UUID) -> UUID:
    """Keep that who reported can come back. **Needs** intake:message:send. **Ledger** report.code_confirmed."""
    report = _of_stranger(actor, report_id)
    if not report.answerable:
        writing.update(report, answerable=True)
        writing.note(Verb.REPORT_CODE_CONFIRMED, subject=report.id, case=report.case_id, office=report.office_id)
    return report.id


@command
def receive_message(*, actor: Actor, report_id: UUID, text: str, files: Sequence[UUID] = ()) -> UUID:
    """Take what who reported writes or sends later; whoever works on it now is the one who sees it.

    **Needs** intake:message:send. **Ledger** report.message_received, report.file_added.
    Raises NothingSaid, UploadGone.
    """
    report = _of_stranger(actor, report_id)
    if not text and not files:
        raise NothingSaid(field="text")
    message = writing.insert(_message(report, from_reporter=True), text=text)
    facts = {"files": len(files)}
    writing.note(
        Verb.REPORT_MESSAGE_RECEIVED, subject=report.id, case=report.case_id, office=report.office_id, facts=facts
    )
    for file in files:
        insert_file(actor, report, file, message.id)
    return message.id


def _message(report: Report, *, from_reporter: bool) -> Message:
    return Message(
        id=ids.new_id(),
        report=report,
        office_id=report.office_id,
        case_id=report.case_id,
        handed_at=report.handed_at,
        from_reporter=from_reporter,
    )


@command
def mark_answers_read(*, actor: Actor, report_id: UUID) -> UUID:
    """Keep that who reported has our answers before her eyes. **Needs** intake:message:send.

    **Ledger** report.messages_read, where there was something new.
    """
    _mark(_of_stranger(actor, report_id), from_reporter=False, by="reporter")
    return report_id


def _mark(report: Report, *, from_reporter: bool, by: str) -> None:
    fresh = list(Message.objects.filter(report_id=report.id, from_reporter=from_reporter, read_at=None))
    for message in fresh:
        writing.update(message, read_at=clock.now())
    if fresh:
        facts = {"count": len(fresh), "by": by}
        writing.note(
            Verb.REPORT_MESSAGES_READ, subject=report.id, case=report.case_id, office=report.office_id, facts=facts
        )


@command
def answer(*, actor: Actor, report_id: UUID, text: str) -> UUID:
    """Answer who reported; she reads it when she comes back with her code. What she wrote counts as read.

    The first answer acknowledges the report. **Needs** intake:message:write.
    **Ledger** report.answered, report.messages_read, report.acknowledged. Raises NotAnswerable, NothingSaid.
    """
    report = held(actor, "intake:message:write", report_id)
    if not report.answerable:
        raise NotAnswerable
    if not text:
        raise NothingSaid(field="text")
    message = writing.insert(_message(report, from_reporter=False), text=text)
    writing.note(Verb.REPORT_ANSWERED, subject=report.id, case=report.case_id, office=report.office_id)
    _mark(report, from_reporter=True, by="staff")
    _acknowledge(actor, report)
    return message.id


def _acknowledge(actor: Actor, report: Report) -> None:
    if report.state != State.RECEIVED:
        return
    now = clock.now()
    writing.update(report, state=State.ACKNOWLEDGED, acknowledged_at=now, acknowledged_by=actor.account_id)
    facts = {"days": (now - report.received_at).days}
    writing.note(Verb.REPORT_ACKNOWLEDGED, subject=report.id, office=report.office_id, facts=facts)


@command
def mark_read(*, actor: Actor, report_id: UUID) -> UUID:
    """Keep that somebody here has read what came. **Needs** intake:message:write. **Ledger** report.messages_read."""
    report = queries.loaded(actor, "intake:message:write", report_id)
    _mark(report, from_reporter=True, by="staff")
    return report.id
