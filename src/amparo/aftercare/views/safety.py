"""Safety plans."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.aftercare import commands, forms
from amparo.aftercare.queries import forms as filled
from amparo.aftercare.views.around import ask, change_form
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data
from amparo.web.requests import ActorRequest


def write_safety(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        return commands.draft_safety_plan(actor=request.actor, client_id=client_id, **data)

    return change_form(request, found, _("Safety plan"), forms.SafetyPlanForm, save, submit=_("Save the draft"))


def change_safety(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_safety_plan(request.actor, plan_id)

    def save(data: Data) -> UUID:
        return commands.change_safety_plan(actor=request.actor, plan_id=plan_id, **data)

    return change_form(
        request, found, _("Safety plan"), forms.SafetyPlanForm, save, compare=True, submit=_("Save the draft")
    )


def agree_safety(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_safety_plan(request.actor, plan_id)
    run = partial(commands.agree_safety_plan, plan_id=plan_id)
    return ask(
        request, found.place, _("She or he agrees to the safety plan"), forms.AgreeForm, run, submit=_("It is agreed")
    )


def review_safety(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_safety_plan(request.actor, plan_id)
    run = partial(commands.review_safety_plan, plan_id=plan_id)
    return ask(request, found.place, _("Review the safety plan"), forms.ReviewForm, run, submit=_("It is reviewed"))


def retire_safety(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_safety_plan(request.actor, plan_id)
    run = partial(commands.retire_safety_plan, plan_id=plan_id)
    return ask(
        request,
        found.place,
        _("Retire the safety plan"),
        EmptyForm,
        run,
        submit=_("Retire it"),
        consequences=(gettext_lazy("Until another one is agreed, there is no plan for an emergency."),),
    )
