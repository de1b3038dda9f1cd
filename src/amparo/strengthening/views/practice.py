"""Pages of the checklist and of observed files, and the first page of the room."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.partners import queries as partners
from amparo.strengthening import commands, forms
from amparo.strengthening.queries import home as home_queries
from amparo.strengthening.queries import naming, practice
from amparo.strengthening.queries.units import crumbs
from amparo.strengthening.words import Answer
from amparo.web.forms import number_of
from amparo.web.pages import Data, FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def home(request: ActorRequest) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": home_queries.home(request.actor)})


def checklist(request: ActorRequest) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": home_queries.checklist_page(request.actor)})


def extend_checklist(request: ActorRequest) -> HttpResponse:
    text = home_queries.checklist_text(request.actor)
    title = _("Add own items")
    back = reverse("strengthening:checklist")
    page = FormPage(
        title,
        back,
        crumbs=(naming.home_crumb(), Crumb(_("Checklist"), back), Crumb(title)),
        lede=_("A new version is for new observations. Files that were begun keep theirs."),
        success=_("The new version is in use."),
    )
    return show_form(
        request,
        page,
        forms.ChecklistForm,
        lambda data: commands.extend_checklist(actor=request.actor, text=data["text"]),
        initial={"text": text},
    )


def _file_url(file_id: UUID | None) -> str:
    return reverse("strengthening:file", args=[file_id])


def choose_unit(request: ActorRequest) -> HttpResponse:
    return _open(request, None)


def open_file(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    return _open(request, unit_id)


def _open(request: ActorRequest, unit_id: UUID | None) -> HttpResponse:
    naming.check_may(request.actor, practice.OBSERVE)

    def save(data: Data) -> UUID:
        chosen = unit_id or number_of(data.get("unit_id"))
        if chosen is None:
            raise NotFound
        return commands.open_file(
            actor=request.actor,
            unit_id=chosen,
            on=data["on"],
            pseudonym=data.get("pseudonym", ""),
            remark=data["remark"],
        )

    title = _("Observe a file")
    back = reverse("strengthening:unit", args=[unit_id]) if unit_id else reverse("strengthening:home")
    page = FormPage(
        title,
        back,
        crumbs=crumbs(unit_id, Crumb(title)) if unit_id else (naming.home_crumb(), Crumb(title)),
        lede=_("Look at one file of the unit with the checklist. For one of our own cases, begin on its page instead."),
        submit=_("Begin"),
    )
    offered = {
        "units": [] if unit_id else partners.unit_choices(request.actor),
        "pseudonyms": naming.pseudonym_choices(request.actor),
    }
    return show_form(
        request, page, forms.OpenFileForm, save, done=_file_url, initial={"on": clock.today()}, options=offered
    )


def file(request: ActorRequest, file_id: UUID) -> HttpResponse:
    view = practice.file_view(request.actor, file_id)
    return render(
        request,
        "strengthening/file.html",
        {"view": view, "answer_url": reverse("strengthening:answer", args=[file_id])},
    )


@require_POST
def answer(request: ActorRequest, file_id: UUID) -> HttpResponse:
    item, given = request.POST.get("item", "")[:40], request.POST.get("answer", "")
    if given not in set(Answer):
        raise NotFound
    return act(
        request,
        lambda: commands.answer_item(actor=request.actor, file_id=file_id, item=item, answer=Answer(given)),
        f"{_file_url(file_id)}#item-{item}",
    )


@require_POST
def complete(request: ActorRequest, file_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.complete_file(actor=request.actor, file_id=file_id),
        _file_url(file_id),
        _("The file is complete, and counts."),
    )


@require_POST
def reopen(request: ActorRequest, file_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.reopen_file(actor=request.actor, file_id=file_id),
        _file_url(file_id),
        _("The file is open again, and counts when it is complete."),
    )
