"""Signing in and out, and opening an account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.views import LoginView
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from amparo.access import commands as access
from amparo.access.actors import Actor
from amparo.access.errors import InvitationSpent
from amparo.kernel.errors import NotFound
from amparo.staff import adapter, commands
from amparo.staff.errors import TooManyAttempts
from amparo.staff.forms import WelcomeForm
from amparo.staff.queries import demo
from amparo.web.fields import as_validation
from amparo.web.forms import number_of
from amparo.web.requests import public


def _demo_is_open(request: HttpRequest) -> bool:
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    return demo.is_open(request.META.get("REMOTE_ADDR", ""), forwarded=forwarded)


class SignInView(LoginView):  # type: ignore[misc]
    """The library's sign-in, with our form and, in the demonstration, the cast to choose from."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **rest: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**rest)
        context["cast"] = demo.cast() if _demo_is_open(self.request) else []
        context["title"] = _("Sign in")
        context["next"] = self.request.POST.get("next") or self.request.GET.get("next", "")
        return context


sign_in = public(SignInView.as_view())


@csrf_exempt
@public
@never_cache
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Outside the demonstration this address answers like a missing one, before anything else is looked at."""
    if request.method != "POST" or not _demo_is_open(request):
        raise NotFound
    return _enter_demo(request)


@csrf_protect
def _enter_demo(request: HttpRequest) -> HttpResponse:
    chosen = number_of(request.POST.get("account"))
    if chosen is None:
        raise NotFound
    return HttpResponseRedirect(adapter.sign_in_as(request, chosen))


@require_POST
@public
def sign_out(request: HttpRequest) -> HttpResponse:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None and actor.sign_in_id is not None:
        access.end_own_sign_in(actor=actor, sign_in_id=actor.sign_in_id)
    adapter.sign_out(request)
    return HttpResponseRedirect(reverse("staff:sign_in"), status=303)


@sensitive_post_parameters()
@public
@never_cache
def welcome(request: HttpRequest) -> HttpResponse:
    """Open an account with the words of an invitation."""
    form = WelcomeForm(request.POST) if request.method == "POST" else WelcomeForm()
    if request.method == "POST":
        if not ratelimit.consume(request, action="welcome"):
            raise TooManyAttempts
        if form.is_valid() and _open_account(form):
            messages.success(request, _("Your account is open. Sign in with the name that you were given."))
            return HttpResponseRedirect(reverse("staff:sign_in"), status=303)
    context = {
        "title": _("Welcome to Amparo"),
        "lede": _("Choose a password that you use nowhere else. A sentence is easy to keep in mind."),
        "form": form,
        "submit_label": _("Open my account"),
        "cancel_url": reverse("staff:sign_in"),
    }
    return render(request, "web/form_page.html", context, status=422 if form.errors else 200)


def _open_account(form: WelcomeForm) -> UUID | None:
    try:
        return commands.activate(words=form.cleaned_data["words"], password=form.cleaned_data["password"])
    except InvitationSpent as error:
        form.add_error("words", as_validation(error))
        return None
