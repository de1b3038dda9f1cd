"""The board of operations, one operation, and plans that touch."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.operations import commands, forms, queries
from amparo.operations.words import Settled
from amparo.web.forms import number_of
from amparo.web.pages import Data, FormPage, show_form
from amparo.web.requests import ActorRequest


def board(request: ActorRequest) -> HttpResponse:
    return render(request, "operations/board.html", {"board": queries.board(request.actor)})


def sealed(request: ActorRequest) -> HttpResponse:
    after = number_of(request.GET.get("after"))
    return render(request, "web/list_page.html", {"listing": queries.sealed(request.actor, after)})


def operation(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.operation_page(request.actor, operation_id)})


def conflicts(request: ActorRequest) -> HttpResponse:
    return render(request, "web/list_page.html", {"listing": queries.conflicts(request.actor)})


def keeper(request: ActorRequest) -> HttpResponse:
    colleagues = queries.keeper_choices(request.actor)
    page = FormPage(
        _("Who keeps plans apart"),
        reverse("operations:conflicts"),
        crumbs=queries.crumbs(),
        lede=_("One person alone is told when two plans touch: that they do and whom to ask, nothing else."),
        submit=_("Name"),
        success=_("Named. What is open passed on as well."),
    )

    def save(data: Data) -> UUID:
        return commands.name_keeper(actor=request.actor, account_id=UUID(data["account_id"]))

    known = queries.keeper_id()
    given = {"account_id": str(known)} if known else {}
    return show_form(request, page, forms.KeeperForm, save, initial=given, options={"colleagues": colleagues})


def settle(request: ActorRequest, conflict_id: UUID) -> HttpResponse:
    queries.conflict_for(request.actor, conflict_id)
    page = FormPage(
        _("Settle plans that touch"),
        reverse("operations:conflicts"),
        crumbs=queries.crumbs(),
        submit=_("It is settled"),
        success=_("Settled."),
    )

    def save(data: Data) -> UUID:
        return commands.settle_conflict(actor=request.actor, conflict_id=conflict_id, outcome=Settled(data["outcome"]))

    return show_form(request, page, forms.SettleForm, save)
