"""All addresses. Every one of them has a row in the policy matrix, or the tests fail."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

from amparo.web import views

ROOMS = {
    "": "desk",
    "reports/": "intake",
    "people/": "people",
    "cases/": "cases",
    "evidence/": "evidence",
    "investigations/": "investigations",
    "court/": "prosecution",
    "care/": "aftercare",
    "organisation/": "staff",
}

urlpatterns = [
    path("health/", views.health, name="health"),
    *(path(prefix, include(f"amparo.{room}.urls")) for prefix, room in ROOMS.items() if find_spec(f"amparo.{room}.urls")),
]

handler400 = "amparo.web.views.bad_request"
handler403 = "amparo.web.views.refused"
handler404 = "amparo.web.views.not_found"
handler500 = "amparo.web.views.broken"
