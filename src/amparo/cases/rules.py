"""Pure rules of the case: tracks, incidents, consents, closing."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from amparo.cases.errors import (
    AnswersMissing,
    AssentMissing,
    BestInterestsUnexplained,
    FindingUnchanged,
    IncidentNotClassified,
    NothingDecided,
    NotYetHappened,
    RelatedElsewhere,
    RelationIncomplete,
    TooYoungAlone,
    TrackNotOpen,
    WitnessMissing,
)
from amparo.cases.words import BasisKind, ConsentState, Context, IncidentState, IncidentType, RouteStage, TrackKind
from amparo.kernel.dates import LAST_YEAR, DateInFuture, PartialDate

A = TypeVar("A", bound=Hashable)
P = TypeVar("P", bound=Hashable)

# ---- people in a case -------------------------------------------------------------------------------------------


def check_relation(relation: str, related_to: P | None, person: P, others: Collection[P]) -> None:
    """Raise unless somebody is something to another person of the same case, or nothing is said at all."""
    if not relation and related_to is None:
        return
    if not relation:
        raise RelationIncomplete(field="relation")
    if related_to is None:
        raise RelationIncomplete(field="related_to")
    if related_to == person or related_to not in others:
        raise RelatedElsewhere(field="related_to")


def check_trafficking(status: str, decided_by: str, decided_on: date | None, today: date) -> None:
    """Raise where it is said who decided or when, and not what; or where the day has not come."""
    if not status and (decided_by or decided_on):
        raise NothingDecided(field="trafficking")
    if decided_on is not None and decided_on > today:
        raise DateInFuture(field="trafficking_on")


# ---- tracks -----------------------------------------------------------------------------------------------------

FIRST_STATE: Mapping[TrackKind, str] = {
    TrackKind.RELIEF: "pending",
    TrackKind.ACCOUNTABILITY: "investigating",
    TrackKind.RESTORATION: "not_enrolled",
    TrackKind.SYSTEM: "observing",
}

# From which state a track may go to which; every state not named here is terminal but may be reopened.
MOVES: Mapping[TrackKind, Mapping[str, tuple[str, ...]]] = {
    TrackKind.RELIEF: {
        "pending": ("achieved", "not_needed", "failed"),
        "achieved": ("pending",),
        "not_needed": ("pending",),
        "failed": ("pending", "achieved"),
    },
    TrackKind.ACCOUNTABILITY: {
        "investigating": ("with_prosecution", "in_court", "not_pursued", "final"),
        "with_prosecution": ("in_court", "investigating", "not_pursued", "final"),
        "in_court": ("on_appeal", "final", "with_prosecution"),
        "on_appeal": ("final", "in_court"),
        "not_pursued": ("investigating",),
        "final": ("on_appeal", "in_court", "investigating"),
    },
    TrackKind.RESTORATION: {
        "not_enrolled": ("active", "ended_otherwise"),
        "active": ("monitoring", "restored", "ended_otherwise"),
        "monitoring": ("active", "restored", "ended_otherwise"),
        "restored": ("active", "monitoring"),
        "ended_otherwise": ("active",),
    },
    TrackKind.SYSTEM: {
        "observing": ("learned", "nothing_learned"),
        "learned": ("observing",),
        "nothing_learned": ("observing",),
    },
}

TERMINAL: Mapping[TrackKind, frozenset[str]] = {
    TrackKind.RELIEF: frozenset({"achieved", "not_needed", "failed"}),
    TrackKind.ACCOUNTABILITY: frozenset({"not_pursued", "final"}),
    TrackKind.RESTORATION: frozenset({"restored", "ended_otherwise"}),
    TrackKind.SYSTEM: frozenset({"learned", "nothing_learned"}),
}


def check_move(kind: TrackKind, now: str, then: str) -> None:
    """Raise TrackNotOpen where a track may not go from one state to another."""
    if then not in MOVES[kind].get(now, ()):
        raise TrackNotOpen


def is_terminal(kind: TrackKind, state: str) -> bool:
    return state in TERMINAL[kind]


# ---- incidents --------------------------------------------------------------------------------------------------


class Question(StrEnum):
    """The elimination questions, in their order. The first "yes" gives the type."""

    GENDER_BASED = "gender_based"
    PENETRATION = "penetration"
    UNWANTED_CONTACT = "unwanted_contact"
    PHYSICAL = "physical"
    MARRIAGE = "marriage"
    DENIAL = "denial"
    PSYCHOLOGICAL = "psychological"


_TYPE_OF: Mapping[Question, IncidentType] = {
    Question.PENETRATION: IncidentType.RAPE,
    Question.UNWANTED_CONTACT: IncidentType.SEXUAL_ASSAULT,
    Question.PHYSICAL: IncidentType.PHYSICAL_ASSAULT,
    Question.MARRIAGE: IncidentType.FORCED_MARRIAGE,
    Question.DENIAL: IncidentType.DENIAL,
    Question.PSYCHOLOGICAL: IncidentType.PSYCHOLOGICAL,
}
SEXUAL_TYPES = frozenset({IncidentType.RAPE, IncidentType.SEXUAL_ASSAULT})


def classify(answers: Mapping[Question, bool]) -> IncidentType:
    """The type of an incident by elimination: the first question in order that was answered "yes".

    Questions after the first "yes" need no answer. Raises AnswersMissing where one before it has none.
    Source: GBVIMS classification, six core types in order of elimination.
    """
    if Question.GENDER_BASED not in answers:
        raise AnswersMissing(field=Question.GENDER_BASED.value)
    if not answers[Question.GENDER_BASED]:
        return IncidentType.NON_GBV
    for question, kind in _TYPE_OF.items():
        if question not in answers:
            raise AnswersMissing(field=question.value)
        if answers[question]:
            return kind
    return IncidentType.NON_GBV


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What the contexts of an incident are derived from. `is_minor` is None where the age is not known."""

    type: IncidentType
    relation: str
    is_minor: bool | None
    goods_exchanged: bool
    abducted_or_held: bool
    harmful_practice: bool


