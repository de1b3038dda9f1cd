"""Tests: what was handed in on paper, and what a trainer gives for short answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.training.errors import TestAfterCertificate
from amparo.training.models import Certificate, Enrolment, Session, Sitting
from amparo.training.queries.contents import content_of_session
from amparo.training.queries.sittings import opened_sittings
from amparo.training.rules import marking, steps
from amparo.training.rules.marking import Answers, Marks
from amparo.training.words import FOLLOW_UP_MONTHS, How, Occasion, SessionState

CHANGE = "training:session:change"
SEE = "training:session:see"


@dataclass(frozen=True, slots=True)
class Entered:
    """One line of the grid: what was chosen, and the points of short answers."""

    answers: Answers
    marks: Marks


def certified(session: Session) -> set[UUID]:
    """Enrolments whose certificate stands."""
    live = Certificate.objects.filter(enrolment__session=session, withdrawn_on=None)
    return set(live.values_list("enrolment_id", flat=True))


def refuse_certified(enrolment_id: UUID, occasion: Occasion, certificates: set[UUID]) -> None:
    """Tests that a certificate rests on are fixed with it; follow-ups come later. Raises TestAfterCertificate."""
    if occasion not in FOLLOW_UP_MONTHS and enrolment_id in certificates:
        raise TestAfterCertificate


def _session(actor: Actor, session_id: UUID, occasion: Occasion) -> Session:
    session = policy.load(actor, CHANGE, Session, session_id, seen_by=SEE)
    steps.refuse_test(SessionState(session.state), occasion)
    return session


@command
def enter_tests(*, actor: Actor, session_id: UUID, occasion: Occasion, lines: Mapping[UUID, Entered]) -> UUID:
    """Keep what was handed in on paper, one line for each enrolment; a line that is empty is a test not taken.

    An empty line where something was entered before takes it back. **Needs** training:session:change.
    **Ledger** test.taken. Raises TestNotDue, TestAfterCertificate, PointsOutOfRange.
    """
    session = _session(actor, session_id, occasion)
    asked = content_of_session(session).asked(occasion)
    enrolled = {row.id: row for row in Enrolment.objects.filter(session=session, pk__in=list(lines))}
    known = {one.row.enrolment_id: one for one in opened_sittings(session.id, occasion)}
    certificates = certified(session)
    changed = 0
    for key, row in enrolled.items():
        before = known.get(key)
        answers = marking.fitting(asked, lines[key].answers)
        marks = {q.key: marking.check_points(q, lines[key].marks[q.key]) for q in asked if q.key in lines[key].marks}
        if before is not None:
            # The words of a short answer came by telephone: the grid holds only points, and keeps them.
            answers |= {name: chosen for name, chosen in before.answers.items() if isinstance(chosen, str)}
        if before is not None and (answers, marks) == (before.answers, before.marks):
            continue
        if before is None and not answers and not marks:
            continue
        refuse_certified(key, occasion, certificates)
        _keep(row, before.row if before else None, occasion, answers, marks)
        changed += 1
    if changed:
        facts = {"occasion": occasion, "how": How.PAPER, "count": changed}
        writing.note(Verb.TEST_TAKEN, subject=session.id, office=session.office_id, facts=facts)
    return session.id


def _keep(
    row: Enrolment, before: Sitting | None, occasion: Occasion, answers: Mapping[str, object], marks: Marks
) -> None:
    words: dict[str, object] = {"answers": dict(answers), "marks": dict(marks)}
    if before is not None and not answers and not marks:
        writing.delete(before)
    elif before is not None:
        writing.update(before, answers=words["answers"], marks=words["marks"])
    else:
        new_sitting(row, occasion, How.PAPER, words)


def new_sitting(row: Enrolment, occasion: Occasion, how: How, words: Mapping[str, object]) -> Sitting:
    """Insert one person's answers, inside a command."""
    sitting = Sitting(
        office_id=row.office_id,
        enrolment=row,
        participant_id=row.participant_id,
        occasion=occasion,
        taken_on=clock.today(),
        how=how,
    )
    return writing.insert(sitting, **words)  # type: ignore[arg-type]


@command
def mark_answers(
    *, actor: Actor, session_id: UUID, occasion: Occasion, points: Mapping[UUID, Mapping[str, int]]
) -> UUID:
    """Give points to short answers, by sitting and question. **Needs** training:session:change.

    **Ledger** test.marked. Raises TestAfterCertificate, PointsOutOfRange, NotFound for a sitting of elsewhere.
    """
    session = policy.load(actor, CHANGE, Session, session_id, seen_by=SEE)
    questions = {q.key: q for q in content_of_session(session).asked(occasion) if q.by_hand}
    known = {one.row.id: one for one in opened_sittings(session.id, occasion)}
    certificates = certified(session)
    changed = 0
    for key, given in points.items():
        if key not in known or not given.keys() <= questions.keys():
            raise NotFound
        row = known[key].row
        marks = {**known[key].marks, **{q: marking.check_points(questions[q], given[q]) for q in given}}
        if marks == known[key].marks:
            continue
        refuse_certified(row.enrolment_id, occasion, certificates)
        writing.update(row, marks=marks)
        changed += 1
    if changed:
        facts = {"occasion": occasion, "count": changed}
        writing.note(Verb.TEST_MARKED, subject=session.id, office=session.office_id, facts=facts)
    return session.id
