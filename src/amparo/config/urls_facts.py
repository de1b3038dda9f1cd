"""All addresses of the site with the public facts: no cookie, no form, nothing of the staff's."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from amparo.awareness.views import pages
from amparo.web import public, views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("leave/", public.leave, name="leave"),
    path("files/<str:name>", public.file, name="public_file"),
    # Asked for without a language, a page leads to itself in the language that the browser names.
    *i18n_patterns(path("", pages.home, name="public_home"), path("", include("amparo.awareness.urls"))),
]

handler400 = "amparo.web.public.bad_request"
handler403 = "amparo.web.public.refused"
handler404 = "amparo.web.public.not_found"
handler500 = "amparo.web.public.broken"
