"""Assessments and second scorings."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.aftercare import commands, forms
from amparo.aftercare.queries import forms as filled
from amparo.aftercare.queries.days import today
from amparo.aftercare.views.around import page_of
from amparo.kernel.errors import AppError
from amparo.web import formats, pages
from amparo.web.fields import as_validation
from amparo.web.forms import number_of
from amparo.web.pages import Data
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def start_assessment(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        chosen = number_of(data.pop("instrument", ""))
        return commands.start_assessment(actor=request.actor, client_id=client_id, instrument_id=chosen, **data)

    page = page_of(found.place, _("Assess"), submit=_("Begin"))
    return pages.show_form(
        request,
        page,
        forms.StartAssessmentForm,
        save,
        done=lambda key: reverse("aftercare:assessment", args=[key]),
        initial={"rated_on": today()},
        options={"kinds": filled.instrument_choices()},
    )


def assessment(request: ActorRequest, assessment_id: UUID) -> HttpResponse:
    """A draft to its writer as a form, anything else as a page to read."""
    found = filled.assessment_form(request.actor, assessment_id)
    if not (found.is_draft and found.is_own):
        sheet = filled.assessment_sheet(request.actor, assessment_id)
        return render(request, "web/sheet_page.html", {"sheet": sheet})
    if request.method == "POST":
        return _save_assessment(request, found)
    return _assessment_page(request, found, forms.AssessmentForm(initial=dict(found.values), domains=found.domains))


def _assessment_page(
    request: ActorRequest, found: filled.AssessmentForm, form: forms.AssessmentForm, status: int = 200
) -> HttpResponse:
    context = {
        "title": _("Second scoring") if found.is_second else _("Assessment"),
        "lede": found.place.who,
        "found": found,
        "form": form,
        "breadcrumbs": (*found.place.crumbs, Crumb(_("Assessment"))),
        "cancel_url": found.place.url,
        "keep_url": reverse("aftercare:keep_assessment", args=[found.id]),
    }
    return render(request, "aftercare/assessment.html", context, status=status)


def _save_assessment(request: ActorRequest, found: filled.AssessmentForm) -> HttpResponse:
    """Save what is there; with the second button also complete it, if that is possible."""
    form = forms.AssessmentForm(request.POST, initial=dict(found.values), domains=found.domains)
    if not form.is_valid():
        return _assessment_page(request, found, form, status=422)
    act = request.POST.get("act", "")
    complete = act == "complete"
    try:
        commands.save_answers(
            actor=request.actor,
            assessment_id=found.id,
            given=form.given(),
            environment=form.cleaned_data["environment"],
        )
        if complete:
            commands.complete_assessment(actor=request.actor, assessment_id=found.id)
    except AppError as error:
        if error.status not in (409, 422, 503):
            raise
        form.add_error(None, as_validation(error))
        return _assessment_page(request, found, form, status=error.status)
    messages.success(request, _("The assessment is complete.") if complete else _("The draft is saved."))
    here = reverse("aftercare:assessment", args=[found.id])
    following = next((d.code for d in found.domains if act == f"to-{d.code}"), "")
    if following:
        return HttpResponseRedirect(f"{here}#domain-{following}")
    return HttpResponseRedirect(here if complete else found.place.url)


@require_POST
def keep_assessment(request: ActorRequest, assessment_id: UUID) -> HttpResponse:
    """Save a draft from the page while it is being written; without JavaScript the button does the same."""
    found = filled.assessment_form(request.actor, assessment_id)
    form = forms.AssessmentForm(request.POST, domains=found.domains)
    if not form.is_valid():
        return HttpResponse(_("Not saved. Use the button below."), status=200, content_type="text/plain")
    commands.save_answers(
        actor=request.actor,
        assessment_id=assessment_id,
        given=form.given(),
        environment=form.cleaned_data["environment"],
    )
    said = _("Saved %(time)s") % {"time": formats.clock(timezone.localtime())}
    return HttpResponse(said, content_type="text/plain")


@require_POST
def second_scoring(request: ActorRequest, assessment_id: UUID) -> HttpResponse:
    here = reverse("aftercare:assessment", args=[assessment_id])
    made: list[UUID] = []

    def start() -> UUID:
        made.append(commands.start_second_scoring(actor=request.actor, assessment_id=assessment_id))
        return made[0]

    response = pages.act(request, start, here)
    return HttpResponseRedirect(reverse("aftercare:assessment", args=made)) if made else response
