"""How far a suspect has come, and how it ended: from dated codes to one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from amparo.cases.words import ClosureReason
from amparo.insight.words import AgeBand, Ending, Result, Step
from amparo.investigations.words import Status
from amparo.kernel.digest import sha256
from amparo.people.rules import Band
from amparo.prosecution.words import ChargeState, Outcome, Stage

_OF_CLOSURE: Mapping[str, Ending] = {
    ClosureReason.SURVIVOR_ASKS: Ending.COMPLAINANT_WITHDREW,
    ClosureReason.NO_CONTACT: Ending.COMPLAINANT_UNTRACED,
    ClosureReason.NOT_FOUNDED: Ending.EVIDENCE,
}
_OF_CHARGE: Mapping[ChargeState, Ending] = {
    ChargeState.DECLINED: Ending.PROSECUTOR_DECLINED,
    ChargeState.WITHDRAWN: Ending.WITHDRAWN,
    ChargeState.DISMISSED: Ending.DISCHARGED,
    ChargeState.ACQUITTED: Ending.ACQUITTED,
}
_OPEN = frozenset({ChargeState.PROPOSED, ChargeState.FILED, ChargeState.AMENDED})
_RESTRAINED = frozenset({Status.ARRESTED, Status.BAILED, Status.RESTRAINED})
_GONE = frozenset({Status.DECEASED, Status.ABSCONDED})


@dataclass(frozen=True, slots=True)
class ChargeFacts:
    """One charge against the suspect."""

    state: ChargeState
    since_on: date
    reason: str = ""
    filed_on: date | None = None
    outcome: Outcome | None = None
    verdict_on: date | None = None
    custody_on: date | None = None


@dataclass(frozen=True, slots=True)
class SuspectFacts:
    """Everything dated that is known of one suspect in one case.

    `statuses` are of the person, `stages` of the proceedings in which she or he is charged, or of all while nobody
    is. `is_named` is false for the line of a case in which nobody is suspected by name.
    """

    reported_on: date
    is_named: bool
    statuses: Sequence[tuple[Status, date]] = ()
    restrained_on: Sequence[date] = ()
    charges: Sequence[ChargeFacts] = ()
    stages: Sequence[tuple[Stage, date]] = ()
    first_heard_on: date | None = None
    closed_on: date | None = None
    closure: str = ""


@dataclass(frozen=True, slots=True)
class SuspectDays:
    """The days of a line, and what follows from them."""

    days: Mapping[str, date | None] = field(default_factory=dict)
    ended: date | None = None
    step: Step = Step.REPORTED
    ending: Ending = Ending.WAITING
    result: Result = Result.OPEN


def _first(days: Sequence[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return min(known) if known else None


def _stage(facts: SuspectFacts, stage: Stage) -> date | None:
    return _first([on for reached, on in facts.stages if reached is stage])


def _status(facts: SuspectFacts, statuses: frozenset[Status]) -> list[date | None]:
    return [on for status, on in facts.statuses if status in statuses]


def suspect_days(facts: SuspectFacts) -> SuspectDays:
    """The day of each step, the furthest one, and how it ended; verdicts count as they stand after appeals."""
    charges = facts.charges
    guilty = [c for c in charges if c.outcome in (Outcome.CONVICTED, Outcome.LESSER)]
    convicted = _first([c.verdict_on for c in guilty])
    days = {
        "identified": _first([*_status(facts, frozenset(Status)), _stage(facts, Stage.IDENTIFIED)]),
        "restrained": _first(
            [*_status(facts, _RESTRAINED), *facts.restrained_on, _stage(facts, Stage.RESTRAINED)],
        ),
        "charged": _first([*(c.filed_on for c in charges), *_status(facts, frozenset({Status.CHARGED}))]),
        "enrolled": _stage(facts, Stage.ENROLLED) if charges else None,
        "heard": facts.first_heard_on if charges else None,
        "trial": _stage(facts, Stage.TRIAL) if charges else None,
        "verdict": _first([c.verdict_on for c in charges]),
        "convicted": convicted,
        "as_charged": _first([c.verdict_on for c in charges if c.outcome is Outcome.CONVICTED]),
        "sentenced": _first([c.custody_on for c in guilty]),
        "final": _stage(facts, Stage.FINAL) if charges else None,
    }
    step = _furthest(facts, days)
    ending, ended = _ending(facts, convicted)
    return SuspectDays(days, ended, step, ending, _result(convicted, ending))


def _furthest(facts: SuspectFacts, days: Mapping[str, date | None]) -> Step:
    reached = [
        (Step.CONVICTED, days["convicted"]), (Step.VERDICT, days["verdict"]), (Step.TRIAL, days["trial"]),
        (Step.ENROLLED, days["enrolled"]), (Step.CHARGED, days["charged"]), (Step.RESTRAINED, days["restrained"]),
    ]  # fmt: skip
    for step, day in reached:
        if day is not None:
            return step
    return Step.IDENTIFIED if facts.is_named or days["identified"] else Step.REPORTED


def _ending(facts: SuspectFacts, convicted: date | None) -> tuple[Ending, date | None]:
    """Why and when it ended; a conviction ends it too, without a reason of attrition."""
    if convicted is not None:
        return Ending.WAITING, convicted
    gone = _first(_status(facts, _GONE))
    if gone is not None:
        return Ending.DIED_OR_GONE, gone
    if facts.charges and not any(c.state in _OPEN for c in facts.charges):
        last = max(facts.charges, key=lambda c: (c.verdict_on or c.since_on, c.state))
        return _of_charge(last), last.verdict_on or last.since_on
    if facts.closed_on is not None:
        if not facts.is_named:
            return Ending.UNIDENTIFIED, facts.closed_on
        return _OF_CLOSURE.get(facts.closure, Ending.OTHER), facts.closed_on
    return Ending.WAITING, None


def _of_charge(charge: ChargeFacts) -> Ending:
    if charge.outcome is Outcome.ACQUITTED:
        return Ending.ACQUITTED
    try:
        return Ending(charge.reason or _OF_CHARGE[charge.state])
    except (KeyError, ValueError):
        return Ending.OTHER


def _result(convicted: date | None, ending: Ending) -> Result:
    if convicted is not None:
        return Result.CONVICTED
    if ending is Ending.WAITING:
        return Result.OPEN
    return Result.ACQUITTED if ending is Ending.ACQUITTED else Result.LEFT


def band_code(band: Band | None) -> AgeBand:
    """The code of a band of ages."""
    if band is None or (band.low is None and band.high is None):
        return AgeBand.UNKNOWN
    low = 0 if band.low is None else band.low
    code = f"{low}-{'' if band.high is None else band.high}"
    return AgeBand(code) if code in set(AgeBand) else AgeBand.UNKNOWN


def first_of_each(
    happenings: Sequence[tuple[int, object, str]],
) -> list[bool]:
    """Which of (day, person, tie-break) is the one by which the person counts: the earliest.

    A happening of nobody in particular counts by itself.
    """
    best: dict[object, tuple[int, str]] = {}
    for day, person, key in happenings:
        if person is not None and (person not in best or (day, key) < best[person]):
            best[person] = (day, key)
    return [person is None or best[person] == (day, key) for day, person, key in happenings]


def place_code(name: str) -> str:
    """How a district stands in an address: a code of its name, and not the name."""
    return sha256(name.encode())[:10]
