"""Restoration, follow-up and placement."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from amparo.aftercare import commands, forms
from amparo.aftercare.queries import forms as filled
from amparo.aftercare.queries.days import today
from amparo.aftercare.views.around import change_form, page_of
from amparo.web import pages
from amparo.web.pages import Data
from amparo.web.requests import ActorRequest


def decide(request: ActorRequest, client_id: UUID) -> HttpResponse:
    recent = filled.recent_choices(request.actor, client_id)
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        cited = UUID(data.pop("assessment_id"))
        return commands.decide_restoration(actor=request.actor, client_id=client_id, assessment_id=cited, **data)

    found = replace(found, values={"assessment_id": recent[0][0] if recent else ""})
    return change_form(
        request,
        found,
        _("Decide about restoration"),
        forms.DecisionForm,
        save,
        notice=filled.decision_notice(request.actor, client_id),
        submit=_("Decide"),
        options={"recent": recent},
        success=_("The decision is kept."),
    )


def plan_follow_ups(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        return commands.plan_follow_ups(actor=request.actor, client_id=client_id, **data)

    page = page_of(found.place, _("Plan the follow-up"), submit=_("Plan it"))
    return pages.show_form(request, page, forms.PlanFollowUpsForm, save, initial={"closing_on": today()})


def follow_up(request: ActorRequest, follow_up_id: UUID) -> HttpResponse:
    found = filled.of_follow_up(request.actor, follow_up_id)

    def save(data: Data) -> UUID:
        safe = data.pop("safe")
        return commands.record_follow_up(actor=request.actor, follow_up_id=follow_up_id, is_safe=safe, **data)

    return change_form(request, found, _("Follow-up"), forms.FollowUpForm, save, lede=found.about)


def place(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        return commands.record_placement(actor=request.actor, client_id=client_id, **data)

    return change_form(request, found, _("Where she or he stays"), forms.PlacementForm, save)


def end_placement(request: ActorRequest, placement_id: UUID) -> HttpResponse:
    found = filled.of_placement(request.actor, placement_id)

    def save(data: Data) -> UUID:
        return commands.end_placement(actor=request.actor, placement_id=placement_id, **data)

    return change_form(request, found, _("End of a stay"), forms.EndPlacementForm, save, lede=found.about)
