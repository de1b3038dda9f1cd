"""Pages of kits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.kernel import ids
from amparo.kernel.errors import NotFound
from amparo.kits import commands, forms, queries
from amparo.kits.commands import Report, Told
from amparo.kits.queries import Chosen
from amparo.kits.rules import numbers
from amparo.kits.words import (
    ACT_LABELS,
    ASK_LABELS,
    Ask,
    Discard,
    Kind,
    LabTest,
    Outcome,
    Reader,
    Rejection,
)
from amparo.web.forms import number_of
from amparo.web.pages import Data, FormPage, act, show_form
from amparo.web.requests import ActorRequest


def _kit_url(kit_id: UUID | None) -> str:
    return reverse("kits:kit", args=[kit_id])


def _account(data: Data, name: str) -> UUID | None:
    return UUID(data[name]) if data.get(name) else None


# ---- lists -----------------------------------------------------------------------------------------------------


def board(request: ActorRequest) -> HttpResponse:
    asked = forms.BoardFilter(request.GET)
    facility = number_of(request.GET.get("facility"))
    # A state that does not exist asks for all of them.
    state = request.GET.get("state", "") if "state" not in asked.errors else ""
    chosen = Chosen(state, str(facility) if facility else "", request.GET.get("alarm") == "on")
    found = queries.board(request.actor, chosen, number_of(request.GET.get("after")))
    form = forms.BoardFilter(request.GET, chosen={"facility": found.facilities})
    context = {"listing": found.listing, "board": found, "filters": None if found.counts_only else form}
    return render(request, "kits/board.html", context)


def stock(request: ActorRequest) -> HttpResponse:
    facility = number_of(request.GET.get("facility"))
    found = queries.stock(request.actor, str(facility) if facility else "", request.GET.get("after", ""))
    return render(request, "kits/stock.html", {"listing": found.listing, "shelves": found.shelves})


def laboratories(request: ActorRequest) -> HttpResponse:
    found = queries.laboratories(request.actor)
    return render(request, "kits/laboratories.html", {"listing": found.listing, "found": found})


# ---- stock -----------------------------------------------------------------------------------------------------


def send(request: ActorRequest) -> HttpResponse:
    queries.check_stock(request.actor)
    page = FormPage(
        _("Register kits"),
        reverse("kits:stock"),
        crumbs=queries.stock_crumbs(),
        submit=_("Register them"),
        success=_("The kits are registered."),
    )

    def save(data: Data) -> UUID:
        return commands.send_kits(
            actor=request.actor,
            facility_id=UUID(data["facility_id"]),
            serials=data["serials"],
            lot=data["lot"],
            expires_on=data["expires_on"],
            sent_on=data["sent_on"],
            arrived=data["arrived"],
        )

    options = {"chosen": {"facility_id": queries.facility_choices(request.actor)}}
    return show_form(request, page, forms.SendForm, save, options=options)


@require_POST
def receive(request: ActorRequest, kit_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.receive_kits(actor=request.actor, kit_ids=[kit_id]),
        _kit_url(kit_id),
        _("It is in stock now."),
    )


def discard(request: ActorRequest, kit_id: UUID) -> HttpResponse:
    queries.load_stock(request.actor, queries.MANAGE, kit_id)
    page = FormPage(
        _("Discard an unused kit"),
        _kit_url(kit_id),
        crumbs=queries.stock_crumbs(),
        submit=_("Discard it"),
        success=_("It is out of the stock."),
        grave=True,
    )

    def save(data: Data) -> UUID:
        return commands.discard_kit(actor=request.actor, kit_id=kit_id, why=Discard(data["why"]))

    return show_form(request, page, forms.DiscardForm, save)


# ---- one kit ---------------------------------------------------------------------------------------------------


def kit(request: ActorRequest, kit_id: UUID) -> HttpResponse:
    """A kit: as it is used in a case, or as it stands on a shelf."""
    return render(request, "web/sheet_page.html", {"sheet": queries.any_kit(request.actor, kit_id)})


def label(request: ActorRequest, kit_id: UUID) -> HttpResponse:
    """A label to print: the code only, so that a lost box tells nobody anything."""
    code = queries.code_of(request.actor, kit_id)
    context = {"code": code, "qr": _qr(code), "breadcrumbs": queries.crumbs(), "back": _kit_url(kit_id)}
    return render(request, "kits/label.html", context)


def _qr(code: str) -> SafeString:
    drawn = segno.make(code, error="m", micro=False).svg_inline(
        light="#fff", dark="#000", scale=5, svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by us from a code of ours


def step(request: ActorRequest, kit_id: UUID, kind: str) -> HttpResponse:
    if kind not in set(Kind) - {Kind.USE}:
        raise Http404
    chosen = Kind(kind)
    about = queries.about_step(request.actor, kit_id, chosen)
    page = FormPage(
        ACT_LABELS[chosen],
        about.back,
        lede=about.lede,
        crumbs=about.crumbs,
        submit=_("Record it"),
        success=_("It is recorded."),
        grave=chosen is Kind.DESTROY,
    )

    def save(data: Data) -> UUID:
        return commands.record_step(actor=request.actor, kit_id=kit_id, kind=chosen, told=_told(data))

    options: dict[str, Any] = {
        "kind": chosen,
        "here": about.here,
        "chosen": {"laboratory_id": about.laboratories, "second_id": about.witnesses},
    }
    return show_form(request, page, forms.StepForm, save, options=options)


def _told(data: Data) -> Told:
    return Told(
        at=data["at"],
        who=data.get("who", ""),
        place=data.get("place", ""),
        seal_read=data.get("seal_read", ""),
        unbroken=not data.get("seal_gone", False),
        laboratory_id=_account(data, "laboratory_id"),
        until=data.get("until"),
        paper=data.get("paper", ""),
        second_id=_account(data, "second_id"),
        reason=data["reason"],
        comes_here=data.get("comes_here") == "yes",
    )


def limitation(request: ActorRequest, kit_id: UUID) -> HttpResponse:
    used = queries.load_used(request.actor, queries.GIVE, kit_id)
    page = FormPage(
        _("Until when can a case be brought?"),
        _kit_url(kit_id),
        crumbs=queries.crumbs(),
        submit=_("Save"),
        success=_("The day is saved."),
    )

    def save(data: Data) -> UUID:
        return commands.set_limitation(actor=request.actor, kit_id=kit_id, until=data["until"])

    return show_form(request, page, forms.LimitationForm, save, initial={"until": used.limitation_on})


# ---- her own number --------------------------------------------------------------------------------------------


def status(request: ActorRequest, kit_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.status_page(request.actor, kit_id)})


def number(request: ActorRequest, kit_id: UUID) -> HttpResponse:
    """Ask whether a paper is safe for her, make a number, and show it once: in this answer and never again."""
    used = queries.load_used(request.actor, queries.ISSUE, kit_id)
    back = reverse("kits:status", args=[kit_id])
    made: list[str] = []

    def save(data: Data) -> UUID:
        fresh = numbers.new_number(ids.entropy(numbers.ENTROPY_BYTES))
        done = commands.issue_number(actor=request.actor, kit_id=kit_id, number=fresh)
        made.append(fresh)
        return done

    page = FormPage(
        _("Her own number"),
        back,
        lede=_("With it she can see where her kit is, without a name and without signing in. It is shown once."),
        crumbs=queries.crumbs(),
        submit=_("Make the number"),
    )
    answer = show_form(request, page, forms.NumberForm, save)
    if not made:
        return answer
    context = {"number": made[0], "address": _public_address(), "back": back, "code": used.code}
    shown = render(request, "kits/card.html", context)
    shown.headers["Cache-Control"] = "no-store"
    return shown


def _public_address() -> str:
    """Where she can ask, as one types it; empty where the organisation has no public site yet."""
    hosts = [host for host in getattr(settings, "REPORT_HOSTS", ()) if "*" not in host]
    return hosts[0] if hosts else ""


@require_POST
def withdraw(request: ActorRequest, kit_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.withdraw_number(actor=request.actor, kit_id=kit_id),
        reverse("kits:status", args=[kit_id]),
        _("The number is withdrawn."),
    )


# ---- requests --------------------------------------------------------------------------------------------------


def draft(request: ActorRequest, case_id: UUID) -> HttpResponse:
    about = queries.about_draft(request.actor, case_id)
    page = FormPage(
        _("Draft a request to a laboratory"),
        reverse("desk:case", args=[case_id]),
        crumbs=about.crumbs,
        submit=_("Save the draft"),
        success=_("The request is drafted."),
    )

    def save(data: Data) -> UUID:
        return commands.draft_request(
            actor=request.actor,
            case_id=case_id,
            laboratory_id=UUID(data["laboratory_id"]),
            kit_id=_account(data, "kit_id"),
            item_ids=[UUID(key) for key in data.get("item_ids") or ()],
            person_id=_account(data, "person_id"),
            tests=[LabTest(code) for code in data["tests"]],
            question=data["question"],
        )

    chosen = {"laboratory_id": about.laboratories, "kit_id": about.kits, "item_ids": about.items}
    options = {"chosen": chosen | {"person_id": about.survivors}}
    asked = number_of(request.GET.get("kit"))
    return show_form(
        request,
        page,
        forms.DraftForm,
        save,
        options=options,
        initial={"kit_id": str(asked) if asked else ""},
        done=lambda key: reverse("kits:request", args=[key]),
    )


def request(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": queries.request_page(request.actor, request_id)})


def _request_page(request: ActorRequest, request_id: UUID, title: Any, **more: Any) -> FormPage:
    queries.load_request(request.actor, queries.ASK, request_id)
    back = reverse("kits:request", args=[request_id])
    return FormPage(title, back, crumbs=queries.crumbs(), submit=_("Record it"), success=_("It is recorded."), **more)


def move(request: ActorRequest, request_id: UUID, ask: str) -> HttpResponse:
    if ask not in set(Ask) - {Ask.REPORT}:
        raise Http404
    chosen = Ask(ask)
    page = _request_page(request, request_id, ASK_LABELS[chosen])

    def save(data: Data) -> UUID:
        return commands.move_request(
            actor=request.actor,
            request_id=request_id,
            ask=chosen,
            on=data["on"],
            their_reference=data["their_reference"],
            rejection=Rejection(data["rejection"]) if data.get("rejection") else None,
            remark=data["remark"],
        )

    return show_form(request, page, forms.RejectForm if chosen is Ask.REJECT else forms.MoveForm, save)


def result(request: ActorRequest, request_id: UUID) -> HttpResponse:
    readers = queries.readers_for(request.actor, request_id)
    if not readers:
        raise NotFound
    page = _request_page(
        request,
        request_id,
        ASK_LABELS[Ask.REPORT],
        lede=_("A report is never changed. A further one stands beside it."),
    )

    def save(data: Data) -> UUID:
        report = Report(Reader(data["reader"]), Outcome(data["outcome"]), data["words"], data["on"])
        return commands.record_result(actor=request.actor, request_id=request_id, report=report)

    return show_form(request, page, forms.ResultForm, save, options={"readers": readers})
