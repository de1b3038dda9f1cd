"""Planning: what, where, with whom, at which risk, and who cares for whom."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.operations import commands, forms, queries
from amparo.operations.views.around import authorities, id_in, page_of, url_of
from amparo.operations.words import Duty
from amparo.web.pages import Data, FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb, Present


def plan(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.head_to_plan(request.actor, case_id)

    def save(data: Data) -> UUID:
        return commands.plan_operation(
            actor=request.actor,
            case_id=case_id,
            objective=data["objective"],
            legal_basis=data["legal_basis"],
            agency_id=id_in(data, "agency_id"),
            unit_id=id_in(data, "unit_id"),
        )

    case_page = reverse("desk:case", args=[head.id])
    page = FormPage(
        _("Plan an operation"),
        case_page,
        lede=_("Nobody sees it but you, until you take somebody into the team."),
        crumbs=(Crumb(_("Cases"), reverse("cases:cases")), Crumb(head.code, case_page, code=True)),
        submit=_("Begin the plan"),
        success=_("The plan is begun. Fill in its parts."),
    )
    return show_form(
        request,
        page,
        forms.PlanForm,
        save,
        done=lambda key: url_of(key) if key else case_page,
        options=authorities(request),
    )


def change(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    def present() -> Present:
        now = queries.core(request.actor, operation_id)
        return now.version, now.values

    def save(data: Data) -> UUID:
        return commands.change_core(
            actor=request.actor,
            operation_id=operation_id,
            expected=data["expected"],
            objective=data["objective"],
            legal_basis=data["legal_basis"],
            agency_id=id_in(data, "agency_id"),
            unit_id=id_in(data, "unit_id"),
            timeline=forms.lines(data["timeline"]),
            go_items=forms.lines(data["go_items"]),
            abort_rules=forms.lines(data["abort_rules"]),
            unexpected=data["unexpected"],
        )

    page = page_of(request, commands.CHANGE, operation_id, _("Change the plan"), _("Save"), _("The plan is changed."))
    return show_form(request, page, forms.CoreForm, save, present=present, options=authorities(request))


def numbers(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    def present() -> Present:
        now = queries.core(request.actor, operation_id)
        return now.version, now.values

    def save(data: Data) -> UUID:
        return commands.change_numbers(
            actor=request.actor, operation_id=operation_id, expected=data["expected"], numbers=data["numbers"]
        )

    row = queries.operation_for(request.actor, commands.CHANGE, operation_id)
    page = FormPage(
        _("Numbers to call"),
        url_of(operation_id),
        lede=_("The team's own numbers stand with its people. Approvals stand when these change."),
        crumbs=queries.crumbs(row),
        submit=_("Save"),
    )
    return show_form(request, page, forms.NumbersForm, save, present=present)


def place(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(
        request,
        commands.CHANGE,
        operation_id,
        _("Place and time"),
        _("Save"),
        _("Place and time are set."),
        lede=_("Shown to the team alone, and to approvers while they decide. Hidden from everybody when it is over."),
    )

    def present() -> Present:
        where = queries.whereabouts(request.actor, operation_id)
        if where is None:
            return 0, {}
        values = {"place": where.place, "meeting": where.meeting, "starts": where.starts, "ends": where.ends}
        return where.version, values

    def save(data: Data) -> UUID:
        return commands.set_whereabouts(
            actor=request.actor,
            operation_id=operation_id,
            expected=data["expected"],
            place=data["place"],
            meeting=data["meeting"],
            starts=data["starts"],
            ends=data["ends"],
        )

    return show_form(request, page, forms.PlaceForm, save, present=present)


def add_case(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(
        request,
        commands.CHANGE,
        operation_id,
        _("Add a case"),
        _("Add the case"),
        _("The operation is about this case too."),
        lede=_("For survivors of another case at the same place."),
    )

    def save(data: Data) -> UUID:
        return commands.add_case(actor=request.actor, operation_id=operation_id, case_id=UUID(data["case_id"]))

    options = {"cases": queries.other_cases(request.actor, operation_id)}
    return show_form(request, page, forms.AddCaseForm, save, options=options)


def add_member(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(
        request, commands.CHANGE, operation_id, _("Add somebody to the team"), _("Add"), _("The team has one more.")
    )

    def save(data: Data) -> UUID:
        return commands.add_member(
            actor=request.actor,
            operation_id=operation_id,
            duty=Duty(data["duty"]),
            account_id=id_in(data, "account_id"),
            name=data["name"],
            phone=data["phone"],
        )

    options = {"colleagues": queries.colleagues_going(request.actor, operation_id)}
    return show_form(request, page, forms.MemberForm, save, options=options)


@require_POST
def remove_member(request: ActorRequest, member_id: UUID) -> HttpResponse:
    key = queries.operation_of_member(request.actor, member_id)
    return act(
        request,
        lambda: commands.remove_member(actor=request.actor, member_id=member_id),
        f"{url_of(key)}#team",
        _("Taken out of the team, and sees nothing of it any more."),
    )


def add_risk(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = page_of(request, commands.CHANGE, operation_id, _("Add a risk"), _("Save"), _("The risk is written down."))

    def save(data: Data) -> UUID:
        return commands.add_risk(
            actor=request.actor,
            operation_id=operation_id,
            hazard=data["hazard"],
            likelihood=int(data["likelihood"]),
            harm=int(data["harm"]),
            mitigation=data["mitigation"],
        )

    return show_form(request, page, forms.RiskForm, save)


def change_risk(request: ActorRequest, risk_id: UUID) -> HttpResponse:
    risk = queries.risk(request.actor, risk_id)
    page = page_of(
        request, commands.CHANGE, risk.operation.id, _("Change a risk"), _("Save"), _("The risk is changed.")
    )

    def present() -> Present:
        now = queries.risk(request.actor, risk_id)
        return now.version, now.values

    def save(data: Data) -> UUID:
        if data["strike"]:
            return commands.remove_risk(actor=request.actor, risk_id=risk_id)
        return commands.change_risk(
            actor=request.actor,
            risk_id=risk_id,
            expected=data["expected"],
            hazard=data["hazard"],
            likelihood=int(data["likelihood"]),
            harm=int(data["harm"]),
            mitigation=data["mitigation"],
        )

    return show_form(request, page, forms.ChangeRiskForm, save, present=present)


def care(request: ActorRequest, operation_id: UUID, person_id: UUID) -> HttpResponse:
    known = queries.care(request.actor, operation_id, person_id)
    if known is None:
        raise Http404
    page = page_of(
        request,
        commands.CHANGE,
        operation_id,
        _("Care for a survivor"),
        _("Save"),
        _("Her care is planned."),
        lede=known.code,
    )

    def save(data: Data) -> UUID:
        return commands.set_care(
            actor=request.actor,
            operation_id=operation_id,
            person_id=person_id,
            stays_id=UUID(data["stays_id"]),
            medical=data["medical"],
            interpreter=data["interpreter"],
            transport=data["transport"],
            safe_place=data["safe_place"],
        )

    options = {"team": queries.team(request.actor, operation_id)}
    return show_form(request, page, forms.CareForm, save, initial=known.values, options=options)
