"""Planning sessions, and their steps: held, evaluated, followed up, or cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.training.errors import NobodyAttended
from amparo.training.models import Curriculum, CurriculumVersion, Enrolment, Session, Sitting
from amparo.training.queries.contents import content_of, digest_of
from amparo.training.rules import content as contents
from amparo.training.rules import steps
from amparo.training.words import CancelReason, Occasion, SessionEvent, SessionState

CHANGE = "training:session:change"
SEE = "training:session:see"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned. `left_out` are weekdays without training, Monday being 0; `invited_ids` agencies or units."""

    starts_on: date
    ends_on: date
    place: str
    district: str
    language: str
    trainer_ids: tuple[UUID, ...]
    left_out: frozenset[int] = frozenset()
    guest_trainers: str = ""
    invited_ids: tuple[UUID, ...] = ()
    invited: str = ""
    remark: str = ""


def _columns(plan: Plan) -> tuple[dict[str, object], dict[str, str]]:
    days = steps.days_of(plan.starts_on, plan.ends_on, plan.left_out)
    clear: dict[str, object] = {
        "starts_on": days[0],
        "ends_on": days[-1],
        "days": [day.isoformat() for day in days],
        "language": plan.language,
        "trainer_ids": [str(key) for key in plan.trainer_ids],
        "invited_ids": [str(key) for key in plan.invited_ids],
    }
    words = {
        "place": plan.place,
        "district": plan.district,
        "guest_trainers": plan.guest_trainers,
        "invited": plan.invited,
        "remark": plan.remark,
    }
    return clear, words


@command
def plan_session(*, actor: Actor, version_id: UUID, plan: Plan) -> UUID:
    """Plan a session with a version of a curriculum, which is fixed from now on. **Needs** training:session:change.

    **Ledger** training.planned. Raises NothingToTeach, DaysReversed, NoDay.
    """
    policy.check_new(actor, CHANGE, Subject(office=actor.office_id, level=Compartment.PROGRAMME))
    version = policy.load(actor, "training:curriculum:see", CurriculumVersion, version_id)
    if Curriculum.objects.filter(pk=version.curriculum_id, retired_on__isnull=False).exists():
        raise NotFound
    _fix(version)
    clear, words = _columns(plan)
    row = Session(office_id=actor.office_id, content_version=version, **clear)
    writing.insert(row, **words)
    facts = {"starts": row.starts_on, "days": len(row.days)}
    writing.note(Verb.TRAINING_PLANNED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


def _fix(version: CurriculumVersion) -> None:
    content = contents.ready(content_of(version))
    if version.used_on is None:
        writing.update(version, used_on=clock.today(), digest=digest_of(content))


def _moved(actor: Actor, session_id: UUID, event: SessionEvent) -> tuple[Session, SessionState]:
    row = policy.load(actor, CHANGE, Session, session_id, seen_by=SEE)
    return row, steps.next_state(SessionState(row.state), event)


@command
def change_session(*, actor: Actor, session_id: UUID, expected: int, plan: Plan) -> UUID:
    """Change the plan of a session that was not held yet. **Needs** training:session:change.

    **Ledger** training.changed. Raises WrongState, DaysReversed, NoDay, Changed.
    """
    row, _state = _moved(actor, session_id, SessionEvent.CHANGE)
    clear, words = _columns(plan)
    fields = [name for name, value in clear.items() if getattr(row, name) != value]
    writing.update(row, expected=expected, **clear, **words)
    facts = {"fields": [*fields, *words]}
    writing.note(Verb.TRAINING_CHANGED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


@command
def hold_session(*, actor: Actor, session_id: UUID) -> UUID:
    """Say that a session was held. **Needs** training:session:change. **Ledger** training.held.

    Raises WrongState, NotYet, NobodyAttended.
    """
    row, state = _moved(actor, session_id, SessionEvent.HOLD)
    steps.refuse_before(row.starts_on, clock.today())
    enrolled = list(Enrolment.objects.filter(session=row))
    present = sum(1 for one in enrolled if one.attended)
    if not present:
        raise NobodyAttended
    writing.update(row, state=state)
    facts = {"present": present, "enrolled": len(enrolled)}
    writing.note(Verb.TRAINING_HELD, subject=row.id, office=row.office_id, facts=facts)
    return row.id


@command
def evaluate_session(*, actor: Actor, session_id: UUID, words: str) -> UUID:
    """Keep what the trainers say of a session that was held. **Needs** training:session:change.

    **Ledger** training.evaluated. Raises WrongState.
    """
    row, state = _moved(actor, session_id, SessionEvent.EVALUATE)
    writing.update(row, state=state, evaluation=words)
    writing.note(Verb.TRAINING_EVALUATED, subject=row.id, office=row.office_id)
    return row.id


@command
def close_follow_up(*, actor: Actor, session_id: UUID) -> UUID:
    """Close the follow-up: who did not take the last test stays missing. **Needs** training:session:change.

    **Ledger** training.followed_up. Raises WrongState, FollowUpTooEarly.
    """
    row, state = _moved(actor, session_id, SessionEvent.FOLLOW_UP)
    steps.refuse_closing_early(row.ends_on, clock.today())
    facts: Mapping[str, object] = _followed(row)
    writing.update(row, state=state)
    writing.note(Verb.TRAINING_FOLLOWED_UP, subject=row.id, office=row.office_id, facts=facts)
    return row.id


def _followed(row: Session) -> dict[str, object]:
    present = [one.id for one in Enrolment.objects.filter(session=row) if one.attended]
    tested = Sitting.objects.filter(enrolment_id__in=present, occasion=Occasion.SIX).count()
    return {"tested": tested, "missing": len(present) - tested}


@command
def cancel_session(*, actor: Actor, session_id: UUID, reason: CancelReason) -> UUID:
    """Call off a session that was not held. **Needs** training:session:change. **Ledger** training.cancelled.

    Raises WrongState.
    """
    row, state = _moved(actor, session_id, SessionEvent.CANCEL)
    writing.update(row, state=state, cancel_reason=reason)
    writing.note(Verb.TRAINING_CANCELLED, subject=row.id, office=row.office_id, facts={"reason": reason})
    return row.id
