from __future__ import annotations

from django.urls import path

from amparo.aftercare import views

app_name = "aftercare"
urlpatterns = [
    path("", views.clients, name="clients"),
    path("instruments/", views.instruments, name="instruments"),
    path("instruments/example/", views.example_instrument, name="example_instrument"),
    path("instruments/add/", views.add_instrument, name="add_instrument"),
    path("clients/<uuid:client_id>/end/", views.end_client, name="end_client"),
    path("clients/<uuid:client_id>/safety-plan/", views.write_safety, name="write_safety"),
    path("clients/<uuid:client_id>/care-plan/", views.write_plan, name="write_plan"),
    path("clients/<uuid:client_id>/service/", views.plan_service, name="plan_service"),
    path("clients/<uuid:client_id>/task/", views.task, name="task"),
    path("clients/<uuid:client_id>/assess/", views.start_assessment, name="start_assessment"),
    path("clients/<uuid:client_id>/decide/", views.decide, name="decide"),
    path("clients/<uuid:client_id>/follow-ups/", views.plan_follow_ups, name="plan_follow_ups"),
    path("clients/<uuid:client_id>/place/", views.place, name="place"),
    path("safety-plans/<uuid:plan_id>/", views.change_safety, name="change_safety"),
    path("safety-plans/<uuid:plan_id>/agree/", views.agree_safety, name="agree_safety"),
    path("safety-plans/<uuid:plan_id>/review/", views.review_safety, name="review_safety"),
    path("safety-plans/<uuid:plan_id>/retire/", views.retire_safety, name="retire_safety"),
    path("care-plans/<uuid:plan_id>/", views.change_plan, name="change_plan"),
    path("care-plans/<uuid:plan_id>/goal/", views.add_goal, name="add_goal"),
    path("care-plans/<uuid:plan_id>/agree/", views.agree_plan, name="agree_plan"),
    path("care-plans/<uuid:plan_id>/approve/", views.approve_plan, name="approve_plan"),
    path("care-plans/<uuid:plan_id>/review/", views.review_plan, name="review_plan"),
    path("care-plans/<uuid:plan_id>/end/", views.end_plan, name="end_plan"),
    path("goals/<uuid:goal_id>/", views.goal, name="goal"),
    path("services/<uuid:service_id>/", views.service, name="service"),
    path("assessments/<uuid:assessment_id>/", views.assessment, name="assessment"),
    path("assessments/<uuid:assessment_id>/keep/", views.keep_assessment, name="keep_assessment"),
    path("assessments/<uuid:assessment_id>/second/", views.second_scoring, name="second_scoring"),
    path("follow-ups/<uuid:follow_up_id>/", views.follow_up, name="follow_up"),
    path("places/<uuid:placement_id>/end/", views.end_placement, name="end_placement"),
    path("<uuid:case_id>/<uuid:person_id>/", views.person, name="person"),
    path("<uuid:case_id>/<uuid:person_id>/enrol/", views.enrol, name="enrol"),
]
