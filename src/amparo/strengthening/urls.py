"""Addresses of strengthening."""

from __future__ import annotations

from django.urls import path

from amparo.strengthening.views import mentoring, practice, reform, scorecard, units

app_name = "strengthening"

urlpatterns = [
    path("", practice.home, name="home"),
    path("checklist/", practice.checklist, name="checklist"),
    path("checklist/extend/", practice.extend_checklist, name="extend_checklist"),
    path("mentoring/", mentoring.listing, name="mentoring"),
    path("mentoring/plan/", mentoring.plan, name="plan_contact"),
    path("mentoring/plan/<uuid:case_id>/", mentoring.plan_in_case, name="plan_in_case"),
    path("mentoring/<uuid:contact_id>/", mentoring.contact, name="contact"),
    path("mentoring/<uuid:contact_id>/change/", mentoring.change, name="change_contact"),
    path("mentoring/<uuid:contact_id>/do/", mentoring.do, name="do_contact"),
    path("mentoring/<uuid:contact_id>/review/", mentoring.review, name="review_contact"),
    path("mentoring/<uuid:contact_id>/cancel/", mentoring.cancel, name="cancel_contact"),
    path("mentoring/<uuid:contact_id>/step/", mentoring.step_done, name="step_done"),
    path("officials/<uuid:official_id>/", mentoring.official, name="official"),
    path("files/open/", practice.choose_unit, name="choose_unit"),
    path("files/<uuid:file_id>/", practice.file, name="file"),
    path("files/<uuid:file_id>/answer/", practice.answer, name="answer"),
    path("files/<uuid:file_id>/complete/", practice.complete, name="complete_file"),
    path("files/<uuid:file_id>/reopen/", practice.reopen, name="reopen_file"),
    path("units/<uuid:unit_id>/", units.unit, name="unit"),
    path("units/<uuid:unit_id>/observe/", practice.open_file, name="open_file"),
    path("units/<uuid:unit_id>/assess/", units.assess, name="assess"),
    path("units/<uuid:unit_id>/feedback/", units.draft_sheet, name="draft_sheet"),
    path("assessments/<uuid:assessment_id>/", units.assessment, name="assessment"),
    path("assessments/<uuid:assessment_id>/change/", units.change_assessment, name="change_assessment"),
    path("feedback/<uuid:sheet_id>/", units.sheet, name="sheet"),
    path("feedback/<uuid:sheet_id>/sheet.pdf", units.sheet_paper, name="sheet_paper"),
    path("feedback/<uuid:sheet_id>/change/", units.change_sheet, name="change_sheet"),
    path("feedback/<uuid:sheet_id>/validate/", units.validate_sheet, name="validate_sheet"),
    path("feedback/<uuid:sheet_id>/publish/", units.publish_sheet, name="publish_sheet"),
    path("reforms/", reform.listing, name="reforms"),
    path("reforms/identify/", reform.identify, name="identify"),
    path("reforms/<uuid:project_id>/", reform.project, name="reform"),
    path("reforms/<uuid:project_id>/change/", reform.change, name="change_reform"),
    path("reforms/<uuid:project_id>/evidence/", reform.link, name="link_evidence"),
    path("reforms/<uuid:project_id>/agree/", reform.agree, name="agree_reform"),
    path("reforms/<uuid:project_id>/begin/", reform.begin, name="begin_reform"),
    path("reforms/<uuid:project_id>/adopt/", reform.adopt, name="adopt_reform"),
    path("reforms/<uuid:project_id>/lapse/", reform.lapse, name="lapse_reform"),
    path("reforms/<uuid:project_id>/check/", reform.check, name="check_reform"),
    path("scorecard/", scorecard.scorecard, name="scorecard"),
    path("scorecard/values/", scorecard.listing, name="scores"),
    path("scorecard/values/enter/", scorecard.enter, name="enter_score"),
    path("scorecard/values/<uuid:score_id>/", scorecard.score, name="score"),
    path("scorecard/values/<uuid:score_id>/withdraw/", scorecard.withdraw, name="withdraw_score"),
]
