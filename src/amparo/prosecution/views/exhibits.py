"""Pages of exhibits and of the disclosure log."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amparo.prosecution import commands, forms, queries, rules
from amparo.prosecution.views.around import Saying, ask, sheet_page
from amparo.web.requests import ActorRequest


def exhibit(request: ActorRequest, exhibit_id: UUID) -> HttpResponse:
    return sheet_page(request, queries.exhibit(request.actor, exhibit_id))


def disclosure_log(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    return sheet_page(request, queries.disclosure_log(request.actor, proceeding_id))


def propose_exhibit(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.EXHIBIT_CHANGE, proceeding_id)
    saying = Saying(_("Propose an exhibit"), _("The exhibit is proposed."), _("Propose the exhibit"))
    run = partial(commands.propose_exhibit, proceeding_id=proceeding_id)
    options = {"items": queries.item_choices(request.actor, proceeding_id, opened.head.id)}
    return ask(request, opened, saying, forms.ExhibitForm, run, initial={"on": queries.today()}, options=options)


def move_exhibit(request: ActorRequest, exhibit_id: UUID) -> HttpResponse:
    opened, state = queries.exhibit_for(request.actor, exhibit_id)
    saying = Saying(_("What the court did with an exhibit"), _("It is written down."))
    run = partial(commands.move_exhibit, exhibit_id=exhibit_id)
    options = {"events": list(rules.EXHIBIT_MOVES[state])}
    return ask(request, opened, saying, forms.ExhibitMoveForm, run, options=options)


def disclose(request: ActorRequest, exhibit_id: UUID) -> HttpResponse:
    opened, _state = queries.exhibit_for(request.actor, exhibit_id)
    saying = Saying(_("An exhibit was disclosed"), _("The disclosure is in the log."))

    def save(**data: Any) -> UUID:
        rests = commands.Rests(data.pop("ground"), data.pop("order"), data.pop("basis_id"))
        return commands.disclose(exhibit_id=exhibit_id, rests=rests, **data)

    options = {"consents": queries.consents_for_court(request.actor, opened.head.id)}
    return ask(request, opened, saying, forms.DisclosureForm, save, initial={"on": queries.today()}, options=options)


def protect(request: ActorRequest, exhibit_id: UUID) -> HttpResponse:
    opened, _state = queries.exhibit_for(request.actor, exhibit_id)
    saying = Saying(_("A side must not have it"), _("It is written down."))
    run = partial(commands.protect, exhibit_id=exhibit_id)
    return ask(request, opened, saying, forms.ProtectForm, run, initial={"on": queries.today()})
