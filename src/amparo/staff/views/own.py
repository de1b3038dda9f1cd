"""One's own page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from amparo.access import commands as access
from amparo.access import queries as access_queries
from amparo.staff import adapter
from amparo.staff.errors import WrongPassword
from amparo.staff.forms import ChangePasswordForm, OwnForm
from amparo.staff.queries import own as pages
from amparo.web.pages import FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def own(request: ActorRequest) -> HttpResponse:
    has_step, left = adapter.second_step_of(request.actor.account_id)
    sheet = pages.own(request.actor, has_second_step=has_step, codes_left=left)
    return render(request, "web/sheet_page.html", {"sheet": sheet})


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb(_("Your own page"), reverse("staff:own")),)


def change_own(request: ActorRequest) -> HttpResponse:
    held = access_queries.own_page(request.actor)
    page = FormPage(
        title=_("How Amparo looks and writes to you"),
        back=reverse("staff:own"),
        crumbs=_crumbs(),
        success=_("Saved."),
    )
    initial = {"language": held.language, "theme": held.theme, "mail_notices": held.mail_notices}
    return show_form(
        request,
        page,
        OwnForm,
        lambda data: access.change_own_page(actor=request.actor, **data),
        initial=initial,
    )


@sensitive_post_parameters()
def change_password(request: ActorRequest) -> HttpResponse:
    def save(data: dict[str, Any]) -> UUID:
        if not get_adapter(request).reauthenticate(request.user, data["present"]):
            raise WrongPassword(field="present")
        return access.change_password(actor=request.actor, password=data["password"])

    def done(account_id: UUID | None) -> str:
        adapter.stay_signed_in(request, request.actor.account_id)
        return reverse("staff:own")

    page = FormPage(
        title=_("Change your password"),
        lede=_("Your other sign-ins end with it."),
        back=reverse("staff:own"),
        crumbs=_crumbs(),
        submit=_("Change the password"),
        success=_("Your password was changed."),
        # Passwords that are sent too late are not kept for anybody.
        extra={"kept_for": ""},
    )
    return show_form(request, page, ChangePasswordForm, save, done=done)


@require_POST
def enter_court_mode(request: ActorRequest) -> HttpResponse:
    return act(request, lambda: access.enter_court_mode(actor=request.actor), _where_she_was(request))


@require_POST
def leave_court_mode(request: ActorRequest) -> HttpResponse:
    return act(request, lambda: access.leave_court_mode(actor=request.actor), _where_she_was(request))


def _where_she_was(request: ActorRequest) -> str:
    """The page on which she pressed, as that page says itself; never another site."""
    page = request.POST.get("back", "")
    return iri_to_uri(page) if url_has_allowed_host_and_scheme(page, None) else reverse("desk:today")


@require_POST
def end_own_sign_in(request: ActorRequest, sign_in_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: access.end_own_sign_in(actor=request.actor, sign_in_id=sign_in_id),
        reverse("staff:own"),
        _("That sign-in was ended."),
    )
