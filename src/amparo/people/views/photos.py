"""Photographs of people."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from amparo.people import commands, queries
from amparo.people.errors import NamesClosed, NoPicture
from amparo.people.forms import PhotoForm, RemovePhotoForm
from amparo.people.words import PhotoBasis
from amparo.web import formats, uploads
from amparo.web.pages import Data, FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def _back(person_id: UUID) -> str:
    return queries.url_of(person_id) + "#photo"


def _crumbs(person_id: UUID) -> tuple[Crumb, ...]:
    return (Crumb(queries.head(person_id).code, queries.url_of(person_id), code=True),)


def _reception(request: ActorRequest, person_id: UUID) -> uploads.Reception:
    return queries.photo_reception(request.actor, person_id)


@uploads.takes_files(_reception)
def add_photo(request: ActorRequest, person_id: UUID) -> HttpResponse:
    addresses = uploads.upload_options(request, _reception(request, person_id))
    page = FormPage(
        title=_("Add a photograph"),
        lede=_("A face, so that the person is known again. Most cases need none."),
        back=_back(person_id),
        crumbs=_crumbs(person_id),
        submit=_("Keep it"),
        success=_("The photograph is kept, sealed."),
        extra={"action_url": addresses["post_url"]},
    )

    def save(data: Data) -> UUID:
        upload_id, basis = data["file"], PhotoBasis(data["basis"])
        try:
            return commands.add_photo(
                actor=request.actor, person_id=person_id, upload_id=upload_id, basis=basis, about=data["about"]
            )
        except NoPicture:
            uploads.discard(request.actor, upload_id, person_id)
            raise

    return show_form(request, page, PhotoForm, save, options={"put_url": addresses["put_url"]})


@require_POST
def look(request: ActorRequest, person_id: UUID, photo_id: UUID) -> HttpResponse:
    """Show the photograph; a script that asked puts it in the veil's place itself. The picture records the look."""
    try:
        photo = queries.photo_for(request.actor, person_id, photo_id)
    except NamesClosed:
        return HttpResponseRedirect(reverse("people:open_names", args=[person_id]))
    context = {
        "title": _("Photograph of %(day)s") % {"day": formats.day(photo.on)},
        "breadcrumbs": _crumbs(person_id),
        "photo": photo,
        "picture_url": reverse("people:picture", args=[person_id, photo_id]),
        "remove_url": reverse("people:remove_photo", args=[person_id, photo_id]) if photo.may_take_away else "",
        "back": _back(person_id),
    }
    return render(request, "people/look.html", context)


@require_GET
def picture(request: ActorRequest, person_id: UUID, photo_id: UUID) -> HttpResponse:
    """A small copy without the data that cameras write into a file, never kept by a browser; recorded each time."""
    photo = commands.open_photo(actor=request.actor, person_id=person_id, photo_id=photo_id)
    return uploads.send_preview(photo.blob)


def remove_photo(request: ActorRequest, person_id: UUID, photo_id: UUID) -> HttpResponse:
    day = queries.may_take_away(request.actor, person_id, photo_id)
    page = FormPage(
        title=_("Take the photograph away"),
        lede=_("Photograph of %(day)s") % {"day": formats.day(day)},
        back=_back(person_id),
        crumbs=_crumbs(person_id),
        submit=_("Destroy it"),
        success=_("The photograph was destroyed."),
        grave=True,
        template="web/confirm_page.html",
        consequences=(_("It can’t be brought back. That there was one, and why it went, stays."),),
    )
    return show_form(
        request,
        page,
        RemovePhotoForm,
        lambda data: commands.remove_photo(actor=request.actor, photo_id=photo_id, reason=data["reason"]),
    )
