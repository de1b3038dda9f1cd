"""The room of a case: leads, suspects, outcomes, officials."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.cases.queries import CaseHead
from amparo.cases.words import PartyRole
from amparo.investigations import commands, forms, queries
from amparo.investigations.commands import Contacted, Talk
from amparo.investigations.words import (
    Agency,
    Attribution,
    ContactKind,
    LeadKind,
    LeadOutcome,
    Relieved,
    Restrained,
    Source,
    Status,
    WithdrawReason,
)
from amparo.kernel.words import Compartment
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data, FormPage, Said, act, show_form
from amparo.web.requests import ActorRequest

KINDS = ("relief", "restraint")


def room(request: ActorRequest, case_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.room(request.actor, case_id)})


def _room_url(head: CaseHead) -> str:
    return reverse("investigations:room", args=[head.id])


def _page(head: CaseHead, title: Said, submit: Said, success: Said, lede: Said = "") -> FormPage:
    crumbs = queries.room_crumbs(head)
    return FormPage(title, _room_url(head), lede=lede, crumbs=crumbs, submit=submit, success=success)


# ---- leads -------------------------------------------------------------------------------------------------


def open_lead(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.head_for(request.actor, commands.LEAD_CHANGE, case_id, Compartment.INVESTIGATION)

    def save(data: Data) -> UUID:
        return commands.open_lead(
            actor=request.actor,
            case_id=case_id,
            kind=LeadKind(data["kind"]),
            title=data["title"],
            question=data["question"],
            assigned_id=UUID(data["assigned_id"]),
            due_on=data["due_on"],
        )

    page = _page(head, _("Open a lead"), _("Open the lead"), _("The lead is open."))
    given = {"assigned_id": str(request.actor.account_id)}
    options = {"team": queries.team_choices(case_id, commands.LEAD_CHANGE)}
    return show_form(request, page, forms.LeadForm, save, initial=given, options=options)


def change_lead(request: ActorRequest, lead_id: UUID) -> HttpResponse:
    lead = queries.lead_for(request.actor, commands.LEAD_CHANGE, lead_id)

    def save(data: Data) -> UUID:
        return commands.change_lead(
            actor=request.actor,
            lead_id=lead_id,
            expected=data["expected"],
            kind=LeadKind(data["kind"]),
            title=data["title"],
            question=data["question"],
            assigned_id=UUID(data["assigned_id"]),
            due_on=data["due_on"],
        )

    def present() -> tuple[int, dict[str, object]]:
        now = queries.lead_for(request.actor, commands.LEAD_CHANGE, lead_id)
        return now.version, dict(now.values)

    page = _page(lead.head, _("Change a lead"), _("Save"), _("The lead is changed."))
    options = {"team": queries.team_choices(lead.head.id, commands.LEAD_CHANGE)}
    return show_form(request, page, forms.LeadForm, save, present=present, options=options)


def close_lead(request: ActorRequest, lead_id: UUID) -> HttpResponse:
    lead = queries.lead_for(request.actor, commands.LEAD_CHANGE, lead_id)

    def save(data: Data) -> UUID:
        return commands.close_lead(
            actor=request.actor,
            lead_id=lead_id,
            expected=data["expected"],
            outcome=LeadOutcome(data["outcome"]),
            result=data["result"],
        )

    def present() -> tuple[int, dict[str, object]]:
        now = queries.lead_for(request.actor, commands.LEAD_CHANGE, lead_id)
        return now.version, {name: now.values[name] for name in ("outcome", "result")}

    page = _page(lead.head, _("Close a lead"), _("Close the lead"), _("The lead is closed."), str(lead.values["title"]))
    return show_form(request, page, forms.CloseLeadForm, save, present=present)


@require_POST
def reopen_lead(request: ActorRequest, lead_id: UUID) -> HttpResponse:
    lead = queries.lead_for(request.actor, commands.LEAD_CHANGE, lead_id)
    return act(
        request,
        lambda: commands.reopen_lead(actor=request.actor, lead_id=lead_id),
        _room_url(lead.head),
        _("The lead is open again."),
    )


# ---- suspects ----------------------------------------------------------------------------------------------


def record_status(request: ActorRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    head = queries.head_for(request.actor, "investigations:suspect:change", case_id, Compartment.SUSPECT)
    codes = dict(queries.people_of(request.actor, case_id, PartyRole.SUSPECT))
    if str(person_id) not in codes:
        raise Http404

    def save(data: Data) -> UUID:
        return commands.record_status(
            actor=request.actor,
            case_id=case_id,
            person_id=person_id,
            status=Status(data["status"]),
            happened=data["happened"],
            source=Source(data["source"]),
            conditions=data["conditions"],
            remark=data["remark"],
        )

    page = _page(head, _("What happened to a suspect"), _("Save"), _("The status is recorded."), codes[str(person_id)])
    return show_form(request, page, forms.StatusForm, save)


def withdraw_status(request: ActorRequest, status_id: UUID) -> HttpResponse:
    found = queries.status_for(request.actor, commands.SUSPECT_CHANGE, status_id)
    page = FormPage(
        _("Withdraw a suspect’s status"),
        _room_url(found.head),
        lede=found.said,
        crumbs=queries.room_crumbs(found.head),
        submit=_("Withdraw it"),
        success=_("It is withdrawn and counts no more."),
        grave=True,
        template="web/confirm_page.html",
        consequences=[_("It counts no more. It stays readable, with your reason.")],
    )

    def save(data: Data) -> UUID:
        reason = WithdrawReason(data["reason"])
        return commands.withdraw_status(actor=request.actor, status_id=status_id, reason=reason)

    return show_form(request, page, forms.StatusWithdrawForm, save)


# ---- relief and restraint ----------------------------------------------------------------------------------


def record_relief(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.head_for(request.actor, "investigations:outcome:record", case_id)

    def save(data: Data) -> UUID:
        return commands.record_relief(
            actor=request.actor,
            case_id=case_id,
            person_id=UUID(data["person_id"]),
            how=Relieved(data["how"]),
            attribution=Attribution(data["attribution"]),
            happened=data["happened"],
        )

    lede = _("She is out of the violence. A supervisor who did not record this verifies it.")
    page = _page(head, _("Record relief"), _("Record relief"), _("The relief is recorded, to be verified."), lede)
    people = queries.people_of(request.actor, case_id, PartyRole.SURVIVOR)
    return show_form(
        request, page, forms.OutcomeForm, save, initial=_only(people), options={"people": people, "is_relief": True}
    )


def _only(people: forms.Choices) -> dict[str, object]:
    """Where there is one person only, she or he is chosen already."""
    return {"person_id": people[0][0]} if len(people) == 1 else {}


def record_restraint(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.head_for(request.actor, "investigations:outcome:record", case_id)

    def save(data: Data) -> UUID:
        return commands.record_restraint(
            actor=request.actor,
            case_id=case_id,
            person_id=UUID(data["person_id"]),
            how=Restrained(data["how"]),
            attribution=Attribution(data["attribution"]),
            happened=data["happened"],
        )

    lede = _("The suspect is kept from going on. A supervisor who did not record this verifies it.")
    page = _page(head, _("Record a restraint"), _("Save"), _("The restraint is recorded, to be verified."), lede)
    people = queries.people_of(request.actor, case_id, PartyRole.SUSPECT)
    return show_form(
        request, page, forms.OutcomeForm, save, initial=_only(people), options={"people": people, "is_relief": False}
    )


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise Http404
    return kind


def verify(request: ActorRequest, kind: str, outcome_id: UUID) -> HttpResponse:
    head = queries.outcome_head(request.actor, "investigations:outcome:verify", _known(kind), outcome_id)
    run = commands.verify_relief if kind == "relief" else commands.verify_restraint
    page = FormPage(
        _("Verify relief") if kind == "relief" else _("Verify a restraint"),
        _room_url(head),
        crumbs=queries.room_crumbs(head),
        submit=_("I checked it"),
        success=_("It is verified and counts from now on."),
        template="web/confirm_page.html",
        consequences=[
            _("You looked at who says so, and at the day."),
            _("From now on it counts in what is reported, once for each person."),
            _("Your name stands beside it."),
        ],
    )
    return show_form(request, page, EmptyForm, lambda data: run(actor=request.actor, outcome_id=outcome_id))


def withdraw(request: ActorRequest, kind: str, outcome_id: UUID) -> HttpResponse:
    head = queries.outcome_to_correct(request.actor, _known(kind), outcome_id).head
    run = commands.withdraw_relief if kind == "relief" else commands.withdraw_restraint
    page = FormPage(
        _("Withdraw relief") if kind == "relief" else _("Withdraw a restraint"),
        _room_url(head),
        crumbs=queries.room_crumbs(head),
        submit=_("Withdraw it"),
        success=_("It is withdrawn and counts no more."),
        grave=True,
        template="web/confirm_page.html",
        consequences=[_("It counts no more. It stays readable, with your reason.")],
    )

    def save(data: Data) -> UUID:
        return run(actor=request.actor, outcome_id=outcome_id, reason=WithdrawReason(data["reason"]))

    return show_form(request, page, forms.WithdrawForm, save)


def correct(request: ActorRequest, kind: str, outcome_id: UUID) -> HttpResponse:
    found = queries.outcome_to_correct(request.actor, _known(kind), outcome_id)
    is_relief = kind == "relief"

    def save(data: Data) -> UUID:
        given: dict[str, Any] = {
            "actor": request.actor,
            "outcome_id": outcome_id,
            "reason": WithdrawReason(data["reason"]),
            "person_id": UUID(data["person_id"]),
            "attribution": Attribution(data["attribution"]),
            "happened": data["happened"],
        }
        if is_relief:
            return commands.correct_relief(how=Relieved(data["how"]), **given)
        return commands.correct_restraint(how=Restrained(data["how"]), **given)

    lede = _("What was written stays readable and counts no more. What stands instead is verified anew.")
    title = _("Put relief right") if is_relief else _("Put a restraint right")
    page = _page(found.head, title, _("Save"), _("It is put right, to be verified."), lede)
    role = PartyRole.SURVIVOR if is_relief else PartyRole.SUSPECT
    people = queries.people_of(request.actor, found.head.id, role)
    options = {"people": people, "is_relief": is_relief}
    return show_form(request, page, forms.OutcomeCorrectForm, save, initial=found.values, options=options)


# ---- officials ---------------------------------------------------------------------------------------------


def _contacted(data: Data, parties: frozenset[str]) -> Contacted:
    """Whoever was chosen is of the case or of the directory; one list holds both."""
    chosen, unit = data.get("official_id", ""), data.get("unit_id", "")
    return Contacted(
        known_id=UUID(chosen) if chosen and chosen not in parties else None,
        official_id=UUID(chosen) if chosen in parties else None,
        unit_id=UUID(unit) if unit else None,
        name=data["name"],
        agency=data["agency"],
        agency_kind=Agency(data["agency_kind"]) if data["agency_kind"] else None,
    )


def _talk(data: Data) -> Talk:
    return Talk(
        kind=ContactKind(data["kind"]),
        on=data["on"],
        agreed=data["agreed"],
        next_step=data["next_step"],
        next_on=data["next_on"],
    )


def record_contact(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.head_for(request.actor, "investigations:official:record", case_id)
    found = queries.officials_to_contact(request.actor, case_id)

    def save(data: Data) -> UUID:
        return commands.record_contact(
            actor=request.actor, case_id=case_id, who=_contacted(data, found.parties), talk=_talk(data)
        )

    page = _page(head, _("Record a contact with an official"), _("Save"), _("The contact is recorded."))
    given = {"on": queries.today()}
    options = {"officials": found.officials, "units": found.units}
    return show_form(request, page, forms.ContactForm, save, initial=given, options=options)


def correct_contact(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    now = queries.contact_to_correct(request.actor, contact_id)

    def save(data: Data) -> UUID:
        return commands.correct_contact(
            actor=request.actor,
            contact_id=contact_id,
            reason=WithdrawReason(data["reason"]),
            who=_contacted(data, now.offered.parties),
            talk=_talk(data),
        )

    lede = _("What was written stays readable beside what stands instead.")
    page = _page(now.head, _("Put a contact right"), _("Save"), _("The contact is put right."), lede)
    options = {"officials": now.offered.officials, "units": now.offered.units}
    return show_form(request, page, forms.ContactCorrectForm, save, initial=now.values, options=options)


def withdraw_contact(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    head = queries.contact_to_correct(request.actor, contact_id).head
    page = FormPage(
        _("Withdraw a contact"),
        _room_url(head),
        crumbs=queries.room_crumbs(head),
        submit=_("Withdraw it"),
        success=_("It is withdrawn and counts no more."),
        grave=True,
        template="web/confirm_page.html",
        consequences=[_("It counts no more. It stays readable, with your reason.")],
    )

    def save(data: Data) -> UUID:
        reason = WithdrawReason(data["reason"])
        return commands.withdraw_contact(actor=request.actor, contact_id=contact_id, reason=reason)

    return show_form(request, page, forms.ContactWithdrawForm, save)


@require_POST
def step_done(request: ActorRequest, contact_id: UUID) -> HttpResponse:
    head = queries.contact_head(request.actor, contact_id)
    return act(
        request,
        lambda: commands.do_next_step(actor=request.actor, contact_id=contact_id),
        _room_url(head),
        _("The step is done."),
    )
