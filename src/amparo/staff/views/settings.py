"""What the organisation sets for itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.access import policy
from amparo.access.policy import Subject
from amparo.kernel.errors import NotFound
from amparo.staff import commands
from amparo.staff.forms import (
    ClockForm,
    CodeForm,
    HelplineForm,
    NewClockForm,
    NewHelplineForm,
    NumbersForm,
    ReportsOfficeForm,
    RetentionForm,
    ThresholdForm,
    clock_in,
    helpline_in,
    thresholds_in,
)
from amparo.staff.queries import pages
from amparo.staff.queries import settings as held
from amparo.staff.words import LIST_LABELS, CodeList, Key, Number
from amparo.web.forms import number_of
from amparo.web.pages import FormPage, act, show_form
from amparo.web.requests import ActorRequest


def settings(request: ActorRequest) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": pages.settings(request.actor)})


def _page(request: ActorRequest, title: str | Promise, lede: str = "") -> FormPage:
    policy.check_new(request.actor, "staff:setting:change", Subject(office=request.actor.office_id))
    return FormPage(
        title=title,
        lede=lede,
        back=reverse("staff:settings"),
        crumbs=pages.settings_crumbs(),
        success=_("Saved. The ledger keeps that you changed it."),
    )


def set_numbers(request: ActorRequest) -> HttpResponse:
    def save(data: dict[str, Any]) -> Any:
        numbers = {number: data[number.value] for number in Number}
        return commands.set_numbers(actor=request.actor, expected=data["expected"], numbers=numbers)

    def present() -> tuple[int, dict[str, object]]:
        return held.stored(Key.NUMBERS)[0], {number.value: value for number, value in held.numbers().items()}

    return show_form(request, _page(request, _("Time limits and thresholds")), NumbersForm, save, present=present)


def set_retention(request: ActorRequest) -> HttpResponse:
    def save(data: dict[str, Any]) -> Any:
        expected = data.pop("expected")
        return commands.set_retention(actor=request.actor, expected=expected, years=data)

    def present() -> tuple[int, dict[str, object]]:
        return held.stored(Key.RETENTION)[0], dict(held.retention())

    page = _page(request, _("How long closed cases and reports are kept"), _("Years from the closing or the decision."))
    return show_form(request, page, RetentionForm, save, present=present)


def set_restoration(request: ActorRequest) -> HttpResponse:
    def save(data: dict[str, Any]) -> Any:
        thresholds = thresholds_in(data)
        return commands.set_thresholds(actor=request.actor, expected=data["expected"], thresholds=thresholds)

    def present() -> tuple[int, dict[str, object]]:
        values = {area.value: str(value) for area, value in held.restoration_thresholds().items()}
        return held.stored(Key.RESTORATION)[0], dict(values)

    lede = _("A mean from 1 to 4, at and above which an area counts as restored. Leave empty what you do not set.")
    page = _page(request, _("Thresholds of restoration"), lede)
    return show_form(request, page, ThresholdForm, save, present=present)


def add_clock(request: ActorRequest) -> HttpResponse:
    def save(data: dict[str, Any]) -> Any:
        clock = clock_in(data["code"], data)
        return commands.save_clock(actor=request.actor, expected=data["expected"], clock=clock, is_new=True)

    def present() -> tuple[int, dict[str, object]]:
        return held.stored(Key.CLOCKS)[0], {}

    return show_form(request, _page(request, _("Add a statutory clock")), NewClockForm, save, present=present)


def change_clock(request: ActorRequest, code: str) -> HttpResponse:
    def save(data: dict[str, Any]) -> Any:
        clock = clock_in(code, data, is_example=pages.clock(code)[1].is_example)
        return commands.save_clock(actor=request.actor, expected=data["expected"], clock=clock, is_new=False)

    def present() -> tuple[int, dict[str, object]]:
        version, clock = pages.clock(code)
        return version, {
            "label": clock.label,
            "days": clock.days,
            "start": clock.start.value,
            "stop": clock.stop.value,
            "is_active": clock.is_active,
        }

    return show_form(request, _page(request, _("Change a statutory clock")), ClockForm, save, present=present)


def add_helpline(request: ActorRequest) -> HttpResponse:
    def save(data: dict[str, Any]) -> Any:
        line = helpline_in(data["code"], data)
        return commands.save_helpline(actor=request.actor, expected=data["expected"], line=line, is_new=True)

    def present() -> tuple[int, dict[str, object]]:
        return held.stored(Key.HELPLINES)[0], {"is_active": True}

    page = _page(request, _("Add a helpline"), _("Call it yourself before you enter it: a wrong number can kill."))
    return show_form(request, page, NewHelplineForm, save, present=present)


def change_helpline(request: ActorRequest, code: str) -> HttpResponse:
    def save(data: dict[str, Any]) -> Any:
        line = helpline_in(code, data)
        return commands.save_helpline(actor=request.actor, expected=data["expected"], line=line, is_new=False)

    def present() -> tuple[int, dict[str, object]]:
        version, line = pages.helpline(code)
        return version, asdict(line)

    page = _page(request, _("Change a helpline"), _("Call it yourself before you save: a wrong number can kill."))
    return show_form(request, page, HelplineForm, save, present=present)


def set_reports_office(request: ActorRequest) -> HttpResponse:
    def save(data: dict[str, Any]) -> Any:
        office = number_of(data["office"])
        return commands.set_reports_office(actor=request.actor, expected=data["expected"], office_id=office)

    def present() -> tuple[int, dict[str, object]]:
        return held.stored(Key.REPORTING)[0], {"office": str(held.reports_office() or "")}

    lede = _("Somebody there must read them every day. Until an office is chosen the site takes no report.")
    page = _page(request, _("Reports from the public site"), lede)
    return show_form(
        request, page, ReportsOfficeForm, save, present=present, options={"offices": pages.office_choices()}
    )


def _list(name: str) -> CodeList:
    try:
        return CodeList(name)
    except ValueError as error:
        raise NotFound from error


def add_code(request: ActorRequest, name: str) -> HttpResponse:
    chosen = _list(name)
    page = _page(request, LIST_LABELS[chosen])
    return show_form(request, page, CodeForm, lambda data: commands.add_code(actor=request.actor, name=chosen, **data))


@require_POST
def use_code(request: ActorRequest, name: str, code: str) -> HttpResponse:
    chosen = _list(name)
    is_active = bool(request.POST.get("use"))
    return act(
        request,
        lambda: commands.set_code_use(actor=request.actor, name=chosen, code=code, is_active=is_active),
        reverse("staff:settings"),
        _("Saved. The ledger keeps that you changed it."),
    )
