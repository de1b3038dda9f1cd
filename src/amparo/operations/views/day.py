"""The day: briefing, what came of it, stopping, incidents."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.investigations.words import Attribution, Relieved, Restrained
from amparo.kernel import digest
from amparo.operations import commands, forms, queries
from amparo.operations.commands.day import Relieving, Restraining
from amparo.operations.views.around import page_of
from amparo.operations.words import AbortReason, HappeningKind
from amparo.web.pages import Data, pdf, run_once, show_form
from amparo.web.requests import ActorRequest


def brief(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(
        request,
        commands.CARRY_OUT,
        operation_id,
        _("Record the briefing"),
        _("Everybody is briefed"),
        _("The team is briefed."),
        lede=_("Everybody who goes along knows the plan, the reasons to stop, and who stays with whom."),
    )

    def save(data: Data) -> UUID:
        present = [UUID(key) for key in data["present"]]
        return commands.brief(actor=request.actor, operation_id=operation_id, present=present)

    options = {"team": queries.team(request.actor, operation_id)}
    return show_form(request, page, forms.BriefForm, save, options=options)


@require_POST
def sheet(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    """The briefing sheet. That it was printed, and by whom, is in the ledger before the paper leaves."""
    paper = queries.briefing_sheet(request.actor, operation_id)
    sha256 = digest.sha256(paper)
    run_once(
        request,
        lambda: commands.record_printing(actor=request.actor, operation_id=operation_id, sheet=sha256),
    )
    return pdf(paper, "briefing.pdf")


def execute(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(
        request,
        commands.CARRY_OUT,
        operation_id,
        _("It was carried out"),
        _("Save what came of it"),
        _("It is written down. Relief and restraint wait to be verified by somebody else."),
        lede=_("Say of each person what became of her or him. Where and when it was is hidden from now on."),
    )
    row = queries.operation_for(request.actor, commands.CARRY_OUT, operation_id)
    people = queries.involved(request.actor, operation_id)

    def save(data: Data) -> UUID:
        relieved, restrained = _became(data, people)
        return commands.execute(
            actor=request.actor,
            operation_id=operation_id,
            on=data["on"],
            met=[int(number) for number in data.get("met", [])],
            relieved=relieved,
            restrained=restrained,
        )

    options = {
        "items": queries.go_items(row),
        "people": [(one.key, one.code, one.is_survivor) for one in people],
    }
    given = {"on": queries.today()}
    return show_form(request, page, forms.ExecuteForm, save, initial=given, options=options)


def _became(data: Data, people: Sequence[queries.Involved]) -> tuple[list[Relieving], list[Restraining]]:
    relieved: list[Relieving] = []
    restrained: list[Restraining] = []
    for one in people:
        how = data[one.key]
        if how == forms.NOT_OUT:
            continue
        part = Attribution(data[f"{one.key}_part"])
        if one.is_survivor:
            relieved.append(Relieving(one.case_id, one.person_id, Relieved(how), part))
        else:
            restrained.append(Restraining(one.case_id, one.person_id, Restrained(how), part))
    return relieved, restrained


def abort(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(
        request,
        commands.CARRY_OUT,
        operation_id,
        _("Abort the operation"),
        _("Abort it"),
        _("The operation is aborted."),
        grave=True,
        consequences=[
            _("The team is told."),
            _("Where and when it was to be is hidden from everybody."),
            _("It can't be taken up again: plan a new one."),
        ],
    )

    def save(data: Data) -> UUID:
        return commands.abort(
            actor=request.actor, operation_id=operation_id, reason=AbortReason(data["reason"]), words=data["words"]
        )

    return show_form(request, page, forms.AbortForm, save)


def happening(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(
        request, commands.DEBRIEF, operation_id, _("Record an incident"), _("Save"), _("The incident is recorded.")
    )

    def save(data: Data) -> UUID:
        return commands.record_happening(
            actor=request.actor,
            operation_id=operation_id,
            kind=HappeningKind(data["kind"]),
            on=data["on"],
            words=data["words"],
            done=data["done"],
        )

    return show_form(request, page, forms.HappeningForm, save, initial={"on": queries.today()})
