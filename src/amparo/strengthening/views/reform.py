"""Pages of reform projects."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.kernel import clock
from amparo.partners import queries as partners
from amparo.strengthening import commands, forms
from amparo.strengthening.queries import naming
from amparo.strengthening.queries import reform as queries
from amparo.strengthening.words import Domain, EvidenceKind, ReformEvent
from amparo.web.forms import number_of
from amparo.web.pages import Data, FormPage, Said, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def _url(project_id: UUID | None) -> str:
    return reverse("strengthening:reform", args=[project_id])


def listing(request: ActorRequest) -> HttpResponse:
    return render(request, "web/list_page.html", {"listing": queries.listing(request.actor)})


def project(request: ActorRequest, project_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.reform_page(request.actor, project_id)})


def identify(request: ActorRequest) -> HttpResponse:
    naming.check_may(request.actor, queries.CHANGE)

    def save(data: Data) -> UUID:
        return commands.identify_reform(
            actor=request.actor,
            agency_id=UUID(data["agency_id"]),
            unit_id=number_of(data.get("unit_id")),
            domain=Domain(data["domain"]),
            title=data["title"],
            problem=data["problem"],
            target=data["target"],
        )

    title = _("Write down a problem")
    back = reverse("strengthening:reforms")
    page = FormPage(
        title,
        back,
        crumbs=(naming.home_crumb(), Crumb(_("Reform projects"), back), Crumb(title)),
        success=_("The problem is written down. Link what shows it."),
    )
    offered = {
        "agencies": partners.agency_choices(request.actor),
        "units": partners.unit_choices(request.actor),
    }
    return show_form(request, page, forms.IdentifyForm, save, done=_url, options=offered)


def _page(request: ActorRequest, project_id: UUID, title: Said, success: Said, lede: Said = "") -> FormPage:
    queries.reform_form(request.actor, project_id)
    crumbs = (*queries.crumbs_of_reform(request.actor, project_id), Crumb(title))
    return FormPage(title, _url(project_id), crumbs=crumbs, success=success, lede=lede)


def change(request: ActorRequest, project_id: UUID) -> HttpResponse:
    page = _page(request, project_id, _("Change the project"), _("The project is changed."))

    def save(data: Data) -> UUID:
        return commands.change_reform(actor=request.actor, project_id=project_id, **data)

    return show_form(
        request,
        page,
        forms.ChangeReformForm,
        save,
        present=lambda: queries.reform_form(request.actor, project_id),
    )


def link(request: ActorRequest, project_id: UUID) -> HttpResponse:
    page = _page(request, project_id, _("Link an observation"), _("The observation is linked."))
    things = queries.evidence_choices(request.actor, project_id)

    def save(data: Data) -> UUID:
        kind, _colon, key = data["thing"].partition(":")
        return commands.link_evidence(
            actor=request.actor, project_id=project_id, kind=EvidenceKind(kind), thing_id=UUID(key)
        )

    return show_form(request, page, forms.LinkForm, save, options={"things": things})


def agree(request: ActorRequest, project_id: UUID) -> HttpResponse:
    lede = _("What the agency said that it will do, not what we hope for.")
    page = _page(request, project_id, _("Record the commitment"), _("The commitment is recorded."), lede)

    def save(data: Data) -> UUID:
        return commands.agree_reform(actor=request.actor, project_id=project_id, **data)

    return show_form(request, page, forms.AgreeForm, save, initial={"on": clock.today()})


def _move(request: ActorRequest, project_id: UUID, event: ReformEvent, title: Said, success: Said) -> HttpResponse:
    page = _page(request, project_id, title, success)

    def save(data: Data) -> UUID:
        return commands.move_reform(actor=request.actor, project_id=project_id, event=event, **data)

    return show_form(request, page, forms.MoveReformForm, save, initial={"on": clock.today()})


def begin(request: ActorRequest, project_id: UUID) -> HttpResponse:
    return _move(request, project_id, ReformEvent.BEGIN, _("Work has begun"), _("The project is in progress."))


def adopt(request: ActorRequest, project_id: UUID) -> HttpResponse:
    said = _("It is adopted. Whether it holds is looked at after 6 and 12 months.")
    return _move(request, project_id, ReformEvent.ADOPT, _("It was adopted"), said)


def lapse(request: ActorRequest, project_id: UUID) -> HttpResponse:
    return _move(request, project_id, ReformEvent.LAPSE, _("It lapsed"), _("It is written down that it lapsed."))


def check(request: ActorRequest, project_id: UUID) -> HttpResponse:
    page = _page(
        request,
        project_id,
        _("Does it hold?"),
        _("What you found is written down."),
        queries.check_due(request.actor, project_id),
    )

    def save(data: Data) -> UUID:
        return commands.check_reform(
            actor=request.actor, project_id=project_id, on=data["on"], holds=data["holds"] == "yes", note=data["note"]
        )

    return show_form(request, page, forms.CheckForm, save, initial={"on": clock.today()})
