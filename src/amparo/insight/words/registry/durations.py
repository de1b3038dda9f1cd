"""How long people wait."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.insight.words import Kind
from amparo.insight.words.registry.bases import (
    CENSORED,
    ONE_IN_ONE,
    SURVIVOR_ONCE,
    SURVIVOR_SOURCE,
    SUSPECT_SOURCE,
    happened,
    suspects,
)
from amparo.insight.words.registry.shapes import (
    Indicator,
    Outcomes,
    Page,
    Said,
    Selection,
    Table,
    Waiting,
)


def _waits(
    id_: str, table: Table, start: str, stop: str, name: Said, numerator: Said, silent: Said, left: str = "ended"
) -> Indicator:
    rows = Selection(table, "reported", ((f"{start}__isnull", False),))
    survivors = table == "survivor"
    return Indicator(
        id_,
        Page.DURATIONS,
        name,
        Waiting(rows, start, stop, left),
        numerator,
        _("Survivors followed from the first day on.") if survivors else _("Suspects followed from the first day on."),
        CENSORED,
        SURVIVOR_SOURCE if survivors else SUSPECT_SOURCE,
        SURVIVOR_ONCE if survivors else ONE_IN_ONE,
        silent,
        split="type",
    )


def _of_kits(id_: str, stop: str, name: Said, numerator: Said, silent: Said) -> Indicator:
    return Indicator(
        id_,
        Page.DURATIONS,
        name,
        Waiting(happened(Kind.KIT), "day", stop),
        numerator,
        _("Kits used at an examination in the period."),
        _(
            "A kit that still waits is counted for as long as it has waited (Kaplan-Meier). One that was given back or "
            "destroyed is followed until that day."
        ),
        _("Kits and the steps of their way."),
        _("Each kit counts once."),
        silent,
        split="type",
    )


DURATIONS: tuple[Indicator, ...] = (
    _waits(
        "complaint-to-evidence", "survivor", "reported", "testified",
        _("From the report to her evidence"), _("Survivors who have given evidence in court, by the days since."),
        _("Not every survivor has to give evidence, and some should not have to."),
    ),
    _waits(
        "incident-to-report", "survivor", "incident", "reported",
        _("From the incident to the report"), _("Survivors, by the days from the first known incident to the report."),
        _("Only those whose first incident is known to the day are in it. Who never reports is in no figure."),
        left="reported",
    ),
    _waits(
        "report-to-statement", "survivor", "reported", "statement",
        _("From the report to the statement"), _("Survivors in whose case a statement was taken, by the days since."),
        _("It says nothing about how often she had to tell it."),
    ),
    _waits(
        "report-to-clinician", "survivor", "reported", "seen",
        _("From the report to a clinician"), _("Survivors whom a clinician has seen, by the days since."),
        _("Treatment that is given in time is counted in hours: see the reports."),
    ),
    _waits(
        "report-to-relief", "survivor", "reported", "relieved",
        _("From the report to relief"), _("Survivors who are out of the violence, by the days since."),
        _("Survivors who were safe before they reported wait for nothing, and yet are in it."),
    ),
    _waits(
        "report-to-arrest", "suspect", "reported", "restrained",
        _("From the report to arrest or restraint"), _("Suspects arrested or restrained, by the days since."),
        _("An early arrest without evidence helps nobody."),
    ),
    _waits(
        "report-to-charge", "suspect", "reported", "charged",
        _("From the report to the charge"), _("Suspects against whom a charge was filed, by the days since."),
        _("It says nothing about the quality of the charge."),
    ),
    _waits(
        "charge-to-hearing", "suspect", "charged", "heard",
        _("From the charge to the first hearing"), _("Accused whose first hearing took place, by the days since."),
        _("A first hearing may be nothing but a new date."),
    ),
    _waits(
        "charge-to-verdict", "suspect", "charged", "verdict",
        _("From the charge to the verdict"), _("Accused about whom a court has spoken, by the days since."),
        _("A quick verdict is not always a just one."),
    ),
    _of_kits(
        "examination-to-laboratory", "sent",
        _("From the examination to the laboratory"), _("Kits that went to a laboratory, by the days since."),
        _("It does not say why a kit waits: a survivor may have asked for it."),
    ),
    _of_kits(
        "examination-to-result", "answered",
        _("From the examination to the result"), _("Kits of which the result is there, by the days since."),
        _("A result may say that nothing was found: that is no failure, and no doubt about her."),
    ),
    Indicator(
        "outcomes",
        Page.DURATIONS,
        _("What became of those reported"),
        Outcomes(suspects(), "reported", "ended", "result"),
        _("Suspects convicted, acquitted, or withdrawn and ended otherwise, by the days since the report."),
        _("Suspects reported in the period."),
        _(
            "Only one of the outcomes can happen to a suspect, so they are estimated together (Aalen-Johansen). Who is "
            "still open is followed for as long as the case has been followed."
        ),
        SUSPECT_SOURCE,
        ONE_IN_ONE,
        _("An acquittal does not say that nothing happened."),
        split="result",
    ),
)  # fmt: skip
