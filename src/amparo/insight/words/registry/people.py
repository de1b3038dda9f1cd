"""People reached."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.insight.words import Kind
from amparo.insight.words.registry.bases import (
    PERSON_ONCE,
    happened,
)
from amparo.insight.words.registry.shapes import (
    Counted,
    Indicator,
    Page,
)

PEOPLE: tuple[Indicator, ...] = (
    Indicator(
        "relieved",
        Page.PEOPLE,
        _("Survivors out of violence"),
        Counted(happened(Kind.RELIEF)),
        _("Survivors with a verified relief."),
        _("None: this is a count."),
        _("A survivor is out of the violence, and somebody else than who wrote it down has verified it."),
        _("Reliefs that were verified and not withdrawn."),
        PERSON_ONCE,
        _("It does not say that she is safe for good, nor who would have come out without us."),
        split="attribution",
    ),
    Indicator(
        "restrained",
        Page.PEOPLE,
        _("Suspects restrained"),
        Counted(happened(Kind.RESTRAINT)),
        _("Suspects with a verified restraint."),
        _("None: this is a count."),
        _("A suspect is kept from going on, by arrest or otherwise, and somebody else has verified it."),
        _("Restraints that were verified and not withdrawn."),
        PERSON_ONCE,
        _("A restraint is no verdict. It does not say that it lasts."),
        split="attribution",
    ),
    Indicator(
        "convicted",
        Page.PEOPLE,
        _("People convicted"),
        Counted(happened(Kind.CONVICTION)),
        _("People convicted of at least one charge, as verdicts stand after appeals."),
        _("None: this is a count."),
        _("On the day of the first verdict of guilty in one of our cases."),
        _("Verdicts on charges."),
        PERSON_ONCE,
        _("It does not say how many were reported: see the share of those reported."),
        split="attribution",
    ),
    Indicator(
        "in-aftercare",
        Page.PEOPLE,
        _("People taken into aftercare"),
        Counted(happened(Kind.ENROLMENT)),
        _("Survivors and members of their families enrolled in the period."),
        _("None: this is a count."),
        _("On the day of the first enrolment. People count, not services."),
        _("Enrolments in aftercare."),
        PERSON_ONCE,
        _("It says nothing about what they received, or how they are."),
        split="code",
    ),
    Indicator(
        "restored",
        Page.PEOPLE,
        _("Survivors restored"),
        Counted(happened(Kind.RESTORED)),
        _("Survivors whom a supervisor found restored."),
        _("None: this is a count."),
        _("By a decision that rests on an assessment, on its day."),
        _("Decisions on restoration."),
        PERSON_ONCE,
        _("It is our own word, by our own threshold: it is not the same as healed."),
        split="band",
    ),
    Indicator(
        "trained",
        Page.PEOPLE,
        _("People trained"),
        Counted(happened(Kind.TRAINED)),
        _("Officials and others who completed a training."),
        _("None: this is a count."),
        _("On the day of the first training that somebody completed."),
        _("Participants of trainings that were held."),
        PERSON_ONCE,
        _("It does not say what they do differently now: see what units do."),
        split="code",
    ),
)
