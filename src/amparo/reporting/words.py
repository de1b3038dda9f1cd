"""The questions of the reporting site, and the answers that can be chosen."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Question(StrEnum):
    """One page each, in this order: what can't wait comes first."""

    DANGER = "danger"
    ABOUT = "about"
    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    WHO = "who"
    FILES = "files"
    REACH = "reach"


ORDER = tuple(Question)


class Step(StrEnum):
    """How far a stranger has come."""

    ASKING = "asking"
    SENT = "sent"
    INSIDE = "inside"


class Danger(StrEnum):
    NOW = "now"
    AGAIN = "again"
    NO = "no"
    UNSURE = "unsure"


DANGER_LABELS: dict[Danger, str | Promise] = {
    Danger.NOW: _("Yes, someone is in danger now"),
    Danger.AGAIN: _("Not now, but it could happen again"),
    Danger.NO: _("No"),
    Danger.UNSURE: _("I'm not sure"),
}


class About(StrEnum):
    ME = "me"
    CHILD = "child"
    OTHER = "other"
    MANY = "many"
    UNSURE = "unsure"


ABOUT_LABELS: dict[About, str | Promise] = {
    About.ME: _("Me"),
    About.CHILD: _("A child"),
    About.OTHER: _("Another person"),
    About.MANY: _("More than one person"),
    About.UNSURE: _("I'm not sure"),
}


class When(StrEnum):
    TODAY = "today"
    YESTERDAY = "yesterday"
    EARLIER = "earlier"
    STILL = "still"
    UNSURE = "unsure"


WHEN_LABELS: dict[When, str | Promise] = {
    When.TODAY: _("Today"),
    When.YESTERDAY: _("Yesterday"),
    When.EARLIER: _("Earlier"),
    When.STILL: _("It goes on and on"),
    When.UNSURE: _("I'm not sure"),
}


class Reach(StrEnum):
    """How it is safe to answer."""

    HERE = "here"
    OTHER = "other"
    NEVER = "never"


REACH_LABELS: dict[Reach, str | Promise] = {
    Reach.HERE: _("Only here: I will come back with the code"),
    Reach.OTHER: _("In another way, which I write below"),
    Reach.NEVER: _("Do not try to reach me"),
}


class CodeKind(StrEnum):
    WORDS = "words"
    DIGITS = "digits"


QUESTION_LABELS: dict[Question, str | Promise] = {
    Question.DANGER: _("Is anyone in danger now?"),
    Question.ABOUT: _("Who is it about?"),
    Question.WHAT: _("What happened?"),
    Question.WHEN: _("When did it happen?"),
    Question.WHERE: _("Where did it happen?"),
    Question.WHO: _("Who did it?"),
    Question.FILES: _("Do you want to add photos or recordings?"),
    Question.REACH: _("How is it safe to answer you?"),
}
