"""Joins two rooms that may not know each other: the ledger's page names cases, and the cases say how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.staff.naming import CaseName


class NamesOfCases:
    def names(self, actor: Actor, case_ids: Iterable[UUID]) -> Mapping[UUID, CaseName]:
        found = cases.heads(actor, case_ids)
        return {key: CaseName(head.code, reverse("desk:case", args=[key])) for key, head in found.items()}

    def find(self, actor: Actor, typed: str) -> UUID | None:
        head = cases.find_by_code(actor, typed)
        return None if head is None else head.id
