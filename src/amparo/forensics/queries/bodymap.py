"""The body map as pages show it: drawings whose parts can be pressed, and the findings on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amparo.forensics.queries.reach import ExamView
from amparo.forensics.queries.record import FindingView
from amparo.forensics.rules.figures import Region, View, views_with, whole_body
from amparo.forensics.words.body import REGION_LABELS, VIEW_LABELS

Said = str | Promise


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a drawing that can be pressed, or that is chosen from a list."""

    region: Region
    label: Said
    url: str


@dataclass(frozen=True, slots=True)
class Pin:
    number: int
    x: float
    y: float
    line: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Map:
    """One drawing with its places and its findings. `unit` is how large a pin is drawn."""

    view: View
    label: Said
    places: tuple[Place, ...]
    pins: tuple[Pin, ...]
    left_label: str
    right_label: str
    add_url: str = ""

    @property
    def unit(self) -> float:
        return self.view.width / 190

    @property
    def radius(self) -> float:
        return round(10 * self.unit, 1)

    @property
    def font_size(self) -> float:
        return round(13 * self.unit, 1)

    @property
    def drop(self) -> float:
        """How far below a pin's middle its number stands, so that it looks centred."""
        return round(4.6 * self.unit, 1)

    @property
    def is_tall(self) -> bool:
        return self.view.height > self.view.width * 1.6

    @property
    def is_wide(self) -> bool:
        return self.view.width > self.view.height * 1.4

    @property
    def right_x(self) -> float:
        return self.view.left + self.view.width - 3

    @property
    def left_x(self) -> float:
        return self.view.left + 3

    @property
    def label_y(self) -> float:
        return self.view.top + 16 * self.unit


def maps(view: ExamView, found: Sequence[FindingView], *, genital: bool, may_add: bool) -> tuple[Map, ...]:
    """The drawings of one kind. Places lead to the form of a new finding where one may be added."""
    add = reverse("forensics:add_finding", args=[view.id])
    return tuple(
        one_map(one, view, found, add if may_add else "")
        for one in views_with(view.figure, view.anatomy, {one.view for one in found})
        if one.is_genital is genital
    )


def drawn(view: ExamView, found: Sequence[FindingView]) -> tuple[Map, ...]:
    """Front and back, and whatever else something was seen on; nothing to press."""
    used = {one.view for one in found}
    wanted = {*whole_body(view.figure), *used}
    offered = views_with(view.figure, view.anatomy, used)
    return tuple(one_map(one, view, found, "") for one in offered if one.code in wanted)


def one_map(one: View, view: ExamView, found: Sequence[FindingView], add: str) -> Map:
    first, second = (_("Right"), _("Left")) if one.sides == "right" else (_("Left"), _("Right"))
    return Map(
        view=one,
        label=VIEW_LABELS[one.code],
        places=tuple(
            Place(region, REGION_LABELS[region.code], f"{add}?view={one.code}&region={region.code}" if add else "")
            for region in one.regions
        ),
        pins=tuple(_pin(finding, bool(add)) for finding in found if finding.view == one.code),
        left_label=first if one.sides else "",
        right_label=second if one.sides else "",
        add_url=f"{add}?view={one.code}" if add else "",
    )


def _pin(finding: FindingView, can_open: bool) -> Pin:
    return Pin(
        number=finding.number,
        x=finding.x,
        y=finding.y,
        line=finding.said("line"),
        title=finding.title,
        url=reverse("forensics:finding", args=[finding.id]) if can_open else "",
    )
