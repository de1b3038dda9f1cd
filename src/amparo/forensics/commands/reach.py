"""How commands come to an examination and to what belongs to it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.commands import hold_case
from amparo.cases.errors import CaseIsClosed
from amparo.cases.words import CaseState
from amparo.forensics.errors import AlreadySealed, NotSealed, NotYours, Stopped
from amparo.forensics.models import AboutPatient, Examination, ItemConsent, OfExam
from amparo.forensics.queries.reach import CHANGE, SEE
from amparo.forensics.rules import consent
from amparo.forensics.rules.consent import Asked
from amparo.forensics.words import Answer, ExamState, Item
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb


def about(row: AboutPatient) -> dict[str, UUID]:
    """The columns by which a new row is about the same person."""
    return {"case_id": row.case_id, "person_id": row.person_id, "office_id": row.office_id}


def note(verb: Verb, row: AboutPatient, facts: Facts | None = None, *, subject: UUID | None = None) -> None:
    writing.note(verb, subject=subject or row.id, case=row.case_id, office=row.office_id, facts=facts)


def must_be_open(actor: Actor, case_id: UUID) -> None:
    hold_case(case_id)
    if cases.case_head(actor, case_id).state is CaseState.CLOSED:
        raise CaseIsClosed


def exam_for(actor: Actor, exam_id: UUID, permission: str = CHANGE) -> Examination:
    """An examination of an open case. Raises NotFound, Refused, CaseIsClosed."""
    row = policy.load(actor, permission, Examination, exam_id, seen_by=SEE)
    must_be_open(actor, row.case_id)
    return row


def draft_for(actor: Actor, exam_id: UUID) -> Examination:
    """An examination that its examiner may still write into. Raises AlreadySealed, NotYours."""
    row = exam_for(actor, exam_id)
    if row.state != ExamState.DRAFT:
        raise AlreadySealed
    if row.examiner_id != actor.account_id:
        raise NotYours
    return row


def sealed_for(actor: Actor, exam_id: UUID, permission: str = CHANGE) -> Examination:
    row = exam_for(actor, exam_id, permission)
    if row.state != ExamState.SEALED:
        raise NotSealed
    return row


def answers_of(row: Examination) -> dict[Item, Answer]:
    """The answer that counts for each item. Cost: one query, nothing is opened."""
    found = ItemConsent.objects.filter(exam_id=row.id).values_list("item", "answer", "seq")
    return consent.standing(Asked(Item(item), Answer(answer), seq) for item, answer, seq in found)


def check_consent(row: Examination, *needs: Item) -> dict[Item, Answer]:
    """The answers that count, if they allow something. Raises ConsentMissing, Stopped."""
    answers = answers_of(row)
    if row.stopped_at is not None and not consent.allows(answers, needs):
        raise Stopped
    consent.require(answers, needs)
    return answers


def consent_for(row: Examination, *needs: Item) -> UUID:
    """The consent on which something rests. Raises ConsentMissing, Stopped."""
    answers = check_consent(row, *needs)
    wanted = [item for item in needs if answers.get(item) is Answer.GIVEN]
    rows = ItemConsent.objects.filter(exam_id=row.id, item__in=wanted, answer=Answer.GIVEN)
    return rows.order_by("-seq").values_list("id", flat=True)[0]


def next_number(model: type[OfExam], row: Examination, column: str = "number") -> int:
    """Numbers go on, and none is given twice while its row is there."""
    last = model._base_manager.filter(exam_id=row.id).aggregate(last=Max(column))["last"]
    return int(last or 0) + 1
