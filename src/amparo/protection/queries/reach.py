"""Who may do what in data protection, and the names of its pages."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.web.sheets import Crumb

REPORT = "protection:breach:report"
SEE = "protection:breach:see"
DECIDE = "protection:breach:decide"
CLOSE = "protection:breach:close"
SEE_ASSESSMENT = "protection:assessment:see"
CHANGE = "protection:assessment:change"
SIGN = "protection:assessment:sign"


def keeps_register(actor: Actor) -> bool:
    """Whether somebody sees the whole register; everybody else sees what she reported herself."""
    return policy.has(actor, SEE_ASSESSMENT)


def breach_url(breach_id: UUID) -> str:
    return reverse("protection:breach", args=[breach_id])


def register_crumbs(actor: Actor) -> tuple[Crumb, ...]:
    label = _("What got out") if keeps_register(actor) else _("What you reported")
    return (Crumb(label, reverse("protection:breaches")),)


def assessment_crumbs(actor: Actor) -> tuple[Crumb, ...]:
    return (
        *register_crumbs(actor),
        Crumb(_("Impact assessments"), reverse("protection:assessments")),
    )
