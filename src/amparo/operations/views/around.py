"""What the pages of this room share."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.operations import commands, queries
from amparo.operations.words import AHEAD, State
from amparo.partners import queries as partners
from amparo.web.pages import Data, FormPage, Said
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Notice


def url_of(operation_id: UUID) -> str:
    return reverse("operations:operation", args=[operation_id])


def id_in(data: Data, name: str) -> UUID | None:
    return UUID(data[name]) if data.get(name) else None


def page_of(
    request: ActorRequest,
    permission: str,
    operation_id: UUID,
    title: Said,
    submit: Said,
    success: Said = "",
    *,
    lede: Said = "",
    grave: bool = False,
    consequences: Sequence[Said] = (),
) -> FormPage:
    """The page of a form about an operation; one that changes an approved plan says what that does."""
    row = queries.operation_for(request.actor, permission, operation_id)
    return FormPage(
        title,
        url_of(operation_id),
        lede=lede,
        crumbs=queries.crumbs(row),
        submit=submit,
        success=success,
        notice=voids(State(row.state)) if permission == commands.CHANGE else None,
        grave=grave,
        consequences=consequences,
        template="web/confirm_page.html" if consequences else "web/form_page.html",
    )


def voids(state: State) -> Notice | None:
    if state in AHEAD and state is not State.PLANNED:
        return Notice(
            _("This plan was proposed. A change takes approvals back, and the same people are asked again."), "warn"
        )
    return None


def authorities(request: ActorRequest) -> dict[str, object]:
    return {
        "agencies": partners.agency_choices(request.actor),
        "units": partners.unit_choices(request.actor),
    }
