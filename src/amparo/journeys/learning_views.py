"""Pages on which a case teaches: beginning to observe, and the checklist with what the case proposes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.cases import queries as cases
from amparo.journeys import learning_from_case as learning
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.partners import queries as partners
from amparo.strengthening import commands, forms
from amparo.strengthening.queries import naming, practice
from amparo.strengthening.words import Answer
from amparo.web.pages import FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def learn(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = cases.case_head(request.actor, case_id)
    naming.check_may(request.actor, practice.OBSERVE)
    title = _("Observe a unit's file")
    back = reverse("desk:case", args=[case_id])
    page = FormPage(
        title,
        back,
        crumbs=(Crumb(_("Cases"), reverse("cases:cases")), Crumb(head.code, back, code=True), Crumb(title)),
        lede=_("How did a unit work in this case? Others will know the case by a pseudonym."),
        submit=_("Begin"),
    )

    def save(data: dict[str, Any]) -> UUID:
        return commands.open_file(
            actor=request.actor, unit_id=UUID(data["unit_id"]), on=data["on"], case_id=case_id, remark=data["remark"]
        )

    return show_form(
        request,
        page,
        forms.OpenFileForm,
        save,
        done=lambda key: reverse("journeys:observe", args=[key]),
        initial={"on": clock.today()},
        options={"units": partners.unit_choices(request.actor)},
    )


def observe(request: ActorRequest, file_id: UUID) -> HttpResponse:
    found = learning.proposals_for(request.actor, file_id)
    view = practice.file_view(request.actor, file_id, found)
    answer_url = reverse("journeys:answer_practice", args=[file_id])
    return render(request, "strengthening/file.html", {"view": view, "answer_url": answer_url})


@require_POST
def answer(request: ActorRequest, file_id: UUID) -> HttpResponse:
    item, given = request.POST.get("item", "")[:40], request.POST.get("answer", "")
    if given not in set(Answer):
        raise NotFound
    return act(
        request,
        lambda: learning.answer_from_case(actor=request.actor, file_id=file_id, item=item, answer=Answer(given)),
        f"{reverse('journeys:observe', args=[file_id])}#item-{item}",
    )
