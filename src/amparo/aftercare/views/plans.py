"""Care plans and their goals."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.aftercare import commands, forms
from amparo.aftercare.queries import forms as filled
from amparo.aftercare.views.around import ask, change_form, page_of
from amparo.web import pages
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data
from amparo.web.requests import ActorRequest


def write_plan(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        return commands.draft_care_plan(actor=request.actor, client_id=client_id, **data)

    return change_form(request, found, _("Care plan"), forms.CarePlanForm, save, submit=_("Save the draft"))


def change_plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_care_plan(request.actor, plan_id)

    def save(data: Data) -> UUID:
        return commands.change_care_plan(actor=request.actor, plan_id=plan_id, **data)

    return change_form(
        request,
        found,
        _("Care plan"),
        forms.CarePlanForm,
        save,
        compare=True,
        consequences=(gettext_lazy("A plan that was agreed is a draft again, and is agreed and approved anew."),),
    )


def add_goal(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_care_plan(request.actor, plan_id)
    run = partial(commands.set_goal, plan_id=plan_id)
    return ask(request, found.place, _("Add a goal"), forms.GoalForm, run, submit=_("Add it"))


def agree_plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_care_plan(request.actor, plan_id)
    run = partial(commands.agree_care_plan, plan_id=plan_id)
    return ask(
        request, found.place, _("She or he agrees to the care plan"), forms.AgreeForm, run, submit=_("It is agreed")
    )


def approve_plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    place, section = filled.plan_to_approve(request.actor, plan_id)

    def save(data: Data) -> UUID:
        decide = commands.approve_care_plan if data["approved"] == "yes" else commands.return_care_plan
        return decide(actor=request.actor, plan_id=plan_id, answer=data["answer"])

    page = page_of(
        place,
        _("Care plan to approve"),
        submit=_("Decide"),
        template="aftercare/read_first.html",
        extra={"section": section},
    )
    return pages.show_form(request, page, forms.ApprovalForm, save)


def review_plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_care_plan(request.actor, plan_id)
    run = partial(commands.review_care_plan, plan_id=plan_id)
    return ask(request, found.place, _("Review the care plan"), forms.ReviewForm, run, submit=_("It is reviewed"))


def end_plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_care_plan(request.actor, plan_id)
    run = partial(commands.end_care_plan, plan_id=plan_id)
    return ask(
        request,
        found.place,
        _("End the care plan"),
        EmptyForm,
        run,
        submit=_("End it"),
        consequences=(gettext_lazy("Its goals stay to be read. A new plan can be written."),),
    )


def goal(request: ActorRequest, goal_id: UUID) -> HttpResponse:
    found = filled.of_goal(request.actor, goal_id)

    def save(data: Data) -> UUID:
        return commands.move_goal(actor=request.actor, goal_id=goal_id, **data)

    return change_form(request, found, _("How far is this goal?"), forms.GoalProgressForm, save, lede=found.about)
