"""The drawing of scores before and after."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from amparo.web.drawing import Mean, group_gains

LABELS = ("Before", "End", "3 months", "6 months")
_scores = st.lists(st.none() | st.floats(0, 100), min_size=4, max_size=4)


@given(st.lists(_scores, max_size=8), st.booleans())
def test_a_missing_score_is_neither_drawn_nor_bridged(people: list[list[float | None]], rtl: bool) -> None:
    drawn = group_gains(LABELS, people, [None] * 4, "t", str, rtl=rtl)
    assert len(drawn.points) == sum(score is not None for person in people for score in person)
    pairs = [(a, b) for person in people for a, b in pairwise(person)]
    assert len(drawn.lines) == sum(a is not None and b is not None for a, b in pairs)
    step = abs(drawn.columns[1][0] - drawn.columns[0][0])
    assert all(abs(abs(line.x2 - line.x1) - step) < 0.1 for line in drawn.lines)


@given(st.floats(0, 100), st.floats(0, 60), st.booleans())
def test_means_and_intervals_stay_inside_the_picture(mean: float, half: float, rtl: bool) -> None:
    drawn = group_gains(LABELS, [], [Mean(mean, mean - half, mean + half, 5), None, None, None], "t", str, rtl=rtl)
    (one,) = drawn.means
    assert one.low_y is not None
    assert one.high_y is not None
    assert 0 <= one.high_y <= one.y <= one.low_y <= drawn.height


def test_right_to_left_is_the_same_picture_from_the_other_side() -> None:
    people = [[10.0, 50.0, None, 70.0]]
    there = group_gains(LABELS, people, [None] * 4, "t", str)
    back = group_gains(LABELS, people, [None] * 4, "t", str, rtl=True)
    assert [point.x for point in back.points] == [round(100 - point.x, 2) for point in there.points]
    assert [point.y for point in back.points] == [point.y for point in there.points]
