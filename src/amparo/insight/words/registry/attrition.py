"""Where cases stop."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.insight.words import Ending, Kind, Step
from amparo.insight.words.registry.bases import (
    COHORT,
    ONE_IN_ONE,
    SUSPECT_SOURCE,
    happened,
    reached,
    suspects,
)
from amparo.insight.words.registry.shapes import (
    Counted,
    Indicator,
    Page,
    Said,
    Share,
)
from amparo.intake.words import State


def _of_reported(id_: str, step: Step, name: Said, numerator: Said, silent: Said) -> Indicator:
    return Indicator(
        id_,
        Page.ATTRITION,
        name,
        Share(reached(step), suspects()),
        numerator,
        _("Suspects reported in the period."),
        COHORT,
        SUSPECT_SOURCE,
        ONE_IN_ONE,
        silent,
        split="ending",
    )


_YET = _("Many of those reported lately have not had the time to come so far.")


ATTRITION: tuple[Indicator, ...] = (
    Indicator(
        "reports",
        Page.ATTRITION,
        _("Reports received"),
        Counted(happened(Kind.REPORT)),
        _("Reports received in the period."),
        _("None: this is a count."),
        _("Every report that somebody made to us, whatever became of it."),
        _("Reports."),
        _("Two reports of one matter count as two, until one is found to be a duplicate; it still counts."),
        _("It does not say how much violence there is: most of it is never reported."),
        split="code",
    ),
    Indicator(
        "reports-accepted",
        Page.ATTRITION,
        _("Reports that became cases"),
        Share(happened(Kind.REPORT, ("code", State.ACCEPTED.value)), happened(Kind.REPORT), among="reports"),
        _("Reports of the period that were accepted as a case."),
        _("Reports received in the period."),
        _("By the day of the report."),
        _("Reports and the decisions on them."),
        _("Each report counts once."),
        _("A report that was referred on is no failure: others may be nearer."),
        split="reason",
    ),
    Indicator(
        "reports-acknowledged",
        Page.ATTRITION,
        _("Reports acknowledged within seven days"),
        Share(happened(Kind.REPORT, ("days__lte", 7)), happened(Kind.REPORT)),
        _("Reports of the period that were acknowledged within seven days."),
        _("Reports received in the period."),
        _("By the day of the report. One that nobody has acknowledged yet counts as not acknowledged."),
        _("Reports and their acknowledgements."),
        _("Each report counts once."),
        _("Reports of the last seven days may still be acknowledged in time."),
        split="party",
    ),
    _of_reported(
        "identified-of-reported",
        Step.IDENTIFIED,
        _("Suspects identified"),
        _("Suspects of the period who are known by name, or who went further."),
        _("That somebody is named does not say that it was the right one."),
    ),
    _of_reported(
        "restrained-of-reported",
        Step.RESTRAINED,
        _("Suspects arrested or restrained"),
        _("Suspects of the period who were arrested or restrained, or who went further."),
        _YET,
    ),
    _of_reported(
        "charged-of-reported",
        Step.CHARGED,
        _("Suspects charged"),
        _("Suspects of the period against whom a charge was filed, or who went further."),
        _YET,
    ),
    _of_reported(
        "enrolled-of-reported",
        Step.ENROLLED,
        _("Suspects whose case a court took up"),
        _("Suspects of the period whose case a court took up, or who went further."),
        _YET,
    ),
    _of_reported(
        "tried-of-reported",
        Step.TRIAL,
        _("Suspects whose trial began"),
        _("Suspects of the period whose trial began, or who went further."),
        _YET,
    ),
    _of_reported(
        "verdict-of-reported",
        Step.VERDICT,
        _("Suspects with a verdict"),
        _("Suspects of the period about whom a court has spoken."),
        _YET,
    ),
    _of_reported(
        "convicted-of-reported",
        Step.CONVICTED,
        _("Convicted, of those reported"),
        _("Suspects of the period who were convicted of at least one charge."),
        _YET,
    ),
    Indicator(
        "convicted-of-verdicts",
        Page.ATTRITION,
        _("Convicted, of those with a verdict"),
        Share(reached(Step.CONVICTED), reached(Step.VERDICT)),
        _("Suspects of the period who were convicted of at least one charge."),
        _("Suspects of the period about whom a court has spoken."),
        COHORT,
        SUSPECT_SOURCE,
        ONE_IN_ONE,
        _("It leaves out everybody who never came before a court. Read it beside the share of those reported."),
        split="ending",
    ),
    Indicator(
        "convicted-as-charged",
        Page.ATTRITION,
        _("Convicted as charged, of those with a verdict"),
        Share(suspects(("as_charged__isnull", False)), reached(Step.VERDICT), within_convicted=True),
        _("Suspects of the period convicted of a charge as it was filed."),
        _("Suspects of the period about whom a court has spoken."),
        COHORT,
        SUSPECT_SOURCE,
        ONE_IN_ONE,
        _("A lesser offence can be the right verdict."),
        split="ending",
    ),
    Indicator(
        "custody-of-convicted",
        Page.ATTRITION,
        _("Sentenced to custody, of those convicted"),
        Share(suspects(("sentenced__isnull", False)), reached(Step.CONVICTED)),
        _("Suspects of the period sentenced to custody that was not suspended."),
        _("Suspects of the period who were convicted."),
        COHORT,
        SUSPECT_SOURCE,
        ONE_IN_ONE,
        _("It says nothing about how long, nor whether the sentence is served."),
        split="type",
    ),
    Indicator(
        "stopped",
        Page.ATTRITION,
        _("Suspects who go no further"),
        Share(suspects(("ending__gt", Ending.WAITING.value)), suspects()),
        _("Suspects of the period whose way ended before a conviction, by the reason."),
        _("Suspects reported in the period."),
        COHORT,
        _("Suspects of cases, the reasons of charges that ended, and the reasons for which cases were closed."),
        ONE_IN_ONE,
        _("The reason is what was written down. A survivor who withdraws may have been made to."),
        split="ending",
    ),
)
