from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.strengthening import queries
from amparo.strengthening.errors import (
    ChecklistLacks,
    ChecklistUnreadable,
    CheckTooEarly,
    LevelWithoutEvidence,
    NoProvenance,
    NotAnInterval,
    NothingAssessed,
    OutOfOrder,
    PeriodReversed,
    PeriodsOverlap,
    PeriodValidated,
    WrongState,
)
from amparo.strengthening.rules import checklist, proposing, scores, steps
from amparo.strengthening.rules.proposing import CaseFacts, KitFact, Why
from amparo.strengthening.rules.scores import Score
from amparo.strengthening.words import (
    ANCHORS,
    ITEM_LABELS,
    ITEM_SHORT,
    Answer,
    ContactEvent,
    ContactState,
    Domain,
    Occasion,
    ReformEvent,
    ReformState,
    SheetEvent,
    SheetState,
)

TODAY = date(2026, 6, 1)
ANSWERS = st.lists(st.sampled_from([*Answer, ""]), max_size=20)
FILES = st.lists(st.dictionaries(st.sampled_from("abcde"), st.sampled_from(list(Answer)), max_size=5), max_size=12)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


class TestScores:
    @given(ANSWERS)
    def test_a_score_lies_between_none_and_all_and_counts_only_what_applies(self, answers: list[str]) -> None:
        found = scores.score(answers)
        assert 0 <= found.yes <= found.applicable == sum(a in (Answer.YES, Answer.NO) for a in answers)
        assert (found.share is None) == (found.applicable == 0)

    @given(ANSWERS, st.integers(0, 5))
    def test_what_does_not_apply_changes_nothing(self, answers: list[str], more: int) -> None:
        assert scores.score(answers) == scores.score([*answers, *[Answer.NA] * more])

    @given(FILES)
    def test_items_and_files_count_the_same_answers(self, files: list[dict[str, str]]) -> None:
        by_item, whole = scores.by_item(files, "abcde"), scores.total(files)
        assert sum(one.yes for one in by_item.values()) == whole.yes
        assert sum(one.applicable for one in by_item.values()) == whole.applicable
        assert whole.files == len(files)

    @given(st.integers(0, 500), st.integers(1, 500))
    def test_an_interval_holds_its_share(self, yes: int, n: int) -> None:
        yes = min(yes, n)
        low, high = scores.interval(yes, n) or (1.0, 0.0)
        assert 0 <= low <= yes / n <= high <= 1

    def test_an_interval_is_that_of_wilson(self) -> None:
        # Newcombe, Statistics in Medicine 17 (1998) 857, Table I: 81 of 263.
        low, high = scores.interval(81, 263) or (0.0, 0.0)
        assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)

    def test_nothing_has_no_interval(self) -> None:
        assert scores.interval(0, 0) is None

    @given(st.lists(DAYS, min_size=1, max_size=20))
    def test_quarters_have_no_gap(self, days: list[date]) -> None:
        line = [quarter.at for quarter in scores.quarters(days)]
        assert line == list(range(line[0], line[-1] + 1))
        assert {scores.Quarter.of(day).at for day in days} <= set(line)

    @given(st.dictionaries(st.sampled_from("abcde"), st.tuples(st.integers(0, 9), st.integers(0, 9))))
    def test_nothing_is_praised_and_criticised_at_once(self, given_: dict[str, tuple[int, int]]) -> None:
        items = {key: Score(min(yes, n), n) for key, (yes, n) in given_.items()}
        assert not set(scores.went_well(items)) & set(scores.to_work_on(items))

    def test_a_change_from_nothing_is_no_change(self) -> None:
        assert scores.change(Score(0, 0), Score(1, 2)) is None


