"""Marking, learning, days, states."""

from __future__ import annotations

import statistics
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.training.errors import (
    AnswerUnreadable,
    DaysReversed,
    DoorClosed,
    NoDay,
    OneRightAnswer,
    PointsOutOfRange,
    QuestionUnusable,
    RubricMissing,
    WrongState,
)
from amparo.training.rules import content, gain, marking, steps
from amparo.training.rules.content import Content, Question
from amparo.training.words import Occasion, QuestionKind, SessionEvent, SessionState
from tests.training.rooms import BANK, EITHER, MULTIPLE, SHORT, SINGLE

# ---- marking ---------------------------------------------------------------------------------------------------


@st.composite
def questions(draw: st.DrawFn) -> Question:
    kind = draw(st.sampled_from(QuestionKind))
    points = draw(st.integers(1, 5))
    if kind is QuestionKind.SHORT:
        return Question(draw(_keys), kind, "?", points=points, rubric="r")
    count = 2 if kind is QuestionKind.TRUE_FALSE else draw(st.integers(2, content.MOST_OPTIONS))
    most = count if kind is QuestionKind.MULTIPLE else 1
    right = draw(st.frozensets(st.integers(0, count - 1), min_size=1, max_size=most))
    return Question(draw(_keys), kind, "?", tuple(f"o{at}" for at in range(count)), right, points)


_keys = st.text("abcdef", min_size=1, max_size=4)
_banks = st.lists(questions(), min_size=1, max_size=8, unique_by=lambda one: one.key)


def _perfect(bank: list[Question]) -> tuple[dict[str, list[int] | str], dict[str, int]]:
    answers = {one.key: sorted(one.right) for one in bank if not one.by_hand}
    return answers, {one.key: one.points for one in bank if one.by_hand}  # type: ignore[return-value]


@given(_banks)
def test_all_right_answers_earn_all_points(bank: list[Question]) -> None:
    found = marking.score(bank, *_perfect(bank))
    assert found.points == found.most == sum(one.points for one in bank)
    assert found.percent == 100


@given(_banks)
def test_no_answer_earns_nothing_and_waits_for_nobody(bank: list[Question]) -> None:
    found = marking.score(bank, {}, {})
    assert (found.points, found.waiting, found.percent) == (0, (), 0)


@given(_banks, st.data())
def test_a_score_never_leaves_its_bounds(bank: list[Question], data: st.DataObject) -> None:
    answers = {
        one.key: data.draw(st.lists(st.integers(0, len(one.options) - 1), max_size=len(one.options)))
        for one in bank
        if not one.by_hand
    }
    marks = {one.key: data.draw(st.integers(0, one.points)) for one in bank if one.by_hand}
    found = marking.score(bank, answers, marks)
    assert 0 <= found.points <= found.most


@given(questions().filter(lambda one: not one.by_hand), st.data())
def test_the_order_of_ticks_changes_nothing(one: Question, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(one.options) - 1), unique=True))
    assert marking.worth(one, chosen) == marking.worth(one, list(reversed(chosen)))


@given(questions().filter(lambda one: not one.by_hand), st.data())
def test_one_more_wrong_tick_never_helps(one: Question, data: st.DataObject) -> None:
    chosen = data.draw(st.frozensets(st.integers(0, len(one.options) - 1)))
    wrong = [at for at in range(len(one.options)) if at not in one.right and at not in chosen]
    for more in wrong:
        assert marking.worth(one, [*chosen, more]) <= marking.worth(one, sorted(chosen))


def test_ticking_everything_earns_only_what_is_left_after_the_wrong_ones() -> None:
    assert marking.worth(MULTIPLE, [0, 1, 2]) == 1
    assert marking.worth(MULTIPLE, [0]) == 1
    assert marking.worth(MULTIPLE, [2]) == 0
    three = Question("t", QuestionKind.MULTIPLE, "?", ("a", "b", "c", "d"), frozenset({0, 1, 2}), points=1)
    assert marking.worth(three, [0, 1]) == Fraction(2, 3)


def test_a_short_answer_that_nobody_marked_leaves_no_score() -> None:
    found = marking.score(BANK, {"short": "words", "single": [1]}, {})
    assert (found.waiting, found.percent) == (("short",), None)


