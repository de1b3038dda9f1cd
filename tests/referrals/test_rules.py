from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.referrals import rules
from amparo.referrals.errors import (
    DayWrong,
    DueWrong,
    NothingCarried,
    PartsNotNamed,
    ReasonMissing,
    UntilWrong,
    WordsWithoutClass,
    WrongStep,
)
from amparo.referrals.rules import Named
from amparo.referrals.words import (
    CANCEL_LABELS,
    DECLINE_LABELS,
    OPEN,
    PENDING,
    RELEASE_OUT,
    RELEASE_PENDING,
    Event,
    Part,
    ReleaseEvent,
    ReleaseState,
    State,
    Urgency,
)

TODAY = date(2026, 5, 4)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
SPANS = st.integers(-400, 800)
PARTS = st.sets(st.sampled_from(list(Part)))
AGENCY, OTHER = UUID(int=1), UUID(int=2)


# ---- the path ----------------------------------------------------------------------------------------------


def test_a_referral_goes_from_the_draft_to_its_closing() -> None:
    state = State.DRAFT
    for event in (Event.CONSENT, Event.SEND, Event.ACKNOWLEDGE, Event.ACCEPT, Event.DELIVER, Event.FEEDBACK):
        state = rules.next_state(state, event)
    assert rules.next_state(state, Event.CLOSE) is State.CLOSED


def test_nothing_is_sent_that_has_no_consent() -> None:
    assert rules.FROM[Event.SEND] == {State.CONSENTED}
    assert [state for state, event in _moves() if rules.TO[event] is State.CONSENTED] == [State.DRAFT]


def _moves() -> list[tuple[State, Event]]:
    return [(state, event) for state in State for event in rules.events_from(state)]


@given(st.sampled_from(State), st.sampled_from(Event))
def test_a_step_is_offered_exactly_where_it_is_allowed(state: State, event: Event) -> None:
    if event in rules.events_from(state):
        assert rules.next_state(state, event) is rules.TO[event]
    else:
        with pytest.raises(WrongStep):
            rules.next_state(state, event)


@given(st.lists(st.sampled_from(Event), max_size=12))
def test_no_way_leads_back_or_round(events: list[Event]) -> None:
    """Whatever is tried, a state that was left is never reached again."""
    state, before = State.DRAFT, [State.DRAFT]
    for event in events:
        if event in rules.events_from(state):
            state = rules.next_state(state, event)
            assert state not in before
            before.append(state)


def test_from_every_open_state_she_may_say_no() -> None:
    assert all(Event.NOT_WANTED in rules.events_from(state) for state in OPEN)


def test_a_closed_referral_stays_closed() -> None:
    assert rules.events_from(State.CLOSED) == ()


@pytest.mark.parametrize("event", list(Event))
def test_a_refusal_and_a_stop_say_why_in_their_own_words(event: Event) -> None:
    wanted = {Event.DECLINE: DECLINE_LABELS, Event.CANCEL: CANCEL_LABELS}.get(event, {"": ""})
    for reason in wanted:
        rules.check_reason(event, reason)
    if wanted != {"": ""}:
        with pytest.raises(ReasonMissing):
            rules.check_reason(event, "nonsense")


# ---- days --------------------------------------------------------------------------------------------------


@given(st.sampled_from(State), DAYS, SPANS, st.sampled_from(Urgency))
def test_the_next_step_of_an_open_referral_is_never_due_after_she_should_be_helped(
    state: State, since: date, span: int, urgency: Urgency
) -> None:
    due = since + timedelta(days=span)
    found = rules.next_by(state, since, due, urgency)
    if state in OPEN:
        assert found is not None
        assert found <= due
    elif state is State.DELIVERED:
        assert found == since + timedelta(days=rules.FEEDBACK_DAYS)
    else:
        assert found is None


@given(st.sampled_from([State.DRAFT, State.SENT]), DAYS)
def test_what_is_more_urgent_is_due_earlier(state: State, since: date) -> None:
    late = since + timedelta(days=400)
    days = [rules.next_by(state, since, late, urgency) for urgency in Urgency]
    assert days == sorted(days)  # type: ignore[type-var]
    assert len(set(days)) == len(Urgency)