class TestChecklist:
    def test_the_standard_says_in_its_file_what_is_translated(self) -> None:
        found = queries.standard_checklist()
        assert {item.key: item.text for item in found.items} == {key: str(text) for key, text in ITEM_LABELS.items()}
        assert set(ITEM_SHORT) == set(found.keys)

    def test_own_items_follow_the_standard_ones(self) -> None:
        text = queries.standard_text().replace("version = 1", "version = 2")
        text += '\n[[item]]\nkey = "own"\ndomain = "data"\ntext = "The register was kept"\n'
        found = checklist.extended(queries.standard_checklist(), queries.standard_checklist(), text)
        assert (found.version, found.keys[-1]) == (2, "own")

    def test_a_standard_item_stays_as_it_is(self) -> None:
        text = queries.standard_text().replace("version = 1", "version = 2").replace("The scene was visited", "Scene")
        with pytest.raises(ChecklistLacks):
            checklist.extended(queries.standard_checklist(), queries.standard_checklist(), text)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("amparo-checklist-1", "other"),
            ("version = 1", "version = true"),
            ('key = "kit_sent"', 'key = "Kit sent"'),
            ('key = "kit_sent"', 'key = "no_contact"'),
            ('domain = "investigation"', 'domain = "love"'),
            ("[[item]]", "[[thing]]"),
            ("[[item]]", "[[item"),
        ],
    )
    def test_what_is_wrong_is_refused(self, before: str, after: str) -> None:
        with pytest.raises(ChecklistUnreadable):
            checklist.read(queries.standard_text().replace(before, after))

    @given(st.text(max_size=200))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        with pytest.raises(ChecklistUnreadable):
            checklist.read(text)


class TestSteps:
    @given(st.sampled_from(list(ContactState)), st.sampled_from(list(ContactEvent)))
    def test_nothing_follows_a_reviewed_or_cancelled_contact(self, state: ContactState, event: ContactEvent) -> None:
        if state in (ContactState.REVIEWED, ContactState.CANCELLED):
            with pytest.raises(WrongState):
                steps.next_contact(state, event)

    def test_a_sheet_is_published_only_when_validated(self) -> None:
        with pytest.raises(WrongState):
            steps.next_sheet(SheetState.DRAFT, SheetEvent.PUBLISH)
        assert steps.next_sheet(SheetState.VALIDATED, SheetEvent.PUBLISH) is SheetState.PUBLISHED

    @given(st.lists(st.sampled_from(list(ReformEvent)), max_size=12))
    def test_nothing_is_sustained_that_was_not_adopted(self, events: list[ReformEvent]) -> None:
        state, adopted = ReformState.IDENTIFIED, False
        for event in events:
            try:
                state = steps.next_reform(state, event)
            except WrongState:
                continue
            adopted = adopted or state is ReformState.ADOPTED
            assert state is not ReformState.SUSTAINED or adopted

    @given(DAYS, DAYS, st.lists(st.tuples(DAYS, st.integers(0, 200)), max_size=5))
    def test_periods_that_are_let_in_share_no_day(
        self, first: date, last: date, others: list[tuple[date, int]]
    ) -> None:
        spans = [(begin, begin + timedelta(days=length)) for begin, length in others]
        shares = any(max(first, begin) <= min(last, end) for begin, end in spans)
        if last < first:
            with pytest.raises(PeriodReversed):
                steps.refuse_overlap(first, last, spans)
        elif shares:
            with pytest.raises(PeriodsOverlap):
                steps.refuse_overlap(first, last, spans)
        else:
            steps.refuse_overlap(first, last, spans)

    def test_a_validated_period_holds_both_its_days(self) -> None:
        period = (date(2026, 1, 1), date(2026, 3, 31))
        for day in period:
            with pytest.raises(PeriodValidated):
                steps.refuse_validated(day, [period])
        steps.refuse_validated(date(2026, 4, 1), [period])

    @given(DAYS, st.sampled_from([6, 12]))
    def test_months_later_is_the_same_day_or_the_last_of_its_month(self, day: date, months: int) -> None:
        found = steps.months_after(day, months)
        assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
        assert found.day == day.day or (found + timedelta(days=1)).day == 1

    def test_two_checks_follow_an_adoption(self) -> None:
        day = date(2026, 1, 31)
        assert [steps.next_check(day, done) for done in range(3)] == [date(2026, 7, 31), date(2027, 1, 31), None]
        assert steps.after_check(0, True) is None
        assert steps.after_check(1, True) is ReformEvent.SUSTAIN
        assert steps.after_check(0, False) is steps.after_check(1, False) is ReformEvent.LAPSE

    def test_a_check_long_before_its_day_is_refused(self) -> None:
        steps.refuse_early(date(2026, 7, 15), date(2026, 7, 1))
        with pytest.raises(CheckTooEarly):
            steps.refuse_early(date(2026, 7, 16), date(2026, 7, 1))
        with pytest.raises(WrongState):
            steps.refuse_early(None, TODAY)

    def test_a_level_needs_what_was_seen(self) -> None:
        with pytest.raises(LevelWithoutEvidence):
            steps.checked_levels({Domain.DATA: 3}, {Domain.DATA: " "})
        with pytest.raises(NothingAssessed):
            steps.checked_levels({Domain.DATA: None}, {Domain.DATA: "x"})
        assert steps.checked_levels({Domain.DATA: 3, Domain.TRIAL: None}, {Domain.DATA: "x"}) == {"data": 3}

    def test_baseline_middle_and_end_follow_each_other(self) -> None:
        steps.refuse_out_of_order(Occasion.END, TODAY, {Occasion.BASELINE: date(2025, 1, 1)})
        with pytest.raises(OutOfOrder):
            steps.refuse_out_of_order(Occasion.BASELINE, TODAY, {Occasion.MIDDLE: TODAY})

    @pytest.mark.parametrize("gap", ["method", "source", "place", "n", "first", "last"])
    def test_a_figure_without_origin_is_refused(self, gap: str) -> None:
        whole: dict[str, object] = {
            "method": "household", "source": "A study", "place": "Lakeside", "n": 10, "first": TODAY, "last": TODAY,
        }  # fmt: skip
        steps.refuse_unsourced(**whole)  # type: ignore[arg-type]
        empty: object = "  " if gap in ("source", "place") else "" if gap == "method" else None
        with pytest.raises(NoProvenance):
            steps.refuse_unsourced(**(whole | {gap: empty}))  # type: ignore[arg-type]

    @pytest.mark.parametrize(("low", "value", "high"), [(3, 2, 4), (1, 5, 4), (-1, 2, 3), (1, 2, 101)])
    def test_an_interval_holds_its_value_within_the_scale(self, low: int, value: int, high: int) -> None:
        with pytest.raises(NotAnInterval):
            steps.refuse_no_interval(Decimal(low), Decimal(value), Decimal(high), 100)

    def test_each_domain_has_four_anchors(self) -> None:
        assert set(ANCHORS) == set(Domain)
        assert {len(anchors) for anchors in ANCHORS.values()} == {4}


