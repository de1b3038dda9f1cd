"""Where a survivor's kit is, in the words that she reads with her own number."""

from __future__ import annotations

from uuid import UUID

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.kits.queries.case import told_kits
from amparo.kits.rules import numbers
from amparo.kits.words import COARSE_LABELS, COARSE_NEXT, State


def kits_of_hers(actor: Actor, case_id: UUID, person_id: UUID) -> list[tuple[str, str]]:
    """Each kit by its code, with its coarse state and what happens next. Cost: one query."""
    rows = [kit for kit in cases.rows_of_case(actor, told_kits, case_id) if kit.person_id == person_id]
    coarse = [(kit.code, numbers.told(State(kit.state)).coarse) for kit in rows]
    return [(code, f"{COARSE_LABELS[state]}. {COARSE_NEXT[state]}") for code, state in coarse]
