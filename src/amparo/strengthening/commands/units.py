"""What a unit is told, and how it is assessed at baseline, middle and end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.staff import queries as staff
from amparo.strengthening.commands import reach
from amparo.strengthening.errors import AssessedAlready, NothingObserved, StillOpen
from amparo.strengthening.models import FeedbackSheet, PracticeFile, UnitAssessment
from amparo.strengthening.rules import steps
from amparo.strengthening.words import FileState, Occasion, SheetEvent, SheetState

SHEET_CHANGE = "strengthening:sheet:change"
SHEET_SEE = "strengthening:sheet:see"
SHEET_PUBLISH = "strengthening:sheet:publish"
ASSESS = "strengthening:assessment:change"
ASSESS_SEE = "strengthening:assessment:see"


# ---- feedback ----------------------------------------------------------------------------------------------


@command
def draft_sheet(
    *, actor: Actor, unit_id: UUID, from_on: date, until_on: date, well: str = "", next_steps: str = ""
) -> UUID:
    """Begin a feedback sheet of a unit for a period that no other sheet of it touches.

    **Needs** strengthening:sheet:change. **Ledger** feedback.drafted.
    Raises PeriodReversed, PeriodsOverlap, InFuture, NothingObserved, NotFound.
    """
    reach.check_new(actor, SHEET_CHANGE)
    reach.check_partner(unit_id)
    steps.refuse_future(until_on, clock.today(), field="until_on")
    others = FeedbackSheet.objects.filter(unit_id=unit_id).values_list("from_on", "until_on")
    steps.refuse_overlap(from_on, until_on, others)
    row = FeedbackSheet(office_id=actor.office_id, unit_id=unit_id, from_on=from_on, until_on=until_on)
    if not _files(row).filter(state=FileState.COMPLETE).exists():
        raise NothingObserved
    writing.insert(row, well=well, next_steps=next_steps)
    facts = {"unit": unit_id, "from": from_on, "until": until_on}
    writing.note(Verb.FEEDBACK_DRAFTED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


def _files(row: FeedbackSheet) -> QuerySet[PracticeFile]:
    return PracticeFile.objects.filter(unit_id=row.unit_id, on__gte=row.from_on, on__lte=row.until_on)


def _moved(actor: Actor, permission: str, sheet_id: UUID, event: SheetEvent) -> tuple[FeedbackSheet, SheetState]:
    row = policy.load(actor, permission, FeedbackSheet, sheet_id, seen_by=SHEET_SEE)
    return row, steps.next_sheet(SheetState(row.state), event)


@command
def change_sheet(*, actor: Actor, sheet_id: UUID, expected: int, well: str, next_steps: str) -> UUID:
    """Change what a draft says. **Needs** strengthening:sheet:change. **Ledger** feedback.changed.

    Raises WrongState, Changed.
    """
    row, _state = _moved(actor, SHEET_CHANGE, sheet_id, SheetEvent.CHANGE)
    writing.update(row, expected=expected, well=well, next_steps=next_steps)
    writing.note(Verb.FEEDBACK_CHANGED, subject=row.id, office=row.office_id)
    return row.id


@command
def validate_sheet(*, actor: Actor, sheet_id: UUID, on: date, validated_with: str, comment: str) -> UUID:
    """Write down with whom of the unit it was gone through. The files of its period stay as they are.

    **Needs** strengthening:sheet:change. **Ledger** feedback.validated. Raises WrongState, StillOpen, InFuture.
    """
    row, state = _moved(actor, SHEET_CHANGE, sheet_id, SheetEvent.VALIDATE)
    steps.refuse_future(on, clock.today())
    still = _files(row).filter(state=FileState.DRAFT).count()
    if still:
        raise StillOpen(count=still)
    writing.update(row, state=state, validated_on=on, validated_with=validated_with, comment=comment)
    files = _files(row).count()
    writing.note(Verb.FEEDBACK_VALIDATED, subject=row.id, office=row.office_id, facts={"files": files})
    return row.id


@command
def publish_sheet(*, actor: Actor, sheet_id: UUID) -> UUID:
    """Let a validated sheet's figures be published as an aggregate. **Needs** strengthening:sheet:publish.

    **Ledger** feedback.published. Raises WrongState, SheetTooSmall.
    """
    row, state = _moved(actor, SHEET_PUBLISH, sheet_id, SheetEvent.PUBLISH)
    steps.refuse_small(_files(row).filter(state=FileState.COMPLETE).count(), staff.least_shown())
    writing.update(row, state=state, published_on=clock.today())
    writing.note(Verb.FEEDBACK_PUBLISHED, subject=row.id, office=row.office_id)
    return row.id


# ---- assessments -------------------------------------------------------------------------------------------


@command
def assess_unit(
    *,
    actor: Actor,
    unit_id: UUID,
    occasion: Occasion,
    on: date,
    levels: Mapping[str, int | None],
    notes: Mapping[str, str],
    assessors: str,
) -> UUID:
    """Assess a unit at one point, each level with what it rests on. **Needs** strengthening:assessment:change.

    **Ledger** unit.assessed. Raises AssessedAlready, OutOfOrder, NothingAssessed, LevelWithoutEvidence, InFuture.
    """
    reach.check_new(actor, ASSESS)
    reach.check_partner(unit_id)
    steps.refuse_future(on, clock.today())
    others = _occasions(unit_id)
    if occasion in others:
        raise AssessedAlready
    steps.refuse_out_of_order(occasion, on, others)
    given = steps.checked_levels(levels, notes)
    row = UnitAssessment(office_id=actor.office_id, unit_id=unit_id, occasion=occasion, on=on, levels=given)
    writing.insert(row, notes={key: notes[key] for key in given}, assessors=assessors)
    facts = {"unit": unit_id, "occasion": occasion, "domains": len(given)}
    writing.note(Verb.UNIT_ASSESSED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


def _occasions(unit_id: UUID) -> dict[Occasion, date]:
    rows = UnitAssessment.objects.filter(unit_id=unit_id).values_list("occasion", "on")
    return {Occasion(occasion): on for occasion, on in rows}


@command
def change_assessment(
    *,
    actor: Actor,
    assessment_id: UUID,
    expected: int,
    on: date,
    levels: Mapping[str, int | None],
    notes: Mapping[str, str],
    assessors: str,
) -> UUID:
    """Correct an assessment. **Needs** strengthening:assessment:change. **Ledger** unit.assessment_changed.

    Raises OutOfOrder, NothingAssessed, LevelWithoutEvidence, InFuture, Changed.
    """
    row = policy.load(actor, ASSESS, UnitAssessment, assessment_id, seen_by=ASSESS_SEE)
    steps.refuse_future(on, clock.today())
    others = {key: day for key, day in _occasions(row.unit_id).items() if key != row.occasion}
    steps.refuse_out_of_order(Occasion(row.occasion), on, others)
    given = steps.checked_levels(levels, notes)
    words = {key: notes[key] for key in given}
    writing.update(row, expected=expected, on=on, levels=given, notes=words, assessors=assessors)
    facts = {"domains": len(given)}
    writing.note(Verb.UNIT_ASSESSMENT_CHANGED, subject=row.id, office=row.office_id, facts=facts)
    return row.id
