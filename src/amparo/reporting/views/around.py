"""What every page of this site needs: the cookie, the marks of our own forms, files sealed as they come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from amparo.kernel.errors import AppError
from amparo.kernel.words import Compartment
from amparo.reporting import commands, queries
from amparo.reporting.errors import Ended, NoRoomForFiles, TooManyFiles, TooMuch
from amparo.reporting.queries import Held
from amparo.reporting.words import Step
from amparo.vault.ingest import UploadCut, UploadTooLarge
from amparo.web import uploads
from amparo.web.limits import PerSource, Unhurried, source_of
from amparo.web.public import Next, error_page
from amparo.web.uploads import Reception, take_form

COOKIE = "__Host-notes" if settings.SECURE_COOKIES else "notes"
MOST_FILES = 10
MOST_BYTES = 64 << 20
# What strangers send never takes the last room of the disk, which reports and the work of the staff need.
KEPT_FREE_BYTES = 2 << 30
# Many people stand behind one address, so what comes from there is slowed and never refused for what another did.
# A guess of 77 bits needs no limit; what is limited is the work, and the junk that intake would have to read.
BEGINNINGS = Unhurried(60, timedelta(minutes=10), pace=0.5, waiting=2)
CODES = Unhurried(60, timedelta(minutes=10), pace=1.0, waiting=2)
SENDINGS = Unhurried(30, timedelta(minutes=10), pace=2.0, waiting=2)
# What one visit may send, by the key of its own locker: it can use up nobody's share but its own.
OWN_SENDINGS = PerSource(30, timedelta(minutes=10))


def held(request: HttpRequest) -> Held | None:
    """What this browser has begun."""
    if not hasattr(request, "held_here"):
        cookie = request.COOKIES.get(COOKIE, "")
        request.held_here = queries.held_by(cookie) if cookie else None  # type: ignore[attr-defined]
    found: Held | None = request.held_here  # type: ignore[attr-defined]
    return found


def inside(request: HttpRequest, *steps: Step) -> Held:
    """What this browser has begun, where it has come so far. Raises Ended."""
    found = held(request)
    if found is None or found.stay.step not in steps:
        raise Ended
    return found


def held_or_begun(request: HttpRequest) -> Held:
    """What this browser has begun; a place of its own where there was none. Raises Closed, ManyAtOnce."""
    found = held(request)
    if found is None:
        BEGINNINGS.take(source_of(request))
        cookie, found = commands.begin(language=translation.get_language() or "")
        request.new_cookie = cookie  # type: ignore[attr-defined]
        request.held_here = found  # type: ignore[attr-defined]
    return found


def set_cookie(response: HttpResponse, value: str) -> None:
    """A cookie of this host alone, until the browser is closed; no script reads it, no other site sends it."""
    response.set_cookie(COOKIE, value, secure=settings.SECURE_COOKIES, httponly=True, samesite="Lax", path="/")


def drop_cookie(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path="/", samesite="Lax")


def go(request: HttpRequest, name: str, *args: object) -> HttpResponse:
    """Lead on to a page, with the cookie of what was begun."""
    response = HttpResponseRedirect(reverse(f"reporting:{name}", args=args))
    response.status_code = 303
    cookie = getattr(request, "new_cookie", "")
    if cookie:
        set_cookie(response, cookie)
    return response


def show(request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    found = held(request)
    mark = found.locker.token if found is not None else ""
    response = render(request, f"reporting/{template}.html", {"mark": mark, **context}, status=status)
    cookie = getattr(request, "new_cookie", "")
    if cookie:
        set_cookie(response, cookie)
    return response


def check_mark(request: HttpRequest) -> None:
    """Refuse a form that is not from a page of what was begun. Raises Ended."""
    found = held(request)
    if found is not None and not getattr(request, "new_cookie", "") and request.POST.get("mark") != found.locker.token:
        raise Ended


def is_machine(request: HttpRequest) -> bool:
    """Whether the field was filled that nobody sees."""
    return bool(request.POST.get("website", "").strip())


def files(get_response: Next) -> Next:
    """Middleware of this site: a form's files are sealed as they are read, and only where they are asked for."""

    def run(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def before_view(request: HttpRequest, view: Any, _args: object, kwargs: dict[str, Any]) -> HttpResponse | None:
        if request.content_type != "multipart/form-data":
            return None
        try:
            if getattr(view, "takes_files", None) and view.takes_files(**kwargs):
                _take(request)
            else:
                len(request.POST)  # Any file in it is refused by the handler of all other pages.
        except UnreadablePostError:
            return _refused(request, UploadCut(received_bytes="?"))
        except UploadTooLarge:
            return _refused(request, TooMuch())
        except AppError as error:
            return _refused(request, error)
        return None

    run.process_view = before_view  # type: ignore[attr-defined]
    return run


def _refused(request: HttpRequest, error: AppError) -> HttpResponse:
    """The page of an error, with the cookie of what was begun: files of the same form may have been kept."""
    response = error_page(request, error)
    cookie = getattr(request, "new_cookie", "")
    if cookie:
        set_cookie(response, cookie)
    return response


def _take(request: HttpRequest) -> None:
    found = held_or_begun(request)
    if found.stay.step is Step.SENT:
        raise Ended
    OWN_SENDINGS.take(own(found))
    if len(queries.waiting(found)) >= MOST_FILES:
        raise TooManyFiles
    if uploads.free_bytes() < KEPT_FREE_BYTES:
        raise NoRoomForFiles
    stay = found.stay
    commands.expect_files(found)
    take_form(request, found.actor, Reception(stay.report_id, Compartment.NARRATIVE, stay.office_id, MOST_BYTES))
    # On a slow line hours may have passed, and the report may have been sent in another tab.
    commands.expect_files(found)
    more = queries.waiting(found)[MOST_FILES:]
    for file in more:
        uploads.discard(found.actor, file.upload_id, stay.report_id)
    if more:
        raise TooManyFiles


def own(found: Held) -> bytes:
    """A name for one visit, for a limit that is its own."""
    return found.locker.look_up.encode()


def source(request: HttpRequest) -> bytes | None:
    return source_of(request)
