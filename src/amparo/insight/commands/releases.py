"""Figures that leave: asked for by one person, approved by another, with their digest in the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases import queries as cases
from amparo.facts import queries as facts
from amparo.insight.commands.publishing import PUBLISH, hand_down, may_publish, public_figures
from amparo.insight.errors import (
    AlreadyDecided,
    AlreadyPublic,
    FiguresChanged,
    GivesAway,
    NotApproved,
    NothingCounted,
    OneProgramme,
    OwnRelease,
    PeriodsOverlap,
    ProgrammeUnknown,
)
from amparo.insight.models import Release
from amparo.insight.queries import counting, packs
from amparo.insight.queries.counting import Chosen
from amparo.insight.queries.reader import Reader
from amparo.insight.rules.auditing import Pack, audit
from amparo.insight.rules.periods import span_of
from amparo.insight.words import ReleaseState
from amparo.kernel import clock, digest
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command

ASK = "insight:release:ask"
DECIDE = "insight:release:decide"
SEE = "insight:release:see"


@command
def ask_release(*, actor: Actor, period: str, programme: str = "") -> UUID:
    """Ask that the figures of a period, or of one programme in it, may leave the organisation.

    **Needs** insight:release:ask. **Writes** Release, with the figures as they stand, small ones hidden.
    **Ledger** figures.asked. Raises PeriodUnknown, ProgrammeUnknown, NothingCounted, PeriodsOverlap, GivesAway.
    """
    policy.check_new(actor, ASK, Subject(office=actor.office_id))
    span = span_of(period)
    if programme and programme not in dict(cases.programmes()):
        raise ProgrammeUnknown(field="programme")
    reach = counting.reach(actor)
    reader = Reader(actor, Chosen(period=period, span=span), replace(reach, exact=False, offices=None))
    found: dict[str, Any] = packs.figures_of_programme(reader, programme) if programme else packs.figures(reader)
    first = (span.first or date(1900, 1, 1)).toordinal()
    last = (span.last or reach.today).toordinal()
    _check(packs.pack("new", first, last, found, programme), reach.least)
    row = Release(
        office_id=actor.office_id,
        title=period,
        programme=programme,
        first_day=first,
        last_day=last,
        asked_by=actor.account_id,
        least=reach.least,
        entries=reach.entries,
        as_of=reach.as_of or clock.now(),
        digest=digest_of(found),
        figures=found,
    )
    writing.insert(row)
    told = {
        "first": date.fromordinal(first),
        "last": date.fromordinal(last),
        "sha256": row.digest,
        "least": reach.least,
        "programme": programme or None,
    }
    writing.note(Verb.FIGURES_ASKED, subject=row.id, office=row.office_id, facts=told)
    return row.id


def digest_of(figures: dict[str, Any]) -> str:
    return digest.sha256(digest.canonical(figures))


def _check(new: Pack, least: int) -> None:
    """Hold new figures against those that are out or wait to go out."""
    if not any(count is not None for count in new.cells.values()):
        raise NothingCounted(field="period")
    others = Release.objects.exclude(state=ReleaseState.DECLINED)
    earlier = [packs.pack(str(row.id), row.first_day, row.last_day, row.figures, row.programme) for row in others]
    findings = audit(new, earlier, least)
    if any(one.code == "crossing" for one in findings):
        raise PeriodsOverlap(field="period")
    if findings:
        raise GivesAway(field="period")


def _waiting(actor: Actor, release_id: UUID) -> Release:
    row = policy.load(actor, DECIDE, Release, release_id, seen_by=SEE)
    if row.state != ReleaseState.ASKED:
        raise AlreadyDecided
    if row.asked_by == actor.account_id:
        raise OwnRelease
    return row


@command
def approve_release(*, actor: Actor, release_id: UUID) -> UUID:
    """Let figures leave; never one's own. Where she decides about the public site too, they stand there at once.

    Else they wait for somebody who does: `publish_release`. **Needs** insight:release:decide. **Ledger**
    figures.approved, and figures.published. Raises AlreadyDecided, OwnRelease, FiguresChanged.
    """
    row = _waiting(actor, release_id)
    if digest_of(row.figures) != row.digest:
        raise FiguresChanged
    _decide(actor, row, ReleaseState.APPROVED, Verb.FIGURES_APPROVED)
    if may_publish(actor) and not row.programme and public_figures(row):
        hand_down(actor, row)
    return row.id


@command
def publish_release(*, actor: Actor, release_id: UUID) -> UUID:
    """Put approved figures on the public site. **Needs** insight:release:see, facts:figures:publish.

    Those of one programme never go there. **Ledger** figures.published. Raises Refused, NotApproved, OneProgramme,
    AlreadyPublic, FiguresChanged, NothingToPublish.
    """
    policy.check_new(actor, PUBLISH, Subject(office=actor.office_id, level=Compartment.PROGRAMME))
    row = policy.load(actor, SEE, Release, release_id)
    if row.state != ReleaseState.APPROVED:
        raise NotApproved
    if row.programme:
        raise OneProgramme
    if facts.public_days(row.id) is not None:
        raise AlreadyPublic
    if digest_of(row.figures) != row.digest:
        raise FiguresChanged
    hand_down(actor, row)
    return row.id


@command
def decline_release(*, actor: Actor, release_id: UUID) -> UUID:
    """Keep figures in the house. **Needs** insight:release:decide. **Ledger** figures.declined.

    Raises AlreadyDecided, OwnRelease.
    """
    row = _waiting(actor, release_id)
    _decide(actor, row, ReleaseState.DECLINED, Verb.FIGURES_DECLINED)
    return row.id


def _decide(actor: Actor, row: Release, state: ReleaseState, verb: Verb) -> None:
    writing.update(row, state=state, decided_by=actor.account_id, decided_at=clock.now())
    writing.note(verb, subject=row.id, office=row.office_id, facts={"sha256": row.digest})


@command
def note_taken_out(*, actor: Actor, figure: str, form: str) -> None:
    """Keep that figures were taken out as a file. **Needs** insight:figure:see. **Ledger** figures.taken_out."""
    counting.reach(actor)
    told = {"figure": figure, "form": form}
    writing.note(Verb.FIGURES_TAKEN_OUT, office=actor.office_id, facts=told)


@command
def note_report_taken_out(*, actor: Actor, release_id: UUID) -> None:
    """Keep that the report of a release was made. **Needs** insight:release:see. **Ledger** figures.taken_out."""
    row = policy.load(actor, SEE, Release, release_id)
    told = {"figure": "report", "form": "pdf"}
    writing.note(Verb.FIGURES_TAKEN_OUT, subject=row.id, office=row.office_id, facts=told)
