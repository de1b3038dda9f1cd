"""Code lists of operations."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Labels = dict[str, str | Promise]


class State(StrEnum):
    PLANNED = "planned"
    PROPOSED = "proposed"
    APPROVED = "approved"
    BRIEFED = "briefed"
    EXECUTED = "executed"
    ABORTED = "aborted"
    DEBRIEFED = "debriefed"
    SEALED = "sealed"


STATE_LABELS: Labels = {
    State.PLANNED: pgettext_lazy("operation", "Being planned"),
    State.PROPOSED: pgettext_lazy("operation", "Proposed"),
    State.APPROVED: pgettext_lazy("operation", "Approved"),
    State.BRIEFED: pgettext_lazy("operation", "Briefed"),
    State.EXECUTED: pgettext_lazy("operation", "Carried out"),
    State.ABORTED: pgettext_lazy("operation", "Aborted"),
    State.DEBRIEFED: pgettext_lazy("operation", "Debriefed"),
    State.SEALED: pgettext_lazy("operation", "Sealed"),
}
# Until then the plan may change, and its place is shown to its people.
AHEAD = frozenset({State.PLANNED, State.PROPOSED, State.APPROVED, State.BRIEFED})
# Others' plans count as plans from here on.
STANDING = frozenset({State.PROPOSED, State.APPROVED, State.BRIEFED})


class Event(StrEnum):
    PROPOSE = "propose"
    APPROVE = "approve"
    DECLINE = "decline"
    CHANGE = "change"
    BRIEF = "brief"
    EXECUTE = "execute"
    ABORT = "abort"
    DEBRIEF = "debrief"
    SEAL = "seal"


class Part(StrEnum):
    """A part of a plan. Changing one of `MATERIAL` takes the approvals back."""

    CORE = "core"
    AUTHORITY = "authority"
    CASES = "cases"
    PLACE = "place"
    TEAM = "team"
    RISKS = "risks"
    CARE = "care"
    GO = "go"
    NUMBERS = "numbers"


PART_LABELS: Labels = {
    Part.CORE: _("Objective and legal basis"),
    Part.AUTHORITY: _("The authority in the lead"),
    Part.CASES: _("Cases"),
    Part.PLACE: _("Place and time"),
    Part.TEAM: _("Team"),
    Part.RISKS: _("Risks"),
    Part.CARE: _("Care for each survivor"),
    Part.GO: _("Go or no-go"),
    Part.NUMBERS: _("Numbers to call"),
}
MATERIAL = frozenset(Part) - {Part.NUMBERS}


class Duty(StrEnum):
    """What somebody does in an operation."""

    LEAD = "lead"
    AUTHORITY = "authority"
    ENTRY = "entry"
    SURVIVORS = "survivors"
    INTERPRETER = "interpreter"
    MEDICAL = "medical"
    DRIVER = "driver"
    EVIDENCE = "evidence"
    LINE = "line"
    OBSERVER = "observer"


DUTY_LABELS: Labels = {
    Duty.LEAD: _("Leads our part"),
    Duty.AUTHORITY: _("Leads for the authority"),
    Duty.ENTRY: _("Goes in"),
    Duty.SURVIVORS: _("Stays with survivors"),
    Duty.INTERPRETER: _("Interprets"),
    Duty.MEDICAL: _("Medical help"),
    Duty.DRIVER: _("Drives"),
    Duty.EVIDENCE: _("Secures evidence"),
    Duty.LINE: _("Holds the line at the office"),
    Duty.OBSERVER: _("Observes"),
}


class Likelihood(StrEnum):
    RARE = "1"
    POSSIBLE = "2"
    LIKELY = "3"
    EXPECTED = "4"


LIKELIHOOD_LABELS: Labels = {
    Likelihood.RARE: _("Rare"),
    Likelihood.POSSIBLE: _("Possible"),
    Likelihood.LIKELY: _("Likely"),
    Likelihood.EXPECTED: _("To be expected"),
}


class Harm(StrEnum):
    SLIGHT = "1"
    PASSING = "2"
    GRAVE = "3"
    LIFE = "4"


HARM_LABELS: Labels = {
    Harm.SLIGHT: _("Slight"),
    Harm.PASSING: _("Passes"),
    Harm.GRAVE: _("Grave"),
    Harm.LIFE: _("A life"),
}


class RiskLevel(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


LEVEL_LABELS: Labels = {
    RiskLevel.LOW: pgettext_lazy("risk", "Low"),
    RiskLevel.MEDIUM: pgettext_lazy("risk", "Medium"),
    RiskLevel.HIGH: pgettext_lazy("risk", "High"),
}


class AbortReason(StrEnum):
    NO_GO = "no_go"
    LEAKED = "leaked"
    AUTHORITY = "authority"
    NOBODY_THERE = "nobody_there"
    DANGER = "danger"
    NO_CARE = "no_care"
    SURVIVOR_ASKED = "survivor_asked"
    OTHER_WAY = "other_way"
    OTHER = "other"


ABORT_LABELS: Labels = {
    AbortReason.NO_GO: _("A condition was not met"),
    AbortReason.LEAKED: _("The plan became known"),
    AbortReason.AUTHORITY: _("The authority called it off"),
    AbortReason.NOBODY_THERE: _("Nobody was there"),
    AbortReason.DANGER: _("Too dangerous for survivors or team"),
    AbortReason.NO_CARE: _("Care for survivors was not ready"),
    AbortReason.SURVIVOR_ASKED: _("A survivor asked us not to"),
    AbortReason.OTHER_WAY: _("Relief came in another way"),
    AbortReason.OTHER: _("Other"),
}


class HappeningKind(StrEnum):
    INJURY = "injury"
    THREAT = "threat"
    CHILD_ALONE = "child_alone"
    COMPLAINT = "complaint"
    LEAK = "leak"
    OTHER = "other"


HAPPENING_LABELS: Labels = {
    HappeningKind.INJURY: _("Somebody was hurt"),
    HappeningKind.THREAT: _("A threat"),
    HappeningKind.CHILD_ALONE: _("A child was left alone"),
    HappeningKind.COMPLAINT: _("A complaint about us or the authority"),
    HappeningKind.LEAK: _("Somebody knew beforehand"),
    HappeningKind.OTHER: _("Something else"),
}


class ResultKind(StrEnum):
    RELIEF = "relief"
    RESTRAINT = "restraint"


class Choice(StrEnum):
    """What an approver decided."""

    APPROVED = "approved"
    DECLINED = "declined"


class ConflictState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"


class Settled(StrEnum):
    APART = "apart"
    JOINED = "joined"
    ONE_STOPPED = "one_stopped"
    NONE = "none"


SETTLED_LABELS: Labels = {
    Settled.APART: _("They were put apart in time"),
    Settled.JOINED: _("They became one operation"),
    Settled.ONE_STOPPED: _("One of them was stopped"),
    Settled.NONE: _("They do not disturb each other"),
}