@given(DAYS, SPANS)
def test_a_day_to_be_helped_lies_ahead_within_a_year(today: date, span: int) -> None:
    due = today + timedelta(days=span)
    if 0 <= span <= 366:
        rules.check_due(due, today)
    else:
        with pytest.raises(DueWrong):
            rules.check_due(due, today)
    assert all(rules.due_of(urgency, today) > today for urgency in Urgency)


def test_a_step_lies_neither_ahead_nor_before_the_last_one() -> None:
    rules.check_day(TODAY, TODAY, TODAY)
    for on in (TODAY + timedelta(days=1), TODAY - timedelta(days=3)):
        with pytest.raises(DayWrong):
            rules.check_day(on, TODAY - timedelta(days=2), TODAY)


# ---- what is carried ---------------------------------------------------------------------------------------


@given(PARTS, PARTS, st.sampled_from([None, AGENCY, OTHER]))
def test_a_consent_covers_what_it_names_for_whom_it_names(
    carried: set[Part], agreed: set[Part], to: UUID | None
) -> None:
    named = Named(to, frozenset(agreed))
    assert rules.covers(named, AGENCY, carried) == (to == AGENCY and carried <= agreed)
    assert not rules.covers(None, AGENCY, carried)


def test_words_are_carried_only_where_their_kind_is_ticked() -> None:
    rules.check_words(["care"], {Part.CARE: "Sleeps badly", Part.HEALTH: ""})
    with pytest.raises(WordsWithoutClass) as refused:
        rules.check_words(["care"], {Part.HEALTH: "Asthma"})
    assert refused.value.field == "health"


def test_a_release_carries_something_of_a_named_kind() -> None:
    with pytest.raises(NothingCarried):
        rules.check_carried([], [], [])
    with pytest.raises(PartsNotNamed):
        rules.check_carried(["identity"], [UUID(int=3)], [])
    with pytest.raises(PartsNotNamed):
        rules.check_carried(["identity"], [], ["A letter"])
    rules.check_carried(["statement"], [], ["A letter"])
    rules.check_carried(["evidence"], [UUID(int=3)], ["A letter"])


# ---- releases ----------------------------------------------------------------------------------------------


@given(st.sampled_from(ReleaseState), st.sampled_from(ReleaseEvent))
def test_a_step_of_a_release_is_offered_exactly_where_it_is_allowed(state: ReleaseState, event: ReleaseEvent) -> None:
    if event in rules.release_events_from(state):
        assert rules.next_release_state(state, event) is rules.RELEASE_TO[event]
    else:
        with pytest.raises(WrongStep):
            rules.next_release_state(state, event)


def test_nothing_is_released_that_nobody_approved() -> None:
    assert rules.RELEASE_FROM[ReleaseEvent.SEND] == {ReleaseState.APPROVED}
    assert rules.RELEASE_FROM[ReleaseEvent.APPROVE] == {ReleaseState.PREPARED}


@given(st.sampled_from(ReleaseState), DAYS, SPANS)
def test_a_release_ends_the_day_after_its_last(state: ReleaseState, until: date, span: int) -> None:
    today = until + timedelta(days=span)
    open_still = state in RELEASE_PENDING | RELEASE_OUT
    expected = ReleaseState.EXPIRED if open_still and span > 0 else state
    assert rules.standing(state, until, today) is expected
    if expected is ReleaseState.EXPIRED:
        assert rules.release_events_from(expected) == ()


@given(SPANS, st.one_of(st.none(), SPANS))
def test_a_release_lasts_no_longer_than_its_consent_and_a_year(span: int, consent: int | None) -> None:
    until = TODAY + timedelta(days=span)
    ends = None if consent is None else TODAY + timedelta(days=consent)
    if 0 < span <= min(rules.LONGEST_DAYS, consent if consent is not None else 10_000):
        rules.check_until(until, TODAY, ends)
    else:
        with pytest.raises(UntilWrong):
            rules.check_until(until, TODAY, ends)


def test_pending_is_what_has_not_left() -> None:
    assert {State.DRAFT, State.CONSENTED} == PENDING
    assert {ReleaseState.PREPARED, ReleaseState.APPROVED} == RELEASE_PENDING
