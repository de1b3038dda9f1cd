"""Addresses of partners."""

from __future__ import annotations

from django.urls import path

from amparo.partners import views

app_name = "partners"

urlpatterns = [
    path("", views.directory, name="directory"),
    path("services/", views.services, name="services"),
    path("officials/", views.officials, name="officials"),
    path("agreements/", views.agreements, name="agreements"),
    path("gaps/", views.gaps, name="gaps"),
    path("agencies/add/", views.add_agency, name="add_agency"),
    path("agencies/<uuid:agency_id>/", views.agency, name="agency"),
    path("agencies/<uuid:agency_id>/change/", views.change_agency, name="change_agency"),
    path("agencies/<uuid:agency_id>/move/<str:step>/", views.move_agency, name="move_agency"),
    path("agencies/<uuid:agency_id>/units/add/", views.add_unit, name="add_unit"),
    path("agencies/<uuid:agency_id>/facilities/add/", views.add_facility, name="add_facility"),
    path("agencies/<uuid:agency_id>/agreements/add/", views.make_agreement, name="make_agreement"),
    path("units/<uuid:unit_id>/", views.change_unit, name="change_unit"),
    path("units/<uuid:unit_id>/move/<str:step>/", views.move_unit, name="move_unit"),
    path("facilities/<uuid:facility_id>/", views.facility, name="facility"),
    path("facilities/<uuid:facility_id>/change/", views.change_facility, name="change_facility"),
    path("facilities/<uuid:facility_id>/move/<str:step>/", views.move_facility, name="move_facility"),
    path("facilities/<uuid:facility_id>/verify/", views.verify_facility, name="verify_facility"),
    path("facilities/<uuid:facility_id>/address/", views.open_address, name="open_address"),
    path("facilities/<uuid:facility_id>/address/change/", views.set_address, name="set_address"),
    path("facilities/<uuid:facility_id>/capacity/", views.report_capacity, name="report_capacity"),
    path("capacity/<uuid:capacity_id>/withdraw/", views.withdraw_report, name="withdraw_report"),
    path("officials/add/", views.add_official, name="add_official"),
    path("officials/of/<uuid:person_id>/", views.of_person, name="of_person"),
    path("officials/<uuid:official_id>/", views.official, name="official"),
    path("officials/<uuid:official_id>/change/", views.change_official, name="change_official"),
    path("officials/<uuid:official_id>/posts/add/", views.take_post, name="take_post"),
    path("officials/<uuid:official_id>/file/", views.official_file, name="official_file"),
    path("posts/<uuid:post_id>/end/", views.end_post, name="end_post"),
    path("agreements/<uuid:agreement_id>/", views.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/change/", views.change_agreement, name="change_agreement"),
    path("agreements/<uuid:agreement_id>/review/", views.review_agreement, name="review_agreement"),
    path("agreements/<uuid:agreement_id>/end/", views.end_agreement, name="end_agreement"),
]
