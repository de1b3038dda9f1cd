"""The page on which somebody takes a consent back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.cases import queries as cases
from amparo.cases.views.around import crumbs
from amparo.cases.views.consent import what
from amparo.journeys.withdrawing import withdraw_consent
from amparo.kernel.errors import NotFound
from amparo.referrals import queries as referrals
from amparo.web.forms import EmptyForm
from amparo.web.pages import FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Code, Fact, Name


def _facts(request: ActorRequest, case_id: UUID, basis_id: UUID) -> tuple[Fact, ...]:
    """Which consent it is, as the list of consents says it."""
    found = next((one for one in cases.bases(request.actor, case_id) if one.id == basis_id), None)
    if found is None:
        return ()
    code = next((one.code for one in cases.parties(request.actor, case_id) if one.person_id == found.person_id), "")
    return (
        Fact(_("Whose"), Code(code)),
        Fact(_("For what"), what(found)),
        *((Fact(_("To whom"), Name(found.recipient)),) if found.recipient else ()),
    )


def withdraw(request: ActorRequest, basis_id: UUID) -> HttpResponse:
    """What stops and what is out already, as far as the reader may know of it; then one button."""
    case_id = cases.case_of_basis(request.actor, basis_id)
    head = cases.case_head(request.actor, case_id)
    if not policy.decide(request.actor, "cases:basis:record", head.subject).allowed:
        raise NotFound
    resting = (basis_id, *cases.renewed_by(basis_id))
    page = FormPage(
        title=_("She takes her consent back"),
        back=reverse("cases:consents", args=[case_id]),
        crumbs=crumbs(head),
        submit=_("She takes it back"),
        success=_("Withdrawn. From now on nothing more is given or written on this basis."),
        grave=True,
        template="web/confirm_page.html",
        extra={"facts": _facts(request, case_id, basis_id)},
        consequences=(
            _("It holds no more from this moment, also when she only says it."),
            _("What has not left on it stops: referrals and releases that wait."),
            *(said for one in resting for said in referrals.resting_on(request.actor, one)),
        ),
    )
    return show_form(request, page, EmptyForm, lambda data: withdraw_consent(actor=request.actor, basis_id=basis_id))
