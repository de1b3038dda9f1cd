"""Pages of the calendar, and the feed that a calendar program fetches."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from amparo.kernel import ids
from amparo.kernel.errors import NotFound
from amparo.prosecution import commands, queries
from amparo.web.pages import act, run_once
from amparo.web.requests import ActorRequest, public

SECRET_BYTES = 16


def calendar(request: ActorRequest) -> HttpResponse:
    now = queries.today()
    return month(request, now.year, now.month)


def month(request: ActorRequest, year: int, number: int) -> HttpResponse:
    _real_day(year, number, 1)
    page = queries.month(request.actor, year, number)
    return render(request, "prosecution/calendar.html", {"calendar": page})


def week(request: ActorRequest, year: int, number: int, day: int) -> HttpResponse:
    page = queries.week(request.actor, _real_day(year, number, day))
    return render(request, "prosecution/calendar.html", {"calendar": page})


def _real_day(year: int, number: int, day: int) -> date:
    if not 1900 <= year <= 2190:
        raise Http404
    try:
        return date(year, number, day)
    except ValueError as error:
        raise Http404 from error


def feeds(request: ActorRequest) -> HttpResponse:
    """One's own calendar feeds; the address of a new one is shown once, in the answer that makes it."""
    address = ""
    if request.method == "POST":
        secret = ids.entropy(SECRET_BYTES).hex()
        run_once(request, lambda: commands.make_feed(actor=request.actor, secret=secret))
        address = request.build_absolute_uri(reverse("prosecution:feed", args=[secret]))
    return render(request, "prosecution/feeds.html", {"feeds": queries.feeds(request.actor), "address": address})


@require_POST
def revoke_feed(request: ActorRequest, feed_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.revoke_feed(actor=request.actor, feed_id=feed_id),
        reverse("prosecution:feeds"),
        _("The feed is ended."),
    )


@public
@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar program fetches, without a session: the secret in the address is all it has."""
    try:
        body = queries.feed(secret)
    except NotFound:
        return HttpResponse(status=404, content_type="text/plain")
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={"Referrer-Policy": "no-referrer"})
