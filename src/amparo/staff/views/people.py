"""Who works here: colleagues, roles, offices, caseloads."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from amparo.access import commands as access
from amparo.access import policy
from amparo.access import queries as access_queries
from amparo.access.policy import Subject
from amparo.kernel.errors import NotFound, Refused
from amparo.staff import commands
from amparo.staff.commands.accounts import Invited
from amparo.staff.forms import HandOverForm, InviteForm, OfficeForm, PersonForm, RoleForm
from amparo.staff.queries import organisation as pages
from amparo.web.forms import EmptyForm
from amparo.web.pages import FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def organisation(request: ActorRequest) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": pages.organisation(request.actor)})


def person(request: ActorRequest, account_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": pages.person(request.actor, account_id)})


def _need(request: ActorRequest, permission: str) -> None:
    policy.check_new(request.actor, permission, Subject(office=request.actor.office_id))


def _page_of(account_id: UUID | None) -> str:
    return reverse("staff:person", args=[account_id]) if account_id else reverse("staff:organisation")


def _crumbs(request: ActorRequest, account_id: UUID) -> tuple[Crumb, ...]:
    name = access_queries.names_of([account_id]).get(account_id, "")
    return (pages.organisation_crumb(), Crumb(name, _page_of(account_id)))


def _show_words(request: ActorRequest, made: Invited) -> HttpResponse:
    """The one time that the words of an invitation are on a page."""
    context = {
        "title": _("Invitation"),
        "words": made.words.split(),
        "name": access_queries.names_of([made.account_id]).get(made.account_id, ""),
        "days": access.INVITATION_DAYS,
        "welcome_url": request.build_absolute_uri(reverse("staff:welcome")),
        "back_url": _page_of(made.account_id),
        "breadcrumbs": (pages.organisation_crumb(),),
    }
    return render(request, "staff/invited.html", context)


@never_cache
def invite(request: ActorRequest) -> HttpResponse:
    _need(request, "access:account:invite")
    made: list[Invited] = []

    def save(data: dict[str, Any]) -> UUID:
        made.append(commands.invite(actor=request.actor, **data))
        return made[-1].account_id

    page = FormPage(
        title=_("Invite a colleague"),
        lede=_("The next page shows six words. Give them to her or him yourself, not by mail."),
        back=reverse("staff:organisation"),
        crumbs=(pages.organisation_crumb(),),
        submit=_("Invite"),
    )
    choices = {"roles": pages.role_choices(), "offices": pages.office_choices()}
    response = show_form(request, page, InviteForm, save, done=_page_of, options=choices)
    return _show_words(request, made[0]) if made else response


@never_cache
def reset_sign_in(request: ActorRequest, account_id: UUID) -> HttpResponse:
    _need(request, "access:account:change")
    made: list[Invited] = []

    def save(_data: dict[str, Any]) -> UUID:
        made.append(commands.reset_sign_in(actor=request.actor, account_id=account_id))
        return account_id

    page = FormPage(
        title=_("Reset the sign-in"),
        back=_page_of(account_id),
        crumbs=_crumbs(request, account_id),
        submit=_("Reset the sign-in"),
        grave=True,
        consequences=(
            _("The present password and the second step stop working at once."),
            _("All sign-ins of this colleague end."),
            _("The next page shows six words with which the account is opened again."),
            _("Make sure that it is really your colleague who asks: call back on a number that you know."),
        ),
        template="web/confirm_page.html",
    )
    response = show_form(request, page, EmptyForm, save)
    return _show_words(request, made[0]) if made else response


def change_person(request: ActorRequest, account_id: UUID) -> HttpResponse:
    _need(request, "access:account:change")

    def present() -> tuple[int, dict[str, object]]:
        held = access_queries.account(request.actor, account_id)
        return held.version, {"name": held.name, "contact": held.contact}

    page = FormPage(
        title=_("Change details"),
        back=_page_of(account_id),
        crumbs=_crumbs(request, account_id),
        success=_("Saved."),
    )
    return show_form(
        request,
        page,
        PersonForm,
        lambda data: access.change_account(actor=request.actor, account_id=account_id, **data),
        present=present,
    )


def give_role(request: ActorRequest, account_id: UUID) -> HttpResponse:
    _need(request, "access:account:change")

    def save(data: dict[str, Any]) -> UUID:
        last = data.pop("until")
        # Until a day means to its end, where the office is.
        until = timezone.make_aware(datetime.combine(last + timedelta(days=1), time())) if last else None
        access.give_role(actor=request.actor, account_id=account_id, until=until, **data)
        return account_id

    page = FormPage(
        title=_("Give a role"),
        back=_page_of(account_id),
        crumbs=_crumbs(request, account_id),
        submit=_("Give this role"),
        success=_("The role was given. If it shows casework, it counts once somebody else has confirmed it."),
    )
    choices = {"roles": pages.role_choices(), "offices": pages.office_choices()}
    return show_form(request, page, RoleForm, save, options=choices)


@require_POST
def end_role(request: ActorRequest, account_id: UUID, role_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: access.end_role(actor=request.actor, role_id=role_id),
        _page_of(account_id),
        _("The role was ended. It is gone at the next page that your colleague opens."),
    )


@require_POST
def confirm_role(request: ActorRequest, account_id: UUID, role_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: access.confirm_role(actor=request.actor, role_id=role_id),
        _page_of(account_id),
        _("The role was confirmed. It counts from the next page that your colleague opens."),
    )


def disable(request: ActorRequest, account_id: UUID) -> HttpResponse:
    _need(request, "access:account:change")
    page = FormPage(
        title=_("Close the account"),
        back=_page_of(account_id),
        crumbs=_crumbs(request, account_id),
        submit=_("Close the account"),
        success=_("The account was closed."),
        grave=True,
        consequences=(
            _("Nobody can sign in with this account, and all its sign-ins end at once."),
            _("Places on teams stay until a supervisor hands the caseload over."),
            _("The account can be opened again later."),
        ),
        template="web/confirm_page.html",
    )
    return show_form(request, page, EmptyForm, lambda data: access.disable(actor=request.actor, account_id=account_id))


@require_POST
def enable(request: ActorRequest, account_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: access.enable(actor=request.actor, account_id=account_id),
        _page_of(account_id),
        _("The account is open again."),
    )


@require_POST
def end_sign_ins(request: ActorRequest, account_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: access.end_sign_ins(actor=request.actor, account_id=account_id),
        _page_of(account_id),
        _("All sign-ins of this account were ended."),
    )


# ---- offices ----------------------------------------------------------------------------------------------------


def add_office(request: ActorRequest) -> HttpResponse:
    _need(request, "staff:office:manage")
    page = FormPage(
        title=_("Add an office"),
        back=reverse("staff:organisation"),
        crumbs=(pages.organisation_crumb(),),
        success=_("The office was added."),
    )
    return show_form(request, page, OfficeForm, lambda data: access.add_office(actor=request.actor, **data))


def change_office(request: ActorRequest, office_id: UUID) -> HttpResponse:
    _need(request, "staff:office:manage")

    def present() -> tuple[int, dict[str, object]]:
        held = next((one for one in access_queries.offices() if one.id == office_id), None)
        if held is None:
            raise NotFound
        fields = ("name", "district", "time_zone", "calling_code")
        return held.version, {name: getattr(held, name) for name in fields}

    page = FormPage(
        title=_("Change an office"),
        back=reverse("staff:organisation"),
        crumbs=(pages.organisation_crumb(),),
        success=_("Saved."),
    )
    return show_form(
        request,
        page,
        OfficeForm,
        lambda data: access.change_office(actor=request.actor, office_id=office_id, **data),
        present=present,
    )


# ---- caseloads --------------------------------------------------------------------------------------------------


def hand_over(request: ActorRequest) -> HttpResponse:
    """Choose who leaves and who takes over; the next page, which spans rooms, says what will happen and does it."""
    if not policy.has(request.actor, "access:grant:give"):
        raise Refused(permission="access:grant:give")
    page = FormPage(
        title=_("Hand over a caseload"),
        lede=_("The next page says what will happen before anything does."),
        back=reverse("staff:organisation"),
        crumbs=(pages.organisation_crumb(),),
        submit=_("See what will happen"),
    )
    chosen: list[str] = []

    def look(data: dict[str, Any]) -> None:
        access_queries.check_hand_over(UUID(data["leaving"]), UUID(data["taking"]))
        chosen.append(reverse("journeys:hand_over", args=[data["leaving"], data["taking"]]))

    return show_form(
        request,
        page,
        HandOverForm,
        look,
        done=lambda _none: chosen[0],
        options={"people": pages.hand_over_choices(request.actor)},
    )
