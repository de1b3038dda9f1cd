"""Pages on which a hearing, a sentence or a compensation is put right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amparo.prosecution import commands, forms, queries
from amparo.prosecution.commands import Result, Why
from amparo.prosecution.views.around import Saying, ask
from amparo.web.requests import ActorRequest

_DONE = _("It is put right. What stood there before stays readable.")
_NEVER = _("It stays readable, marked as entered by mistake, and counts nowhere.")


def _with_why(run: Callable[..., UUID]) -> Callable[..., UUID]:
    """The command with its reason made of the two fields that ask for it."""

    def save(**data: Any) -> UUID:
        return run(why=Why(data.pop("mistake"), data.pop("remark")), **data)

    return save


def correct_hearing(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    opened = queries.result_for(request.actor, hearing_id)
    survivors, _without_news = queries.survivor_choices(request.actor, hearing_id)

    def save(*, actor: Any, why: Why, **data: Any) -> UUID:
        for name in ("travelled", "waited", "testified"):
            data[name] = frozenset(map(UUID, data[name]))
        return commands.correct_hearing(actor=actor, hearing_id=hearing_id, result=Result(**data), why=why)

    saying = Saying(_("Put a hearing right"), _DONE)
    options = {"survivors": survivors}
    return ask(request, opened, saying, forms.HearingCorrectionForm, _with_why(save), options=options)


def correct_sentence(request: ActorRequest, sentence_id: UUID) -> HttpResponse:
    opened = queries.sentence_for(request.actor, sentence_id)
    run = _with_why(partial(commands.correct_sentence, sentence_id=sentence_id))
    return ask(request, opened, Saying(_("Put a sentence right"), _DONE), forms.SentenceCorrectionForm, run)


def take_back_sentence(request: ActorRequest, sentence_id: UUID) -> HttpResponse:
    opened = queries.sentence_for(request.actor, sentence_id)
    title, done = _("A sentence was never pronounced"), _("The sentence counts no more.")
    saying = Saying(title, done, _("Take the sentence back"))
    run = _with_why(partial(commands.take_back_sentence, sentence_id=sentence_id))
    page = "web/confirm_page.html"
    return ask(request, opened, saying, forms.WhyForm, run, template=page, grave=True, consequences=[_NEVER])


def correct_compensation(request: ActorRequest, compensation_id: UUID) -> HttpResponse:
    opened = queries.compensation_for(request.actor, compensation_id)
    run = _with_why(partial(commands.correct_compensation, compensation_id=compensation_id))
    return ask(request, opened, Saying(_("Put a compensation right"), _DONE), forms.CompensationCorrectionForm, run)


def take_back_compensation(request: ActorRequest, compensation_id: UUID) -> HttpResponse:
    opened = queries.compensation_for(request.actor, compensation_id)
    saying = Saying(_("A compensation was never ordered"), _("The order counts no more."), _("Take the order back"))
    run = _with_why(partial(commands.take_back_compensation, compensation_id=compensation_id))
    page = "web/confirm_page.html"
    return ask(request, opened, saying, forms.WhyForm, run, template=page, grave=True, consequences=[_NEVER])
