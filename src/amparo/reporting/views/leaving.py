"""The way out of the reporting site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from amparo.web import public


def leave(request: HttpRequest) -> HttpResponse:
    return public.leave(request)
