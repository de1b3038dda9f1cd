"""Lists: agencies, services, officials, agreements, and what facilities lack."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from amparo.partners import forms, queries
from amparo.partners.views.around import (
    LIST,
    asks,
)
from amparo.web.forms import number_of
from amparo.web.requests import ActorRequest


def directory(request: ActorRequest) -> HttpResponse:
    asks(request, "partners:agency:see")
    form = forms.AgencyFilterForm(request.GET or None, districts=queries.district_choices(request.actor))
    asked = queries.AgencyFilter(**form.cleaned_data) if form.is_valid() else queries.AgencyFilter()
    listing = queries.directory(request.actor, asked, number_of(request.GET.get("after")))
    return render(request, LIST, {"listing": listing, "filters": form})


def services(request: ActorRequest) -> HttpResponse:
    asks(request, "partners:facility:see")
    districts = queries.district_choices(request.actor, facilities=True)
    form = forms.ServiceFilterForm(request.GET or None, districts=districts)
    asked = queries.ServiceFilter(**form.cleaned_data) if form.is_valid() else queries.ServiceFilter()
    listing = queries.services(request.actor, asked, number_of(request.GET.get("after")))
    return render(request, LIST, {"listing": listing, "filters": form})


def officials(request: ActorRequest) -> HttpResponse:
    asks(request, "partners:official:see")
    after = number_of(request.GET.get("after"))
    return render(request, LIST, {"listing": queries.officials(request.actor, after)})


def agreements(request: ActorRequest) -> HttpResponse:
    asks(request, "partners:agreement:see")
    return render(request, LIST, {"listing": queries.agreements(request.actor)})


def gaps(request: ActorRequest) -> HttpResponse:
    asks(request, "partners:facility:see")
    return render(request, "partners/gaps.html", {"gaps": queries.gaps(request.actor)})
