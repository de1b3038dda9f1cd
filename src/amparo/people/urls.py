"""Addresses of people. Only ids: no address of a page names anybody."""

from django.urls import path

from amparo.people import views

app_name = "people"
urlpatterns = [
    path("add/", views.add, name="add"),
    path("<uuid:person_id>/", views.person, name="person"),
    path("<uuid:person_id>/change/", views.change, name="change"),
    path("<uuid:person_id>/names/add/", views.add_name, name="add_name"),
    path("<uuid:person_id>/names/open/", views.open_names, name="open_names"),
    path("<uuid:person_id>/names/<uuid:name_id>/withdraw/", views.withdraw_name, name="withdraw_name"),
    path("<uuid:person_id>/contacts/add/", views.add_contact, name="add_contact"),
    path("<uuid:person_id>/contacts/<uuid:contact_id>/", views.change_contact, name="change_contact"),
    path("<uuid:person_id>/contacts/<uuid:contact_id>/end/", views.end_contact, name="end_contact"),
    path("<uuid:person_id>/address/", views.set_address, name="set_address"),
    path("<uuid:person_id>/address/open/", views.open_address, name="open_address"),
]
