"""Pages on which lessons of operations are taken up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.access import policy
from amparo.journeys import lessons
from amparo.operations import queries as operations
from amparo.partners import queries as partners
from amparo.strengthening.words import ANSWER_LABELS, Answer
from amparo.web.fields import ChoiceField, Choices, options
from amparo.web.forms import Form
from amparo.web.pages import Data, FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


class TakeUpForm(Form):
    def __init__(self, *args: Any, units: Choices, items: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["unit_id"] = ChoiceField(label=_("Unit"), choices=units)
        self.fields["item"] = ChoiceField(label=_("What it is about"), choices=items)
        self.fields["answer"] = ChoiceField(label=_("Proposed answer"), choices=options(ANSWER_LABELS))


def waiting(request: ActorRequest) -> HttpResponse:
    return render(request, "web/list_page.html", {"listing": lessons.listing(request.actor)})


def take_up(request: ActorRequest, lesson_id: UUID) -> HttpResponse:
    lesson = operations.lesson(request.actor, lesson_id)
    policy.check_new(request.actor, lessons.TAKE_UP, policy.Subject(office=request.actor.office_id))
    page = FormPage(
        _("Take up a lesson"),
        reverse("journeys:lessons"),
        crumbs=(Crumb(_("Lessons of operations"), reverse("journeys:lessons")),),
        lede=lesson.words,
        submit=_("Propose it"),
        success=_("It is proposed. Whoever observes the unit confirms it."),
    )

    def save(data: Data) -> UUID:
        return lessons.take_up(
            actor=request.actor,
            lesson_id=lesson_id,
            unit_id=UUID(data["unit_id"]),
            item=data["item"],
            answer=Answer(data["answer"]),
        )

    given = {"unit_id": str(lesson.unit_id or ""), "answer": Answer.NO.value}
    choices = {"units": partners.unit_choices(request.actor), "items": lessons.item_choices()}
    return show_form(
        request,
        page,
        TakeUpForm,
        save,
        initial=given,
        options=choices,
        done=lambda key: reverse("strengthening:file", args=[key]) if key else reverse("journeys:lessons"),
    )
