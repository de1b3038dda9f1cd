"""Threats: one page for each, with what is done against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.cases.words import PartyRole
from amparo.investigations import commands, forms, queries
from amparo.investigations.words import MeasureKind, ThreatClosed, Threatener, ThreatKind, ThreatRisk
from amparo.kernel.words import Compartment
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data, FormPage, Said, act, show_form
from amparo.web.requests import ActorRequest


def threat(request: ActorRequest, threat_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.threat_page(request.actor, threat_id)})


def _url(threat_id: UUID | None) -> str:
    return reverse("investigations:threat", args=[threat_id])


def _uuid(typed: str | None) -> UUID | None:
    return UUID(typed) if typed and typed != forms.COLLEAGUE else None


def report_threat(request: ActorRequest, case_id: UUID) -> HttpResponse:
    return write_threat(request, case_id, reverse("desk:case", args=[case_id]))


def write_threat(
    request: ActorRequest, case_id: UUID, back: str, given: Mapping[str, object] | None = None
) -> HttpResponse:
    """Ask about a threat; `given` is what is known of it already."""
    head = queries.head_for(request.actor, commands.THREAT_CHANGE, case_id, Compartment.NARRATIVE)

    def save(data: Data) -> UUID:
        return commands.report_threat(
            actor=request.actor,
            case_id=case_id,
            person_id=_uuid(data["person_id"]),
            by=Threatener(data["by"]),
            by_person_id=_uuid(data.get("by_person_id")),
            kind=ThreatKind(data["kind"]),
            happened=data["happened"],
            risk=ThreatRisk(data["risk"]),
            summary=data["summary"],
            account=data["account"],
        )

    page = FormPage(
        _("Write down a threat"),
        back,
        lede=_("Look after her or him first. Then write it down, and agree on what is done."),
        crumbs=queries.room_crumbs(head),
        submit=_("Save"),
        success=_("The threat is written down. Agree on what is done now."),
    )
    options = {
        "people": queries.threatened_choices(request.actor, case_id),
        "suspects": queries.people_of(request.actor, case_id, PartyRole.SUSPECT),
    }
    return show_form(request, page, forms.ThreatForm, save, done=_url, initial=given, options=options)


def _page(found: queries.ThreatForm, threat_id: UUID, title: Said, lede: Said = "") -> FormPage:
    crumbs = queries.threat_crumbs(found.head, threat_id)
    return FormPage(title, _url(threat_id), lede=lede, crumbs=crumbs, submit=_("Save"))


def assess_threat(request: ActorRequest, threat_id: UUID) -> HttpResponse:
    found = queries.threat_for(request.actor, threat_id)

    def save(data: Data) -> UUID:
        return commands.assess_threat(
            actor=request.actor,
            threat_id=threat_id,
            expected=data["expected"],
            risk=ThreatRisk(data["risk"]),
            summary=data["summary"],
            account=data.get("account"),
        )

    def present() -> tuple[int, dict[str, object]]:
        now = queries.threat_for(request.actor, threat_id)
        return now.version, dict(now.values)

    page = _page(found, threat_id, _("Look at a threat again"))
    options = {"reads_account": found.reads_account}
    return show_form(request, page, forms.AssessForm, save, present=present, options=options)


def add_measure(request: ActorRequest, threat_id: UUID) -> HttpResponse:
    found = queries.threat_for(request.actor, threat_id)

    def save(data: Data) -> UUID:
        return commands.add_measure(
            actor=request.actor,
            threat_id=threat_id,
            kind=MeasureKind(data["kind"]),
            responsible_id=UUID(data["responsible_id"]),
            due_on=data["due_on"],
            details=data.get("details", ""),
        )

    page = _page(found, threat_id, _("Add a measure"))
    options = {"team": queries.responsible_choices(found.head), "knows_address": found.knows_address}
    given = {"responsible_id": str(request.actor.account_id), "due_on": queries.today()}
    return show_form(request, page, forms.MeasureForm, save, initial=given, options=options)


def close_threat(request: ActorRequest, threat_id: UUID) -> HttpResponse:
    found = queries.threat_for(request.actor, threat_id)

    def save(data: Data) -> UUID:
        return commands.close_threat(actor=request.actor, threat_id=threat_id, reason=ThreatClosed(data["reason"]))

    return show_form(request, _page(found, threat_id, _("Close a threat")), forms.CloseThreatForm, save)


def _act(request: ActorRequest, threat_id: UUID, run: Callable[..., UUID], said: str) -> HttpResponse:
    queries.threat_for(request.actor, threat_id)
    return act(request, lambda: run(actor=request.actor, threat_id=threat_id), _url(threat_id), said)


@require_POST
def mitigate_threat(request: ActorRequest, threat_id: UUID) -> HttpResponse:
    return _act(request, threat_id, commands.mitigate_threat, _("It is mitigated; look at it again in time."))


@require_POST
def reopen_threat(request: ActorRequest, threat_id: UUID) -> HttpResponse:
    return _act(request, threat_id, commands.reopen_threat, _("The threat is open again."))


@require_POST
def do_measure(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    back = _url(queries.threat_of_measure(request.actor, measure_id))
    run = partial(commands.do_measure, actor=request.actor, measure_id=measure_id)
    return act(request, run, back, _("The measure is done."))


def drop_measure(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    threat_id = queries.threat_of_measure(request.actor, measure_id)
    found = queries.threat_for(request.actor, threat_id)
    page = FormPage(
        _("Drop a measure"),
        _url(threat_id),
        crumbs=queries.threat_crumbs(found.head, threat_id),
        submit=_("Drop it"),
        success=_("The measure is dropped."),
        template="web/confirm_page.html",
        consequences=[_("It is not done, and nobody waits for it any more. It stays readable.")],
    )
    return show_form(
        request, page, EmptyForm, lambda data: commands.drop_measure(actor=request.actor, measure_id=measure_id)
    )
