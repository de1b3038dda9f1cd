"""All addresses. Every one of them has a row in the policy matrix, or the tests fail."""

from __future__ import annotations

from importlib.util import find_spec

from allauth.account.views import account_inactive, reauthenticate
from django.urls import include, path

from amparo.staff.views import entrance
from amparo.web import views

ROOMS = {
    "": "desk",
    "reports/": "intake",
    "people/": "people",
    "cases/": "cases",
    "evidence/": "evidence",
    "investigations/": "investigations",
    "partners/": "partners",
    "facts/": "facts",
    "protection/": "protection",
    "examinations/": "forensics",
    "kits/": "kits",
    "referrals/": "referrals",
    "operations/": "operations",
    "training/": "training",
    "strengthening/": "strengthening",
    "insight/": "insight",
    "court/": "prosecution",
    "care/": "aftercare",
    "journeys/": "journeys",
}

urlpatterns = [
    path("health/", views.health, name="health"),
    path("upload/<str:ticket>/", views.upload, name="upload"),
    path("", include("amparo.staff.urls")),
    # The sign-in library finds its pages by these names. Those for signing up, addresses and forgotten passwords
    # are left out: accounts come by invitation, and a system keeper resets them.
    path("sign-in/", entrance.sign_in, name="account_login"),
    path("sign-in/again/", reauthenticate, name="account_reauthenticate"),
    path("sign-in/closed/", account_inactive, name="account_inactive"),
    path("sign-out/", entrance.sign_out, name="account_logout"),
    path("second-step/", include("allauth.mfa.urls")),
    *(
        path(prefix, include(f"amparo.{room}.urls"))
        for prefix, room in ROOMS.items()
        if find_spec(f"amparo.{room}.urls")
    ),
]

handler400 = "amparo.web.views.bad_request"
handler403 = "amparo.web.views.refused"
handler404 = "amparo.web.views.not_found"
handler500 = "amparo.web.views.broken"
