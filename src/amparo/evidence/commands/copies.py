"""Copies that leave us: each gets a number, which stands on it or on a paper beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from amparo.access.actors import Actor
from amparo.evidence.errors import NobodyToGetIt
from amparo.evidence.models import Copy
from amparo.evidence.queries.copies import mark_of
from amparo.evidence.words import CopyOf, Way
from amparo.kernel import clock, codes, ids
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.papers.marks import Mark
from amparo.partners import queries as partners


@dataclass(frozen=True, slots=True)
class NewCopy:
    """A copy before it is kept: its number is known, so that it can be written on what leaves."""

    row: Copy
    mark: Mark
    at: datetime
    language: str


@dataclass(frozen=True, slots=True)
class Source:
    """What is copied, as the register of copies names it."""

    of: CopyOf
    id: UUID
    codes: tuple[str, ...]
    case_id: UUID
    office_id: UUID


def number_copy(actor: Actor, source: Source, *, agency_id: UUID | None, language: str = "") -> NewCopy:
    """Give a copy its number and mark; the caller has asked the policy, and keeps it with `keep_copy`.

    Raises NobodyToGetIt for an agency that the actor may not name.
    """
    if agency_id is not None and agency_id not in partners.agency_names([agency_id]):
        raise NobodyToGetIt(field="to")
    row = Copy(
        case_id=source.case_id,
        office_id=source.office_id,
        code=codes.make_code("CP", ids.entropy(codes.ENTROPY_BYTES)),
        of=source.of,
        source_id=source.id,
        source_codes=list(source.codes),
        agency_id=agency_id,
        created_by=actor.account_id,
        created_at=clock.now(),
    )
    spoken = language or get_language() or "en"
    return NewCopy(row, mark_of(row, spoken), row.created_at, spoken)


def keep_copy(new: NewCopy, way: Way, *, original: str = "", copy: str = "") -> UUID:
    """Keep a numbered copy in the register, with the SHA-256 of the original and of itself. **Ledger** copy.issued."""
    row = new.row
    row.way = way
    at = new.at.isoformat()
    writing.insert(row, details={"original": original, "copy": copy, "language": new.language, "at": at})
    facts = {"number": row.code, "of": row.of, "way": row.way}
    writing.note(Verb.COPY_ISSUED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id
