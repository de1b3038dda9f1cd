"""Pages of data protection."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from amparo.protection import commands, forms, queries
from amparo.protection.commands import Assessing, Assessment, Decision
from amparo.protection.words import Risk, Telling
from amparo.web.forms import number_of
from amparo.web.pages import UNSEEN, Data, FormPage, Said, act, seen_version, show_form
from amparo.web.requests import ActorRequest

LIST, SHEET = "web/list_page.html", "web/sheet_page.html"


def _breach_url(key: UUID | None) -> str:
    return reverse("protection:breach", args=[key])


@require_GET
def breaches(request: ActorRequest) -> HttpResponse:
    listing = queries.breaches(request.actor, number_of(request.GET.get("after")))
    return render(request, LIST, {"listing": listing})


@require_GET
def breach(request: ActorRequest, breach_id: UUID) -> HttpResponse:
    return render(request, SHEET, {"sheet": queries.breach_page(request.actor, breach_id)})


def report(request: ActorRequest) -> HttpResponse:
    queries.check_report(request.actor)
    page = FormPage(
        _("Something may have got out"),
        "/",
        lede=_("Say it at once, also when you are not sure. Nobody is blamed for saying it."),
        submit=_("Tell data protection"),
        success=_("Data protection was told. Thank you for saying it."),
    )
    return show_form(
        request,
        page,
        forms.ReportForm,
        lambda data: commands.report_breach(actor=request.actor, **data),
        done=_breach_url,
    )


def _page(request: ActorRequest, permission: str, breach_id: UUID, title: Said, success: Said) -> FormPage:
    head = queries.head_of(request.actor, permission, breach_id)
    back = _breach_url(breach_id)
    return FormPage(title, back, lede=head.lede, crumbs=head.crumbs, submit=_("Save"), success=success)


def assess(request: ActorRequest, breach_id: UUID) -> HttpResponse:
    page = _page(request, queries.DECIDE, breach_id, _("Assess the risk"), _("It is assessed. Say now who is told."))

    def save(data: Data) -> UUID:
        found = Assessment(data["kinds"], Risk(data["risk"]), data["people"], data["risk_words"], data["done"])
        return commands.assess_breach(actor=request.actor, breach_id=breach_id, expected=data["expected"], found=found)

    return show_form(
        request, page, forms.AssessForm, save, present=lambda: queries.assess_form(request.actor, breach_id)
    )


def decide(request: ActorRequest, breach_id: UUID) -> HttpResponse:
    page = _page(request, queries.DECIDE, breach_id, _("Who was told?"), _("A second person closes it now."))

    def save(data: Data) -> UUID:
        decision = Decision(
            authority=Telling(data["authority"]),
            people=Telling(data["people"]),
            authority_at=data["authority_at"],
            people_on=data["people_on"],
            authority_reason=data["authority_reason"],
            people_reason=data["people_reason"],
        )
        return commands.decide_breach(
            actor=request.actor, breach_id=breach_id, expected=data["expected"], decision=decision
        )

    return show_form(
        request, page, forms.DecideForm, save, present=lambda: queries.decide_form(request.actor, breach_id)
    )


def close(request: ActorRequest, breach_id: UUID) -> HttpResponse:
    page = _page(request, queries.CLOSE, breach_id, _("Close it"), _("It is closed."))
    return show_form(
        request,
        page,
        forms.CloseForm,
        lambda data: commands.close_breach(actor=request.actor, breach_id=breach_id, **data),
        present=lambda: queries.close_form(request.actor, breach_id),
    )


# ---- impact assessments ------------------------------------------------------------------------------------


def _assessment_url(key: UUID | None) -> str:
    return reverse("protection:assessment", args=[key])


@require_GET
def assessments(request: ActorRequest) -> HttpResponse:
    return render(request, LIST, {"listing": queries.assessments(request.actor)})


@require_GET
def assessment(request: ActorRequest, assessment_id: UUID) -> HttpResponse:
    return render(request, SHEET, {"sheet": queries.assessment_page(request.actor, assessment_id)})


def add_assessment(request: ActorRequest) -> HttpResponse:
    queries.check_change(request.actor)
    page = FormPage(
        _("Write an assessment"),
        reverse("protection:assessments"),
        lede=_("Before something new is done with people's data, and again when it changes."),
        crumbs=queries.assessment_crumbs(request.actor),
        submit=_("Save"),
        success=_("It is written. Somebody signs it now."),
    )
    return show_form(
        request,
        page,
        forms.AssessmentForm,
        lambda data: commands.write_assessment(actor=request.actor, said=Assessing(**data)),
        done=_assessment_url,
    )


def change_assessment(request: ActorRequest, assessment_id: UUID) -> HttpResponse:
    page = FormPage(
        _("Change it, or look at it again"),
        _assessment_url(assessment_id),
        lede=_("It has to be signed again afterwards."),
        crumbs=queries.assessment_crumbs(request.actor),
        submit=_("Save"),
        success=_("It is changed. Somebody signs it now."),
    )

    def save(data: Data) -> UUID:
        expected = data.pop("expected")
        said = Assessing(**data)
        return commands.change_assessment(
            actor=request.actor, assessment_id=assessment_id, expected=expected, said=said
        )

    return show_form(
        request, page, forms.AssessmentForm, save, present=lambda: queries.assessment_form(request.actor, assessment_id)
    )


@require_POST
def sign(request: ActorRequest, assessment_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.sign_assessment(
            actor=request.actor, assessment_id=assessment_id, expected=seen_version(request, UNSEEN)
        ),
        _assessment_url(assessment_id),
        _("It is signed, as it stands."),
    )
