"""Addresses of what spans rooms."""

from django.urls import path

from amparo.journeys import handing_over_views, screening_views

app_name = "journeys"
urlpatterns = [
    path("caseload/<uuid:leaving_id>/<uuid:taking_id>/", handing_over_views.hand_over, name="hand_over"),
    path("reports/<uuid:report_id>/accept/", screening_views.accept, name="accept"),
    path("reports/<uuid:report_id>/accept-into/", screening_views.accept_into, name="accept_into"),
]
