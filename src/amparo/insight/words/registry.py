"""The registry of indicators: each defined once, as data, and read by pages, downloads, reports and tests alike.

A number is what its selection of lines says, and so are the rows behind it: there is no second definition that could
disagree with the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.insight.words import Ending, Kind, Result, Step
from amparo.intake.words import State

Said: TypeAlias = str | Promise
Table = Literal["suspect", "survivor", "happening"]


class Page(StrEnum):
    ATTRITION = "attrition"
    DURATIONS = "durations"
    COURTS = "courts"
    RESTORATION = "restoration"
    SYSTEM = "system"
    PEOPLE = "people"


PAGE_LABELS: dict[Page, Said] = {
    Page.PEOPLE: _("People reached"),
    Page.ATTRITION: _("Where cases stop"),
    Page.DURATIONS: _("How long people wait"),
    Page.COURTS: _("Courts"),
    Page.RESTORATION: _("Restoration"),
    Page.SYSTEM: _("Justice system"),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Some lines. `where` are conditions on columns, `day` the column that a period asks about."""

    table: Table
    day: str
    where: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """How many lines there are."""

    rows: Selection


@dataclass(frozen=True, slots=True)
class Share:
    """How many lines there are of others; `percent` is false where it says how many for each one."""

    rows: Selection
    of: Selection
    percent: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """Days from one day of a line to another. `left` ends the following of who will not get there any more."""

    rows: Selection
    start: str
    stop: str
    left: str = "ended"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Days from one day of a line to the first of several outcomes, of which only one can happen."""

    rows: Selection
    start: str
    stop: str
    result: str


@dataclass(frozen=True, slots=True)
class Disposition:
    """Those pending at the end of a period, by those resolved in it, in days."""

    came: Selection
    resolved: Selection


@dataclass(frozen=True, slots=True)
class Pending:
    """How long those that are open at the end of the period have been pending."""

    rows: Selection
    start: str
    stop: str


Measure: TypeAlias = Counted | Share | Waiting | Outcomes | Disposition | Pending


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure, and everything that a reader must know before she believes it.

    `split` is a column by which its rows are also shown in groups. `persons` says that people are counted, which is
    what the threshold of small groups is about.
    """

    id: str
    page: Page
    name: Said
    measure: Measure
    numerator: Said
    denominator: Said
    definition: Said
    source: Said
    once: Said
    silent: Said
    split: str = ""


_COHORT = _("By the year of the report: everybody reported in the period, wherever they stand now.")
_ONE_IN_ONE = _(
    "One suspect in one case counts once. Somebody suspected in two cases counts in both. A case in which nobody is "
    "named counts as one."
)
_SUSPECT_SOURCE = _("Suspects of cases, their dated status, charges, verdicts and sentences.")
_SURVIVOR_ONCE = _("One survivor in one case counts once.")
_SURVIVOR_SOURCE = _("Survivors of cases, and the dated steps of their cases.")
_PERSON_ONCE = _("A person counts once, on the first day on which it is verified, however often it happened after.")
_CENSORED = _(
    "Who still waits is counted for as long as she or he has waited (Kaplan-Meier). Who left the way is followed until "
    "the day of leaving."
)
_ATTRIBUTION = _("Whether we did it, supported it, or a partner whom we trained did it, is shown beside it.")


def _suspects(*where: tuple[str, object], day: str = "reported") -> Selection:
    return Selection("suspect", day, where)


def _survivors(*where: tuple[str, object]) -> Selection:
    return Selection("survivor", "reported", where)


def _happened(kind: Kind, *where: tuple[str, object]) -> Selection:
    return Selection("happening", "day", (("kind", kind.value), ("first", True), *where))


def _reached(step: Step) -> Selection:
    return _suspects(("step__gte", int(step)))


def _of_reported(id_: str, step: Step, name: Said, numerator: Said, silent: Said) -> Indicator:
    return Indicator(
        id_,
        Page.ATTRITION,
        name,
        Share(_reached(step), _suspects()),
        numerator,
        _("Suspects reported in the period."),
        _COHORT,
        _SUSPECT_SOURCE,
        _ONE_IN_ONE,
        silent,
        split="ending",
    )


_YET = _("Many of those reported lately have not had the time to come so far.")

