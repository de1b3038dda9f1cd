"""Addresses of investigations."""

from __future__ import annotations

from django.urls import path

from amparo.investigations import views

app_name = "investigations"

urlpatterns = [
    path("<uuid:case_id>/", views.room, name="room"),
    path("<uuid:case_id>/leads/open/", views.open_lead, name="open_lead"),
    path("leads/<uuid:lead_id>/ask/", views.ask_partner, name="ask_partner"),
    path("asked-of-us/", views.asked_of_us, name="asked_of_us"),
    path("asked-of-us/<uuid:ask_id>/", views.answer_here, name="answer_here"),
    path("asked/<uuid:ask_id>/answer/", views.answer_ask, name="answer_ask"),
    path("asked/<uuid:ask_id>/drop/", views.drop_ask, name="drop_ask"),
    path("<uuid:case_id>/suspects/<uuid:person_id>/", views.record_status, name="record_status"),
    path("statuses/<uuid:status_id>/withdraw/", views.withdraw_status, name="withdraw_status"),
    path("<uuid:case_id>/relief/", views.record_relief, name="record_relief"),
    path("<uuid:case_id>/restraint/", views.record_restraint, name="record_restraint"),
    path("<uuid:case_id>/officials/", views.record_contact, name="record_contact"),
    path("<uuid:case_id>/interviews/", views.interviews, name="interviews"),
    path("<uuid:case_id>/interviews/<uuid:person_id>/", views.plan_interview, name="plan_interview"),
    path("interviews/<uuid:interview_id>/", views.interview, name="interview"),
    path("interviews/<uuid:interview_id>/change/", views.change_interview, name="change_interview"),
    path("interviews/<uuid:interview_id>/held/", views.hold_interview, name="hold_interview"),
    path("interviews/<uuid:interview_id>/write/", views.transcribe_interview, name="transcribe_interview"),
    path("interviews/<uuid:interview_id>/review/", views.review_interview, name="review_interview"),
    path("interviews/<uuid:interview_id>/seal/", views.seal_interview, name="seal_interview"),
    path("interviews/<uuid:interview_id>/add/", views.add_to_interview, name="add_to_interview"),
    path("interviews/<uuid:interview_id>/drop/", views.drop_interview, name="drop_interview"),
    path("interviews/<uuid:interview_id>/told/", views.give_feedback, name="give_feedback"),
    path("<uuid:case_id>/threats/report/", views.report_threat, name="report_threat"),
    path("threats/<uuid:threat_id>/", views.threat, name="threat"),
    path("threats/<uuid:threat_id>/assess/", views.assess_threat, name="assess_threat"),
    path("threats/<uuid:threat_id>/mitigate/", views.mitigate_threat, name="mitigate_threat"),
    path("threats/<uuid:threat_id>/reopen/", views.reopen_threat, name="reopen_threat"),
    path("threats/<uuid:threat_id>/close/", views.close_threat, name="close_threat"),
    path("threats/<uuid:threat_id>/measure/", views.add_measure, name="add_measure"),
    path("measures/<uuid:measure_id>/done/", views.do_measure, name="do_measure"),
    path("measures/<uuid:measure_id>/drop/", views.drop_measure, name="drop_measure"),
    path("leads/<uuid:lead_id>/change/", views.change_lead, name="change_lead"),
    path("leads/<uuid:lead_id>/close/", views.close_lead, name="close_lead"),
    path("leads/<uuid:lead_id>/reopen/", views.reopen_lead, name="reopen_lead"),
    path("outcomes/<str:kind>/<uuid:outcome_id>/verify/", views.verify, name="verify"),
    path("outcomes/<str:kind>/<uuid:outcome_id>/withdraw/", views.withdraw, name="withdraw"),
    path("outcomes/<str:kind>/<uuid:outcome_id>/correct/", views.correct, name="correct"),
    path("contacts/<uuid:contact_id>/correct/", views.correct_contact, name="correct_contact"),
    path("contacts/<uuid:contact_id>/withdraw/", views.withdraw_contact, name="withdraw_contact"),
    path("officials/<uuid:contact_id>/done/", views.step_done, name="step_done"),
]
