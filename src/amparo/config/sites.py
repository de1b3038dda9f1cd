"""Three sites in one process: the staff's, the one for reporting, and the one with facts, told apart by host name.

The two public ones have their own list of middleware, in which there is no session, no account and no cookie of the
staff. What is to run for strangers must be named here; nothing of the staff's chain reaches them by being forgotten.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.urls import set_urlconf
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from amparo.kernel.errors import AppError
from amparo.kernel.recall import remembering
from amparo.vault import keyring
from amparo.web import bodies
from amparo.web.public import Site

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("amparo.web")

# In this order around every request of a public site.
_BEFORE = (
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "amparo.web.public.headers",
    "django.middleware.locale.LocaleMiddleware",
    "amparo.web.public.locked_page",
    "django.middleware.common.CommonMiddleware",
    "amparo.web.public.own_forms_only",
    "amparo.web.public.few_bodies",
)
_LAST = ("amparo.web.public.errors",)
REPORT = Site("report", "amparo.config.urls_report", (*_BEFORE, "amparo.reporting.views.around.files", *_LAST))
FACTS = Site("facts", "amparo.config.urls_facts", (*_BEFORE, *_LAST))


def site_of(host: str) -> Site | None:
    """The public site that is opened under a name, None for the staff's. A public name wins over a staff one."""
    name = split_domain_port(host)[0]
    if name in settings.REPORT_HOSTS:
        return REPORT
    return FACTS if name in settings.FACTS_HOSTS else None


def by_host(get_response: Next) -> Next:
    """Django middleware, the outermost: hands a request for a public site to that site's chain."""
    chains = {site.name: chain(site.middleware) for site in (REPORT, FACTS)}

    def run(request: HttpRequest) -> HttpResponse:
        bodies.expect_whole(request)
        try:
            site = site_of(request.get_host())
        except DisallowedHost:
            return get_response(request)  # Its own chain refuses it, with the headers that belong to it.
        if site is None:
            return get_response(request)
        request.urlconf = site.urlconf
        request.public_site = site  # type: ignore[attr-defined]
        request.helplines = SimpleLazyObject(_helplines)  # type: ignore[attr-defined]
        set_urlconf(site.urlconf)
        with _memory(request):
            return chains[site.name](request)

    return run


def _memory(request: HttpRequest) -> AbstractContextManager[None]:
    """Reading requests look each key up once; writing ones always see what is stored now."""
    return remembering() if request.method in ("GET", "HEAD") else nullcontext()


def _helplines() -> object:
    """The numbers that may be shown today; none while the house is locked, or its database does not answer.

    They stand on the pages of errors too, which must come whatever has failed.
    """
    from amparo.staff import queries

    if not keyring.is_unlocked():
        return ()
    try:
        return queries.helplines_shown()
    except (AppError, DatabaseError):
        log.warning("helplines", extra={"event": "helplines_not_read"})
        return ()


def chain(middleware: Sequence[str]) -> Next:
    """Django's handling of one request behind a list of middleware of our own choosing.

    The handler keeps the hooks of views and exceptions in lists of its own, so each chain has one.
    """
    handler = BaseHandler()
    views: list[object] = []
    exceptions: list[object] = []
    respond: Next = handler._get_response  # type: ignore[attr-defined]
    answer: Any = convert_exception_to_response(respond)
    for path in reversed(middleware):
        made = import_string(path)(answer)
        if hasattr(made, "process_view"):
            views.insert(0, made.process_view)
        if hasattr(made, "process_exception"):
            exceptions.append(made.process_exception)
        answer = convert_exception_to_response(made)
    handler._view_middleware = views  # type: ignore[attr-defined]
    handler._exception_middleware = exceptions  # type: ignore[attr-defined]
    handler._template_response_middleware = []  # type: ignore[attr-defined]
    whole: Next = answer
    return whole
