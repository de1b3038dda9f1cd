"""A colleague knows somebody in a case: she says so herself, and a supervisor decides on what was told or found."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amparo.access import commands as access_commands
from amparo.cases import commands, queries
from amparo.cases.forms import ConflictForm, DeclareForm
from amparo.cases.views.around import case_url, crumbs
from amparo.web.pages import FormPage, show_form
from amparo.web.requests import ActorRequest


def declare(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    page = FormPage(
        title=_("I know somebody in this case"),
        back=case_url(case_id),
        crumbs=crumbs(head),
        submit=_("I step back"),
        success=_("You see this case no more. Supervisors were told."),
        consequences=(
            _("From now on you don’t see this case, nor any other in which the person has a part."),
            _("Supervisors are told. They see what you write here, and may open the way again."),
        ),
        template="web/confirm_page.html",
    )
    return show_form(
        request,
        page,
        DeclareForm,
        lambda data: commands.declare_conflict(
            actor=request.actor, case_id=case_id, person_id=data["whom"], reason=data["reason"]
        ),
        done=lambda _done: "/",
        options={"people": queries.whom_one_may_know(request.actor, case_id)},
    )


def conflict(request: ActorRequest, conflict_id: UUID) -> HttpResponse:
    shown = queries.conflict_page(request.actor, conflict_id)
    if request.method != "POST" and not shown.is_open:
        return _decided(request, conflict_id)
    page = FormPage(
        title=_("Does a colleague know somebody in a case?"),
        lede=_("If you ask the colleague, don’t say about whom it is."),
        back="/",
        submit=_("Decide"),
        success=_("Decided."),
        template="web/confirm_page.html",
        extra={"facts": shown.facts},
    )
    answer = show_form(
        request,
        page,
        ConflictForm,
        lambda data: access_commands.decide_conflict(actor=request.actor, conflict_id=conflict_id, **data),
    )
    return _decided(request, conflict_id, status=409) if answer.status_code == 409 else answer


def _decided(request: ActorRequest, conflict_id: UUID, status: int = 200) -> HttpResponse:
    sheet = queries.decided_page(queries.conflict_page(request.actor, conflict_id), told=status == 409)
    return render(request, "web/sheet_page.html", {"sheet": sheet}, status=status)
