"""The page on which somebody takes a consent back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.cases import queries as cases
from amparo.cases.views.around import crumbs
from amparo.journeys.withdrawing import withdraw_consent
from amparo.kernel.errors import NotFound
from amparo.referrals import queries as referrals
from amparo.web.forms import EmptyForm
from amparo.web.pages import FormPage, show_form
from amparo.web.requests import ActorRequest


def withdraw(request: ActorRequest, basis_id: UUID) -> HttpResponse:
    """What stops and what is out already, as far as the reader may know of it; then one button."""
    case_id = cases.case_of_basis(request.actor, basis_id)
    head = cases.case_head(request.actor, case_id)
    if not policy.decide(request.actor, "cases:basis:record", head.subject).allowed:
        raise NotFound
    page = FormPage(
        title=_("She takes her consent back"),
        back=reverse("cases:consents", args=[case_id]),
        crumbs=crumbs(head),
        submit=_("She takes it back"),
        success=_("Withdrawn. From now on nothing more is given or written on this basis."),
        grave=True,
        template="web/confirm_page.html",
        consequences=(
            _("It holds no more from this moment, also when she only says it."),
            _("What has not left on it stops: referrals and releases that wait."),
            *referrals.resting_on(request.actor, basis_id),
        ),
    )
    return show_form(request, page, EmptyForm, lambda data: withdraw_consent(actor=request.actor, basis_id=basis_id))
