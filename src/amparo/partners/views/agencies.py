"""Agencies and their units."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.partners import commands, forms, queries
from amparo.partners.views.around import (
    SHEET,
    agency_url,
    moved,
    step_of,
)
from amparo.partners.words import (
    AgencyKind,
    UnitKind,
)
from amparo.web.pages import Data, FormPage, show_form
from amparo.web.requests import ActorRequest


def agency(request: ActorRequest, agency_id: UUID) -> HttpResponse:
    return render(request, SHEET, {"sheet": queries.agency_page(request.actor, agency_id)})


def add_agency(request: ActorRequest) -> HttpResponse:
    queries.may_add(request.actor, "partners:agency:change")

    def save(data: Data) -> UUID:
        kind = AgencyKind(data.pop("kind"))
        return commands.add_agency(actor=request.actor, office_id=request.actor.office_id, kind=kind, **data)

    page = FormPage(
        _("Add an agency"),
        reverse("partners:directory"),
        crumbs=queries.crumbs(),
        submit=_("Add the agency"),
        success=_("The agency was added."),
    )
    return show_form(request, page, forms.AgencyForm, save, done=lambda key: agency_url(key) if key else page.back)


def change_agency(request: ActorRequest, agency_id: UUID) -> HttpResponse:
    queries.check_agency(request.actor, "partners:agency:change", agency_id)

    def save(data: Data) -> UUID:
        kind = AgencyKind(data.pop("kind"))
        return commands.change_agency(actor=request.actor, agency_id=agency_id, kind=kind, **data)

    page = FormPage(
        _("Change an agency"),
        agency_url(agency_id),
        crumbs=queries.agency_crumbs(request.actor, agency_id),
        success=_("The agency was changed."),
    )
    return show_form(
        request, page, forms.AgencyForm, save, present=lambda: queries.agency_form(request.actor, agency_id)
    )


def move_agency(request: ActorRequest, agency_id: UUID, step: str) -> HttpResponse:
    queries.check_agency(request.actor, "partners:agency:change", agency_id)
    event = step_of(step)
    crumbs = queries.agency_crumbs(request.actor, agency_id)
    return moved(
        request,
        event,
        agency_url(agency_id),
        crumbs,
        lambda: commands.move_agency(actor=request.actor, agency_id=agency_id, event=event),
    )


def add_unit(request: ActorRequest, agency_id: UUID) -> HttpResponse:
    queries.check_agency(request.actor, "partners:agency:change", agency_id)

    def save(data: Data) -> UUID:
        kind = UnitKind(data.pop("kind"))
        return commands.add_unit(actor=request.actor, agency_id=agency_id, kind=kind, **data)

    page = FormPage(
        _("Add a unit"),
        agency_url(agency_id),
        crumbs=queries.agency_crumbs(request.actor, agency_id),
        submit=_("Add the unit"),
        success=_("The unit was added."),
    )
    return show_form(request, page, forms.UnitForm, save)


def change_unit(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    _present, agency_id, state = queries.unit_form(request.actor, unit_id)

    def save(data: Data) -> UUID:
        kind = UnitKind(data.pop("kind"))
        return commands.change_unit(actor=request.actor, unit_id=unit_id, kind=kind, **data)

    page = FormPage(
        _("Change a unit"),
        agency_url(agency_id),
        crumbs=queries.agency_crumbs(request.actor, agency_id),
        success=_("The unit was changed."),
        template="partners/unit_page.html",
        extra={"steps": queries.unit_steps(unit_id, state)},
    )
    return show_form(request, page, forms.UnitForm, save, present=lambda: queries.unit_form(request.actor, unit_id)[0])


def move_unit(request: ActorRequest, unit_id: UUID, step: str) -> HttpResponse:
    _present, agency_id, _state = queries.unit_form(request.actor, unit_id)
    event = step_of(step)
    crumbs = queries.agency_crumbs(request.actor, agency_id)
    return moved(
        request,
        event,
        agency_url(agency_id),
        crumbs,
        lambda: commands.move_unit(actor=request.actor, unit_id=unit_id, event=event),
    )
