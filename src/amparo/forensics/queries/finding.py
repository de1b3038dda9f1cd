"""Finding an examination or a report of one by its code."""

from __future__ import annotations

from django.urls import reverse

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.forensics.models import Examination, Release
from amparo.forensics.queries.reach import GIVE, READ, SEE
from amparo.web.sheets import Code, Row


def find_by_code(actor: Actor, code: str) -> Row | None:
    """The examination with this code, for who may see it: only that it is there. Cost: one query."""
    row = policy.visible(actor, SEE, Examination.objects.filter(code=code)).first()
    return None if row is None else Row(title=Code(row.code), url=reverse("forensics:exam", args=[row.id]))


def find_release_by_code(actor: Actor, code: str) -> Row | None:
    """The release with this code, for its recipient and for who gave it. Cost: two queries at most."""
    rows = Release.objects.filter(code=code)
    row = policy.visible(actor, READ, rows).first() or policy.visible(actor, GIVE, rows).first()
    return None if row is None else Row(title=Code(row.code), url=reverse("forensics:release", args=[row.id]))
