"""Visits after an examination."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import commands as case_commands
from amparo.forensics.commands.reach import about, answers_of, exam_for, must_be_open, note
from amparo.forensics.models import FollowUp
from amparo.forensics.queries.reach import CHANGE
from amparo.forensics.words import Answer, FollowUpState, Item
from amparo.kernel import clock
from amparo.kernel.errors import Forbidden
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def set_follow_up(*, actor: Actor, exam_id: UUID, due_on: date, need: str, clinical: str = "") -> UUID:
    """Plan when she is to come again. `need` is what her caseworker may know, if she agreed; `clinical` is not.

    **Needs** forensics:exam:change and a basis. **Ledger** exam.follow_up_set. Raises NoBasis.
    """
    row = exam_for(actor, exam_id)
    case_commands.require_basis(row.case_id, row.person_id)
    may_tell = answers_of(row).get(Item.FOLLOW_UP) is Answer.GIVEN
    visit = FollowUp(exam=row, **about(row), due_on=due_on, may_tell=may_tell)
    writing.insert(visit, need=need, clinical=clinical)
    note(Verb.EXAM_FOLLOW_UP_SET, visit, {"due": due_on}, subject=row.id)
    return visit.id


@command
def end_follow_up(*, actor: Actor, follow_up_id: UUID, state: FollowUpState) -> UUID:
    """Say how a planned visit ended. **Needs** forensics:exam:change. **Ledger** exam.follow_up_ended."""
    visit = policy.load(actor, CHANGE, FollowUp, follow_up_id)
    must_be_open(actor, visit.case_id)
    if visit.state != FollowUpState.OPEN or state is FollowUpState.OPEN:
        raise Forbidden
    writing.update(visit, state=state, ended_on=clock.today())
    note(Verb.EXAM_FOLLOW_UP_ENDED, visit, {"state": state}, subject=visit.exam_id)
    return visit.id
