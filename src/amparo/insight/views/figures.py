"""Pages of figures, the rows behind them, and files of what they show."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from amparo.access import queries as access
from amparo.cases import queries as cases
from amparo.insight import commands
from amparo.insight.forms import FilterForm
from amparo.insight.queries import counting, files, pages
from amparo.insight.queries.blocks import FigurePage
from amparo.insight.queries.counting import Chosen, Reach
from amparo.insight.queries.pages import PAGES, Asked
from amparo.insight.queries.reader import Reader
from amparo.web.fields import options
from amparo.web.pages import act
from amparo.web.requests import ActorRequest

_KINDS = {
    "csv": ("text/csv; charset=utf-8", files.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", files.as_xlsx),
}


def _filters(request: HttpRequest, reach: Reach) -> FilterForm:
    offices = [one for one in access.offices() if reach.offices is None or one.id in reach.offices]
    return FilterForm(
        request.GET,
        offices=[(str(one.id), one.name) for one in offices],
        districts=sorted({one.district for one in offices}),
        units=counting.units(),
        years=range(reach.today.year - 9, reach.today.year + 1) if reach.exact else counting.years(reach),
        types=options(cases.kind_labels()),
        programmes=cases.programmes(),
        exact=reach.exact,
    )


def reader_of(request: ActorRequest) -> tuple[Reader, FilterForm]:
    """Who looks, with what she chose, and the form in which she did."""
    reach = counting.reach(request.actor)
    form = _filters(request, reach)
    return Reader(request.actor, form.chosen(), reach), form


def _show(request: ActorRequest, name: str, reader: Reader, form: FilterForm, page: FigurePage) -> HttpResponse:
    query = replace(reader, chosen=replace(reader.chosen, unit=None)).query()
    context = {
        "page": page,
        "title": page.title,
        "filters": form,
        "one_at_a_time": not reader.exact,
        "is_chosen": reader.chosen != Chosen(),
        "plain_url": request.path,
        "tabs": [
            (label, reverse(f"insight:{place}") + query, place == name) for place, (label, _make) in PAGES.items()
        ],
        "refresh_url": reverse("insight:refresh"),
        "releases_url": reverse("insight:releases") if pages.may_release(request.actor) else "",
        "shown_at": request.get_full_path(),
    }
    return render(request, "insight/figures.html", context, status=200 if form.is_valid() else 422)


@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    return _page(request, "overview")


@require_GET
def attrition(request: ActorRequest) -> HttpResponse:
    return _page(request, "attrition")


@require_GET
def durations(request: ActorRequest) -> HttpResponse:
    return _page(request, "durations")


@require_GET
def courts(request: ActorRequest) -> HttpResponse:
    return _page(request, "courts")


@require_GET
def restoration(request: ActorRequest) -> HttpResponse:
    return _page(request, "restoration")


@require_GET
def system(request: ActorRequest) -> HttpResponse:
    return _page(request, "system")


def _page(request: ActorRequest, name: str) -> HttpResponse:
    reader, form = reader_of(request)
    return _show(request, name, reader, form, PAGES[name][1](reader))


@require_GET
def indicator(request: ActorRequest, name: str) -> HttpResponse:
    reader, form = reader_of(request)
    return _show(request, "", reader, form, pages.indicator_page(reader, name))


@require_GET
def rows(request: ActorRequest, name: str) -> HttpResponse:
    """The rows that a number counts."""
    reader, _form = reader_of(request)
    return render(request, "web/list_page.html", {"listing": pages.rows_page(reader, name, asked_of(request.GET))})


def asked_of(query: QueryDict) -> Asked:
    """Which part of the rows an address asks for."""
    after = query.get("after", "")
    return Asked(
        part=query.get("part", ""),
        code=_code(query.get("code", "")),
        party=_code(query.get("party", "")),
        after=int(after) if after.isdecimal() and len(after) < 19 else 0,
        has_code="code" in query,
        has_party="party" in query,
    )


def _code(text: str) -> str:
    # By a hyphen asks who wants those of whom nothing is noted.
    return "" if text == "-" else text[:40]


@require_GET
def download(request: ActorRequest, name: str, form: str) -> HttpResponse:
    """A block as a file; that it was taken out stands in the ledger."""
    if form not in _KINDS:
        raise Http404
    reader, _form = reader_of(request)
    block = pages.block_of(reader, name)
    kind, make = _KINDS[form]
    made = make(block, FigurePage("", reader.overline()))
    commands.note_taken_out(actor=request.actor, figure=name, form=form)
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@require_POST
def refresh(request: ActorRequest) -> HttpResponse:
    """Bring the lines up to the ledger."""
    counting.reach(request.actor)
    back = request.POST.get("back", "")
    home = reverse("insight:overview")

    def run() -> UUID | None:
        commands.refresh()
        return None

    return act(request, run, back if back.startswith(home) else home, _("The figures are up to date."))
