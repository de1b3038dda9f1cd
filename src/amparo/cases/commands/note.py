"""Notes, their corrections, and drafts."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases.commands.around import case_for
from amparo.cases.commands.basis import has_basis, require_basis
from amparo.cases.errors import (
    AlreadyEnded,
    NoBasis,
)
from amparo.cases.models import (
    Case,
    Draft,
    Note,
    Party,
)
from amparo.cases.words import (
    NoteKind,
    PartyRole,
)
from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.people import queries as people_queries
from amparo.vault import sealing

DRAFT_DAYS = 7


@command
def write_note(
    *,
    actor: Actor,
    case_id: UUID,
    compartment: Compartment,
    kind: NoteKind,
    text: str,
    person_id: UUID | None = None,
    happened_at: datetime | None = None,
) -> UUID:
    """Write a note into one compartment; the draft of it is gone with it.

    **Needs** cases:note:write. **Ledger** note.written. Raises NoBasis for notes about a survivor without one.
    """
    case = case_for(actor, "cases:note:write", case_id, compartment)
    if person_id is not None:
        _check_words_about(case, person_id)
    elif compartment in _HER_WORDS:
        _check_words_about_anybody(case)
    note = Note(
        case=case,
        office_id=case.office_id,
        compartment=compartment,
        kind=kind,
        person_id=person_id,
        key_owner=person_id or case.id,
        happened_at=happened_at or clock.now(),
    )
    writing.insert(note, text=text)
    facts = {"compartment": compartment, "kind": kind}
    writing.note(Verb.NOTE_WRITTEN, subject=note.id, case=case.id, office=case.office_id, facts=facts)
    Draft.objects.filter(account_id=actor.account_id, place=f"note:{case.id}").delete()
    return note.id


# Notes in these compartments tell of survivors even where nobody is named.
_HER_WORDS = (Compartment.NARRATIVE, Compartment.CARE, Compartment.EXAMINATION, Compartment.CLINICAL)


def _check_words_about_anybody(case: Case) -> None:
    """A note about the case as a whole needs a basis for at least one of its survivors, if it has any."""
    survivors = Party.objects.filter(case=case, role=PartyRole.SURVIVOR).values_list("person_id", flat=True)
    if survivors and not any(has_basis(case.id, person) for person in survivors):
        raise NoBasis


def _check_words_about(case: Case, person_id: UUID) -> None:
    if people_queries.head(person_id).is_erased:
        raise NotFound
    roles = set(Party.objects.filter(case=case, person_id=person_id).values_list("role", flat=True))
    if not roles:
        raise NotFound
    if PartyRole.SURVIVOR in roles:
        require_basis(case.id, person_id)


@command
def correct_note(*, actor: Actor, note_id: UUID, text: str) -> UUID:
    """Write a corrected note beside the old one, which stays readable. **Needs** cases:note:write.

    **Ledger** note.corrected. Raises AlreadyEnded where it was corrected before.
    """
    old = policy.load(actor, "cases:note:write", Note, note_id, seen_by="cases:note:see")
    if old.corrected:
        raise AlreadyEnded
    case = case_for(actor, "cases:note:write", old.case_id, Compartment(old.compartment))
    if old.person_id is not None:
        _check_words_about(case, old.person_id)
    note = Note(
        case_id=old.case_id,
        office_id=old.office_id,
        compartment=old.compartment,
        kind=old.kind,
        person_id=old.person_id,
        key_owner=old.key_owner,
        happened_at=old.happened_at,
        corrects_id=old.id,
    )
    writing.insert(note, text=text)
    writing.update(old, corrected=True)
    facts = {"compartment": old.compartment}
    writing.note(Verb.NOTE_CORRECTED, subject=note.id, case=note.case_id, office=note.office_id, facts=facts)
    return note.id


def save_draft(*, actor: Actor, place: str, owner: UUID, typed: str) -> datetime:
    """Keep what is being typed at a place, sealed; not an act of casework, so not in the ledger.

    A note's draft belongs to its case, which the actor has to be able to write into; a report's belongs
    to who takes it. **Needs** cases:draft:keep. Returns when it was kept. Raises NotFound for other places.
    """
    policy.check_new(actor, "cases:draft:keep", Subject(own=actor.account_id))
    if place == "note":
        case_for(actor, "cases:task:change", owner)
    elif place != "report" or owner != actor.account_id:
        raise NotFound
    return _keep_draft(actor, f"{place}:{owner}", owner, typed)


def _keep_draft(actor: Actor, place: str, key_owner: UUID, typed: str) -> datetime:
    now = clock.now()
    with transaction.atomic():
        Draft.objects.filter(saved_at__lt=now - timedelta(days=DRAFT_DAYS)).delete()
        row = Draft.objects.filter(account_id=actor.account_id, place=place).first()
        is_new = row is None
        row = row or Draft(id=ids.new_id(), account_id=actor.account_id, place=place)
        row.office_id, row.key_owner, row.saved_at = actor.office_id, key_owner, now
        sealing.seal(row, typed=typed)
        row.save(force_insert=is_new)
    return now


def drop_drafts(owner: UUID) -> None:
    """Drop what was being typed about a person or in her cases, inside the command that erases her."""
    cases = [str(case) for case in Party.objects.filter(person_id=owner).values_list("case_id", flat=True)]
    Draft.objects.filter(Q(key_owner=owner) | Q(place__in=[f"note:{case}" for case in cases])).delete()
