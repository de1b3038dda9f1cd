"""Agreements: what may be released to an agency, until when, and the paper itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.partners import commands, forms, queries
from amparo.partners.views.around import (
    SHEET,
    agency_url,
    agreement_url,
)
from amparo.partners.words import (
    AgreementKind,
    Level,
)
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data, FormPage, run_once, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Present
from amparo.web.uploads import Reception, stream, takes_files, upload_options


def agreement(request: ActorRequest, agreement_id: UUID) -> HttpResponse:
    return render(request, SHEET, {"sheet": queries.agreement_page(request.actor, agreement_id)})


def _agreement_values(data: Data) -> dict[str, Any]:
    return data | {"kind": AgreementKind(data["kind"]), "level": Level(data["level"])}


def make_agreement(request: ActorRequest, agency_id: UUID) -> HttpResponse:
    queries.check_agency(request.actor, "partners:agreement:change", agency_id)

    def save(data: Data) -> UUID:
        return commands.make_agreement(actor=request.actor, agency_id=agency_id, **_agreement_values(data))

    page = FormPage(
        _("Add an agreement"),
        agency_url(agency_id),
        lede=_("After it was signed: what may be released to this agency, and until when."),
        crumbs=queries.agency_crumbs(request.actor, agency_id),
        submit=_("Add the agreement"),
        success=_("The agreement was added."),
    )
    return show_form(
        request, page, forms.AgreementForm, save, done=lambda key: agreement_url(key) if key else page.back
    )


def change_agreement(request: ActorRequest, agreement_id: UUID) -> HttpResponse:
    queries.agreement_form(request.actor, agreement_id)

    def save(data: Data) -> UUID:
        return commands.change_agreement(actor=request.actor, agreement_id=agreement_id, **_agreement_values(data))

    page = FormPage(
        _("Correct an agreement"),
        agreement_url(agreement_id),
        crumbs=queries.agreement_crumbs(request.actor, agreement_id),
        success=_("The agreement was corrected."),
    )
    return show_form(
        request, page, forms.AgreementForm, save, present=lambda: queries.agreement_form(request.actor, agreement_id)
    )


def review_agreement(request: ActorRequest, agreement_id: UUID) -> HttpResponse:
    queries.agreement_form(request.actor, agreement_id)

    def save(data: Data) -> UUID:
        return commands.review_agreement(actor=request.actor, agreement_id=agreement_id, **data)

    def present() -> Present:
        return queries.agreement_form(request.actor, agreement_id)[0], {}

    page = FormPage(
        _("An agreement was reviewed"),
        agreement_url(agreement_id),
        lede=_("You went through it with the agency, and it holds as it is. If its terms change, correct it first."),
        crumbs=queries.agreement_crumbs(request.actor, agreement_id),
        submit=_("It holds until then"),
        success=_("The agreement holds until its next review."),
    )
    return show_form(request, page, forms.ReviewForm, save, present=present)


def end_agreement(request: ActorRequest, agreement_id: UUID) -> HttpResponse:
    queries.agreement_form(request.actor, agreement_id)
    page = FormPage(
        _("End an agreement"),
        agreement_url(agreement_id),
        crumbs=queries.agreement_crumbs(request.actor, agreement_id),
        submit=_("End it for good"),
        success=_("The agreement has ended."),
        grave=True,
        template="web/confirm_page.html",
        consequences=[
            _("From now on it releases nothing."),
            _("It can't be taken up again. A new agreement can be added."),
            _("It stays readable, with the day on which it ended."),
        ],
    )
    return show_form(
        request,
        page,
        EmptyForm,
        lambda data: commands.end_agreement(actor=request.actor, agreement_id=agreement_id),
    )


# ---- the paper ---------------------------------------------------------------------------------------------


def _reception(request: ActorRequest, agreement_id: UUID) -> Reception:
    return queries.paper_reception(request.actor, agreement_id)


@takes_files(_reception)
def add_paper(request: ActorRequest, agreement_id: UUID) -> HttpResponse:
    urls = upload_options(request, _reception(request, agreement_id))
    page = FormPage(
        _("Add the signed paper"),
        agreement_url(agreement_id),
        lede=_("A later paper follows an earlier one; none is replaced."),
        crumbs=queries.agreement_crumbs(request.actor, agreement_id),
        submit=_("Add the paper"),
        success=_("The paper was added."),
        extra={"action_url": urls["post_url"]},
    )

    def save(data: Data) -> UUID:
        return commands.add_paper(actor=request.actor, agreement_id=agreement_id, upload_id=data["file"])

    return show_form(request, page, forms.PaperForm, save, options={"put_url": urls["put_url"]})


@require_POST
def open_paper(request: ActorRequest, paper_id: UUID) -> HttpResponseBase:
    """Record the opening, then send the paper."""
    run_once(request, lambda: commands.open_paper(actor=request.actor, paper_id=paper_id))
    return stream(request, queries.paper_file(request.actor, paper_id), as_download=True)
