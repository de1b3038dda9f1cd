"""Officials, their posts, and everything that is held about one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.access import policy
from amparo.kernel import clock
from amparo.partners import commands, forms, queries
from amparo.partners.views.around import (
    SHEET,
    asks,
    official_url,
)
from amparo.partners.words import (
    EndReason,
)
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data, FormPage, run_once, show_form
from amparo.web.requests import ActorRequest


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
    return show_form(request, page, forms.OfficialForm, save, done=lambda key: official_url(key) if key else page.back)


def of_person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """The professional record of an official of a case; where there is none, the form for it, or the list."""
    asks(request, "partners:official:see")
    known = queries.official_of_person(request.actor, person_id)
    if known is not None:
        return HttpResponseRedirect(official_url(known))
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
    done = lambda key: official_url(key) if key else page.back  # noqa: E731 - one line reads best
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
        official_url(official_id),
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
        official_url(official_id),
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
        official_url(official_id),
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


def erase_official(request: ActorRequest, official_id: UUID) -> HttpResponse:
    queries.check_official(request.actor, "partners:official:erase", official_id)
    page = FormPage(
        _("Erase an official's record"),
        official_url(official_id),
        crumbs=queries.official_crumbs(request.actor, official_id),
        submit=_("Erase for good"),
        success=_("The record is erased."),
        grave=True,
        template="web/confirm_page.html",
        consequences=[
            _("Name, contact and titles of posts can be read by nobody any more, in no backup after 30 days."),
            _("That there was an official in this agency from one day to another stays, without who it was."),
            _("What others wrote about meetings stays under their own records. Papers and copies elsewhere stay too."),
        ],
    )
    return show_form(
        request,
        page,
        EmptyForm,
        lambda data: commands.erase_official(actor=request.actor, official_id=official_id),
    )