@given(questions(), st.data())
def test_what_a_cell_says_is_read_back(one: Question, data: st.DataObject) -> None:
    if one.by_hand:
        points = data.draw(st.integers(0, one.points))
        assert marking.read_cell(one, 1, marking.write_cell(one, {}, {one.key: points})) == points
        return
    most = len(one.options) if one.kind is QuestionKind.MULTIPLE else 1
    chosen = sorted(data.draw(st.frozensets(st.integers(0, len(one.options) - 1), min_size=1, max_size=most)))
    assert marking.read_cell(one, 1, marking.write_cell(one, {one.key: chosen}, {})) == tuple(chosen)


@pytest.mark.parametrize(
    ("one", "typed"), [(SINGLE, "AB"), (SINGLE, "D"), (MULTIPLE, "AX"), (SHORT, "4"), (SHORT, "x")]
)
def test_a_cell_that_can_not_be_an_answer_is_refused(one: Question, typed: str) -> None:
    with pytest.raises(AnswerUnreadable):
        marking.read_cell(one, 1, typed)


def test_letters_are_read_in_any_case_and_with_commas() -> None:
    assert marking.read_cell(MULTIPLE, 1, " c, a") == (0, 2)
    assert marking.read_cell(SINGLE, 1, "") is None


def test_points_beyond_the_question_are_refused() -> None:
    with pytest.raises(PointsOutOfRange):
        marking.check_points(SHORT, 4)


def test_answers_that_do_not_belong_to_the_test_are_dropped() -> None:
    given_ = {"single": [0, 1], "several": [0, 7], "elsewhere": [1], "short": "  ", "either": [1]}
    assert marking.fitting(BANK, given_) == {"several": [0], "either": [1]}


# ---- what was learned ------------------------------------------------------------------------------------------

_percents = st.floats(0, 100)
_people = st.lists(st.dictionaries(st.sampled_from(Occasion), _percents), max_size=12)


@given(_people)
def test_a_gain_counts_only_who_took_both_tests(people: list[dict[Occasion, float]]) -> None:
    both = [one for one in people if Occasion.PRE in one and Occasion.POST in one]
    found = gain.gain(people, Occasion.POST)
    assert (found.n if found else 0) == len(both)
    if found:
        assert found.mean == pytest.approx(statistics.fmean(p[Occasion.POST] - p[Occasion.PRE] for p in both), abs=1e-9)


@given(_people)
def test_the_way_back_is_the_same_gain_with_the_other_sign(people: list[dict[Occasion, float]]) -> None:
    there = gain.gain(people, Occasion.POST, Occasion.PRE)
    back = gain.gain(people, Occasion.PRE, Occasion.POST)
    assert (there is None) == (back is None)
    if there and back:
        assert there.mean == pytest.approx(-back.mean, abs=1e-9)


@given(_people, st.sampled_from(Occasion))
def test_who_is_missing_changes_no_mean(people: list[dict[Occasion, float]], occasion: Occasion) -> None:
    assert gain.level(people, occasion) == gain.level([*people, {}, {}], occasion)


@given(st.lists(_percents, min_size=2, max_size=40))
def test_the_mean_lies_inside_its_interval(values: list[float]) -> None:
    found = gain.estimate(values)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.mean <= found.high


def test_the_interval_is_the_one_of_a_known_sample() -> None:
    """By hand: mean 5, squares 4 + 4 + 1 + 1 over 3, so s = 1.8257, and 3.182 s / 2 = 2.9047."""
    found = gain.estimate([3, 7, 4, 6])
    assert found is not None
    assert found.low is not None
    assert found.mean == pytest.approx(5)
    assert found.mean - found.low == pytest.approx(2.9047, abs=1e-4)


def test_one_person_has_no_interval() -> None:
    assert gain.estimate([50]) == gain.Estimate(1, 50, None, None)
    assert gain.estimate([]) is None


@given(st.integers(1, 500))
def test_t_falls_with_more_people_and_is_never_too_sure(freedom: int) -> None:
    assert gain.t_95(freedom) >= gain.t_95(freedom + 1) >= 1.96


