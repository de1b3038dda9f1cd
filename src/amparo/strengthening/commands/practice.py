"""Practice observations: a file of a unit against the checklist, one item at a time."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.strengthening import queries
from amparo.strengthening.commands import reach
from amparo.strengthening.errors import FileTwice, NoSuchItem, NotAllAnswered, WrongState
from amparo.strengthening.models import Checklist, FeedbackSheet, PracticeAnswer, PracticeFile
from amparo.strengthening.rules import checklist as checklists
from amparo.strengthening.rules import steps
from amparo.strengthening.words import Answer, FileState, SheetState

OBSERVE = "strengthening:practice:observe"
SEE = "strengthening:practice:see"


@command
def open_file(
    *, actor: Actor, unit_id: UUID, on: date, case_id: UUID | None = None, pseudonym: str = "", remark: str = ""
) -> UUID:
    """Begin to observe one file of a unit with the newest checklist. **Needs** strengthening:practice:observe.

    **Ledger** practice.opened. Raises FileTwice, InFuture, PeriodValidated, NotFound.
    """
    reach.check_new(actor, OBSERVE)
    reach.check_partner(unit_id)
    steps.refuse_future(on, clock.today())
    _refuse_validated(unit_id, on)
    case = reach.case_named(actor, case_id, pseudonym)
    if case is not None and PracticeFile.objects.filter(case_id=case, unit_id=unit_id, state=FileState.DRAFT).exists():
        raise FileTwice
    row = PracticeFile(
        office_id=actor.office_id,
        case_id=case,
        unit_id=unit_id,
        checklist=queries.newest_checklist().version,
        observer_id=actor.account_id,
        on=on,
    )
    writing.insert(row, remark=remark)
    facts = {"unit": unit_id, "checklist": row.checklist}
    writing.note(Verb.PRACTICE_OPENED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


def _refuse_validated(unit_id: UUID, on: date) -> None:
    seen = FeedbackSheet.objects.filter(unit_id=unit_id).exclude(state=SheetState.DRAFT)
    steps.refuse_validated(on, seen.values_list("from_on", "until_on"))


def _draft(actor: Actor, file_id: UUID) -> PracticeFile:
    row = policy.load(actor, OBSERVE, PracticeFile, file_id, seen_by=SEE)
    _refuse_validated(row.unit_id, row.on)
    if row.state != FileState.DRAFT:
        raise WrongState
    return row


def _known_item(row: PracticeFile, item: str) -> None:
    if item not in queries.checklist(row.checklist).keys:
        raise NoSuchItem(field="item")


@command
def answer_item(*, actor: Actor, file_id: UUID, item: str, answer: Answer, basis: str = "") -> UUID:
    """Answer one item of a file, or answer it anew. **Needs** strengthening:practice:observe.

    **Ledger** practice.answered.

    Args:
        basis: the code of what the case showed, where the answer confirms it.

    Raises NoSuchItem, WrongState, PeriodValidated.
    """
    row = _draft(actor, file_id)
    _known_item(row, item)
    known = PracticeAnswer.objects.filter(file=row, item=item).first()
    if known is not None:
        writing.update(known, answer=answer, basis=basis)
    else:
        new = PracticeAnswer(
            office_id=row.office_id, file_id=row.id, case_id=row.case_id, item=item, answer=answer, basis=basis
        )
        known = writing.insert(new)
    facts = {"item": item, "answer": answer, "basis": basis or None}
    writing.note(Verb.PRACTICE_ANSWERED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return known.id


@command
def propose_observation(
    *, actor: Actor, case_id: UUID | None, unit_id: UUID, item: str, reason: str, answer: Answer = Answer.NO
) -> UUID:
    """Propose an answer from elsewhere, such as the lesson of an operation; somebody who observes confirms it.

    It joins the file of the same case and unit that is being filled, else opens one for today. What was answered
    already stays. **Needs** strengthening:practice:observe. **Ledger** practice.opened, practice.proposed.
    Returns the file. Raises NoSuchItem, NotFound.
    """
    reach.check_new(actor, OBSERVE)
    row = (
        PracticeFile.objects.filter(case_id=case_id, unit_id=unit_id, state=FileState.DRAFT).first()
        if case_id
        else None
    )
    if row is None:
        key = open_file(actor=actor, unit_id=unit_id, on=clock.today(), case_id=case_id)
        row = PracticeFile.objects.get(pk=key)
    else:
        policy.check(actor, SEE, row)
    _known_item(row, item)
    known = PracticeAnswer.objects.filter(file=row, item=item).first()
    if known is None:
        new = PracticeAnswer(office_id=row.office_id, file_id=row.id, case_id=row.case_id, item=item, proposed=answer)
        writing.insert(new, reason=reason)
    else:
        writing.update(known, proposed=answer, reason=reason)
    facts = {"item": item, "answer": answer}
    writing.note(Verb.PRACTICE_PROPOSED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


@command
def complete_file(*, actor: Actor, file_id: UUID) -> UUID:
    """Say that a file is filled: it counts from now on. **Needs** strengthening:practice:observe.

    **Ledger** practice.completed. Raises NotAllAnswered, WrongState, PeriodValidated.
    """
    row = _draft(actor, file_id)
    given = set(PracticeAnswer.objects.filter(file=row).exclude(answer="").values_list("item", flat=True))
    gaps = [key for key in queries.checklist(row.checklist).keys if key not in given]
    if gaps:
        raise NotAllAnswered(count=len(gaps))
    writing.update(row, state=FileState.COMPLETE)
    writing.note(Verb.PRACTICE_COMPLETED, subject=row.id, case=row.case_id, office=row.office_id)
    return row.id


@command
def reopen_file(*, actor: Actor, file_id: UUID) -> UUID:
    """Open a complete file again, for a correction. **Needs** strengthening:practice:observe.

    **Ledger** practice.reopened. Raises WrongState, PeriodValidated.
    """
    row = policy.load(actor, OBSERVE, PracticeFile, file_id, seen_by=SEE)
    _refuse_validated(row.unit_id, row.on)
    if row.state != FileState.COMPLETE:
        raise WrongState
    writing.update(row, state=FileState.DRAFT)
    writing.note(Verb.PRACTICE_REOPENED, subject=row.id, case=row.case_id, office=row.office_id)
    return row.id


@command
def extend_checklist(*, actor: Actor, text: str) -> UUID:
    """Add a version of the checklist with own items below the standard ones. Files keep the version they began with.

    **Needs** strengthening:checklist:change. **Ledger** checklist.extended. Raises ChecklistUnreadable, ChecklistLacks.
    """
    reach.check_new(actor, "strengthening:checklist:change")
    found = checklists.extended(queries.newest_checklist(), queries.standard_checklist(), text)
    row = writing.insert(Checklist(office_id=actor.office_id, number=found.version), text=text)
    facts = {"number": found.version, "items": len(found.items)}
    writing.note(Verb.CHECKLIST_EXTENDED, subject=row.id, office=row.office_id, facts=facts)
    return row.id
