"""Releases: asking, looking, approving, and the report as a paper."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from amparo.access import policy
from amparo.access.policy import Subject
from amparo.facts import commands as facts
from amparo.insight import commands, forms
from amparo.insight.queries import counting
from amparo.insight.queries import releases as queries
from amparo.kernel import clock
from amparo.papers.typesetting import typeset
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data, FormPage, act, pdf, show_form
from amparo.web.requests import ActorRequest


@require_GET
def releases(request: ActorRequest) -> HttpResponse:
    return render(request, "web/list_page.html", {"listing": queries.releases(request.actor)})


@require_GET
def release(request: ActorRequest, release_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.release(request.actor, release_id)})


def ask(request: ActorRequest) -> HttpResponse:
    policy.check_new(request.actor, "insight:release:ask", Subject(office=request.actor.office_id))
    reach = counting.reach(request.actor)

    def save(data: Data) -> UUID:
        return commands.ask_release(actor=request.actor, period=data["period"], programme=data.get("programme", ""))

    page = FormPage(
        _("Ask for a release"),
        reverse("insight:releases"),
        lede=_("The figures are taken as they stand now. Somebody else has to approve them before they leave."),
        submit=_("Ask"),
        success=_("A colleague has to approve it now."),
    )
    return show_form(
        request, page, forms.ReleaseForm, save,
        done=lambda key: reverse("insight:release", args=[key]) if key else reverse("insight:releases"),
        options={"today": reach.today, "programmes": queries.programme_choices()},
    )  # fmt: skip


@require_POST
def approve(request: ActorRequest, release_id: UUID) -> HttpResponse:
    back = reverse("insight:release", args=[release_id])
    return act(
        request,
        lambda: commands.approve_release(actor=request.actor, release_id=release_id),
        back,
        _("The figures may leave now."),
    )


@require_POST
def decline(request: ActorRequest, release_id: UUID) -> HttpResponse:
    back = reverse("insight:release", args=[release_id])
    return act(
        request,
        lambda: commands.decline_release(actor=request.actor, release_id=release_id),
        back,
        _("The figures stay in the house."),
    )


@require_POST
def publish(request: ActorRequest, release_id: UUID) -> HttpResponse:
    back = reverse("insight:release", args=[release_id])
    return act(
        request,
        lambda: commands.publish_release(actor=request.actor, release_id=release_id),
        back,
        _("The figures are on the public site."),
    )


def withdraw(request: ActorRequest, release_id: UUID) -> HttpResponse:
    page = FormPage(
        _("Take figures off the public site"),
        reverse("insight:release", args=[release_id]),
        crumbs=queries.crumbs_to_withdraw(request.actor, release_id),
        submit=_("Take them off"),
        success=_("The figures are off the public site."),
        grave=True,
        template="web/confirm_page.html",
        consequences=[
            _("Nobody sees them there from now on. Who has copied them still has them."),
            _("Where older figures were published and not taken off, the site shows those again."),
            _("They can't be put there a second time."),
            _("The release stays readable here, with the day on which they were taken off."),
        ],
    )
    return show_form(
        request,
        page,
        EmptyForm,
        lambda data: facts.withdraw_figures(actor=request.actor, release_id=release_id),
    )


@require_GET
def report(request: ActorRequest, release_id: UUID) -> HttpResponse:
    """The report of a release as a PDF; that it was taken out stands in the ledger."""
    values = queries.report_values(request.actor, release_id, "Amparo")
    language = translation.get_language() or "en"
    made = typeset("insight/papers/report.typ", values, language=language, at=clock.now())
    commands.note_report_taken_out(actor=request.actor, release_id=release_id)
    return pdf(made, "figures.pdf", inline=True)
