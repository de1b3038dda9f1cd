"""The four tracks of a case and how they moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access import queries as access
from amparo.cases import rules
from amparo.cases.models import (
    Track,
    TrackChange,
)
from amparo.cases.queries.heads import CaseHead
from amparo.cases.words import (
    TrackKind,
)
from amparo.vault.prepared import ID, Prepared


@dataclass(frozen=True, slots=True)
class TrackView:
    kind: TrackKind
    state: str
    since_on: date
    lead_id: UUID | None
    lead: str
    moves: tuple[str, ...]


_TRACKS = Prepared(lambda case_id: Track.objects.filter(case_id=case_id), ID)
_CHANGES = Prepared(lambda case_id: TrackChange.objects.filter(case_id=case_id).order_by("on", "id"), ID)


def tracks(head: CaseHead) -> tuple[TrackView, ...]:
    """The four tracks of a case with their leads; the caller has loaded the case through the policy."""
    rows = {row.kind: row for row in _TRACKS.rows(head.id)}
    names = access.names_of(row.lead_id for row in rows.values() if row.lead_id)
    return tuple(_track(rows[kind], names) for kind in TrackKind if kind in rows)


def _track(row: Track, names: Mapping[UUID, str]) -> TrackView:
    kind = TrackKind(row.kind)
    lead = names.get(row.lead_id, "") if row.lead_id else ""
    return TrackView(kind, row.state, row.since_on, row.lead_id, lead, rules.MOVES[kind].get(row.state, ()))


@dataclass(frozen=True, slots=True)
class TrackMark:
    kind: TrackKind
    state: str
    on: date


def track_changes(head: CaseHead) -> list[TrackMark]:
    return [TrackMark(TrackKind(row.kind), row.state, row.on) for row in _CHANGES.rows(head.id)]
