"""Addresses of people. Only ids: no address of a page names anybody."""

from django.urls import path

from amparo.people import views

app_name = "people"
urlpatterns = [
    path("add/", views.add, name="add"),
    path("own-details/", views.own_details, name="own_details"),
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
    path("<uuid:person_id>/photo/add/", views.add_photo, name="add_photo"),
    path("<uuid:person_id>/photo/<uuid:photo_id>/", views.picture, name="picture"),
    path("<uuid:person_id>/photo/<uuid:photo_id>/look/", views.look, name="look"),
    path("<uuid:person_id>/photo/<uuid:photo_id>/remove/", views.remove_photo, name="remove_photo"),
    path("<uuid:person_id>/known/", views.declare, name="declare"),
    path("<uuid:person_id>/same/", views.same, name="same"),
    path("<uuid:person_id>/same/<uuid:other_id>/", views.compare, name="compare"),
    path("<uuid:person_id>/same/<uuid:other_id>/open/", views.open_pair, name="open_pair"),
    path("<uuid:person_id>/same/<uuid:other_id>/ask/", views.ask_to_join, name="ask_to_join"),
    path("<uuid:person_id>/same/<uuid:other_id>/answer/", views.answer_joining, name="answer_joining"),
    path("<uuid:person_id>/same/<uuid:other_id>/part/", views.part, name="part"),
]
