from __future__ import annotations

from django.urls import path

from amparo.aftercare.views import assessments, instruments, outcomes, people, plans, safety, services

app_name = "aftercare"
urlpatterns = [
    path("", people.clients, name="clients"),
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/example/", instruments.example_instrument, name="example_instrument"),
    path("instruments/add/", instruments.add_instrument, name="add_instrument"),
    path("clients/<uuid:client_id>/end/", people.end_client, name="end_client"),
    path("clients/<uuid:client_id>/safety-plan/", safety.write_safety, name="write_safety"),
    path("clients/<uuid:client_id>/care-plan/", plans.write_plan, name="write_plan"),
    path("clients/<uuid:client_id>/service/", services.plan_service, name="plan_service"),
    path("clients/<uuid:client_id>/task/", people.task, name="task"),
    path("clients/<uuid:client_id>/assess/", assessments.start_assessment, name="start_assessment"),
    path("clients/<uuid:client_id>/decide/", outcomes.decide, name="decide"),
    path("clients/<uuid:client_id>/follow-ups/", outcomes.plan_follow_ups, name="plan_follow_ups"),
    path("clients/<uuid:client_id>/place/", outcomes.place, name="place"),
    path("safety-plans/<uuid:plan_id>/", safety.change_safety, name="change_safety"),
    path("safety-plans/<uuid:plan_id>/agree/", safety.agree_safety, name="agree_safety"),
    path("safety-plans/<uuid:plan_id>/review/", safety.review_safety, name="review_safety"),
    path("safety-plans/<uuid:plan_id>/retire/", safety.retire_safety, name="retire_safety"),
    path("care-plans/<uuid:plan_id>/", plans.change_plan, name="change_plan"),
    path("care-plans/<uuid:plan_id>/goal/", plans.add_goal, name="add_goal"),
    path("care-plans/<uuid:plan_id>/agree/", plans.agree_plan, name="agree_plan"),
    path("care-plans/<uuid:plan_id>/approve/", plans.approve_plan, name="approve_plan"),
    path("care-plans/<uuid:plan_id>/review/", plans.review_plan, name="review_plan"),
    path("care-plans/<uuid:plan_id>/end/", plans.end_plan, name="end_plan"),
    path("goals/<uuid:goal_id>/", plans.goal, name="goal"),
    path("services/<uuid:service_id>/", services.service, name="service"),
    path("assessments/<uuid:assessment_id>/", assessments.assessment, name="assessment"),
    path("assessments/<uuid:assessment_id>/keep/", assessments.keep_assessment, name="keep_assessment"),
    path("assessments/<uuid:assessment_id>/second/", assessments.second_scoring, name="second_scoring"),
    path("follow-ups/<uuid:follow_up_id>/", outcomes.follow_up, name="follow_up"),
    path("places/<uuid:placement_id>/end/", outcomes.end_placement, name="end_placement"),
    path("<uuid:case_id>/<uuid:person_id>/", people.person, name="person"),
    path("<uuid:case_id>/<uuid:person_id>/enrol/", people.enrol, name="enrol"),
]
