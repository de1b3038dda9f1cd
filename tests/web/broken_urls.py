"""One address that breaks, to see what is said then."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from amparo.config import urls
from amparo.web.requests import public


@public
def broken(request: HttpRequest) -> HttpResponse:
    """Divide by nothing."""
    return HttpResponse(str(1 // 0))


urlpatterns = [path("broken/", broken), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
