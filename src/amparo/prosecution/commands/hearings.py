"""Hearings: listed, held, not held; who came, and who is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import commands as case_commands
from amparo.cases.errors import AlreadyEnded
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.prosecution import queries, rules
from amparo.prosecution.commands.reach import mark_reached, move_track, open_head, proceeding_for
from amparo.prosecution.errors import (
    AlreadyTold,
    NotYetHeld,
)
from amparo.prosecution.models import (
    Appearance,
    Hearing,
    Proceeding,
)
from amparo.prosecution.words import (
    TRIAL_PURPOSES,
    HearingEvent,
    HearingState,
    Purpose,
    Stage,
)


@command
def list_hearing(
    *,
    actor: Actor,
    proceeding_id: UUID,
    listed_at: datetime,
    purpose: Purpose,
    court: str = "",
    judge: str = "",
) -> UUID:
    """List a day in court; the first one moves the track into court. **Needs** prosecution:hearing:change.

    **Ledger** hearing.listed.
    """
    row = proceeding_for(actor, proceeding_id, queries.HEARING_CHANGE)
    hearing = _insert_hearing(row, listed_at, purpose, court, judge)
    only_from = {"investigating", "with_prosecution"}
    move_track(
        actor,
        row.case_id,
        "in_court",
        min(queries.local_day(listed_at), queries.today()),
        only_from=only_from,
    )
    return hearing.id


def _insert_hearing(row: Proceeding, listed_at: datetime, purpose: str, court: str, judge: str) -> Hearing:
    hearing = Hearing(
        case_id=row.case_id, office_id=row.office_id, proceeding=row, listed_at=listed_at, purpose=purpose
    )
    writing.insert(hearing, court=court, judge=judge)
    facts = {"purpose": purpose}
    writing.note(Verb.HEARING_LISTED, subject=hearing.id, case=row.case_id, office=row.office_id, facts=facts)
    return hearing


def _hearing(actor: Actor, hearing_id: UUID, event: HearingEvent) -> tuple[Hearing, HearingState]:
    row = policy.load(actor, queries.HEARING_CHANGE, Hearing, hearing_id, seen_by=queries.HEARING_SEE)
    open_head(actor, row.case_id)
    return row, rules.next_hearing_state(HearingState(row.state), event)


@command
def change_hearing(
    *,
    actor: Actor,
    hearing_id: UUID,
    expected: int,
    listed_at: datetime,
    purpose: Purpose,
    court: str,
    judge: str,
) -> UUID:
    """Change a listed hearing before it takes place. **Needs** prosecution:hearing:change.

    **Ledger** hearing.changed. Raises HearingMoveRefused, Changed.
    """
    row, _state = _hearing(actor, hearing_id, HearingEvent.CHANGE)
    fresh = {"listed_at": listed_at, "purpose": purpose, "court": court, "judge": judge}
    writing.update(row, expected=expected, **fresh)
    facts = {"fields": list(fresh)}
    writing.note(Verb.HEARING_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


@dataclass(frozen=True, slots=True)
class Day:
    """What a day in court was like: who was there, and what it cost the survivors."""

    attendance: Sequence[str] = ()
    witnesses_summoned: int | None = None
    witnesses_present: int | None = None
    travelled: frozenset[UUID] = frozenset()
    waited: frozenset[UUID] = frozenset()
    testified: frozenset[UUID] = frozenset()
    without_news: frozenset[UUID] = frozenset()
    outcome: str = ""


@command
def hold_hearing(*, actor: Actor, hearing_id: UUID, day: Day, next_at: datetime | None = None) -> UUID:
    """Write down that a hearing took place; each survivor who wants it is promised to be told in two days.

    **Needs** prosecution:hearing:change. **Ledger** hearing.held, promise.made. Raises HearingMoveRefused,
    NotYetHeld, NextTooEarly.
    """
    row, state = _hearing(actor, hearing_id, HearingEvent.HOLD)
    held_on = queries.local_day(row.listed_at)
    if held_on > queries.today():
        raise NotYetHeld
    rules.refuse_earlier(row.listed_at, next_at)
    _end_hearing(row, state, day)
    writing.note(
        Verb.HEARING_HELD,
        subject=row.id,
        case=row.case_id,
        office=row.office_id,
        facts={"purpose": row.purpose},
    )
    _next_hearing(row, next_at)
    write_appearances(actor, row, day, _came(actor, row))
    if row.purpose in TRIAL_PURPOSES:
        mark_reached(row.proceeding, Stage.TRIAL, held_on)
    move_track(actor, row.case_id, "in_court", held_on, only_from={"investigating", "with_prosecution"})
    return row.id


@command
def adjourn_hearing(
    *, actor: Actor, hearing_id: UUID, reason: str, party: str, next_at: datetime | None = None, day: Day
) -> UUID:
    """Write down why a hearing did not take place and on whom it rests, and list the next one.

    **Needs** prosecution:hearing:change. **Ledger** hearing.adjourned, hearing.listed, promise.made.
    Raises HearingMoveRefused, ReasonMissing, PartyMissing, NextTooEarly.
    """
    row, state = _hearing(actor, hearing_id, HearingEvent.ADJOURN)
    rules.refuse_bare_adjournment(reason, party)
    rules.refuse_earlier(row.listed_at, next_at)
    _end_hearing(row, state, day, reason=reason, party=party)
    facts = {"reason": reason, "party": party}
    writing.note(Verb.HEARING_ADJOURNED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    _next_hearing(row, next_at)
    write_appearances(actor, row, day, _came(actor, row))
    return row.id


def _end_hearing(row: Hearing, state: HearingState, day: Day, *, reason: str = "", party: str = "") -> None:
    writing.update(
        row,
        state=state,
        reason=reason,
        party=party,
        attendance=sorted(day.attendance),
        witnesses_summoned=day.witnesses_summoned,
        witnesses_present=day.witnesses_present,
        outcome=day.outcome,
    )


def _next_hearing(row: Hearing, next_at: datetime | None) -> None:
    if next_at is None:
        return
    # A hearing that was put back on the list has its next one already.
    listed = Hearing.objects.filter(pk=row.next_id, state=HearingState.LISTED).first() if row.next_id else None
    if listed is not None:
        writing.update(listed, listed_at=next_at)
        moved = {"fields": ["listed_at"]}
        writing.note(Verb.HEARING_CHANGED, subject=listed.id, case=row.case_id, office=row.office_id, facts=moved)
        return
    words = queries.words_of_hearing(row)
    after = _insert_hearing(row.proceeding, next_at, row.purpose, words["court"], words["judge"])
    writing.update(row, next_id=after.id)
    facts = {"fields": ["next"]}
    writing.note(Verb.HEARING_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)


def _came(actor: Actor, row: Hearing) -> list[UUID]:
    return [person for person, _code in queries.survivors_of_hearing(actor, row)]


def write_appearances(actor: Actor, row: Hearing, day: Day, people: Iterable[UUID]) -> None:
    """One row for each of these survivors, and a promise to tell her, unless she wants no news or has left."""
    heard_on = min(queries.local_day(row.listed_at), queries.today())
    concerned = queries.concerned_now(actor, row)
    for person in people:
        wants = person not in day.without_news
        by = rules.tell_by(heard_on)
        known = Appearance.objects.filter(hearing=row, person_id=person).first()
        # After a correction the hearing comes to its end once more: what she was promised then still stands.
        promise = known.promise_id if known else None
        if wants and promise is None and person in concerned:
            # The hearing's day is not in the words: they stay when it is put right.
            text = _("Tell her what happened in court")
            promise = case_commands.make_promise(
                actor=actor, case_id=row.case_id, person_id=person, text=text, due_on=by
            )
        values: dict[str, Any] = {
            "travelled": person in day.travelled,
            "waited": person in day.waited,
            "testified": person in day.testified,
            "wants_news": wants,
            "tell_by": by if wants else None,
            "promise_id": promise,
        }
        if known is None:
            office = row.office_id
            writing.insert(Appearance(case_id=row.case_id, office_id=office, hearing=row, person_id=person, **values))
        else:
            writing.update(known, expected=None, **values)
        facts = {"fields": ["appearance"]}
        writing.note(Verb.HEARING_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)


@command
def vacate_hearing(*, actor: Actor, hearing_id: UUID) -> UUID:
    """Take a hearing off the list. **Needs** prosecution:hearing:change. **Ledger** hearing.vacated.

    Raises HearingMoveRefused.
    """
    row, state = _hearing(actor, hearing_id, HearingEvent.VACATE)
    writing.update(row, state=state)
    writing.note(Verb.HEARING_VACATED, subject=row.id, case=row.case_id, office=row.office_id)
    return row.id


@command
def prepare_survivor(*, actor: Actor, hearing_id: UUID) -> UUID:
    """Say that the survivor was prepared for a hearing. **Needs** prosecution:survivor:prepare.

    **Ledger** hearing.changed. Raises HearingMoveRefused.
    """
    permission = "prosecution:survivor:prepare"
    row = policy.load(actor, permission, Hearing, hearing_id, seen_by=queries.HEARING_SEE)
    rules.next_hearing_state(HearingState(row.state), HearingEvent.CHANGE)
    writing.update(row, prepared_on=queries.today())
    facts = {"fields": ["prepared"]}
    writing.note(Verb.HEARING_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


@command
def tell_survivor(*, actor: Actor, appearance_id: UUID, on: date, how: str) -> UUID:
    """Say that a survivor was told what happened; the promise to her is kept with it.

    **Needs** prosecution:outcome:tell. **Ledger** outcome.told, promise.kept. Raises AlreadyTold, InFuture.
    """
    row = policy.load(actor, queries.TELL, Appearance, appearance_id, seen_by=queries.HEARING_SEE)
    if row.told_on is not None:
        raise AlreadyTold
    rules.refuse_future(on, queries.today())
    writing.update(row, told_on=on, told_by=actor.account_id, told_how=how)
    facts = {"person": row.person_id}
    writing.note(Verb.OUTCOME_TOLD, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    if row.promise_id is not None:
        _keep_promise(actor, row.promise_id)
    return row.id


def _keep_promise(actor: Actor, promise_id: UUID) -> None:
    try:
        case_commands.keep_promise(actor=actor, promise_id=promise_id)
    except AlreadyEnded:
        # Somebody marked the promise itself before: both say the same.
        return
