"""Services."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from amparo.aftercare import commands, forms
from amparo.aftercare.queries import forms as filled
from amparo.aftercare.views.around import change_form
from amparo.web.forms import number_of
from amparo.web.pages import Data
from amparo.web.requests import ActorRequest


def plan_service(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        goal_id = number_of(data.pop("goal_id", ""))
        return commands.plan_service(actor=request.actor, client_id=client_id, goal_id=goal_id, **data)

    goals = filled.goal_choices(request.actor, client_id)
    return change_form(
        request,
        found,
        _("Plan a service"),
        forms.ServiceForm,
        save,
        options={"goals": goals},
        submit=_("Plan it"),
    )


def service(request: ActorRequest, service_id: UUID) -> HttpResponse:
    found = filled.of_service(request.actor, service_id)

    def save(data: Data) -> UUID:
        return commands.move_service(actor=request.actor, service_id=service_id, **data)

    return change_form(
        request,
        found,
        _("What became of this service?"),
        forms.ServiceStateForm,
        save,
        lede=found.about,
        options={"steps": found.choices},
    )
