"""Addresses of the reporting site, below the language. They are numbers and plain words, and tell nothing.

A room below may have a page of its own here, such as one where a number is typed: it shows `reporting/one_field.html`
with a form of one field, a title, a lede and the word on the button.
"""

from __future__ import annotations

from django.urls import path

from amparo.reporting.views import form, leaving, messages, own

app_name = "reporting"
urlpatterns = [
    path("<int:number>/", form.question, name="question"),
    path("<int:number>/again/", form.change, name="change"),
    path("now/", form.now, name="now"),
    path("check/", form.check, name="check"),
    path("later/", leaving.later, name="later"),
    path("forget/", leaving.forget, name="forget"),
    path("send/", form.send, name="send"),
    path("code/", form.code, name="code"),
    path("code/back/", form.type_back, name="type_back"),
    path("back/", messages.come_back, name="come_back"),
    path("back/inside/", messages.messages, name="messages"),
    path("back/look/", messages.look, name="look"),
    path("number/", own.number, name="number"),
]
