"""All addresses of the site with the public facts: no cookie, no form, nothing of the staff's."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from amparo.web import public, views

# Asked for without a language, each page leads to itself in the language that the browser names.
# The room gives its first page the path "" and, beside its own name, is found by the shell as /en/ and so on.
_ROOM = "amparo.awareness.urls"
_PAGES = [path("", include(_ROOM))] if find_spec(_ROOM) else []

urlpatterns = [
    path("health/", views.health, name="health"),
    path("leave/", public.leave, name="leave"),
    path("files/<str:name>", public.file, name="public_file"),
    *i18n_patterns(*_PAGES),
]

handler400 = "amparo.web.public.bad_request"
handler403 = "amparo.web.public.refused"
handler404 = "amparo.web.public.not_found"
handler500 = "amparo.web.public.broken"
