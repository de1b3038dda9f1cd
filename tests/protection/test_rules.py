from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from amparo.protection import rules
from amparo.protection.errors import BreachClosed, NotAssessed, NotDecided, NoticedAhead, ReasonMissing, ToldWhen
from amparo.protection.words import State, Telling

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NOTICED = NOW - timedelta(hours=80)
BY = rules.tell_by(NOTICED, 72)
TODAY = NOW.date()


def test_the_hours_that_are_left_never_fall_below_none() -> None:
    assert rules.hours_left(NOW + timedelta(hours=3, minutes=59), NOW) == 3
    assert rules.hours_left(BY, NOW) == 0


def test_what_is_noticed_is_not_ahead_and_not_before_it_happened() -> None:
    rules.check_noticed(NOW, TODAY, TODAY, NOW)
    with pytest.raises(NoticedAhead):
        rules.check_noticed(NOW + timedelta(seconds=1), TODAY, None, NOW)
    with pytest.raises(NoticedAhead):
        rules.check_noticed(NOW, TODAY, TODAY + timedelta(days=1), NOW)


def test_nothing_is_skipped_on_the_way_to_the_end() -> None:
    with pytest.raises(NotAssessed):
        rules.check_decidable(State.OPEN)
    rules.check_decidable(State.DECIDED)
    for state in (State.OPEN, State.ASSESSED):
        with pytest.raises(NotDecided):
            rules.check_closable(state)
    for check in (rules.check_assessable, rules.check_decidable, rules.check_closable):
        with pytest.raises(BreachClosed):
            check(State.CLOSED)


@pytest.mark.parametrize(
    ("telling", "at", "reason", "error"),
    [
        (Telling.TOLD, BY - timedelta(hours=1), "", None),
        (Telling.TOLD, BY + timedelta(hours=1), "The line was down", None),
        (Telling.TOLD, BY + timedelta(hours=1), " ", ReasonMissing),
        (Telling.TOLD, None, "", ToldWhen),
        (Telling.TOLD, NOTICED - timedelta(hours=1), "", ToldWhen),
        (Telling.TOLD, NOW + timedelta(hours=1), "", ToldWhen),
        (Telling.NOT_NEEDED, None, "Nobody could read it", None),
        (Telling.NOT_NEEDED, None, "", ReasonMissing),
    ],
)
def test_the_authority_is_told_in_time_or_it_is_said_why_not(
    telling: Telling, at: datetime | None, reason: str, error: type[Exception] | None
) -> None:
    def check() -> None:
        rules.check_authority(telling, at, reason, noticed_at=NOTICED, by=BY, now=NOW)

    if error is None:
        check()
    else:
        with pytest.raises(error):
            check()


def test_the_people_are_told_on_a_day_or_it_is_said_why_not() -> None:
    noticed_on = date(2026, 11, 19)
    rules.check_people(Telling.TOLD, TODAY, "", noticed_on=noticed_on, today=TODAY)
    with pytest.raises(ToldWhen):
        rules.check_people(Telling.TOLD, None, "", noticed_on=noticed_on, today=TODAY)
    with pytest.raises(ReasonMissing):
        rules.check_people(Telling.NOT_NEEDED, None, "", noticed_on=noticed_on, today=TODAY)
