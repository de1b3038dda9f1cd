"""Pages of charges, verdicts, sentences, appeals and compensation."""

from __future__ import annotations

import dataclasses
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.cases.words import PartyRole
from amparo.prosecution import commands, forms, queries, rules
from amparo.prosecution.views.around import Saying, ask, people, sheet_page
from amparo.web.forms import EmptyForm
from amparo.web.requests import ActorRequest


def propose_charge(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, commands.CHARGE_CHANGE, proceeding_id)
    saying = Saying(_("Propose a charge"), _("The charge is proposed."), _("Propose the charge"))
    run = partial(commands.propose_charge, proceeding_id=proceeding_id)
    options = {
        "accused": people(request, opened, PartyRole.SUSPECT),
        "survivors": people(request, opened, PartyRole.SURVIVOR),
    }
    given = {"counts": 1, "on": queries.today()}
    return ask(request, opened, saying, forms.ChargeForm, run, initial=given, options=options)


def move_charge(request: ActorRequest, charge_id: UUID) -> HttpResponse:
    opened, state = queries.charge_for(request.actor, charge_id)
    saying = Saying(_("Change a charge"), _("The charge is changed."))
    run = partial(commands.move_charge, charge_id=charge_id)
    options = {"events": rules.open_moves(state)}
    return ask(request, opened, saying, forms.ChargeMoveForm, run, options=options)


def pronounce(request: ActorRequest, charge_id: UUID) -> HttpResponse:
    opened, _state = queries.charge_for(request.actor, charge_id)
    return ask(
        request,
        opened,
        Saying(_("Verdict on a charge"), _("The verdict is entered."), _("Enter the verdict")),
        forms.VerdictForm,
        partial(commands.pronounce, charge_id=charge_id),
        initial={"on": queries.today()},
        template="web/confirm_page.html",
        consequences=[
            _("The charge and the status of the accused follow from it; nobody types them."),
            _("A verdict is entered once. Only an appeal changes it."),
        ],
    )


def verdict(request: ActorRequest, verdict_id: UUID) -> HttpResponse:
    return sheet_page(request, queries.verdict(request.actor, verdict_id))


def take_back_verdict(request: ActorRequest, verdict_id: UUID) -> HttpResponse:
    opened = queries.verdict_for(request.actor, verdict_id)
    return ask(
        request,
        dataclasses.replace(opened, back=reverse("prosecution:case", args=[opened.head.id])),
        Saying(
            _("A verdict was entered by mistake"),
            _("The verdict is taken back. The charge is before the court again."),
            _("Take the verdict back"),
        ),
        EmptyForm,
        partial(commands.take_back_verdict, verdict_id=verdict_id),
        template="web/confirm_page.html",
        grave=True,
        consequences=[
            _("Its sentences go with it, and so does what followed for the accused and the stages."),
            _("The ledger keeps that it was entered. If a higher court changed it, enter the appeal instead."),
        ],
    )


def sentence(request: ActorRequest, verdict_id: UUID) -> HttpResponse:
    opened = queries.verdict_for(request.actor, verdict_id)
    saying = Saying(_("Enter a sentence"), _("The sentence is entered."), _("Enter the sentence"))
    return ask(request, opened, saying, forms.SentenceForm, partial(commands.enter_sentence, verdict_id=verdict_id))


def lodge_appeal(request: ActorRequest, verdict_id: UUID) -> HttpResponse:
    opened = queries.verdict_for(request.actor, verdict_id)
    saying = Saying(_("An appeal was lodged"), _("The appeal is recorded."))
    return ask(request, opened, saying, forms.AppealForm, partial(commands.lodge_appeal, verdict_id=verdict_id))


def decide_appeal(request: ActorRequest, verdict_id: UUID) -> HttpResponse:
    opened = queries.verdict_for(request.actor, verdict_id)
    saying = Saying(_("The appeal is decided"), _("The decision is recorded."))
    run = partial(commands.decide_appeal, verdict_id=verdict_id)
    return ask(request, opened, saying, forms.AppealDecisionForm, run)


def order_compensation(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.CHANGE, proceeding_id)
    saying = Saying(_("Compensation was ordered"), _("The order is recorded."))
    run = partial(commands.order_compensation, proceeding_id=proceeding_id)
    options = {"survivors": people(request, opened, PartyRole.SURVIVOR)}
    return ask(request, opened, saying, forms.CompensationForm, run, initial={"on": queries.today()}, options=options)


def pay_compensation(request: ActorRequest, compensation_id: UUID) -> HttpResponse:
    opened = queries.compensation_for(request.actor, compensation_id)
    saying = Saying(_("Compensation was paid"), _("The payment is recorded."))
    run = partial(commands.pay_compensation, compensation_id=compensation_id)
    return ask(request, opened, saying, forms.PaymentForm, run)
