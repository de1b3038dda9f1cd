"""Pages of the awareness site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render
from django.urls import reverse

from amparo.awareness import queries
from amparo.facts import queries as facts
from amparo.facts.words import Status


def _shown(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    around = {"lines": getattr(request, "helplines", ()), "report_url": _report_url(request)}
    return render(request, f"awareness/{template}.html", around | context)


def _report_url(request: HttpRequest) -> str:
    """The reporting site, at the port at which this one is served; empty where there is none."""
    if not settings.REPORT_HOSTS:
        return ""
    # The port in the name that was asked for: behind a proxy the server's own is another one.
    port = split_domain_port(request.get_host())[1]
    return f"{request.scheme}://{settings.REPORT_HOSTS[0]}{f':{port}' if port else ''}/"


def home(request: HttpRequest) -> HttpResponse:
    context = {"facts": queries.lines(Status.CURRENT), "has_figures": facts.own_figures() is not None}
    return _shown(request, "home", context)


def fact(request: HttpRequest, slug: str) -> HttpResponse:
    picture_url = request.build_absolute_uri(reverse("awareness:card_png", args=[slug]))
    return _shown(request, "fact", {"fact": queries.page(slug), "picture_url": picture_url})


def campaign(request: HttpRequest) -> HttpResponse:
    return _shown(request, "campaign", {"facts": queries.lines(Status.HISTORIC, Status.SUPERSEDED)})


def report_safely(request: HttpRequest) -> HttpResponse:
    return _shown(request, "report_safely", {})


def how_to_help(request: HttpRequest) -> HttpResponse:
    return _shown(request, "how_to_help", {})


def our_figures(request: HttpRequest) -> HttpResponse:
    return _shown(request, "our_figures", {"release": facts.own_figures()})
