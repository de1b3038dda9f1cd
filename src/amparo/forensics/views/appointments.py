"""Pages of an examination that is planned: when and where, another time, cancelled, begun."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amparo.forensics import commands, forms
from amparo.forensics.queries import appointments, pages
from amparo.forensics.words import Anatomy, Figure
from amparo.partners import queries as partners
from amparo.web.pages import Data, FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb, Notice


def place_of(data: Data) -> Data:
    """What a form says of the place, as the commands take it: the facility's key, and the name that is kept."""
    chosen = UUID(data["facility_id"]) if data.get("facility_id") else None
    name = partners.names_of([chosen]).get(chosen, "") if chosen else ""
    return {"facility": data["facility"] or name, "facility_id": chosen}


def plan(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = pages.begin_head(request.actor, case_id)
    back = reverse("desk:case", args=[case_id])
    page = FormPage(
        title=_("Plan an examination"),
        back=back,
        crumbs=(
            Crumb(_("Cases"), reverse("cases:cases")),
            Crumb(head.code, back, code=True),
            Crumb(_("Plan an examination")),
        ),
        submit=_("Plan it"),
        success=_("It is planned. On the day it stands on Today, and one press begins it."),
        notice=Notice(_("Nothing is asked or examined yet.")),
    )

    def save(data: Data) -> UUID:
        return commands.plan(
            actor=request.actor,
            case_id=case_id,
            person_id=UUID(data["person_id"]),
            planned_at=data["planned_at"],
            figure=Figure(data["figure"]),
            anatomy=Anatomy(data["anatomy"]),
            **place_of(data),
        )

    options = {
        "survivors": pages.survivors(request.actor, case_id),
        "facilities": partners.facility_choices(request.actor),
    }
    return show_form(request, page, forms.PlanForm, save, options=options)


@require_GET
def planned(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    sheet = appointments.planned_page(request.actor, appointment_id)
    return render(request, "web/sheet_page.html", {"sheet": sheet})


@require_POST
def begin_planned(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    """Begin it now; its page then leads to the examination."""
    begun: list[UUID] = []

    def run() -> UUID:
        begun.append(commands.begin_planned(actor=request.actor, appointment_id=appointment_id))
        return begun[0]

    response = act(request, run, reverse("forensics:planned", args=[appointment_id]))
    if begun:
        response["Location"] = reverse("forensics:section", args=[begun[0], "before"])
    return response


def _page(title: str, appointment_id: UUID, submit: str, success: str) -> FormPage:
    back = reverse("forensics:planned", args=[appointment_id])
    return FormPage(
        title=title, back=back, crumbs=(*appointments.crumbs(), Crumb(title)), submit=submit, success=success
    )


def replan(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    facilities = partners.facility_choices(request.actor)
    found = appointments.planned(request.actor, appointment_id, facilities)
    page = _page(_("Another time or place"), appointment_id, _("Save"), _("The appointment is changed."))

    def save(data: Data) -> UUID:
        return commands.replan(
            actor=request.actor,
            appointment_id=appointment_id,
            planned_at=data["planned_at"],
            expected=data["expected"],
            **place_of(data),
        )

    return show_form(
        request,
        page,
        forms.ReplanForm,
        save,
        present=lambda: (found.version, found.values),
        options={"facilities": facilities},
    )


def cancel(request: ActorRequest, appointment_id: UUID) -> HttpResponse:
    appointments.planned(request.actor, appointment_id)
    page = _page(_("Cancel the appointment"), appointment_id, _("Cancel it"), _("It is cancelled."))

    def save(data: Data) -> UUID:
        return commands.cancel(actor=request.actor, appointment_id=appointment_id, reason=data["reason"])

    return show_form(request, page, forms.CancelPlanForm, save)
