"""Pages of aftercare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from amparo.aftercare import commands, forms, queries
from amparo.aftercare.queries import forms as filled
from amparo.aftercare.queries.days import today
from amparo.aftercare.queries.forms import Filled, Place
from amparo.aftercare.queries.instruments import house_file
from amparo.kernel.errors import AppError
from amparo.web import formats, pages
from amparo.web.fields import as_validation
from amparo.web.forms import EmptyForm, Form, number_of
from amparo.web.pages import Data, FormPage
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Button, Crumb, Notice

Said = str | Promise


def _page(place: Place, title: Said, **more: Any) -> FormPage:
    """A form page that belongs to somebody: her name above it, her page behind it."""
    lede = more.pop("lede", place.who)
    return FormPage(title=title, back=place.url, lede=lede, crumbs=(*place.crumbs, Crumb(title)), **more)


def _change(
    request: ActorRequest,
    found: Filled,
    title: Said,
    form: type[Form],
    save: Callable[[Data], UUID | None],
    *,
    compare: bool = False,
    options: dict[str, Any] | None = None,
    **more: Any,
) -> HttpResponse:
    """Show a form about a row; with `compare` it is refused where somebody was faster."""
    page = _page(found.place, title, **more)
    values = dict(found.values or {})
    if compare:
        return pages.show_form(request, page, form, save, present=lambda: (found.version, values), options=options)
    return pages.show_form(request, page, form, save, initial=values, options=options)


# ---- who is enrolled ---------------------------------------------------------------------------------------


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

    page = _page(
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

    page = _page(
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
    return _change(
        request,
        found,
        _("Set a task"),
        forms.TaskForm,
        save,
        options={"team": team},
        success=_("The task is set."),
    )


# ---- safety plans ------------------------------------------------------------------------------------------


def write_safety(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        return commands.draft_safety_plan(actor=request.actor, client_id=client_id, **data)

    return _change(request, found, _("Safety plan"), forms.SafetyPlanForm, save, submit=_("Save the draft"))


def change_safety(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_safety_plan(request.actor, plan_id)

    def save(data: Data) -> UUID:
        return commands.change_safety_plan(actor=request.actor, plan_id=plan_id, **data)

    return _change(
        request, found, _("Safety plan"), forms.SafetyPlanForm, save, compare=True, submit=_("Save the draft")
    )


def agree_safety(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_safety_plan(request.actor, plan_id)

    def save(data: Data) -> UUID:
        return commands.agree_safety_plan(actor=request.actor, plan_id=plan_id, **data)

    page = _page(found.place, _("She or he agrees to the safety plan"), submit=_("It is agreed"))
    return pages.show_form(request, page, forms.AgreeForm, save)


def review_safety(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_safety_plan(request.actor, plan_id)

    def save(data: Data) -> UUID:
        return commands.review_safety_plan(actor=request.actor, plan_id=plan_id, **data)

    page = _page(found.place, _("Review the safety plan"), submit=_("It is reviewed"))
    return pages.show_form(request, page, forms.ReviewForm, save)


def retire_safety(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_safety_plan(request.actor, plan_id)

    def save(_data: Data) -> UUID:
        return commands.retire_safety_plan(actor=request.actor, plan_id=plan_id)

    page = _page(
        found.place,
        _("Retire the safety plan"),
        submit=_("Retire it"),
        consequences=(gettext_lazy("Until another one is agreed, there is no plan for an emergency."),),
    )
    return pages.show_form(request, page, EmptyForm, save)


# ---- care plans and goals ----------------------------------------------------------------------------------


def write_plan(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        return commands.draft_care_plan(actor=request.actor, client_id=client_id, **data)

    return _change(request, found, _("Care plan"), forms.CarePlanForm, save, submit=_("Save the draft"))


def change_plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_care_plan(request.actor, plan_id)

    def save(data: Data) -> UUID:
        return commands.change_care_plan(actor=request.actor, plan_id=plan_id, **data)

    return _change(
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

    def save(data: Data) -> UUID:
        return commands.set_goal(actor=request.actor, plan_id=plan_id, **data)

    page = _page(found.place, _("Add a goal"), submit=_("Add it"))
    return pages.show_form(request, page, forms.GoalForm, save)


def agree_plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_care_plan(request.actor, plan_id)

    def save(data: Data) -> UUID:
        return commands.agree_care_plan(actor=request.actor, plan_id=plan_id, **data)

    page = _page(found.place, _("She or he agrees to the care plan"), submit=_("It is agreed"))
    return pages.show_form(request, page, forms.AgreeForm, save)


def approve_plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    place, section = filled.plan_to_approve(request.actor, plan_id)

    def save(data: Data) -> UUID:
        decide = commands.approve_care_plan if data["approved"] == "yes" else commands.return_care_plan
        return decide(actor=request.actor, plan_id=plan_id, answer=data["answer"])

    page = _page(
        place,
        _("Care plan to approve"),
        submit=_("Decide"),
        template="aftercare/read_first.html",
        extra={"section": section},
    )
    return pages.show_form(request, page, forms.ApprovalForm, save)


def review_plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_care_plan(request.actor, plan_id)

    def save(data: Data) -> UUID:
        return commands.review_care_plan(actor=request.actor, plan_id=plan_id, **data)

    page = _page(found.place, _("Review the care plan"), submit=_("It is reviewed"))
    return pages.show_form(request, page, forms.ReviewForm, save)


def end_plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = filled.of_care_plan(request.actor, plan_id)

    def save(_data: Data) -> UUID:
        return commands.end_care_plan(actor=request.actor, plan_id=plan_id)

    page = _page(
        found.place,
        _("End the care plan"),
        submit=_("End it"),
        consequences=(gettext_lazy("Its goals stay to be read. A new plan can be written."),),
    )
    return pages.show_form(request, page, EmptyForm, save)


def goal(request: ActorRequest, goal_id: UUID) -> HttpResponse:
    found = filled.of_goal(request.actor, goal_id)

    def save(data: Data) -> UUID:
        return commands.move_goal(actor=request.actor, goal_id=goal_id, **data)

    return _change(request, found, _("How far is this goal?"), forms.GoalProgressForm, save, lede=found.about)


# ---- services ----------------------------------------------------------------------------------------------


def plan_service(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        goal_id = number_of(data.pop("goal_id", ""))
        return commands.plan_service(actor=request.actor, client_id=client_id, goal_id=goal_id, **data)

    goals = filled.goal_choices(request.actor, client_id)
    return _change(
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

    return _change(
        request,
        found,
        _("What became of this service?"),
        forms.ServiceStateForm,
        save,
        lede=found.about,
        options={"steps": found.choices},
    )


# ---- assessments -------------------------------------------------------------------------------------------


def start_assessment(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        chosen = number_of(data.pop("instrument", ""))
        return commands.start_assessment(actor=request.actor, client_id=client_id, instrument_id=chosen, **data)

    page = _page(found.place, _("Assess"), submit=_("Begin"))
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


# ---- restoration, follow-up, placement ---------------------------------------------------------------------


def decide(request: ActorRequest, client_id: UUID) -> HttpResponse:
    recent = filled.recent_choices(request.actor, client_id)
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        cited = UUID(data.pop("assessment_id"))
        return commands.decide_restoration(actor=request.actor, client_id=client_id, assessment_id=cited, **data)

    found = replace(found, values={"assessment_id": recent[0][0] if recent else ""})
    return _change(
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

    page = _page(found.place, _("Plan the follow-up"), submit=_("Plan it"))
    return pages.show_form(request, page, forms.PlanFollowUpsForm, save, initial={"closing_on": today()})


def follow_up(request: ActorRequest, follow_up_id: UUID) -> HttpResponse:
    found = filled.of_follow_up(request.actor, follow_up_id)

    def save(data: Data) -> UUID:
        safe = data.pop("safe")
        return commands.record_follow_up(actor=request.actor, follow_up_id=follow_up_id, is_safe=safe, **data)

    return _change(request, found, _("Follow-up"), forms.FollowUpForm, save, lede=found.about)


def place(request: ActorRequest, client_id: UUID) -> HttpResponse:
    found = filled.of_client(request.actor, client_id)

    def save(data: Data) -> UUID:
        return commands.record_placement(actor=request.actor, client_id=client_id, **data)

    return _change(request, found, _("Where she or he stays"), forms.PlacementForm, save)


def end_placement(request: ActorRequest, placement_id: UUID) -> HttpResponse:
    found = filled.of_placement(request.actor, placement_id)

    def save(data: Data) -> UUID:
        return commands.end_placement(actor=request.actor, placement_id=placement_id, **data)

    return _change(request, found, _("End of a stay"), forms.EndPlacementForm, save, lede=found.about)


# ---- instruments -------------------------------------------------------------------------------------------


@require_GET
def instruments(request: ActorRequest) -> HttpResponse:
    return render(request, "web/list_page.html", {"listing": filled.instrument_list(request.actor)})


@require_GET
def example_instrument(request: ActorRequest) -> HttpResponse:
    """Our own instrument's file, as a pattern for others."""
    filled.instrument_list(request.actor)
    headers = {"Content-Disposition": 'attachment; filename="restoration-profile.toml"'}
    return HttpResponse(house_file(), content_type="application/toml; charset=utf-8", headers=headers)


def add_instrument(request: ActorRequest) -> HttpResponse:
    back = reverse("aftercare:instruments")
    page = FormPage(
        title=_("Add an instrument"),
        back=back,
        lede=_("A file describes its domains, statements and anchors. Once added it never changes."),
        crumbs=(Crumb(_("Instruments"), back), Crumb(_("Add an instrument"))),
        submit=_("Add it"),
        success=_("The instrument is added."),
        notice=Notice(
            _("An example shows all parts of such a file."),
            action=Button(_("Take the example"), reverse("aftercare:example_instrument"), tone="quiet"),
        ),
    )
    filled.instrument_list(request.actor)

    def save(data: Data) -> UUID:
        return commands.add_instrument(actor=request.actor, data=data["file"], acknowledged=data["acknowledged"])

    return pages.show_form(request, page, forms.InstrumentForm, save)
