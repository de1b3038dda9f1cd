"""Code lists of training."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Labels = dict[str, str | Promise]


class Audience(StrEnum):
    """Whom a curriculum is for, and what somebody works as. Each person is in one group."""

    POLICE = "police"
    PROSECUTORS = "prosecutors"
    JUDGES = "judges"
    SOCIAL_WORKERS = "social_workers"
    MEDICAL = "medical"
    COMMUNITY = "community"
    STAFF = "staff"
    OTHER = "other"


AUDIENCE_LABELS: Labels = {
    Audience.POLICE: _("Police"),
    Audience.PROSECUTORS: _("Prosecutors"),
    Audience.JUDGES: _("Judges"),
    Audience.SOCIAL_WORKERS: _("Social workers"),
    Audience.MEDICAL: _("Medical professionals: first responders in forensic examination"),
    Audience.COMMUNITY: _("Community members"),
    Audience.STAFF: _("Our own staff"),
    Audience.OTHER: _("Other officials"),
}


class PersonKind(StrEnum):
    """Where a participant is known from."""

    OFFICIAL = "official"
    COMMUNITY = "community"
    STAFF = "staff"


KIND_LABELS: Labels = {
    PersonKind.OFFICIAL: _("Official"),
    PersonKind.COMMUNITY: _("Community member"),
    PersonKind.STAFF: _("Our own staff"),
}


class QuestionKind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    SHORT = "short"


QUESTION_LABELS: Labels = {
    QuestionKind.SINGLE: _("One answer is right"),
    QuestionKind.MULTIPLE: _("Several answers are right"),
    QuestionKind.TRUE_FALSE: _("True or false"),
    QuestionKind.SHORT: _("A short answer, marked by hand"),
}
TRUE_LABEL = pgettext_lazy("answer to a test question", "True")
FALSE_LABEL = pgettext_lazy("answer to a test question", "False")


class Occasion(StrEnum):
    """When the same person answers the same questions."""

    PRE = "pre"
    POST = "post"
    THREE = "three"
    SIX = "six"


OCCASION_LABELS: Labels = {
    Occasion.PRE: _("Before the training"),
    Occasion.POST: _("At the end"),
    Occasion.THREE: _("After 3 months"),
    Occasion.SIX: _("After 6 months"),
}
# Where there is little room: heads of tables, drawings.
OCCASION_SHORT: Labels = {
    Occasion.PRE: pgettext_lazy("head of a column of scores", "Before"),
    Occasion.POST: pgettext_lazy("head of a column of scores", "End"),
    Occasion.THREE: pgettext_lazy("head of a column of scores", "3 months"),
    Occasion.SIX: pgettext_lazy("head of a column of scores", "6 months"),
}
# How many months after the last day a follow-up test is due.
FOLLOW_UP_MONTHS: dict[Occasion, int] = {Occasion.THREE: 3, Occasion.SIX: 6}


class How(StrEnum):
    """How an answer or an attendance came to us."""

    PAPER = "paper"
    PHONE = "phone"
    LIST = "list"


HOW_LABELS: Labels = {
    How.PAPER: _("On paper"),
    How.PHONE: _("On a telephone"),
    How.LIST: _("By list"),
}


class SessionState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    EVALUATED = "evaluated"
    FOLLOWED_UP = "followed_up"
    CANCELLED = "cancelled"


STATE_LABELS: Labels = {
    SessionState.PLANNED: pgettext_lazy("a training session", "Planned"),
    SessionState.HELD: pgettext_lazy("a training session", "Held"),
    SessionState.EVALUATED: pgettext_lazy("a training session", "Evaluated"),
    SessionState.FOLLOWED_UP: pgettext_lazy("a training session", "Followed up"),
    SessionState.CANCELLED: pgettext_lazy("a training session", "Cancelled"),
}
WAS_HELD = (SessionState.HELD, SessionState.EVALUATED, SessionState.FOLLOWED_UP)
# While follow-up tests are still taken.
IS_FOLLOWED = (SessionState.HELD, SessionState.EVALUATED)


class SessionEvent(StrEnum):
    CHANGE = "change"
    HOLD = "hold"
    EVALUATE = "evaluate"
    FOLLOW_UP = "follow_up"
    CANCEL = "cancel"


class CancelReason(StrEnum):
    TOO_FEW = "too_few"
    TRAINER = "trainer"
    PARTNER = "partner"
    SAFETY = "safety"
    MONEY = "money"
    OTHER = "other"


CANCEL_LABELS: Labels = {
    CancelReason.TOO_FEW: _("Too few could come"),
    CancelReason.TRAINER: _("The trainer could not come"),
    CancelReason.PARTNER: _("The partner called it off"),
    CancelReason.SAFETY: _("It was not safe"),
    CancelReason.MONEY: _("There was no money for it"),
    CancelReason.OTHER: _("Another reason"),
}


class WithdrawReason(StrEnum):
    NAME = "name"
    MARKING = "marking"
    ATTENDANCE = "attendance"
    MISTAKE = "mistake"
    DECEIT = "deceit"


WITHDRAW_LABELS: Labels = {
    WithdrawReason.NAME: _("The name on it was wrong"),
    WithdrawReason.MARKING: _("A test has to be marked again"),
    WithdrawReason.ATTENDANCE: _("The attendance was wrong"),
    WithdrawReason.MISTAKE: _("It was issued by mistake"),
    WithdrawReason.DECEIT: _("Somebody else took the test"),
}


class DoorPurpose(StrEnum):
    """What a session's link is for. One link does one thing."""

    ATTENDANCE = "attendance"
    PRE = "pre"
    POST = "post"
    THREE = "three"
    SIX = "six"
    FEEDBACK = "feedback"


