from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.investigations.words import Status
from amparo.prosecution import rules
from amparo.prosecution.errors import (
    ChargeMoveRefused,
    CurrencyMissing,
    HearingMoveRefused,
    MonthsMissing,
    NextTooEarly,
    NoSentence,
    PartyMissing,
    ReasonMissing,
    StillOpen,
    VerdictMoveRefused,
)
from amparo.prosecution.words import (
    ADJOURN_LABELS,
    APPELLANT_LABELS,
    CHARGE_EVENT_LABELS,
    CHARGE_LABELS,
    CHILD_MEASURES,
    CLOCK_LABELS,
    HEARING_LABELS,
    ICCS_LABELS,
    MEASURE_LABELS,
    MEASURE_STATE_LABELS,
    OUTCOME_LABELS,
    PURPOSE_LABELS,
    SENTENCE_LABELS,
    SIDE_LABELS,
    STAGE_LABELS,
    VERDICT_STATE_LABELS,
    AdjournReason,
    Appellant,
    ChargeEvent,
    ChargeState,
    ClockState,
    HearingEvent,
    HearingState,
    Measure,
    MeasureState,
    Outcome,
    Purpose,
    SentenceKind,
    Side,
    Stage,
    VerdictEvent,
    VerdictState,
)

C, E = ChargeState, ChargeEvent
CHARGE_MOVES = {
    (C.PROPOSED, E.FILE): C.FILED,
    (C.PROPOSED, E.DECLINE): C.DECLINED,
    (C.PROPOSED, E.WITHDRAW): C.WITHDRAWN,
    (C.CONVICTED, E.VARY_TO_ACQUITTED): C.ACQUITTED,
    (C.CONVICTED, E.VARY_TO_LESSER): C.LESSER,
    (C.ACQUITTED, E.VARY_TO_CONVICTED): C.CONVICTED,
    (C.ACQUITTED, E.VARY_TO_LESSER): C.LESSER,
    (C.LESSER, E.VARY_TO_CONVICTED): C.CONVICTED,
    (C.LESSER, E.VARY_TO_ACQUITTED): C.ACQUITTED,
} | {
    (state, event): after
    for state in (C.FILED, C.AMENDED)
    for event, after in {
        E.AMEND: C.AMENDED,
        E.WITHDRAW: C.WITHDRAWN,
        E.DISMISS: C.DISMISSED,
        E.CONVICT: C.CONVICTED,
        E.ACQUIT: C.ACQUITTED,
        E.LESSEN: C.LESSER,
    }.items()
}
V, X = VerdictState, VerdictEvent
VERDICT_MOVES = {
    (V.PRONOUNCED, X.LODGE): V.APPEALED,
    (V.PRONOUNCED, X.FINALISE): V.FINAL,
    (V.APPEALED, X.UPHOLD): V.PRONOUNCED,
    (V.APPEALED, X.VARY): V.VARIED,
    (V.VARIED, X.LODGE): V.APPEALED,
    (V.VARIED, X.FINALISE): V.FINAL,
    (V.FINAL, X.LODGE): V.APPEALED,
}
charges = st.lists(st.sampled_from(C), max_size=6)
days = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(st.sampled_from(C), st.sampled_from(E))
def test_a_charge_moves_only_as_written_down(state: C, event: E) -> None:
    if (state, event) in CHARGE_MOVES:
        assert rules.next_charge_state(state, event) is CHARGE_MOVES[state, event]
    else:
        with pytest.raises(ChargeMoveRefused):
            rules.next_charge_state(state, event)


@given(st.sampled_from(V), st.sampled_from(X))
def test_a_verdict_moves_only_as_written_down(state: V, event: X) -> None:
    if (state, event) in VERDICT_MOVES:
        assert rules.next_verdict_state(state, event) is VERDICT_MOVES[state, event]
    else:
        with pytest.raises(VerdictMoveRefused):
            rules.next_verdict_state(state, event)


