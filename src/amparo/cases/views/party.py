"""People in a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.access import policy
from amparo.cases import commands, queries
from amparo.cases.forms import PartyChangeForm, PartyForm
from amparo.cases.views.around import case_url, crumbs
from amparo.cases.words import PARTY_LABELS, PartyRole
from amparo.web.pages import Data, FormPage, act, show_form
from amparo.web.requests import ActorRequest


def add_person(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "cases:party:change", head.subject)
    page = FormPage(title=_("Add a person to the case"), back=case_url(case_id, "people"), crumbs=crumbs(head))
    return show_form(
        request,
        page,
        PartyForm,
        lambda data: commands.add_person_to_case(
            actor=request.actor, case_id=case_id, **data | {"role": PartyRole(data["role"])}
        ),
        options={"others": queries.other_parties(request.actor, case_id)},
    )


def change_party(request: ActorRequest, party_id: UUID) -> HttpResponse:
    head, party = queries.party(request.actor, party_id)
    policy.check_new(request.actor, "cases:party:change", head.subject)
    page = FormPage(
        title=_("%(code)s in this case") % {"code": party.code},
        lede=PARTY_LABELS[party.role],
        back=case_url(head.id, "people"),
        crumbs=crumbs(head),
    )

    others = queries.other_parties(request.actor, head.id, party.person_id)
    if party.related_to and str(party.related_to) not in dict(others):
        # Somebody whom this reader can't choose, or who has left: what was said of them stays as it is.
        others = []
    unasked: Data = {"relation": party.relation, "related_to": party.related_to}

    def present() -> tuple[int, dict[str, object]]:
        _head, now = queries.party(request.actor, party_id)
        return now.version, {
            "relation": now.relation,
            "related_to": str(now.related_to or ""),
            "relationship": now.relationship,
            "trafficking": now.trafficking,
            "trafficking_by": now.trafficking_by,
            "trafficking_on": now.trafficking_on,
            "no_contact": now.no_contact,
        }

    return show_form(
        request,
        page,
        PartyChangeForm,
        lambda data: commands.change_party(actor=request.actor, party_id=party_id, **unasked | data),
        present=present,
        options={"others": others},
    )


@require_POST
def end_party(request: ActorRequest, party_id: UUID) -> HttpResponse:
    head, _party = queries.party(request.actor, party_id)
    return act(
        request,
        lambda: commands.end_party(actor=request.actor, party_id=party_id),
        case_url(head.id, "people"),
    )
