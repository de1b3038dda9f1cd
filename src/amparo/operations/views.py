"""Pages of operations."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.investigations.words import Attribution, Relieved, Restrained
from amparo.operations import commands, forms, queries
from amparo.operations.commands.day import Relieving, Restraining
from amparo.operations.words import AHEAD, AbortReason, Duty, HappeningKind, Settled, State
from amparo.partners import queries as partners
from amparo.web.forms import EmptyForm, number_of
from amparo.web.pages import Data, FormPage, Present, Said, act, run_once, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb, Notice


def board(request: ActorRequest) -> HttpResponse:
    return render(request, "operations/board.html", {"board": queries.board(request.actor)})


def sealed(request: ActorRequest) -> HttpResponse:
    after = number_of(request.GET.get("after"))
    return render(request, "web/list_page.html", {"listing": queries.sealed(request.actor, after)})


def operation(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.operation_page(request.actor, operation_id)})


def _url(operation_id: UUID) -> str:
    return reverse("operations:operation", args=[operation_id])


def _id(data: Data, name: str) -> UUID | None:
    return UUID(data[name]) if data.get(name) else None


def _page(
    request: ActorRequest,
    permission: str,
    operation_id: UUID,
    title: Said,
    submit: Said,
    success: Said = "",
    *,
    lede: Said = "",
    grave: bool = False,
    consequences: Sequence[Said] = (),
) -> FormPage:
    """The page of a form about an operation; one that changes an approved plan says what that does."""
    row = queries.operation_for(request.actor, permission, operation_id)
    return FormPage(
        title,
        _url(operation_id),
        lede=lede,
        crumbs=queries.crumbs(row),
        submit=submit,
        success=success,
        notice=_voids(State(row.state)) if permission == commands.CHANGE else None,
        grave=grave,
        consequences=consequences,
        template="web/confirm_page.html" if consequences else "web/form_page.html",
    )


def _voids(state: State) -> Notice | None:
    if state in AHEAD and state is not State.PLANNED:
        return Notice(
            _("This plan was proposed. A change takes approvals back, and the same people are asked again."), "warn"
        )
    return None


def _authorities(request: ActorRequest) -> dict[str, object]:
    return {
        "agencies": partners.agency_choices(request.actor),
        "units": partners.unit_choices(request.actor),
    }


# ---- planning ------------------------------------------------------------------------------------------------------


def plan(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.head_to_plan(request.actor, case_id)

    def save(data: Data) -> UUID:
        return commands.plan_operation(
            actor=request.actor,
            case_id=case_id,
            objective=data["objective"],
            legal_basis=data["legal_basis"],
            agency_id=_id(data, "agency_id"),
            unit_id=_id(data, "unit_id"),
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
        done=lambda key: _url(key) if key else case_page,
        options=_authorities(request),
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
            agency_id=_id(data, "agency_id"),
            unit_id=_id(data, "unit_id"),
            timeline=forms.lines(data["timeline"]),
            go_items=forms.lines(data["go_items"]),
            abort_rules=forms.lines(data["abort_rules"]),
            unexpected=data["unexpected"],
        )

    page = _page(request, commands.CHANGE, operation_id, _("Change the plan"), _("Save"), _("The plan is changed."))
    return show_form(request, page, forms.CoreForm, save, present=present, options=_authorities(request))


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
        _url(operation_id),
        lede=_("The team's own numbers stand with its people. Approvals stand when these change."),
        crumbs=queries.crumbs(row),
        submit=_("Save"),
    )
    return show_form(request, page, forms.NumbersForm, save, present=present)


def place(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = _page(
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
    page = _page(
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
    page = _page(
        request, commands.CHANGE, operation_id, _("Add somebody to the team"), _("Add"), _("The team has one more.")
    )

    def save(data: Data) -> UUID:
        return commands.add_member(
            actor=request.actor,
            operation_id=operation_id,
            duty=Duty(data["duty"]),
            account_id=_id(data, "account_id"),
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
        f"{_url(key)}#team",
        _("Taken out of the team, and sees nothing of it any more."),
    )


def add_risk(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = _page(request, commands.CHANGE, operation_id, _("Add a risk"), _("Save"), _("The risk is written down."))

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
    page = _page(request, commands.CHANGE, risk.operation.id, _("Change a risk"), _("Save"), _("The risk is changed."))

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
    page = _page(
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


# ---- deciding ------------------------------------------------------------------------------------------------------


def propose(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = _page(
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
    page = _page(
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
    page = _page(
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


# ---- the day -------------------------------------------------------------------------------------------------------


def brief(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = _page(
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
    digest = hashlib.sha256(paper).hexdigest()
    run_once(
        request,
        lambda: commands.record_printing(actor=request.actor, operation_id=operation_id, sheet=digest),
    )
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="briefing.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def execute(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = _page(
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
    page = _page(
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
    page = _page(
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


# ---- afterwards ----------------------------------------------------------------------------------------------------


def debrief(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = _page(
        request,
        commands.DEBRIEF,
        operation_id,
        _("Debrief"),
        _("Save"),
        _("The debrief is written down."),
        lede=_("With the whole team, and with the authority. First how everybody is."),
    )

    def save(data: Data) -> UUID:
        return commands.debrief(
            actor=request.actor,
            operation_id=operation_id,
            went_well=data["went_well"],
            to_change=data["to_change"],
            survivors_said=data["survivors_said"],
            lessons=forms.lines(data["lessons"]),
            unit_id=_id(data, "unit_id"),
        )

    options = {"units": partners.unit_choices(request.actor)}
    return show_form(request, page, forms.DebriefForm, save, options=options)


def seal(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    page = _page(
        request,
        commands.CARRY_OUT,
        operation_id,
        _("Seal the operation"),
        _("Seal it"),
        _("The operation is sealed."),
        grave=True,
        consequences=[_("Nothing of it can be changed or added any more.")],
    )
    return show_form(
        request, page, EmptyForm, lambda data: commands.seal(actor=request.actor, operation_id=operation_id)
    )


# ---- plans that touch ----------------------------------------------------------------------------------------------


def conflicts(request: ActorRequest) -> HttpResponse:
    return render(request, "web/list_page.html", {"listing": queries.conflicts(request.actor)})


def keeper(request: ActorRequest) -> HttpResponse:
    colleagues = queries.keeper_choices(request.actor)
    page = FormPage(
        _("Who keeps plans apart"),
        reverse("operations:conflicts"),
        crumbs=queries.crumbs(),
        lede=_("One person alone is told when two plans touch: that they do and whom to ask, nothing else."),
        submit=_("Name"),
        success=_("Named. What is open passed on as well."),
    )

    def save(data: Data) -> UUID:
        return commands.name_keeper(actor=request.actor, account_id=UUID(data["account_id"]))

    known = queries.keeper_id()
    given = {"account_id": str(known)} if known else {}
    return show_form(request, page, forms.KeeperForm, save, initial=given, options={"colleagues": colleagues})


def settle(request: ActorRequest, conflict_id: UUID) -> HttpResponse:
    queries.conflict_for(request.actor, conflict_id)
    page = FormPage(
        _("Settle plans that touch"),
        reverse("operations:conflicts"),
        crumbs=queries.crumbs(),
        submit=_("It is settled"),
        success=_("Settled."),
    )

    def save(data: Data) -> UUID:
        return commands.settle_conflict(actor=request.actor, conflict_id=conflict_id, outcome=Settled(data["outcome"]))

    return show_form(request, page, forms.SettleForm, save)
