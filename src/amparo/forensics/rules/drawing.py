"""A view with its findings as an SVG of its own, for papers: colours are said in it, and words stay outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amparo.forensics.rules.figures import View

_INK, _QUIET, _LINE, _DRAWN = "#1d2733", "#5a6673", "#8b929a", "#8a3b12"


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered point on a view, and the line that was drawn there."""

    number: int
    x: float
    y: float
    line: str = ""


def svg(view: View, marks: Sequence[Mark]) -> str:
    """The drawing as a text of SVG, to be shown in a paper with an alternative text."""
    unit = view.width / 190
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view.box}" font-family="Noto Sans">',
        *(_path(path, _QUIET, 1.5 * unit, "#ffffff") for path in view.outline),
        *(_path(path, _LINE, unit, "none") for path in view.lines),
        *(_drawn(mark, unit) for mark in marks if mark.line),
        *(_pin(mark, unit) for mark in marks),
        "</svg>",
    ]
    return "".join(parts)


def _path(path: str, colour: str, width: float, fill: str) -> str:
    return f'<path d="{path}" fill="{fill}" stroke="{colour}" stroke-width="{width:.2f}" stroke-linecap="round"/>'


def _drawn(mark: Mark, unit: float) -> str:
    return f'<polyline points="{mark.line}" fill="none" stroke="{_DRAWN}" stroke-width="{2 * unit:.2f}"/>'


def _pin(mark: Mark, unit: float) -> str:
    size = 9 * unit
    text = (
        f'<text x="{mark.x}" y="{mark.y + 4 * unit:.1f}" text-anchor="middle" font-size="{11 * unit:.1f}"'
        f' font-weight="700" fill="#ffffff">{mark.number}</text>'
    )
    return f'<circle cx="{mark.x}" cy="{mark.y}" r="{size:.1f}" fill="{_INK}"/>{text}'