PEOPLE: tuple[Indicator, ...] = (
    Indicator(
        "relieved",
        Page.PEOPLE,
        _("Survivors out of violence"),
        Counted(_happened(Kind.RELIEF)),
        _("Survivors with a verified relief."),
        _("None: this is a count."),
        _("A survivor is out of the violence, and somebody else than who wrote it down has verified it."),
        _("Reliefs that were verified and not withdrawn."),
        _PERSON_ONCE,
        _("It does not say that she is safe for good, nor who would have come out without us."),
        split="attribution",
    ),
    Indicator(
        "restrained",
        Page.PEOPLE,
        _("Suspects restrained"),
        Counted(_happened(Kind.RESTRAINT)),
        _("Suspects with a verified restraint."),
        _("None: this is a count."),
        _("A suspect is kept from going on, by arrest or otherwise, and somebody else has verified it."),
        _("Restraints that were verified and not withdrawn."),
        _PERSON_ONCE,
        _("A restraint is no verdict. It does not say that it lasts."),
        split="attribution",
    ),
    Indicator(
        "convicted",
        Page.PEOPLE,
        _("People convicted"),
        Counted(_happened(Kind.CONVICTION)),
        _("People convicted of at least one charge, as verdicts stand after appeals."),
        _("None: this is a count."),
        _("On the day of the first verdict of guilty in one of our cases."),
        _("Verdicts on charges."),
        _PERSON_ONCE,
        _("It does not say how many were reported: see the share of those reported."),
        split="attribution",
    ),
    Indicator(
        "in-aftercare",
        Page.PEOPLE,
        _("People taken into aftercare"),
        Counted(_happened(Kind.ENROLMENT)),
        _("Survivors and members of their families enrolled in the period."),
        _("None: this is a count."),
        _("On the day of the first enrolment. People count, not services."),
        _("Enrolments in aftercare."),
        _PERSON_ONCE,
        _("It says nothing about what they received, or how they are."),
        split="code",
    ),
    Indicator(
        "restored",
        Page.PEOPLE,
        _("Survivors restored"),
        Counted(_happened(Kind.RESTORED)),
        _("Survivors whom a supervisor found restored."),
        _("None: this is a count."),
        _("By a decision that rests on an assessment, on its day."),
        _("Decisions on restoration."),
        _PERSON_ONCE,
        _("It is our own word, by our own threshold: it is not the same as healed."),
        split="band",
    ),
    Indicator(
        "trained",
        Page.PEOPLE,
        _("People trained"),
        Counted(_happened(Kind.TRAINED)),
        _("Officials and others who completed a training."),
        _("None: this is a count."),
        _("On the day of the first training that somebody completed."),
        _("Participants of trainings that were held."),
        _PERSON_ONCE,
        _("It does not say what they do differently now: see what units do."),
        split="code",
    ),
)

ATTRITION: tuple[Indicator, ...] = (
    Indicator(
        "reports",
        Page.ATTRITION,
        _("Reports received"),
        Counted(_happened(Kind.REPORT)),
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
        Share(_happened(Kind.REPORT, ("code", State.ACCEPTED.value)), _happened(Kind.REPORT)),
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
        Share(_happened(Kind.REPORT, ("days__lte", 7)), _happened(Kind.REPORT)),
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
        Share(_reached(Step.CONVICTED), _reached(Step.VERDICT)),
        _("Suspects of the period who were convicted of at least one charge."),
        _("Suspects of the period about whom a court has spoken."),
        _COHORT,
        _SUSPECT_SOURCE,
        _ONE_IN_ONE,
        _("It leaves out everybody who never came before a court. Read it beside the share of those reported."),
        split="ending",
    ),
    Indicator(
        "convicted-as-charged",
        Page.ATTRITION,
        _("Convicted as charged, of those with a verdict"),
        Share(_suspects(("as_charged__isnull", False)), _reached(Step.VERDICT)),
        _("Suspects of the period convicted of a charge as it was filed."),
        _("Suspects of the period about whom a court has spoken."),
        _COHORT,
        _SUSPECT_SOURCE,
        _ONE_IN_ONE,
        _("A lesser offence can be the right verdict."),
        split="ending",
    ),
    Indicator(
        "custody-of-convicted",
        Page.ATTRITION,
        _("Sentenced to custody, of those convicted"),
        Share(_suspects(("sentenced__isnull", False)), _reached(Step.CONVICTED)),
        _("Suspects of the period sentenced to custody that was not suspended."),
        _("Suspects of the period who were convicted."),
        _COHORT,
        _SUSPECT_SOURCE,
        _ONE_IN_ONE,
        _("It says nothing about how long, nor whether the sentence is served."),
        split="type",
    ),
    Indicator(
        "stopped",
        Page.ATTRITION,
        _("Suspects who go no further"),
        Share(_suspects(("ending__gt", Ending.WAITING.value)), _suspects()),
        _("Suspects of the period whose way ended before a conviction, by the reason."),
        _("Suspects reported in the period."),
        _COHORT,
        _("Suspects of cases, the reasons of charges that ended, and the reasons for which cases were closed."),
        _ONE_IN_ONE,
        _("The reason is what was written down. A survivor who withdraws may have been made to."),
        split="ending",
    ),
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
        _CENSORED,
        _SURVIVOR_SOURCE if survivors else _SUSPECT_SOURCE,
        _SURVIVOR_ONCE if survivors else _ONE_IN_ONE,
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
    Indicator(
        "outcomes",
        Page.DURATIONS,
        _("What became of those reported"),
        Outcomes(_suspects(), "reported", "ended", "result"),
        _("Suspects convicted, acquitted, or withdrawn and ended otherwise, by the days since the report."),
        _("Suspects reported in the period."),
        _(
            "Only one of the outcomes can happen to a suspect, so they are estimated together (Aalen-Johansen). Who is "
            "still open is followed for as long as the case has been followed."
        ),
        _SUSPECT_SOURCE,
        _ONE_IN_ONE,
        _("An acquittal does not say that nothing happened."),
        split="result",
    ),
)  # fmt: skip

