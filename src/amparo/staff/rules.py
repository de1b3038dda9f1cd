"""How stored settings are read and checked. Whatever a row holds, what comes out is complete and within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from amparo.staff.errors import (
    CheckedInFuture,
    ClockCrossed,
    CodeRefused,
    CodeTaken,
    NumberOutside,
    SourceMissing,
    ThresholdOutside,
    WindowsCross,
)
from amparo.staff.words import REPORT_RETENTION_LABELS, RETENTION_LABELS, Milestone, Number, RestorationArea

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LOWEST, _HIGHEST = Decimal(1), Decimal(4)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The default of a number, and between which values it may be set."""

    default: int
    least: int
    most: int


NUMBERS: Mapping[Number, Bounds] = {
    Number.MEDICAL_FIRST_HOURS: Bounds(72, 1, 240),
    Number.MEDICAL_LAST_HOURS: Bounds(120, 1, 240),
    Number.ACKNOWLEDGE_DAYS: Bounds(7, 1, 60),
    Number.SCREENING_DAYS: Bounds(14, 1, 120),
    Number.CONTACT_OVERDUE_DAYS: Bounds(30, 1, 365),
    Number.CONSENT_NOTICE_DAYS: Bounds(14, 1, 180),
    Number.KIT_PICKED_UP_DAYS: Bounds(7, 1, 365),
    Number.KIT_SENT_DAYS: Bounds(30, 1, 365),
    Number.KIT_RESULT_DAYS: Bounds(90, 1, 1000),
    Number.KIT_HELD_DAYS: Bounds(7300, 30, 36500),
    Number.KIT_ENDING_DAYS: Bounds(90, 1, 1000),
    Number.KIT_EXPIRY_DAYS: Bounds(60, 1, 1000),
    Number.ORDER_ENDING_DAYS: Bounds(14, 1, 365),
    Number.BREACH_HOURS: Bounds(72, 1, 720),
    Number.LEAST_SHOWN: Bounds(11, 11, 100),
}
YEARS = Bounds(10, 0, 100)
# A duplicate holds nothing that its twin does not; the rest waits for claims that come late.
_RETENTION: Mapping[str, int] = {
    "duplicate": 1,
    "not_founded": 2,
    "report_declined": 2,
    "report_insufficient": 2,
    "report_referred_on": 2,
    "report_duplicate": 1,
}


def numbers(stored: Mapping[str, object]) -> dict[Number, int]:
    """Every number: the stored one where it is usable, else its default."""
    return {number: _usable(stored.get(number), bounds) for number, bounds in NUMBERS.items()}


def _usable(value: object, bounds: Bounds) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and bounds.least <= value <= bounds.most:
        return value
    return bounds.default


def checked_numbers(given: Mapping[Number, int]) -> dict[str, int]:
    """The numbers in stored form. Raises NumberOutside, WindowsCross."""
    for number, value in given.items():
        _check(value, NUMBERS[number], number)
    if given[Number.MEDICAL_LAST_HOURS] < given[Number.MEDICAL_FIRST_HOURS]:
        raise WindowsCross(field=Number.MEDICAL_LAST_HOURS.value)
    return {number.value: value for number, value in given.items()}


def _check(value: int, bounds: Bounds, field: str) -> None:
    if not bounds.least <= value <= bounds.most:
        raise NumberOutside(least=bounds.least, most=bounds.most, field=str(field))


def retention(stored: Mapping[str, object]) -> dict[str, int]:
    """Years for which a closed case is kept, by the reason of closing; and a report that became none."""
    return {
        reason: _usable(stored.get(reason), Bounds(_RETENTION.get(reason, YEARS.default), YEARS.least, YEARS.most))
        for reason in RETENTION_LABELS | REPORT_RETENTION_LABELS
    }


def checked_retention(given: Mapping[str, int]) -> dict[str, int]:
    """The years in stored form. Raises NumberOutside."""
    for reason, years in given.items():
        _check(years, YEARS, reason)
    return dict(given)


def thresholds(stored: Mapping[str, object]) -> dict[RestorationArea, Decimal]:
    """Means at and above which an area counts as restored; an area without one is absent."""
    found = {}
    for area in RestorationArea:
        value = stored.get(area)
        if isinstance(value, str) and value:
            found[area] = Decimal(value)
    return found


