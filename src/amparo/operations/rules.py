"""What may follow what in an operation, who may approve it, and when two plans touch."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from amparo.kernel.text import fold
from amparo.operations.errors import (
    ApprovedTwice,
    EndsBefore,
    GoesAlong,
    LongerThanThreeDays,
    NoGo,
    NotBriefed,
    NotNow,
    OwnPlan,
    TwoApprovers,
)
from amparo.operations.words import AHEAD, Event, Part, RiskLevel, State

APPROVALS = 2
# Two plans for one place disturb each other so many days before and after.
TOUCHING_DAYS = 2
LONGEST = timedelta(days=3)
# Where nobody writes down that it is over, its place is hidden this long after its planned end.
LINGERS = timedelta(days=2)
DEBRIEF_DAYS = 3
BRIEF_DAYS_BEFORE = 1

_NEXT: Mapping[tuple[State, Event], State] = {
    (State.PLANNED, Event.CHANGE): State.PLANNED,
    (State.PLANNED, Event.PROPOSE): State.PROPOSED,
    (State.PROPOSED, Event.APPROVE): State.PROPOSED,
    (State.PROPOSED, Event.DECLINE): State.PLANNED,
    (State.BRIEFED, Event.EXECUTE): State.EXECUTED,
    (State.APPROVED, Event.BRIEF): State.BRIEFED,
    (State.BRIEFED, Event.BRIEF): State.BRIEFED,
    (State.EXECUTED, Event.DEBRIEF): State.DEBRIEFED,
    (State.ABORTED, Event.DEBRIEF): State.DEBRIEFED,
    (State.DEBRIEFED, Event.SEAL): State.SEALED,
}


def next_state(state: State, event: Event) -> State:
    """The state after an event. A change of a plan that was proposed asks for its approval anew. Raises NotNow."""
    if event is Event.ABORT and state in AHEAD:
        return State.ABORTED
    if event is Event.CHANGE and state in (State.PROPOSED, State.APPROVED, State.BRIEFED):
        return State.PROPOSED
    after = _NEXT.get((state, event))
    if after is None:
        raise NotNow
    return after


# ---- approving -----------------------------------------------------------------------------------------------------


def refuse_approvers(asked: Collection[UUID], proposer: UUID, team: Collection[UUID]) -> None:
    """Refuse whom the proposer may not ask. Raises TwoApprovers, OwnPlan, GoesAlong."""
    if proposer in asked:
        raise OwnPlan
    if len(set(asked)) < APPROVALS:
        raise TwoApprovers(field="approvers")
    if set(asked) & set(team):
        raise GoesAlong(field="approvers")


def refuse_approval(approver: UUID, proposer: UUID, team: Collection[UUID], given: Collection[UUID]) -> None:
    """Refuse an approval by the proposer, by one who goes along, or by one who approved. Raises them."""
    if approver == proposer:
        raise OwnPlan
    if approver in team:
        raise GoesAlong
    if approver in given:
        raise ApprovedTwice


def is_approved(given: Iterable[UUID]) -> bool:
    """Whether enough different people stand behind the plan."""
    return len(set(given)) >= APPROVALS


# ---- a plan --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filled:
    """What there is of a plan, for asking what is missing. `cared` are survivors whose care is whole."""

    objective: bool
    legal_basis: bool
    authority: bool
    place: bool
    go_items: int
    abort_rules: int
    risks: int
    team: int
    survivors: frozenset[UUID]
    cared: frozenset[UUID]
    unexpected: bool


def missing(plan: Filled) -> list[Part]:
    """Which parts of a plan nobody could approve as they are."""
    whole = {
        Part.CORE: plan.objective and plan.legal_basis,
        Part.AUTHORITY: plan.authority,
        Part.PLACE: plan.place,
        Part.TEAM: plan.team >= 2,
        Part.RISKS: plan.risks > 0,
        Part.CARE: plan.survivors <= plan.cared and plan.unexpected,
        Part.GO: plan.go_items > 0 and plan.abort_rules > 0,
    }
    return [part for part, there in whole.items() if not there]


def risk_level(likelihood: int, harm: int) -> RiskLevel:
    """Likelihood times harm, each from 1 to 4. What may cost a life is never low."""
    product = likelihood * harm
    if product >= 9 or (harm == 4 and likelihood >= 2):
        return RiskLevel.HIGH
    return RiskLevel.MEDIUM if product >= 4 else RiskLevel.LOW


def check_times(starts: datetime, ends: datetime) -> None:
    """Raises EndsBefore, LongerThanThreeDays."""
    if ends <= starts:
        raise EndsBefore(field="ends")
    if ends - starts > LONGEST:
        raise LongerThanThreeDays(field="ends")


def hidden_from(ends: datetime) -> datetime:
    """When its place is hidden at the latest, though nobody wrote down that it is over.

    A Monday at midnight, so that the column tells the holder of the database the week and not the day.
    """
    late = (ends + LINGERS).astimezone(UTC).date()
    monday = late + timedelta(days=7 - late.weekday())
    return datetime.combine(monday, time(), UTC)


def refuse_unbriefed(team: Collection[UUID], present: Collection[UUID]) -> None:
    """Raises NotBriefed where somebody who goes along was not there."""
    if set(team) - set(present):
        raise NotBriefed(field="present")


def refuse_no_go(conditions: int, met: Collection[int]) -> None:
    """Raises NoGo where one of the numbered conditions is not met."""
    if set(range(conditions)) - set(met):
        raise NoGo(field="met")


# ---- plans that touch ----------------------------------------------------------------------------------------------


def same_place(place: str) -> str:
    """A place as it is compared: capitals, accents, punctuation and the order of its parts do not matter."""
    kept = (char if unicodedata.category(char)[0] in "LMN" else " " for char in fold(place))
    return " ".join(sorted("".join(kept).split()))


def days_of(starts: datetime, ends: datetime) -> list[date]:
    """The days of an operation, in UTC."""
    first, last = starts.astimezone(UTC).date(), ends.astimezone(UTC).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def days_around(starts: datetime, ends: datetime) -> list[date]:
    """The days on which another operation at the same place would disturb this one."""
    days = days_of(starts, ends)
    before = [days[0] - timedelta(days=number) for number in range(TOUCHING_DAYS, 0, -1)]
    after = [days[-1] + timedelta(days=number) for number in range(1, TOUCHING_DAYS + 1)]
    return [*before, *days, *after]


def know_of_each_other(one: Collection[UUID], one_lead: UUID, other: Collection[UUID], other_lead: UUID) -> bool:
    """Whether the leads of two plans see both plans: then nobody has to be told."""
    return one_lead in other and other_lead in one
