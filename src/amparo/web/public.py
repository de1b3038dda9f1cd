"""What both public sites share: who may frame and keep them, the way out, the small files, the error pages.

Nobody signs in here. No address of a visitor is kept, and no page says in its title what it is about.
"""

from __future__ import annotations

import gzip
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from amparo.kernel import ids
from amparo.kernel.errors import AppError
from amparo.vault import keyring
from amparo.vault.errors import Locked
from amparo.web import limits
from amparo.web.translating import hint_of, message_of

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("amparo.web")
_STATIC = Path(__file__).parent / "static" / "web"
# Each site has two small files; the style sheet is three in one, so that a slow line opens one connection less.
_FILES = {
    "look.css": ("text/css", ("tokens.css", "app.css", "public.css")),
    "leave.js": ("text/javascript", ("leave.js",)),
}
# What works even while the house is locked: the way out, and how pages look.
_ALWAYS = ("/leave/", "/files/", "/health/")


@dataclass(frozen=True, slots=True)
class Site:
    """A site for the public: its name in the code, its addresses, and what is run around each request."""

    name: str
    urlconf: str
    middleware: tuple[str, ...]


# ---- around every request -----------------------------------------------------------------------------------------


def headers(get_response: Next) -> Next:
    """Nothing is kept by a browser, a proxy or its own memory of pages: not a page, not a file of its look."""

    def run(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return run


def locked_page(get_response: Next) -> Next:
    """Without the passphrase nothing can be kept safely, so nothing is asked."""

    def run(request: HttpRequest) -> HttpResponse:
        if keyring.is_unlocked() or request.path_info.startswith(_ALWAYS):
            return get_response(request)
        return error_page(request, Locked())

    return run


def own_forms_only(get_response: Next) -> Next:
    """Refuse a form that another site's page sends. Browsers say where a form comes from; old ones may not."""

    def run(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS") and _is_from_elsewhere(request):
            return error_page(request, None, 403)
        return get_response(request)

    return run


def _is_from_elsewhere(request: HttpRequest) -> bool:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


def few_bodies(get_response: Next) -> Next:
    """What strangers send is read by a few threads at most, so that one who sends slowly stops nobody's reading."""

    def run(request: HttpRequest) -> HttpResponse:
        places = limits.FILES if request.content_type == "multipart/form-data" else limits.FORMS
        try:
            with limits.place_for_body(request, places):
                return get_response(request)
        except limits.ManyAtOnce as error:
            return error_page(request, error)
        except UnreadablePostError:
            return error_page(request, None, 400)  # Its sender has lost the connection, and presses again.

    return run


def errors(get_response: Next) -> Next:
    """Errors of the house become calm pages. The log gets a code and no word."""

    def run(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def on_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, AppError):
            if error.status >= 500:
                _log(request, error)
            return error_page(request, error)
        if isinstance(error, RequestDataTooBig | TooManyFieldsSent):
            return error_page(request, None, 413)
        if isinstance(error, UnreadablePostError):
            return error_page(request, None, 400)
        if not isinstance(error, Http404):
            _log(request, error)
        return None

    run.process_exception = on_exception  # type: ignore[attr-defined]
    return run


def _log(request: HttpRequest, error: Exception) -> None:
    request.error_id = ids.new_public_id()  # type: ignore[attr-defined]
    extra = {"event": "error", "error_id": request.error_id, "method": request.method}  # type: ignore[attr-defined]
    log.error("error", exc_info=error, extra=extra)


# ---- error pages --------------------------------------------------------------------------------------------------


def error_page(request: HttpRequest, error: AppError | None, status: int = 500) -> HttpResponse:
    """One page for everything that goes wrong: what happened, and what to do next."""
    code = error.status if error is not None else status
    message, hint = (message_of(error), hint_of(error)) if error is not None else _said(code)
    context = {"message": message, "hint": hint, "error_code": getattr(request, "error_id", "")}
    return render(request, "web/public_error.html", context, status=code)


def _said(status: int) -> tuple[str, str]:
    if status == 404:
        return _("There is no such page."), _("Go to the first page and look from there.")
    if status == 403:
        return _("This came from another page, so it was not taken."), _("Go to the first page and start from there.")
    if status == 413:
        return _("This was too much at once."), _("Send less, or send it in parts.")
    return _("Something went wrong here. It is not your fault."), _("Wait a minute, then try again.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, None, 400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, None, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, None, 404)


def broken(request: HttpRequest) -> HttpResponse:
    return error_page(request, None, 500)


# ---- the way out --------------------------------------------------------------------------------------------------


# What browsers say of a page that they load before, or without, anybody's asking for it.
_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_opened_ahead(request: HttpRequest) -> bool:
    """Whether a machine asks: a page loaded ahead, a preview of a link, a picture or frame of another page.

    Older browsers say nothing of it; then it counts as a person's.
    """
    said = " ".join(request.headers.get(name, "") for name in _AHEAD).lower()
    if request.method == "HEAD" or any(word in said for word in ("prefetch", "prerender", "preview")):
        return True
    as_page = request.headers.get("Sec-Fetch-Mode", "navigate"), request.headers.get("Sec-Fetch-Dest", "document")
    return as_page != ("navigate", "document")


def not_opened() -> HttpResponse:
    """The answer to a machine: a browser takes it for none, and asks anew when a person opens the page."""
    return HttpResponse(status=204)


def leave(request: HttpRequest) -> HttpResponse:
    """Lead away at once to a page that anybody may have open.

    There is nothing to clear: nothing of these sites is kept (`headers`). `Clear-Site-Data` would hold the page on the
    screen until the browser has searched its whole cache; docs/adr/0020-nothing-to-clear.md.
    """
    if is_opened_ahead(request):
        return not_opened()
    return HttpResponse(status=303, headers={"Location": settings.LEAVE_TO})


# ---- the shell ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language in which the same page can be read."""

    code: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a public page."""

    home_url: str
    leave_url: str
    look_url: str
    script_url: str
    tongues: tuple[Tongue, ...]
    helpline: object


def around(request: HttpRequest) -> dict[str, object]:
    """Django's context processor: the shell of a public page, and nothing for the staff's."""
    site: Site | None = getattr(request, "public_site", None)
    if site is None:
        return {}
    lines = getattr(request, "helplines", ())
    urls = [reverse("public_file", args=[name]) for name in _FILES]
    home = _home()
    return {"public": Around(home, reverse("leave"), urls[0], urls[1], _tongues(request), lines[0] if lines else None)}


def _home() -> str:
    try:
        return reverse("public_home")
    except NoReverseMatch:
        return "/"


def _tongues(request: HttpRequest) -> tuple[Tongue, ...]:
    """The same page in each language. What was sent to is not asked for anew: its address leads to a page again."""
    here = translation.get_language() or settings.LANGUAGE_CODE
    rest = re.sub(rf"^/({'|'.join(code for code, _name in settings.LANGUAGES)})/", "/", request.path_info)
    return tuple(
        Tongue(code, str(translation.get_language_info(code)["name_local"]), f"/{code}{rest}", code == here)
        for code, _name in settings.LANGUAGES
    )


@cache
def _content(name: str, packed: bool) -> bytes:
    parts = [(_STATIC / part).read_text(encoding="utf-8") for part in _FILES[name][1]]
    text = "\n".join(parts)
    if name.endswith(".css"):
        text = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", text, flags=re.S)).strip()
    return gzip.compress(text.encode(), mtime=0) if packed else text.encode()


def file(request: HttpRequest, name: str) -> HttpResponse:
    """A small file of the public sites. It is asked for with each page, so it is packed for who can unpack it."""
    if name not in _FILES:
        raise Http404
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(_content(name, packed), content_type=f"{_FILES[name][0]}; charset=utf-8")
    if packed:
        response["Content-Encoding"] = "gzip"
    return response
