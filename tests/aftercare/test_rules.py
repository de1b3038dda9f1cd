"""Scoring, schedule, steps and definitions."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.aftercare import errors
from amparo.aftercare.rules import definition, schedule, scoring, steps
from amparo.aftercare.rules.scoring import Answer, Answers
from amparo.aftercare.words import CareState, Decision, SafetyState, ServiceState, Unscored

RAW = definition.read(files("amparo.aftercare").joinpath("instruments/restoration-profile-1.toml").read_bytes())
PROFILE = definition.instrument(RAW)
CODES = [item.code for item in PROFILE.items]
VALUES = st.one_of(st.integers(1, 4), st.sampled_from(list(Unscored)))
ANSWERS = st.dictionaries(st.sampled_from(CODES), VALUES.map(Answer))
SCORED = st.fixed_dictionaries({code: st.integers(1, 4).map(Answer) for code in CODES})


# ---- our own instrument


def test_the_restoration_profile_has_six_domains_of_three_items_with_four_anchors_in_two_languages() -> None:
    assert [len(domain.items) for domain in PROFILE.domains] == [3] * 6
    for item in PROFILE.items:
        for said in (item.label, *item.anchors):
            assert {language for language, _text in said.texts} == {"en", "ar"}


def test_no_two_anchors_of_the_restoration_profile_say_the_same() -> None:
    for language in ("en", "ar"):
        said = [anchor.in_language(language) for item in PROFILE.items for anchor in item.anchors]
        assert len(set(said)) == len(said)


def test_the_restoration_profile_can_be_used_without_a_licence() -> None:
    assert PROFILE.licence == "CC0-1.0"
    assert not PROFILE.must_acknowledge


def test_safety_is_the_domain_with_the_floor() -> None:
    assert [domain.code for domain in PROFILE.domains if domain.is_floor] == ["safety"]


def test_a_language_that_an_instrument_does_not_have_falls_back_to_its_first() -> None:
    assert PROFILE.label.in_language("hi") == "Restoration profile"
    assert PROFILE.label.in_language("ar-eg") == "ملف التعافي"


# ---- scores


@given(ANSWERS)
def test_every_mean_lies_between_one_and_four(answers: Answers) -> None:
    found = scoring.score(PROFILE, answers)
    for mean in [*(domain.mean for domain in found.domains), found.overall]:
        assert mean is None or 1 <= mean <= 4


@given(ANSWERS)
def test_the_number_beside_a_mean_is_the_number_of_scored_items(answers: Answers) -> None:
    for domain, found in zip(PROFILE.domains, scoring.score(PROFILE, answers).domains, strict=True):
        given_here = [answers[item.code] for item in domain.items if item.code in answers]
        assert found.scored == sum(isinstance(one.value, int) for one in given_here)
        assert found.asked == len(domain.items)
        assert (found.mean is not None) == (found.scored >= domain.min_scored)


@given(ANSWERS, st.sets(st.sampled_from(CODES)), st.sampled_from(list(Unscored)))
def test_an_answer_that_is_none_of_the_four_never_changes_a_mean(
    answers: Answers, more: set[str], value: Unscored
) -> None:
    added = {code: Answer(value) for code in more if code not in answers}
    before, after = scoring.score(PROFILE, answers), scoring.score(PROFILE, {**answers, **added})
    assert [d.mean for d in before.domains] == [d.mean for d in after.domains]
    assert before.overall == after.overall


@given(SCORED, st.sampled_from(PROFILE.domains))
def test_one_missing_domain_hides_the_overall_mean_and_no_other(
    answers: Answers, gone: scoring.InstrumentDomain
) -> None:
    whole = scoring.score(PROFILE, answers)
    left = {code: one for code, one in answers.items() if code not in {item.code for item in gone.items}}
    without = scoring.score(PROFILE, left)
    assert whole.overall is not None
    assert without.overall is None
    assert [d.mean for d in without.domains if d.code != gone.code] == [
        d.mean for d in whole.domains if d.code != gone.code
    ]


@given(SCORED)
def test_the_overall_mean_is_the_mean_of_the_domains(answers: Answers) -> None:
    found = scoring.score(PROFILE, answers)
    assert found.overall == pytest.approx(sum(d.mean or 0 for d in found.domains) / 6)


@given(ANSWERS, st.sampled_from([item.code for item in PROFILE.domains[0].items]), st.integers(1, 2))
def test_a_low_safety_item_stands_against_restoration_however_high_the_rest_is(
    answers: Answers, code: str, low: int
) -> None:
    found = scoring.standing(PROFILE, {**answers, code: Answer(low)}, {})
    assert code in found.low_items
    assert not found.suggests_restored


@given(SCORED)
def test_without_thresholds_only_the_floor_stands_against_a_full_assessment(answers: Answers) -> None:
    safety = [answers[item.code].score or 0 for item in PROFILE.domains[0].items]
    assert scoring.standing(PROFILE, answers, {}).suggests_restored == (min(safety) > 2)


def test_a_threshold_of_the_organisation_stands_against_a_lower_mean() -> None:
    answers = {code: Answer(3) for code in CODES}
    assert scoring.standing(PROFILE, answers, {"mind": 3.0, "overall": 3.0}).below == ()
    assert scoring.standing(PROFILE, answers, {"mind": 3.5, "overall": 3.2}).below == ("mind", "overall")


@given(ANSWERS, ANSWERS)
def test_two_raters_agree_only_about_what_both_scored(one: Answers, other: Answers) -> None:
    found = scoring.agreement(one, other)
    assert 0 <= found.alike <= found.close <= found.both <= len(one.keys() & other.keys())
    assert found == scoring.agreement(other, one)


@pytest.mark.parametrize("value", ["0", "5", "22", "", "x", "٣", "-1"])
def test_an_answer_that_the_page_does_not_offer_is_refused(value: str) -> None:
    with pytest.raises(errors.UnknownAnswer):
        scoring.answer(value)


# ---- schedule

PLAN = schedule.Schedule((6,), 12)


def test_the_first_assessment_is_due_at_enrolment() -> None:
    assert schedule.next_assessment(PLAN, date(2026, 1, 5), []) == date(2026, 1, 5)


def test_assessments_are_due_after_half_a_year_and_then_every_year() -> None:
    done = [date(2024, 2, 29)]
    assert schedule.next_assessment(PLAN, date(2024, 2, 20), done) == date(2024, 8, 29)
    done.append(date(2024, 9, 3))
    assert schedule.next_assessment(PLAN, date(2024, 2, 20), done) == date(2025, 8, 29)
    done.append(date(2025, 7, 30))
    assert schedule.next_assessment(PLAN, date(2024, 2, 20), done) == date(2026, 8, 29)


def test_an_extra_assessment_does_not_take_the_place_of_the_planned_one() -> None:
    done = [date(2026, 1, 1), date(2026, 3, 1)]
    assert schedule.next_assessment(PLAN, date(2026, 1, 1), done) == date(2026, 7, 1)


def test_a_schedule_without_repetition_ends() -> None:
    once = schedule.Schedule((6,), 0)
    assert schedule.next_assessment(once, date(2026, 1, 1), [date(2026, 1, 1), date(2026, 7, 1)]) is None


def test_the_end_of_a_month_stays_the_end_of_a_month() -> None:
    assert schedule.months_after(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert schedule.months_after(date(2024, 8, 31), 6) == date(2025, 2, 28)
    assert schedule.months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert schedule.months_after(date(2024, 2, 29), 48) == date(2028, 2, 29)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_some_months_after_a_day_is_that_many_months_later(day: date, months: int) -> None:
    after = schedule.months_after(day, months)
    assert (after.year - day.year) * 12 + after.month - day.month == months
    assert after.day <= day.day


@given(
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    st.lists(st.integers(0, 3000), max_size=6),
)
def test_the_next_assessment_is_never_due_before_the_last_one(start: date, gaps: list[int]) -> None:
    done = [date.fromordinal(start.toordinal() + gap) for gap in gaps]
    due = schedule.next_assessment(PLAN, start, done)
    assert due is not None
    assert due >= (max(done) if done else start)


def test_an_assessment_of_ninety_days_ago_is_recent_and_one_of_tomorrow_is_not() -> None:
    today = date(2026, 3, 1)
    assert schedule.is_recent(date(2025, 12, 1), today)
    assert not schedule.is_recent(date(2025, 11, 30), today)
    assert not schedule.is_recent(date(2026, 3, 2), today)


def test_follow_ups_are_planned_after_three_six_and_twelve_months() -> None:
    assert schedule.follow_up_days(date(2023, 11, 30)) == (
        date(2024, 2, 29),
        date(2024, 5, 30),
        date(2024, 11, 30),
    )


# ---- steps


def test_a_service_is_never_delivered_before_she_agreed_to_it() -> None:
    for state in (ServiceState.PLANNED, ServiceState.OFFERED, ServiceState.DECLINED):
        with pytest.raises(errors.WrongStep):
            steps.check_step(steps.SERVICE_STEPS, state, ServiceState.DELIVERED)
    steps.check_step(steps.SERVICE_STEPS, ServiceState.CONSENTED, ServiceState.DELIVERED)


def test_a_survivor_can_decline_a_service_at_every_open_step() -> None:
    for state in steps.OPEN_SERVICES:
        steps.check_step(steps.SERVICE_STEPS, state, ServiceState.DECLINED)


def test_a_plan_is_not_approved_before_it_is_agreed() -> None:
    with pytest.raises(errors.WrongStep):
        steps.check_step(steps.CARE_STEPS, CareState.DRAFT, CareState.APPROVED)


def test_a_retired_safety_plan_stays_retired() -> None:
    assert not steps.SAFETY_STEPS[SafetyState.RETIRED]


def test_every_state_is_in_its_table_of_steps() -> None:
    assert set(steps.SAFETY_STEPS) == set(SafetyState)
    assert set(steps.CARE_STEPS) == set(CareState)
    assert set(steps.SERVICE_STEPS) == set(ServiceState)


def test_a_case_is_restored_only_when_all_its_survivors_are() -> None:
    restored, monitoring, not_yet = Decision.RESTORED, Decision.MONITORING, Decision.NOT_YET
    assert steps.track_state([restored, restored]) == "restored"
    assert steps.track_state([restored, monitoring]) == "monitoring"
    assert steps.track_state([restored, not_yet]) == "active"
    assert steps.track_state([restored, None]) == "active"
    assert steps.track_state([]) == "active"


# ---- definitions


def _changed(**parts: object) -> dict[str, object]:
    return json.loads(json.dumps(RAW)) | parts


def _domains() -> list[dict[str, object]]:
    return json.loads(json.dumps(RAW))["domains"]  # type: ignore[no-any-return]


def test_a_definition_is_read_alike_from_json_and_from_toml() -> None:
    assert definition.instrument(definition.read(json.dumps(RAW).encode())) == PROFILE


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[[", b'{"a":', b"{" * 5000])
def test_a_damaged_file_is_refused_as_not_readable(data: bytes) -> None:
    with pytest.raises(errors.NotReadable):
        definition.read(data)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(errors.FileTooLarge):
        definition.read(b" " * (definition.MOST_BYTES + 1))


def test_a_missing_anchor_is_named_with_its_place() -> None:
    domains = _domains()
    domains[1]["items"][2]["anchors"]["ar"].pop()  # type: ignore[index]
    with pytest.raises(errors.NotFourAnchors) as caught:
        definition.instrument(_changed(domains=domains))
    assert caught.value.fields["place"] == "domains[2].items[3].anchors.ar"


def test_an_item_that_is_there_twice_is_refused() -> None:
    domains = _domains()
    domains[0]["items"][1]["code"] = "safe_home"  # type: ignore[index]
    with pytest.raises(errors.CodeTwice):
        definition.instrument(_changed(domains=domains))


def test_a_part_that_the_format_does_not_know_is_refused() -> None:
    with pytest.raises(errors.PartUnknown):
        definition.instrument(_changed(weights={"safety": 2}))


def test_more_items_cannot_be_asked_for_than_there_are() -> None:
    domains = _domains()
    domains[0]["min_scored"] = 4
    with pytest.raises(errors.NumberOutOfRange):
        definition.instrument(_changed(domains=domains))


def test_a_file_that_does_not_say_otherwise_needs_its_licence_acknowledged() -> None:
    raw = _changed()
    del raw["must_acknowledge"]
    assert definition.instrument(raw).must_acknowledge


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(RAW)), JSON)
def test_nonsense_in_a_definition_is_refused_with_an_error_that_names_the_place(part: str, value: object) -> None:
    refused: errors.DefinitionRefused | None = None
    try:
        definition.instrument(_changed(**{part: value}))
    except errors.DefinitionRefused as error:
        refused = error
    assert refused is None or (refused.field == "file" and part in str(refused.fields.get("place", part)))
