"""The questions of a report, one on each page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amparo.web.public import Next


def files(get_response: Next) -> Next:
    """Middleware of this site: files are sealed as they are read, and only where they are asked for."""

    def run(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return run


def start(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/start.html")
