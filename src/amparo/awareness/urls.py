"""Addresses of the awareness site, below the language."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from amparo.awareness.views import cards, pages

app_name = "awareness"

urlpatterns = [
    path("facts/<slug:slug>/", pages.fact, name="fact"),
    path("facts/<slug:slug>/card.svg", cards.svg, name="card_svg"),
    path("facts/<slug:slug>/card.png", cards.png, name="card_png"),
    path("facts/<slug:slug>/data.json", cards.data, name="data"),
    path("campaign-figures/", pages.campaign, name="campaign"),
    # Whoever reads these may be watched: neither title nor address says what they are about.
    path("advice/", pages.report_safely, name="report_safely"),
    path("friends/", pages.how_to_help, name="how_to_help"),
    path("report-safely/", RedirectView.as_view(pattern_name="awareness:report_safely")),
    path("how-to-help/", RedirectView.as_view(pattern_name="awareness:how_to_help")),
    path("our-figures/", pages.our_figures, name="our_figures"),
]
