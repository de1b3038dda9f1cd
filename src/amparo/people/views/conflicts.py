"""Pages on which somebody who works here says whom she knows, or gives what is compared with the people of cases."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.people import commands, queries
from amparo.people.forms import DeclareForm, OwnDetailsForm
from amparo.web.pages import Data, FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def own_details(request: ActorRequest) -> HttpResponse:
    page = FormPage(
        title=_("Your details for conflict checks"),
        lede=_(
            "Nobody should work on a case of somebody close. What you give here is compared with the people of cases,"
            " without anybody reading it. If something is the same, only supervisors are told. Nothing is compulsory."
        ),
        back=reverse("staff:own"),
        crumbs=(Crumb(_("Your own page"), reverse("staff:own")),),
        success=_("Saved."),
        # What is sent too late is not kept for anybody.
        extra={"kept_for": ""},
    )

    def save(data: Data) -> UUID:
        return commands.save_own_details(actor=request.actor, **data)

    return show_form(request, page, OwnDetailsForm, save, initial=queries.own_details_form(request.actor))


def declare(request: ActorRequest, person_id: UUID) -> HttpResponse:
    code = queries.may_declare(request.actor, person_id)
    page = FormPage(
        title=_("I know this person"),
        back=queries.url_of(person_id),
        crumbs=(Crumb(code, queries.url_of(person_id), code=True),),
        submit=_("I step back"),
        success=_("You see this person and her or his cases no more. Supervisors were told."),
        consequences=(
            _("From now on you see neither this person nor any case of hers or his."),
            _("Supervisors are told. They see what you write here, and may open the way again."),
        ),
        template="web/confirm_page.html",
    )
    return show_form(
        request,
        page,
        DeclareForm,
        lambda data: commands.declare_person(actor=request.actor, person_id=person_id, **data),
        done=lambda _done: "/",
    )