_CHARGED = _suspects(("charged__isnull", False), day="charged")
_RESOLVED = _suspects(("charged__isnull", False), ("ended__isnull", False), day="ended")

COURTS: tuple[Indicator, ...] = (
    Indicator(
        "clearance",
        Page.COURTS,
        _("Clearance rate"),
        Share(_RESOLVED, _CHARGED),
        _("Accused whose charges were all decided or ended in the period."),
        _("Accused charged in the period."),
        _("Above 100 % the pending cases become fewer, below it they become more."),
        _SUSPECT_SOURCE,
        _ONE_IN_ONE,
        _("Of our own cases alone: it is not the rate of the court."),
        split="result",
    ),
    Indicator(
        "disposition",
        Page.COURTS,
        _("Disposition time"),
        Disposition(_CHARGED, _RESOLVED),
        _("Accused pending at the end of the period, times the days of the period."),
        _("Accused whose charges were all decided or ended in the period."),
        _("In how many days the pending cases would be decided, if it went on at the pace of the period."),
        _SUSPECT_SOURCE,
        _ONE_IN_ONE,
        _("It is a sum and no forecast. How long people wait is drawn under durations."),
    ),
    Indicator(
        "pending-age",
        Page.COURTS,
        _("Age of the pending cases"),
        Pending(_suspects(("charged__isnull", False), day="charged"), "charged", "ended"),
        _("Accused pending at the end of the period, by the time since the charge."),
        _("Accused pending at the end of the period."),
        _("From the day of the charge to the end of the period."),
        _SUSPECT_SOURCE,
        _ONE_IN_ONE,
        _("An old case may wait for an accused who is on the run."),
    ),
    Indicator(
        "adjournments",
        Page.COURTS,
        _("Hearings that did not take place"),
        Share(
            _happened(Kind.HEARING, ("code", "adjourned")), _happened(Kind.HEARING, ("code__in", ("held", "adjourned")))
        ),
        _("Hearings of the period that were adjourned."),
        _("Hearings of the period that were held or adjourned."),
        _("By the day for which they were listed. Hearings that were cancelled in advance are left out."),
        _("Hearings, with the reason and the party on whom it rests."),
        _("Each listed day counts once."),
        _("The reason is what our lawyers wrote down in court."),
        split="reason",
    ),
    Indicator(
        "appearances",
        Page.COURTS,
        _("Days in court for each testimony"),
        Share(_happened(Kind.APPEARANCE), _happened(Kind.APPEARANCE, ("code", "testified")), percent=False),
        _("Days on which a survivor came to court, whether or not she was heard."),
        _("Days on which a survivor gave evidence."),
        _("One would mean that no survivor ever came in vain."),
        _("Survivors at hearings."),
        _("Each day of each survivor counts once."),
        _("It says nothing about how she was treated there."),
        split="code",
    ),
)

RESTORATION: tuple[Indicator, ...] = (
    Indicator(
        "restored-of-enrolled",
        Page.RESTORATION,
        _("Survivors restored, of those enrolled"),
        Share(
            _survivors(("enrolled__isnull", False), ("restored__isnull", False)),
            _survivors(("enrolled__isnull", False)),
        ),
        _("Survivors of the period whom a supervisor found restored."),
        _("Survivors reported in the period who were enrolled in aftercare."),
        _COHORT,
        _("Enrolments and decisions on restoration."),
        _SURVIVOR_ONCE,
        _("Restoration takes years: read it for years that are long past."),
        split="band",
    ),
    Indicator(
        "goals-met",
        Page.RESTORATION,
        _("Goals that survivors reached"),
        Share(_happened(Kind.GOAL, ("reason", "met")), _happened(Kind.GOAL)),
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
        "kits-unsent",
        Page.SYSTEM,
        _("Kits that were used and not sent"),
        Share(_happened(Kind.KIT, ("code", "unsent")), _happened(Kind.KIT)),
        _("Kits of the period that no laboratory has received yet."),
        _("Kits used at an examination in the period."),
        _("By the day of the examination. One that was used lately may still be sent in time."),
        _("Kits and the steps of their way."),
        _("Each kit counts once."),
        _("It does not say why: a survivor may have asked that her kit waits."),
        split="code",
    ),
)

INDICATORS: dict[str, Indicator] = {
    one.id: one for one in (*PEOPLE, *ATTRITION, *DURATIONS, *COURTS, *RESTORATION, *SYSTEM)
}
RESULT_ORDER = (Result.CONVICTED, Result.ACQUITTED, Result.LEFT)
