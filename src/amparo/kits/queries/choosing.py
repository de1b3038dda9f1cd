"""Kits in stock, as choices and as lists."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kits.models import Kit
from amparo.kits.queries.reach import STOCK
from amparo.kits.words import BoxState
from amparo.vault import sealing
from amparo.web import formats

MOST = 200


def kit_choices(actor: Actor, facility_id: UUID | None) -> list[tuple[str, str]]:
    """Kits in stock at a facility, or at all of the office's, that expire first come first. Cost: two queries."""
    rows = policy.visible(actor, STOCK, Kit.objects.filter(state=BoxState.AT_FACILITY))
    if facility_id is not None:
        rows = rows.filter(facility_id=facility_id)
    found = list(rows.order_by("expires_on", "id")[:MOST])
    opened = sealing.open_rows(found, "serial")
    return [
        (
            str(kit.id),
            _("%(serial)s (%(code)s), good until %(day)s")
            % {"serial": words.text("serial"), "code": kit.code, "day": formats.day(kit.expires_on)},
        )
        for kit, words in zip(found, opened, strict=True)
    ]


def kits_coming(actor: Actor, facility_id: UUID) -> list[UUID]:
    """Kits that are on their way to a facility. Cost: one query."""
    rows = policy.visible(actor, STOCK, Kit.objects.filter(state=BoxState.ON_THE_WAY, facility_id=facility_id))
    return list(rows.order_by("id").values_list("id", flat=True)[:MOST])


def kits_expired(actor: Actor, facility_id: UUID, before: date) -> list[UUID]:
    """Kits in stock at a facility that expired before a day. Cost: one query."""
    rows = Kit.objects.filter(state=BoxState.AT_FACILITY, facility_id=facility_id, expires_on__lt=before)
    return list(policy.visible(actor, STOCK, rows).order_by("id").values_list("id", flat=True)[:MOST])
