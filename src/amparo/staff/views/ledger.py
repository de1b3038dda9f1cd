"""The ledger's pages."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from amparo.kernel.errors import Invalid
from amparo.staff import naming
from amparo.staff.forms import LedgerFilter
from amparo.staff.queries import ledger as pages
from amparo.staff.queries.ledger import Asked
from amparo.web.fields import as_validation
from amparo.web.forms import number_of
from amparo.web.requests import ActorRequest


def _asked(request: ActorRequest) -> Asked:
    given = request.GET
    before = given.get("before", "")
    return Asked(
        verb=given.get("verb", ""),
        who=number_of(given.get("who")),
        case=number_of(given.get("case")),
        before=int(before) if before.isdecimal() and len(before) < 18 else None,
        view=given.get("view", "") if given.get("view", "") in pages.VIEWS else "",
    )


def ledger(request: ActorRequest) -> HttpResponse:
    """The list; what is asked for is sent by POST and turned into ids, so that no code stands in an address."""
    asked = _asked(request)
    choices = {"verbs": pages.verbs_for(request.actor), "people": pages.people_for(request.actor)}
    if request.method == "POST":
        form = LedgerFilter(request.POST, **choices)
        if form.is_valid():
            found = _found(request, form)
            if found is not None:
                return HttpResponseRedirect(pages.address_of(found), status=303)
    else:
        form = LedgerFilter(initial={"verb": asked.verb, "who": asked.who}, **choices)
    context = {"listing": pages.listing(request.actor, asked), "filters": form, "filters_method": "post"}
    return render(request, "staff/ledger.html", context, status=422 if form.errors else 200)


def _found(request: ActorRequest, form: LedgerFilter) -> Asked | None:
    typed, case = form.cleaned_data["case"], None
    if typed:
        try:
            case = naming.find(request.actor, typed)
        except Invalid as error:
            form.add_error("case", as_validation(error))
            return None
        if case is None:
            form.add_error("case", pages.no_such_case())
            return None
    return Asked(form.cleaned_data["verb"], number_of(form.cleaned_data["who"]), case)


def entry(request: ActorRequest, index: int) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": pages.entry(request.actor, index)})


def checkpoint(request: ActorRequest) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": pages.checkpoint(request.actor)})
