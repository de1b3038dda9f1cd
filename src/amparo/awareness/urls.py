"""Addresses of the awareness site, below the language."""

from __future__ import annotations

from django.urls import path

from amparo.awareness.views import cards, pages

app_name = "awareness"

urlpatterns = [
    path("facts/<slug:slug>/", pages.fact, name="fact"),
    path("facts/<slug:slug>/card.svg", cards.svg, name="card_svg"),
    path("facts/<slug:slug>/card.png", cards.png, name="card_png"),
    path("facts/<slug:slug>/data.json", cards.data, name="data"),
    path("campaign-figures/", pages.campaign, name="campaign"),
    path("report-safely/", pages.report_safely, name="report_safely"),
    path("how-to-help/", pages.how_to_help, name="how_to_help"),
    path("our-figures/", pages.our_figures, name="our_figures"),
]
