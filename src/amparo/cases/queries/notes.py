"""Notes by compartment, and drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.cases.models import (
    Draft,
    Note,
)
from amparo.cases.queries.heads import PAGE, CaseHead, case_head, in_case, rows_of_case
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.vault import sealing

NOTE_COMPARTMENTS = (
    Compartment.CARE, Compartment.NARRATIVE, Compartment.EXAMINATION, Compartment.CLINICAL, Compartment.INVESTIGATION,
    Compartment.EVIDENCE, Compartment.LEGAL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoteView:
    id: UUID
    compartment: Compartment
    kind: str
    person_id: UUID | None
    happened_at: datetime
    by: str
    text: str
    corrected: bool
    corrects_id: UUID | None


@dataclass(frozen=True, slots=True)
class NotePage:
    notes: tuple[NoteView, ...]
    after: UUID | None


_NEWEST = OfCase("cases:note:see", Note, lambda rows: rows.order_by("-happened_at", "-id")[: PAGE + 1])


def _older(actor: Actor, case_id: UUID, limit: int, after: UUID) -> list[Note]:
    rows = in_case(actor, "cases:note:see", Note.objects.filter(case_id=case_id), case_id)
    last = Note.objects.filter(pk=after, case_id=case_id).values_list("happened_at", flat=True).first()
    if last is None:
        raise NotFound
    rows = rows.filter(Q(happened_at__lt=last) | Q(happened_at=last, id__lt=after))
    return list(rows.order_by("-happened_at", "-id")[: limit + 1])


def notes(actor: Actor, case_id: UUID, *, limit: int = PAGE, after: UUID | None = None) -> NotePage:
    """Notes that the actor may read, newest first; reading them is kept. Cost: four queries."""
    found = rows_of_case(actor, _NEWEST, case_id) if after is None else _older(actor, case_id, limit, after)
    more, page = len(found) > limit, found[:limit]
    names = access.names_of(row.created_by for row in page)
    opened = sealing.open_rows(page, "text")
    readings.opened(case_id, *(Compartment(row.compartment) for row in page))
    views = tuple(_note(row, words, names) for row, words in zip(page, opened, strict=True))
    return NotePage(views, page[-1].id if more else None)


def _note(row: Note, words: sealing.Opened, names: Mapping[UUID, str]) -> NoteView:
    return NoteView(
        id=row.id,
        compartment=Compartment(row.compartment),
        kind=row.kind,
        person_id=row.person_id,
        happened_at=row.happened_at,
        by=names.get(row.created_by, ""),
        text=words.text("text"),
        corrected=row.corrected,
        corrects_id=row.corrects_id,
    )


def note(actor: Actor, note_id: UUID) -> tuple[CaseHead, NoteView]:
    row = policy.load(actor, "cases:note:see", Note, note_id)
    readings.opened(row.case_id, Compartment(row.compartment))
    names = access.names_of([row.created_by])
    return case_head(actor, row.case_id), _note(row, sealing.open_row(row, "text"), names)


def writable_compartments(actor: Actor, head: CaseHead) -> list[Compartment]:
    """Into which compartments of a case the actor may write notes."""
    return [c for c in NOTE_COMPARTMENTS if policy.decide(actor, "cases:note:write", head.part(c)).allowed]


def draft(actor: Actor, place: str) -> str:
    """What the actor was typing at a place; empty where nothing is kept."""
    row = Draft.objects.filter(account_id=actor.account_id, place=place).first()
    return sealing.open_row(row, "typed").text("typed") if row else ""
