"""What pages ask again and again, of one case or of all that somebody sees: prepared, with the policy inside.

Each asks for the same rows as `policy.visible_in_case` and `policy.visible`; tests hold them together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from amparo.access import policy
from amparo.access.actors import Actor, HeldRole
from amparo.kernel import clock
from amparo.kernel.words import Compartment, Role
from amparo.ledger.records import Record
from amparo.vault.prepared import ID, IDS, MOMENT, Kind, Prepared

M = TypeVar("M", bound=Record)
_Ids = Collection[UUID]


def _as_they_are(rows: QuerySet[M]) -> QuerySet[M]:
    return rows


class OfCase(Generic[M]):
    """The rows of a table in one case, as far as an actor may see them.

    `shape` orders and narrows them further by values of these kinds, which it must not look at.
    """

    def __init__(
        self,
        permission: str,
        model: type[M],
        shape: Callable[..., QuerySet[M]] = _as_they_are,
        *kinds: Kind,
    ) -> None:
        self._permission = permission
        self._model = model
        self._shape = shape
        self._kinds = kinds
        self._prepared: dict[tuple[Compartment, ...], Prepared[M]] = {}

    def rows(self, actor: Actor, office: UUID, case_id: UUID, *values: Any) -> list[M]:
        """The rows that `policy.visible_in_case` gives. Cost: one query, none where nothing may be seen."""
        guard = self._model.guard
        seen = policy.in_case(actor, self._permission, guard, office, case_id)
        if seen is None:
            rows = policy.visible_in_case(actor, self._permission, self._of(case_id), office, case_id)
            return list(self._shape(rows, *values))
        barred = actor.barred_persons if guard.person else ()
        return self._for(seen.levels).rows(case_id, barred, *values) if seen.allowed else []

    def _of(self, case_id: UUID) -> QuerySet[M]:
        return self._model._base_manager.filter(**{self._model.guard.case: case_id})

    def _for(self, levels: tuple[Compartment, ...]) -> Prepared[M]:
        if levels not in self._prepared:

            def build(case_id: UUID, barred: _Ids, *values: Any) -> QuerySet[M]:
                rows = policy.without_persons(policy.at_levels(self._of(case_id), levels), barred)
                return self._shape(rows, *values)

            self._prepared[levels] = Prepared(build, ID, IDS, *self._kinds)
        return self._prepared[levels]


# Whether in court mode, which roles somebody holds, and which of them in the same office as which.
_Pattern = tuple[bool, tuple[tuple[Role, int], ...]]


class OfReader(Generic[M]):
    """The rows of a table that an actor may see, whatever case they are of; `shape` as for `OfCase`."""

    def __init__(self, permission: str, model: type[M], shape: Callable[..., QuerySet[M]], *kinds: Kind) -> None:
        self._permission = permission
        self._model = model
        self._shape = shape
        self._kinds = kinds
        self._prepared: dict[_Pattern, Prepared[M]] = {}

    def rows(self, actor: Actor, *values: Any) -> list[M]:
        """The rows that `policy.visible` gives. Cost: one query."""
        if actor.places and self._model.guard.operation:
            return list(self._shaped(actor, *values))
        offices = list(dict.fromkeys(held.office_id for held in actor.roles))
        pattern = (actor.court, tuple((held.role, offices.index(held.office_id)) for held in actor.roles))
        barred = (actor.barred_cases, actor.barred_persons, actor.barred_operations)
        return self._for(pattern, len(offices)).rows(actor.account_id, clock.now(), *barred, *offices, *values)

    def _shaped(self, actor: Actor, *values: Any) -> QuerySet[M]:
        return self._shape(policy.visible(actor, self._permission, self._model._base_manager.all()), *values)

    def _for(self, pattern: _Pattern, offices: int) -> Prepared[M]:
        if pattern not in self._prepared:
            court, held = pattern

            def build(
                account_id: UUID, now: datetime, cases: _Ids, persons: _Ids, operations: _Ids, *given: Any
            ) -> QuerySet[M]:
                reader = Actor(
                    account_id=account_id,
                    office_id=account_id,
                    roles=tuple(HeldRole(role, given[place]) for role, place in held),
                    barred_cases=frozenset(cases),
                    barred_persons=frozenset(persons),
                    barred_operations=frozenset(operations),
                    court=court,
                )
                with clock.set_to(now):
                    return self._shaped(reader, *given[offices:])

            # Which of them the policy needs depends on the roles, and on what the rows are about.
            kinds = (ID, MOMENT, IDS, IDS, IDS, *[ID] * offices)
            self._prepared[pattern] = Prepared(build, *kinds, *self._kinds, spare=len(kinds))
        return self._prepared[pattern]
