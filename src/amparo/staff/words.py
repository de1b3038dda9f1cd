"""Names of what an organisation can set, and of the places between which a statutory clock runs."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.kernel.words import Role


class Key(StrEnum):
    """A group of settings, saved together."""

    NUMBERS = "numbers"
    RETENTION = "retention"
    RESTORATION = "restoration"
    CLOCKS = "clocks"
    HELPLINES = "helplines"
    REPORTING = "reporting"


class Number(StrEnum):
    """A setting that is one whole number."""

    MEDICAL_FIRST_HOURS = "medical_first_hours"
    MEDICAL_LAST_HOURS = "medical_last_hours"
    ACKNOWLEDGE_DAYS = "acknowledge_days"
    SCREENING_DAYS = "screening_days"
    CONTACT_OVERDUE_DAYS = "contact_overdue_days"
    CONSENT_NOTICE_DAYS = "consent_notice_days"
    KIT_PICKED_UP_DAYS = "kit_picked_up_days"
    KIT_SENT_DAYS = "kit_sent_days"
    KIT_RESULT_DAYS = "kit_result_days"
    KIT_HELD_DAYS = "kit_held_days"
    KIT_ENDING_DAYS = "kit_ending_days"
    KIT_EXPIRY_DAYS = "kit_expiry_days"
    ORDER_ENDING_DAYS = "order_ending_days"
    BREACH_HOURS = "breach_hours"
    LEAST_SHOWN = "least_shown"


NUMBER_LABELS: dict[Number, str | Promise] = {
    Number.MEDICAL_FIRST_HOURS: _("Hours in which medicine against HIV has to begin"),
    Number.MEDICAL_LAST_HOURS: _("Hours in which emergency contraception and samples are still possible"),
    Number.ACKNOWLEDGE_DAYS: _("Days in which a report is acknowledged"),
    Number.SCREENING_DAYS: _("Days in which a report is decided on"),
    Number.CONTACT_OVERDUE_DAYS: _("Days after which a survivor without contact is shown as overdue"),
    Number.CONSENT_NOTICE_DAYS: _("Days before a consent ends when its team is reminded"),
    Number.KIT_PICKED_UP_DAYS: _("Days after which a kit that nobody picked up raises an alarm"),
    Number.KIT_SENT_DAYS: _("Days after which a kit that was not sent to the laboratory raises an alarm"),
    Number.KIT_RESULT_DAYS: _("Days after which a kit without a result raises an alarm"),
    Number.KIT_HELD_DAYS: _("Days for which a kit is held when the survivor has not reported"),
    Number.KIT_ENDING_DAYS: _("Days before the end of a kit's keeping when an alarm is raised"),
    Number.KIT_EXPIRY_DAYS: _("Days before a kit in stock expires when an alarm is raised"),
    Number.ORDER_ENDING_DAYS: _("Days before an order of a court ends when it is shown on the page Today"),
    Number.BREACH_HOURS: _("Hours in which the authority is told that something got out"),
    Number.LEAST_SHOWN: _("Smallest number of people that a table shows"),
}
NUMBER_HINTS: dict[Number, str | Promise] = {
    Number.MEDICAL_FIRST_HOURS: _("Counted from the incident. Ask your clinicians before you change it."),
    Number.MEDICAL_LAST_HOURS: _("Counted from the incident. Ask your clinicians before you change it."),
    Number.KIT_HELD_DAYS: _("As long as the law lets her decide to report. 7300 days are about twenty years."),
    Number.BREACH_HOURS: _("Counted from when it was noticed, as the law of data protection says."),
    Number.LEAST_SHOWN: _("Smaller groups are hidden, so that nobody is recognised. It can be raised only."),
}

# Legends of the form, with the numbers under each.
NUMBER_GROUPS: tuple[tuple[str | Promise, tuple[Number, ...]], ...] = (
    (_("Medical windows"), (Number.MEDICAL_FIRST_HOURS, Number.MEDICAL_LAST_HOURS)),
    (_("Reports"), (Number.ACKNOWLEDGE_DAYS, Number.SCREENING_DAYS)),
    (_("Contact"), (Number.CONTACT_OVERDUE_DAYS,)),
    (_("Consent"), (Number.CONSENT_NOTICE_DAYS,)),
    (
        _("Examination kits"),
        (
            Number.KIT_PICKED_UP_DAYS,
            Number.KIT_SENT_DAYS,
            Number.KIT_RESULT_DAYS,
            Number.KIT_HELD_DAYS,
            Number.KIT_ENDING_DAYS,
            Number.KIT_EXPIRY_DAYS,
        ),
    ),
    (_("Orders of a court"), (Number.ORDER_ENDING_DAYS,)),
    (_("Data protection"), (Number.BREACH_HOURS,)),
    (_("Tables"), (Number.LEAST_SHOWN,)),
)

# How long a closed case is kept, by the reason of its closing (the reasons themselves belong to the cases).
RETENTION_LABELS: dict[str, str | Promise] = {
    "goals_met": _("Its goals were met"),
    "survivor_asks": _("The survivor asked for it"),
    "transferred": _("It was passed to another organisation"),
    "no_contact": _("Contact was lost"),
    "death": _("The survivor died"),
    "duplicate": _("It was a duplicate"),
    "not_founded": _("Nothing had happened"),
}
# The same for reports that became no case, by what was decided.
REPORT_RETENTION_LABELS: dict[str, str | Promise] = {
    "report_declined": _("A report that was declined"),
    "report_insufficient": _("A report with not enough to go on"),
    "report_referred_on": _("A report that was referred on"),
    "report_duplicate": _("A report that was told before"),
}


class RestorationArea(StrEnum):
    """Areas of a restoration assessment in which a threshold can be set."""

    OVERALL = "overall"
    SAFETY = "safety"
    LEGAL = "legal"
    MENTAL = "mental"
    ECONOMIC = "economic"
    SOCIAL = "social"
    PHYSICAL = "physical"


AREA_LABELS: dict[RestorationArea, str | Promise] = {
    RestorationArea.OVERALL: _("Overall"),
    RestorationArea.SAFETY: _("Safety"),
    RestorationArea.LEGAL: _("Rights and legal protection"),
    RestorationArea.MENTAL: _("Mental wellbeing"),
    RestorationArea.ECONOMIC: _("Livelihood and learning"),
    RestorationArea.SOCIAL: _("People around her or him"),
    RestorationArea.PHYSICAL: _("Physical wellbeing"),
}


class Milestone(StrEnum):
    """Where a statutory clock starts or stops."""

    INCIDENT = "incident"
    COMPLAINT = "complaint"
    STATEMENT = "statement"
    ARREST = "arrest"
    CHARGE = "charge"
    COGNIZANCE = "cognizance"
    TESTIMONY = "testimony"
    VERDICT = "verdict"
    SENTENCE = "sentence"
    APPEAL = "appeal"
    COMPENSATION = "compensation"


MILESTONE_LABELS: dict[Milestone, str | Promise] = {
    Milestone.INCIDENT: _("Incident"),
    Milestone.COMPLAINT: _("Complaint registered"),
    Milestone.STATEMENT: _("Statement recorded"),
    Milestone.ARREST: _("Arrest"),
    Milestone.CHARGE: _("Charge filed"),
    Milestone.COGNIZANCE: _("Taken up by the court"),
    Milestone.TESTIMONY: _("Survivor's evidence recorded"),
    Milestone.VERDICT: _("Verdict"),
    Milestone.SENTENCE: _("Sentence"),
    Milestone.APPEAL: _("Appeal filed"),
    Milestone.COMPENSATION: _("Compensation paid"),
}


class CodeList(StrEnum):
    """A list to which an organisation adds codes of its own."""

    CASE_TYPES = "case_types"
    PROGRAMMES = "programmes"
    CASE_TAGS = "case_tags"
    JURISDICTIONS = "jurisdictions"
    DISTRICTS = "districts"
    DECLINE_REASONS = "decline_reasons"


LIST_LABELS: dict[CodeList, str | Promise] = {
    CodeList.CASE_TYPES: _("More kinds of cases"),
    CodeList.PROGRAMMES: _("Programmes"),
    CodeList.CASE_TAGS: _("Tags of cases"),
    CodeList.JURISDICTIONS: _("Jurisdictions"),
    CodeList.DISTRICTS: _("Districts"),
    CodeList.DECLINE_REASONS: _("More reasons to decline a report"),
}


# One sentence each about what a colleague does, for who meets the organisation for the first time.
ROLE_SENTENCES: dict[Role, str | Promise] = {
    Role.INTAKE: _("Takes reports, sees to immediate danger and decides what becomes a case."),
    Role.SUPERVISOR: _("Forms teams, looks after the caseload of an office and approves closing."),
    Role.CASEWORKER: _("Stands by survivors: safety, care plans, follow-up."),
    Role.INVESTIGATOR: _("Follows leads and gathers evidence."),
    Role.LAWYER: _("Takes cases to court and prepares survivors for it."),
    Role.EXAMINER: _("Examines and documents injuries."),
    Role.CUSTODIAN: _("Keeps exhibits and every hand-over of them."),
    Role.POLICE: _("Works with the team on arrests and sees only those cases."),
    Role.PROSECUTOR: _("Brings charges and sees what was disclosed."),
    Role.TRAINER: _("Trains and mentors police, courts and hospitals."),
    Role.ANALYST: _("Counts and compares; sees no names."),
    Role.DIRECTOR: _("Leads the programme; sees states and numbers."),
    Role.PROTECTION: _("Watches over data and who looked at it."),
    Role.AUDITOR: _("Checks cases that were opened for an audit, and the ledger."),
    Role.SYSTEM: _("Invites colleagues and keeps Amparo running; sees no case."),
    Role.OUTSIDER: _("Has an account and no role, so sees nothing."),
}

LANGUAGE_LABELS: dict[str, str] = {"en": "English", "ar": "العربية"}
THEME_LABELS: dict[str, str | Promise] = {
    "device": _("As the device is set"),
    "light": _("Light"),
    "dark": _("Dark"),
}
