"""After it: the debrief, its lessons, and sealing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.operations import queries, rules
from amparo.operations.commands.around import CARRY_OUT, DEBRIEF, note, operation_for
from amparo.operations.errors import NotVerified, TakenUpAlready
from amparo.operations.models import Lesson
from amparo.operations.words import Event, State


@command
def debrief(
    *,
    actor: Actor,
    operation_id: UUID,
    went_well: str,
    to_change: str,
    survivors_said: str = "",
    lessons: Sequence[str] = (),
    unit_id: UUID | None = None,
) -> UUID:
    """Write down how it went, and its lessons about how the system works, for those who work on the system.

    Args:
        unit_id: the unit that the lessons are about; the one in the lead where none is named.

    **Needs** operations:debrief:write. **Ledger** operation.debriefed. Raises NotNow.
    """
    operation = operation_for(actor, DEBRIEF, operation_id)
    state = rules.next_state(State(operation.state), Event.DEBRIEF)
    unit = unit_id or queries.authority_of(operation).unit_id
    for words in lessons:
        writing.insert(Lesson(operation=operation, office_id=operation.office_id, unit_id=unit), words=words)
    writing.update(
        operation,
        state=state,
        debriefed_at=queries.now(),
        went_well=went_well,
        to_change=to_change,
        survivors_said=survivors_said,
    )
    note(Verb.OPERATION_DEBRIEFED, operation, {"lessons": len(lessons)})
    return operation.id


@command
def seal(*, actor: Actor, operation_id: UUID) -> UUID:
    """Let nothing of an operation change any more, once all that it brought is verified or withdrawn.

    **Needs** operations:operation:carry_out. **Ledger** operation.sealed. Raises NotVerified, NotNow.
    """
    operation = operation_for(actor, CARRY_OUT, operation_id)
    state = rules.next_state(State(operation.state), Event.SEAL)
    if queries.waits_for_verification(operation.id):
        raise NotVerified
    writing.update(operation, state=state, sealed_at=queries.now())
    note(Verb.OPERATION_SEALED, operation)
    return operation.id


@command
def mark_taken_up(*, actor: Actor, lesson_id: UUID, observation_id: UUID) -> UUID:
    """Keep that a lesson became an observation of how the system works. **Needs** operations:lesson:take_up.

    **Ledger** lesson.taken_up. Raises TakenUpAlready.
    """
    lesson = policy.load(actor, "operations:lesson:take_up", Lesson, lesson_id, seen_by="operations:lesson:see")
    if lesson.taken_up_at is not None:
        raise TakenUpAlready
    writing.update(lesson, taken_up_at=queries.now(), observation_id=observation_id)
    writing.note(Verb.LESSON_TAKEN_UP, subject=lesson.id, office=lesson.office_id)
    return lesson.id
