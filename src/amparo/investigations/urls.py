"""Addresses of investigations."""

from __future__ import annotations

from django.urls import path

from amparo.investigations import views

app_name = "investigations"

urlpatterns = [
    path("<uuid:case_id>/", views.room, name="room"),
    path("<uuid:case_id>/leads/open/", views.open_lead, name="open_lead"),
    path("<uuid:case_id>/suspects/<uuid:person_id>/", views.record_status, name="record_status"),
    path("<uuid:case_id>/relief/", views.record_relief, name="record_relief"),
    path("<uuid:case_id>/restraint/", views.record_restraint, name="record_restraint"),
    path("<uuid:case_id>/officials/", views.record_contact, name="record_contact"),
    path("leads/<uuid:lead_id>/change/", views.change_lead, name="change_lead"),
    path("leads/<uuid:lead_id>/close/", views.close_lead, name="close_lead"),
    path("leads/<uuid:lead_id>/reopen/", views.reopen_lead, name="reopen_lead"),
    path("outcomes/<str:kind>/<uuid:outcome_id>/verify/", views.verify, name="verify"),
    path("outcomes/<str:kind>/<uuid:outcome_id>/withdraw/", views.withdraw, name="withdraw"),
    path("officials/<uuid:contact_id>/done/", views.step_done, name="step_done"),
]
