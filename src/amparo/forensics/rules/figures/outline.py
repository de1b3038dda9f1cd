"""What a drawing for findings is made of, and the two sides of a body from one.

A view has its own coordinates: x grows to the viewer's right, y downwards, 0 is the middle line of a body. Paths are
of lines and cubic curves only, in absolute coordinates, and are given for one side where both are alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_PAIR = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")
Move = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Region:
    """A named part of a view: a box."""

    code: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return round(self.x + self.width / 2, 1), round(self.y + self.height / 2, 1)

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True, slots=True)
class View:
    """One drawing: its frame, its outline, thin lines within, and the regions that can be pressed.

    `sides` says which side of the person lies to the viewer's left: "right" from the front, "left" from behind, and
    nothing where the question does not arise.
    """

    code: str
    left: float
    top: float
    width: float
    height: float
    outline: tuple[str, ...]
    lines: tuple[str, ...]
    regions: tuple[Region, ...]
    sides: str = ""
    is_genital: bool = False

    @property
    def box(self) -> str:
        return f"{self.left:g} {self.top:g} {self.width:g} {self.height:g}"

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height

    def region_at(self, x: float, y: float) -> Region | None:
        """The region of a point: the one that holds it, else the nearest by its middle."""
        inside = next((one for one in self.regions if one.holds(x, y)), None)
        if inside is not None or not self.regions:
            return inside
        return min(self.regions, key=lambda one: (one.middle[0] - x) ** 2 + (one.middle[1] - y) ** 2)


def moved(path: str, move: Move) -> str:
    def place(match: re.Match[str]) -> str:
        x, y = move(float(match[1]), float(match[2]))
        return f"{x:.1f},{y:.1f}"

    return _PAIR.sub(place, path)


def mirrored(path: str) -> str:
    return moved(path, lambda x, y: (-x, y))


def both(*paths: str) -> tuple[str, ...]:
    return tuple(one for path in paths for one in (path, mirrored(path)))


def pair(code: str, x: float, y: float, width: float, height: float, *, front: bool) -> tuple[Region, Region]:
    """The same part on both sides; `x` is its inner edge on the viewer's right."""
    near, far = ("left", "right") if front else ("right", "left")
    return Region(f"{far}_{code}", -x - width, y, width, height), Region(f"{near}_{code}", x, y, width, height)


# A part of one side of a head or of one hand: its code and its box, of the right side or of a thumb to the left.
Part = tuple[str, float, float, float, float]


def _turned(code: str, part: Part, move: Move) -> Region:
    _name, x, y, width, height = part
    left, right = sorted((move(x, y)[0], move(x + width, y)[0]))
    return Region(code, left, y, right - left, height)


def profile(code: str, side: str, outline: str, lines: tuple[str, ...], parts: tuple[Part, ...]) -> View:
    """One side of the head, drawn as the right one; the left one looks to the viewer's left."""
    move: Move = (lambda x, y: (x, y)) if side == "right" else (lambda x, y: (-x, y))
    return View(
        f"{code}_{side}",
        -90,
        0,
        180,
        200,
        (moved(outline, move),),
        tuple(moved(line, move) for line in lines),
        tuple(_turned(f"{side}_{part[0]}", part, move) for part in parts),
    )


@dataclass(frozen=True, slots=True)
class Hand:
    """One hand, fingers up, the thumb to the viewer's left, its middle at 0; nails on its back, creases in its palm."""

    outline: str
    nails: tuple[str, ...]
    creases: tuple[str, ...]
    parts: tuple[Part, ...]


def hands(code: str, hand: Hand, *, backs: bool) -> View:
    """Both hands, seen from their backs or their palms, as the person holds them up before the examiner.

    Seen from the backs her left hand lies to the viewer's left, as when she looks at her own hands.
    """
    middle = "back_of_hand" if backs else "palm"
    first, second = ("left", "right") if backs else ("right", "left")
    outline: list[str] = []
    lines: list[str] = []
    regions: list[Region] = []
    for side, sign, at in ((first, -1, -78), (second, 1, 78)):

        def move(x: float, y: float, sign: int = sign, at: int = at) -> tuple[float, float]:
            return sign * x + at, y

        outline.append(moved(hand.outline, move))
        lines += [moved(line, move) for line in (hand.nails if backs else hand.creases)]
        regions += [_turned(f"{side}_{part[0] or middle}", part, move) for part in hand.parts]
    return View(code, -160, 6, 320, 196, tuple(outline), tuple(lines), tuple(regions), first)
