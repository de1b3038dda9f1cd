"""After an operation: debrief and sealing."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amparo.operations import commands, forms
from amparo.operations.views.around import id_in, page_of
from amparo.partners import queries as partners
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data, show_form
from amparo.web.requests import ActorRequest


def debrief(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(
        request,
        commands.DEBRIEF,
        operation_id,
        _("Debrief"),
        _("Save"),
        _("The debrief is written down."),
        lede=_("With the whole team, and with the authority. First how everybody is."),
    )

    def save(data: Data) -> UUID:
        return commands.debrief(
            actor=request.actor,
            operation_id=operation_id,
            went_well=data["went_well"],
            to_change=data["to_change"],
            survivors_said=data["survivors_said"],
            lessons=forms.lines(data["lessons"]),
            unit_id=id_in(data, "unit_id"),
        )

    options = {"units": partners.unit_choices(request.actor)}
    return show_form(request, page, forms.DebriefForm, save, options=options)


def seal(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(
        request,
        commands.CARRY_OUT,
        operation_id,
        _("Seal the operation"),
        _("Seal it"),
        _("The operation is sealed."),
        grave=True,
        consequences=[_("Nothing of it can be changed or added any more.")],
    )
    return show_form(
        request, page, EmptyForm, lambda data: commands.seal(actor=request.actor, operation_id=operation_id)
    )
