"""Pages of the scorecard."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.strengthening import commands, forms
from amparo.strengthening.queries import naming
from amparo.strengthening.queries import scorecard as queries
from amparo.strengthening.words import Measure, Occasion, Per, Withdrawn
from amparo.web.pages import Data, FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def scorecard(request: ActorRequest) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.scorecard(request.actor)})


def listing(request: ActorRequest) -> HttpResponse:
    return render(request, "web/list_page.html", {"listing": queries.listing(request.actor)})


def score(request: ActorRequest, score_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.score_page(request.actor, score_id)})


def _crumb() -> Crumb:
    return Crumb(_("Scorecard"), reverse("strengthening:scorecard"))


def enter(request: ActorRequest) -> HttpResponse:
    naming.check_may(request.actor, queries.CHANGE)

    def save(data: Data) -> UUID:
        data["measure"], data["occasion"] = Measure(data["measure"]), Occasion(data["occasion"])
        data["per"] = Per(data["per"])
        return commands.enter_score(actor=request.actor, measured=commands.Measured(**data))

    title = _("Enter a measured value")
    page = FormPage(
        title,
        reverse("strengthening:scorecard"),
        crumbs=(naming.home_crumb(), _crumb(), Crumb(title)),
        lede=_("Only what a study or register gives, with its interval and its origin."),
        success=_("The value is entered."),
    )
    return show_form(request, page, forms.ScoreForm, save)


def withdraw(request: ActorRequest, score_id: UUID) -> HttpResponse:
    queries.check_change(request.actor, score_id)
    title = _("Withdraw the value")
    back = reverse("strengthening:score", args=[score_id])
    page = FormPage(
        title,
        back,
        crumbs=(naming.home_crumb(), _crumb(), Crumb(title)),
        submit=_("Withdraw it"),
        success=_("The value is withdrawn."),
        grave=True,
        template="web/confirm_page.html",
        consequences=[_("It is in no picture any more. It stays readable, with your reason.")],
    )

    def save(data: Data) -> UUID:
        return commands.withdraw_score(actor=request.actor, score_id=score_id, reason=Withdrawn(data["reason"]))

    return show_form(request, page, forms.WithdrawScoreForm, save)
