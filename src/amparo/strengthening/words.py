"""Code lists of strengthening, in the field's own terms."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Labels: TypeAlias = Mapping[str, str | Promise]


# ---- mentoring ---------------------------------------------------------------------------------------------


class Mode(StrEnum):
    ADVISE = "advise"
    ACCOMPANY = "accompany"
    MODEL = "model"
    CO_WORK = "co_work"
    OBSERVE = "observe"


MODE_LABELS: Labels = {
    Mode.ADVISE: _("Advise: we say how it can be done"),
    Mode.ACCOMPANY: _("Accompany: we are there while it is done"),
    Mode.MODEL: _("Model: we do it, they watch"),
    Mode.CO_WORK: _("Co-work: we do it together"),
    Mode.OBSERVE: _("Observe: they do it, we watch"),
}
MODE_SHORT: Labels = {
    Mode.ADVISE: _("advised"),
    Mode.ACCOMPANY: _("accompanied"),
    Mode.MODEL: _("modelled"),
    Mode.CO_WORK: _("worked together"),
    Mode.OBSERVE: _("observed"),
}


class Skill(StrEnum):
    FIRST_CONTACT = "first_contact"
    INTERVIEW = "interview"
    SCENE = "scene"
    WITNESSES = "witnesses"
    EXAMINATION = "examination"
    EVIDENCE = "evidence"
    SUSPECT = "suspect"
    CHARGE = "charge"
    COURT = "court"
    VICTIM_CARE = "victim_care"
    RECORDS = "records"


SKILL_LABELS: Labels = {
    Skill.FIRST_CONTACT: _("First contact with a survivor"),
    Skill.INTERVIEW: _("Trauma-informed interview"),
    Skill.SCENE: _("Work at the scene"),
    Skill.WITNESSES: _("Witnesses' statements"),
    Skill.EXAMINATION: _("Medico-legal examination"),
    Skill.EVIDENCE: _("Evidence and custody"),
    Skill.SUSPECT: _("Tracing and arrest"),
    Skill.CHARGE: _("Drawing up charges"),
    Skill.COURT: _("Work in court"),
    Skill.VICTIM_CARE: _("Care and protection of victims"),
    Skill.RECORDS: _("Keeping the file and its figures"),
}


class ContactState(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    REVIEWED = "reviewed"
    CANCELLED = "cancelled"


CONTACT_STATE_LABELS: Labels = {
    ContactState.PLANNED: _("Planned"),
    ContactState.DONE: _("Done, to be reviewed"),
    ContactState.REVIEWED: _("Reviewed"),
    ContactState.CANCELLED: _("Called off"),
}


class ContactEvent(StrEnum):
    CHANGE = "change"
    DO = "do"
    REVIEW = "review"
    CANCEL = "cancel"


class Progress(StrEnum):
    """What the review of a contact says of the skill."""

    NOT_YET = "not_yet"
    WITH_HELP = "with_help"
    ALONE = "alone"
    TEACHES = "teaches"


PROGRESS_LABELS: Labels = {
    Progress.NOT_YET: _("Not done yet"),
    Progress.WITH_HELP: _("Done with help"),
    Progress.ALONE: _("Done alone"),
    Progress.TEACHES: _("Shows others how"),
}


# ---- practice ----------------------------------------------------------------------------------------------


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NA = "na"


ANSWER_LABELS: Labels = {
    Answer.YES: pgettext_lazy("answer of a checklist", "Yes"),
    Answer.NO: pgettext_lazy("answer of a checklist", "No"),
    Answer.NA: pgettext_lazy("answer of a checklist", "Does not apply"),
}

# The items that every version of the checklist has, in the reader's language. The texts stand in the file of the
# checklist as well; a test holds the two together.
ITEM_LABELS: Labels = {
    "contact_given": _("The survivor was given the investigating officer's name and number"),
    "other_contact": _("A second way to reach the survivor was written down"),
    "scene_visited": _("The scene was visited"),
    "witnesses_heard": _("Statements of all available witnesses were taken"),
    "examined_in_time": _("The medical examination was within its window"),
    "kit_sent": _("The examination kit was sent to the laboratory"),
    "result_returned": _("The laboratory's result came back"),
    "outcome_told": _("The survivor was told what was decided"),
    "interview_informed": _("The interview was trauma-informed"),
    "no_contact": _("The survivor did not have to meet the accused"),
    "support_person": _("A support person was with the survivor"),
}
ITEM_SHORT: Labels = {
    "contact_given": _("Contact given"),
    "other_contact": _("Second contact kept"),
    "scene_visited": _("Scene visited"),
    "witnesses_heard": _("Witnesses heard"),
    "examined_in_time": _("Examined in time"),
    "kit_sent": _("Kit sent"),
    "result_returned": _("Result returned"),
    "outcome_told": _("Outcome told"),
    "interview_informed": _("Interview informed"),
    "no_contact": _("No contact"),
    "support_person": _("Support person"),
}


class FileState(StrEnum):
    DRAFT = "draft"
    COMPLETE = "complete"


FILE_STATE_LABELS: Labels = {FileState.DRAFT: _("Being filled"), FileState.COMPLETE: _("Complete")}


class SheetState(StrEnum):
    DRAFT = "draft"
    VALIDATED = "validated"
    PUBLISHED = "published"


SHEET_STATE_LABELS: Labels = {
    SheetState.DRAFT: _("Draft"),
    SheetState.VALIDATED: _("Validated with the unit"),
    SheetState.PUBLISHED: _("Published as an aggregate"),
}


class SheetEvent(StrEnum):
    CHANGE = "change"
    VALIDATE = "validate"
    PUBLISH = "publish"


# ---- assessments -------------------------------------------------------------------------------------------


class Occasion(StrEnum):
    BASELINE = "baseline"
    MIDDLE = "middle"
    END = "end"


OCCASION_LABELS: Labels = {
    Occasion.BASELINE: pgettext_lazy("point of a measurement", "Baseline"),
    Occasion.MIDDLE: pgettext_lazy("point of a measurement", "Middle"),
    Occasion.END: pgettext_lazy("point of a measurement", "End"),
}


class Domain(StrEnum):
    REPORTING = "reporting"
    FIRST_RESPONSE = "first_response"
    INVESTIGATION = "investigation"
    MEDICO_LEGAL = "medico_legal"
    CHARGING = "charging"
    TRIAL = "trial"
    VICTIM_CARE = "victim_care"
    DATA = "data"


DOMAIN_LABELS: Labels = {
    Domain.REPORTING: _("Reporting"),
    Domain.FIRST_RESPONSE: _("First response"),
    Domain.INVESTIGATION: _("Investigation"),
    Domain.MEDICO_LEGAL: _("Medico-legal work"),
    Domain.CHARGING: _("Charging"),
    Domain.TRIAL: _("Trial"),
    Domain.VICTIM_CARE: _("Victim care"),
    Domain.DATA: _("Data"),
}

# What each level looks like when one visits the unit, from 1 to 4.
ANCHORS: Mapping[str, tuple[str | Promise, str | Promise, str | Promise, str | Promise]] = {
    Domain.REPORTING: (
        _("People are sent away or told to settle it at home; nothing is written down."),
        _("Reports are taken on some days or by some officers; the survivor gets no paper."),
        _("Every report is written down on the same day, and the survivor gets its number."),
        _("Reports are taken day and night in a private room, also from others, and refusals are looked into."),
    ),
    Domain.FIRST_RESPONSE: (
        _("Nobody asks whether the survivor is safe or hurt."),
        _("Safety and injuries are asked about when somebody thinks of it."),
        _("Safety, medical help and the time window are dealt with in every report."),
        _("A trained officer does so within the hour, with a support person, and it is checked."),
    ),
    Domain.INVESTIGATION: (
        _("The file holds the complaint and little else."),
        _("Some statements are taken; scenes are rarely visited and exhibits are kept without a list."),
        _("Scene, witnesses and exhibits are worked through by a plan that stands in the file."),
        _("A superior goes through each open file every month, and what is missing is done."),
    ),
    Domain.MEDICO_LEGAL: (
        _("Survivors are not taken to an examination, or have to pay for it."),
        _("Examinations happen late; kits wait on a shelf."),
        _("Examinations are within their window and kits go to the laboratory with a chain of custody."),
        _("Results come back in time, are read and explained, and unsent kits are counted each month."),
    ),
    Domain.CHARGING: (
        _("Nobody can say why a file was closed or charged."),
        _("Decisions are made late, and reasons are in some files."),
        _("Decisions are made in time, in writing, with a reason that fits the evidence."),
        _("Prosecutors guide the investigation early, and closed files are reviewed by a second one."),
    ),
    Domain.TRIAL: (
        _("Survivors meet the accused in the corridor and are heard again and again."),
        _("Protection is given when a lawyer insists; hearings are often put off."),
        _("Protection is asked for in each case, and hearings that are put off have a reason on record."),
        _("Survivors are heard once, protected and prepared, and delay is counted and dealt with."),
    ),
    Domain.VICTIM_CARE: (
        _("Nobody tells survivors anything."),
        _("Some are referred to services; what was decided they learn by chance."),
        _("Each is referred, has somebody to ask, and is told what was decided."),
        _("One named person stays with each survivor to the end, and survivors are asked how it was."),
    ),
    Domain.DATA: (
        _("There are no figures."),
        _("There is a register, with gaps, and nobody adds it up."),
        _("The register is complete and is added up each quarter."),
        _("The unit looks at its own figures each month and changes something because of them."),
    ),
}

# ---- reform ------------------------------------------------------------------------------------------------


class ReformState(StrEnum):
    IDENTIFIED = "identified"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    ADOPTED = "adopted"
    SUSTAINED = "sustained"
    LAPSED = "lapsed"


REFORM_STATE_LABELS: Labels = {
    ReformState.IDENTIFIED: _("Problem identified"),
    ReformState.AGREED: _("Agreed"),
    ReformState.IN_PROGRESS: _("In progress"),
    ReformState.ADOPTED: _("Adopted"),
    ReformState.SUSTAINED: _("Sustained"),
    ReformState.LAPSED: _("Lapsed"),
}


class ReformEvent(StrEnum):
    CHANGE = "change"
    AGREE = "agree"
    BEGIN = "begin"
    ADOPT = "adopt"
    SUSTAIN = "sustain"
    LAPSE = "lapse"


class EvidenceKind(StrEnum):
    SHEET = "sheet"
    ASSESSMENT = "assessment"
    FILE = "file"


# ---- scorecard ---------------------------------------------------------------------------------------------


class Measure(StrEnum):
    RELIANCE = "reliance"
    PERFORMANCE = "performance"
    CONFIDENCE = "confidence"
    PREVALENCE = "prevalence"


MEASURE_LABELS: Labels = {
    Measure.RELIANCE: _("Reliance"),
    Measure.PERFORMANCE: _("Performance"),
    Measure.CONFIDENCE: _("Confidence"),
    Measure.PREVALENCE: _("Prevalence"),
}
MEASURE_QUESTIONS: Labels = {
    Measure.RELIANCE: _("Do people report, and use the system?"),
    Measure.PERFORMANCE: _("Does the system respond as it must?"),
    Measure.CONFIDENCE: _("Do people trust it?"),
    Measure.PREVALENCE: _("Is there less of the crime?"),
}


class Method(StrEnum):
    HOUSEHOLD = "household"
    TIME_SPACE = "time_space"
    RESPONDENT = "respondent"
    FILE_REVIEW = "file_review"
    STAKEHOLDERS = "stakeholders"
    REGISTER = "register"


METHOD_LABELS: Labels = {
    Method.HOUSEHOLD: _("Household survey"),
    Method.TIME_SPACE: _("Sample of times and places"),
    Method.RESPONDENT: _("Respondents who name others"),
    Method.FILE_REVIEW: _("Review of case files"),
    Method.STAKEHOLDERS: _("Survey of those who work with the system"),
    Method.REGISTER: _("Count from a register"),
}


class Per(StrEnum):
    """What a value is a share of: it runs from 0 to this number."""

    HUNDRED = "100"
    THOUSAND = "1000"
    LAKH = "100000"


PER_LABELS: Labels = {
    Per.HUNDRED: _("of every 100"),
    Per.THOUSAND: _("of every 1,000"),
    Per.LAKH: _("of every 100,000"),
}


class Withdrawn(StrEnum):
    WRONG = "wrong"
    REPLACED = "replaced"
    SOURCE = "source"


WITHDRAWN_LABELS: Labels = {
    Withdrawn.WRONG: _("It was entered wrongly"),
    Withdrawn.REPLACED: _("The source published a corrected figure"),
    Withdrawn.SOURCE: _("The source turned out not to be reliable"),
}
