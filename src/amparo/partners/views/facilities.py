"""Facilities, protected addresses, and what a facility has."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.kernel import clock
from amparo.partners import commands, forms, queries
from amparo.partners.views.around import (
    SHEET,
    agency_url,
    facility_url,
    moved,
    step_of,
)
from amparo.partners.words import (
    CapacitySource,
    Cost,
    FacilityKind,
    Has,
    OpenReason,
)
from amparo.web.pages import Data, FormPage, act, show_form
from amparo.web.requests import ActorRequest


def facility(request: ActorRequest, facility_id: UUID) -> HttpResponse:
    return render(request, SHEET, {"sheet": queries.facility_page(request.actor, facility_id)})


def _facility_values(data: Data) -> dict[str, Any]:
    return data | {"kind": FacilityKind(data["kind"]), "cost": Cost(data["cost"])}


def add_facility(request: ActorRequest, agency_id: UUID) -> HttpResponse:
    queries.check_agency(request.actor, "partners:agency:change", agency_id)

    def save(data: Data) -> UUID:
        return commands.add_facility(actor=request.actor, agency_id=agency_id, **_facility_values(data))

    page = FormPage(
        _("Add a facility"),
        agency_url(agency_id),
        crumbs=queries.agency_crumbs(request.actor, agency_id),
        submit=_("Add the facility"),
        success=_("The facility was added."),
    )
    return show_form(request, page, forms.FacilityForm, save, done=lambda key: facility_url(key) if key else page.back)


def change_facility(request: ActorRequest, facility_id: UUID) -> HttpResponse:
    queries.check_facility(request.actor, "partners:facility:change", facility_id)

    def save(data: Data) -> UUID:
        return commands.change_facility(actor=request.actor, facility_id=facility_id, **_facility_values(data))

    page = FormPage(
        _("Change a facility"),
        facility_url(facility_id),
        crumbs=queries.facility_crumbs(request.actor, facility_id),
        success=_("The facility was changed."),
    )
    return show_form(
        request, page, forms.FacilityForm, save, present=lambda: queries.facility_form(request.actor, facility_id)
    )


@require_POST
def verify_facility(request: ActorRequest, facility_id: UUID) -> HttpResponse:
    queries.check_facility(request.actor, "partners:facility:verify", facility_id)
    return act(
        request,
        lambda: commands.verify_facility(actor=request.actor, facility_id=facility_id),
        facility_url(facility_id),
        _("That it was checked today is written down."),
    )


def move_facility(request: ActorRequest, facility_id: UUID, step: str) -> HttpResponse:
    queries.check_facility(request.actor, "partners:facility:change", facility_id)
    event = step_of(step)
    crumbs = queries.facility_crumbs(request.actor, facility_id)
    return moved(
        request,
        event,
        facility_url(facility_id),
        crumbs,
        lambda: commands.move_facility(actor=request.actor, facility_id=facility_id, event=event),
    )


def open_address(request: ActorRequest, facility_id: UUID) -> HttpResponse:
    """Ask for the reason, keep it, and show the page with the address: on this one answer, not for good."""
    queries.check_facility(request.actor, "partners:address:open", facility_id)
    page = FormPage(
        _("Show a protected address"),
        facility_url(facility_id),
        lede=_("Your reason is kept in the ledger. The address is shown once."),
        crumbs=queries.facility_crumbs(request.actor, facility_id),
        submit=_("Show the address"),
    )
    form = forms.OpenAddressForm(request.POST) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return show_form(request, page, forms.OpenAddressForm, lambda data: None)
    reason = OpenReason(form.cleaned_data["reason"])
    # Never as a form that was sent before: each time that the address is shown has an entry of its own.
    opened = commands.open_address(actor=request.actor, facility_id=facility_id, reason=reason)
    return render(request, SHEET, {"sheet": queries.facility_page(request.actor, facility_id, opened)})


def set_address(request: ActorRequest, facility_id: UUID) -> HttpResponse:
    queries.check_facility(request.actor, "partners:address:change", facility_id)

    def save(data: Data) -> UUID:
        return commands.set_address(actor=request.actor, facility_id=facility_id, **data)

    page = FormPage(
        _("Write down a protected address"),
        facility_url(facility_id),
        lede=_("It replaces what was written before. It is shown for a reason only."),
        crumbs=queries.facility_crumbs(request.actor, facility_id),
        success=_("The address is written down."),
    )
    return show_form(request, page, forms.AddressForm, save)


def report_capacity(request: ActorRequest, facility_id: UUID) -> HttpResponse:
    queries.check_facility(request.actor, "partners:capacity:report", facility_id)

    def save(data: Data) -> UUID:
        codes = {
            "source": CapacitySource(data["source"]),
            "cold_store": Has(data["cold_store"]),
            "child_room": Has(data["child_room"]),
        }
        return commands.report_capacity(actor=request.actor, facility_id=facility_id, **(data | codes))

    page = FormPage(
        _("Report what a facility has"),
        facility_url(facility_id),
        lede=_("A report is never changed. A newer one follows it, and a wrong one is withdrawn."),
        crumbs=queries.facility_crumbs(request.actor, facility_id),
        submit=_("Report it"),
        success=_("The report is written down."),
    )
    return show_form(request, page, forms.CapacityForm, save, initial={"on": clock.today()})


@require_POST
def withdraw_report(request: ActorRequest, capacity_id: UUID) -> HttpResponse:
    facility_id = queries.report_facility(request.actor, capacity_id)
    return act(
        request,
        lambda: commands.withdraw_report(actor=request.actor, report_id=capacity_id),
        facility_url(facility_id),
        _("The report is withdrawn."),
    )
