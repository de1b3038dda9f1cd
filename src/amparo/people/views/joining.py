"""Pages on which two records are found to be one person, or two."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.people import commands, queries
from amparo.people.errors import NobodyOfThatCode, SameRecord
from amparo.people.forms import AnswerForm, JoiningForm, PartForm, SameForm
from amparo.people.words import NamesReason
from amparo.web.pages import Data, FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def _compare_url(person_id: UUID, other_id: UUID) -> str:
    return reverse("people:compare", args=[person_id, other_id])


def _crumbs(person_id: UUID) -> tuple[Crumb, ...]:
    return (Crumb(queries.head(person_id).code, queries.url_of(person_id), code=True),)


def same(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Ask which the other record is, and lead to both side by side."""
    queries.may_ask_to_join(request.actor, person_id)
    page = FormPage(
        title=_("There is another record of this person"),
        lede=_("You see both side by side next. That you opened both is recorded."),
        back=queries.url_of(person_id),
        crumbs=_crumbs(person_id),
        submit=_("Compare the two records"),
    )

    def save(data: Data) -> UUID:
        other = queries.find_by_code(request.actor, data["code"])
        if other is None:
            raise NobodyOfThatCode(field="code")
        if other.id == person_id:
            raise SameRecord(field="code")
        _open(request, person_id, other.id)
        return other.id

    return show_form(
        request, page, SameForm, save, done=lambda other: _compare_url(person_id, other) if other else page.back
    )


def _open(request: ActorRequest, person_id: UUID, other_id: UUID) -> None:
    queries.pair(request.actor, person_id, other_id)
    commands.open_names(actor=request.actor, person_ids=[person_id, other_id], reason=NamesReason.DUPLICATE)


def compare(request: ActorRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    sheet = queries.compare_page(request.actor, person_id, other_id)
    return render(request, "web/sheet_page.html", {"sheet": sheet})


@require_POST
def open_pair(request: ActorRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    return act(request, lambda: _open(request, person_id, other_id), _compare_url(person_id, other_id))


def ask_to_join(request: ActorRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    both = queries.pair(request.actor, person_id, other_id)
    page = FormPage(
        title=_("Ask to join two records"),
        lede=_("%(joined)s will lead to %(kept)s once a supervisor who did not ask has agreed.")
        % {"joined": both.joined.code, "kept": both.kept.code},
        back=_compare_url(person_id, other_id),
        crumbs=_crumbs(person_id),
        submit=_("Ask"),
        success=_("A supervisor decides."),
    )
    return show_form(
        request,
        page,
        JoiningForm,
        lambda data: commands.ask_to_join(actor=request.actor, kept_id=person_id, joined_id=other_id, **data),
    )


def answer_joining(request: ActorRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    both = queries.pair(request.actor, person_id, other_id, queries.DECIDE_JOINING)
    page = FormPage(
        title=_("Are these two records one person?"),
        lede=_("If they are, the teams of both see the person, and a bar against either holds for both."),
        back=_compare_url(person_id, other_id),
        crumbs=_crumbs(both.kept.id),
        submit=_("Decide"),
        success=_("Decided."),
    )

    def save(data: Data) -> UUID:
        decide = commands.join_persons if data["is_one"] == "yes" else commands.keep_apart
        return decide(actor=request.actor, kept_id=person_id, joined_id=other_id, answer=data["answer"])

    return show_form(request, page, AnswerForm, save)


def part(request: ActorRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    queries.pair(request.actor, person_id, other_id, queries.DECIDE_JOINING)
    page = FormPage(
        title=_("They are two people after all"),
        back=_compare_url(person_id, other_id),
        crumbs=_crumbs(person_id),
        submit=_("Part the two records"),
        success=_("The two records were parted."),
        grave=True,
        consequences=(
            _("Each team sees its own record only, as before."),
            _("What was written since stays in the record in which it was written: look through both."),
        ),
        template="web/confirm_page.html",
    )
    return show_form(
        request,
        page,
        PartForm,
        lambda data: commands.part_persons(actor=request.actor, kept_id=person_id, joined_id=other_id, **data),
    )
