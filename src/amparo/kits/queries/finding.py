"""Finding a kit or a request to a laboratory by its code."""

from __future__ import annotations

from django.urls import reverse

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kits.models import Kit, LabRequest, UsedKit
from amparo.kits.queries.alarms import page_url
from amparo.kits.queries.reach import REQUEST, SEE, STATUS, STOCK
from amparo.kits.words import BoxState
from amparo.web.sheets import Code, Row


def find_by_code(actor: Actor, code: str) -> Row | None:
    """The kit with this code, on the page of it that is the reader's: as used, as told, or as stock.

    Cost: one query for each of these that she may see at all.
    """
    return _used(actor, code) or _told(actor, code) or _unused(actor, code)


def _used(actor: Actor, code: str) -> Row | None:
    row = policy.visible(actor, SEE, UsedKit.objects.filter(code=code)).first()
    return None if row is None else Row(title=Code(row.code), url=page_url(row.kit_id))


def _told(actor: Actor, code: str) -> Row | None:
    row = policy.visible(actor, STATUS, UsedKit.objects.filter(code=code)).first()
    return None if row is None else Row(title=Code(row.code), url=reverse("kits:status", args=[row.kit_id]))


def _unused(actor: Actor, code: str) -> Row | None:
    unused = Kit.objects.filter(code=code).exclude(state=BoxState.USED)
    row = policy.visible(actor, STOCK, unused).first()
    return None if row is None else Row(title=Code(row.code), url=page_url(row.id))


def find_request_by_code(actor: Actor, code: str) -> Row | None:
    """The request with this code, for who may see it: only that it is there. Cost: one query."""
    row = policy.visible(actor, REQUEST, LabRequest.objects.filter(code=code)).first()
    return None if row is None else Row(title=Code(row.code), url=reverse("kits:request", args=[row.id]))
