"""For counting: codes, days and ids of the court room, never a word.

Who may see the counts is asked by whoever shows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.prosecution.models import Appearance, Charge, ChargeStep, Hearing, Sentence, StageReached, Verdict
from amparo.prosecution.words import CUSTODIAL, Attrition, ChargeState, HearingState, Outcome, SentenceKind, Stage


@dataclass(frozen=True, slots=True)
class CountedCharge:
    """One charge: when it was filed, how it ended, and what the court said."""

    id: UUID
    case_id: UUID
    proceeding_id: UUID
    accused_id: UUID
    survivor_id: UUID | None
    state: ChargeState
    since_on: date
    reason: str
    filed_on: date | None
    outcome: Outcome | None
    verdict_on: date | None
    custody_on: date | None


@dataclass(frozen=True, slots=True)
class CountedStage:
    case_id: UUID
    proceeding_id: UUID
    stage: Stage
    on: date


@dataclass(frozen=True, slots=True)
class CountedHearing:
    id: UUID
    case_id: UUID
    proceeding_id: UUID
    on: date
    state: HearingState
    reason: str
    party: str


@dataclass(frozen=True, slots=True)
class CountedAppearance:
    id: UUID
    case_id: UUID
    hearing_id: UUID
    person_id: UUID
    testified: bool


_FILED = (ChargeState.FILED, ChargeState.AMENDED)


def counted_charges(case_ids: Sequence[UUID]) -> list[CountedCharge]:
    """Charges with what became of them, without those entered by mistake. Cost: four queries."""
    known = Charge.objects.filter(case_id__in=case_ids).exclude(reason=Attrition.MISTAKE)
    rows = list(known.order_by("created_at", "id"))
    filed: dict[UUID, date] = {}
    steps = ChargeStep.objects.filter(case_id__in=case_ids, state__in=_FILED)
    for charge, on in steps.values_list("charge_id", "on"):
        filed[charge] = min(on, filed.get(charge, on))
    verdicts = {row.charge_id: row for row in Verdict.objects.filter(case_id__in=case_ids)}
    custody: dict[UUID, date] = {}
    sentences = Sentence.objects.filter(case_id__in=case_ids, ended_on=None, mistake="")
    for verdict, kind, on in sentences.values_list("verdict_id", "kind", "on"):
        if SentenceKind(kind) in CUSTODIAL:
            custody[verdict] = min(on, custody.get(verdict, on))
    return [_charge(row, filed, verdicts.get(row.id), custody) for row in rows]


def _charge(row: Charge, filed: dict[UUID, date], verdict: Verdict | None, custody: dict[UUID, date]) -> CountedCharge:
    state = ChargeState(row.state)
    filed_on = filed.get(row.id)
    if filed_on is None and state in _FILED:
        filed_on = row.since_on
    return CountedCharge(
        id=row.id,
        case_id=row.case_id,
        proceeding_id=row.proceeding_id,
        accused_id=row.accused_id,
        survivor_id=row.survivor_id,
        state=state,
        since_on=row.since_on,
        reason=row.reason,
        filed_on=filed_on,
        outcome=Outcome(verdict.outcome) if verdict else None,
        verdict_on=verdict.on if verdict else None,
        custody_on=custody.get(verdict.id) if verdict else None,
    )


def counted_stages(case_ids: Sequence[UUID]) -> list[CountedStage]:
    """The days on which proceedings reached their stages. Cost: one query."""
    rows = StageReached.objects.filter(case_id__in=case_ids).values_list("case_id", "proceeding_id", "stage", "on")
    return [CountedStage(case, proceeding, Stage(stage), on) for case, proceeding, stage, on in rows]


def counted_hearings(case_ids: Sequence[UUID]) -> list[CountedHearing]:
    """Hearings with what became of them, by the day in UTC: the same day whoever counts. Cost: one query."""
    rows = Hearing.objects.filter(case_id__in=case_ids).values_list(
        "id", "case_id", "proceeding_id", "listed_at", "state", "reason", "party"
    )
    return [
        CountedHearing(id_, case, proceeding, at.date(), HearingState(state), reason, party)
        for id_, case, proceeding, at, state, reason, party in rows
    ]


def counted_appearances(case_ids: Sequence[UUID]) -> list[CountedAppearance]:
    """Survivors who came to hearings. Cost: one query."""
    rows = Appearance.objects.filter(case_id__in=case_ids).values_list(
        "id", "case_id", "hearing_id", "person_id", "testified", "travelled", "waited"
    )
    return [
        CountedAppearance(id_, case, hearing, person, testified)
        for id_, case, hearing, person, testified, travelled, waited in rows
        if testified or travelled or waited
    ]
