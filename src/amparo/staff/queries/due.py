"""What the settings ask of the desk: helplines to call again before strangers stop seeing them."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.staff.queries.settings import all_helplines
from amparo.web import formats
from amparo.web.sheets import Code, Due, Name

CHANGE = "staff:setting:change"
# A fortnight leaves time for a number that has changed.
SOON = timedelta(days=14)


def due_for(actor: Actor, until: date) -> list[Due]:
    """Helplines whose last call is too old, or soon will be. Cost: one query, none for who can't change settings."""
    if not policy.decide(actor, CHANGE, Subject(office=actor.office_id)).allowed:
        return []
    today = clock.today()
    before = max(until, today + SOON)
    found = []
    for one in all_helplines():
        if not one.is_active or one.shown_until > before:
            continue
        is_shown = one.is_shown(today)
        shown = _("Shown to strangers until %(day)s.") % {"day": formats.near_day(one.shown_until, today)}
        found.append(
            Due(
                one.shown_until,
                (_("Call a helpline:"), Name(one.name), Code(one.number)),
                shown if is_shown else _("Strangers no longer see it."),
                reverse("staff:change_helpline", args=[one.code]),
                _("I called it"),
                "soon" if is_shown else "late",
            )
        )
    return found