DOOR_LABELS: Labels = {
    DoorPurpose.ATTENDANCE: _("Attendance today"),
    DoorPurpose.PRE: _("Test before the training"),
    DoorPurpose.POST: _("Test at the end"),
    DoorPurpose.THREE: _("Test after 3 months"),
    DoorPurpose.SIX: _("Test after 6 months"),
    DoorPurpose.FEEDBACK: _("What participants say"),
}
# How long a link lives: what is done in the room for hours, follow-ups for weeks.
DOOR_HOURS: dict[DoorPurpose, int] = {
    DoorPurpose.ATTENDANCE: 12,
    DoorPurpose.PRE: 24,
    DoorPurpose.POST: 24,
    DoorPurpose.THREE: 24 * 30,
    DoorPurpose.SIX: 24 * 30,
    DoorPurpose.FEEDBACK: 48,
}

# The four questions of the evaluation; each from 1 to 5, but the last, which is in words.
FEEDBACK_QUESTIONS: Labels = {
    "useful": _("I can use what I learned in my work."),
    "clear": _("The trainers explained things clearly."),
    "safe": _("I could ask and disagree without worry."),
    "words": _("What should we do differently next time?"),
}
FEEDBACK_SCALED = ("useful", "clear", "safe")
FEEDBACK_SCALE: Labels = {
    "5": _("5: I agree fully"),
    "4": "4",
    "3": "3",
    "2": "2",
    "1": _("1: I do not agree at all"),
}
FEEDBACK_LEAST = 5

LANGUAGE_LABELS: Labels = {
    "en": _("English"),
    "ar": _("Arabic"),
    "hi": _("Hindi"),
    "km": _("Khmer"),
    "es": _("Spanish"),
    "fr": _("French"),
    "pt": _("Portuguese"),
    "sw": _("Swahili"),
    "other": _("Another language"),
}

WEEKDAY_LABELS: Labels = {
    "0": _("Monday"),
    "1": _("Tuesday"),
    "2": _("Wednesday"),
    "3": _("Thursday"),
    "4": _("Friday"),
    "5": _("Saturday"),
    "6": _("Sunday"),
}
