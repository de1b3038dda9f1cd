from __future__ import annotations

from django.urls import path

from amparo.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.today, name="today"),
    path("week/", views.week, name="week"),
    path("read/", views.read_notices, name="read_notices"),
    path("erase/", views.erase, name="erase"),
    path("erase/kept/", views.kept, name="kept"),
    path("erase/reports/<uuid:report_id>/", views.erase_report, name="erase_report"),
    path("find/", views.find, name="find"),
    path("case/<uuid:case_id>/", views.case, name="case"),
    path("case/<uuid:case_id>/closing/", views.closing_page, name="closing"),
    path("case/<uuid:case_id>/closing/ask/", views.ask_to_close, name="ask_to_close"),
    path("case/<uuid:case_id>/closing/approve/", views.approve_closing, name="approve_closing"),
    path("case/<uuid:case_id>/closing/decline/", views.decline_closing, name="decline_closing"),
    path("case/<uuid:case_id>/reopen/", views.reopen, name="reopen"),
]
