"""What is decided about an examination from values alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.forensics.errors import (
    CaregiverMissing,
    CoercionUnsaid,
    ConsentMissing,
    EndsBeforeBegin,
    NoSuchPlace,
    NotARecipient,
    NotInFuture,
    ProxyReasonMissing,
    SizeImpossible,
    UntilTooFar,
    WitnessMissing,
)
from amparo.forensics.rules import consent, findings, sealing
from amparo.forensics.rules.consent import Asked, Circumstances
from amparo.forensics.rules.drawing import Mark, svg
from amparo.forensics.rules.figures import view_of, views, views_with
from amparo.forensics.rules.sealing import ReleaseFacts
from amparo.forensics.words import Anatomy, Answer, Figure, Item
from amparo.forensics.words.body import REGION_LABELS, VIEW_LABELS
from amparo.forensics.words.sections import parts
from amparo.kernel.words import Compartment, Role

ALL_VIEWS = [view for figure in Figure for view in views(figure, Anatomy.BOTH)]
TODAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
answers = st.lists(st.tuples(st.sampled_from(Item), st.sampled_from(Answer)), max_size=8)
CLASSES = ("identity", "narrative", "examination", "photographs", "evidence")


@given(answers)
def test_the_last_answer_counts_and_only_a_yes_opens_a_section(said: list[tuple[Item, Answer]]) -> None:
    asked = [Asked(item, answer, seq) for seq, (item, answer) in enumerate(said)]
    standing = consent.standing(reversed(asked))
    assert standing == dict(said)
    for part in parts(Anatomy.BOTH):
        allowed = not part.needs or any(standing.get(item) is Answer.GIVEN for item in part.needs)
        assert consent.allows(standing, part.needs) is allowed
        assert not (allowed and consent.is_refused(standing, part.needs))
        if not allowed:
            with pytest.raises(ConsentMissing):
                consent.require(standing, part.needs)


def test_health_and_treatment_are_the_only_sections_of_the_clinical_compartment() -> None:
    clinical = {part.code for part in parts(Anatomy.BOTH) if part.compartment is Compartment.CLINICAL}
    assert clinical == {"health", "treatment"}


def test_nothing_asks_for_a_conclusion_about_virginity() -> None:
    codes = {question.code for part in parts(Anatomy.BOTH) for question in part.questions}
    labels = {str(question.label).casefold() for part in parts(Anatomy.BOTH) for question in part.questions}
    for word in ("virgin", "hymen", "intact", "elastic"):
        assert not any(word in text for text in codes | labels), word


def told(**instead: object) -> Circumstances:
    plain = {"giver": "self", "capacity": "able", "proxy": "", "method": "written", "witness": "", "freely": True}
    return Circumstances(**(plain | instead))  # type: ignore[arg-type]


@given(st.one_of(st.none(), st.integers(0, 100)))
def test_a_child_does_not_decide_alone(age: int | None) -> None:
    if age is not None and age < 15:
        with pytest.raises(CaregiverMissing):
            consent.check_circumstances(told(), age)
        consent.check_circumstances(told(giver="caregiver", proxy="Her aunt"), age)
    else:
        consent.check_circumstances(told(), age)


@pytest.mark.parametrize(
    ("instead", "error"),
    [
        ({"freely": False}, CoercionUnsaid),
        ({"giver": "guardian"}, ProxyReasonMissing),
        ({"capacity": "unable_now"}, CaregiverMissing),
        ({"method": "oral"}, WitnessMissing),
        ({"method": "thumbprint"}, WitnessMissing),
    ],
)
def test_how_a_consent_came_about_is_asked_for(instead: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        consent.check_circumstances(told(**instead), 30)


@pytest.mark.parametrize("view", ALL_VIEWS, ids=lambda view: view.code)
def test_every_place_of_every_drawing_has_a_name_and_lies_on_it(view: object) -> None:
    assert view.code in VIEW_LABELS  # type: ignore[attr-defined]
    for region in view.regions:  # type: ignore[attr-defined]
        assert region.code in REGION_LABELS
        assert view.holds(*region.middle)  # type: ignore[attr-defined]
    assert svg(view, [Mark(1, 0, 50, "0.0,0.0 1.0,1.0")]).count("<path") >= len(view.outline)  # type: ignore[attr-defined,arg-type]


@pytest.mark.parametrize("anatomy", Anatomy)
def test_a_child_has_drawings_of_its_own_of_all_that_an_adult_has(anatomy: Anatomy) -> None:
    child, adult = views(Figure.CHILD, anatomy), views(Figure.ADULT, anatomy)
    assert [view.code for view in child] == [f"child_{view.code}" for view in adult]
    for small, large in zip(child, adult, strict=True):
        assert small.outline != large.outline
        assert {one.code for one in small.regions} == {one.code for one in large.regions}
        assert small.is_genital is large.is_genital


def test_a_finding_on_the_drawing_that_was_offered_for_a_child_before_stays_on_it() -> None:
    front = view_of("front", Figure.CHILD, Anatomy.FEMALE)
    assert front is not None
    assert front.holds(0, 300)
    assert not front.holds(0, 440), "an adult's legs are longer"
    offered = {view.code for view in views_with(Figure.CHILD, Anatomy.FEMALE, {"face"})}
    assert "face" in offered
    assert "front" not in offered


@given(st.sampled_from(ALL_VIEWS), st.data())
def test_a_point_on_a_drawing_is_kept_and_one_beside_it_falls_back_to_its_region(
    view: object, data: st.DataObject
) -> None:
    region = data.draw(st.sampled_from(view.regions))  # type: ignore[attr-defined]
    x = data.draw(st.floats(-500, 900, allow_nan=False))
    y = data.draw(st.floats(-500, 900, allow_nan=False))
    found, px, py = findings.place_on(view, region.code, x, y)  # type: ignore[arg-type]
    assert found == region
    assert (px, py) == ((round(x, 1), round(y, 1)) if view.holds(x, y) else region.middle)  # type: ignore[attr-defined]
    with pytest.raises(NoSuchPlace):
        findings.place_on(view, "elsewhere", None, None)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(0, 400)), min_size=2, max_size=findings.MOST_POINTS))
def test_a_drawn_line_comes_back_as_it_was_drawn(points: list[tuple[float, float]]) -> None:
    view = ALL_VIEWS[0]
    written = findings.written_line(points)
    assert findings.written_line(findings.parse_line(written, view)) == written


@given(st.text(max_size=80))
def test_nonsense_is_no_line(text: str) -> None:
    for x, y in findings.parse_line(text, ALL_VIEWS[0]):
        assert ALL_VIEWS[0].holds(x, y)


@given(st.one_of(st.none(), st.integers(-5, 5000)))
def test_a_size_is_of_this_world(size: int | None) -> None:
    if size is None or 0 < size <= findings.LARGEST_MM:
        findings.check_size(("length_mm", size))
    else:
        with pytest.raises(SizeImpossible):
            findings.check_size(("length_mm", size))


def test_times_are_in_order_and_past() -> None:
    hour = timedelta(hours=1)
    sealing.check_times(NOW - hour, NOW, NOW)
    with pytest.raises(NotInFuture):
        sealing.check_times(NOW + hour, None, NOW)
    with pytest.raises(NotInFuture):
        sealing.check_times(NOW - hour, NOW + hour, NOW)
    with pytest.raises(EndsBeforeBegin):
        sealing.check_times(NOW - hour, NOW - 2 * hour, NOW)


@given(st.integers(-10, 400), st.one_of(st.none(), st.integers(-10, 400)))
def test_a_release_is_short_and_never_outlives_its_consent(days: int, consent_days: int | None) -> None:
    until = TODAY + timedelta(days=days)
    ends = None if consent_days is None else TODAY + timedelta(days=consent_days)
    fits = 0 < days <= sealing.LONGEST_RELEASE_DAYS and (consent_days is None or days <= consent_days)
    if fits:
        sealing.check_until(until, TODAY, ends)
    else:
        with pytest.raises(UntilTooFar):
            sealing.check_until(until, TODAY, ends)


@pytest.mark.parametrize(
    ("role", "purpose"), [(Role.POLICE, "prosecution"), (Role.PROSECUTOR, "police"), (Role.ANALYST, "police")]
)
def test_a_consent_for_one_is_not_for_another(role: Role, purpose: str) -> None:
    with pytest.raises(NotARecipient):
        sealing.check_recipient([role], purpose)


@given(
    st.sampled_from(("open", "declined", "recalled")),
    st.integers(-3, 3),
    st.frozensets(st.sampled_from(CLASSES)),
    st.frozensets(st.sampled_from(CLASSES)),
    st.booleans(),
)
def test_only_what_a_live_consent_names_is_readable(
    state: str, days: int, classes: frozenset[str], named: frozenset[str], live: bool
) -> None:
    facts = ReleaseFacts(state, TODAY + timedelta(days=days), classes, live, named)
    found = sealing.readable(facts, TODAY)
    assert found <= classes & named
    if state != "open" or days < 0 or not live:
        assert not found
    # The paper is one: it is shown whole or not at all.
    paper = classes - {"photographs"}
    assert (found & paper) in (frozenset(), paper)
