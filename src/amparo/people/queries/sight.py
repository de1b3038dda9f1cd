"""How much of a person a reader sees, and what of it is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from amparo.access import policy, readings
from amparo.access import queries as staff
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel.words import Compartment, Role, Sight
from amparo.ledger import queries as ledger
from amparo.ledger.verbs import Verb
from amparo.people.errors import NamesClosed
from amparo.people.models import Person


def subjects_of(rows: Sequence[Person]) -> dict[UUID, Subject]:
    """What each person's row is about, as `policy.subject_of` says, for many rows with one query."""
    cases = staff.cases_of_persons(row.id for row in rows)
    return {
        row.id: Subject(
            office=row.office_id,
            cases=cases[row.id],
            person=row.id,
            handed=row.handed_at is not None,
            level=Compartment(row.level),
        )
        for row in rows
    }


def sight_of(actor: Actor, row: Person, subject: Subject) -> Sight:
    """How much of her identity the reader sees."""
    return policy.sight(actor, Compartment(row.level), subject)


def works_with(actor: Actor, subject: Subject) -> bool:
    """Whether she is on a case of this person, or holds the report: then names need no reason."""
    if any(case in subject.cases for case, _role in actor.grants):
        return True
    return not subject.handed and subject.office in actor.offices_as(Role.INTAKE)


def record(row: Person, subject: Subject) -> None:
    """Say that words about her are being shown: in each of her cases, or of herself while she is in none."""
    for thing in subject.cases or {row.id}:
        readings.opened(thing, Compartment(row.level))


def _gave_reason(actor: Actor, person_id: UUID) -> bool:
    """Whether the reader opened this person's names with a reason since she signed in."""
    began = next((one.started_at for one in staff.own_sign_ins(actor) if one.is_this), None)
    if began is None:
        return False
    own = ledger.Chosen(frozenset([Verb.NAMES_OPENED]), actor.account_id)
    before: int | None = None
    while True:
        page = ledger.entries(ledger.Reach(), own, before=before)
        for entry in page.entries:
            if entry.at < began:
                return False
            if entry.subject_id == person_id:
                return True
        if page.next_before is None:
            return False
        before = page.next_before


def check_names_open(actor: Actor, row: Person) -> None:
    """Raise NamesClosed for who neither works with her nor gave a reason; else the reading is recorded."""
    subject = policy.subject_of(row)
    if not works_with(actor, subject) and not _gave_reason(actor, row.id):
        raise NamesClosed
    record(row, subject)
