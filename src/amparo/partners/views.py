"""Pages of partners."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.access import policy
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.partners import commands, forms, queries
from amparo.partners.words import (
    AgencyKind,
    AgreementKind,
    CapacitySource,
    Cost,
    EndReason,
    FacilityKind,
    Has,
    Level,
    OpenReason,
    StateEvent,
    UnitKind,
)
from amparo.web.forms import EmptyForm, number_of
from amparo.web.pages import Data, FormPage, Said, act, run_once, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb

SHEET = "web/sheet_page.html"
LIST = "web/list_page.html"


def _asks(request: ActorRequest, permission: str) -> None:
    """A list that a role has no part in is not there for it."""
    if not policy.has(request.actor, permission):
        raise NotFound(permission=permission)


# ---- lists -------------------------------------------------------------------------------------------------


def directory(request: ActorRequest) -> HttpResponse:
    _asks(request, "partners:agency:see")
    form = forms.AgencyFilterForm(request.GET or None, districts=queries.district_choices(request.actor))
    asked = queries.AgencyFilter(**form.cleaned_data) if form.is_valid() else queries.AgencyFilter()
    listing = queries.directory(request.actor, asked, number_of(request.GET.get("after")))
    return render(request, LIST, {"listing": listing, "filters": form})


def services(request: ActorRequest) -> HttpResponse:
    _asks(request, "partners:facility:see")
    districts = queries.district_choices(request.actor, facilities=True)
    form = forms.ServiceFilterForm(request.GET or None, districts=districts)
    asked = queries.ServiceFilter(**form.cleaned_data) if form.is_valid() else queries.ServiceFilter()
    listing = queries.services(request.actor, asked, number_of(request.GET.get("after")))
    return render(request, LIST, {"listing": listing, "filters": form})


def officials(request: ActorRequest) -> HttpResponse:
    _asks(request, "partners:official:see")
    after = number_of(request.GET.get("after"))
    return render(request, LIST, {"listing": queries.officials(request.actor, after)})


def agreements(request: ActorRequest) -> HttpResponse:
    _asks(request, "partners:agreement:see")
    return render(request, LIST, {"listing": queries.agreements(request.actor)})


def gaps(request: ActorRequest) -> HttpResponse:
    _asks(request, "partners:facility:see")
    return render(request, "partners/gaps.html", {"gaps": queries.gaps(request.actor)})


# ---- agencies and units ------------------------------------------------------------------------------------


def agency(request: ActorRequest, agency_id: UUID) -> HttpResponse:
    return render(request, SHEET, {"sheet": queries.agency_page(request.actor, agency_id)})


def _agency_url(agency_id: UUID) -> str:
    return reverse("partners:agency", args=[agency_id])


def _facility_url(facility_id: UUID) -> str:
    return reverse("partners:facility", args=[facility_id])


def _official_url(official_id: UUID) -> str:
    return reverse("partners:official", args=[official_id])


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
    return show_form(request, page, forms.AgencyForm, save, done=lambda key: _agency_url(key) if key else page.back)


def change_agency(request: ActorRequest, agency_id: UUID) -> HttpResponse:
    queries.check_agency(request.actor, "partners:agency:change", agency_id)

    def save(data: Data) -> UUID:
        kind = AgencyKind(data.pop("kind"))
        return commands.change_agency(actor=request.actor, agency_id=agency_id, kind=kind, **data)

    page = FormPage(
        _("Change an agency"),
        _agency_url(agency_id),
        crumbs=queries.agency_crumbs(request.actor, agency_id),
        success=_("The agency was changed."),
    )
    return show_form(
        request, page, forms.AgencyForm, save, present=lambda: queries.agency_form(request.actor, agency_id)
    )


def _step(text: str) -> StateEvent:
    try:
        return StateEvent(text)
    except ValueError as error:
        raise Http404 from error


_STEP_DONE: dict[StateEvent, Said] = {
    StateEvent.SUSPEND: _("It is suspended."),
    StateEvent.RESUME: _("It is active again."),
    StateEvent.CLOSE: _("It is closed."),
}
_WHAT_FOLLOWS: dict[StateEvent, Sequence[Said]] = {
    StateEvent.SUSPEND: [
        _("It leaves the lists of choices until it is resumed."),
        _("While an agency is suspended, nothing is released to it."),
    ],
    StateEvent.RESUME: [_("It comes back into the lists of choices.")],
    StateEvent.CLOSE: [
        _("It can't be opened again. What was written about it stays readable."),
        _("Nothing is released to a closed agency."),
    ],
}


def _move(
    request: ActorRequest, step: StateEvent, back: str, crumbs: tuple[Crumb, ...], run: Callable[[], UUID]
) -> HttpResponse:
    page = FormPage(
        queries.step_label(step),
        back,
        crumbs=crumbs,
        submit=queries.step_label(step),
        success=_STEP_DONE[step],
        grave=step is StateEvent.CLOSE,
        template="web/confirm_page.html",
        consequences=_WHAT_FOLLOWS[step],
    )
    return show_form(request, page, EmptyForm, lambda data: run())


def move_agency(request: ActorRequest, agency_id: UUID, step: str) -> HttpResponse:
    queries.check_agency(request.actor, "partners:agency:change", agency_id)
    event = _step(step)
    crumbs = queries.agency_crumbs(request.actor, agency_id)
    return _move(
        request,
        event,
        _agency_url(agency_id),
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
        _agency_url(agency_id),
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
        _agency_url(agency_id),
        crumbs=queries.agency_crumbs(request.actor, agency_id),
        success=_("The unit was changed."),
        template="partners/unit_page.html",
        extra={"steps": queries.unit_steps(unit_id, state)},
    )
    return show_form(request, page, forms.UnitForm, save, present=lambda: queries.unit_form(request.actor, unit_id)[0])


def move_unit(request: ActorRequest, unit_id: UUID, step: str) -> HttpResponse:
    _present, agency_id, _state = queries.unit_form(request.actor, unit_id)
    event = _step(step)
    crumbs = queries.agency_crumbs(request.actor, agency_id)
    return _move(
        request,
        event,
        _agency_url(agency_id),
        crumbs,
        lambda: commands.move_unit(actor=request.actor, unit_id=unit_id, event=event),
    )


# ---- facilities --------------------------------------------------------------------------------------------


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
        _agency_url(agency_id),
        crumbs=queries.agency_crumbs(request.actor, agency_id),
        submit=_("Add the facility"),
        success=_("The facility was added."),
    )
    return show_form(request, page, forms.FacilityForm, save, done=lambda key: _facility_url(key) if key else page.back)


def change_facility(request: ActorRequest, facility_id: UUID) -> HttpResponse:
    queries.check_facility(request.actor, "partners:facility:change", facility_id)

    def save(data: Data) -> UUID:
        return commands.change_facility(actor=request.actor, facility_id=facility_id, **_facility_values(data))

    page = FormPage(
        _("Change a facility"),
        _facility_url(facility_id),
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
        _facility_url(facility_id),
        _("That it was checked today is written down."),
    )


def move_facility(request: ActorRequest, facility_id: UUID, step: str) -> HttpResponse:
    queries.check_facility(request.actor, "partners:facility:change", facility_id)
    event = _step(step)
    crumbs = queries.facility_crumbs(request.actor, facility_id)
    return _move(
        request,
        event,
        _facility_url(facility_id),
        crumbs,
        lambda: commands.move_facility(actor=request.actor, facility_id=facility_id, event=event),
    )


def open_address(request: ActorRequest, facility_id: UUID) -> HttpResponse:
    """Ask for the reason, keep it, and show the page with the address: on this one answer, not for good."""
    queries.check_facility(request.actor, "partners:address:open", facility_id)
    page = FormPage(
        _("Show a protected address"),
        _facility_url(facility_id),
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
        _facility_url(facility_id),
        lede=_("It replaces what was written before. It is shown for a reason only."),
        crumbs=queries.facility_crumbs(request.actor, facility_id),
        success=_("The address is written down."),
    )
    return show_form(request, page, forms.AddressForm, save)


# ---- capacity ----------------------------------------------------------------------------------------------


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
        _facility_url(facility_id),
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
        _facility_url(facility_id),
        _("The report is withdrawn."),
    )


# ---- officials ---------------------------------------------------------------------------------------------


def official(request: ActorRequest, official_id: UUID) -> HttpResponse:
    return render(request, SHEET, {"sheet": queries.official_page(request.actor, official_id)})


def add_official(request: ActorRequest) -> HttpResponse:
    queries.may_add(request.actor, "partners:official:change")

    def save(data: Data) -> UUID:
        return commands.add_official(actor=request.actor, office_id=request.actor.office_id, **data)

    page = FormPage(
        _("Add an official"),
        reverse("partners:officials"),
        lede=_("A professional record only: no politics, no family, nothing that is not about the work."),
        crumbs=queries.crumbs(),
        submit=_("Add the official"),
        success=_("The official was added. Add the post next."),
    )
    return show_form(request, page, forms.OfficialForm, save, done=lambda key: _official_url(key) if key else page.back)


def of_person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """The professional record of an official of a case; where there is none, the form for it, or the list."""
    _asks(request, "partners:official:see")
    known = queries.official_of_person(request.actor, person_id)
    if known is not None:
        return HttpResponseRedirect(_official_url(known))
    if not policy.has(request.actor, "partners:official:change"):
        messages.info(
            request, gettext("There is no professional record yet. A trainer, supervisor or director adds it.")
        )
        return HttpResponseRedirect(reverse("partners:officials"))
    name = queries.person_name(request.actor, person_id)

    def save(data: Data) -> UUID:
        office = request.actor.office_id
        return commands.add_official(actor=request.actor, office_id=office, person_id=person_id, **data)

    page = FormPage(
        _("Begin a professional record"),
        reverse("partners:officials"),
        lede=name,
        crumbs=queries.crumbs(),
        submit=_("Begin the record"),
        success=_("The record is begun. Add the post next."),
    )
    done = lambda key: _official_url(key) if key else page.back  # noqa: E731 - one line reads best
    return show_form(request, page, forms.OfficialForm, save, done=done, options={"named": False})


def change_official(request: ActorRequest, official_id: UUID) -> HttpResponse:
    _present, elsewhere = queries.official_form(request.actor, official_id)

    def save(data: Data) -> UUID:
        name = data.get("name", "")
        return commands.change_official(
            actor=request.actor, official_id=official_id, expected=data["expected"], name=name, contact=data["contact"]
        )

    page = FormPage(
        _("Change an official's record"),
        _official_url(official_id),
        crumbs=queries.official_crumbs(request.actor, official_id),
        success=_("The record was changed."),
    )
    return show_form(
        request,
        page,
        forms.OfficialForm,
        save,
        present=lambda: queries.official_form(request.actor, official_id)[0],
        options={"named": not elsewhere},
    )


def take_post(request: ActorRequest, official_id: UUID) -> HttpResponse:
    queries.check_official(request.actor, "partners:official:change", official_id)

    def save(data: Data) -> UUID:
        agency_id, unit_id, facility_id = queries.post_place(data["place"])
        return commands.take_post(
            actor=request.actor,
            official_id=official_id,
            agency_id=agency_id,
            unit_id=unit_id,
            facility_id=facility_id,
            title=data["title"],
            from_on=data["from_on"],
            until_on=data["until_on"],
        )

    page = FormPage(
        _("Add a post"),
        _official_url(official_id),
        crumbs=queries.official_crumbs(request.actor, official_id),
        success=_("The post was added."),
    )
    places = queries.post_places(request.actor)
    return show_form(request, page, forms.PostForm, save, options={"places": places})


def end_post(request: ActorRequest, post_id: UUID) -> HttpResponse:
    official_id = queries.post_official(request.actor, post_id)

    def save(data: Data) -> UUID:
        reason = EndReason(data["reason"])
        return commands.end_post(actor=request.actor, post_id=post_id, until_on=data["until_on"], reason=reason)

    page = FormPage(
        _("End a post"),
        _official_url(official_id),
        lede=_("It stays in the history of the official."),
        crumbs=queries.official_crumbs(request.actor, official_id),
        submit=_("End the post"),
        success=_("The post has ended."),
    )
    return show_form(request, page, forms.EndPostForm, save, initial={"until_on": clock.today()})


@require_POST
def official_file(request: ActorRequest, official_id: UUID) -> HttpResponse:
    """Everything that is held about an official, on one page to print; that it was put together is recorded."""
    queries.check_official(request.actor, "partners:official:file", official_id)
    run_once(request, lambda: commands.make_file(actor=request.actor, official_id=official_id))
    return render(request, SHEET, {"sheet": queries.official_file(request.actor, official_id)})


# ---- agreements --------------------------------------------------------------------------------------------


def agreement(request: ActorRequest, agreement_id: UUID) -> HttpResponse:
    return render(request, SHEET, {"sheet": queries.agreement_page(request.actor, agreement_id)})


def _agreement_url(agreement_id: UUID) -> str:
    return reverse("partners:agreement", args=[agreement_id])


def _agreement_values(data: Data) -> dict[str, Any]:
    return data | {"kind": AgreementKind(data["kind"]), "level": Level(data["level"])}


def make_agreement(request: ActorRequest, agency_id: UUID) -> HttpResponse:
    queries.check_agency(request.actor, "partners:agreement:change", agency_id)

    def save(data: Data) -> UUID:
        return commands.make_agreement(actor=request.actor, agency_id=agency_id, **_agreement_values(data))

    page = FormPage(
        _("Add an agreement"),
        _agency_url(agency_id),
        lede=_("After it was signed: what may be released to this agency, and until when."),
        crumbs=queries.agency_crumbs(request.actor, agency_id),
        submit=_("Add the agreement"),
        success=_("The agreement was added."),
    )
    return show_form(
        request, page, forms.AgreementForm, save, done=lambda key: _agreement_url(key) if key else page.back
    )


def change_agreement(request: ActorRequest, agreement_id: UUID) -> HttpResponse:
    queries.agreement_form(request.actor, agreement_id)

    def save(data: Data) -> UUID:
        return commands.change_agreement(actor=request.actor, agreement_id=agreement_id, **_agreement_values(data))

    page = FormPage(
        _("Correct an agreement"),
        _agreement_url(agreement_id),
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

    def present() -> queries.Present:
        return queries.agreement_form(request.actor, agreement_id)[0], {}

    page = FormPage(
        _("An agreement was reviewed"),
        _agreement_url(agreement_id),
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
        _agreement_url(agreement_id),
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
