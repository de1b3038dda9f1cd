"""Addresses of the court room."""

from __future__ import annotations

from django.urls import path

from amparo.prosecution import views

app_name = "prosecution"

urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("month/<int:year>/<int:number>/", views.month, name="month"),
    path("week/<int:year>/<int:number>/<int:day>/", views.week, name="week"),
    path("feeds/", views.feeds, name="feeds"),
    path("feeds/<uuid:feed_id>/end/", views.revoke_feed, name="revoke_feed"),
    path("feed/<slug:secret>/hearings.ics", views.feed, name="feed"),
    path("<uuid:case_id>/", views.case, name="case"),
    path("<uuid:case_id>/open/", views.open_proceeding, name="open"),
    path("proceeding/<uuid:proceeding_id>/", views.proceeding, name="proceeding"),
    path("proceeding/<uuid:proceeding_id>/change/", views.change_proceeding, name="change_proceeding"),
    path("proceeding/<uuid:proceeding_id>/stage/", views.reach_stage, name="reach_stage"),
    path("proceeding/<uuid:proceeding_id>/final/", views.confirm_final, name="confirm_final"),
    path("proceeding/<uuid:proceeding_id>/charge/", views.propose_charge, name="propose_charge"),
    path("proceeding/<uuid:proceeding_id>/hearing/", views.list_hearing, name="list_hearing"),
    path("proceeding/<uuid:proceeding_id>/measure/", views.request_measure, name="request_measure"),
    path("proceeding/<uuid:proceeding_id>/compensation/", views.order_compensation, name="order_compensation"),
    path("proceeding/<uuid:proceeding_id>/order/", views.issue_order, name="issue_order"),
    path("proceeding/<uuid:proceeding_id>/exhibit/", views.propose_exhibit, name="propose_exhibit"),
    path("proceeding/<uuid:proceeding_id>/disclosure/", views.disclosure_log, name="disclosure_log"),
    path("charge/<uuid:charge_id>/", views.move_charge, name="move_charge"),
    path("charge/<uuid:charge_id>/verdict/", views.pronounce, name="pronounce"),
    path("hearing/<uuid:hearing_id>/", views.hearing, name="hearing"),
    path("hearing/<uuid:hearing_id>/change/", views.change_hearing, name="change_hearing"),
    path("hearing/<uuid:hearing_id>/held/", views.hold, name="hold"),
    path("hearing/<uuid:hearing_id>/adjourned/", views.adjourn, name="adjourn"),
    path("hearing/<uuid:hearing_id>/cancel/", views.vacate, name="vacate"),
    path("hearing/<uuid:hearing_id>/prepared/", views.prepared, name="prepared"),
    path("hearing/<uuid:hearing_id>/right/", views.correct_hearing, name="correct_hearing"),
    path("told/<uuid:appearance_id>/", views.tell, name="tell"),
    path("measure/<uuid:measure_id>/", views.decide_measure, name="decide_measure"),
    path("order/<uuid:order_id>/", views.order, name="order"),
    path("order/<uuid:order_id>/varied/", views.vary_order, name="vary_order"),
    path("order/<uuid:order_id>/lifted/", views.lift_order, name="lift_order"),
    path("order/<uuid:order_id>/ended/", views.expire_order, name="expire_order"),
    path("order/<uuid:order_id>/in-force/", views.bring_order_back, name="bring_order_back"),
    path("order/<uuid:order_id>/mistake/", views.take_back_order, name="take_back_order"),
    path("order/<uuid:order_id>/breached/", views.record_breach, name="record_breach"),
    path("breach/<uuid:breach_id>/mistake/", views.take_back_breach, name="take_back_breach"),
    path("exhibit/<uuid:exhibit_id>/", views.exhibit, name="exhibit"),
    path("exhibit/<uuid:exhibit_id>/move/", views.move_exhibit, name="move_exhibit"),
    path("exhibit/<uuid:exhibit_id>/disclose/", views.disclose, name="disclose"),
    path("exhibit/<uuid:exhibit_id>/protect/", views.protect, name="protect"),
    path("verdict/<uuid:verdict_id>/", views.verdict, name="verdict"),
    path("verdict/<uuid:verdict_id>/mistake/", views.take_back_verdict, name="take_back_verdict"),
    path("verdict/<uuid:verdict_id>/sentence/", views.sentence, name="sentence"),
    path("verdict/<uuid:verdict_id>/appeal/", views.lodge_appeal, name="lodge_appeal"),
    path("verdict/<uuid:verdict_id>/appeal/decided/", views.decide_appeal, name="decide_appeal"),
    path("sentence/<uuid:sentence_id>/right/", views.correct_sentence, name="correct_sentence"),
    path("sentence/<uuid:sentence_id>/mistake/", views.take_back_sentence, name="take_back_sentence"),
    path("compensation/<uuid:compensation_id>/right/", views.correct_compensation, name="correct_compensation"),
    path("compensation/<uuid:compensation_id>/mistake/", views.take_back_compensation, name="take_back_compensation"),
    path("compensation/<uuid:compensation_id>/", views.pay_compensation, name="pay_compensation"),
]
