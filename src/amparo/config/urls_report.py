"""All addresses of the reporting site: nobody signs in here, and nothing of the staff's is reached from here."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from amparo.reporting.views import form, leaving
from amparo.web import public, views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("leave/", leaving.leave, name="leave"),
    path("files/<str:name>", public.file, name="public_file"),
    # The first page needs no language in its address: the browser says which one its reader knows.
    path("", form.start, name="start"),
    *i18n_patterns(path("", form.start, name="public_home"), path("", include("amparo.reporting.urls"))),
]

handler400 = "amparo.web.public.bad_request"
handler403 = "amparo.web.public.refused"
handler404 = "amparo.web.public.not_found"
handler500 = "amparo.web.public.broken"
