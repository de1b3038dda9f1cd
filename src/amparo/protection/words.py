"""Code lists of data protection."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Labels = dict[str, str | Promise]


class State(StrEnum):
    """How far it is with something that may have got out."""

    OPEN = "open"
    ASSESSED = "assessed"
    DECIDED = "decided"
    CLOSED = "closed"


STATE_LABELS: Labels = {
    State.OPEN: pgettext_lazy("a breach", "New"),
    State.ASSESSED: pgettext_lazy("a breach", "Assessed"),
    State.DECIDED: pgettext_lazy("a breach", "Told, or not needed"),
    State.CLOSED: pgettext_lazy("a breach", "Closed"),
}


class Risk(StrEnum):
    """How much it may harm the people whom it is about."""

    UNLIKELY = "unlikely"
    SOME = "some"
    HIGH = "high"


RISK_LABELS: Labels = {
    Risk.UNLIKELY: _("Harm is unlikely"),
    Risk.SOME: _("It may harm them"),
    Risk.HIGH: _("It may harm them gravely: they may be found, threatened, or lose their case"),
}


class Kind(StrEnum):
    """What kinds of data it is about."""

    NAMES = "names"
    CONTACT = "contact"
    ADDRESS = "address"
    ACCOUNT = "account"
    HEALTH = "health"
    EVIDENCE = "evidence"
    SUSPECTS = "suspects"
    OPERATION = "operation"
    STAFF = "staff"
    SIGN_IN = "sign_in"
    OTHER = "other"


KIND_LABELS: Labels = {
    Kind.NAMES: _("Names"),
    Kind.CONTACT: _("Telephone numbers or other ways to reach somebody"),
    Kind.ADDRESS: _("Where somebody lives or is safe"),
    Kind.ACCOUNT: _("What somebody told"),
    Kind.HEALTH: _("Health and examinations"),
    Kind.EVIDENCE: _("Photographs, files or other evidence"),
    Kind.SUSPECTS: _("Suspects"),
    Kind.OPERATION: _("An operation that is planned"),
    Kind.STAFF: _("People who work here"),
    Kind.SIGN_IN: _("Passwords, codes or keys"),
    Kind.OTHER: pgettext_lazy("a kind of data", "Something else"),
}


class Telling(StrEnum):
    """Whether somebody has to be told, and was."""

    TOLD = "told"
    NOT_NEEDED = "not_needed"


AUTHORITY_LABELS: Labels = {
    Telling.TOLD: _("The authority was told"),
    Telling.NOT_NEEDED: _("The authority need not be told"),
}
PEOPLE_LABELS: Labels = {
    Telling.TOLD: _("The people were told"),
    Telling.NOT_NEEDED: _("The people need not be told, or it would not be safe"),
}
