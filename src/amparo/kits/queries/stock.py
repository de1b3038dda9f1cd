"""Kits in stock, as choices and as lists."""

from __future__ import annotations

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
