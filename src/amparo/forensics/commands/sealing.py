"""Sealing a record, and what may be added to it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.forensics.commands.reach import about, draft_for, next_number, note, sealed_for
from amparo.forensics.errors import (
    BasisOfOpinionMissing,
    DegreeMissing,
    NotAttested,
    NotYours,
    OpinionSigned,
    SectionOpen,
    WordsMissing,
)
from amparo.forensics.models import Addendum, ExamPhoto, Finding, Opinion
from amparo.forensics.queries import reach, record
from amparo.forensics.queries.standing import standing_of
from amparo.forensics.rules import sealing as rules
from amparo.forensics.words import Degree, ExamState
from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault.sealing import Words

_SALT_BYTES = 16


@command
def seal(*, actor: Actor, exam_id: UUID, attested: bool, signed_as: str, ended_at: datetime | None = None) -> UUID:
    """Seal the record: from now on nothing in it changes, and only addenda and opinions are added.

    `signed_as` is the name under which the examiner confirms that it is true.
    **Writes** the two hashes of the record. **Needs** forensics:exam:change, as its examiner.
    **Ledger** exam.sealed. Raises NotAttested, SectionOpen, NotInFuture, EndsBeforeBegin, AlreadySealed.
    """
    row = draft_for(actor, exam_id)
    if not attested or not signed_as:
        raise NotAttested(field="attested")
    view = reach.view_of(row)
    if rules.missing(standing_of(view)):
        raise SectionOpen(field="attested")
    now = clock.now()
    ended = ended_at or row.ended_at or now
    rules.check_times(row.started_at, ended, now)
    row.ended_at = ended
    attestation: dict[str, Words] = {
        "signed_as": signed_as,
        "qualification": view.said("before", "qualification"),
        "registration": view.said("before", "registration"),
        "said": "true and complete to the best of my knowledge",
    }
    salt = ids.entropy(_SALT_BYTES).hex()
    found = record.hashes(view, attestation, salt, now)
    writing.update(
        row,
        state=ExamState.SEALED,
        ended_at=ended,
        sealed_at=now,
        attestation=attestation,
        seal_salt=salt,
        record_sha256=found.record,
        clinical_sha256=found.clinical,
    )
    facts = {
        "sha256": found.record,
        "findings": Finding.objects.filter(exam_id=row.id).count(),
        "photos": ExamPhoto.objects.filter(exam_id=row.id).count(),
    }
    note(Verb.EXAM_SEALED, row, facts)
    return row.id


@command
def add_addendum(*, actor: Actor, exam_id: UUID, text: str) -> UUID:
    """Add to a sealed record, beside it. **Needs** forensics:exam:change. **Ledger** exam.addendum_written.

    Raises NotSealed, WordsMissing.
    """
    row = sealed_for(actor, exam_id)
    if not text.strip():
        raise WordsMissing(field="text")
    number, now = next_number(Addendum, row), clock.now()
    found = record.addendum_hash(row, number, text, now, actor.account_id)
    addendum = Addendum(
        exam=row, **about(row), number=number, added_at=now, added_by=actor.account_id, sha256=found
    )  # fmt: skip
    writing.insert(addendum, text=text)
    note(Verb.EXAM_ADDENDUM_WRITTEN, addendum, {"number": number, "sha256": found}, subject=row.id)
    return addendum.id


# ---- opinion -----------------------------------------------------------------------------------------------


@command
def save_opinion(
    *,
    actor: Actor,
    exam_id: UUID,
    degrees: Mapping[int, Degree],
    overall: Degree | None = None,
    basis: str = "",
    alternatives: str = "",
    text: str = "",
    expected: int | None = None,
) -> UUID:
    """Keep the draft of an opinion about a sealed record; a signed one stays, and the next has a number of its own.

    `degrees` go by the number of the finding. **Needs** forensics:exam:change, as its examiner.
    **Ledger** opinion.saved. Raises NotSealed, NotYours, Changed.
    """
    row = sealed_for(actor, exam_id)
    if row.examiner_id != actor.account_id:
        raise NotYours
    known = set(Finding.objects.filter(exam_id=row.id).values_list("number", flat=True))
    words: dict[str, Words] = {
        "degrees": {str(number): degree for number, degree in sorted(degrees.items()) if number in known},
        "overall": overall or "",
        "basis": basis,
        "alternatives": alternatives,
        "text": text,
    }
    draft = Opinion.objects.filter(exam_id=row.id, signed_at=None).first()
    if draft is None:
        draft = Opinion(exam=row, **about(row), number=next_number(Opinion, row))
        writing.insert(draft, words=words)
    else:
        writing.update(draft, expected=expected, words=words)
    note(Verb.OPINION_SAVED, draft, {"number": draft.number}, subject=row.id)
    return draft.id


@command
def sign_opinion(*, actor: Actor, opinion_id: UUID) -> UUID:
    """Sign an opinion; from now on it is not changed. **Needs** forensics:exam:change, as its examiner.

    **Ledger** opinion.signed. Raises DegreeMissing, BasisOfOpinionMissing, OpinionSigned, NotYours.
    """
    found = Opinion.objects.filter(pk=opinion_id).first()
    if found is None:
        raise NotFound
    row = sealed_for(actor, found.exam_id)
    if row.examiner_id != actor.account_id:
        raise NotYours
    if found.signed_at is not None:
        raise OpinionSigned
    opinion = next(one for one in record.opinions(row.id) if one.id == found.id)
    if opinion.overall is None:
        raise DegreeMissing(field="overall")
    if not opinion.said("basis") or not opinion.said("alternatives"):
        raise BasisOfOpinionMissing(field="alternatives" if opinion.said("basis") else "basis")
    now = clock.now()
    sha256 = record.opinion_hash(row, found.number, opinion.words, now, actor.account_id)
    writing.update(found, signed_at=now, signed_by=actor.account_id, sha256=sha256)
    note(Verb.OPINION_SIGNED, found, {"number": found.number, "sha256": sha256}, subject=row.id)
    return found.id
