"""The page that says what handing a caseload over will do, and does it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.journeys import handing_over
from amparo.kernel.errors import NotFound, Refused
from amparo.staff.queries import organisation as pages
from amparo.web.forms import EmptyForm
from amparo.web.pages import FormPage, show_form
from amparo.web.requests import ActorRequest


def hand_over(request: ActorRequest, leaving_id: UUID, taking_id: UUID) -> HttpResponse:
    if not policy.has(request.actor, "access:grant:give"):
        raise Refused(permission="access:grant:give")
    known = {key for key, _name in pages.hand_over_choices(request.actor)}
    if leaving_id == taking_id or not {str(leaving_id), str(taking_id)} <= known:
        raise NotFound(permission="access:grant:give")
    count, lines = pages.hand_over_consequences(request.actor, leaving_id, taking_id)
    page = FormPage(
        title=_("Hand over a caseload"),
        back=reverse("staff:hand_over"),
        crumbs=(pages.organisation_crumb(),),
        submit=_("Hand over"),
        success=_("The caseload was handed over."),
        grave=True,
        consequences=lines,
        template="web/confirm_page.html" if count else "staff/nothing_to_hand_over.html",
    )
    return show_form(
        request,
        page,
        EmptyForm,
        lambda _data: handing_over.hand_over_caseload(actor=request.actor, leaving_id=leaving_id, taking_id=taking_id),
        done=lambda _id: reverse("staff:organisation"),
    )
