from __future__ import annotations

from django.urls import path

from amparo.cases import views

app_name = "cases"

urlpatterns = [
    path("", views.case_list, name="cases"),
    path("new/", views.open_case, name="open"),
    path("draft/<uuid:owner_id>/<slug:place>/", views.save_draft, name="draft"),
    path("<uuid:case_id>/change/", views.change_case, name="change"),
    path("<uuid:case_id>/track/<slug:kind>/", views.change_track, name="track"),
    path("<uuid:case_id>/track/<slug:kind>/lead/", views.lead_track, name="lead"),
    path("<uuid:case_id>/people/add/", views.add_person, name="add_person"),
    path("party/<uuid:party_id>/", views.change_party, name="party"),
    path("party/<uuid:party_id>/end/", views.end_party, name="end_party"),
    path("<uuid:case_id>/consents/", views.consents, name="consents"),
    path("<uuid:case_id>/consents/add/", views.add_basis, name="add_basis"),
    path("<uuid:case_id>/notes/", views.notes, name="notes"),
    path("<uuid:case_id>/notes/write/", views.write_note, name="write_note"),
    path("note/<uuid:note_id>/correct/", views.correct_note, name="correct_note"),
    path("<uuid:case_id>/tasks/", views.tasks, name="tasks"),
    path("<uuid:case_id>/tasks/add/", views.add_task, name="add_task"),
    path("task/<uuid:task_id>/", views.change_task, name="task"),
    path("task/<uuid:task_id>/done/", views.do_task, name="do_task"),
    path("task/<uuid:task_id>/drop/", views.drop_task, name="drop_task"),
    path("<uuid:case_id>/promises/add/", views.add_promise, name="add_promise"),
    path("promise/<uuid:promise_id>/kept/", views.keep_promise, name="keep_promise"),
    path("promise/<uuid:promise_id>/release/", views.release_promise, name="release_promise"),
    path("<uuid:case_id>/incidents/", views.incidents, name="incidents"),
    path("<uuid:case_id>/incidents/add/", views.add_incident, name="add_incident"),
    path("incident/<uuid:incident_id>/change/", views.change_incident, name="change_incident"),
    path("incident/<uuid:incident_id>/classify/", views.classify_incident, name="classify"),
    path("incident/<uuid:incident_id>/found/", views.find_incident, name="find_incident"),
    path("<uuid:case_id>/route/add/", views.add_stage, name="add_stage"),
    path("route/<uuid:stage_id>/withdraw/", views.withdraw_stage, name="withdraw_stage"),
    path("<uuid:case_id>/conferences/", views.conferences, name="conferences"),
    path("<uuid:case_id>/conferences/plan/", views.plan_conference, name="plan_conference"),
    path("conference/<uuid:conference_id>/", views.conference, name="conference"),
    path("conference/<uuid:conference_id>/held/", views.hold_conference, name="hold_conference"),
    path("conference/<uuid:conference_id>/drop/", views.drop_conference, name="drop_conference"),
    path("<uuid:case_id>/links/add/", views.add_link, name="add_link"),
    path("link/<uuid:link_id>/end/", views.end_link, name="end_link"),
    path("<uuid:case_id>/team/", views.team, name="team"),
    path("<uuid:case_id>/team/add/", views.add_member, name="add_member"),
    path("<uuid:case_id>/team/<uuid:account_id>/end/", views.end_member, name="end_member"),
    path("<uuid:case_id>/team/bar/", views.set_bar, name="set_bar"),
    path("<uuid:case_id>/team/bar/<uuid:bar_id>/lift/", views.lift_bar, name="lift_bar"),
    path("<uuid:case_id>/offer/", views.offer_case, name="offer"),
    path("handover/<uuid:handover_id>/receive/", views.receive_case, name="receive"),
    path("handover/<uuid:handover_id>/take-back/", views.take_back_case, name="take_back"),
]
