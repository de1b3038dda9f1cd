"""Those for whom two ways of asking the policy are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amparo.access.actors import Actor
    from tests.cast import Cast


def everybody(crowd: Cast) -> Iterator[Actor]:
    """Everybody, and everybody in court mode."""
    for name in crowd.accounts:
        actor = crowd.actor(name)
        yield actor
        yield replace(actor, court=True)
