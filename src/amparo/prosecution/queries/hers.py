"""A survivor's own days in court, for the copy that she gets of what is her own."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.prosecution.models import Hearing
from amparo.prosecution.queries.file import HEARING_SEE
from amparo.prosecution.queries.given import concerned_by
from amparo.prosecution.words import PURPOSE_LABELS, HearingState
from amparo.web import formats


def days_of_hers(actor: Actor, case_id: UUID, person_id: UUID) -> list[tuple[str, str]]:
    """Hearings to come that concern her: when and what for; not against whom, and nothing of the file."""
    listed = Hearing.objects.filter(case_id=case_id, state=HearingState.LISTED, listed_at__gte=clock.now())
    rows = list(policy.visible(actor, HEARING_SEE, listed).order_by("listed_at", "id"))
    concerned = concerned_by(actor, case_id, {row.proceeding_id for row in rows}) if rows else {}
    zone = timezone.get_current_timezone()
    return [
        (formats.moment(row.listed_at, zone), str(PURPOSE_LABELS[row.purpose]))
        for row in rows
        if person_id in concerned[row.proceeding_id]
    ]
