"""Pages of what partners are asked to do for a lead."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.cases.queries import CaseHead
from amparo.investigations import commands, forms, queries
from amparo.investigations.commands import AskedOf
from amparo.investigations.words import AskReply
from amparo.web.forms import EmptyForm, number_of
from amparo.web.pages import Data, FormPage, Said, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def _back(head: CaseHead) -> str:
    return reverse("investigations:room", args=[head.id]) + "#leads"


def _chosen(key: str) -> UUID | None:
    return UUID(key) if key else None


def _page(head: CaseHead, title: Said, success: Said, lede: Said = "") -> FormPage:
    crumbs = queries.room_crumbs(head)
    return FormPage(title, _back(head), lede=lede, crumbs=crumbs, submit=_("Save"), success=success)


def ask_partner(request: ActorRequest, lead_id: UUID) -> HttpResponse:
    lead = queries.lead_for(request.actor, commands.LEAD_CHANGE, lead_id)
    found = queries.officials_to_ask(request.actor, lead.head.id)

    def save(data: Data) -> UUID:
        known, unit = data.get("known_id", ""), data.get("unit_id", "")
        return commands.ask_partner(
            actor=request.actor,
            lead_id=lead_id,
            of=AskedOf(_chosen(known), _chosen(unit), data["name"], _chosen(data.get("reader_id", ""))),
            asked=data["asked"],
            due_on=data["due_on"],
            asked_on=data["asked_on"],
        )

    page = _page(lead.head, _("Ask a partner"), _("It is written down whom you asked."), str(lead.values["title"]))
    options = {"officials": found.officials, "units": found.units, "readers": found.readers}
    return show_form(request, page, forms.AskForm, save, options=options)


def answer_ask(request: ActorRequest, ask_id: UUID) -> HttpResponse:
    ask = queries.ask_for(request.actor, ask_id)
    page = _page(ask.head, _("What a partner answered"), _("The answer is written down."), ask.asked)

    def save(data: Data) -> UUID:
        return commands.answer_ask(actor=request.actor, ask_id=ask_id, **_said(data))

    return show_form(request, page, forms.AnsweredForm, save)


def _said(data: Data) -> Data:
    return {"reply": AskReply(data["reply"]), "answer": data["answer"], "on": data["on"]}


def asked_of_us(request: ActorRequest) -> HttpResponse:
    after, everything = number_of(request.GET.get("after")), request.GET.get("all") == "on"
    listing = queries.asked_of_us(request.actor, everything=everything, after=after)
    return render(request, "web/list_page.html", {"listing": listing})


def answer_here(request: ActorRequest, ask_id: UUID) -> HttpResponse:
    """Her answer to exactly what she was asked; the page says nothing else of the lead or the case."""
    words = queries.words_asked(request.actor, ask_id)
    back = reverse("investigations:asked_of_us")
    page = FormPage(
        _("Answer what was asked"),
        back,
        lede=words,
        crumbs=(Crumb(_("Asked of us"), back),),
        submit=_("Send the answer"),
        success=_("Your answer is with who asked."),
    )
    return show_form(
        request,
        page,
        forms.AnswerHereForm,
        lambda data: commands.answer_here(actor=request.actor, ask_id=ask_id, **_said(data)),
    )


def drop_ask(request: ActorRequest, ask_id: UUID) -> HttpResponse:
    ask = queries.ask_for(request.actor, ask_id)
    page = FormPage(
        _("Wait for no answer any more"),
        _back(ask.head),
        lede=ask.asked,
        crumbs=queries.room_crumbs(ask.head),
        submit=_("It is not needed any more"),
        success=_("No answer is waited for any more."),
        template="web/confirm_page.html",
        consequences=[_("What they were asked stays readable with the lead. Tell them that it is not needed.")],
    )
    return show_form(request, page, EmptyForm, lambda _data: commands.drop_ask(actor=request.actor, ask_id=ask_id))
