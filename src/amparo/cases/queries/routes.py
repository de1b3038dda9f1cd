"""The ways that survivors of a case were made to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases.models import HistoricEvent
from amparo.cases.queries.heads import in_case
from amparo.cases.words import RouteStage
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment, Sight
from amparo.vault import sealing


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage. Place and how are empty for who reads only a summary of what happened."""

    id: UUID
    code: str
    stage: RouteStage
    happened: PartialDate
    place: str
    how: str


def routes(actor: Actor, case_id: UUID) -> Mapping[str, list[StageView]]:
    """The stages of each survivor of a case by her code, in the order of time. Cost: three queries."""
    rows = HistoricEvent.objects.filter(case_id=case_id, withdrawn_on=None).select_related("person")
    found = list(in_case(actor, "cases:route:see", rows, case_id).order_by("first_on", "id")[:200])
    if not found:
        return {}
    readings.opened(case_id, Compartment.NARRATIVE)
    subject = Subject(office=found[0].office_id, cases=frozenset([case_id]))
    whole = policy.sight(actor, Compartment.NARRATIVE, subject) is Sight.FULL
    opened = sealing.open_rows(found, "place", "how") if whole else [None] * len(found)
    by_code: dict[str, list[StageView]] = {}
    for row, words in zip(found, opened, strict=True):
        view = StageView(
            id=row.id,
            code=row.person.code,
            stage=RouteStage(row.stage),
            happened=PartialDate.parse(row.happened),
            place=words.text("place") if words else "",
            how=words.text("how") if words else "",
        )
        by_code.setdefault(view.code, []).append(view)
    return by_code


def case_of_stage(actor: Actor, stage_id: UUID) -> UUID:
    """The case that a stage belongs to. Raises NotFound."""
    return policy.load(actor, "cases:route:see", HistoricEvent, stage_id).case_id
