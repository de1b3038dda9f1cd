"""What is written into the sections of an examination, as it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.forensics.commands.reach import about, check_consent, draft_for, note
from amparo.forensics.models import Section
from amparo.forensics.rules import sealing as rules
from amparo.forensics.words import Anatomy
from amparo.forensics.words.sections import part
from amparo.kernel import clock
from amparo.kernel.errors import Changed, NotFound
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault.sealing import Words


@command
def save_section(
    *,
    actor: Actor,
    exam_id: UUID,
    code: str,
    answers: Mapping[str, Words],
    done: bool = False,
    expected: int | None = None,
) -> UUID:
    """Keep a section as it stands now, finished or not; `expected` is the version that was seen, 0 for none.

    **Needs** forensics:exam:change, as its examiner, and a consent that covers the section.
    **Ledger** exam.section_saved. Raises ConsentMissing, Stopped, Changed, AlreadySealed, NotYours.
    """
    row = draft_for(actor, exam_id)
    found = part(code, Anatomy(row.anatomy))
    if found is None:
        raise NotFound
    check_consent(row, *found.needs)
    known = {question.code for question in found.questions}
    words: dict[str, Words] = {
        name: value for name, value in answers.items() if name in known and value not in ("", [], None)
    }
    section = Section.objects.filter(exam_id=row.id, code=code).first()
    if section is None:
        if expected:
            raise Changed
        section = Section(exam=row, **about(row), code=code, compartment=found.compartment, done=done)
        writing.insert(section, words=words)
    else:
        writing.update(section, expected=expected, words=words, done=done)
    note(Verb.EXAM_SECTION_SAVED, section, {"section": code, "done": done}, subject=row.id)
    return section.id


@command
def set_times(*, actor: Actor, exam_id: UUID, started_at: datetime, ended_at: datetime | None) -> UUID:
    """Say when the examination began and ended. **Needs** forensics:exam:change, as its examiner.

    **Ledger** exam.section_saved. Raises NotInFuture, EndsBeforeBegin, AlreadySealed.
    """
    row = draft_for(actor, exam_id)
    rules.check_times(started_at, ended_at, clock.now())
    writing.update(row, started_at=started_at, ended_at=ended_at)
    note(Verb.EXAM_SECTION_SAVED, row, {"section": "times"})
    return row.id
