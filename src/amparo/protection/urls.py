"""Addresses of data protection."""

from __future__ import annotations

from django.urls import path

from amparo.protection import views

app_name = "protection"

urlpatterns = [
    path("", views.breaches, name="breaches"),
    path("report/", views.report, name="report"),
    path("assessments/", views.assessments, name="assessments"),
    path("assessments/add/", views.add_assessment, name="add_assessment"),
    path("assessments/<uuid:assessment_id>/", views.assessment, name="assessment"),
    path("assessments/<uuid:assessment_id>/change/", views.change_assessment, name="change_assessment"),
    path("assessments/<uuid:assessment_id>/sign/", views.sign, name="sign"),
    path("<uuid:breach_id>/", views.breach, name="breach"),
    path("<uuid:breach_id>/assess/", views.assess, name="assess"),
    path("<uuid:breach_id>/decide/", views.decide, name="decide"),
    path("<uuid:breach_id>/close/", views.close, name="close"),
]
