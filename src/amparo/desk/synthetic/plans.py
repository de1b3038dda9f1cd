"""Which stories are told: first those that the demonstration must have, then as many more as are wanted."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from amparo.desk.synthetic.texts import MIX

MONTH = 30.4
LONGEST_DAYS = int(29 * MONTH)


class Ending(StrEnum):
    """How far the law goes in a story, given time enough."""

    CONVICTED = "convicted"
    LESSER = "lesser"
    ACQUITTED = "acquitted"
    DECLINED = "declined"
    NOT_PURSUED = "not_pursued"


class Trait(StrEnum):
    """What is particular about a story."""

    SHOWCASE = "showcase"
    ANONYMOUS = "anonymous"
    WITHDRAWN = "consent withdrawn"
    REFUSED = "consent refused"
    SUSPECT_AGAIN = "same suspect as the story before"
    FAMILY = "family member as client"
    FALLING = "assessments fall"
    GAP_OPEN = "a custody gap that nobody has explained"
    GAP_EXPLAINED = "a custody gap that was explained"
    BY_REFERENCE = "an item registered by reference"
    BARRED = "a colleague is a relative"
    RESTORED = "restored and closed"
    REOPENED = "reopened"
    TO_CLOSE = "closing waits for approval"
    OFFERED = "a part in the case waits to be received"
    ITEM_OFFERED = "an item waits to be received"
    HEARING_TOMORROW = "a hearing tomorrow"
    APPEAL = "on appeal"
    QUICK_COURT = "the court is quick"
    MEDICAL = "medical care in time"
    NO_SUSPECT = "nobody is identified"


@dataclass(frozen=True, slots=True)
class Plan:
    """One story: where, of what kind, since when, and how it goes."""

    number: int
    office: str
    matter: str
    days_ago: float
    ending: Ending = Ending.CONVICTED
    traits: frozenset[Trait] = frozenset()

    def has(self, trait: Trait) -> bool:
        return trait in self.traits


def _special(office: str, matter: str, months_ago: float, ending: Ending, *traits: Trait) -> Plan:
    return Plan(0, office, matter, months_ago * MONTH, ending, frozenset(traits))


# In this order, so that even a small demonstration has all of them.
SPECIAL = (
    _special("harbour", "trafficking", 27, Ending.CONVICTED, Trait.SHOWCASE, Trait.FAMILY, Trait.QUICK_COURT),
    _special(
        "harbour", "assault", 9, Ending.CONVICTED,
        Trait.HEARING_TOMORROW, Trait.WITHDRAWN, Trait.GAP_OPEN, Trait.MEDICAL,
    ),
    _special("lakeside", "kiln", 25, Ending.CONVICTED, Trait.RESTORED, Trait.QUICK_COURT, Trait.GAP_EXPLAINED),
    _special("lakeside", "kiln", 8, Ending.CONVICTED, Trait.SUSPECT_AGAIN),
    _special("hillside", "child", 15, Ending.LESSER, Trait.FAMILY),
    _special("harbour", "online", 7, Ending.CONVICTED, Trait.ANONYMOUS, Trait.BY_REFERENCE),
    _special("harbour", "servitude", 13, Ending.NOT_PURSUED, Trait.REFUSED),
    _special("harbour", "online", 11, Ending.DECLINED, Trait.BARRED, Trait.TO_CLOSE),
    _special("harbour", "partner", 12, Ending.ACQUITTED, Trait.FALLING, Trait.QUICK_COURT),
    _special("lakeside", "property", 20, Ending.NOT_PURSUED, Trait.RESTORED, Trait.REOPENED),
    _special("harbour", "trafficking", 22, Ending.CONVICTED, Trait.APPEAL, Trait.QUICK_COURT),
    _special("harbour", "assault", 0.5, Ending.CONVICTED, Trait.OFFERED, Trait.ITEM_OFFERED, Trait.MEDICAL),
)  # fmt: skip

_ENDINGS = (
    (Ending.CONVICTED, 46), (Ending.LESSER, 9), (Ending.ACQUITTED, 11), (Ending.DECLINED, 12), (Ending.NOT_PURSUED, 22),
)  # fmt: skip
# The share of stories with a trait, in percent.
_CHANCES = (
    (Trait.FAMILY, 22), (Trait.FALLING, 14), (Trait.QUICK_COURT, 35), (Trait.RESTORED, 60), (Trait.APPEAL, 7),
    (Trait.SUSPECT_AGAIN, 5), (Trait.NO_SUSPECT, 9), (Trait.ANONYMOUS, 5), (Trait.REFUSED, 4), (Trait.GAP_EXPLAINED, 3),
)  # fmt: skip


def plans(count: int, rng: random.Random) -> Iterator[Plan]:
    """So many stories: the special ones first, in the order in which they have to be there."""
    for number in range(count):
        if number < len(SPECIAL):
            yield replace(SPECIAL[number], number=number)
        else:
            yield _any(number, rng)


def _pick(rng: random.Random, weighted: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([what for what, _ in weighted], [weight for _, weight in weighted])[0]


def _any(number: int, rng: random.Random) -> Plan:
    office = rng.choices(("harbour", "lakeside", "hillside"), (5, 3, 3))[0]
    ending = Ending(_pick(rng, _ENDINGS))
    traits = {trait for trait, percent in _CHANCES if rng.randrange(100) < percent}
    if Trait.NO_SUSPECT in traits:
        ending = Ending.NOT_PURSUED
        traits.discard(Trait.SUSPECT_AGAIN)
    matter = _pick(rng, MIX[office])
    if matter == "assault" and rng.randrange(3):
        traits.add(Trait.MEDICAL)
    # Work has grown: more stories began lately than long ago.
    days_ago = 2 + LONGEST_DAYS * rng.random() ** 1.7
    return Plan(number, office, matter, days_ago, ending, frozenset(traits))


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """A report that becomes no case, or has not become one yet."""

    number: int
    office: str
    fate: str
    days_ago: float


# Open ones of today first; the day is counted in hours there.
_TODAY = (
    ("harbour", "danger", 38 / 1440),
    ("harbour", "window", 3.2 / 24),
    ("harbour", "waiting", 1.2),
    ("lakeside", "waiting", 0.8),
    ("hillside", "acknowledged", 2.4),
    ("harbour", "anonymous", 4.1),
    ("harbour", "declined", 12),
    ("lakeside", "referred", 20),
    ("harbour", "insufficient", 31),
    ("hillside", "duplicate", 9),
    # Kept for a year, and past that: data protection finds it among what is kept past its day.
    ("harbour", "duplicate", 460),
)
_FATES = (("declined", 9), ("referred", 9), ("insufficient", 5), ("duplicate", 3))


def reports(cases: int, rng: random.Random) -> Iterator[ReportPlan]:
    """Reports beside the cases: those of today, and about one for four cases over the months."""
    for number, (office, fate, days_ago) in enumerate(_TODAY):
        yield ReportPlan(number, office, fate, days_ago)
    for number in range(len(_TODAY), max(len(_TODAY), cases // 4)):
        office = rng.choice(("harbour", "lakeside", "hillside"))
        yield ReportPlan(number, office, _pick(rng, _FATES), 8 + LONGEST_DAYS * rng.random())
