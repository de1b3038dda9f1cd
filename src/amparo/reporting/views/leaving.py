"""The ways out of the reporting site: at once, with a code to come back, and with all that was written deleted.

Leaving at once changes nothing here: a link is also opened by machines, such as a browser that loads pages ahead. It
takes the key off the telephone; what was written then lies under a key that nobody has, and goes when its time is
over. Why it is so stands in docs/adr/0017-leaving-and-what-was-written.md.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.reporting import commands
from amparo.reporting.rules import KEPT_WITH_CODE, groups
from amparo.reporting.views.around import COOKIE, check_mark, drop_cookie, go, held, inside, show, source
from amparo.reporting.words import Step
from amparo.web import public


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Lead away at once, and leave nothing on the telephone. It asks nothing of the database, so nothing stops it."""
    if public.is_opened_ahead(request):
        return public.not_opened()
    response = public.leave(request)
    drop_cookie(response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def later(request: HttpRequest) -> HttpResponse:
    """A code for who must leave before she is done: only who asks for it gets one."""
    found = held(request)
    if found is None or found.stay.step is not Step.ASKING:
        return go(request, "come_back" if found is None else "check")
    if request.method == "POST":
        check_mark(request)
        commands.keep_for_later(found, request.COOKIES[COOKIE], source(request))
        return go(request, "later")
    parts = groups(found.stay.code) if found.stay.way_back else []
    return show(request, "later", {"parts": parts, "kept_days": KEPT_WITH_CODE.days})


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Delete what was not sent, for who presses the button that says so, and lead away.

    By a page that goes on by itself: browsers let no form of ours be answered from elsewhere, also not by a redirect.
    """
    found = inside(request, Step.ASKING)
    check_mark(request)
    commands.end(found)
    request.held_here = None  # type: ignore[attr-defined]
    response = show(request, "gone", {})
    drop_cookie(response)
    return response
