"""What cases are called, told by who knows: cases lie above this room, which still has to name them in the ledger.

The composition root says at start who answers. Answers are for one reader: a case that she may not see has no name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from amparo.access.actors import Actor


@dataclass(frozen=True, slots=True)
class CaseName:
    code: str
    url: str


class CaseNames(Protocol):
    def names(self, actor: Actor, case_ids: Iterable[UUID]) -> Mapping[UUID, CaseName]:
        """Names of those of these cases that the reader may see."""
        ...

    def find(self, actor: Actor, typed: str) -> UUID | None:
        """The case that a typed code means, if the reader may see it. Raises CodeMistyped."""
        ...


class _Nobody:
    def names(self, actor: Actor, case_ids: Iterable[UUID]) -> Mapping[UUID, CaseName]:
        return {}

    def find(self, actor: Actor, typed: str) -> UUID | None:
        return None


_known: CaseNames = _Nobody()


def answer_with(names: CaseNames) -> None:
    """Say who knows the cases' names; called once at start."""
    global _known
    _known = names


def names(actor: Actor, case_ids: Iterable[UUID]) -> Mapping[UUID, CaseName]:
    return _known.names(actor, case_ids)


def find(actor: Actor, typed: str) -> UUID | None:
    return _known.find(actor, typed)
