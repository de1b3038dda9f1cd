"""What is decided from values alone: states, what may be released, what is missing where."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from amparo.partners.errors import (
    InFuture,
    NoExaminersTrained,
    NothingNamed,
    PeriodTurned,
    ReviewTooLate,
    WrongStep,
)
from amparo.partners.words import (
    AgreementKind,
    AgreementState,
    Gap,
    Has,
    Standing,
    State,
    StateEvent,
    Why,
)

# ---- states ------------------------------------------------------------------------------------------------

STEPS: Final[Mapping[tuple[State, StateEvent], State]] = {
    (State.ACTIVE, StateEvent.SUSPEND): State.SUSPENDED,
    (State.ACTIVE, StateEvent.CLOSE): State.CLOSED,
    (State.SUSPENDED, StateEvent.RESUME): State.ACTIVE,
    (State.SUSPENDED, StateEvent.CLOSE): State.CLOSED,
}


def next_state(state: State, event: StateEvent) -> State:
    """The state of an agency, unit or facility after an event. Raises WrongStep."""
    after = STEPS.get((state, event))
    if after is None:
        raise WrongStep
    return after


def steps_from(state: State) -> tuple[StateEvent, ...]:
    return tuple(event for before, event in STEPS if before is state)


# ---- places ------------------------------------------------------------------------------------------------


def folded_district(written: str) -> str:
    """A district's name as it is compared: case, accents' form and outer or doubled spaces make no difference."""
    return " ".join(unicodedata.normalize("NFKC", written).casefold().split())


# ---- agreements --------------------------------------------------------------------------------------------

# A protocol that nobody looks at for longer describes another organisation than the one that signed it.
LONGEST_REVIEW = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Term:
    """An agreement as far as it decides about a release."""

    state: AgreementState
    classes: frozenset[str]
    valid_from: date
    review_on: date


def check_term(kind: AgreementKind, classes: Iterable[str], valid_from: date, review_on: date) -> None:
    """Refuse what could not be kept. Raises PeriodTurned, ReviewTooLate, NothingNamed."""
    if review_on < valid_from:
        raise PeriodTurned(field="review_on")
    if review_on - valid_from > LONGEST_REVIEW:
        raise ReviewTooLate(field="review_on")
    if kind is AgreementKind.PROTOCOL and not list(classes):
        raise NothingNamed(field="classes")


def standing(term: Term, on: date) -> Standing:
    """How an agreement stands on a day. On the day of its review it still holds; the day after it does not."""
    if term.state is AgreementState.ENDED:
        return Standing.ENDED
    if on < term.valid_from:
        return Standing.NOT_YET
    return Standing.LIVE if on <= term.review_on else Standing.PAST_REVIEW


_WHY_NOT: Final[Mapping[Standing, Why]] = {
    Standing.PAST_REVIEW: Why.PAST_REVIEW,
    Standing.NOT_YET: Why.NOT_YET,
    Standing.ENDED: Why.ENDED,
}


def may_release(agency: State, terms: Sequence[Term], data_class: str, on: date) -> Why:
    """Whether a kind of data may go to an agency on a day, and if not, why: the nearest reason first."""
    if agency is not State.ACTIVE:
        return Why.NOT_ACTIVE
    if not terms:
        return Why.NO_AGREEMENT
    stands = {standing(term, on) for term in terms if data_class in term.classes}
    if Standing.LIVE in stands:
        return Why.ALLOWED
    return next((why for stand, why in _WHY_NOT.items() if stand in stands), Why.NOT_NAMED)


# ---- posts -------------------------------------------------------------------------------------------------


def check_period(from_on: date | None, until_on: date | None) -> None:
    """Raises PeriodTurned."""
    if from_on and until_on and until_on < from_on:
        raise PeriodTurned(field="until_on")


def is_held(from_on: date | None, until_on: date | None, on: date) -> bool:
    """Whether a post is held on a day; a missing day leaves its side open. The last day is a day in the post."""
    return (from_on is None or from_on <= on) and (until_on is None or on <= until_on)


# ---- capacity ----------------------------------------------------------------------------------------------

# A count of kits that is older than a quarter says little about what stands on the shelf.
FRESH_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a facility had on a day; None and unknown are what nobody asked. Without a day nobody has reported."""

    on: date | None
    examiners: int | None
    trained_until: date | None
    kits: int | None
    cold_store: Has
    child_room: Has
    day_and_night: bool


def check_report(on: date, today: date, examiners: int | None, trained_until: date | None) -> None:
    """Raises InFuture, NoExaminersTrained."""
    if on > today:
        raise InFuture(field="on")
    if trained_until is not None and not examiners:
        raise NoExaminersTrained(field="trained_until")


def has(report: Capacity, gap: Gap, today: date) -> Has:
    """Whether a facility has what the gap is about. An old report still tells what there was; NEWS says it is old."""
    match gap:
        case Gap.NEWS:
            return Has.YES if is_fresh(report, today) else Has.NO
        case Gap.EXAMINER:
            return _trained(report, today)
        case Gap.KITS:
            return _counted(report.kits)
        case Gap.COLD_STORE:
            return report.cold_store
        case Gap.CHILD_ROOM:
            return report.child_room
        case _:
            return Has.YES if report.day_and_night else Has.NO


def is_fresh(report: Capacity, today: date, days: int = FRESH_DAYS) -> bool:
    return report.on is not None and (today - report.on).days <= days


def _counted(count: int | None) -> Has:
    if count is None:
        return Has.UNKNOWN
    return Has.YES if count > 0 else Has.NO


def _trained(report: Capacity, today: date) -> Has:
    if report.examiners and report.trained_until is not None and report.trained_until < today:
        return Has.NO
    return _counted(report.examiners)


def of_district(reports: Sequence[Capacity], gap: Gap, today: date) -> Has:
    """Whether a district has it anywhere. A district without any place to be examined has nothing."""
    answers = {has(report, gap, today) for report in reports}
    if Has.YES in answers:
        return Has.YES
    return Has.UNKNOWN if Has.UNKNOWN in answers else Has.NO


def gaps(reports: Sequence[Capacity], today: date) -> tuple[Gap, ...]:
    """What nobody in a district is known to have."""
    return tuple(gap for gap in Gap if of_district(reports, gap, today) is not Has.YES)
