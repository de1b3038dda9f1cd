"""Addresses of partners."""

from __future__ import annotations

from django.urls import path

from amparo.partners.views import agencies, agreements, facilities, lists, officials

app_name = "partners"

urlpatterns = [
    path("", lists.directory, name="directory"),
    path("services/", lists.services, name="services"),
    path("officials/", lists.officials, name="officials"),
    path("agreements/", lists.agreements, name="agreements"),
    path("gaps/", lists.gaps, name="gaps"),
    path("agencies/add/", agencies.add_agency, name="add_agency"),
    path("agencies/<uuid:agency_id>/", agencies.agency, name="agency"),
    path("agencies/<uuid:agency_id>/change/", agencies.change_agency, name="change_agency"),
    path("agencies/<uuid:agency_id>/move/<str:step>/", agencies.move_agency, name="move_agency"),
    path("agencies/<uuid:agency_id>/units/add/", agencies.add_unit, name="add_unit"),
    path("agencies/<uuid:agency_id>/facilities/add/", facilities.add_facility, name="add_facility"),
    path("agencies/<uuid:agency_id>/agreements/add/", agreements.make_agreement, name="make_agreement"),
    path("units/<uuid:unit_id>/", agencies.change_unit, name="change_unit"),
    path("units/<uuid:unit_id>/move/<str:step>/", agencies.move_unit, name="move_unit"),
    path("facilities/<uuid:facility_id>/", facilities.facility, name="facility"),
    path("facilities/<uuid:facility_id>/change/", facilities.change_facility, name="change_facility"),
    path("facilities/<uuid:facility_id>/move/<str:step>/", facilities.move_facility, name="move_facility"),
    path("facilities/<uuid:facility_id>/verify/", facilities.verify_facility, name="verify_facility"),
    path("facilities/<uuid:facility_id>/address/", facilities.open_address, name="open_address"),
    path("facilities/<uuid:facility_id>/address/change/", facilities.set_address, name="set_address"),
    path("facilities/<uuid:facility_id>/capacity/", facilities.report_capacity, name="report_capacity"),
    path("capacity/<uuid:capacity_id>/withdraw/", facilities.withdraw_report, name="withdraw_report"),
    path("officials/add/", officials.add_official, name="add_official"),
    path("officials/of/<uuid:person_id>/", officials.of_person, name="of_person"),
    path("officials/<uuid:official_id>/", officials.official, name="official"),
    path("officials/<uuid:official_id>/change/", officials.change_official, name="change_official"),
    path("officials/<uuid:official_id>/posts/add/", officials.take_post, name="take_post"),
    path("officials/<uuid:official_id>/erase/", officials.erase_official, name="erase_official"),
    path("officials/<uuid:official_id>/file/", officials.official_file, name="official_file"),
    path("posts/<uuid:post_id>/end/", officials.end_post, name="end_post"),
    path("agreements/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/change/", agreements.change_agreement, name="change_agreement"),
    path("agreements/<uuid:agreement_id>/review/", agreements.review_agreement, name="review_agreement"),
    path("agreements/<uuid:agreement_id>/papers/add/", agreements.add_paper, name="add_paper"),
    path("papers/<uuid:paper_id>/", agreements.open_paper, name="open_paper"),
    path("agreements/<uuid:agreement_id>/end/", agreements.end_agreement, name="end_agreement"),
]
