from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.partners import rules
from amparo.partners.errors import InFuture, NoExaminersTrained, NothingNamed, PeriodTurned, ReviewTooLate, WrongStep
from amparo.partners.rules import Capacity, Term
from amparo.partners.words import AgreementKind, AgreementState, Gap, Has, Standing, State, StateEvent, Why

DAY = date(2026, 5, 17)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def term(**more: object) -> Term:
    values: dict[str, object] = {
        "state": AgreementState.SIGNED,
        "classes": frozenset({"identity"}),
        "valid_from": DAY - timedelta(days=100),
        "review_on": DAY + timedelta(days=100),
    }
    return Term(**(values | more))  # type: ignore[arg-type]


def capacity(**more: object) -> Capacity:
    values: dict[str, object] = {
        "on": DAY,
        "examiners": 2,
        "trained_until": DAY + timedelta(days=1),
        "kits": 4,
        "cold_store": Has.YES,
        "child_room": Has.YES,
        "day_and_night": True,
    }
    return Capacity(**(values | more))  # type: ignore[arg-type]


# ---- states ------------------------------------------------------------------------------------------------


def test_what_is_closed_stays_closed() -> None:
    for event in StateEvent:
        with pytest.raises(WrongStep):
            rules.next_state(State.CLOSED, event)


def test_what_is_suspended_is_resumed_or_closed() -> None:
    assert rules.next_state(State.SUSPENDED, StateEvent.RESUME) is State.ACTIVE
    assert set(rules.steps_from(State.SUSPENDED)) == {StateEvent.RESUME, StateEvent.CLOSE}
    with pytest.raises(WrongStep):
        rules.next_state(State.ACTIVE, StateEvent.RESUME)


# ---- districts ---------------------------------------------------------------------------------------------


def test_a_district_is_one_however_it_is_typed() -> None:
    assert rules.folded_district("  Harbour   DISTRICT ") == rules.folded_district("harbour district")
    # The same letters composed and decomposed.
    assert rules.folded_district("Cafe\u0301") == rules.folded_district("Caf\u00e9")
    assert rules.folded_district("") == ""


# ---- agreements --------------------------------------------------------------------------------------------


@given(DAYS, DAYS, DAYS)
def test_an_agreement_lives_from_its_first_day_to_the_day_of_its_review(begins: date, review: date, on: date) -> None:
    found = rules.standing(term(valid_from=begins, review_on=max(begins, review)), on)
    assert (found is Standing.LIVE) == (begins <= on <= max(begins, review))


@given(DAYS)
def test_an_ended_agreement_never_lives(on: date) -> None:
    assert rules.standing(term(state=AgreementState.ENDED), on) is Standing.ENDED


@given(st.lists(DAYS, min_size=2, max_size=6), DAYS, st.sampled_from(["identity", "health"]))
def test_something_is_released_exactly_where_a_live_agreement_names_it(days: list[date], on: date, wanted: str) -> None:
    terms = [
        term(valid_from=min(pair), review_on=max(pair), classes=frozenset({"identity"}))
        for pair in itertools.pairwise(days)
    ]
    live = any(t.valid_from <= on <= t.review_on and wanted in t.classes for t in terms)
    assert (rules.may_release(State.ACTIVE, terms, wanted, on) is Why.ALLOWED) == live


def test_past_its_review_an_agreement_releases_nothing_and_says_so() -> None:
    old = term(review_on=DAY - timedelta(days=1))
    assert rules.may_release(State.ACTIVE, [old], "identity", DAY) is Why.PAST_REVIEW
    assert rules.may_release(State.ACTIVE, [old, term()], "identity", DAY) is Why.ALLOWED


@pytest.mark.parametrize("state", [State.SUSPENDED, State.CLOSED])
def test_an_agency_that_is_not_active_gets_nothing(state: State) -> None:
    assert rules.may_release(state, [term()], "identity", DAY) is Why.NOT_ACTIVE