def test_t_agrees_with_the_statistics_library() -> None:
    stats = pytest.importorskip("scipy.stats")
    for freedom in (*range(1, 31), 40, 60, 120):
        assert gain.t_95(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=6e-4)


# ---- content ---------------------------------------------------------------------------------------------------


@given(_banks, st.text(max_size=20))
def test_what_is_stored_of_a_version_is_read_back(bank: list[Question], title: str) -> None:
    told = Content(title, "aims", 90, 50, (content.Module("m", "t", 45, "a"),), tuple(bank))
    assert content.from_plain(content.to_plain(told)) == told


def test_answers_are_typed_one_a_line_with_the_right_ones_starred() -> None:
    lines, right = content.read_options(" One\n* Two \n\n*Three\n*")
    assert (lines, right) == (("One", "Two", "Three"), frozenset({1, 2}))
    assert content.write_options(MULTIPLE) == "* Who\n* When\nGossip"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (Question("x", QuestionKind.SINGLE, "?", ("a",), frozenset({0})), QuestionUnusable),
        (Question("x", QuestionKind.MULTIPLE, "?", ("a", "b"), frozenset()), QuestionUnusable),
        (Question("x", QuestionKind.SINGLE, "?", ("a", "b"), frozenset({0, 1})), OneRightAnswer),
        (Question("x", QuestionKind.SHORT, "?"), RubricMissing),
    ],
)
def test_a_question_that_can_not_be_marked_is_refused(wrong: Question, error: type[Exception]) -> None:
    with pytest.raises(error):
        content.checked(wrong)


def test_a_question_moves_up_one_place() -> None:
    told = Content("t", questions=(SINGLE, MULTIPLE, EITHER))
    assert content.moved_up(told, "either").questions == (SINGLE, EITHER, MULTIPLE)
    assert content.moved_up(told, "single") == told


# ---- days and states -------------------------------------------------------------------------------------------


def test_days_leave_out_weekdays() -> None:
    friday = date(2026, 3, 6)
    assert steps.days_of(friday, friday + timedelta(days=3), {5, 6}) == [friday, date(2026, 3, 9)]


def test_days_must_be_there() -> None:
    saturday = date(2026, 3, 7)
    with pytest.raises(NoDay):
        steps.days_of(saturday, saturday, {5})
    with pytest.raises(NoDay):
        steps.days_of(saturday, saturday + timedelta(days=40))
    with pytest.raises(DaysReversed):
        steps.days_of(saturday, saturday - timedelta(days=1))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 36))
def test_months_later_is_never_another_month(day: date, months: int) -> None:
    later = steps.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_the_end_of_a_month_stays_the_end() -> None:
    assert steps.due_on(date(2025, 11, 30), Occasion.THREE) == date(2026, 2, 28)


@given(st.sampled_from(SessionState), st.sampled_from(SessionEvent))
def test_a_session_that_is_over_moves_no_more(state: SessionState, event: SessionEvent) -> None:
    try:
        after = steps.next_state(state, event)
    except WrongState:
        return
    assert state not in (SessionState.CANCELLED, SessionState.FOLLOWED_UP)
    assert list(SessionState).index(after) >= list(SessionState).index(state)


def test_a_door_closes_to_the_second() -> None:
    end = datetime(2026, 3, 3, 12, tzinfo=UTC)
    steps.refuse_closed(end, None, end - timedelta(seconds=1))
    with pytest.raises(DoorClosed):
        steps.refuse_closed(end, None, end)
    with pytest.raises(DoorClosed):
        steps.refuse_closed(end, end - timedelta(hours=2), end - timedelta(hours=1))


@given(st.floats(0, 100), st.none() | st.floats(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_nobody_is_certified_who_was_never_there(
    attendance: float, post: float | None, least_attendance: int, least_score: int
) -> None:
    earned = steps.has_earned(
        steps.Standing(attendance, post), least_attendance=least_attendance, least_score=least_score
    )
    if earned:
        assert attendance > 0
        assert attendance >= least_attendance
        assert least_score == 0 or (post is not None and post >= least_score)
