"""Mentoring: planned, done, reviewed; and the next step that was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.strengthening.commands import reach
from amparo.strengthening.errors import NobodyMentored, NothingAgreed
from amparo.strengthening.models import MentoringContact
from amparo.strengthening.rules import steps
from amparo.strengthening.words import ContactEvent, ContactState, Mode, Progress, Skill

CHANGE = "strengthening:contact:change"
REVIEW = "strengthening:contact:review"
SEE = "strengthening:contact:see"


@dataclass(frozen=True, slots=True)
class NewContact:
    """What is planned with whom. A case is named by its id, by who sees it, or by its pseudonym."""

    on: date
    skill: Skill
    mode: Mode
    aim: str = ""
    unit_id: UUID | None = None
    official_id: UUID | None = None
    case_id: UUID | None = None
    pseudonym: str = ""


@command
def plan_contact(*, actor: Actor, new: NewContact) -> UUID:
    """Plan a mentoring contact. **Needs** strengthening:contact:change. **Ledger** mentoring.planned.

    Raises NobodyMentored, NotFound.
    """
    reach.check_new(actor, CHANGE)
    _check(new)
    row = MentoringContact(
        office_id=actor.office_id,
        case_id=reach.case_named(actor, new.case_id, new.pseudonym),
        unit_id=new.unit_id,
        official_id=new.official_id,
        mentor_id=actor.account_id,
        skill=new.skill,
        mode=new.mode,
        on=new.on,
    )
    writing.insert(row, aim=new.aim)
    facts = {"skill": new.skill, "mode": new.mode, "on": new.on}
    writing.note(Verb.MENTORING_PLANNED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


def _check(new: NewContact) -> None:
    if new.unit_id is None and new.official_id is None:
        raise NobodyMentored(field="unit_id")
    reach.check_partner(new.unit_id, new.official_id)


def _moved(
    actor: Actor, permission: str, contact_id: UUID, event: ContactEvent
) -> tuple[MentoringContact, ContactState]:
    row = policy.load(actor, permission, MentoringContact, contact_id, seen_by=SEE)
    return row, steps.next_contact(ContactState(row.state), event)


@command
def change_contact(
    *, actor: Actor, contact_id: UUID, expected: int, on: date, skill: Skill, mode: Mode, aim: str
) -> UUID:
    """Change what is planned. **Needs** strengthening:contact:change. **Ledger** mentoring.changed.

    Raises WrongState, Changed.
    """
    row, _state = _moved(actor, CHANGE, contact_id, ContactEvent.CHANGE)
    writing.update(row, expected=expected, on=on, skill=skill, mode=mode, aim=aim)
    writing.note(Verb.MENTORING_CHANGED, subject=row.id, case=row.case_id, office=row.office_id)
    return row.id


@command
def do_contact(
    *, actor: Actor, contact_id: UUID, on: date, done: str, next_step: str = "", next_on: date | None = None
) -> UUID:
    """Write down what was done together, and the next step. **Needs** strengthening:contact:change.

    **Ledger** mentoring.done. Raises WrongState, InFuture.
    """
    row, state = _moved(actor, CHANGE, contact_id, ContactEvent.DO)
    steps.refuse_future(on, clock.today())
    writing.update(row, state=state, on=on, done=done, next_step=next_step, next_on=next_on if next_step else None)
    writing.note(
        Verb.MENTORING_DONE,
        subject=row.id,
        case=row.case_id,
        office=row.office_id,
        facts={"on": on, "next": row.next_on},
    )
    return row.id


@command
def review_contact(*, actor: Actor, contact_id: UUID, progress: Progress, review: str) -> UUID:
    """Say how far the skill has come. **Needs** strengthening:contact:review. **Ledger** mentoring.reviewed.

    Raises WrongState.
    """
    row, state = _moved(actor, REVIEW, contact_id, ContactEvent.REVIEW)
    writing.update(row, state=state, progress=progress, review=review, reviewed_on=clock.today())
    facts = {"progress": progress}
    writing.note(Verb.MENTORING_REVIEWED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


@command
def cancel_contact(*, actor: Actor, contact_id: UUID) -> UUID:
    """Call off what was planned. **Needs** strengthening:contact:change. **Ledger** mentoring.cancelled.

    Raises WrongState.
    """
    row, state = _moved(actor, CHANGE, contact_id, ContactEvent.CANCEL)
    writing.update(row, state=state)
    writing.note(Verb.MENTORING_CANCELLED, subject=row.id, case=row.case_id, office=row.office_id)
    return row.id


@command
def do_next_step(*, actor: Actor, contact_id: UUID) -> UUID:
    """Say that what was agreed as next step is done. **Needs** strengthening:contact:change.

    **Ledger** mentoring.step_done. Raises NothingAgreed.
    """
    row = policy.load(actor, CHANGE, MentoringContact, contact_id, seen_by=SEE)
    if row.next_step is None or row.next_done_on is not None:
        raise NothingAgreed
    writing.update(row, next_done_on=clock.today())
    writing.note(Verb.MENTORING_STEP_DONE, subject=row.id, case=row.case_id, office=row.office_id)
    return row.id
