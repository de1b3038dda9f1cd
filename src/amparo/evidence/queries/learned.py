"""How many things and statements a case holds: what observing the work of a unit begins with. No words are opened."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.evidence.models import EvidenceItem
from amparo.evidence.words import Category
from amparo.kernel.words import Compartment

SEE = "evidence:item:see"


@dataclass(frozen=True, slots=True)
class Held:
    """Objects and samples with the day on which they were found, and statements."""

    found: int
    statements: int


def held(actor: Actor, case_id: UUID) -> Held | None:
    """What a case holds; None where the reader may not know of it. Cost: one query."""
    head = cases.case_head(actor, case_id)
    if not policy.decide(actor, SEE, head.part(Compartment.EVIDENCE)).allowed:
        return None
    rows = cases.in_case(actor, SEE, EvidenceItem.objects.filter(case_id=case_id), case_id)
    kinds = list(rows.values_list("category", "found"))
    return Held(
        found=sum(1 for kind, found in kinds if kind in (Category.PHYSICAL, Category.BIOLOGICAL) and found),
        statements=sum(1 for kind, _found in kinds if kind == Category.TESTIMONIAL),
    )