@given(st.sampled_from(HearingState), st.sampled_from(HearingEvent))
def test_only_a_listed_hearing_can_change(state: HearingState, event: HearingEvent) -> None:
    if state is HearingState.LISTED:
        after = rules.next_hearing_state(state, event)
        assert (after is HearingState.LISTED) == (event is HearingEvent.CHANGE)
    else:
        with pytest.raises(HearingMoveRefused):
            rules.next_hearing_state(state, event)


@given(st.sampled_from(E), st.sampled_from(["", "other"]))
def test_a_charge_does_not_end_without_a_reason(event: E, reason: str) -> None:
    if not reason and event in (E.DECLINE, E.WITHDRAW, E.DISMISS):
        with pytest.raises(ReasonMissing):
            rules.refuse_bare_end(event, reason)
    else:
        rules.refuse_bare_end(event, reason)


def test_an_adjournment_needs_a_reason_and_somebody_on_whom_it_rests() -> None:
    with pytest.raises(ReasonMissing):
        rules.refuse_bare_adjournment("", "court")
    with pytest.raises(PartyMissing):
        rules.refuse_bare_adjournment("judge_absent", "")
    rules.refuse_bare_adjournment("judge_absent", "court")


@given(charges)
def test_the_status_that_charges_roll_up_to_is_never_a_guess(states: list[C]) -> None:
    status = rules.rolled_up(states)
    guilty = any(state in (C.CONVICTED, C.LESSER) for state in states)
    still = any(state in (C.PROPOSED, C.FILED, C.AMENDED) for state in states)
    assert (status is Status.CONVICTED) == guilty
    assert (status is Status.ACQUITTED) == (not guilty and not still and C.ACQUITTED in states)


@given(charges, st.lists(st.sampled_from(V), max_size=4))
def test_nothing_is_final_while_a_charge_or_an_appeal_is_open(states: list[C], verdicts: list[V]) -> None:
    still = not states or any(s in (C.PROPOSED, C.FILED, C.AMENDED) for s in states) or V.APPEALED in verdicts
    assert rules.is_decided(states, verdicts) is not still
    if still:
        with pytest.raises(StillOpen):
            rules.refuse_open(states, verdicts)


@given(charges)
def test_convicted_as_charged_is_also_convicted(states: list[C]) -> None:
    stages = rules.stages_of_verdict(states)
    assert stages[0] is Stage.VERDICT
    assert (Stage.AS_CHARGED not in stages) or (Stage.CONVICTED in stages)


def test_the_next_hearing_lies_after_this_one() -> None:
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    with pytest.raises(NextTooEarly):
        rules.refuse_earlier(at, at)
    rules.refuse_earlier(at, at + timedelta(days=1))
    rules.refuse_earlier(at, None)


def test_a_sentence_says_how_long_and_in_which_money() -> None:
    with pytest.raises(NoSentence):
        rules.check_sentence(Outcome.ACQUITTED, SentenceKind.FINE, None, 1, "KHR")
    with pytest.raises(MonthsMissing):
        rules.check_sentence(Outcome.CONVICTED, SentenceKind.CUSTODY, None, None, "")
    with pytest.raises(CurrencyMissing):
        rules.check_sentence(Outcome.LESSER, SentenceKind.FINE, None, 10, "K1")
    rules.check_sentence(Outcome.LESSER, SentenceKind.LIFE, None, None, "")


def test_a_child_is_proposed_what_nobody_has_asked_for() -> None:
    assert rules.proposed_measures(True, set()) == list(CHILD_MEASURES)
    assert Measure.IN_CAMERA not in rules.proposed_measures(True, {Measure.IN_CAMERA})
    assert rules.proposed_measures(False, set()) == rules.proposed_measures(None, set()) == []


@dataclass(frozen=True)
class Limit:
    code: str = "one"
    label: str = "One"
    days: int = 30
    start: str = "a"
    stop: str = "b"


