"""What happens around every request. Each function wraps the next one; the order is in the settings."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django.utils import timezone, translation

from amparo.access import commands, policy, queries, readings
from amparo.access.actors import Actor, actor_for
from amparo.kernel import clock, ids
from amparo.kernel.errors import AppError
from amparo.kernel.recall import remembering
from amparo.vault import keyring
from amparo.vault.errors import Locked
from amparo.web import kept, limits, uploads
from amparo.web.views import bad_request, error_page

if TYPE_CHECKING:
    from amparo.access.models import Account

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("amparo.web")

_SEEN_EVERY_S = 60
# Pages of the sign-in library that a signed-in person without a second step may still open.
_SECOND_STEP_ROUTES = ("mfa_", "account_", "staff:own", "staff:sign_out")


def headers(get_response: Next) -> Next:
    """No page with anything personal may be kept by a browser or a proxy."""

    def run(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=(), browsing-topics=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return run


def locked_page(get_response: Next) -> Next:
    """Without the passphrase there is one page only."""

    def run(request: HttpRequest) -> HttpResponse:
        if keyring.is_unlocked() or request.path.startswith(settings.STATIC_URL):
            return get_response(request)
        return error_page(request, Locked())

    return run


def _is_public(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return bool(getattr(view, "public", False)) or view.__module__.startswith("allauth.")


def _sign_in_page(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in; what was being sent is kept for its writer."""
    target = request.get_full_path() if request.method == "GET" else request.path
    if request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
        key = _kept_or_none(request)
        if key is not None:
            target = f"{request.path}?kept={key}"
    where = f"{settings.LOGIN_URL}?{urlencode({'next': target})}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return HttpResponseRedirect(where)


def _kept_or_none(request: HttpRequest) -> UUID | None:
    """The number of what was kept; where it can't be kept, the way to the sign-in stays open all the same."""
    try:
        return kept.keep(request)
    except AppError as error:
        log.warning("kept", extra={"event": "form_not_kept", "code": error.code})
        return None


def actor(get_response: Next) -> Next:
    """Know who acts, or lead to the sign-in. Sign-ins end when idle, after a day's work, or when told to."""

    def run(request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        account = request.user
        if account.is_authenticated:
            row = _live_sign_in(request, account)
            if row is None:
                logout(request)
            else:
                return _as_actor(request, account, row, get_response)
        try:
            with limits.place_for_body(request, limits.SIGN_INS):
                return get_response(request) if _is_public(request) else _sign_in_page(request)
        except limits.ManyAtOnce as error:
            return error_page(request, error)
        except UnreadablePostError as error:
            return bad_request(request, error)

    return run


def _as_actor(request: HttpRequest, account: Account, sign_in: queries.SignInView, get_response: Next) -> HttpResponse:
    request.actor = actor_for(account, sign_in.id, court=sign_in.in_court)  # type: ignore[attr-defined]
    request.account = account  # type: ignore[attr-defined]
    office = queries.office(account.office_id)
    if _needs_second_step(request, account):
        return HttpResponseRedirect("/second-step/totp/activate/")
    zone = ZoneInfo(office.time_zone)
    with translation.override(account.language), timezone.override(zone), clock.days_of(zone):
        request.LANGUAGE_CODE = account.language
        request.office = office  # type: ignore[attr-defined]
        return get_response(request)


def _live_sign_in(request: HttpRequest, account: Account) -> queries.SignInView | None:
    """The sign-in of this session if it has not ended, idled or grown too old."""
    row = queries.open_sign_in(account.id, request.session.get("sign_in"))
    now = clock.now()
    if row is None or now - row.seen_at > settings.IDLE_LIMIT or now - row.started_at > settings.SIGN_IN_LIMIT:
        return None
    if (now - row.seen_at).total_seconds() > _SEEN_EVERY_S:
        commands.see_sign_in(row.id)
    return row


def _needs_second_step(request: HttpRequest, account: Account) -> bool:
    if not settings.SECOND_STEP_REQUIRED or _is_public(request):
        return False
    from allauth.mfa.models import Authenticator

    return not Authenticator.objects.filter(user_id=account.pk).exists()


def files(get_response: Next) -> Next:
    """Ask the policy before a form's files are read. Stands before the form check, which reads the body."""

    def run(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def before_view(
        request: HttpRequest, view: object, _args: Sequence[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        try:
            uploads.prepare(request, view, kwargs)
        except AppError as error:
            _record_refusal(request, error)
            return error_page(request, error)
        return None

    run.process_view = before_view  # type: ignore[attr-defined]
    return run


def errors(get_response: Next) -> Next:
    """Errors of the house become pages; refused attempts go to the ledger after the roll-back."""

    def run(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def on_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, AppError):
            _record_refusal(request, error)
            if error.status >= 500:
                _log(request, error)
            return error_page(request, error)
        if isinstance(error, RequestDataTooBig | TooManyFieldsSent):
            return error_page(request, None, status=413)
        if isinstance(error, UnreadablePostError):
            return bad_request(request, error)  # The connection was lost on the way.
        return None

    run.process_exception = on_exception  # type: ignore[attr-defined]
    return run


def _record_refusal(request: HttpRequest, error: AppError) -> None:
    who: Actor | None = getattr(request, "actor", None)
    if who is not None and error.status in (403, 404):
        permission = str(error.fields.get("permission", "")) or error.code
        # What court mode closes to everybody is asked for by mistake, and nobody learns anything by it.
        if not policy.is_closed_in_court(who, permission):
            commands.record_refusal(actor=who, permission=permission)


def _log(request: HttpRequest, error: Exception) -> None:
    route = request.resolver_match.route if request.resolver_match else ""
    number = ids.new_public_id()
    request.error_id = number  # type: ignore[attr-defined]
    extra = {"event": "error", "error_id": number, "route": route, "method": request.method}
    log.error("error", exc_info=error, extra=extra)


def _memory(request: HttpRequest) -> AbstractContextManager[None]:
    """Reading requests look each key and name up once; writing ones always see what is stored now."""
    return remembering() if request.method in ("GET", "HEAD") else nullcontext()


def readings_kept(get_response: Next) -> Next:
    """What was opened is in the ledger before the answer leaves."""

    def run(request: HttpRequest) -> HttpResponse:
        with readings.collecting() as opened, _memory(request):
            response = get_response(request)
        who: Actor | None = getattr(request, "actor", None)
        if opened and who is not None and not getattr(response, "says_nothing", False):
            commands.record_readings(actor=who, readings=frozenset(opened))
        return response

    return run
