"""What survivors were told, and what kept them safe in court: what observing the work of a unit begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.prosecution.models import Appearance, SpecialMeasure
from amparo.prosecution.words import Measure, MeasureState

SEE = "prosecution:hearing:see"
_APART = (Measure.SCREEN, Measure.VIDEO_LINK, Measure.PRERECORDED, Measure.STAGGERED, Measure.SEPARATE_ENTRANCE)


@dataclass(frozen=True, slots=True)
class CourtFacts:
    """News that survivors wanted: told, and late; and measures with the day of their decision."""

    told: int
    not_told: int
    apart_on: date | None
    support_on: date | None
    support_refused_on: date | None


def court_facts(actor: Actor, case_id: UUID) -> CourtFacts | None:
    """What the court's part shows; None where the reader may not see it. Cost: two queries."""
    head = cases.case_head(actor, case_id)
    if not policy.decide(actor, SEE, head.part(Compartment.LEGAL)).allowed:
        return None
    today = clock.today()
    news = cases.in_case(actor, SEE, Appearance.objects.filter(case_id=case_id, wants_news=True), case_id)
    asked = [row for row in news if row.told_on is not None or row.tell_by is not None]
    late = [row for row in asked if row.told_on is None and row.tell_by is not None and row.tell_by < today]
    measures = list(cases.in_case(actor, SEE, SpecialMeasure.objects.filter(case_id=case_id), case_id))

    def decided(kinds: tuple[Measure, ...], state: MeasureState) -> date | None:
        days = [row.decided_on for row in measures if row.measure in kinds and row.state == state and row.decided_on]
        return min(days, default=None)

    return CourtFacts(
        told=sum(1 for row in asked if row.told_on is not None),
        not_told=len(late),
        apart_on=decided(_APART, MeasureState.GRANTED),
        support_on=decided((Measure.SUPPORT_PERSON,), MeasureState.GRANTED),
        support_refused_on=decided((Measure.SUPPORT_PERSON,), MeasureState.REFUSED),
    )
