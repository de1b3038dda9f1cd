"""What the pages of the court share: the page of a record, and a form that runs one command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from amparo.cases.words import PartyRole
from amparo.investigations import queries as investigations
from amparo.prosecution import queries
from amparo.web.forms import Form
from amparo.web.pages import FormPage, Said, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Present, Sheet


def sheet_page(request: ActorRequest, sheet: Sheet) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": sheet})


def people(request: ActorRequest, opened: queries.Opened, role: PartyRole) -> list[tuple[str, str]]:
    return investigations.people_of(request.actor, opened.head.id, role)


@dataclass(frozen=True, slots=True)
class Saying:
    """What a form says: over it, on its button, and once it is saved."""

    title: Said
    success: Said
    submit: Said = ""


def ask(
    request: ActorRequest,
    opened: queries.Opened,
    saying: Saying,
    form_class: type[Form],
    run: Callable[..., UUID | None],
    *,
    initial: dict[str, object] | None = None,
    options: dict[str, Any] | None = None,
    present: Callable[[], queries.Opened] | None = None,
    done: Callable[[UUID | None], str] | None = None,
    **more: Any,
) -> HttpResponse:
    """Show a form and run one command with what was typed: the fields of a form have the names that it wants.

    Args:
        initial: what the form is filled with; without it, what was opened.
        present: for forms that change a record: it is looked up again, to find out whether somebody was faster.
        more: what else the page around the form says.
    """
    page = FormPage(
        saying.title,
        opened.back,
        lede=opened.lede,
        crumbs=opened.crumbs,
        submit=saying.submit or _("Save"),
        success=saying.success,
        **more,
    )

    def now() -> Present:
        again = present() if present else opened
        return again.version, again.values

    return show_form(
        request,
        page,
        form_class,
        lambda data: run(actor=request.actor, **data),
        done=done,
        initial=opened.values if initial is None else initial,
        present=now if present else None,
        options=options,
    )
