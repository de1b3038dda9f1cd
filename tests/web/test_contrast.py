"""Every pair of colours that meets on a page can be read, in both themes. Source: WCAG 2.2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "src/amparo/web/static/web/tokens.css"

# What is written or drawn, what it stands on, and the least contrast.
PAIRS = [
    *[("ink", ground, 7.0) for ground in ("paper", "surface", "sunk", "tint")],
    *[("ink", f"{tone}-tint", 7.0) for tone in ("danger", "warn", "ok", "info")],
    *[("ink-quiet", ground, 4.5) for ground in ("paper", "surface", "sunk", "tint")],
    *[("ink-quiet", f"{tone}-tint", 4.5) for tone in ("danger", "warn", "ok", "info")],
    *[("link", ground, 4.5) for ground in ("paper", "surface", "sunk", "tint")],
    *[("link", f"{tone}-tint", 4.5) for tone in ("danger", "warn", "ok", "info")],
    ("link-hover", "paper", 4.5),
    ("link-hover", "tint", 4.5),
    ("link-visited", "paper", 4.5),
    ("on-action", "action", 4.5),
    ("on-action", "link-hover", 4.5),
    ("paper", "danger", 4.5),
    ("focus-ink", "focus", 7.0),
    *[("danger", ground, 4.5) for ground in ("paper", "surface", "sunk", "tint", "danger-tint")],
    *[("warn", ground, 4.5) for ground in ("paper", "surface", "sunk", "tint", "warn-tint")],
    *[("ok", ground, 4.5) for ground in ("paper", "ok-tint")],
    ("info", "info-tint", 4.5),
    *[("field-edge", ground, 3.0) for ground in ("paper", "surface")],
    *[("action", ground, 3.0) for ground in ("paper", "surface", "sunk", "tint")],
    *[("bar", ground, 3.0) for ground in ("paper", "surface")],
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def themes() -> dict[str, dict[str, str]]:
    css = TOKENS.read_text(encoding="utf-8")
    plain = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", css))
    both = re.findall(r"--([a-z-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\);", css)
    light, dark = dict(plain), dict(plain)
    for name, bright, dim in both:
        light[name], dark[name] = bright, dim
    return {"fallback": plain, "light": light, "dark": dark}


@pytest.mark.parametrize("theme", ["fallback", "light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_words_and_marks_stand_out_from_their_ground(theme: str, front: str, ground: str, least: float) -> None:
    tokens = themes()[theme]
    assert contrast(tokens[front], tokens[ground]) >= least


def test_an_old_phone_sees_the_light_theme() -> None:
    """The fallback line before each light-dark() must not drift from the light value."""
    shown = themes()
    assert shown["fallback"] == shown["light"]


def test_the_dark_theme_changes_every_ground() -> None:
    shown = themes()
    assert all(shown["dark"][name] != shown["light"][name] for name in ("paper", "surface", "sunk", "ink"))
