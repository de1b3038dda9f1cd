"""Addresses of insight. Filters stand in the address: codes and ids of offices, nothing of anybody."""

from __future__ import annotations

from django.urls import path

from amparo.insight.views import figures, releases

app_name = "insight"

urlpatterns = [
    path("", figures.overview, name="overview"),
    path("attrition/", figures.attrition, name="attrition"),
    path("durations/", figures.durations, name="durations"),
    path("courts/", figures.courts, name="courts"),
    path("restoration/", figures.restoration, name="restoration"),
    path("system/", figures.system, name="system"),
    path("refresh/", figures.refresh, name="refresh"),
    path("figure/<slug:name>/", figures.indicator, name="indicator"),
    path("figure/<slug:name>/rows/", figures.rows, name="rows"),
    path("figure/<slug:name>/file/<slug:form>/", figures.download, name="download"),
    path("releases/", releases.releases, name="releases"),
    path("releases/ask/", releases.ask, name="ask"),
    path("releases/<uuid:release_id>/", releases.release, name="release"),
    path("releases/<uuid:release_id>/approve/", releases.approve, name="approve"),
    path("releases/<uuid:release_id>/decline/", releases.decline, name="decline"),
    path("releases/<uuid:release_id>/publish/", releases.publish, name="publish"),
    path("releases/<uuid:release_id>/withdraw/", releases.withdraw, name="withdraw"),
    path("releases/<uuid:release_id>/report.pdf", releases.report, name="report"),
]
