"""Lessons that nobody took up yet, for those who work on the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.operations.models import Lesson
from amparo.vault import sealing

MOST = 50


@dataclass(frozen=True, slots=True)
class OpenLesson:
    """A lesson about how the system works; nothing in it leads to the operation."""

    id: UUID
    words: str
    unit_id: UUID | None
    written_at: datetime


_OPEN = OfReader(
    "operations:lesson:see", Lesson, lambda rows: rows.filter(taken_up_at=None).order_by("created_at", "id")[:MOST]
)


def lessons_open(actor: Actor, *, limit: int = MOST) -> list[OpenLesson]:
    """Lessons that did not become an observation yet, the oldest first. Cost: one query and the keys."""
    rows = _OPEN.rows(actor)[:limit]
    opened = sealing.open_rows(rows, "words")
    return [
        OpenLesson(row.id, words.text("words"), row.unit_id, row.created_at)
        for row, words in zip(rows, opened, strict=True)
    ]


def lesson(actor: Actor, lesson_id: UUID) -> OpenLesson:
    """One lesson. Raises NotFound."""
    row = policy.load(actor, "operations:lesson:see", Lesson, lesson_id)
    return OpenLesson(row.id, sealing.open_row(row, "words").text("words"), row.unit_id, row.created_at)
