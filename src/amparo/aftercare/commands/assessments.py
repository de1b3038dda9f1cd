"""Instruments and assessments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.aftercare.commands.reach import about, live_client, live_row, not_in_future, note
from amparo.aftercare.errors import (
    NotAcknowledged,
    NothingScored,
    NotYourDraft,
    OneAtATime,
    OwnSecondScoring,
    ReservedCode,
    UnknownAnswer,
    VersionTaken,
)
from amparo.aftercare.models import Assessment, InstrumentVersion
from amparo.aftercare.queries import instruments
from amparo.aftercare.queries.days import today
from amparo.aftercare.rules import definition, scoring
from amparo.aftercare.words import RatingState
from amparo.cases.commands import require_basis
from amparo.kernel import clock, digest
from amparo.kernel.digest import JsonValue
from amparo.kernel.errors import Forbidden
from amparo.ledger import writing
from amparo.ledger.verbs import Facts, Verb
from amparo.ledger.writing import command
from amparo.vault.sealing import Words

CHANGE = "aftercare:assessment:change"
# What was chosen for an item, and what it rests on.
Given = Mapping[str, tuple[str, str]]


@command
def add_instrument(*, actor: Actor, data: bytes, acknowledged: bool) -> UUID:
    """Add a version of an organisation's own instrument from its file; the same file again changes nothing.

    **Needs** aftercare:instrument:manage. **Ledger** instrument.added.
    Raises DefinitionRefused, NotAcknowledged, VersionTaken.
    """
    policy.check_new(actor, "aftercare:instrument:manage", Subject(office=actor.office_id))
    raw = definition.read(data)
    read = definition.instrument(raw)
    if read.code == instruments.HOUSE and digest.sha256_of(raw) != digest.sha256_of(instruments.house_raw()):
        raise ReservedCode(instrument=read.code, field="file")
    if read.must_acknowledge and not acknowledged:
        raise NotAcknowledged(field="acknowledged")
    return _stored(actor, raw, read).id


def _stored(actor: Actor, raw: Mapping[str, JsonValue], read: scoring.Instrument) -> InstrumentVersion:
    """The row of a definition, made where there is none. Raises VersionTaken for other contents."""
    wanted = digest.sha256_of(dict(raw))
    found = InstrumentVersion.objects.filter(code=read.code, number=read.version).first()
    if found is None:
        found = InstrumentVersion(
            office_id=actor.office_id, code=read.code, number=read.version, digest=wanted, definition=raw
        )
        writing.insert(found)
        facts: Facts = {"instrument": read.code, "version": read.version}
        writing.note(Verb.INSTRUMENT_ADDED, subject=found.id, office=actor.office_id, facts=facts)
    if found.digest != wanted:
        raise VersionTaken(version=read.version)
    return found


@command
def start_assessment(
    *, actor: Actor, client_id: UUID, instrument_id: UUID | None = None, rated_on: date | None = None
) -> UUID:
    """Begin an assessment, or go on with one's own draft; without `instrument_id` with our Restoration profile.

    **Needs** aftercare:assessment:change and a basis. **Ledger** assessment.started. Raises NoBasis, OneAtATime.
    """
    client = live_client(actor, CHANGE, client_id)
    require_basis(client.case_id, client.person_id)
    drafts = Assessment.objects.filter(
        case_id=client.case_id, person_id=client.person_id, state=RatingState.DRAFT, second_of_id=None
    )
    if (draft := drafts.first()) is not None:
        if draft.created_by != actor.account_id:
            raise OneAtATime
        return draft.id
    day = not_in_future(rated_on or today(), "rated_on", since=client.enrolled_on)
    if instrument_id is None:
        raw = instruments.house_raw()
        version = _stored(actor, raw, definition.instrument(raw))
    else:
        version = instruments.row(instrument_id)
    row = Assessment(**about(client), instrument=version, rated_on=day)
    writing.insert(row)
    note(Verb.ASSESSMENT_STARTED, row, {"instrument": version.code})
    return row.id


def _own_draft(actor: Actor, assessment_id: UUID) -> Assessment:
    row = live_row(actor, CHANGE, Assessment, assessment_id)
    if row.state != RatingState.DRAFT:
        raise Forbidden
    if row.created_by != actor.account_id:
        raise NotYourDraft
    require_basis(row.case_id, row.person_id)
    return row


@command
def save_answers(*, actor: Actor, assessment_id: UUID, given: Given, environment: str = "") -> UUID:
    """Keep the answers that a draft has so far; any number of them may be missing.

    **Needs** aftercare:assessment:change and a basis. **Ledger** assessment.saved.
    Raises NotYourDraft, UnknownAnswer, NoBasis.
    """
    row = _own_draft(actor, assessment_id)
    known = {item.code for item in instruments.read(row.instrument).items}
    if not given.keys() <= known:
        raise UnknownAnswer
    answers: dict[str, Words] = {
        code: [value, evidence] for code, (value, evidence) in given.items() if value or evidence
    }
    for value, evidence in given.values():
        if value:
            scoring.answer(value, evidence)
    writing.update(row, answers=answers, environment=environment)
    note(Verb.ASSESSMENT_SAVED, row)
    return row.id


@command
def complete_assessment(*, actor: Actor, assessment_id: UUID) -> UUID:
    """Close a draft for good; the second scoring of one makes the first one reviewed.

    **Ledger** assessment.completed, assessment.reviewed. Raises NothingScored, NotYourDraft.
    """
    row = _own_draft(actor, assessment_id)
    answers = instruments.answers_of([row])[0]
    scored = sum(one.score is not None for one in answers.values())
    if not scored:
        raise NothingScored
    writing.update(row, state=RatingState.COMPLETE, completed_at=clock.now())
    note(Verb.ASSESSMENT_COMPLETED, row, {"answered": scored})
    if row.second_of_id is not None:
        first = live_row(actor, CHANGE, Assessment, row.second_of_id)
        writing.update(first, state=RatingState.REVIEWED)
        note(Verb.ASSESSMENT_REVIEWED, first)
    return row.id


@command
def start_second_scoring(*, actor: Actor, assessment_id: UUID) -> UUID:
    """Score the same again without seeing the first scores, to learn how far two raters agree.

    **Ledger** assessment.started. Raises OwnSecondScoring, OneAtATime, Forbidden.
    """
    first = live_row(actor, CHANGE, Assessment, assessment_id)
    require_basis(first.case_id, first.person_id)
    if first.state != RatingState.COMPLETE or first.second_of_id is not None:
        raise Forbidden
    if first.created_by == actor.account_id:
        raise OwnSecondScoring
    row = Assessment(**about(first), instrument=first.instrument, rated_on=first.rated_on, second_of_id=first.id)
    try:
        with transaction.atomic():
            writing.insert(row)
    except IntegrityError as error:
        raise OneAtATime from error
    note(Verb.ASSESSMENT_STARTED, row, {"instrument": first.instrument.code})
    return row.id
