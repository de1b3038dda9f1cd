"""Finding an item by the code on its label."""

from __future__ import annotations

from django.urls import reverse

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.evidence.models import EvidenceItem
from amparo.evidence.queries.items import SEE
from amparo.web.sheets import Code, Row


def find_by_code(actor: Actor, code: str) -> Row | None:
    """The item with this code, for who may see it: only that it is there. Cost: one query."""
    row = policy.visible(actor, SEE, EvidenceItem.objects.filter(code=code)).first()
    return None if row is None else Row(title=Code(row.code), url=reverse("evidence:item", args=[row.id]))