def contexts(facts: IncidentFacts) -> tuple[Context, ...]:
    """The contexts of an incident, derived and never typed. Source: GBVIMS case contexts."""
    sexual = facts.type in SEXUAL_TYPES
    found = {
        Context.INTIMATE_PARTNER: facts.relation == "intimate_partner" and facts.type is not IncidentType.NON_GBV,
        Context.CHILD_SEXUAL_ABUSE: sexual and facts.is_minor is True,
        Context.EARLY_MARRIAGE: facts.type is IncidentType.FORCED_MARRIAGE and facts.is_minor is True,
        Context.SEXUAL_EXPLOITATION: sexual and facts.goods_exchanged,
        Context.SEXUAL_SLAVERY: sexual and facts.abducted_or_held,
        Context.HARMFUL_PRACTICE: facts.harmful_practice,
    }
    return tuple(context for context, holds in found.items() if holds)


# Every figure and every reckoning leaves out what did not happen so, or not to her.
NOT_COUNTED = frozenset({IncidentState.FALSELY_ATTRIBUTED, IncidentState.REJECTED})
FOUND = frozenset({IncidentState.VERIFIED, IncidentState.UNVERIFIED}) | NOT_COUNTED


def counts(state: str) -> bool:
    """Whether an incident in this state counts anywhere."""
    return state not in NOT_COUNTED


def check_finding(now: IncidentState, then: IncidentState) -> None:
    """Raise where an incident may not come from one state to another by a finding.

    Raises IncidentNotClassified, FindingUnchanged.
    """
    if now is IncidentState.RECORDED and then not in NOT_COUNTED:
        raise IncidentNotClassified
    if then not in FOUND or then is now:
        raise FindingUnchanged(field="state")


def after_answers(now: IncidentState) -> IncidentState:
    """The state after the questions were answered again: another kind is to be looked at anew.

    What was found not to count stays so until somebody finds otherwise.
    """
    return now if now in NOT_COUNTED else IncidentState.CLASSIFIED


# ---- bases and consents -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BasisFacts:
    kind: BasisKind
    state: ConsentState
    from_on: date
    until_on: date | None


def is_live(basis: BasisFacts, today: date) -> bool:
    """Whether a basis holds today. Of two readings of its last day the safer one: it still holds on that day."""
    ended = basis.until_on is not None and basis.until_on < today
    return basis.state is ConsentState.GIVEN and basis.from_on <= today and not ended


def standing(basis: BasisFacts, today: date) -> ConsentState:
    """How a basis stands today: one that was given has expired after its last day."""
    ended = basis.until_on is not None and basis.until_on < today
    return ConsentState.EXPIRED if basis.state is ConsentState.GIVEN and ended else basis.state


def renewed_until(from_on: date, until_on: date | None, today: date) -> date | None:
    """The last day to offer for a renewed consent: as long again as it held before; open where it was open."""
    # Some write a day far off for "without an end": as long again may lie beyond every calendar.
    return None if until_on is None else today + min(until_on - from_on, date(LAST_YEAR, 12, 31) - today)


