"""Pages across rooms."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.access import commands as access
from amparo.access import policy
from amparo.cases import commands as cases
from amparo.cases import queries as case_queries
from amparo.cases.views.around import case_url, crumbs
from amparo.desk import queries
from amparo.desk.forms import AnswerForm, AskToCloseForm, DeclineForm, EraseForm, FindForm, ReopenForm, SureForm
from amparo.intake import queries as reports
from amparo.journeys import closing, erasing
from amparo.people import queries as people
from amparo.web.forms import number_of
from amparo.web.pages import FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Empty, Section, Sheet


def today(request: ActorRequest) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.today_sheet(request.actor)})


def week(request: ActorRequest) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.today_sheet(request.actor, days=7)})


def erase(request: ActorRequest) -> HttpResponse:
    """Erase a person for good: for the data-protection officer, who knows codes and no names."""
    policy.check_new(request.actor, "people:person:erase", policy.Subject())
    page = FormPage(
        title=_("Erase a person"),
        back=reverse("desk:today"),
        submit=_("Erase for good"),
        success=_("Erased. What stays are codes, states and times."),
        grave=True,
        template="web/confirm_page.html",
        consequences=(
            _("Her name, her contacts and every text about her alone can never be read again by anybody."),
            _("Codes, states and times stay, so that counts stay right and the ledger stays whole."),
            _("Paper, exports and copies at partners are not reached. Backups of the keys end within 30 days."),
            _("Texts about several people stay under the key of the case: read them through."),
        ),
    )
    chosen = number_of(request.GET.get("person"))
    code = next((head.code for head in people.heads([chosen] if chosen else []).values()), "")
    return show_form(
        request,
        page,
        EraseForm,
        lambda data: erasing.erase_by_code(actor=request.actor, code=data["code"]),
        initial={"code": code},
    )


def erase_report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Erase a report that became no case, once its day has passed."""
    report = reports.report_to_erase(request.actor, report_id)
    page = FormPage(
        title=_("Erase the report %(code)s") % {"code": report.code},
        back=reverse("desk:kept"),
        submit=_("Erase for good"),
        success=_("Erased. What stays are codes, states and times."),
        grave=True,
        template="web/confirm_page.html",
        consequences=(
            _("What was told, every note, message and file of it can never be read again by anybody."),
            _("So are the names and contacts of those whom no case and no other report names."),
            _("Codes, states and times stay, so that counts stay right and the ledger stays whole."),
            _("Paper, exports and copies at partners are not reached. Backups of the keys end within 30 days."),
        ),
    )
    return show_form(
        request, page, SureForm, lambda _data: erasing.erase_report(actor=request.actor, report_id=report_id)
    )


def kept(request: ActorRequest) -> HttpResponse:
    """Whose words are kept past their day: for who erases."""
    listing = queries.kept_listing(request.actor, number_of(request.GET.get("after")))
    return render(request, "web/list_page.html", {"listing": listing})


@require_POST
def read_notices(request: ActorRequest) -> HttpResponse:
    numbers = [number_of(value) for value in request.POST.getlist("notice")]
    access.read_notices(actor=request.actor, notice_ids=[number for number in numbers if number is not None])
    return redirect("desk:today")


def case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    chosen = request.GET.get("span", "all")
    span = chosen if chosen in queries.SPANS else "all"
    sheet, timeline = queries.case_sheet(request.actor, case_id, span)
    context = {"sheet": sheet, "timeline": timeline, "spans": queries.SPANS, "span": span, "case_id": case_id}
    return render(request, "desk/case.html", context)


def find(request: ActorRequest) -> HttpResponse:
    """What was typed comes by POST: a name must never stand in an address."""
    form = FindForm(request.POST or None)
    if form.is_valid():
        sheet = queries.found_sheet(request.actor, form.cleaned_data["q"])
    else:
        asked = Section(_("Find"), column=0, empty=Empty(_("Type a code, a name or a telephone number above.")))
        sheet = Sheet(title=_("Find"), sections=(asked,))
    return render(request, "web/sheet_page.html", {"sheet": sheet})


def closing_page(request: ActorRequest, case_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.closing_sheet(request.actor, case_id)})


def _page(request: ActorRequest, case_id: UUID, permission: str, title: str, submit: str) -> FormPage:
    head = case_queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, permission, head.subject)
    return FormPage(title=title, submit=submit, back=reverse("desk:closing", args=[case_id]), crumbs=crumbs(head))


def ask_to_close(request: ActorRequest, case_id: UUID) -> HttpResponse:
    page = _page(request, case_id, "cases:closing:request", _("Ask to close the case"), _("Ask"))
    return show_form(
        request,
        page,
        AskToCloseForm,
        lambda data: closing.ask_to_close(actor=request.actor, case_id=case_id, **data),
    )


def approve_closing(request: ActorRequest, case_id: UUID) -> HttpResponse:
    page = _page(request, case_id, "cases:closing:approve", _("Close the case"), _("Close it"))
    return show_form(
        request,
        page,
        AnswerForm,
        lambda data: closing.approve_closing(actor=request.actor, case_id=case_id, **data),
    )


def decline_closing(request: ActorRequest, case_id: UUID) -> HttpResponse:
    page = _page(request, case_id, "cases:closing:approve", _("Leave the case open"), _("Leave it open"))
    return show_form(
        request,
        page,
        DeclineForm,
        lambda data: cases.decline_closing(actor=request.actor, case_id=case_id, **data),
    )


def reopen(request: ActorRequest, case_id: UUID) -> HttpResponse:
    page = _page(request, case_id, "cases:closing:approve", _("Open the case again"), _("Open it again"))
    return show_form(
        request,
        page,
        ReopenForm,
        lambda data: cases.reopen_case(actor=request.actor, case_id=case_id, **data),
        done=lambda _key: case_url(case_id),
    )
