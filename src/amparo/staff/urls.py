"""Addresses of this room. Sign-in stands at the root, where people look for it."""

from __future__ import annotations

from django.urls import path

from amparo.staff.views import entrance, ledger, own, people, settings

app_name = "staff"

urlpatterns = [
    path("sign-in/", entrance.sign_in, name="sign_in"),
    path("sign-in/demo/", entrance.demo_sign_in, name="demo_sign_in"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("welcome/", entrance.welcome, name="welcome"),
    path("own/", own.own, name="own"),
    path("own/court/", own.enter_court_mode, name="enter_court_mode"),
    path("own/court/leave/", own.leave_court_mode, name="leave_court_mode"),
    path("own/change/", own.change_own, name="change_own"),
    path("own/password/", own.change_password, name="change_password"),
    path("own/sign-ins/<uuid:sign_in_id>/end/", own.end_own_sign_in, name="end_own_sign_in"),
    path("organisation/", people.organisation, name="organisation"),
    path("organisation/invite/", people.invite, name="invite"),
    path("organisation/hand-over/", people.hand_over, name="hand_over"),
    path("organisation/people/<uuid:account_id>/", people.person, name="person"),
    path("organisation/people/<uuid:account_id>/change/", people.change_person, name="change_person"),
    path("organisation/people/<uuid:account_id>/role/", people.give_role, name="give_role"),
    path("organisation/people/<uuid:account_id>/role/<uuid:role_id>/end/", people.end_role, name="end_role"),
    path(
        "organisation/people/<uuid:account_id>/role/<uuid:role_id>/confirm/",
        people.confirm_role,
        name="confirm_role",
    ),
    path("organisation/people/<uuid:account_id>/close/", people.disable, name="disable"),
    path("organisation/people/<uuid:account_id>/open/", people.enable, name="enable"),
    path("organisation/people/<uuid:account_id>/reset/", people.reset_sign_in, name="reset_sign_in"),
    path("organisation/people/<uuid:account_id>/end-sign-ins/", people.end_sign_ins, name="end_sign_ins"),
    path("organisation/offices/add/", people.add_office, name="add_office"),
    path("organisation/offices/<uuid:office_id>/", people.change_office, name="change_office"),
    path("organisation/settings/", settings.settings, name="settings"),
    path("organisation/settings/numbers/", settings.set_numbers, name="set_numbers"),
    path("organisation/settings/retention/", settings.set_retention, name="set_retention"),
    path("organisation/settings/restoration/", settings.set_restoration, name="set_restoration"),
    path("organisation/settings/clocks/add/", settings.add_clock, name="add_clock"),
    path("organisation/settings/clocks/<slug:code>/", settings.change_clock, name="change_clock"),
    path("organisation/settings/helplines/add/", settings.add_helpline, name="add_helpline"),
    path("organisation/settings/helplines/<slug:code>/", settings.change_helpline, name="change_helpline"),
    path("organisation/settings/reports/", settings.set_reports_office, name="set_reports_office"),
    path("organisation/settings/lists/<slug:name>/add/", settings.add_code, name="add_code"),
    path("organisation/settings/lists/<slug:name>/<slug:code>/", settings.use_code, name="use_code"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/checkpoint/", ledger.checkpoint, name="checkpoint"),
    path("ledger/<int:index>/", ledger.entry, name="entry"),
]