def check_witness(method: str, witness: str) -> None:
    """A thumbprint can be read by nobody: somebody has to have seen it given. Raises WitnessMissing."""
    if method == "thumbprint" and not witness.strip():
        raise WitnessMissing(field="witness")


def may_write_words(bases: Sequence[BasisFacts], today: date) -> bool:
    """Invariant 1: some basis must hold. A refusal of one purpose takes none of the others away."""
    return any(is_live(basis, today) for basis in bases)


# ---- age --------------------------------------------------------------------------------------------------------

# Whose consent a child's age asks for. Source: Caring for Child Survivors (IRC, UNICEF); bands differ by law.
CONSENT_BANDS: tuple[tuple[int, str], ...] = (
    (6, "caregiver"),
    (12, "assent_caregiver"),
    (15, "assent_weighty"),
    (18, "own"),
)


def consent_rule(age: int | None) -> str:
    """Which rule of consent fits an age; the most careful one where it is not known."""
    if age is None:
        return "unknown"
    return next((rule for limit, rule in CONSENT_BANDS if age < limit), "adult")


_ALONE = frozenset({"own", "adult", "unknown"})
# Who consents for a child and with her. Our organisation does not: it decides in her best interests, and says why.
_ADULTS = frozenset({"caregiver", "guardian", "other_adult"})
_GIVERS: Mapping[BasisKind, str] = {BasisKind.CONSENT: "self", BasisKind.ASSENT: "caregiver"}


def may_consent_alone(age: int | None) -> bool:
    """Whether somebody of this age consents by herself; where it is not known, she is taken at her word."""
    return consent_rule(age) in _ALONE


def usual_giver(kind: BasisKind) -> str:
    """Who decides on a basis of this kind where nobody says otherwise."""
    return _GIVERS.get(kind, "organisation")


def check_giver(kind: BasisKind, giver: str, reason: str, age: int | None) -> None:
    """Raise what a child's age asks for and is not there (invariant 13).

    Raises TooYoungAlone, AssentMissing, BestInterestsUnexplained.
    """
    if may_consent_alone(age):
        return
    if kind is BasisKind.BEST_INTERESTS:
        if giver == "self":
            raise TooYoungAlone(field="giver")
        if not reason.strip():
            raise BestInterestsUnexplained(field="reason")
    if kind in (BasisKind.CONSENT, BasisKind.ASSENT) and giver not in _ADULTS:
        raise TooYoungAlone(field="giver")
    if kind is BasisKind.CONSENT and consent_rule(age) != "caregiver":
        raise AssentMissing(field="kind")


# ---- closing ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """One point of the closing checklist."""

    code: str
    met: bool
    detail: int = 0


def open_points(checks: Sequence[Check]) -> list[Check]:
    return [check for check in checks if not check.met]


# ---- conferences -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shared:
    """What one survivor lets one partner know; `classes` of a consent that holds."""

    person: Hashable
    agency: Hashable
    classes: frozenset[str]


def not_covered(
    agencies: Iterable[A], people: Iterable[P], classes: Collection[str], consents: Iterable[Shared]
) -> dict[tuple[A, P], frozenset[str]]:
    """For each agency and survivor what may not be shared there: classes that no consent of hers to it names."""
    allowed: dict[tuple[Hashable, Hashable], frozenset[str]] = {}
    for consent in consents:
        pair = (consent.agency, consent.person)
        allowed[pair] = allowed.get(pair, frozenset()) | consent.classes
    known = list(people)
    gaps = {(a, p): frozenset(classes) - allowed.get((a, p), frozenset()) for a in agencies for p in known}
    return {pair: missing for pair, missing in gaps.items() if missing}


# ---- routes ----------------------------------------------------------------------------------------------------


def refuse_to_come(happened: PartialDate, today: date) -> None:
    """Raises NotYetHappened where all of the stated period is still to come."""
    if happened.earliest() > today:
        raise NotYetHappened(field="happened")


def against_order(stages: Sequence[tuple[RouteStage, PartialDate]]) -> bool:
    """Whether a later stage surely lies before an earlier one everywhere: a reason to look again, not to refuse."""
    order = list(RouteStage)
    return any(
        order.index(later) > order.index(earlier)
        and all(then.is_before(when) is True for one, when in stages if one is earlier)
        for later, then in stages
        for earlier, _when in stages
    )


def shares(periods: Sequence[tuple[date, date]]) -> list[tuple[float, float]]:
    """Where each period lies between the first and the last day of all, from 0 to 1."""
    if not periods:
        return []
    first, last = min(low for low, _high in periods), max(high for _low, high in periods)
    whole = max((last - first).days, 1)
    return [((low - first).days / whole, (high - first).days / whole) for low, high in periods]
