"""Restoration, and what the justice system does."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.insight.words import Kind
from amparo.insight.words.registry.bases import (
    COHORT,
    SURVIVOR_ONCE,
    happened,
    survivors,
)
from amparo.insight.words.registry.shapes import (
    Counted,
    Indicator,
    Page,
    Share,
)

RESTORATION: tuple[Indicator, ...] = (
    Indicator(
        "restored-of-enrolled",
        Page.RESTORATION,
        _("Survivors restored, of those enrolled"),
        Share(
            survivors(("enrolled__isnull", False), ("restored__isnull", False)),
            survivors(("enrolled__isnull", False)),
        ),
        _("Survivors of the period whom a supervisor found restored."),
        _("Survivors reported in the period who were enrolled in aftercare."),
        COHORT,
        _("Enrolments and decisions on restoration."),
        SURVIVOR_ONCE,
        _("Restoration takes years: read it for years that are long past."),
        split="band",
    ),
    Indicator(
        "goals-met",
        Page.RESTORATION,
        _("Goals that survivors reached"),
        Share(happened(Kind.GOAL, ("reason", "met")), happened(Kind.GOAL)),
        _("Goals set in the period that were met."),
        _("Goals set in the period."),
        _("Goals are in the survivor's own words; each lies in one of six parts of a life."),
        _("Goals of care plans."),
        _("Each goal counts once."),
        _("A goal that was dropped by her own choice is no failure."),
        split="code",
    ),
)

SYSTEM: tuple[Indicator, ...] = (
    Indicator(
        "kits",
        Page.SYSTEM,
        _("Kits that were used"),
        Counted(happened(Kind.KIT)),
        _("Kits used at an examination in the period."),
        _("None: this is a count."),
        _("By the day of the examination, and by how far the kit has come since."),
        _("Kits and the steps of their way."),
        _("Each kit counts once."),
        _("It does not say how many survivors were offered no kit."),
        split="code",
    ),
    Indicator(
        "kits-unsent",
        Page.SYSTEM,
        _("Kits that were used and not sent"),
        Share(happened(Kind.KIT, ("code", "unsent")), happened(Kind.KIT), among="kits"),
        _("Kits of the period that no laboratory has received yet."),
        _("Kits used at an examination in the period."),
        _("By the day of the examination. One that was used lately may still be sent in time."),
        _("Kits and the steps of their way."),
        _("Each kit counts once."),
        _("It does not say why: a survivor may have asked that her kit waits."),
        split="code",
    ),
    Indicator(
        "practice",
        Page.SYSTEM,
        _("Steps that units took"),
        Share(
            happened(Kind.PRACTICE, ("code", "yes")),
            happened(Kind.PRACTICE, ("code__in", ("yes", "no"))),
        ),
        _("Steps of the checklist that the unit took, in the files that were looked at in the period."),
        _("Steps that applied, in the same files. A step that did not apply counts in neither part."),
        _("Complete observations, by the day on which the file was looked at. Each step of each file weighs the same."),
        _("Observations of practice, and the answer to each step of the checklist."),
        _("Each step of each file counts once. A file that was opened again counts as it stands now."),
        _("Files are not drawn by lot: we look at those of our own cases. It says nothing about the others."),
        split="reason",
    ),
)
