"""What data protection asks of the desk: the clock of what got out, what a second person closes, reviews."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.protection import rules
from amparo.protection.models import Breach, ImpactAssessment
from amparo.protection.queries.breaches import UNDECIDED, clock_said, urgency_of
from amparo.protection.queries.reach import CHANGE, CLOSE, DECIDE, breach_url
from amparo.protection.words import State
from amparo.staff import queries as staff
from amparo.vault import sealing
from amparo.web.sheets import Code, Due, Name

MOST = 50
# An assessment takes its time.
SOON = timedelta(days=30)


def due_for(actor: Actor, until: date) -> list[Due]:
    """What got out and nobody has decided on, whatever the day, and assessments to look at again.

    Cost: some six queries, none for who decides on neither.
    """
    return [*_running(actor), *_reviews(actor, until)]


def _running(actor: Actor) -> list[Due]:
    if not policy.has(actor, DECIDE):
        return []
    rows = policy.visible(actor, DECIDE, Breach.objects.filter(state__in=UNDECIDED))
    hours, now = staff.breach_hours(), clock.now()
    return [
        Due(
            clock.day_of(rules.tell_by(row.noticed_at, hours)),
            (_("Something may have got out:"), Code(row.code)),
            clock_said(row, hours, now),
            breach_url(row.id),
            _("Assess the risk") if row.state == State.OPEN else _("Say who was told"),
            urgency_of(row, hours, now),
        )
        for row in rows.order_by("noticed_at", "id")[:MOST]
    ]


def _reviews(actor: Actor, until: date) -> list[Due]:
    if not policy.has(actor, CHANGE):
        return []
    today = clock.today()
    rows = policy.visible(actor, CHANGE, ImpactAssessment.objects.filter(review_on__lte=max(until, today + SOON)))
    found = list(rows.order_by("review_on", "id")[:MOST])
    return [
        Due(
            row.review_on,
            (_("Look at an impact assessment again:"), Name(words.text("title"))),
            "",
            reverse("protection:assessment", args=[row.id]),
            _("Open"),
            "late" if row.review_on < today else "soon",
        )
        for row, words in zip(found, sealing.open_rows(found, "title"), strict=True)
    ]


def waiting_for(actor: Actor) -> list[Due]:
    """What others decided and a second person closes. Cost: one query, none for who closes none."""
    if not policy.has(actor, CLOSE):
        return []
    rows = policy.visible(actor, CLOSE, Breach.objects.filter(state=State.DECIDED))
    return [
        Due(
            None,
            (_("Close what got out:"), Code(row.code)),
            _("A second person looks at who was told, and closes it."),
            breach_url(row.id),
            _("Read and close"),
        )
        for row in rows.exclude(decided_by=actor.account_id).order_by("decided_at", "id")[:MOST]
    ]
