"""Sentences and selections that many indicators share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.insight.words import Kind, Step
from amparo.insight.words.registry.shapes import Selection

COHORT = _("By the year of the report: everybody reported in the period, wherever they stand now.")
ONE_IN_ONE = _(
    "One suspect in one case counts once. Somebody suspected in two cases counts in both. A case in which nobody is "
    "named counts as one."
)
SUSPECT_SOURCE = _("Suspects of cases, their dated status, charges, verdicts and sentences.")
SURVIVOR_ONCE = _("One survivor in one case counts once.")
SURVIVOR_SOURCE = _("Survivors of cases, and the dated steps of their cases.")
PERSON_ONCE = _("A person counts once, on the first day on which it is verified, however often it happened after.")
CENSORED = _(
    "Who still waits is counted for as long as she or he has waited (Kaplan-Meier). Who left the way is followed until "
    "the day of leaving."
)


def suspects(*where: tuple[str, object], day: str = "reported") -> Selection:
    return Selection("suspect", day, where)


def survivors(*where: tuple[str, object]) -> Selection:
    return Selection("survivor", "reported", where)


def happened(kind: Kind, *where: tuple[str, object]) -> Selection:
    return Selection("happening", "day", (("kind", kind.value), ("first", True), *where))


def reached(step: Step) -> Selection:
    return suspects(("step__gte", int(step)))
