"""Addresses of the facts, for the staff."""

from __future__ import annotations

from django.urls import path

from amparo.facts import views

app_name = "facts"

urlpatterns = [
    path("", views.facts, name="facts"),
    path("<slug:fact_no>/", views.fact, name="fact"),
    path("<slug:fact_no>/verify/", views.verify, name="verify"),
    path("<slug:fact_no>/publish/", views.publish, name="publish"),
    path("<slug:fact_no>/withdraw/", views.withdraw, name="withdraw"),
]
