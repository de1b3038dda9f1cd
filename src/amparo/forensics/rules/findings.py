"""Findings: where they may lie, how large they may be, and how a drawn line is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amparo.forensics.errors import NoSuchPlace, SizeImpossible
from amparo.forensics.rules.figures import Region, View

LARGEST_MM = 2000
MOST_POINTS = 60
_NUMBER = r"-?\d{1,4}(?:\.\d)?"
_LINE = re.compile(rf"{_NUMBER},{_NUMBER}(?: {_NUMBER},{_NUMBER})*")

Point = tuple[float, float]


def check_size(*sizes: tuple[str, int | None]) -> None:
    """Raise SizeImpossible for a size that no injury has; each comes with the name of its field."""
    for field, size in sizes:
        if size is not None and not 0 < size <= LARGEST_MM:
            raise SizeImpossible(field=field)


def place_on(view: View, region: str, x: float | None, y: float | None) -> tuple[Region, float, float]:
    """Where a finding stands: the point that was pressed if it lies on the drawing, else its region's middle.

    Raises NoSuchPlace.
    """
    if x is not None and y is not None and view.holds(x, y):
        found = next((one for one in view.regions if one.code == region), None) or view.region_at(x, y)
        if found is not None:
            return found, round(x, 1), round(y, 1)
    found = next((one for one in view.regions if one.code == region), None)
    if found is None:
        raise NoSuchPlace(field="region")
    return found, *found.middle


def parse_line(text: str, view: View) -> list[Point]:
    """The points of a line that was drawn on a view, `x,y x,y`; nothing for nonsense or a single point."""
    if not text or len(text) > MOST_POINTS * 16 or not _LINE.fullmatch(text):
        return []
    points = [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split(" "))]
    inside = [point for point in points if view.holds(*point)]
    return inside[:MOST_POINTS] if len(inside) > 1 else []


def written_line(points: Sequence[Sequence[float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