def checked_thresholds(given: Mapping[RestorationArea, str]) -> dict[str, str]:
    """The thresholds in stored form, without the empty ones. Raises ThresholdOutside."""
    kept = {}
    for area, typed in given.items():
        if not typed:
            continue
        try:
            value = Decimal(typed.replace(",", "."))
        except InvalidOperation as error:
            raise ThresholdOutside(field=area.value) from error
        if not value.is_finite() or not _LOWEST <= value <= _HIGHEST:
            raise ThresholdOutside(field=area.value)
        kept[area.value] = str(value.quantize(Decimal("0.1")))
    return kept


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit that a law sets, between two places of a proceeding."""

    code: str
    label: str
    days: int
    start: Milestone
    stop: Milestone
    is_active: bool = True
    is_example: bool = False


# Examples of one country's law, to show what a clock is: an organisation checks them with its lawyers or retires
# them. They do not run until somebody has taken them into use.
EXAMPLE_CLOCKS: tuple[Clock, ...] = (
    Clock(
        "example_child_evidence",
        "Example: a child's evidence within 30 days of the court taking up the case",
        30,
        Milestone.COGNIZANCE,
        Milestone.TESTIMONY,
        is_active=False,
        is_example=True,
    ),
    Clock(
        "example_trial_year",
        "Example: trial completed within one year of the court taking up the case",
        365,
        Milestone.COGNIZANCE,
        Milestone.VERDICT,
        is_active=False,
        is_example=True,
    ),
    Clock(
        "example_charge",
        "Example: charge filed within 60 days of the complaint",
        60,
        Milestone.COMPLAINT,
        Milestone.CHARGE,
        is_active=False,
        is_example=True,
    ),
)


def clocks(stored: Iterable[Mapping[str, object]] | None) -> tuple[Clock, ...]:
    """The clocks as stored; the examples where nobody has saved any."""
    if stored is None:
        return EXAMPLE_CLOCKS
    return tuple(
        Clock(
            code=str(row["code"]),
            label=str(row["label"]),
            days=int(str(row["days"])),
            start=Milestone(str(row["start"])),
            stop=Milestone(str(row["stop"])),
            is_active=bool(row["is_active"]),
            is_example=bool(row["is_example"]),
        )
        for row in stored
    )


def stored_clocks(given: Iterable[Clock]) -> list[dict[str, object]]:
    return [
        {
            "code": one.code,
            "label": one.label,
            "days": one.days,
            "start": one.start.value,
            "stop": one.stop.value,
            "is_active": one.is_active,
            "is_example": one.is_example,
        }
        for one in given
    ]


def with_clock(present: tuple[Clock, ...], clock: Clock, *, is_new: bool) -> tuple[Clock, ...]:
    """The clocks with one added or changed. Raises CodeRefused, CodeTaken, ClockCrossed, NumberOutside."""
    if clock.start is clock.stop:
        raise ClockCrossed(field="stop")
    _check(clock.days, Bounds(30, 1, 3650), "days")
    if not is_new:
        return tuple(clock if one.code == clock.code else one for one in present)
    check_code(clock.code, {one.code for one in present})
    return (*present, clock)


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A code that an organisation added to a list. One out of use stays, for the records that name it."""

    code: str
    label: str
    is_active: bool = True


def listed(stored: Iterable[Mapping[str, object]]) -> tuple[ListedCode, ...]:
    return tuple(ListedCode(str(row["code"]), str(row["label"]), bool(row["is_active"])) for row in stored)


def stored_list(given: Iterable[ListedCode]) -> list[dict[str, object]]:
    return [{"code": one.code, "label": one.label, "is_active": one.is_active} for one in given]


def with_code(present: tuple[ListedCode, ...], code: str, label: str) -> tuple[ListedCode, ...]:
    """The list with one more code. Raises CodeRefused, CodeTaken."""
    check_code(code, {one.code for one in present})
    return (*present, ListedCode(code, label))


def check_code(code: str, taken: set[str]) -> None:
    """Raise CodeRefused or CodeTaken where a code can't be added."""
    if not _CODE.fullmatch(code):
        raise CodeRefused(field="code")
    if code in taken:
        raise CodeTaken(field="code")


# ---- helplines ----------------------------------------------------------------------------------------------------

# A number that nobody has called for so long may ring at a stranger's.
HELPLINE_DAYS = 90


@dataclass(frozen=True, slots=True)
class Helpline:
    """A number that the public sites may show: where it is from, and when and by whom it was last called."""

    code: str
    name: str
    number: str
    note: str
    source: str
    checked_on: date
    checked_by: str
    is_active: bool = True

    @property
    def dial(self) -> str:
        """The number for a telephone; empty where it has letters, which nobody could dial by mistake."""
        return "" if any(char.isalpha() for char in self.number) else re.sub(r"[^\d+]", "", self.number)

    @property
    def shown_until(self) -> date:
        """The last day on which its check is young enough."""
        return self.checked_on + timedelta(days=HELPLINE_DAYS)

    def is_shown(self, on: date) -> bool:
        """Whether strangers may be told to call it: it has a source, and a check that is young enough."""
        return self.is_active and bool(self.source and self.checked_by) and self.checked_on <= on <= self.shown_until


def helplines(stored: Iterable[Mapping[str, object]] | None) -> tuple[Helpline, ...]:
    """The helplines as stored. There is none that anybody has not entered."""
    return tuple(
        Helpline(
            code=str(row["code"]),
            name=str(row["name"]),
            number=str(row["number"]),
            note=str(row["note"]),
            source=str(row["source"]),
            checked_on=date.fromisoformat(str(row["checked_on"])),
            checked_by=str(row["checked_by"]),
            is_active=bool(row["is_active"]),
        )
        for row in stored or ()
    )


def stored_helplines(given: Iterable[Helpline]) -> list[dict[str, object]]:
    return [asdict(one) | {"checked_on": one.checked_on.isoformat()} for one in given]


def with_helpline(present: tuple[Helpline, ...], line: Helpline, on: date, *, is_new: bool) -> tuple[Helpline, ...]:
    """The helplines with one added or changed. Raises SourceMissing, CheckedInFuture, CodeRefused, CodeTaken."""
    if not line.source:
        raise SourceMissing(field="source")
    if line.checked_on > on:
        raise CheckedInFuture(field="checked_on")
    if not is_new:
        return tuple(line if one.code == line.code else one for one in present)
    check_code(line.code, {one.code for one in present})
    return (*present, line)


# Six words of 2,048 are 66 bits: within the seven days of an invitation nobody tries them all.
CODE_WORDS = 6


def words_from(entropy: bytes, wordlist: Sequence[str]) -> str:
    """Random bytes as words that can be read out: two bytes choose one of 2,048."""
    pairs = [int.from_bytes(entropy[at : at + 2]) % len(wordlist) for at in range(0, len(entropy), 2)]
    return " ".join(wordlist[number] for number in pairs)


def normal_words(typed: str) -> str:
    """The words of an invitation as they are compared: small letters, single spaces."""
    return " ".join(typed.replace("-", " ").casefold().split())
