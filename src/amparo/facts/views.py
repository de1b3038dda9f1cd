"""Pages on which the staff decide about facts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.facts import commands, queries
from amparo.web.pages import act
from amparo.web.requests import ActorRequest


def facts(request: ActorRequest) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.listing(request.actor)})


def fact(request: ActorRequest, fact_no: str) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.fact_page(request.actor, fact_no)})


def _back(number: str) -> str:
    return reverse("facts:fact", args=[number])


@require_POST
def verify(request: ActorRequest, fact_no: str) -> HttpResponse:
    queries.fact_for(request.actor, queries.VERIFY, fact_no)
    said = _("You verified this fact. A colleague can publish it now.")
    return act(request, lambda: commands.verify_fact(actor=request.actor, number=fact_no), _back(fact_no), said)


@require_POST
def publish(request: ActorRequest, fact_no: str) -> HttpResponse:
    queries.fact_for(request.actor, queries.PUBLISH, fact_no)
    said = _("The fact is on the public site.")
    return act(request, lambda: commands.publish_fact(actor=request.actor, number=fact_no), _back(fact_no), said)


@require_POST
def withdraw(request: ActorRequest, fact_no: str) -> HttpResponse:
    queries.fact_for(request.actor, queries.PUBLISH, fact_no)
    said = _("The fact is no longer on the public site.")
    return act(request, lambda: commands.withdraw_fact(actor=request.actor, number=fact_no), _back(fact_no), said)
