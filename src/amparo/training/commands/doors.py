"""Links for telephones: a trainer opens and closes them; participants come through them without an account."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor, SystemActor
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.training.commands.tests import certified, new_sitting, refuse_certified
from amparo.training.errors import (
    AttendanceAfterCertificate,
    CodeUnknown,
    DoorClosed,
    FeedbackFull,
    TestTaken,
    WrongState,
)
from amparo.training.models import Door, Enrolment, Feedback, Session, Sitting
from amparo.training.queries.contents import content_of_session
from amparo.training.rules import marking, steps
from amparo.training.rules.marking import Answers
from amparo.training.words import (
    DOOR_HOURS,
    FEEDBACK_QUESTIONS,
    WAS_HELD,
    DoorPurpose,
    How,
    Occasion,
    SessionState,
)

CHANGE = "training:session:change"
SEE = "training:session:see"


@command
def open_door(*, actor: Actor, session_id: UUID, purpose: DoorPurpose) -> UUID:
    """Open a link for one purpose of one session; a link that was open for it ends. **Needs** training:session:change.

    **Ledger** door.opened. Raises TestNotDue, NotADayOfIt, WrongState.
    """
    session = policy.load(actor, CHANGE, Session, session_id, seen_by=SEE)
    _refuse_purpose(session, purpose)
    for before in Door.objects.filter(session=session, purpose=purpose, ended_at=None):
        writing.update(before, ended_at=clock.now())
    until = clock.now() + timedelta(hours=DOOR_HOURS[purpose])
    row = Door(office_id=session.office_id, session=session, purpose=purpose, day=clock.today(), expires_at=until)
    writing.insert(row)
    facts = {"purpose": purpose, "until": until.date()}
    writing.note(Verb.DOOR_OPENED, subject=session.id, office=session.office_id, facts=facts)
    return row.id


def _refuse_purpose(session: Session, purpose: DoorPurpose) -> None:
    state = SessionState(session.state)
    if purpose is DoorPurpose.ATTENDANCE:
        if state not in (SessionState.PLANNED, SessionState.HELD):
            raise WrongState
        steps.refuse_wrong_day(clock.today(), [date.fromisoformat(day) for day in session.days], clock.today())
    elif purpose is DoorPurpose.FEEDBACK:
        if state not in (SessionState.PLANNED, *WAS_HELD):
            raise WrongState
        steps.refuse_before(session.starts_on, clock.today())
    else:
        steps.refuse_test(state, Occasion(purpose.value))


@command
def close_door(*, actor: Actor, door_id: UUID) -> UUID:
    """End a link at once. **Needs** training:session:change. **Ledger** door.closed. Raises DoorClosed."""
    row = policy.load(actor, CHANGE, Door, door_id, seen_by=SEE)
    if row.ended_at is not None:
        raise DoorClosed
    writing.update(row, ended_at=clock.now())
    facts = {"purpose": row.purpose}
    writing.note(Verb.DOOR_CLOSED, subject=row.session_id, office=row.office_id, facts=facts)
    return row.session_id


def _open(door_id: UUID, *purposes: DoorPurpose) -> tuple[Door, Session]:
    """The door and its session, if it is open for one of these. Raises DoorClosed."""
    row = Door.objects.filter(pk=door_id, purpose__in=purposes).select_related("session").first()
    if row is None:
        raise DoorClosed
    steps.refuse_closed(row.expires_at, row.ended_at, clock.now())
    return row, row.session


def _enrolled(session: Session, enrolment_id: UUID) -> Enrolment:
    row = Enrolment.objects.filter(session=session, pk=enrolment_id).first()
    if row is None:
        raise CodeUnknown(field="code")
    return row


@command
def sign_present(*, actor: SystemActor, door_id: UUID, enrolment_id: UUID) -> UUID:
    """Record that somebody who holds her code was there today; a second time changes nothing.

    **Needs** an open link for attendance. **Ledger** attendance.recorded.
    Raises DoorClosed, CodeUnknown, AttendanceAfterCertificate, WrongState, NotADayOfIt.
    """
    door, session = _open(door_id, DoorPurpose.ATTENDANCE)
    row = _enrolled(session, enrolment_id)
    day = door.day.isoformat()
    if day in row.attended:
        return row.id
    if session.state not in (SessionState.PLANNED, SessionState.HELD) or day not in session.days:
        raise WrongState
    if row.id in certified(session):
        raise AttendanceAfterCertificate
    writing.update(row, attended={**row.attended, day: How.PHONE.value})
    facts = {"how": How.PHONE, "changed": 1}
    writing.note(Verb.ATTENDANCE_RECORDED, subject=session.id, office=session.office_id, facts=facts)
    return row.id


@command
def hand_in(*, actor: SystemActor, door_id: UUID, enrolment_id: UUID, answers: Answers) -> UUID:
    """Keep the answers of one person, once. **Needs** an open link for a test. **Ledger** test.taken.

    Raises DoorClosed, CodeUnknown, TestTaken, TestAfterCertificate, TestNotDue.
    """
    tests = [DoorPurpose(occasion.value) for occasion in Occasion]
    door, session = _open(door_id, *tests)
    occasion = Occasion(door.purpose)
    steps.refuse_test(SessionState(session.state), occasion)
    row = _enrolled(session, enrolment_id)
    if Sitting.objects.filter(enrolment=row, occasion=occasion).exists():
        raise TestTaken
    refuse_certified(row.id, occasion, certified(session))
    kept = marking.fitting(content_of_session(session).asked(occasion), answers)
    new_sitting(row, occasion, How.PHONE, {"answers": kept})
    facts = {"occasion": occasion, "how": How.PHONE, "count": 1}
    writing.note(Verb.TEST_TAKEN, subject=session.id, office=session.office_id, facts=facts)
    return row.id


@command
def give_feedback(*, actor: SystemActor, door_id: UUID, answers: dict[str, str]) -> UUID:
    """Keep what one participant says, without a word of who it was. **Needs** an open link for it.

    **Ledger** training.feedback. Raises DoorClosed, FeedbackFull.
    """
    _door, session = _open(door_id, DoorPurpose.FEEDBACK)
    if Feedback.objects.filter(session=session).count() >= Enrolment.objects.filter(session=session).count():
        raise FeedbackFull
    row = Feedback(office_id=session.office_id, session=session)
    writing.insert(row, answers={name: answers[name] for name in FEEDBACK_QUESTIONS if answers.get(name)})
    writing.note(Verb.TRAINING_FEEDBACK, subject=session.id, office=session.office_id)
    return row.id
