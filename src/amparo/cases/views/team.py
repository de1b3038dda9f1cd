"""The team of a case, bars, and handing a case over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.access import commands as access_commands
from amparo.access import policy
from amparo.access import queries as access
from amparo.access.queries import BarView, TeamMember
from amparo.access.words import ROLE_LABELS
from amparo.cases import commands, queries
from amparo.cases.forms import BarForm, LiftBarForm, OfferForm, TeamForm
from amparo.cases.queries import CaseHead
from amparo.cases.views.around import case_url, crumbs
from amparo.kernel.words import Role
from amparo.web import formats
from amparo.web.pages import FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Button, Empty, Fact, Name, Row, Section, Sheet, Text

TEAM_ROLES = (
    Role.CASEWORKER, Role.INVESTIGATOR, Role.LAWYER, Role.EXAMINER, Role.POLICE, Role.PROSECUTOR, Role.AUDITOR,
)  # fmt: skip


def _members(request: ActorRequest) -> list[tuple[str, str]]:
    """Colleagues with the roles that teams are made of, as choices of person and role."""
    found = access.colleagues(request.actor, roles=TEAM_ROLES)
    return [
        (f"{person.id}:{role.value}", f"{person.name}, {ROLE_LABELS[role]}, {person.office}")
        for person in found
        for role in person.roles
        if role in TEAM_ROLES
    ]


def _split(chosen: object) -> tuple[UUID, Role]:
    account, role = str(chosen).split(":")
    return UUID(account), Role(role)


def team(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "access:grant:see", head.subject)
    may = policy.decide(request.actor, "access:grant:give", head.subject).allowed
    return render(request, "web/sheet_page.html", {"sheet": _team_sheet(request, head, may)})


def _team_sheet(request: ActorRequest, head: CaseHead, may: bool) -> Sheet:
    members = tuple(
        Row(
            title=Name(member.name),
            meta=_role_and_end(member),
            action_label=_("Take off the team") if may else "",
            action_url=reverse("cases:end_member", args=[head.id, member.account_id]) if may else "",
            action_post=True,
        )
        for member in access.team_of(head.id)
    )
    sections = [
        Section(_("Team"), column=1, rows=members, empty=Empty(_("Nobody is on the team yet."))),
    ]
    if policy.decide(request.actor, "access:bar:see", head.subject).allowed:
        may_bar = policy.decide(request.actor, "access:bar:set", head.subject).allowed
        sections.append(
            Section(
                _("Must not see this case"),
                column=2,
                rows=tuple(_bar_row(head, bar, may_bar) for bar in access.bars_of_case(request.actor, head.id)),
                empty=Empty(_("Nobody is barred.")),
                link_label=_("Bar somebody") if may_bar else "",
                link_url=reverse("cases:set_bar", args=[head.id]) if may_bar else "",
            )
        )
    return Sheet(
        title=_("Team of the case"),
        crumbs=crumbs(head),
        buttons=(Button(_("Add to the team"), reverse("cases:add_member", args=[head.id])),) if may else (),
        sections=tuple(sections),
    )


def _role_and_end(member: TeamMember) -> Text:
    if member.last_day is None:
        return member.role_label
    return (member.role_label, "·", _("until %(day)s") % {"day": formats.day(member.last_day)})


def _bar_row(head: CaseHead, bar: BarView, may: bool) -> Row:
    return Row(
        title=Name(bar.name),
        meta=Name(bar.reason),
        lines=(_("Barred from somebody in this case, and so from each case of hers or his."),) if bar.of_person else (),
        action_label=_("Lift the bar") if may else "",
        action_url=reverse("cases:lift_bar", args=[head.id, bar.id]) if may else "",
    )


def add_member(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "access:grant:give", head.subject)
    back = reverse("cases:team", args=[case_id])
    page = FormPage(title=_("Add to the team"), back=back, crumbs=crumbs(head))

    def save(data: dict[str, Any]) -> UUID:
        account, role = _split(data["member"])
        return commands.add_to_team(
            actor=request.actor,
            case_id=case_id,
            account_id=account,
            role=role,
            reason=data["reason"],
            until_on=data["until_on"],
        )

    return show_form(request, page, TeamForm, save, options={"members": _members(request)})


@require_POST
def end_member(request: ActorRequest, case_id: UUID, account_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.take_off_team(actor=request.actor, case_id=case_id, account_id=account_id),
        reverse("cases:team", args=[case_id]),
    )


def set_bar(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "access:bar:set", head.subject)
    page = FormPage(
        title=_("Bar somebody from this case"),
        back=reverse("cases:team", args=[case_id]),
        crumbs=crumbs(head),
    )
    everybody = [(str(person.id), f"{person.name}, {person.role_label}") for person in access.colleagues(request.actor)]
    return show_form(
        request,
        page,
        BarForm,
        lambda data: access_commands.set_bar(
            actor=request.actor,
            account_id=UUID(data["account_id"]),
            office_id=head.office_id,
            case_id=case_id,
            reason=data["reason"],
        ),
        options={"members": everybody},
    )


def lift_bar(request: ActorRequest, case_id: UUID, bar_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "access:bar:set", head.subject)
    bar = access.bar_of_case(request.actor, case_id, bar_id)
    reach = (
        _("It falls for every case in which the person has a part, not for this one alone.")
        if bar.of_person
        else _("It falls for this case alone. Other bars stay.")
    )
    page = FormPage(
        title=_("Lift the bar"),
        back=reverse("cases:team", args=[case_id]),
        crumbs=crumbs(head),
        submit=_("Lift the bar"),
        success=_("The bar was lifted."),
        grave=True,
        consequences=(_("What her or his role and place on a team allow counts again at once."), reach),
        template="web/confirm_page.html",
        extra={"facts": (Fact(_("Who"), Name(bar.name)), Fact(_("Barred because"), Name(bar.reason)))},
    )
    return show_form(
        request,
        page,
        LiftBarForm,
        lambda data: access_commands.lift_bar(actor=request.actor, bar_id=bar_id, reason=data["reason"]),
    )


def offer_case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "cases:case:hand_over", head.subject)
    page = FormPage(
        title=_("Hand the case over"),
        lede=_("It stays yours until she or he receives it."),
        back=case_url(case_id),
        crumbs=crumbs(head),
        submit=_("Offer it"),
    )

    def save(data: dict[str, object]) -> UUID:
        account, role = _split(data["member"])
        return commands.offer_case(
            actor=request.actor, case_id=case_id, to_id=account, role=role, note=str(data["note"])
        )

    return show_form(request, page, OfferForm, save, options={"members": _members(request)})


@require_POST
def receive_case(request: ActorRequest, handover_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.receive_case(actor=request.actor, handover_id=handover_id),
        "/",
        _("Received. It is yours now."),
    )


@require_POST
def take_back_case(request: ActorRequest, handover_id: UUID) -> HttpResponse:
    return act(request, lambda: commands.take_back_case(actor=request.actor, handover_id=handover_id), "/")
