"""Pages of a proceeding: its complaint, stages and protection in court."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from amparo.cases.words import PartyRole
from amparo.investigations.words import Agency
from amparo.prosecution import commands, forms, queries
from amparo.prosecution.views.around import Saying, ask, people, sheet_page
from amparo.web.requests import ActorRequest


def case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The proceedings of a case; where there is only one, that one."""
    listing = queries.proceedings(request.actor, case_id)
    only = queries.only_proceeding(request.actor, case_id)
    if only is not None:
        return sheet_page(request, queries.proceeding(request.actor, only))
    return render(request, "web/list_page.html", {"listing": listing})


def proceeding(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    return sheet_page(request, queries.proceeding(request.actor, proceeding_id))


def open_proceeding(request: ActorRequest, case_id: UUID) -> HttpResponse:
    opened = queries.new_for(request.actor, case_id)
    saying = Saying(_("Open a proceeding"), _("The proceeding is open."), _("Open the proceeding"))
    run = partial(commands.open_proceeding, case_id=case_id)
    given: dict[str, object] = {"agency_kind": Agency.POLICE}
    return ask(request, opened, saying, forms.ProceedingForm, run, initial=given, options=_places(request, opened))


def change_proceeding(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    def present() -> queries.Opened:
        return queries.proceeding_for(request.actor, queries.CHANGE, proceeding_id)

    saying = Saying(_("Change the proceeding"), _("The proceeding is changed."))
    run = partial(commands.change_proceeding, proceeding_id=proceeding_id)
    opened = present()
    return ask(request, opened, saying, forms.ProceedingForm, run, present=present, options=_places(request, opened))


def _places(request: ActorRequest, opened: queries.Opened) -> dict[str, Any]:
    chosen = (opened.values.get(name) for name in ("agency_place", "court_place"))
    found = queries.place_choices(request.actor, *chosen)
    return {"agencies": found, "courts": found}


def reach_stage(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.CHANGE, proceeding_id)
    saying = Saying(_("Add a stage"), _("The stage is recorded."))
    run = partial(commands.reach_stage, proceeding_id=proceeding_id)
    options = {"stages": queries.open_stages(proceeding_id)}
    return ask(request, opened, saying, forms.StageForm, run, initial={}, options=options)


def confirm_final(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.CHANGE, proceeding_id)
    return ask(
        request,
        opened,
        Saying(_("The proceeding is final"), _("The proceeding is final."), _("It is final")),
        forms.FinalForm,
        partial(commands.confirm_final, proceeding_id=proceeding_id),
        initial={"on": queries.today()},
        template="web/confirm_page.html",
        consequences=[
            _("No further appeal is possible, as far as you know."),
            _("If no other proceeding is open, the accountability track of the case is final too."),
        ],
    )


def request_measure(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.CHANGE, proceeding_id)
    saying = Saying(_("Request protection in court"), _("The request is recorded."))
    run = partial(commands.request_measure, proceeding_id=proceeding_id)
    options = {"survivors": people(request, opened, PartyRole.SURVIVOR)}
    return ask(request, opened, saying, forms.MeasureForm, run, initial={"on": queries.today()}, options=options)


def decide_measure(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    opened = queries.measure_for(request.actor, measure_id)
    saying = Saying(_("What the court said to a request"), _("The decision is recorded."))
    run = partial(commands.decide_measure, measure_id=measure_id)
    return ask(request, opened, saying, forms.MeasureDecisionForm, run)
