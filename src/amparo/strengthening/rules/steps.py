"""What may follow what: contacts, files, sheets, assessments, reform projects, and periods."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from amparo.strengthening.errors import (
    CheckTooEarly,
    InFuture,
    LevelWithoutEvidence,
    NoEvidence,
    NoProvenance,
    NotAnInterval,
    NothingAssessed,
    OutOfOrder,
    PeriodReversed,
    PeriodsOverlap,
    PeriodValidated,
    SheetTooSmall,
    WrongState,
)
from amparo.strengthening.words import (
    ContactEvent,
    ContactState,
    Domain,
    Occasion,
    ReformEvent,
    ReformState,
    SheetEvent,
    SheetState,
)

CHECK_MONTHS: Final = (6, 12)
LEVELS: Final = (1, 2, 3, 4)


def next_contact(state: ContactState, event: ContactEvent) -> ContactState:
    """The state of a mentoring contact after an event. Raises WrongState."""
    match state, event:
        case ContactState.PLANNED, ContactEvent.CHANGE:
            return ContactState.PLANNED
        case ContactState.PLANNED, ContactEvent.DO:
            return ContactState.DONE
        case ContactState.DONE, ContactEvent.REVIEW:
            return ContactState.REVIEWED
        case ContactState.PLANNED, ContactEvent.CANCEL:
            return ContactState.CANCELLED
        case _:
            raise WrongState


def next_sheet(state: SheetState, event: SheetEvent) -> SheetState:
    """The state of a feedback sheet after an event. Raises WrongState."""
    match state, event:
        case SheetState.DRAFT, SheetEvent.CHANGE:
            return SheetState.DRAFT
        case SheetState.DRAFT, SheetEvent.VALIDATE:
            return SheetState.VALIDATED
        case SheetState.VALIDATED, SheetEvent.PUBLISH:
            return SheetState.PUBLISHED
        case _:
            raise WrongState


def next_reform(state: ReformState, event: ReformEvent) -> ReformState:
    """The state of a reform project after an event; what lapsed may be begun again. Raises WrongState."""
    match state, event:
        case ReformState.IDENTIFIED, ReformEvent.AGREE:
            return ReformState.AGREED
        case ReformState.AGREED | ReformState.LAPSED, ReformEvent.BEGIN:
            return ReformState.IN_PROGRESS
        case ReformState.IN_PROGRESS, ReformEvent.ADOPT:
            return ReformState.ADOPTED
        case ReformState.ADOPTED, ReformEvent.SUSTAIN:
            return ReformState.SUSTAINED
        case (
            ReformState.AGREED | ReformState.IN_PROGRESS | ReformState.ADOPTED | ReformState.SUSTAINED,
            ReformEvent.LAPSE,
        ):
            return ReformState.LAPSED
        case ReformState.IDENTIFIED | ReformState.AGREED | ReformState.IN_PROGRESS, ReformEvent.CHANGE:
            return state
        case _:
            raise WrongState


def refuse_future(day: date, today: date, *, field: str = "on") -> None:
    if day > today:
        raise InFuture(field=field)


def refuse_reversed(first: date, last: date, *, field: str = "until_on") -> None:
    if last < first:
        raise PeriodReversed(field=field)


def refuse_overlap(first: date, last: date, others: Iterable[tuple[date, date]], *, field: str = "from_on") -> None:
    """Refuse a period that shares a day with another one of its kind. Raises PeriodReversed, PeriodsOverlap."""
    refuse_reversed(first, last)
    for other_first, other_last in others:
        if first <= other_last and other_first <= last:
            raise PeriodsOverlap(until=other_last.isoformat(), field=field)


def refuse_validated(day: date, periods: Iterable[tuple[date, date]]) -> None:
    """Refuse to touch what lies in a period that a unit has agreed to. Raises PeriodValidated."""
    if any(first <= day <= last for first, last in periods):
        raise PeriodValidated


def refuse_small(files: int, least: int) -> None:
    """Refuse to publish a figure of so few files that it could be led back to one of them. Raises SheetTooSmall."""
    if files < least:
        raise SheetTooSmall(least=least)


def checked_levels(levels: Mapping[str, int | None], notes: Mapping[str, str]) -> dict[str, int]:
    """Levels that were given, each with its note. Raises NothingAssessed, LevelWithoutEvidence."""
    given = {domain: level for domain, level in levels.items() if level is not None and level in LEVELS}
    if not given:
        raise NothingAssessed
    for domain in given:
        if not notes.get(domain, "").strip():
            raise LevelWithoutEvidence(field=f"note_{domain}")
    return {str(Domain(domain)): level for domain, level in given.items()}


def refuse_out_of_order(occasion: Occasion, on: date, others: Mapping[Occasion, date]) -> None:
    """Baseline, middle and end of one unit follow each other in time. Raises OutOfOrder."""
    order = list(Occasion)
    for other, day in others.items():
        earlier = order.index(other) < order.index(occasion)
        if (earlier and day >= on) or (order.index(other) > order.index(occasion) and day <= on):
            raise OutOfOrder(field="on")


def refuse_unfounded(linked: int) -> None:
    if not linked:
        raise NoEvidence


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_check(adopted_on: date, done: int) -> date | None:
    """When the next look is due after an adoption; None where the last was taken."""
    return months_after(adopted_on, CHECK_MONTHS[done]) if done < len(CHECK_MONTHS) else None


def after_check(done: int, holds: bool) -> ReformEvent | None:
    """What a check leads to: lapsed where it does not hold, sustained after the last one, else nothing yet."""
    if not holds:
        return ReformEvent.LAPSE
    return ReformEvent.SUSTAIN if done + 1 >= len(CHECK_MONTHS) else None


def refuse_early(due: date | None, on: date) -> None:
    """A check that is taken more than two weeks early says nothing about lasting. Raises CheckTooEarly, WrongState."""
    if due is None:
        raise WrongState
    if (due - on).days > 14:
        raise CheckTooEarly(due=due.isoformat(), field="on")


def refuse_unsourced(
    *, method: str, source: str, place: str, n: int | None, first: date | None, last: date | None
) -> None:
    """A figure without method, source, period, place and n is refused. Raises NoProvenance, at the first gap."""
    gaps = (
        ("method", method), ("source", source.strip()), ("place", place.strip()), ("n", n and n > 0),
        ("from_on", first), ("until_on", last),
    )  # fmt: skip
    for field, given in gaps:
        if not given:
            raise NoProvenance(field=field)


def refuse_no_interval(low: Decimal, value: Decimal, high: Decimal, per: int) -> None:
    if not Decimal(0) <= low <= value <= high <= Decimal(per):
        raise NotAnInterval(field="value")
