"""Instruments of assessment."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from amparo.aftercare import commands, forms
from amparo.aftercare.queries import forms as filled
from amparo.aftercare.queries.instruments import house_file
from amparo.web import pages
from amparo.web.pages import Data, FormPage
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Button, Crumb, Notice


@require_GET
def instruments(request: ActorRequest) -> HttpResponse:
    return render(request, "web/list_page.html", {"listing": filled.instrument_list(request.actor)})


@require_GET
def example_instrument(request: ActorRequest) -> HttpResponse:
    """Our own instrument's file, as a pattern for others."""
    filled.instrument_list(request.actor)
    headers = {"Content-Disposition": 'attachment; filename="restoration-profile.toml"'}
    return HttpResponse(house_file(), content_type="application/toml; charset=utf-8", headers=headers)


def add_instrument(request: ActorRequest) -> HttpResponse:
    back = reverse("aftercare:instruments")
    page = FormPage(
        title=_("Add an instrument"),
        back=back,
        lede=_("A file describes its domains, statements and anchors. Once added it never changes."),
        crumbs=(Crumb(_("Instruments"), back), Crumb(_("Add an instrument"))),
        submit=_("Add it"),
        success=_("The instrument is added."),
        notice=Notice(
            _("An example shows all parts of such a file."),
            action=Button(_("Take the example"), reverse("aftercare:example_instrument"), tone="quiet"),
        ),
    )
    filled.instrument_list(request.actor)

    def save(data: Data) -> UUID:
        return commands.add_instrument(actor=request.actor, data=data["file"], acknowledged=data["acknowledged"])

    return pages.show_form(request, page, forms.InstrumentForm, save)
