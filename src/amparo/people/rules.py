"""Rules about persons that need no database: ages, first names, tokens, what is safe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from amparo.kernel.dates import (
    AgeEstimate,
    AgeMethod,
    AgeRange,
    BirthAfterEvent,
    PartialDate,
    age_at,
    is_minor,
)
from amparo.kernel.names import name_tokens
from amparo.kernel.words import Compartment
from amparo.people.errors import (
    DiedBeforeBirth,
    NoneAmongOthers,
    NotHandedOver,
    OtherOffice,
    OtherSide,
    PersonErased,
    RecordJoined,
    SameRecord,
)
from amparo.people.words import Disability, PersonKind

# The lowest age of each band. Source: the age bands of consent (up to 5, 11, 14, 17 years), then adults.
BANDS = (0, 6, 12, 15, 18, 25, 60)
MAJORITY = 18


@dataclass(frozen=True, slots=True)
class NewName:
    """One more name that comes with a new person."""

    full: str = field(repr=False)
    kind: str = "alias"


@dataclass(frozen=True, slots=True)
class NewContact:
    """A way to reach a new person, and how that is safe."""

    kind: str
    value: str = field(repr=False)
    whose: str = field(default="", repr=False)
    is_safe: bool = False
    may_leave_message: bool = False
    hours: str = field(default="", repr=False)
    rules: str = field(default="", repr=False)
    code_word: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Band:
    """A band of ages; `high` is None for the last one, both are None where nothing is known."""

    low: int | None = None
    high: int | None = None


def band_of(ages: AgeRange | None) -> Band:
    """The narrowest band that surely holds the age: one of `BANDS`, else under or over age, else unknown."""
    if ages is None:
        return Band()
    low = max(start for start in BANDS if start <= ages.low)
    if low == max(start for start in BANDS if start <= ages.high):
        after = [start for start in BANDS if start > low]
        return Band(low, after[0] - 1 if after else None)
    if ages.high < MAJORITY:
        return Band(None, MAJORITY - 1)
    return Band(MAJORITY, None) if ages.low >= MAJORITY else Band()


def age_on(birth: PartialDate | None, estimate: AgeEstimate | None, event: PartialDate) -> AgeRange | None:
    """The possible ages at an event, from the date of birth or else the estimate; None without either."""
    known = birth or estimate
    if known is None:
        return None
    try:
        return age_at(known, event)
    except BirthAfterEvent:
        return None


def minor_on(birth: PartialDate | None, estimate: AgeEstimate | None, event: PartialDate) -> bool | None:
    """Whether she was under age at an event; None where that is not known."""
    known = birth or estimate
    if known is None:
        return None
    try:
        return is_minor(known, event, MAJORITY)
    except BirthAfterEvent:
        return None


def check_death(birth: PartialDate | None, estimate: AgeEstimate | None, died: PartialDate) -> None:
    """Raise DiedBeforeBirth where nobody so old could have died then."""
    known = birth or estimate
    if known is None:
        return
    try:
        age_at(known, died)
    except BirthAfterEvent as error:
        raise DiedBeforeBirth(field="died") from error


def check_disability(chosen: Sequence[str]) -> None:
    """Raise NoneAmongOthers where "none of these" stands beside one of these."""
    if Disability.NONE in chosen and len(chosen) > 1:
        raise NoneAmongOthers(field="disability")


def packed_death(has_died: bool, died: PartialDate | None) -> dict[str, str] | None:
    """That somebody has died, and when as far as that is known; a date alone says it too."""
    return {"on": died.isoformat() if died else ""} if has_died or died else None


@dataclass(frozen=True, slots=True)
class Death:
    """That somebody has died; `on` is None where nobody knows when."""

    on: PartialDate | None = None


def unpacked_death(stored: dict[str, object]) -> Death | None:
    """The death as it was packed; None where nobody has said that there was one."""
    if not stored:
        return None
    written = str(stored["on"])
    return Death(PartialDate.parse(written) if written else None)


def first_name(name: str, known_as: str) -> str:
    """What she is called in short: the name she goes by, else the first word of her name as written."""
    words = (known_as or name).split()
    return known_as or (words[0] if words else "")


def matches(wanted: frozenset[str], names: Iterable[str]) -> bool:
    """Whether one of the names holds every wanted part."""
    return bool(wanted) and any(wanted <= set(name_tokens(name)) for name in names)


def is_same_name(one: str, names: Iterable[str]) -> bool:
    """Whether one of the names has exactly the same parts, in any order."""
    wanted = name_tokens(one)
    return bool(wanted) and any(name_tokens(name) == wanted for name in names)


def packed_estimate(estimate: AgeEstimate) -> dict[str, str | int]:
    return {
        "low": estimate.low,
        "high": estimate.high,
        "on": estimate.on.isoformat(),
        "method": estimate.method,
    }


def unpacked_estimate(stored: dict[str, object]) -> AgeEstimate | None:
    """The estimate as it was packed; None where nothing was."""
    if not stored:
        return None
    low, high = int(str(stored["low"])), int(str(stored["high"]))
    return AgeEstimate(low, high, date.fromisoformat(str(stored["on"])), _method(str(stored["method"])))


def _method(stored: str) -> AgeMethod:
    known: tuple[AgeMethod, ...] = ("stated", "relative", "appearance", "medical", "document")
    return next(method for method in known if method == stored)


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What is clear about a record, and decides whether it can be joined with another."""

    id: UUID
    office: UUID
    kind: PersonKind
    level: Compartment
    is_handed: bool = True
    is_joined: bool = False
    is_erased: bool = False


def check_joinable(kept: RecordFacts, joined: RecordFacts) -> None:
    """Raise where two records can't be one person; joining may not let anybody read another compartment."""
    if kept.id == joined.id:
        raise SameRecord(field="code")
    if kept.is_erased or joined.is_erased:
        raise PersonErased
    if kept.is_joined or joined.is_joined:
        raise RecordJoined
    if kept.level != joined.level or PersonKind.OFFICIAL in (kept.kind, joined.kind):
        raise OtherSide(field="code")
    if kept.office != joined.office:
        raise OtherOffice(field="code")
    if not (kept.is_handed and joined.is_handed):
        raise NotHandedOver(field="code")
