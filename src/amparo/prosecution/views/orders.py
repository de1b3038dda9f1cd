"""Pages of orders and their breaches."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.cases.words import PartyRole
from amparo.investigations.words import Agency
from amparo.prosecution import commands, forms, queries
from amparo.prosecution.commands import Terms
from amparo.prosecution.views.around import Saying, ask, people, sheet_page
from amparo.web.pages import act
from amparo.web.requests import ActorRequest


def order(request: ActorRequest, order_id: UUID) -> HttpResponse:
    return sheet_page(request, queries.order(request.actor, order_id))


def _with_terms(run: Callable[..., UUID]) -> Callable[..., UUID]:
    """The command with its terms made of the fields that ask for them."""

    def save(**data: Any) -> UUID:
        terms = Terms(**{field.name: data.pop(field.name) for field in dataclasses.fields(Terms)})
        return run(terms=terms, **data)

    return save


def issue_order(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.CHANGE, proceeding_id)
    saying = Saying(_("Enter an order"), _("The order is written down."), _("Enter the order"))
    run = _with_terms(partial(commands.issue_order, proceeding_id=proceeding_id))
    options = {
        "accused": people(request, opened, PartyRole.SUSPECT),
        "survivors": people(request, opened, PartyRole.SURVIVOR),
    }
    given = {"authority": Agency.COURT, "from_on": queries.today(), "issued_by": queries.court_called(opened)}
    return ask(request, opened, saying, forms.OrderForm, run, initial=given, options=options)


def vary_order(request: ActorRequest, order_id: UUID) -> HttpResponse:
    opened = queries.order_for(request.actor, queries.CHANGE, order_id)
    return ask(
        request,
        opened,
        Saying(_("The order was prolonged or varied"), _("The new order is written down. The old one stays readable.")),
        forms.TermsForm,
        _with_terms(partial(commands.vary_order, order_id=order_id)),
        done=lambda key: reverse("prosecution:order", args=[key]),
    )


def lift_order(request: ActorRequest, order_id: UUID) -> HttpResponse:
    opened = queries.order_for(request.actor, queries.CHANGE, order_id)
    saying = Saying(_("The order was lifted"), _("It is written down. Tell whoever it protected."))
    return ask(request, opened, saying, forms.DayForm, partial(commands.lift_order, order_id=order_id))


@require_POST
def expire_order(request: ActorRequest, order_id: UUID) -> HttpResponse:
    opened = queries.order_for(request.actor, queries.WATCH, order_id)
    run = partial(commands.expire_order, actor=request.actor, order_id=order_id)
    return act(request, run, opened.back, _("It is written down. Tell whoever it protected."))


def take_back_order(request: ActorRequest, order_id: UUID) -> HttpResponse:
    opened = queries.order_for(request.actor, queries.CHANGE, order_id)
    saying = Saying(_("An order was entered by mistake"), _("The order counts no more."), _("Take the order back"))
    run = partial(commands.take_back_order, order_id=order_id)
    lines = [
        _("It stays readable, marked as entered by mistake, and counts nowhere."),
        _("If it took the place of another order, that one is in force again."),
    ]
    return ask(
        request,
        opened,
        saying,
        forms.MistakeForm,
        run,
        template="web/confirm_page.html",
        grave=True,
        consequences=lines,
    )


def bring_order_back(request: ActorRequest, order_id: UUID) -> HttpResponse:
    opened = queries.order_for(request.actor, queries.CHANGE, order_id)
    saying = Saying(_("The order is still in force"), _("The order is in force again."))
    return ask(request, opened, saying, forms.MistakeForm, partial(commands.bring_order_back, order_id=order_id))


def record_breach(request: ActorRequest, order_id: UUID) -> HttpResponse:
    """Write down a breach, and go on to the threat that it may be."""
    opened = queries.order_for(request.actor, queries.WATCH, order_id)
    saying = Saying(
        _("The order was breached"),
        _("The breach is written down. Is somebody in danger? Write it down here. If not, leave this page."),
    )
    run = partial(commands.record_breach, order_id=order_id)
    return ask(
        request,
        opened,
        saying,
        forms.BreachForm,
        run,
        done=lambda breach: reverse("journeys:threat_of_breach", args=[breach]),
    )


def take_back_breach(request: ActorRequest, breach_id: UUID) -> HttpResponse:
    opened = queries.breach_for(request.actor, breach_id)
    saying = Saying(_("A breach was entered by mistake"), _("The breach counts no more."))
    return ask(request, opened, saying, forms.MistakeForm, partial(commands.take_back_breach, breach_id=breach_id))
