"""What the pages of this room share: where they lead, and the question before something is suspended or closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.access import policy
from amparo.kernel.errors import NotFound
from amparo.partners import queries
from amparo.partners.words import (
    StateEvent,
)
from amparo.web.forms import EmptyForm
from amparo.web.pages import FormPage, Said, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb

SHEET = "web/sheet_page.html"
LIST = "web/list_page.html"


def asks(request: ActorRequest, permission: str) -> None:
    """A list that a role has no part in is not there for it."""
    if not policy.has(request.actor, permission):
        raise NotFound(permission=permission)


def agency_url(agency_id: UUID) -> str:
    return reverse("partners:agency", args=[agency_id])


def facility_url(facility_id: UUID) -> str:
    return reverse("partners:facility", args=[facility_id])


def official_url(official_id: UUID) -> str:
    return reverse("partners:official", args=[official_id])


def agreement_url(agreement_id: UUID) -> str:
    return reverse("partners:agreement", args=[agreement_id])


def step_of(text: str) -> StateEvent:
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


def moved(
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
