"""Error pages, and the few addresses that belong to no room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.access.actors import Actor
from amparo.kernel.errors import AppError
from amparo.web import uploads
from amparo.web.requests import public
from amparo.web.translating import hint_of, message_of

_TITLES = {403, 404, 405, 409, 410, 413, 422, 429, 500, 503, 507}


def error_page(request: HttpRequest, error: AppError | None, status: int = 500) -> HttpResponse:
    """The calm page of an error: what happened and what to do next."""
    code = error.status if error is not None else status
    template = f"web/errors/{_page_of(request, code)}.html"
    context = {
        "message": message_of(error) if error is not None else "",
        "hint": hint_of(error) if error is not None else "",
        "error_code": getattr(request, "error_id", ""),
        # The same page to the byte, whatever was asked for: it does not name its own address.
        "names_no_address": True,
    }
    response = render(request, template, context, status=code)
    # Whatever a query had opened before it failed is not on this page.
    response.says_nothing = True  # type: ignore[attr-defined]
    return response


def _page_of(request: HttpRequest, code: int) -> int | str:
    """The page of a status; in court mode one for all that is hidden, so that nobody takes it for lost."""
    who: Actor | None = getattr(request, "actor", None)
    if who is not None and who.court and code in (403, 404):
        return "court"
    return code if code in _TITLES else 500


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/errors/400.html", status=400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, None, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, None, 404)


def broken(request: HttpRequest) -> HttpResponse:
    return error_page(request, None, 500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its secret: sent from elsewhere, or after the browser dropped it."""
    context = {
        "message": _("This form was too old, or did not come from Amparo."),
        "hint": _("Go back, reload the page and send it again. What you typed may still be in the page."),
    }
    return render(request, "web/errors/403.html", context, status=403)


@require_http_methods(["PUT"])
def upload(request: HttpRequest, ticket: str) -> HttpResponse:
    """Take a file ahead of its form: its bytes are the body."""
    key = uploads.receive_put(request, ticket)
    return HttpResponse(status=204, headers={"X-Upload-Id": str(key)})


@public
def health(request: HttpRequest) -> HttpResponse:
    """For a supervisor process: the server answers. Says nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")
