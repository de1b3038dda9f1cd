"""Addresses of operations."""

from __future__ import annotations

from django.urls import path

from amparo.operations.views import afterwards, boards, day, deciding, planning

app_name = "operations"

urlpatterns = [
    path("", boards.board, name="board"),
    path("sealed/", boards.sealed, name="sealed"),
    path("of-case/<uuid:case_id>/plan/", planning.plan, name="plan"),
    path("touching/", boards.conflicts, name="conflicts"),
    path("touching/keeper/", boards.keeper, name="keeper"),
    path("touching/<uuid:conflict_id>/settle/", boards.settle, name="settle"),
    path("team/<uuid:member_id>/remove/", planning.remove_member, name="remove_member"),
    path("risks/<uuid:risk_id>/change/", planning.change_risk, name="change_risk"),
    path("<uuid:operation_id>/", boards.operation, name="operation"),
    path("<uuid:operation_id>/change/", planning.change, name="change"),
    path("<uuid:operation_id>/numbers/", planning.numbers, name="numbers"),
    path("<uuid:operation_id>/place/", planning.place, name="place"),
    path("<uuid:operation_id>/cases/", planning.add_case, name="add_case"),
    path("<uuid:operation_id>/team/", planning.add_member, name="add_member"),
    path("<uuid:operation_id>/risks/", planning.add_risk, name="add_risk"),
    path("<uuid:operation_id>/care/<uuid:person_id>/", planning.care, name="care"),
    path("<uuid:operation_id>/propose/", deciding.propose, name="propose"),
    path("<uuid:operation_id>/approve/", deciding.approve, name="approve"),
    path("<uuid:operation_id>/decline/", deciding.decline, name="decline"),
    path("<uuid:operation_id>/brief/", day.brief, name="brief"),
    path("<uuid:operation_id>/sheet/", day.sheet, name="sheet"),
    path("<uuid:operation_id>/execute/", day.execute, name="execute"),
    path("<uuid:operation_id>/abort/", day.abort, name="abort"),
    path("<uuid:operation_id>/incident/", day.happening, name="happening"),
    path("<uuid:operation_id>/debrief/", afterwards.debrief, name="debrief"),
    path("<uuid:operation_id>/seal/", afterwards.seal, name="seal"),
]
