"""The outlines that findings are drawn on: plain, alike for everybody, of adults and of children."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache

from amparo.forensics.rules.figures import adult, child
from amparo.forensics.rules.figures.outline import Region, View, moved
from amparo.forensics.words import Anatomy, Figure

__all__ = ["Region", "View", "view_of", "views", "views_with", "whole_body"]


@cache
def views(figure: Figure, anatomy: Anatomy) -> tuple[View, ...]:
    """All drawings that are offered for somebody, the body first and the genital ones last."""
    return child.views(anatomy) if figure is Figure.CHILD else adult.views(anatomy)


def whole_body(figure: Figure) -> tuple[str, str]:
    """The front and the back, which every record shows."""
    front, back, *_others = views(figure, Anatomy.BOTH)
    return front.code, back.code


def views_with(figure: Figure, anatomy: Anatomy, used: Collection[str]) -> tuple[View, ...]:
    """The drawings that are offered, and the earlier ones that something was put on."""
    return (*views(figure, anatomy), *(one for one in _earlier(figure, anatomy) if one.code in used))


def view_of(code: str, figure: Figure, anatomy: Anatomy) -> View | None:
    """The drawing of a code, an earlier one too; None where there is none."""
    return next((view for view in (*views(figure, anatomy), *_earlier(figure, anatomy)) if view.code == code), None)


@cache
def _earlier(figure: Figure, anatomy: Anatomy) -> tuple[View, ...]:
    """What was offered for a child before there were drawings of a child: records that used it keep it."""
    if figure is not Figure.CHILD:
        return ()
    front, back, *others = adult.views(anatomy)
    return (_as_child(front), _as_child(back), *others)


def _as_child(view: View) -> View:
    """The same figure with a child's proportions: a larger head, a shorter body and shorter limbs."""

    def move(x: float, y: float) -> tuple[float, float]:
        if y <= 70:
            return x * 1.18, 70 - (70 - y) * 1.16
        return x * 0.84, 70 + (y - 70) * 0.74

    def box(region: Region) -> Region:
        left, top = move(region.x, region.y)
        right, bottom = move(region.x + region.width, region.y + region.height)
        return Region(region.code, round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1))

    return replace(
        view,
        left=-80,
        top=-8,
        width=160,
        height=376,
        outline=tuple(moved(path, move) for path in view.outline),
        lines=tuple(moved(path, move) for path in view.lines),
        regions=tuple(box(region) for region in view.regions),
    )