def test_each_refusal_has_its_reason() -> None:
    assert rules.may_release(State.ACTIVE, [], "identity", DAY) is Why.NO_AGREEMENT
    assert rules.may_release(State.ACTIVE, [term()], "health", DAY) is Why.NOT_NAMED
    assert rules.may_release(State.ACTIVE, [term(state=AgreementState.ENDED)], "identity", DAY) is Why.ENDED
    later = term(valid_from=DAY + timedelta(days=1))
    assert rules.may_release(State.ACTIVE, [later], "identity", DAY) is Why.NOT_YET


def test_terms_that_nobody_could_keep_are_refused() -> None:
    with pytest.raises(PeriodTurned):
        rules.check_term(AgreementKind.OTHER, [], DAY, DAY - timedelta(days=1))
    with pytest.raises(ReviewTooLate):
        rules.check_term(AgreementKind.OTHER, [], DAY, DAY + timedelta(days=5 * 366))
    with pytest.raises(NothingNamed):
        rules.check_term(AgreementKind.PROTOCOL, [], DAY, DAY)
    rules.check_term(AgreementKind.UNDERSTANDING, [], DAY, DAY)


# ---- posts -------------------------------------------------------------------------------------------------


def test_the_last_day_is_still_a_day_in_the_post() -> None:
    assert rules.is_held(DAY, DAY, DAY)
    assert rules.is_held(None, None, DAY)
    assert not rules.is_held(DAY + timedelta(days=1), None, DAY)
    assert not rules.is_held(None, DAY - timedelta(days=1), DAY)


def test_a_post_does_not_end_before_it_begins() -> None:
    with pytest.raises(PeriodTurned):
        rules.check_period(DAY, DAY - timedelta(days=1))
    rules.check_period(None, DAY)


# ---- capacity ----------------------------------------------------------------------------------------------


def test_a_report_is_of_a_day_that_has_come() -> None:
    with pytest.raises(InFuture):
        rules.check_report(DAY + timedelta(days=1), DAY, 1, None)
    with pytest.raises(NoExaminersTrained):
        rules.check_report(DAY, DAY, 0, DAY)


def test_examiners_whose_training_ran_out_do_not_count() -> None:
    assert rules.has(capacity(trained_until=DAY), Gap.EXAMINER, DAY) is Has.YES
    assert rules.has(capacity(trained_until=DAY - timedelta(days=1)), Gap.EXAMINER, DAY) is Has.NO
    assert rules.has(capacity(examiners=0, trained_until=None), Gap.EXAMINER, DAY) is Has.NO
    assert rules.has(capacity(examiners=None, trained_until=None), Gap.EXAMINER, DAY) is Has.UNKNOWN


def test_what_nobody_asked_is_not_known_rather_than_missing() -> None:
    nothing = Capacity(None, None, None, None, Has.UNKNOWN, Has.UNKNOWN, day_and_night=True)
    told = {Gap.NEWS: Has.NO, Gap.NIGHT: Has.YES}
    for gap in Gap:
        assert rules.has(nothing, gap, DAY) is told.get(gap, Has.UNKNOWN)
    assert rules.has(capacity(kits=None), Gap.KITS, DAY) is Has.UNKNOWN
    assert rules.has(capacity(kits=0), Gap.KITS, DAY) is Has.NO


def test_a_report_grows_old_after_ninety_days() -> None:
    assert rules.has(capacity(), Gap.NEWS, DAY + timedelta(days=90)) is Has.YES
    assert rules.has(capacity(), Gap.NEWS, DAY + timedelta(days=91)) is Has.NO


def test_a_district_has_what_one_of_its_places_has() -> None:
    bare = capacity(kits=0, cold_store=Has.NO)
    assert rules.of_district([bare, capacity()], Gap.KITS, DAY) is Has.YES
    assert rules.of_district([bare, capacity(kits=None)], Gap.KITS, DAY) is Has.UNKNOWN
    assert rules.of_district([bare], Gap.KITS, DAY) is Has.NO


def test_a_district_without_any_place_lacks_everything() -> None:
    assert set(rules.gaps([], DAY)) == set(Gap)
    assert rules.gaps([capacity()], DAY) == ()
