"""Links between cases."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.access import policy
from amparo.cases import commands, queries
from amparo.cases.errors import NoSuchCase
from amparo.cases.forms import LinkForm
from amparo.cases.views.around import case_url, crumbs
from amparo.web.pages import FormPage, act, show_form
from amparo.web.requests import ActorRequest


def add_link(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "cases:case:change", head.subject)
    page = FormPage(title=_("Link with another case"), back=case_url(case_id, "links"), crumbs=crumbs(head))

    def save(data: dict[str, object]) -> UUID:
        other = queries.find_by_code(request.actor, str(data["other"]))
        if other is None:
            raise NoSuchCase(field="other")
        return commands.link_cases(
            actor=request.actor,
            case_id=case_id,
            other_id=other.id,
            kind=str(data["kind"]),
            reason=str(data["reason"]),
        )

    return show_form(request, page, LinkForm, save)


@require_POST
def end_link(request: ActorRequest, link_id: UUID) -> HttpResponse:
    back = case_url(queries.case_of_link(request.actor, link_id), "links")
    return act(request, lambda: commands.unlink_cases(actor=request.actor, link_id=link_id), back)
