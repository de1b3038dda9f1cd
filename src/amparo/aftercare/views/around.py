"""What the pages of this room share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.functional import Promise

from amparo.aftercare.queries.forms import Filled, Place
from amparo.web import pages
from amparo.web.forms import Form
from amparo.web.pages import Data, FormPage
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb

Said = str | Promise


def page_of(place: Place, title: Said, **more: Any) -> FormPage:
    """A form page that belongs to somebody: her name above it, her page behind it."""
    lede = more.pop("lede", place.who)
    return FormPage(title=title, back=place.url, lede=lede, crumbs=(*place.crumbs, Crumb(title)), **more)


def change_form(
    request: ActorRequest,
    found: Filled,
    title: Said,
    form: type[Form],
    save: Callable[[Data], UUID | None],
    *,
    compare: bool = False,
    options: dict[str, Any] | None = None,
    **more: Any,
) -> HttpResponse:
    """Show a form about a row; with `compare` it is refused where somebody was faster."""
    page = page_of(found.place, title, **more)
    values = dict(found.values or {})
    if compare:
        return pages.show_form(request, page, form, save, present=lambda: (found.version, values), options=options)
    return pages.show_form(request, page, form, save, initial=values, options=options)


def ask(
    request: ActorRequest, place: Place, title: Said, form: type[Form], run: Callable[..., UUID], **more: Any
) -> HttpResponse:
    """One question on a page of its own; its answers go to a command by their names."""

    def save(data: Data) -> UUID:
        return run(actor=request.actor, **data)

    return pages.show_form(request, page_of(place, title, **more), form, save)
