"""Pages of mentoring."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.kernel import clock
from amparo.partners import queries as partners
from amparo.strengthening import commands, forms
from amparo.strengthening.queries import mentoring as queries
from amparo.strengthening.queries import naming
from amparo.strengthening.words import Mode, Progress, Skill
from amparo.web.forms import number_of
from amparo.web.pages import Data, FormPage, Said, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def _url(contact_id: UUID | None) -> str:
    return reverse("strengthening:contact", args=[contact_id])


def listing(request: ActorRequest) -> HttpResponse:
    after = number_of(request.GET.get("after"))
    return render(
        request, "web/list_page.html", {"listing": queries.listing(request.actor, request.GET.get("state", ""), after)}
    )


def contact(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.contact_page(request.actor, contact_id)})


def official(request: ActorRequest, official_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.official_page(request.actor, official_id)})


def plan(request: ActorRequest) -> HttpResponse:
    return _plan(request, None)


def plan_in_case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    return _plan(request, case_id)


def _plan(request: ActorRequest, case_id: UUID | None) -> HttpResponse:
    naming.check_may_plan(request.actor, case_id)

    def save(data: Data) -> UUID:
        new = commands.NewContact(
            on=data["on"],
            skill=Skill(data["skill"]),
            mode=Mode(data["mode"]),
            aim=data["aim"],
            unit_id=number_of(data.get("unit_id")),
            official_id=number_of(data.get("official_id")),
            case_id=case_id,
            pseudonym=data.get("pseudonym", ""),
        )
        return commands.plan_contact(actor=request.actor, new=new)

    title = _("Plan a mentoring contact")
    back = reverse("desk:case", args=[case_id]) if case_id else reverse("strengthening:mentoring")
    page = FormPage(
        title,
        back,
        crumbs=(naming.home_crumb(), Crumb(_("Mentoring"), reverse("strengthening:mentoring")), Crumb(title)),
        lede=_("On this case, which others know by its pseudonym.") if case_id else "",
        submit=_("Plan it"),
        success=_("The contact is planned."),
    )
    offered = {
        "units": partners.unit_choices(request.actor),
        "officials": partners.official_choices(request.actor),
        "pseudonyms": [] if case_id else naming.pseudonym_choices(request.actor),
    }
    return show_form(
        request, page, forms.PlanContactForm, save, done=_url, initial={"on": clock.today()}, options=offered
    )


def _page(contact_id: UUID, title: Said, submit: Said, success: Said) -> FormPage:
    crumbs = (*queries.crumbs_of_contact(contact_id), Crumb(title))
    return FormPage(title, _url(contact_id), crumbs=crumbs, submit=submit, success=success)


def change(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    def save(data: Data) -> UUID:
        return commands.change_contact(
            actor=request.actor,
            contact_id=contact_id,
            expected=data["expected"],
            on=data["on"],
            skill=Skill(data["skill"]),
            mode=Mode(data["mode"]),
            aim=data["aim"],
        )

    page = _page(contact_id, _("Change the plan"), _("Save"), _("The plan is changed."))
    return show_form(
        request,
        page,
        forms.ChangeContactForm,
        save,
        present=lambda: queries.contact_form(request.actor, queries.CHANGE, contact_id),
    )


def do(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    _version, values = queries.contact_form(request.actor, queries.CHANGE, contact_id)

    def save(data: Data) -> UUID:
        return commands.do_contact(actor=request.actor, contact_id=contact_id, **data)

    page = _page(contact_id, _("What was done"), _("Save"), _("It is written down, and waits for a review."))
    return show_form(request, page, forms.DoContactForm, save, initial={"on": values["on"]})


def review(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    queries.contact_form(request.actor, queries.REVIEW, contact_id)

    def save(data: Data) -> UUID:
        return commands.review_contact(
            actor=request.actor, contact_id=contact_id, progress=Progress(data["progress"]), review=data["review"]
        )

    page = _page(contact_id, _("Review"), _("Save the review"), _("The contact is reviewed."))
    return show_form(request, page, forms.ReviewContactForm, save)


@require_POST
def cancel(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.cancel_contact(actor=request.actor, contact_id=contact_id),
        _url(contact_id),
        _("It is called off."),
    )


@require_POST
def step_done(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.do_next_step(actor=request.actor, contact_id=contact_id),
        _url(contact_id),
        _("The step is done."),
    )
