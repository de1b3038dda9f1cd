"""A lighter picture is the same picture."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from amparo.papers.lightening import _rounded, light_png, light_svg

STEPS = st.lists(
    st.tuples(
        st.sampled_from("lqcm"), st.lists(st.floats(-40, 40).map(lambda n: round(n, 3)), min_size=6, max_size=6)
    ),
    max_size=40,
)  # fmt: skip
_TAKES = {"m": 2, "l": 2, "q": 4, "c": 6}


def _ends(outline: str) -> list[tuple[float, float]]:
    """Where each step of an outline ends, told from here."""
    x = y = 0.0
    found = []
    for letter, said in re.findall(r"([a-z])([^a-z]*)", outline):
        numbers = [float(one) for one in re.findall(r"-?\d*\.?\d+", said)]
        assert len(numbers) == _TAKES[letter]
        x, y = x + numbers[-2], y + numbers[-1]
        found.append((x, y))
    return found


@given(STEPS)
def test_no_point_of_an_outline_drifts_away_however_long_it_is(steps: list[tuple[str, list[float]]]) -> None:
    long = "".join(f"{letter} {' '.join(map(str, numbers[: _TAKES[letter]]))}" for letter, numbers in steps)
    before, after = _ends(long), _ends(_rounded(long))
    assert len(before) == len(after)
    for one, other in zip(before, after, strict=True):
        assert one == pytest.approx(other, abs=0.051)


@pytest.mark.parametrize(
    ("outline", "short"),
    [
        ("M 0 0m 9.08 0h -5.96v 30.4h 5.96v -30.4Z ", "M0 0m9.1 0h-6v30.4h6v-30.4Z"),
        ("m 1 1l 0.04 0l 0.04 0l 0.04 0", "m1 1l0 0l.1 0l0 0"),
        ("M 5 5l -0.5 0.5z", "M5 5l-.5 .5z"),
    ],
)
def test_outlines_are_said_shortly(outline: str, short: str) -> None:
    assert _rounded(outline) == short


def test_a_colour_that_most_letters_have_is_said_once() -> None:
    one, other = "A" * 32, "B" * 32
    drawn = (
        f'<svg viewBox="0 0 1 1"><defs><symbol id="g{one}" overflow="visible"><path d="M 0 0l 1 1"/></symbol></defs>'
        f'<use xlink:href="#g{one}" x="1" y="0" fill="#111111"/>'
        f'<use xlink:href="#g{other}" x="2" y="0" fill="#111111"/>'
        '<use x="3" fill="#222222"/></svg>'
    )
    assert light_svg(drawn.encode()).decode() == (
        '<svg fill="#111111" viewBox="0 0 1 1"><defs><path id="g0" d="M0 0l1 1"/></defs>'
        '<use xlink:href="#g0" x="1"/><use xlink:href="#g1" x="2"/>'
        '<use x="3" fill="#222222"/></svg>'
    )


def test_a_picture_of_few_colours_keeps_its_size_and_its_colours() -> None:
    made = io.BytesIO()
    Image.new("RGB", (120, 63), "#fbfaf7").save(made, "PNG")
    with Image.open(io.BytesIO(light_png(made.getvalue()))) as light:
        assert light.size == (120, 63)
        assert light.convert("RGB").getpixel((5, 5)) == (0xFB, 0xFA, 0xF7)
