"""Addresses of kits."""

from __future__ import annotations

from django.urls import path

from amparo.kits import views

app_name = "kits"

urlpatterns = [
    path("", views.board, name="board"),
    path("stock/", views.stock, name="stock"),
    path("stock/send/", views.send, name="send"),
    path("laboratories/", views.laboratories, name="laboratories"),
    path("requests/<uuid:request_id>/", views.request, name="request"),
    path("requests/<uuid:request_id>/result/", views.result, name="result"),
    path("requests/<uuid:request_id>/<str:ask>/", views.move, name="move"),
    path("cases/<uuid:case_id>/request/", views.draft, name="draft"),
    path("<uuid:kit_id>/", views.kit, name="kit"),
    path("<uuid:kit_id>/label/", views.label, name="label"),
    path("<uuid:kit_id>/arrived/", views.receive, name="receive"),
    path("<uuid:kit_id>/discard/", views.discard, name="discard"),
    path("<uuid:kit_id>/limitation/", views.limitation, name="limitation"),
    path("<uuid:kit_id>/status/", views.status, name="status"),
    path("<uuid:kit_id>/number/", views.number, name="number"),
    path("<uuid:kit_id>/number/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:kit_id>/step/<str:kind>/", views.step, name="step"),
]
