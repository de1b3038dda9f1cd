"""Addresses of what spans rooms."""

from django.urls import path

from amparo.journeys import screening_views

app_name = "journeys"
urlpatterns = [
    path("reports/<uuid:report_id>/accept/", screening_views.accept, name="accept"),
    path("reports/<uuid:report_id>/accept-into/", screening_views.accept_into, name="accept_into"),
]
