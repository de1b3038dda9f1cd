"""Beginning, stopping and ending an examination."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import commands as case_commands
from amparo.cases import queries as cases
from amparo.cases.errors import CaseIsClosed
from amparo.cases.words import CaseState, PartyRole
from amparo.forensics.commands.consent import withdraw_all
from amparo.forensics.commands.reach import draft_for, note
from amparo.forensics.errors import NotASurvivor, OneDraft
from amparo.forensics.models import Examination
from amparo.forensics.queries.reach import CHANGE
from amparo.forensics.rules import sealing as rules
from amparo.forensics.words import Anatomy, ExamState, Figure
from amparo.kernel import clock, codes, ids
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def begin(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    figure: Figure = Figure.ADULT,
    anatomy: Anatomy = Anatomy.FEMALE,
    facility: str = "",
    facility_id: UUID | None = None,
    started_at: datetime | None = None,
) -> UUID:
    """Begin an examination of a survivor. **Needs** forensics:exam:change and a basis for words about her.

    **Ledger** exam.begun. Raises NoBasis, NotASurvivor, OneDraft, NotInFuture, CaseIsClosed.
    """
    case_commands.hold_case(case_id)
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, CHANGE, head.part(Compartment.EXAMINATION))
    if head.state is CaseState.CLOSED:
        raise CaseIsClosed
    survivors = {party.person_id for party in cases.parties(actor, case_id, [PartyRole.SURVIVOR])}
    if person_id not in survivors:
        raise NotASurvivor(field="person_id")
    case_commands.require_basis(case_id, person_id)
    if Examination.objects.filter(case_id=case_id, person_id=person_id, state=ExamState.DRAFT).exists():
        raise OneDraft(field="person_id")
    now = clock.now()
    started = started_at or now
    rules.check_times(started, None, now)
    row = Examination(
        case_id=case_id,
        person_id=person_id,
        office_id=head.office_id,
        code=codes.make_code("EX", ids.entropy(codes.ENTROPY_BYTES)),
        figure=figure,
        anatomy=anatomy,
        examiner_id=actor.account_id,
        facility_id=facility_id,
        started_at=started,
    )
    writing.insert(row, facility=facility)
    note(Verb.EXAM_BEGUN, row, {"person": person_id})
    return row.id


@command
def stop(*, actor: Actor, exam_id: UUID) -> UUID:
    """Stop at the patient's wish: every consent to be examined or treated is taken back, and nothing is added.

    What was recorded before stays, and can be sealed. **Needs** forensics:exam:change, as its examiner.
    **Ledger** exam.stopped, exam.consent_asked. Raises AlreadySealed.
    """
    row = draft_for(actor, exam_id)
    now = clock.now()
    withdraw_all(actor, row, now)
    writing.update(row, stopped_at=now, ended_at=row.ended_at or now)
    note(Verb.EXAM_STOPPED, row)
    return row.id
