"""Proposing a plan, approving it, sending it back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.operations import commands, forms, queries
from amparo.operations.views.around import page_of
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Present


def propose(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(
        request,
        commands.CARRY_OUT,
        operation_id,
        _("Propose the operation"),
        _("Ask for approval"),
        _("The operation is proposed."),
        lede=_("Two different people approve it. Neither planned it, and neither goes along."),
    )

    def save(data: Data) -> UUID:
        asked = [UUID(key) for key in data["approvers"]]
        return commands.propose(actor=request.actor, operation_id=operation_id, approvers=asked)

    row = queries.operation_for(request.actor, commands.CARRY_OUT, operation_id)
    options = {"colleagues": queries.approvers(request.actor, row)}
    return show_form(request, page, forms.ProposeForm, save, options=options)


def approve(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(
        request,
        commands.APPROVE,
        operation_id,
        _("Approve the operation"),
        _("I approve this plan"),
        _("You have approved the plan."),
        consequences=[
            _("You read the plan, the risks and the care for each survivor."),
            _("A second, different person approves it too. Then neither of you sees it any more."),
            _("If the plan is changed, your approval is taken back and you are asked again."),
        ],
    )

    def present() -> Present:
        return queries.operation_for(request.actor, commands.APPROVE, operation_id).plan, {}

    def save(data: Data) -> UUID:
        return commands.approve(actor=request.actor, operation_id=operation_id, expected=data["expected"])

    return show_form(request, page, EmptyForm, save, present=present, done=lambda _key: reverse("operations:board"))


def decline(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(
        request, commands.APPROVE, operation_id, _("Send the plan back"), _("Send back"), _("The plan is sent back.")
    )

    def present() -> Present:
        return queries.operation_for(request.actor, commands.APPROVE, operation_id).plan, {}

    def save(data: Data) -> UUID:
        return commands.decline(
            actor=request.actor, operation_id=operation_id, expected=data["expected"], reason=data["reason"]
        )

    done = reverse("operations:board")
    return show_form(request, page, forms.DeclineForm, save, present=present, done=lambda _key: done)
