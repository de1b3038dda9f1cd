"""Addresses of operations."""

from __future__ import annotations

from django.urls import path

from amparo.operations import views

app_name = "operations"

urlpatterns = [
    path("", views.board, name="board"),
    path("sealed/", views.sealed, name="sealed"),
    path("of-case/<uuid:case_id>/plan/", views.plan, name="plan"),
    path("touching/", views.conflicts, name="conflicts"),
    path("touching/keeper/", views.keeper, name="keeper"),
    path("touching/<uuid:conflict_id>/settle/", views.settle, name="settle"),
    path("team/<uuid:member_id>/remove/", views.remove_member, name="remove_member"),
    path("risks/<uuid:risk_id>/change/", views.change_risk, name="change_risk"),
    path("<uuid:operation_id>/", views.operation, name="operation"),
    path("<uuid:operation_id>/change/", views.change, name="change"),
    path("<uuid:operation_id>/numbers/", views.numbers, name="numbers"),
    path("<uuid:operation_id>/place/", views.place, name="place"),
    path("<uuid:operation_id>/cases/", views.add_case, name="add_case"),
    path("<uuid:operation_id>/team/", views.add_member, name="add_member"),
    path("<uuid:operation_id>/risks/", views.add_risk, name="add_risk"),
    path("<uuid:operation_id>/care/<uuid:person_id>/", views.care, name="care"),
    path("<uuid:operation_id>/propose/", views.propose, name="propose"),
    path("<uuid:operation_id>/approve/", views.approve, name="approve"),
    path("<uuid:operation_id>/decline/", views.decline, name="decline"),
    path("<uuid:operation_id>/brief/", views.brief, name="brief"),
    path("<uuid:operation_id>/sheet/", views.sheet, name="sheet"),
    path("<uuid:operation_id>/execute/", views.execute, name="execute"),
    path("<uuid:operation_id>/abort/", views.abort, name="abort"),
    path("<uuid:operation_id>/incident/", views.happening, name="happening"),
    path("<uuid:operation_id>/debrief/", views.debrief, name="debrief"),
    path("<uuid:operation_id>/seal/", views.seal, name="seal"),
]
