"""Addresses of what spans rooms."""

from django.urls import path

from amparo.journeys import (
    breach_views,
    consent_recording,
    handing_over_views,
    learning_views,
    lessons_views,
    own_copies_views,
    screening_views,
    withdrawing_views,
)

app_name = "journeys"
urlpatterns = [
    path("caseload/<uuid:leaving_id>/<uuid:taking_id>/", handing_over_views.hand_over, name="hand_over"),
    path("reports/<uuid:report_id>/accept/", screening_views.accept, name="accept"),
    path("reports/<uuid:report_id>/accept-into/", screening_views.accept_into, name="accept_into"),
    path("cases/<uuid:case_id>/learn/", learning_views.learn, name="learn"),
    path("cases/<uuid:case_id>/own-copy/", own_copies_views.make, name="own_copy"),
    path("consents/<uuid:basis_id>/withdraw/", withdrawing_views.withdraw, name="withdraw_consent"),
    path("consents/<uuid:basis_id>/recording/", consent_recording.recording, name="consent_recording"),
    path("breaches/<uuid:breach_id>/threat/", breach_views.threat_of_breach, name="threat_of_breach"),
    path("lessons/", lessons_views.waiting, name="lessons"),
    path("lessons/<uuid:lesson_id>/", lessons_views.take_up, name="take_up"),
    path("practice/<uuid:file_id>/", learning_views.observe, name="observe"),
    path("practice/<uuid:file_id>/answer/", learning_views.answer, name="answer_practice"),
]
