"""Rules of the case that need no database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.cases import rules
from amparo.cases.errors import AnswersMissing, NothingDecided, RelatedElsewhere, RelationIncomplete, TrackNotOpen
from amparo.cases.rules import BasisFacts, IncidentFacts, Question
from amparo.cases.words import (
    GIVER_LABELS,
    TRACK_STATE_LABELS,
    BasisKind,
    ConsentState,
    Context,
    IncidentType,
    TrackKind,
)
from amparo.kernel.dates import DateInFuture
from amparo.kernel.errors import Invalid

ORDER = list(Question)


def test_the_first_yes_gives_the_type() -> None:
    answers = {Question.GENDER_BASED: True, Question.PENETRATION: False, Question.UNWANTED_CONTACT: True}
    assert rules.classify(answers) is IncidentType.SEXUAL_ASSAULT


def test_what_is_not_gender_based_has_no_core_type() -> None:
    assert rules.classify({Question.GENDER_BASED: False}) is IncidentType.NON_GBV


def test_a_question_that_was_skipped_before_the_first_yes_is_asked_for() -> None:
    with pytest.raises(AnswersMissing) as error:
        rules.classify({Question.GENDER_BASED: True, Question.PHYSICAL: True})
    assert error.value.field == Question.PENETRATION


@given(st.dictionaries(st.sampled_from(ORDER), st.booleans()))
def test_answers_after_the_first_yes_change_nothing(answers: dict[Question, bool]) -> None:
    try:
        found = rules.classify(answers)
    except AnswersMissing:
        return
    firsts = [question for question in ORDER[1:] if answers.get(question)]
    for question in ORDER[ORDER.index(firsts[0]) + 1 :] if firsts and answers[Question.GENDER_BASED] else []:
        assert rules.classify({**answers, question: not answers.get(question, False)}) is found


@given(
    st.sampled_from(IncidentType),
    st.sampled_from(["intimate_partner", "employer", "unknown"]),
    st.sampled_from([True, False, None]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_contexts_follow_from_the_facts(
    kind: IncidentType, relation: str, minor: bool | None, goods: bool, held: bool, harmful: bool
) -> None:
    found = set(rules.contexts(IncidentFacts(kind, relation, minor, goods, held, harmful)))
    sexual = kind in rules.SEXUAL_TYPES
    assert (Context.CHILD_SEXUAL_ABUSE in found) == (sexual and minor is True)
    assert (Context.SEXUAL_SLAVERY in found) == (sexual and held)
    assert (Context.SEXUAL_EXPLOITATION in found) == (sexual and goods)
    assert (Context.EARLY_MARRIAGE in found) == (kind is IncidentType.FORCED_MARRIAGE and minor is True)
    assert (Context.HARMFUL_PRACTICE in found) == harmful


@pytest.mark.parametrize("kind", list(TrackKind))
def test_every_state_of_a_track_has_words_and_every_terminal_one_is_reachable(kind: TrackKind) -> None:
    moves = rules.MOVES[kind]
    reached, frontier = {rules.FIRST_STATE[kind]}, [rules.FIRST_STATE[kind]]
    while frontier:
        for state in moves.get(frontier.pop(), ()):
            if state not in reached:
                reached.add(state)
                frontier.append(state)
    assert reached == set(moves)
    assert rules.TERMINAL[kind] <= reached
    assert reached <= set(TRACK_STATE_LABELS)


@given(
    st.sampled_from(TrackKind), st.sampled_from(sorted(TRACK_STATE_LABELS)), st.sampled_from(sorted(TRACK_STATE_LABELS))
)
def test_a_track_moves_only_where_the_table_leads(kind: TrackKind, now: str, then: str) -> None:
    if then in rules.MOVES[kind].get(now, ()):
        rules.check_move(kind, now, then)
    else:
        with pytest.raises(TrackNotOpen):
            rules.check_move(kind, now, then)


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 800), st.integers(-1000, 1000), st.sampled_from(ConsentState))
def test_a_consent_holds_from_its_first_to_its_last_day_and_only_while_given(
    start: date, length: int, offset: int, state: ConsentState
) -> None:
    basis = BasisFacts(BasisKind.CONSENT, state, start, start + timedelta(days=length))
    today = start + timedelta(days=offset)
    assert rules.is_live(basis, today) == (state is ConsentState.GIVEN and 0 <= offset <= length)


def test_a_refusal_of_one_purpose_takes_no_other_basis_away() -> None:
    day = date(2026, 5, 17)
    given_one = BasisFacts(BasisKind.CONSENT, ConsentState.GIVEN, day, None)
    refused = BasisFacts(BasisKind.CONSENT, ConsentState.REFUSED, day, None)
    assert rules.may_write_words([refused, given_one], day)
    assert not rules.may_write_words([refused], day)


def test_whose_consent_a_childs_age_asks_for() -> None:
    asked = [rules.consent_rule(age) for age in (3, 8, 13, 16, 18, None)]
    assert asked == ["caregiver", "assent_caregiver", "assent_weighty", "own", "adult", "unknown"]


AGES = st.none() | st.integers(0, 130)
KINDS, GIVERS = st.sampled_from(BasisKind), st.sampled_from(sorted(GIVER_LABELS))


def _holds(kind: BasisKind, giver: str, reason: str, age: int | None) -> bool:
    try:
        rules.check_giver(kind, giver, reason, age)
    except Invalid:
        return False
    return True


@given(KINDS, GIVERS, AGES.filter(lambda age: age is None or age >= 15))
def test_from_fifteen_on_and_where_the_age_is_unknown_nothing_is_refused(
    kind: BasisKind, giver: str, age: int | None
) -> None:
    assert _holds(kind, giver, "", age)


@given(KINDS, GIVERS, st.sampled_from(["", "  ", "Her uncle is the suspect."]), st.integers(0, 14))
def test_a_child_under_fifteen_never_consents_alone(kind: BasisKind, giver: str, reason: str, age: int) -> None:
    with_adult = giver in ("caregiver", "guardian", "other_adult")
    expected = {
        BasisKind.CONSENT: with_adult and age < 6,
        BasisKind.ASSENT: with_adult,
        BasisKind.BEST_INTERESTS: giver != "self" and bool(reason.strip()),
    }
    assert _holds(kind, giver, reason, age) == expected.get(kind, True)


@given(st.sampled_from([BasisKind.ASSENT, BasisKind.BEST_INTERESTS]), AGES)
def test_who_usually_decides_fits_every_age(kind: BasisKind, age: int | None) -> None:
    assert _holds(kind, rules.usual_giver(kind), "Decided with the supervisor.", age)


def test_somebody_is_something_to_another_person_of_the_case_or_nothing_is_said() -> None:
    rules.check_relation("", None, "her", {"her", "him"})
    rules.check_relation("parent", "him", "her", {"her", "him"})
    for relation, other, error in (
        ("parent", None, RelationIncomplete), ("", "him", RelationIncomplete),
        ("parent", "her", RelatedElsewhere), ("parent", "nobody here", RelatedElsewhere),
    ):  # fmt: skip
        with pytest.raises(error):
            rules.check_relation(relation, other, "her", {"her", "him"})


def test_who_decided_about_trafficking_needs_what_was_decided() -> None:
    today = date(2026, 11, 22)
    rules.check_trafficking("actual", "police", today, today)
    with pytest.raises(NothingDecided):
        rules.check_trafficking("", "police", None, today)
    with pytest.raises(DateInFuture):
        rules.check_trafficking("actual", "police", today + timedelta(days=1), today)
