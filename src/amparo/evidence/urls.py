"""Addresses of evidence."""

from __future__ import annotations

from django.urls import path

from amparo.evidence.views import copies
from amparo.evidence.views import items as views

app_name = "evidence"

urlpatterns = [
    path("", views.items, name="items"),
    path("cases/<uuid:case_id>/", views.items_of_case, name="room"),
    path("cases/<uuid:case_id>/register/", views.register, name="register"),
    path("cases/<uuid:case_id>/register/object/", views.register_physical, name="register_physical"),
    path("cases/<uuid:case_id>/register/file/", views.register_digital, name="register_digital"),
    path("cases/<uuid:case_id>/register/reference/", views.register_by_reference, name="register_by_reference"),
    path("cases/<uuid:case_id>/export/", copies.export_several, name="export_several"),
    path("copies/", copies.copies, name="copies"),
    path("copies/<uuid:copy_id>/", copies.one_copy, name="one_copy"),
    path("copies/<uuid:copy_id>/file/", copies.get_copy, name="get_copy"),
    path("copies/<uuid:copy_id>/again/", copies.copy_again, name="copy_again"),
    path("<uuid:item_id>/", views.item, name="item"),
    path("<uuid:item_id>/label/", views.label, name="label"),
    path("<uuid:item_id>/hand-over/", views.hand_over, name="hand_over"),
    path("<uuid:item_id>/receive/", views.receive, name="receive"),
    path("<uuid:item_id>/came-back/", views.came_back, name="came_back"),
    path("<uuid:item_id>/refuse/", views.refuse, name="refuse"),
    path("<uuid:item_id>/take-back/", views.take_back, name="take_back"),
    path("<uuid:item_id>/seal/", views.check_seal, name="check_seal"),
    path("<uuid:item_id>/open/", views.open_item, name="open"),
    path("<uuid:item_id>/confirm/", views.confirm_second, name="confirm_second"),
    path("<uuid:item_id>/move/", views.move, name="move"),
    path("<uuid:item_id>/event/", views.record_event, name="record_event"),
    path("<uuid:item_id>/gaps/<int:seq>/<str:gap>/", views.explain_gap, name="explain_gap"),
    path("<uuid:item_id>/view/", views.view_file, name="view_file"),
    path("<uuid:item_id>/picture/", views.picture, name="picture"),
    path("<uuid:item_id>/file/", views.file, name="file"),
    path("<uuid:item_id>/copy/", copies.download_copy, name="download_copy"),
    path("<uuid:item_id>/export/", copies.export, name="export"),
    path("<uuid:item_id>/isolate/", views.isolate, name="isolate"),
]