@given(days, st.none() | st.integers(0, 400), st.integers(0, 400), st.integers(1, 400))
def test_a_time_limit_is_late_only_after_its_last_day(
    started: date, stopped_after: int | None, today_after: int, length: int
) -> None:
    reached = {"a": started}
    if stopped_after is not None:
        reached["b"] = started + timedelta(days=stopped_after)
    (run,) = rules.clock_runs([Limit(days=length)], reached, started + timedelta(days=today_after))
    assert run.due_on == started + timedelta(days=length)
    if stopped_after is None:
        assert run.state is (ClockState.LATE if today_after > length else ClockState.RUNNING)
        assert run.left == length - today_after
    else:
        assert run.state is (ClockState.MET_LATE if stopped_after > length else ClockState.MET)


def test_a_time_limit_that_has_not_begun_is_waiting() -> None:
    (run,) = rules.clock_runs([Limit()], {"b": date(2026, 1, 1)}, date(2026, 1, 1))
    assert (run.state, run.due_on, run.left) == (ClockState.WAITING, None, None)


@given(days, st.lists(days, max_size=4), days)
def test_the_wait_is_counted_to_her_first_evidence_and_never_negative(
    complaint: date, testified: list[date], today: date
) -> None:
    wait = rules.wait_for_evidence(complaint, testified, today)
    assert wait is not None
    assert wait.days >= 0
    after = [day for day in testified if day >= complaint]
    assert wait.is_over is bool(after)
    if after:
        assert wait.days == (min(after) - complaint).days


steps = st.lists(st.none() | days, max_size=6)


@given(steps, st.none() | days)
def test_waits_follow_one_another_and_cover_no_day_twice(reached: list[date | None], until: date | None) -> None:
    found = rules.waits(reached, until)
    known = [day for day in (*reached, until) if day is not None]
    for start, end in found:
        assert start in known
        assert end in known
        assert (end - start).days >= rules.NOTICED
    for (_start, end), (following, _end) in pairwise(found):
        assert end <= following


def test_a_step_before_an_earlier_one_ends_no_wait() -> None:
    complaint, charge, hearing = date(2026, 1, 1), date(2026, 6, 1), date(2026, 3, 1)
    assert rules.waits([complaint, charge, hearing], None) == [(complaint, charge)]


def test_532_days_are_532_days() -> None:
    wait = rules.wait_for_evidence(date(2025, 3, 10), [date(2026, 8, 24)], date(2026, 11, 22))
    assert wait == rules.Wait(532, True)


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        (Stage, STAGE_LABELS),
        (ChargeState, CHARGE_LABELS),
        (Purpose, PURPOSE_LABELS),
        (HearingState, HEARING_LABELS),
        (AdjournReason, ADJOURN_LABELS),
        (Side, SIDE_LABELS),
        (Measure, MEASURE_LABELS),
        (MeasureState, MEASURE_STATE_LABELS),
        (Outcome, OUTCOME_LABELS),
        (VerdictState, VERDICT_STATE_LABELS),
        (Appellant, APPELLANT_LABELS),
        (SentenceKind, SENTENCE_LABELS),
        (ClockState, CLOCK_LABELS),
    ],
)
def test_no_code_is_ever_shown(words: type[Stage], labels: dict[str, str]) -> None:
    assert set(labels) == set(words)


def test_everything_that_people_may_write_about_a_charge_has_words() -> None:
    assert set(CHARGE_EVENT_LABELS) == set(rules.BY_PEOPLE)


def test_every_code_of_the_international_classification_stands_below_one_of_its_divisions() -> None:
    divisions = {"0101", "0102", "0201", "0202", "0203", "0204", "0301", "0302"}
    assert {code[:4] for code in ICCS_LABELS} <= divisions
    assert all(str(label).startswith(f"{code} ") for code, label in ICCS_LABELS.items())
    assert {"02031", "02032", "02041", "02042", "03021", "03022"} <= ICCS_LABELS.keys()
