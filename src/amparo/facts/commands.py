"""Deciding about facts, and giving the organisation's own figures to the public."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.facts import queries, rules
from amparo.facts.errors import FactIncomplete, FigureMissing, NotPublished, NotVerified, SamePerson
from amparo.facts.models import Decision, OwnFigures
from amparo.facts.queries import PUBLISH, VERIFY, OwnFigure
from amparo.facts.words import State
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command

FIGURES = "facts:figures:publish"


def _decision(number: str) -> Decision | None:
    return Decision.objects.filter(fact=number).first()


@command
def verify_fact(*, actor: Actor, number: str) -> UUID:
    """Say that the source was read and says this. **Needs** facts:fact:verify. **Ledger** fact.verified.

    Raises FactIncomplete.
    """
    fact = queries.fact_for(actor, VERIFY, number)
    if rules.missing(fact):
        raise FactIncomplete
    row = _decision(number)
    if row is None:
        row = Decision(
            fact=number,
            office_id=actor.office_id,
            digest=fact.digest,
            state=State.VERIFIED,
            verified_by=actor.account_id,
            verified_on=clock.today(),
        )
        writing.insert(row)
    else:
        writing.update(
            row,
            digest=fact.digest,
            state=State.VERIFIED,
            verified_by=actor.account_id,
            verified_on=clock.today(),
            published_by=None,
            published_on=None,
            ended_on=None,
        )
    writing.note(Verb.FACT_VERIFIED, subject=row.id, office=row.office_id, facts={"digest": fact.digest})
    return row.id


@command
def publish_fact(*, actor: Actor, number: str) -> UUID:
    """Show a verified fact to the public. **Needs** facts:fact:publish. **Ledger** fact.published.

    Raises NotVerified where its text changed since, SamePerson, FactIncomplete.
    """
    fact = queries.fact_for(actor, PUBLISH, number)
    row = _decision(number)
    if row is None or row.state != State.VERIFIED or row.digest != fact.digest:
        raise NotVerified
    if row.verified_by == actor.account_id:
        raise SamePerson
    if rules.missing(fact):
        raise FactIncomplete
    writing.update(row, state=State.PUBLISHED, published_by=actor.account_id, published_on=clock.today())
    writing.note(Verb.FACT_PUBLISHED, subject=row.id, office=row.office_id, facts={"digest": fact.digest})
    return row.id


@command
def withdraw_fact(*, actor: Actor, number: str) -> UUID:
    """Take a fact from the public, at once. **Needs** facts:fact:publish. **Ledger** fact.withdrawn."""
    queries.fact_for(actor, PUBLISH, number)
    row = _decision(number)
    if row is None or row.state != State.PUBLISHED:
        raise NotPublished
    writing.update(row, state=State.WITHDRAWN, ended_on=clock.today())
    writing.note(Verb.FACT_WITHDRAWN, subject=row.id, office=row.office_id)
    return row.id


@command
def publish_figures(
    *,
    actor: Actor,
    release_id: UUID,
    digest: str,
    least: int,
    since: date,
    until: date,
    figures: Sequence[OwnFigure],
) -> UUID:
    """Give figures that were suppressed and approved to the public site; the room of insight has seen to both.

    **Needs** facts:figures:publish. **Ledger** figures.published. Raises FigureMissing.
    """
    policy.check_new(actor, FIGURES, Subject(office=actor.office_id, level=Compartment.PROGRAMME))
    if not figures:
        raise FigureMissing
    row = OwnFigures(
        release_id=release_id,
        office_id=actor.office_id,
        digest=digest,
        least=least,
        since=since,
        until=until,
        published_on=clock.today(),
    )
    writing.insert(row, content=json.dumps([asdict(figure) for figure in figures], ensure_ascii=False))
    facts = {"release": release_id, "digest": digest, "count": len(figures)}
    writing.note(Verb.FIGURES_PUBLISHED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


@command
def withdraw_figures(*, actor: Actor, release_id: UUID) -> UUID:
    """Take published figures back. **Needs** facts:figures:publish. **Ledger** figures.withdrawn."""
    policy.check_new(actor, FIGURES, Subject(office=actor.office_id, level=Compartment.PROGRAMME))
    row = OwnFigures.objects.filter(release_id=release_id, withdrawn_on=None).first()
    if row is None:
        raise NotPublished
    writing.update(row, withdrawn_on=clock.today())
    writing.note(Verb.FIGURES_WITHDRAWN, subject=row.id, office=row.office_id, facts={"release": release_id})
    return row.id
