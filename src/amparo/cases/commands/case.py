"""Opening and changing cases, and moving their tracks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases import rules
from amparo.cases.commands.around import case_for, must_see
from amparo.cases.models import (
    Case,
    Track,
    TrackChange,
)
from amparo.cases.words import (
    Risk,
    TrackKind,
)
from amparo.kernel import clock, codes, ids
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def open_case(
    *,
    actor: Actor,
    office_id: UUID,
    types: Sequence[str],
    title: str,
    risk: Risk,
    reported_on: date,
    origin: str = "report",
    programme: str = "",
    tags: Sequence[str] = (),
    jurisdiction: str = "",
    summary: str = "",
) -> UUID:
    """Open a case with its four tracks. **Needs** cases:case:open. **Ledger** case.opened, track.changed."""
    policy.check_new(actor, "cases:case:open", Subject(office=office_id))
    case = Case(
        office_id=office_id,
        code=codes.make_code("CASE", ids.entropy(codes.ENTROPY_BYTES)),
        types=list(types),
        risk=risk,
        origin=origin,
        programme=programme,
        tags=list(tags) or None,
        jurisdiction=jurisdiction or None,
        opened_at=clock.now(),
        reported_on=reported_on,
    )
    writing.insert(case, title=title, summary=summary)
    writing.note(Verb.CASE_OPENED, subject=case.id, case=case.id, office=office_id, facts={"origin": origin})
    for kind in TrackKind:
        state = rules.FIRST_STATE[kind]
        writing.insert(Track(case=case, office_id=office_id, kind=kind, state=state, since_on=reported_on))
        _keep_change(case, kind, "none", state, reported_on)
    return case.id


@command
def change_case(
    *,
    actor: Actor,
    case_id: UUID,
    expected: int,
    title: str,
    types: Sequence[str],
    risk: Risk,
    programme: str | None = None,
    tags: Sequence[str] | None = None,
    jurisdiction: str | None = None,
    summary: str | None = None,
) -> UUID:
    """Change what a case is called and about. What is None stays. **Needs** cases:case:change.

    **Ledger** case.changed. Raises Changed.
    """
    case = case_for(actor, "cases:case:change", case_id)
    fresh: dict[str, object] = {"title": title, "types": list(types), "risk": risk}
    fresh |= {name: value for name, value in (("programme", programme), ("summary", summary)) if value is not None}
    if tags is not None:
        fresh["tags"] = list(tags) or None
    if jurisdiction is not None:
        fresh["jurisdiction"] = jurisdiction or None
    writing.update(case, expected=expected, **fresh)
    writing.note(Verb.CASE_CHANGED, subject=case.id, case=case.id, office=case.office_id, facts={"fields": list(fresh)})
    return case.id


def _keep_change(case: Case, kind: TrackKind, before: str, after: str, on: date) -> None:
    writing.insert(TrackChange(case=case, office_id=case.office_id, kind=kind, state=after, on=on))
    facts = {"track": kind, "from": before, "to": after}
    writing.note(Verb.TRACK_CHANGED, subject=case.id, case=case.id, office=case.office_id, facts=facts)


@command
def change_track(*, actor: Actor, case_id: UUID, kind: TrackKind, state: str, on: date | None = None) -> UUID:
    """Move a track to another state; the state that it has already changes nothing.

    **Needs** cases:track:change. **Ledger** track.changed. Raises TrackNotOpen.
    """
    case = case_for(actor, "cases:track:change", case_id)
    track = Track.objects.get(case=case, kind=kind)
    if track.state == state:
        return case.id
    rules.check_move(kind, track.state, state)
    before = track.state
    day = on or clock.today()
    writing.update(track, state=state, since_on=day)
    _keep_change(case, kind, before, state, day)
    return case.id


@command
def correct_track_day(*, actor: Actor, case_id: UUID, kind: TrackKind, state: str, was: date, on: date) -> UUID:
    """Put right on which day a track came to a state; a track that has no such day stays as it is.

    **Needs** cases:track:change. **Ledger** track.day_corrected.
    """
    case = case_for(actor, "cases:track:change", case_id)
    change = TrackChange.objects.filter(case=case, kind=kind, state=state, on=was).order_by("id").last()
    if change is None or was == on:
        return case.id
    writing.update(change, on=on)
    track = Track.objects.get(case=case, kind=kind)
    if (track.state, track.since_on) == (state, was):
        writing.update(track, since_on=on)
    facts = {"track": kind, "state": state}
    writing.note(Verb.TRACK_DAY_CORRECTED, subject=case.id, case=case.id, office=case.office_id, facts=facts)
    return case.id


@command
def lead_track(*, actor: Actor, case_id: UUID, kind: TrackKind, account_id: UUID) -> UUID:
    """Give a track its lead, who has to be on the team. **Needs** cases:track:change. **Ledger** track.led."""
    case = case_for(actor, "cases:track:change", case_id)
    must_see(case, account_id)
    writing.update(Track.objects.get(case=case, kind=kind), lead_id=account_id)
    facts = {"track": kind, "account": account_id}
    writing.note(Verb.TRACK_LED, subject=case.id, case=case.id, office=case.office_id, facts=facts)
    return case.id
