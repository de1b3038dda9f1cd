"""Who acts, and whether she may."""

from __future__ import annotations

from amparo.access import policy
from amparo.access.actors import Actor, SystemActor
from amparo.access.policy import Subject

AnyActor = Actor | SystemActor


def may(actor: AnyActor, permission: str, subject: Subject) -> None:
    """Ask the policy for a person; what the house does by itself needs no asking. Raises NotFound, Refused."""
    if isinstance(actor, Actor):
        policy.check_new(actor, permission, subject)