def _facts(**more: object) -> CaseFacts:
    return CaseFacts(today=TODAY, **more)  # type: ignore[arg-type]


class TestProposals:
    def test_a_case_that_shows_nothing_proposes_nothing(self) -> None:
        assert proposing.proposals(_facts()) == {}

    def test_every_proposal_is_for_a_standard_item(self) -> None:
        facts = _facts(
            incident_on=date(2026, 1, 1), police_met_on=TODAY, scene_items=2, statements=2, witnesses=1,
            kits=(KitFact(date(2026, 1, 2), date(2026, 1, 5), date(2026, 3, 1)),), told=1, not_told=0,
            apart_on=TODAY, support_on=TODAY,
        )  # fmt: skip
        found = proposing.proposals(facts)
        assert set(found) == set(queries.standard_checklist().keys) - {"other_contact", "interview_informed"}
        assert {one.answer for one in found.values()} == {Answer.YES}

    @pytest.mark.parametrize(("days", "answer"), [(0, Answer.YES), (3, Answer.YES), (4, Answer.NO)])
    def test_the_window_of_the_examination_has_an_edge(self, days: int, answer: Answer) -> None:
        facts = _facts(incident_on=date(2026, 1, 1), examined_on=date(2026, 1, 1) + timedelta(days=days))
        assert proposing.proposals(facts)["examined_in_time"].answer is answer

    @pytest.mark.parametrize(("waited", "why"), [(14, None), (15, Why.KIT_UNSENT)])
    def test_a_kit_that_lies_too_long_is_a_no(self, waited: int, why: Why | None) -> None:
        found = proposing.proposals(_facts(kits=(KitFact(TODAY - timedelta(days=waited)),))).get("kit_sent")
        assert (found.why if found else None) is why

    def test_one_kit_of_two_that_was_not_sent_is_not_a_yes(self) -> None:
        kits = (KitFact(date(2026, 1, 1), date(2026, 1, 2)), KitFact(date(2026, 5, 30)))
        assert "kit_sent" not in proposing.proposals(_facts(kits=kits))

    def test_fewer_statements_than_witnesses_propose_nothing(self) -> None:
        assert proposing.proposals(_facts(statements=1, witnesses=2)) == {}

    def test_one_untold_outcome_outweighs_those_told(self) -> None:
        assert proposing.proposals(_facts(told=3, not_told=1))["outcome_told"].answer is Answer.NO

    def test_what_the_reader_may_not_see_is_not_held_against_the_unit(self) -> None:
        assert proposing.proposals(_facts(kits=None, told=None, not_told=None)) == {}
