"""Pages of sessions, and their links for telephones."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import segno
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.kernel import clock
from amparo.training import commands, forms
from amparo.training.commands import Plan
from amparo.training.queries import curricula, doors
from amparo.training.queries import session as page_of
from amparo.training.queries import sessions as queries
from amparo.training.queries.sessions import CHANGE, Head
from amparo.training.words import CancelReason, DoorPurpose
from amparo.web.forms import EmptyForm, Form, number_of
from amparo.web.pages import Data, FormPage, Said, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def listing(request: ActorRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    found = queries.listing(request.actor, state, number_of(request.GET.get("after")))
    filters = forms.FilterForm(initial={"state": state})
    return render(request, "web/list_page.html", {"listing": found, "filters": filters})


def this_year(request: ActorRequest) -> HttpResponse:
    return year(request, clock.today().year)


def year(request: ActorRequest, year: int) -> HttpResponse:
    if not 1900 < year < 3000:
        raise Http404
    return render(request, "web/sheet_page.html", {"sheet": queries.year(request.actor, year)})


def session(request: ActorRequest, session_id: UUID) -> HttpResponse:
    sheet = page_of.session_page(request.actor, session_id)
    return render(request, "training/columns_first.html", {"sheet": sheet})


def session_url(session_id: UUID | None) -> str:
    return reverse("training:session", args=[session_id])


def _plan(data: Data) -> Plan:
    return Plan(
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        left_out=frozenset(int(day) for day in data["left_out"]),
        place=data["place"],
        district=data["district"],
        language=data["language"],
        trainer_ids=tuple(UUID(key) for key in data["trainer_ids"]),
        guest_trainers=data["guest_trainers"],
        invited_ids=tuple(UUID(key) for key in data.get("invited_ids", ())),
        invited=data["invited"],
        remark=data["remark"],
    )


def plan(request: ActorRequest) -> HttpResponse:
    curricula.check_may_write(request.actor, CHANGE)
    choices = {
        "versions": curricula.version_choices(request.actor),
        "trainers": queries.trainer_choices(request.actor),
        "invited": queries.invited_choices(request.actor),
    }

    def save(data: Data) -> UUID:
        return commands.plan_session(actor=request.actor, version_id=UUID(data["version_id"]), plan=_plan(data))

    title = _("Plan a session")
    back = reverse("training:sessions")
    crumbs = (Crumb(_("Training"), back), Crumb(title))
    page = FormPage(title, back, crumbs=crumbs, submit=_("Plan it"), success=_("The session is planned."))
    given = {"version_id": request.GET.get("version", ""), "trainer_ids": [str(request.actor.account_id)]}
    return show_form(request, page, forms.PlanForm, save, done=session_url, initial=given, options=choices)


def change(request: ActorRequest, session_id: UUID) -> HttpResponse:
    head = queries.head_for(request.actor, CHANGE, session_id)
    choices = {
        "trainers": queries.trainer_choices(request.actor),
        "invited": queries.invited_choices(request.actor),
    }

    def save(data: Data) -> UUID:
        return commands.change_session(
            actor=request.actor, session_id=session_id, expected=data["expected"], plan=_plan(data)
        )

    def present() -> tuple[int, dict[str, object]]:
        now = queries.head_for(request.actor, CHANGE, session_id)
        return now.row.version, queries.plan_values(now)

    page = _page(head, _("Change the plan"), _("Save"), _("The plan is changed."))
    return show_form(request, page, forms.SessionForm, save, present=present, options=choices)


def _page(head: Head, title: Said, submit: Said, success: Said, *consequences: Said, grave: bool = False) -> FormPage:
    template = "web/confirm_page.html" if consequences else "web/form_page.html"
    return FormPage(
        title,
        head.url,
        crumbs=(*head.crumbs, Crumb(title)),
        submit=submit,
        success=success,
        consequences=consequences,
        grave=grave,
        template=template,
    )


def _confirm(
    request: ActorRequest, page: FormPage, run: Callable[[Data], UUID], form: type[Form] = EmptyForm
) -> HttpResponse:
    return show_form(request, page, form, run)


def hold(request: ActorRequest, session_id: UUID) -> HttpResponse:
    head = queries.head_for(request.actor, CHANGE, session_id)
    page = _page(
        head, _("It was held"), _("It was held"), _("It is recorded as held. Certificates can be issued now."),
        _("The plan can't be changed any more."),
        _("Who attended enough counts as trained."),
        _("Tests after 3 and 6 months become due by themselves."),
    )  # fmt: skip
    return _confirm(request, page, lambda data: commands.hold_session(actor=request.actor, session_id=session_id))


def cancel(request: ActorRequest, session_id: UUID) -> HttpResponse:
    head = queries.head_for(request.actor, CHANGE, session_id)
    page = _page(
        head, _("Cancel the session"), _("Cancel the session"), _("The session is cancelled."),
        _("It stays on the list with the reason, and counts nowhere."),
        _("Nobody is told by Amparo: call those who wanted to come."),
        grave=True,
    )  # fmt: skip

    def save(data: Data) -> UUID:
        reason = CancelReason(data["reason"])
        return commands.cancel_session(actor=request.actor, session_id=session_id, reason=reason)

    return _confirm(request, page, save, forms.CancelForm)


def evaluate(request: ActorRequest, session_id: UUID) -> HttpResponse:
    head = queries.head_for(request.actor, CHANGE, session_id)
    page = _page(head, _("Evaluate the session"), _("Save"), _("The evaluation is saved."))

    def save(data: Data) -> UUID:
        return commands.evaluate_session(actor=request.actor, session_id=session_id, words=data["words"])

    return show_form(request, page, forms.EvaluationForm, save)


def follow_up(request: ActorRequest, session_id: UUID) -> HttpResponse:
    head = queries.head_for(request.actor, CHANGE, session_id)
    page = _page(
        head, _("Close the follow-up"), _("Close it"), _("The follow-up is closed."),
        _("Who did not take the tests stays missing. No score is put in their place."),
        _("Nobody is reminded any more."),
    )  # fmt: skip
    return _confirm(request, page, lambda data: commands.close_follow_up(actor=request.actor, session_id=session_id))


# ---- links for telephones ------------------------------------------------------------------------------------


@require_POST
def open_door(request: ActorRequest, session_id: UUID) -> HttpResponse:
    head = queries.head_for(request.actor, CHANGE, session_id)
    purpose = request.POST.get("purpose", "")
    if purpose not in set(DoorPurpose):
        raise Http404
    made: list[UUID] = []

    def run() -> UUID:
        made.append(commands.open_door(actor=request.actor, session_id=session_id, purpose=DoorPurpose(purpose)))
        return made[-1]

    answer = act(request, run, head.url)
    return HttpResponseRedirect(reverse("training:door", args=[made[-1]])) if made else answer


def door(request: ActorRequest, door_id: UUID) -> HttpResponse:
    """The link on the screen of the room: a code to scan, and the address for who can't."""
    shown = doors.shown(request.actor, door_id)
    address = request.build_absolute_uri(reverse("training:come_in", args=[shown.token]))
    context = {"shown": shown, "address": address, "qr": qr(address), "breadcrumbs": shown.head.crumbs}
    return render(request, "training/door.html", context)


def qr(address: str) -> SafeString:
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        light="#fff", dark="#000", scale=6, svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by us from an address of ours


@require_POST
def close_door(request: ActorRequest, door_id: UUID) -> HttpResponse:
    shown = doors.shown(request.actor, door_id)
    return act(
        request,
        lambda: commands.close_door(actor=request.actor, door_id=door_id),
        shown.head.url,
        _("The link is closed."),
    )
