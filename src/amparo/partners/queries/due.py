"""What partners ask of the desk: agreements to review before nothing may be released by them any more."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.access.policy import has
from amparo.kernel import clock
from amparo.partners.models import Agreement
from amparo.partners.queries.agreement import CHANGE
from amparo.partners.queries.choices import agency_names
from amparo.partners.words import AgreementState, State
from amparo.vault import sealing
from amparo.vault.prepared import DAY
from amparo.web.sheets import Due, Name, Text

MOST = 100
# A review with an agency takes its time.
SOON = timedelta(days=30)

# What was agreed with an agency that is not active releases nothing, whatever the day of its review.
_DUE = OfReader(
    CHANGE,
    Agreement,
    lambda rows, day: (
        rows.filter(state=AgreementState.SIGNED, agency__state=State.ACTIVE, review_on__lte=day)
        .order_by("review_on", "id")[:MOST]
    ),
    DAY,
)  # fmt: skip


def due_for(actor: Actor, until: date) -> list[Due]:
    """Agreements past the day of their review, or soon to be. Cost: four queries, none for who reviews none."""
    if not has(actor, CHANGE):
        return []
    today = clock.today()
    rows = _DUE.rows(actor, max(until, today + SOON))
    if not rows:
        return []
    agencies = agency_names({row.agency_id for row in rows})
    return [
        Due(
            row.review_on,
            (_("Review an agreement:"), Name(words.text("title"))),
            _meta(agencies.get(row.agency_id, ""), is_late=row.review_on < today),
            reverse("partners:agreement", args=[row.id]),
            _("Open"),
            "late" if row.review_on < today else "soon",
        )
        for row, words in zip(rows, sealing.open_rows(rows, "title"), strict=True)
    ]


def _meta(agency: str, *, is_late: bool) -> Text:
    return (Name(agency), "·", _("Nothing is released by it now.")) if is_late else Name(agency)
