"""Opening answers and marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from amparo.training.models import Sitting
from amparo.training.rules.marking import Chosen
from amparo.training.words import Occasion
from amparo.vault import sealing
from amparo.vault.sealing import Words


@dataclass(frozen=True, slots=True)
class OpenedSitting:
    """One person's test: what was chosen, and the points of short answers."""

    row: Sitting
    answers: Mapping[str, Chosen]
    marks: Mapping[str, int]


def opened_sittings(session_id: UUID, occasion: Occasion | None = None) -> list[OpenedSitting]:
    """All tests of a session, or those of one occasion. Cost: two queries."""
    rows = Sitting.objects.filter(enrolment__session_id=session_id).order_by("created_at", "id")
    return opened(list(rows.filter(occasion=occasion) if occasion else rows))


def opened(rows: Sequence[Sitting]) -> list[OpenedSitting]:
    """These tests, opened. Erased ones hold nothing, and so count as not taken. Cost: one query."""
    words = sealing.open_rows(rows, "answers", "marks")
    return [
        OpenedSitting(row, _chosen(one.table("answers")), _points(one.table("marks")))
        for row, one in zip(rows, words, strict=True)
        if not one.erased
    ]


def _chosen(stored: Mapping[str, Words]) -> dict[str, Chosen]:
    kept: dict[str, Chosen] = {}
    for key, value in stored.items():
        if isinstance(value, str):
            kept[key] = value
        elif isinstance(value, list):
            kept[key] = [place for place in value if isinstance(place, int)]
    return kept


def _points(stored: Mapping[str, Words]) -> dict[str, int]:
    return {key: value for key, value in stored.items() if isinstance(value, int)}
