from __future__ import annotations

from django.urls import path

from amparo.forensics.views import appointments, exams, findings, sealing

app_name = "forensics"
urlpatterns = [
    path("", exams.exams, name="exams"),
    path("case/<uuid:case_id>/begin/", exams.begin, name="begin"),
    path("case/<uuid:case_id>/plan/", appointments.plan, name="plan"),
    path("planned/<uuid:appointment_id>/", appointments.planned, name="planned"),
    path("planned/<uuid:appointment_id>/begin/", appointments.begin_planned, name="begin_planned"),
    path("planned/<uuid:appointment_id>/change/", appointments.replan, name="replan"),
    path("planned/<uuid:appointment_id>/cancel/", appointments.cancel, name="cancel_planned"),
    path("released/", sealing.released, name="releases"),
    path("released/<uuid:release_id>/", sealing.release, name="release"),
    path("released/<uuid:release_id>/paper/", sealing.paper, name="paper"),
    path("released/<uuid:release_id>/photograph/<int:number>/", sealing.released_photo, name="released_photo"),
    path("released/<uuid:release_id>/decline/", sealing.decline, name="decline"),
    path("released/<uuid:release_id>/recall/", sealing.recall, name="recall"),
    path("finding/<uuid:finding_id>/", findings.finding, name="finding"),
    path("finding/<uuid:finding_id>/remove/", findings.remove_finding, name="remove_finding"),
    path("photograph/<uuid:photo_id>/", findings.look, name="look"),
    path("photograph/<uuid:photo_id>/picture/", findings.picture, name="picture"),
    path("photograph/<uuid:photo_id>/remove/", findings.remove_photo, name="remove_photo"),
    path("specimen/<uuid:specimen_id>/", findings.specimen, name="specimen"),
    path("specimen/<uuid:specimen_id>/remove/", findings.remove_specimen, name="remove_specimen"),
    path("visit/<uuid:follow_up_id>/", findings.follow_up, name="follow_up"),
    path("<uuid:exam_id>/", exams.exam, name="exam"),
    path("<uuid:exam_id>/consent/", exams.consent, name="consent"),
    path("<uuid:exam_id>/consent/<slug:item>/withdraw/", exams.withdraw, name="withdraw"),
    path("<uuid:exam_id>/stop/", exams.stop, name="stop"),
    path("<uuid:exam_id>/section/<slug:code>/", exams.section, name="section"),
    path("<uuid:exam_id>/section/<slug:code>/keep/", exams.keep, name="keep"),
    path("<uuid:exam_id>/finding/", findings.add_finding, name="add_finding"),
    path("<uuid:exam_id>/photograph/", findings.add_photo, name="add_photo"),
    path("<uuid:exam_id>/specimen/", findings.add_specimen, name="add_specimen"),
    path("<uuid:exam_id>/kit/", findings.open_kit, name="open_kit"),
    path("<uuid:exam_id>/visit/", findings.add_follow_up, name="add_follow_up"),
    path("<uuid:exam_id>/sign/", sealing.sign, name="sign"),
    path("<uuid:exam_id>/opinion/", sealing.opinion, name="opinion"),
    path("<uuid:exam_id>/addendum/", sealing.addendum, name="addendum"),
    path("<uuid:exam_id>/report/", sealing.make_report, name="report"),
    path("<uuid:exam_id>/release/", sealing.give, name="give"),
]
