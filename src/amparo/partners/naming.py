"""What lies above or beside this room and has to be told by who knows: officials' names in cases, and what is held
about an official elsewhere.

The composition root says at start who answers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from amparo.access.actors import Actor
from amparo.web.sheets import Section


class OfficialNames(Protocol):
    def __call__(self, person_ids: Collection[UUID]) -> Mapping[UUID, str]:
        """Names of those of these people who were added as officials; the caller has asked the policy."""
        ...


class OfficialTeller(Protocol):
    def __call__(self, actor: Actor, official_id: UUID, person_id: UUID | None) -> Sequence[Section]:
        """What another room holds about an official, as far as this reader may see it."""
        ...


def _nobody(person_ids: Collection[UUID]) -> Mapping[UUID, str]:
    return {}


_names: OfficialNames = _nobody
_tellers: list[OfficialTeller] = []


def answer_with(names: OfficialNames) -> None:
    """Say who knows officials' names; called once at start."""
    global _names
    _names = names


def names(person_ids: Collection[UUID]) -> Mapping[UUID, str]:
    return _names(person_ids) if person_ids else {}


def tell_with(teller: OfficialTeller) -> None:
    """Add a room that holds something about officials; called once at start for each room."""
    if teller not in _tellers:
        _tellers.append(teller)


def told(actor: Actor, official_id: UUID, person_id: UUID | None) -> list[Section]:
    """Everything that other rooms hold about an official."""
    return [section for teller in _tellers for section in teller(actor, official_id, person_id)]
