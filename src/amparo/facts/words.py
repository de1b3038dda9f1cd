"""Words of the facts."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(StrEnum):
    """What the pack says of a fact."""

    DRAFT = "draft"
    CURRENT = "current"
    SUPERSEDED = "superseded"
    HISTORIC = "historic"


class Standing(StrEnum):
    """How the source was read."""

    READ = "read"
    REPORTED = "reported"
    SECONDARY = "secondary"


class State(StrEnum):
    """What the organisation decided about a fact."""

    NOT_YET = "not_yet"
    VERIFIED = "verified"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


STATUS_LABELS = {
    Status.DRAFT: pgettext_lazy("a fact", "Draft"),
    Status.CURRENT: pgettext_lazy("a fact", "Current"),
    Status.SUPERSEDED: _("Superseded"),
    Status.HISTORIC: _("A campaign figure"),
}
STANDING_LABELS = {
    Standing.READ: _("The publisher's own page was read"),
    Standing.REPORTED: _("As reported by others from the publisher's statement"),
    Standing.SECONDARY: _("Read in one place, or in a secondary one"),
}
STATE_LABELS = {
    State.NOT_YET: _("Not verified yet"),
    State.VERIFIED: pgettext_lazy("a fact", "Verified"),
    State.PUBLISHED: pgettext_lazy("a fact", "Published"),
    State.WITHDRAWN: pgettext_lazy("a fact", "Withdrawn"),
}
