"""Code lists of insight. The indicators themselves stand in `registry`."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Labels = dict[str, str | Promise]


class Step(IntEnum):
    """How far one suspect in one case has come, in the order in which attrition is counted."""

    REPORTED = 0
    IDENTIFIED = 1
    RESTRAINED = 2
    CHARGED = 3
    ENROLLED = 4
    TRIAL = 5
    VERDICT = 6
    CONVICTED = 7


STEP_LABELS: dict[Step, str | Promise] = {
    Step.REPORTED: _("Reported"),
    Step.IDENTIFIED: _("Suspect identified"),
    Step.RESTRAINED: _("Arrested or restrained"),
    Step.CHARGED: _("Charged"),
    Step.ENROLLED: _("Taken up by the court"),
    Step.TRIAL: _("Trial begun"),
    Step.VERDICT: _("Verdict"),
    Step.CONVICTED: _("Convicted"),
}


class Ending(StrEnum):
    """Why a suspect goes no further. `WAITING` is not an ending: the way is still open."""

    WAITING = ""
    UNIDENTIFIED = "unidentified"
    EVIDENCE = "insufficient_evidence"
    COMPLAINANT_WITHDREW = "complainant_withdrew"
    COMPLAINANT_UNTRACED = "complainant_untraced"
    PROSECUTOR_DECLINED = "prosecutor_declined"
    DISCHARGED = "discharged"
    WITHDRAWN = "withdrawn"
    ACQUITTED = "acquitted"
    DIED_OR_GONE = "died_or_absconded"
    DIVERTED = "diverted"
    OTHER = "other"


ENDING_LABELS: Labels = {
    Ending.WAITING: pgettext_lazy("where a suspect's case stands", "Still waiting"),
    Ending.UNIDENTIFIED: pgettext_lazy("why a suspect's case ended", "Nobody was identified"),
    Ending.EVIDENCE: _("Not enough evidence"),
    Ending.COMPLAINANT_WITHDREW: _("The complainant withdrew"),
    Ending.COMPLAINANT_UNTRACED: _("The complainant could not be found"),
    Ending.PROSECUTOR_DECLINED: _("The prosecutor declined for another reason"),
    Ending.DISCHARGED: _("Struck off or discharged"),
    Ending.WITHDRAWN: _("Withdrawn by the prosecution"),
    Ending.ACQUITTED: _("Acquitted"),
    Ending.DIED_OR_GONE: _("The accused died or absconded"),
    Ending.DIVERTED: _("Settled outside the court"),
    Ending.OTHER: _("Another reason"),
}


class Result(StrEnum):
    """What became of a suspect, of which only one can be."""

    OPEN = "open"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    LEFT = "left"


RESULT_LABELS: Labels = {
    Result.CONVICTED: _("Convicted"),
    Result.ACQUITTED: _("Acquitted"),
    Result.LEFT: _("Withdrawn or ended otherwise"),
    Result.OPEN: _("Still open"),
}


class Kind(StrEnum):
    """What a counted happening is."""

    REPORT = "report"
    CASE = "case"
    CLOSED = "closed"
    RELIEF = "relief"
    RESTRAINT = "restraint"
    CONVICTION = "conviction"
    ENROLMENT = "enrolment"
    RESTORED = "restored"
    GOAL = "goal"
    HEARING = "hearing"
    APPEARANCE = "appearance"
    KIT = "kit"
    TRAINED = "trained"
    PRACTICE = "practice"


class AgeBand(StrEnum):
    CHILD_5 = "0-5"
    CHILD_11 = "6-11"
    CHILD_14 = "12-14"
    CHILD_17 = "15-17"
    CHILD = "0-17"
    ADULT_24 = "18-24"
    ADULT_59 = "25-59"
    ADULT_60 = "60-"
    ADULT = "18-"
    UNKNOWN = ""


BAND_LABELS: Labels = {
    AgeBand.CHILD_5: _("0 to 5"),
    AgeBand.CHILD_11: _("6 to 11"),
    AgeBand.CHILD_14: _("12 to 14"),
    AgeBand.CHILD_17: _("15 to 17"),
    AgeBand.CHILD: _("Under 18, not known more closely"),
    AgeBand.ADULT_24: _("18 to 24"),
    AgeBand.ADULT_59: _("25 to 59"),
    AgeBand.ADULT_60: _("60 or older"),
    AgeBand.ADULT: _("18 or older, not known more closely"),
    AgeBand.UNKNOWN: _("Age not known"),
}


class AgeGroup(StrEnum):
    """What people choose by: the bands joined."""

    CHILD = "child"
    ADULT = "adult"
    UNKNOWN = "unknown"


GROUP_LABELS: Labels = {
    AgeGroup.CHILD: _("Under 18"),
    AgeGroup.ADULT: _("18 or older"),
    AgeGroup.UNKNOWN: _("Age not known"),
}
BANDS_OF: dict[AgeGroup, tuple[AgeBand, ...]] = {
    AgeGroup.CHILD: (
        AgeBand.CHILD_5,
        AgeBand.CHILD_11,
        AgeBand.CHILD_14,
        AgeBand.CHILD_17,
        AgeBand.CHILD,
    ),
    AgeGroup.ADULT: (AgeBand.ADULT_24, AgeBand.ADULT_59, AgeBand.ADULT_60, AgeBand.ADULT),
    AgeGroup.UNKNOWN: (AgeBand.UNKNOWN,),
}


class ReleaseState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"


RELEASE_LABELS: Labels = {
    ReleaseState.ASKED: _("Waits for a second person"),
    ReleaseState.APPROVED: _("Approved"),
    ReleaseState.DECLINED: _("Not approved"),
}
