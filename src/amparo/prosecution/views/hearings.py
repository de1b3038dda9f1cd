"""Pages of hearings: listed, held, not held; and who is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.prosecution import commands, forms, queries
from amparo.prosecution.commands import Day
from amparo.prosecution.views.around import Saying, ask, sheet_page
from amparo.web.forms import EmptyForm, Form
from amparo.web.pages import Data, Said, act
from amparo.web.requests import ActorRequest


def hearing(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    return sheet_page(request, queries.hearing(request.actor, hearing_id))


def list_hearing(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.HEARING_CHANGE, proceeding_id)
    saying = Saying(_("List a hearing"), _("The hearing is listed."), _("List the hearing"))
    run = partial(commands.list_hearing, proceeding_id=proceeding_id)
    return ask(request, opened, saying, forms.HearingForm, run, initial={})


def change_hearing(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    def present() -> queries.Opened:
        return queries.hearing_for(request.actor, queries.HEARING_CHANGE, hearing_id)

    saying = Saying(_("Change a hearing"), _("The hearing is changed."))
    run = partial(commands.change_hearing, hearing_id=hearing_id)
    return ask(request, present(), saying, forms.HearingForm, run, present=present)


def hold(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    return _after_hearing(request, hearing_id, _("The hearing was held"), forms.HoldForm, commands.hold_hearing)


def adjourn(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    return _after_hearing(
        request, hearing_id, _("The hearing was adjourned"), forms.AdjournForm, commands.adjourn_hearing
    )


def _after_hearing(
    request: ActorRequest, hearing_id: UUID, title: Said, form_class: type[Form], run: Callable[..., UUID]
) -> HttpResponse:
    opened = queries.hearing_for(request.actor, queries.HEARING_CHANGE, hearing_id)
    survivors, without_news = queries.survivor_choices(request.actor, hearing_id)

    def save(**data: Any) -> UUID:
        return run(hearing_id=hearing_id, day=_day(data), **data)

    saying = Saying(title, _("It is written down. Now tell the survivor."))
    given: dict[str, object] = {"without_news": without_news}
    return ask(request, opened, saying, form_class, save, initial=given, options={"survivors": survivors})


def _day(data: Data) -> Day:
    """What was typed about the day, taken out of the rest."""

    def chosen(name: str) -> frozenset[UUID]:
        return frozenset(UUID(key) for key in data.pop(name, None) or ())

    return Day(
        attendance=data.pop("attendance"),
        witnesses_summoned=data.pop("witnesses_summoned"),
        witnesses_present=data.pop("witnesses_present"),
        travelled=chosen("travelled"),
        waited=chosen("waited"),
        testified=chosen("testified"),
        without_news=chosen("without_news"),
        outcome=data.pop("outcome"),
    )


def vacate(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    return ask(
        request,
        queries.hearing_for(request.actor, queries.HEARING_CHANGE, hearing_id),
        Saying(_("Cancel a hearing"), _("The hearing is cancelled."), _("Cancel the hearing")),
        EmptyForm,
        partial(commands.vacate_hearing, hearing_id=hearing_id),
        template="web/confirm_page.html",
        grave=True,
        consequences=[_("It leaves every calendar. If it was moved, use “It was adjourned” or “Change” instead.")],
    )


@require_POST
def prepared(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    opened = queries.hearing_for(request.actor, "prosecution:survivor:prepare", hearing_id)
    return act(
        request,
        lambda: commands.prepare_survivor(actor=request.actor, hearing_id=hearing_id),
        opened.back,
        _("Written down: the survivor is prepared."),
    )


def tell(request: ActorRequest, appearance_id: UUID) -> HttpResponse:
    opened = queries.telling_for(request.actor, appearance_id)
    saying = Saying(_("Tell the survivor"), _("Thank you. The promise to her is kept."), _("I told her"))
    return ask(request, opened, saying, forms.ToldForm, partial(commands.tell_survivor, appearance_id=appearance_id))
