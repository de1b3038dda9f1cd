"""Pages of a unit: its figures, assessments and feedback."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from amparo.kernel import clock
from amparo.strengthening import commands, forms
from amparo.strengthening.queries import naming
from amparo.strengthening.queries import units as queries
from amparo.strengthening.words import Domain, Occasion
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data, FormPage, Said, pdf, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def unit(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.unit_page(request.actor, unit_id)})


# ---- assessments -------------------------------------------------------------------------------------------


def assessment(request: ActorRequest, assessment_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.assessment_page(request.actor, assessment_id)})


def _assessment_url(assessment_id: UUID | None) -> str:
    return reverse("strengthening:assessment", args=[assessment_id])


def _levels(data: Data) -> dict[str, int | None]:
    return {str(domain): int(data[f"level_{domain}"]) if data[f"level_{domain}"] else None for domain in Domain}


def _notes(data: Data) -> dict[str, str]:
    return {str(domain): data[f"note_{domain}"] for domain in Domain}


def assess(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    naming.check_may(request.actor, queries.ASSESS)
    crumbs = queries.crumbs(unit_id, Crumb(_("Assess the unit")))

    def save(data: Data) -> UUID:
        return commands.assess_unit(
            actor=request.actor,
            unit_id=unit_id,
            occasion=Occasion(data["occasion"]),
            on=data["on"],
            levels=_levels(data),
            notes=_notes(data),
            assessors=data["assessors"],
        )

    page = FormPage(
        _("Assess the unit"),
        reverse("strengthening:unit", args=[unit_id]),
        crumbs=crumbs,
        lede=_("Choose the level that describes best what you saw. Leave out what you did not look at."),
        success=_("The assessment is kept."),
    )
    return show_form(request, page, forms.AssessForm, save, done=_assessment_url, initial={"on": clock.today()})


def change_assessment(request: ActorRequest, assessment_id: UUID) -> HttpResponse:
    unit_id, _version, _values = queries.assessment_form(request.actor, assessment_id)

    def save(data: Data) -> UUID:
        return commands.change_assessment(
            actor=request.actor,
            assessment_id=assessment_id,
            expected=data["expected"],
            on=data["on"],
            levels=_levels(data),
            notes=_notes(data),
            assessors=data["assessors"],
        )

    page = FormPage(
        _("Correct the assessment"),
        _assessment_url(assessment_id),
        crumbs=queries.crumbs(unit_id, Crumb(_("Correct the assessment"))),
        success=_("The assessment is corrected."),
    )
    return show_form(
        request,
        page,
        forms.AssessForm,
        save,
        present=lambda: queries.assessment_form(request.actor, assessment_id)[1:],
        options={"with_occasion": False},
    )


# ---- feedback ----------------------------------------------------------------------------------------------


def _sheet_url(sheet_id: UUID | None) -> str:
    return reverse("strengthening:sheet", args=[sheet_id])


def sheet(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.sheet_page(request.actor, sheet_id)})


@require_GET
def sheet_paper(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    body = queries.paper(request.actor, sheet_id)
    return pdf(body, "feedback.pdf", inline=True)


def draft_sheet(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    naming.check_may(request.actor, queries.SHEET_CHANGE)
    title = _("Feedback sheet")
    page = FormPage(
        title,
        reverse("strengthening:unit", args=[unit_id]),
        crumbs=queries.crumbs(unit_id, Crumb(title)),
        lede=_("What the complete files of a period show, for the unit itself: what went well comes first."),
        submit=_("Draft it"),
        success=_("The sheet is drafted."),
    )

    def save(data: Data) -> UUID:
        return commands.draft_sheet(actor=request.actor, unit_id=unit_id, **data)

    return show_form(request, page, forms.DraftSheetForm, save, done=_sheet_url, initial={"until_on": clock.today()})


def _page(
    request: ActorRequest, sheet_id: UUID, permission: str, title: Said, success: Said, submit: Said = ""
) -> FormPage:
    unit_id, _version, _values = queries.sheet_form(request.actor, permission, sheet_id)
    crumbs = queries.crumbs(unit_id, Crumb(_("Feedback"), _sheet_url(sheet_id)), Crumb(title))
    return FormPage(title, _sheet_url(sheet_id), crumbs=crumbs, submit=submit, success=success)


def change_sheet(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    page = _page(request, sheet_id, queries.SHEET_CHANGE, _("Change the sheet"), _("The sheet is changed."))

    def save(data: Data) -> UUID:
        return commands.change_sheet(actor=request.actor, sheet_id=sheet_id, **data)

    return show_form(
        request,
        page,
        forms.SheetWordsForm,
        save,
        present=lambda: queries.sheet_form(request.actor, queries.SHEET_CHANGE, sheet_id)[1:],
    )


def validate_sheet(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    page = _page(
        request,
        sheet_id,
        queries.SHEET_CHANGE,
        _("Validate with the unit"),
        _("It is validated. The files of its period stay as they are."),
        _("They have seen it"),
    )

    def save(data: Data) -> UUID:
        return commands.validate_sheet(actor=request.actor, sheet_id=sheet_id, **data)

    return show_form(request, page, forms.ValidateForm, save, initial={"on": clock.today()})


def publish_sheet(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    unit_id, _version, _values = queries.sheet_form(request.actor, queries.SHEET_PUBLISH, sheet_id)
    title = _("Publish the figures")
    page = FormPage(
        title,
        _sheet_url(sheet_id),
        crumbs=queries.crumbs(unit_id, Crumb(_("Feedback"), _sheet_url(sheet_id)), Crumb(title)),
        submit=title,
        success=_("The figures may be published."),
        template="web/confirm_page.html",
        consequences=[
            _("The unit has seen these figures and said what it thinks of them."),
            _("They may be counted in what leaves this house, together with others, never file by file."),
        ],
    )
    return show_form(
        request, page, EmptyForm, lambda _data: commands.publish_sheet(actor=request.actor, sheet_id=sheet_id)
    )
