"""Pages of people."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.kernel.errors import Refused
from amparo.kernel.words import Role
from amparo.people import commands, queries
from amparo.people.errors import NamesClosed
from amparo.people.forms import AddressForm, ContactForm, DetailsForm, NameForm, PersonForm, ReasonForm
from amparo.people.words import AddressKind, ContactKind, NameKind, NamesReason
from amparo.web.pages import Data, FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb

PERSON_SHEET = "web/sheet_page.html"


def person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    used = queries.leads_to(request.actor, person_id)
    if used != person_id:
        return HttpResponseRedirect(_back(used))
    return render(request, PERSON_SHEET, {"sheet": queries.person_page(request.actor, person_id)})


def _back(person_id: UUID) -> str:
    return queries.url_of(person_id)


def _crumbs(person_id: UUID) -> tuple[Crumb, ...]:
    return (Crumb(queries.head(person_id).code, _back(person_id), code=True),)


def add(request: ActorRequest) -> HttpResponse:
    """For who takes reports and supervisors: others add people to a case, where they see them afterwards."""
    if not request.actor.holds(Role.INTAKE, Role.SUPERVISOR):
        raise Refused(permission="people:person:add")
    page = FormPage(title=_("Add a person"), back=reverse("intake:reports"), submit=_("Add this person"))

    def save(data: Data) -> UUID:
        office = request.actor.office_id
        return commands.add_person(actor=request.actor, office_id=office, held=True, **data)

    return show_form(request, page, PersonForm, save, done=lambda key: _back(key) if key else page.back)


def _ask_reason(person_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("people:open_names", args=[person_id]))


def change(request: ActorRequest, person_id: UUID) -> HttpResponse:
    try:
        present = queries.person_form(request.actor, person_id)
    except NamesClosed:
        return _ask_reason(person_id)
    page = FormPage(
        title=_("Change details"),
        back=_back(person_id),
        crumbs=_crumbs(person_id),
        success=_("The details were saved."),
    )
    return show_form(
        request,
        page,
        DetailsForm,
        lambda data: commands.change_person(actor=request.actor, person_id=person_id, **data),
        present=lambda: present if request.method != "POST" else queries.person_form(request.actor, person_id),
    )


def add_name(request: ActorRequest, person_id: UUID) -> HttpResponse:
    queries.may_change(request.actor, person_id)
    page = FormPage(
        title=_("Add a name"),
        lede=_("The same name in other letters, a nickname, a name from before a marriage: each finds her again."),
        back=_back(person_id),
        crumbs=_crumbs(person_id),
        success=_("The name was added."),
    )

    def save(data: Data) -> UUID:
        kind = NameKind(data["kind"])
        return commands.add_name(actor=request.actor, person_id=person_id, full=data["full"], kind=kind)

    return show_form(request, page, NameForm, save)


@require_POST
def withdraw_name(request: ActorRequest, person_id: UUID, name_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.withdraw_name(actor=request.actor, name_id=name_id),
        _back(person_id),
        _("The name was withdrawn."),
    )


def open_names(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Ask for the reason, keep it, and show the page with names: on this one answer, not for good."""
    queries.may_open_names(request.actor, person_id)
    page = FormPage(
        title=_("Show names, with a reason"),
        lede=_("Your reason is kept in the ledger. The names are shown once."),
        back=_back(person_id),
        crumbs=_crumbs(person_id),
        submit=_("Show names"),
    )
    form = ReasonForm(request.POST) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return show_form(request, page, ReasonForm, lambda data: None)
    reason = NamesReason(form.cleaned_data["reason"])
    # Never as a form that was sent before: each time that names are shown has an entry of its own.
    commands.open_names(actor=request.actor, person_ids=[person_id], reason=reason)
    return render(request, PERSON_SHEET, {"sheet": queries.person_page(request.actor, person_id, with_names=True)})


def add_contact(request: ActorRequest, person_id: UUID) -> HttpResponse:
    queries.may_change(request.actor, person_id)
    page = FormPage(
        title=_("Add a contact"),
        back=_back(person_id),
        crumbs=_crumbs(person_id),
        success=_("The contact was added."),
    )

    def save(data: Data) -> UUID:
        data["kind"] = ContactKind(data["kind"])
        return commands.add_contact(actor=request.actor, person_id=person_id, **data)

    return show_form(request, page, ContactForm, save)


def change_contact(request: ActorRequest, person_id: UUID, contact_id: UUID) -> HttpResponse:
    try:
        queries.contact_form(request.actor, person_id, contact_id)
    except NamesClosed:
        return _ask_reason(person_id)
    page = FormPage(
        title=_("Change a contact"),
        back=_back(person_id),
        crumbs=_crumbs(person_id),
        success=_("The contact was saved."),
        template="people/contact_page.html",
        extra={"end_url": reverse("people:end_contact", args=[person_id, contact_id])},
    )

    def save(data: Data) -> UUID:
        data["kind"] = ContactKind(data["kind"])
        return commands.change_contact(actor=request.actor, contact_id=contact_id, **data)

    return show_form(
        request,
        page,
        ContactForm,
        save,
        present=lambda: queries.contact_form(request.actor, person_id, contact_id),
    )


@require_POST
def end_contact(request: ActorRequest, person_id: UUID, contact_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.end_contact(actor=request.actor, contact_id=contact_id),
        _back(person_id),
        _("Nobody is told to use this contact any more."),
    )


def set_address(request: ActorRequest, person_id: UUID) -> HttpResponse:
    queries.may_change_address(request.actor, person_id)
    page = FormPage(
        title=_("Write down the address"),
        lede=_("Only those who care for her see it. The address before it is kept as ended."),
        back=_back(person_id),
        crumbs=_crumbs(person_id),
        success=_("The address was saved."),
    )

    def save(data: Data) -> UUID:
        data["kind"] = AddressKind(data["kind"])
        return commands.set_address(actor=request.actor, person_id=person_id, **data)

    return show_form(request, page, AddressForm, save)


def open_address(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Show the page with the address lifted from under its veil; each press is recorded."""
    if request.method != "POST":
        return HttpResponseRedirect(_back(person_id))
    commands.open_address(actor=request.actor, person_id=person_id)
    sheet = queries.person_page(request.actor, person_id, with_address=True)
    return render(request, PERSON_SHEET, {"sheet": sheet})
