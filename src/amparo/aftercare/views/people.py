"""Who is enrolled, and her page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from amparo.aftercare import commands, forms, queries
from amparo.aftercare.queries import forms as filled
from amparo.aftercare.queries.days import today
from amparo.aftercare.views.around import change_form, page_of
from amparo.web import pages
from amparo.web.forms import number_of
from amparo.web.pages import Data
from amparo.web.requests import ActorRequest


@require_GET
def clients(request: ActorRequest) -> HttpResponse:
    """Everybody enrolled whom the reader works with, the most urgent first."""
    listing = queries.due_list(request.actor, number_of(request.GET.get("after")))
    return render(request, "web/list_page.html", {"listing": listing})


@require_GET
def person(request: ActorRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """One person's aftercare."""
    sheet = queries.person_page(request.actor, case_id, person_id)
    return render(request, "web/sheet_page.html", {"sheet": sheet})


def enrol(request: ActorRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    found = filled.of_enrolment(request.actor, case_id, person_id)

    def save(data: Data) -> UUID:
        return commands.enrol(actor=request.actor, case_id=case_id, person_id=person_id, **data)

    page = page_of(
        found.place,
        _("Enrol in aftercare"),
        submit=_("Enrol"),
        consequences=(
            gettext_lazy("The first assessment and a safety plan are due at once."),
            gettext_lazy("She or he can end it at any time, and loses no other help by that."),
        ),
    )
    return pages.show_form(request, page, forms.EnrolForm, save, initial={"on": today()})


def end_client(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        return commands.end_client(actor=request.actor, client_id=client_id, **data)

    page = page_of(
        found.place,
        _("End aftercare"),
        submit=_("End aftercare"),
        consequences=(
            gettext_lazy("Nothing that was written is lost."),
            gettext_lazy("Follow-ups that are planned stay."),
        ),
        template="web/confirm_page.html",
    )
    return pages.show_form(request, page, forms.EndClientForm, save, initial={"on": today()})


def task(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        assigned = UUID(data.pop("assigned_id"))
        return commands.set_task(actor=request.actor, client_id=client_id, assigned_id=assigned, **data)

    team = filled.team_choices(request.actor, client_id)
    return change_form(
        request,
        found,
        _("Set a task"),
        forms.TaskForm,
        save,
        options={"team": team},
        success=_("The task is set."),
    )
