"""Addresses of reports."""

from django.urls import path

from amparo.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("decided/", views.decided, name="decided"),
    path("take/", views.take, name="take"),
    path("<uuid:report_id>/", views.report, name="report"),
    path("<uuid:report_id>/change/", views.change, name="change"),
    path("<uuid:report_id>/notes/add/", views.add_note, name="add_note"),
    path("<uuid:report_id>/messages/answer/", views.answer, name="answer"),
    path("<uuid:report_id>/messages/read/", views.read_messages, name="read_messages"),
    path("<uuid:report_id>/files/add/", views.add_file, name="add_file"),
    path("<uuid:report_id>/files/<uuid:file_id>/", views.file, name="file"),
    path("<uuid:report_id>/files/<uuid:file_id>/look/", views.look, name="look"),
    path("<uuid:report_id>/files/<uuid:file_id>/picture/", views.picture, name="picture"),
    path("<uuid:report_id>/files/<uuid:file_id>/play/", views.play, name="play"),
    path("<uuid:report_id>/people/add/", views.add_person, name="add_person"),
    path("<uuid:report_id>/danger/", views.take_danger, name="take_danger"),
    path("<uuid:report_id>/medical/", views.take_medical, name="take_medical"),
    path("<uuid:report_id>/medical/end/", views.end_medical, name="end_medical"),
    path("<uuid:report_id>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("<uuid:report_id>/supervisor/", views.pass_duplicate, name="pass_duplicate"),
    path("<uuid:report_id>/refer/", views.refer_on, name="refer_on"),
    path("onward/<uuid:onward_id>/<str:event>/", views.move_onward, name="move_onward"),
    path("<uuid:report_id>/decline/", views.decline, name="decline"),
    path("<uuid:report_id>/insufficient/", views.insufficient, name="insufficient"),
    path("<uuid:report_id>/duplicate/", views.duplicate, name="duplicate"),
]
