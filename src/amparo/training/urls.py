"""Addresses of training. Those of doors and of checking a number are for anybody."""

from __future__ import annotations

from django.urls import path

from amparo.training.views import certificates, curricula, grids, participants, public, sessions

app_name = "training"

urlpatterns = [
    path("", sessions.listing, name="sessions"),
    path("year/", sessions.this_year, name="year"),
    path("year/<int:year>/", sessions.year, name="year_of"),
    path("plan/", sessions.plan, name="plan"),
    path("people/", participants.register, name="register"),
    path("people/<uuid:participant_id>/", participants.person, name="person"),
    path("people/<uuid:participant_id>/change/", participants.change_person, name="change_person"),
    path("people/<uuid:participant_id>/official/", participants.link_official, name="link_official"),
    path("people/<uuid:participant_id>/erase/", participants.erase_person, name="erase_person"),
    path("officials/<uuid:official_id>/", participants.official, name="official"),
    path("trained/", participants.counts, name="counts"),
    path("follow-up/", participants.reminders, name="reminders"),
    path("curricula/", curricula.listing, name="curricula"),
    path("curricula/add/", curricula.add, name="add_curriculum"),
    path("curricula/<uuid:curriculum_id>/retire/", curricula.retire, name="retire"),
    path("versions/<uuid:version_id>/", curricula.version, name="version"),
    path("versions/<uuid:version_id>/change/", curricula.change_outline, name="change_outline"),
    path("versions/<uuid:version_id>/begin/", curricula.begin_version, name="begin_version"),
    path("versions/<uuid:version_id>/modules/add/", curricula.add_module, name="add_module"),
    path("versions/<uuid:version_id>/modules/<slug:key>/", curricula.change_module, name="change_module"),
    path("versions/<uuid:version_id>/questions/add/", curricula.add_question, name="add_question"),
    path("versions/<uuid:version_id>/questions/<slug:key>/", curricula.change_question, name="change_question"),
    path("versions/<uuid:version_id>/parts/<slug:key>/up/", curricula.move_up, name="move_up"),
    path("versions/<uuid:version_id>/parts/<slug:key>/remove/", curricula.remove_part, name="remove_part"),
    path("sessions/<uuid:session_id>/", sessions.session, name="session"),
    path("sessions/<uuid:session_id>/change/", sessions.change, name="change"),
    path("sessions/<uuid:session_id>/hold/", sessions.hold, name="hold"),
    path("sessions/<uuid:session_id>/cancel/", sessions.cancel, name="cancel"),
    path("sessions/<uuid:session_id>/evaluate/", sessions.evaluate, name="evaluate"),
    path("sessions/<uuid:session_id>/follow-up/", sessions.follow_up, name="follow_up"),
    path("sessions/<uuid:session_id>/enrol/", participants.enrol, name="enrol"),
    path("sessions/<uuid:session_id>/attendance/", grids.attendance, name="attendance"),
    path("sessions/<uuid:session_id>/slips.pdf", grids.slips, name="slips"),
    path("sessions/<uuid:session_id>/tests/<slug:occasion>/", grids.enter, name="grid"),
    path("sessions/<uuid:session_id>/tests/<slug:occasion>/marking/", grids.marking, name="marking"),
    path("sessions/<uuid:session_id>/tests/<slug:occasion>/test.pdf", grids.paper, name="test_paper"),
    path("sessions/<uuid:session_id>/certificates/", certificates.issue, name="issue"),
    path("sessions/<uuid:session_id>/doors/", sessions.open_door, name="open_door"),
    path("enrolments/<uuid:enrolment_id>/strike/", participants.strike, name="strike"),
    path("doors/<uuid:door_id>/", sessions.door, name="door"),
    path("doors/<uuid:door_id>/close/", sessions.close_door, name="close_door"),
    path("certificates/<uuid:certificate_id>/", certificates.certificate, name="certificate"),
    path("certificates/<uuid:certificate_id>/paper.pdf", certificates.paper, name="paper"),
    path("certificates/<uuid:certificate_id>/withdraw/", certificates.withdraw, name="withdraw"),
    path("check/", public.check, name="check"),
    path("check/<slug:number>/", public.check_number, name="check_number"),
    path("door/<str:token>/", public.door, name="come_in"),
]
