"""Many lines at once, for tests that need more people than commands make in a moment."""

from __future__ import annotations

import random
from uuid import UUID, uuid4

from amparo.insight.models import Happening, SurvivorLine, SuspectLine
from amparo.insight.words import BAND_LABELS, Ending, Kind, Result, Step
from amparo.investigations.words import Attribution

START = 738_000
SPAN = 1_400
UNITS = (UUID(int=1), UUID(int=2))
PROGRAMMES = ("lakes", "hills", "")
TYPES = ("forced_labour", "sex_trafficking", "partner_violence")


def _about(rng: random.Random, offices: list[UUID]) -> dict[str, object]:
    found: dict[str, object] = {
        "case_id": uuid4(),
        "person_id": uuid4(),
        "office_id": rng.choice(offices),
        "type": rng.choice(TYPES),
        "band": rng.choice([str(band) for band in BAND_LABELS]),
        "attribution": rng.choice([*map(str, Attribution), ""]),
    }
    # Without another throw of the dice: so the lines of each seed stay those that tests were written for.
    return found | {"programme": PROGRAMMES[(len(str(found["type"])) + len(str(found["band"]))) % len(PROGRAMMES)]}


def _suspect(rng: random.Random, offices: list[UUID]) -> SuspectLine:
    reported = START + rng.randrange(SPAN)
    step = rng.choice(list(Step))
    names = {Step.IDENTIFIED: "identified", Step.RESTRAINED: "restrained", Step.CHARGED: "charged", Step.TRIAL: "trial",
             Step.VERDICT: "verdict", Step.CONVICTED: "convicted"}  # fmt: skip
    days = {name: reported + 30 * at + rng.randrange(30) for at, name in names.items() if at <= step}
    convicted = step is Step.CONVICTED
    ending = "" if convicted or rng.random() < 0.5 else rng.choice([str(e) for e in Ending if e])
    ended = days.get("convicted") or (max([reported, *days.values()]) + 5 if ending else None)
    result = (
        Result.CONVICTED
        if convicted
        else Result.OPEN
        if not ending
        else Result.ACQUITTED
        if ending == "acquitted"
        else Result.LEFT
    )
    return SuspectLine(
        **_about(rng, offices), reported=reported, step=step, ending=ending, ended=ended, result=result, **days
    )


def _survivor(rng: random.Random, offices: list[UUID]) -> SurvivorLine:
    reported = START + rng.randrange(SPAN)

    def later(share: float) -> int | None:
        return reported + rng.randrange(400) if rng.random() < share else None

    return SurvivorLine(
        **_about(rng, offices),
        reported=reported,
        incident=reported - rng.randrange(900) if rng.random() < 0.5 else None,
        statement=later(0.6),
        seen=later(0.3),
        relieved=later(0.5),
        testified=later(0.3),
        enrolled=later(0.6),
        restored=later(0.2),
        ended=later(0.2),
        appearances=rng.randrange(4),
    )


def _happening(rng: random.Random, offices: list[UUID]) -> Happening:
    kind = rng.choice(list(Kind))
    codes = {
        Kind.HEARING: ("held", "adjourned", "listed"),
        Kind.REPORT: ("accepted", "declined"),
        Kind.GOAL: ("safety", "work"),
        Kind.APPEARANCE: ("testified", "came"),
        Kind.KIT: ("unsent", "sent", "completed"),
        Kind.PRACTICE: ("yes", "no"),
    }
    reasons = {
        Kind.HEARING: ("judge_absent", "court_overload"),
        Kind.GOAL: ("met", "dropped"),
        Kind.PRACTICE: ("scene_visited", "witnesses_interviewed", "an_own_step"),
    }
    day = START + rng.randrange(SPAN)
    more = {}
    if kind is Kind.PRACTICE:
        more = {"unit_id": rng.choice(UNITS)}
    if kind is Kind.KIT:
        sent = rng.choice((None, day + rng.randrange(60)))
        ended = day + rng.randrange(300) if sent is None and rng.random() < 0.2 else None
        answered = sent + rng.randrange(200) if sent and rng.random() < 0.5 else None
        more = {"sent": sent, "answered": answered, "ended": ended}
    return Happening(
        **_about(rng, offices),
        **more,
        kind=kind,
        source_id=uuid4(),
        day=day,
        code=rng.choice(codes.get(kind, ("",))),
        reason=rng.choice(reasons.get(kind, ("",))),
        party=rng.choice(("court", "police", "")),
        days=rng.choice((None, 3, 30)),
        first=rng.random() < 0.8,
    )


def make(seed: int, count: int, offices: list[UUID]) -> None:
    """So many lines of each kind, by a seed."""
    rng = random.Random(seed)
    SuspectLine.objects.bulk_create([_suspect(rng, offices) for _ in range(count)])
    SurvivorLine.objects.bulk_create([_survivor(rng, offices) for _ in range(count)])
    Happening.objects.bulk_create([_happening(rng, offices) for _ in range(3 * count)])
