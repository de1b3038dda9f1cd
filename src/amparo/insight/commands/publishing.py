"""Approved figures handed down to the room that shows them to the public."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.facts import commands as facts
from amparo.facts.queries import OwnFigure
from amparo.insight.errors import NothingToPublish
from amparo.insight.models import Release
from amparo.insight.queries.blocks import number, percent
from amparo.insight.words import Step
from amparo.insight.words.registry import INDICATORS, PEOPLE

PUBLISH = "facts:figures:publish"


def may_publish(actor: Actor) -> bool:
    """Whether somebody decides what stands on the public site: not everybody who approves a release does."""
    return policy.has(actor, PUBLISH)


def hand_down(actor: Actor, row: Release) -> None:
    """Give approved figures to the public ones; hidden ones are left out. Raises NothingToPublish."""
    shown = public_figures(row)
    if not shown:
        raise NothingToPublish
    facts.publish_figures(
        actor=actor,
        release_id=row.id,
        digest=row.digest,
        least=row.least,
        since=date.fromordinal(row.first_day),
        until=date.fromordinal(row.last_day),
        figures=shown,
    )


def public_figures(row: Release) -> list[OwnFigure]:
    """What a release says to the public, in plain words."""
    people, reached = row.figures["people"], row.figures["reached"]
    found = [
        OwnFigure(str(one.name), number(people[one.id]), f"{one.definition} {one.once}", str(one.silent))
        for one in PEOPLE
        if people.get(one.id) is not None
    ]
    whole, convicted = reached[Step.REPORTED], reached[Step.CONVICTED]
    if whole and convicted is not None:
        share = INDICATORS["convicted-of-reported"]
        said = _("%(part)s of %(whole)s, %(share)s") % {
            "part": number(convicted),
            "whole": number(whole),
            "share": percent(convicted, whole),
        }
        found.append(OwnFigure(str(share.name), said, f"{share.definition} {share.once}", str(share.silent)))
    return found
