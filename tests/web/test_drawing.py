"""Drawings: nothing leaves the picture, words that are shown do not collide, right to left is the mirror."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.web import drawing
from amparo.web.drawing import (
    CROWDED,
    DomainInput,
    Hold,
    Label,
    Mark,
    PendingHandover,
    Score,
    SealMark,
    Span,
    Speech,
    TrackInput,
    Wait,
)

START, END, TODAY = date(2025, 1, 1), date(2027, 7, 1), date(2026, 11, 22)
SPEECH = Speech(
    day=lambda day: f"{day:%d.%m.%Y}",
    short_day=lambda day: f"{day:%d.%m.}",
    month=lambda day: f"{day:%b}",
    year=lambda day: f"{day:%Y}",
    duration=lambda length: f"{length.days} d",
    gathered=lambda count, first, last: f"{count}, {first} to {last}",
    today=lambda day: f"today, {day:%d.%m.}",
)

days = st.dates(START - timedelta(days=90), END + timedelta(days=90))
marks = st.builds(
    Mark,
    days,
    st.sampled_from(["", "arrest", "relief, 3 people", "बयान", "الحكم", "first hearing of the appeal"]),
    st.just("a title"),
    st.sampled_from(["done", "decision", "open", "miss"]),
    st.just("#"),
    st.booleans(),
)
periods = st.tuples(days, days).map(sorted)
spans = periods.map(lambda pair: Span(pair[0], pair[1], "shelter"))
waits = periods.map(lambda pair: Wait(pair[0], pair[1], f"{(pair[1] - pair[0]).days} days"))
tracks = st.builds(
    lambda m, s, w: TrackInput("Relief", marks=tuple(m), spans=tuple(s), waits=tuple(w)),
    st.lists(marks, max_size=60),
    st.lists(spans, max_size=4),
    st.lists(waits, max_size=6),
)


def draw(track: TrackInput, *, rtl: bool = False, today: date = TODAY) -> drawing.Timeline:
    return drawing.four_tracks([track], (START, END), today, SPEECH, rtl=rtl)


def overlapping(labels: list[Label]) -> list[tuple[str, str]]:
    rows: dict[int, list[Label]] = {}
    for label in labels:
        rows.setdefault(label.y, []).append(label)
    found = []
    for row in rows.values():
        for one, other in pairwise(sorted(row, key=lambda label: label.low)):
            if other.low < one.high - 1e-6:
                found.append((one.text, other.text))
    return found


@given(tracks, st.booleans())
def test_marks_spans_and_waits_stay_inside_the_picture(track: TrackInput, rtl: bool) -> None:
    lane = draw(track, rtl=rtl).lanes[0]
    for mark in lane.marks:
        assert 0 <= mark.x <= 100
    for span in lane.spans:
        assert span.x >= -0.01
        assert span.width > 0
        assert span.x + span.width <= 100.01
    for wait in lane.waits:
        assert 0 <= wait.x1 <= wait.x2 <= 100


@given(tracks, st.booleans())
def test_words_that_are_shown_neither_collide_nor_leave_the_picture(track: TrackInput, rtl: bool) -> None:
    lane = draw(track, rtl=rtl).lanes[0]
    labels = [mark.label for mark in lane.marks if mark.label]
    labels += [span.label for span in lane.spans if span.label]
    labels += [wait.label for wait in lane.waits if wait.label]
    assert overlapping(labels) == []
    assert all(label.low >= -0.01 and label.high <= 100.01 for label in labels)


@given(tracks)
def test_words_that_stay_on_a_phone_do_not_collide_there(track: TrackInput) -> None:
    grow = drawing.LANE_WIDTH / drawing.PHONE_WIDTH
    kept = []
    for mark in draw(track).lanes[0].marks:
        if mark.label and not mark.label.wide:
            width = (mark.label.high - mark.label.low) * grow
            low = {"start": 0.0, "middle": width / 2, "end": width}[mark.label.anchor]
            kept.append(Label(mark.label.text, mark.x, mark.label.y, "start", mark.x - low, mark.x - low + width))
    assert overlapping(kept) == []


@given(tracks, days)
def test_right_to_left_is_the_mirror_and_nothing_else(track: TrackInput, today: date) -> None:
    there, back = draw(track, today=today), draw(track, rtl=True, today=today)
    for one, other in zip(there.lanes[0].marks, back.lanes[0].marks, strict=True):
        assert one.x + other.x == pytest.approx(100, abs=0.011)
        assert (one.label is None) == (other.label is None)
        if one.label and other.label:
            assert (one.label.y, one.label.anchor, one.label.wide) == (
                other.label.y,
                other.label.anchor,
                other.label.wide,
            )
    for span, mirrored in zip(there.lanes[0].spans, back.lanes[0].spans, strict=True):
        assert span.x + span.width + mirrored.x == pytest.approx(100, abs=0.02)
    for tick, other_tick in zip(there.ticks, back.ticks, strict=True):
        assert tick.label == other_tick.label
        assert tick.x + other_tick.x == pytest.approx(100, abs=0.011)


@given(tracks)
def test_no_event_is_missing_from_the_list(track: TrackInput) -> None:
    timeline = draw(track)
    assert len(timeline.listed) == len(track.marks) + len(track.spans) + len(track.waits)
    inside = [mark for mark in track.marks if START <= mark.at <= END]
    assert sum(mark.count for mark in timeline.lanes[0].marks) == len(inside)


def test_a_word_is_said_once_for_marks_that_stand_beside_each_other() -> None:
    near = [Mark(TODAY + timedelta(days=day), "task", "a title") for day in (0, 3, 6)]
    apart = Mark(START, "task", "a title")
    (lane,) = draw(TrackInput("Relief", marks=(apart, *near))).lanes
    assert [mark.label is not None for mark in lane.marks] == [True, True, False, False]


@given(st.lists(marks, min_size=CROWDED + 1, max_size=200))
def test_a_crowded_lane_is_gathered(crowd: list[Mark]) -> None:
    inside = [mark for mark in crowd if START <= mark.at <= END]
    lane = draw(TrackInput("Relief", marks=tuple(crowd))).lanes[0]
    if len(inside) > CROWDED:
        assert len(lane.marks) <= 28


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(1, 12_000))
def test_the_axis_of_any_window_has_a_readable_number_of_ticks(start: date, length: int) -> None:
    timeline = drawing.four_tracks([], (start, start + timedelta(days=length)), start, SPEECH)
    assert len(timeline.ticks) <= 16
    assert all(0 <= tick.x <= 100 for tick in timeline.ticks)
    xs = [tick.x for tick in timeline.ticks]
    assert xs == sorted(xs)


def test_the_words_of_a_tick_never_stand_under_the_line_of_today() -> None:
    timeline = drawing.four_tracks([], (START, END), date(2026, 10, 5), SPEECH)
    october = next(tick for tick in timeline.ticks if abs(tick.x - 70.03) < 0.1)
    assert october.label == ""


def test_a_decision_keeps_its_words_before_others() -> None:
    near = (
        Mark(date(2026, 1, 1), "a long label before it", "t"),
        Mark(date(2026, 1, 3), "verdict", "t", "decision"),
    )
    lane = draw(TrackInput("Accountability", marks=near)).lanes[0]
    label = lane.marks[1].label
    assert label is not None
    assert (label.text, label.y, label.anchor) == ("verdict", 38, "middle")


def test_a_period_without_an_end_lasts_until_today() -> None:
    timeline = draw(TrackInput("Relief", spans=(Span(START, None, "in force"),)))
    assert timeline.now is not None
    assert timeline.lanes[0].spans[0].width == timeline.now


def test_a_window_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="end after"):
        drawing.four_tracks([], (END, START), TODAY, SPEECH)


# --- Custody


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 10, 1, hour, tzinfo=UTC) + timedelta(days=day)


NOW = at(40)


def hold(place: str, start: int, end: int | None) -> Hold:
    return Hold(place, f"keeper of {place}", at(start), None if end is None else at(end), f"{place} received it")


gaps = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6), st.sampled_from("ABC")), min_size=1, max_size=5)


def chain(steps: list[tuple[int, int, str]]) -> list[Hold]:
    holds, day = [], 0
    for number, (gap, length, place) in enumerate(steps):
        day += gap if number else 0
        last = number == len(steps) - 1
        holds.append(hold(place, day, None if last else day + length))
        day += length
    return holds


@given(gaps, st.booleans())
def test_the_path_shows_a_gap_exactly_where_nobody_held_the_item(steps: list[tuple[int, int, str]], rtl: bool) -> None:
    path = drawing.custody_path(chain(steps), at(80), SPEECH, rtl=rtl)
    assert [bool(item.gap) for item in path.handovers] == [gap > 0 for gap, _length, _place in steps[1:]]
    assert all(0 <= x <= 100 for item in path.holds for x in (item.x1, item.x2))
    assert all(0 < item.y < path.height for item in path.holds)
    assert len(path.listed) == len(steps)
    assert [step.tone == "late" for step in path.listed][1:] == [gap > 0 for gap, _length, _place in steps[1:]]


@given(gaps)
def test_the_path_is_mirrored_for_right_to_left(steps: list[tuple[int, int, str]]) -> None:
    there = drawing.custody_path(chain(steps), at(80), SPEECH)
    back = drawing.custody_path(chain(steps), at(80), SPEECH, rtl=True)
    for one, other in zip(there.holds, back.holds, strict=True):
        assert one.x1 + other.x1 == pytest.approx(100, abs=0.011)
        assert (one.y, one.label_y, one.anchor, one.dx) == (other.y, other.label_y, other.anchor, -other.dx)


def test_a_short_time_between_two_hands_is_no_gap() -> None:
    holds = [hold("store", 0, 3), hold("laboratory", 4, None)]
    strict = drawing.custody_path(holds, NOW, SPEECH)
    easy = drawing.custody_path(holds, NOW, SPEECH, tolerance=timedelta(days=2))
    assert strict.handovers[0].gap == "1 d"
    assert easy.handovers[0].gap == ""


def test_a_seal_stands_on_the_line_of_who_held_the_item_then() -> None:
    holds = [hold("store", 0, 3), hold("laboratory", 3, None)]
    seals = [SealMark(at(1), "put", "one"), SealMark(at(9), "broken", "two")]
    path = drawing.custody_path(holds, NOW, SPEECH, seals=seals)
    assert [seal.y for seal in path.seals] == [path.holds[0].y, path.holds[1].y]


def test_a_pending_handover_starts_where_the_item_is_now() -> None:
    pending = PendingHandover(at(50), "court", "offered", "District court")
    path = drawing.custody_path([hold("store", 0, None)], NOW, SPEECH, pending=pending)
    assert path.pending is not None
    assert path.pending.x1 == path.holds[0].x2
    assert path.pending.y1 < path.pending.y2
    assert [place.label for place in path.places] == ["store", "District court"]


def test_a_path_without_any_holder_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        drawing.custody_path([], NOW, SPEECH)


# --- Medical window, profile, glyph, bars


@given(st.floats(0, 400), st.booleans())
def test_the_medical_window_tells_hours_to_the_next_limit(hours: float, rtl: bool) -> None:
    bar = drawing.medical_window(NOW - timedelta(hours=hours), NOW, rtl=rtl)
    assert 0 <= bar.passed_width + bar.remaining_width <= 100.02
    assert bar.limit == (72 if hours < 72 - 1e-6 else 120) or abs(hours - 72) < 1e-5
    assert 0 <= bar.hours_left <= bar.limit
    if hours >= 120:
        assert bar.hours_left == 0
        assert bar.remaining_width == 0


def test_the_limits_of_a_country_are_drawn_as_they_are_set() -> None:
    bar = drawing.medical_window(NOW - timedelta(hours=10), NOW, limits=(48, 96))
    assert [tick.hours for tick in bar.ticks if tick.limit] == [48, 96]
    assert bar.hours_left == 38


@pytest.mark.parametrize("limits", [(), (0, 72), (120, 72), (72, 72)])
def test_limits_that_do_not_rise_are_refused(limits: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="rise"):
        drawing.medical_window(NOW, NOW, limits=limits)


means = st.one_of(st.none(), st.floats(1, 4))


@given(st.lists(means, min_size=1, max_size=6), st.booleans())
def test_a_missing_mean_breaks_the_line_and_is_never_drawn(line: list[float | None], rtl: bool) -> None:
    scores = tuple(Score(START + timedelta(days=90 * n), mean, 5, 6) for n, mean in enumerate(line))
    domain = drawing.restoration_profile([DomainInput("Safety", scores)], SPEECH, str, rtl=rtl).domains[0]
    assert len(domain.points) == sum(mean is not None for mean in line)
    assert len(domain.segments) == sum(a is not None and b is not None for a, b in pairwise(line))
    assert all(0 <= point.x <= 100 and 20 <= point.y <= 74 for point in domain.points)
    assert len(domain.cells) == len(line)


@given(st.lists(st.integers(-2, 6), min_size=4, max_size=4))
def test_the_glyph_fits_its_frame_in_both_directions(levels: list[int]) -> None:
    for rtl in (False, True):
        for line in drawing.track_glyph(levels, "t", rtl=rtl).lines:
            assert line.x >= 0
            assert line.x + line.width <= 68


@given(st.lists(st.integers(0, 10_000), max_size=40))
def test_bars_start_at_zero_and_fit(values: list[int]) -> None:
    bars = drawing.small_bars([("w", value) for value in values], "t").bars
    assert all(bar.x >= 0 and bar.x + bar.width <= 100.01 for bar in bars)
    assert all(
        (bar.height == 0) == (value == 0) or value * 24 / max(values) < 0.05
        for bar, value in zip(bars, values, strict=True)
    )


def test_combining_marks_take_no_room() -> None:
    assert drawing.text_width("é") == drawing.text_width("e\u0301")
    assert drawing.text_width("ab", bold=True) > drawing.text_width("ab")
