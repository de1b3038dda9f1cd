"""Code lists of investigations."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.partners.words import AgencyKind

Labels = dict[str, str | Promise]


class LeadKind(StrEnum):
    PERSON = "person"
    PLACE = "place"
    DOCUMENT = "document"
    ACCOUNT = "account"
    MONEY = "money"
    VEHICLE = "vehicle"
    WITNESS = "witness"
    OTHER = "other"


LEAD_LABELS: Labels = {
    LeadKind.PERSON: _("A person to identify"),
    LeadKind.WITNESS: _("A witness to find"),
    LeadKind.PLACE: _("A place"),
    LeadKind.DOCUMENT: _("A document or record"),
    LeadKind.ACCOUNT: _("A telephone or online account"),
    LeadKind.MONEY: _("Money"),
    LeadKind.VEHICLE: _("A vehicle"),
    LeadKind.OTHER: _("Something else"),
}


class LeadState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class AskState(StrEnum):
    """How far something is that a partner was asked to do."""

    ASKED = "asked"
    ANSWERED = "answered"
    DROPPED = "dropped"


class AskReply(StrEnum):
    """What a partner says to what they were asked."""

    ANSWER = "answer"
    CANNOT = "cannot"
    NOT_OURS = "not_ours"


# As the partner says it, and as it is said of the partner.
OWN_REPLY_LABELS: Labels = {
    AskReply.ANSWER: _("Here is our answer"),
    AskReply.CANNOT: _("We cannot do it"),
    AskReply.NOT_OURS: _("It is not ours to do"),
}
REPLY_LABELS: Labels = {
    AskReply.ANSWER: _("They answered"),
    AskReply.CANNOT: _("They cannot do it"),
    AskReply.NOT_OURS: _("It is not theirs to do"),
}


class LeadEvent(StrEnum):
    CHANGE = "change"
    CLOSE = "close"
    REOPEN = "reopen"


class LeadOutcome(StrEnum):
    FOUND = "found"
    PARTLY = "partly"
    NOTHING = "nothing"
    EXCULPATES = "exculpates"
    PASSED_ON = "passed_on"
    STOPPED = "stopped"


LEAD_OUTCOME_LABELS: Labels = {
    LeadOutcome.FOUND: _("Found out"),
    LeadOutcome.PARTLY: _("Found out in part"),
    LeadOutcome.NOTHING: _("Nothing was found"),
    LeadOutcome.EXCULPATES: _("It speaks for a suspect's innocence"),
    LeadOutcome.PASSED_ON: _("Passed on to the authorities"),
    LeadOutcome.STOPPED: _("Stopped, for the safety of somebody"),
}


class Status(StrEnum):
    """What is known of a suspect. Restrained otherwise is not arrested, and charged is not guilty."""

    IDENTIFIED = "identified"
    SOUGHT = "sought"
    ARRESTED = "arrested"
    BAILED = "bailed"
    RESTRAINED = "restrained"
    CHARGED = "charged"
    ABSCONDED = "absconded"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    DECEASED = "deceased"


STATUS_LABELS: Labels = {
    Status.IDENTIFIED: _("Identified"),
    Status.SOUGHT: _("Sought"),
    Status.ARRESTED: _("Arrested"),
    Status.BAILED: _("Released on bail"),
    Status.RESTRAINED: _("Restrained otherwise, not arrested"),
    Status.CHARGED: _("Charged"),
    Status.ABSCONDED: _("Absconded"),
    Status.CONVICTED: _("Convicted"),
    Status.ACQUITTED: _("Acquitted"),
    Status.DECEASED: _("Deceased"),
}
ONLY_BY_VERDICT = frozenset({Status.CONVICTED, Status.ACQUITTED})


class Source(StrEnum):
    POLICE = "police"
    PROSECUTOR = "prosecutor"
    COURT = "court"
    SURVIVOR = "survivor"
    WITNESS = "witness"
    OWN = "own"
    PUBLIC = "public"
    VERDICT = "verdict"


SOURCE_LABELS: Labels = {
    Source.POLICE: _("Police"),
    Source.PROSECUTOR: _("Prosecutor"),
    Source.COURT: _("Court"),
    Source.SURVIVOR: _("The survivor"),
    Source.WITNESS: _("A witness"),
    Source.OWN: _("Our own work"),
    Source.PUBLIC: _("A public record"),
    Source.VERDICT: _("The verdict"),
}


class Relieved(StrEnum):
    """How a survivor came out of the violence."""

    RESCUED = "rescued"
    SELF_EXIT = "self_exit"
    PROTECTION_ORDER = "protection_order"
    RESTRAINT = "restraint"
    OTHER = "other"


RELIEVED_LABELS: Labels = {
    Relieved.RESCUED: _("Brought to safety"),
    Relieved.SELF_EXIT: _("Left by her or his own strength"),
    Relieved.PROTECTION_ORDER: _("Protection order"),
    Relieved.RESTRAINT: _("The suspect was restrained"),
    Relieved.OTHER: _("In another way"),
}


class Restrained(StrEnum):
    """What keeps a suspect from going on."""

    ARREST = "arrest"
    DETENTION = "detention"
    NO_CONTACT = "no_contact"
    BAIL_TERMS = "bail_terms"
    REMOVED = "removed"
    ACCESS_CLOSED = "access_closed"
    OTHER = "other"


RESTRAINED_LABELS: Labels = {
    Restrained.ARREST: _("Arrest"),
    Restrained.DETENTION: _("Detention by a court"),
    Restrained.NO_CONTACT: _("Order to keep away"),
    Restrained.BAIL_TERMS: _("Conditions of bail"),
    Restrained.REMOVED: _("Removed from post, home or work"),
    Restrained.ACCESS_CLOSED: _("Place or account closed"),
    Restrained.OTHER: _("In another way"),
}


class Attribution(StrEnum):
    DIRECT = "direct"
    SUPPORTED = "supported"
    TRAINED = "trained"


ATTRIBUTION_LABELS: Labels = {
    Attribution.DIRECT: _("We did it together with the authorities"),
    Attribution.SUPPORTED: _("We supported those who did it"),
    Attribution.TRAINED: _("A partner whom we trained did it alone"),
}


class OutcomeState(StrEnum):
    PROVISIONAL = "provisional"
    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"


OUTCOME_STATE_LABELS: Labels = {
    OutcomeState.PROVISIONAL: _("Not yet verified"),
    OutcomeState.VERIFIED: _("Verified"),
    OutcomeState.WITHDRAWN: _("Withdrawn"),
}


class OutcomeEvent(StrEnum):
    VERIFY = "verify"
    WITHDRAW = "withdraw"


class WithdrawReason(StrEnum):
    TWICE = "twice"
    MISTAKEN = "mistaken"
    NOT_LASTING = "not_lasting"
    WRONG_DAY = "wrong_day"
    WRONG_WHO = "wrong_who"
    WRONG_WHAT = "wrong_what"


WITHDRAW_LABELS: Labels = {
    WithdrawReason.TWICE: _("Written down twice"),
    WithdrawReason.MISTAKEN: _("It did not happen like this"),
    WithdrawReason.NOT_LASTING: _("It did not last"),
}
# Why something is put right: what stands instead is written down in the same step.
CORRECT_LABELS: Labels = {
    WithdrawReason.WRONG_DAY: _("The day was wrong"),
    WithdrawReason.WRONG_WHO: _("It was somebody else"),
    WithdrawReason.WRONG_WHAT: _("It was not as it was written"),
}


class Agency(StrEnum):
    POLICE = "police"
    PROSECUTION = "prosecution"
    COURT = "court"
    LABOUR = "labour"
    WELFARE = "welfare"
    HEALTH = "health"
    LOCAL = "local"
    OTHER = "other"


AGENCY_LABELS: Labels = {
    Agency.POLICE: _("Police"),
    Agency.PROSECUTION: _("Prosecution"),
    Agency.COURT: _("Court"),
    Agency.LABOUR: _("Labour inspection"),
    Agency.WELFARE: _("Social welfare"),
    Agency.HEALTH: _("Health service"),
    Agency.LOCAL: _("Local administration"),
    Agency.OTHER: _("Other"),
}


def agency_of(kind: AgencyKind) -> Agency:
    """What kind an agency of the directory is among officials; what is not in this list is another one."""
    return Agency(kind.value) if kind.value in set(Agency) else Agency.OTHER


class ContactKind(StrEnum):
    CALL = "call"
    MEETING = "meeting"
    VISIT = "visit"
    LETTER = "letter"
    COURT = "court"
    JOINT = "joint"


CONTACT_LABELS: Labels = {
    ContactKind.CALL: _("Telephone call"),
    ContactKind.MEETING: _("Meeting"),
    ContactKind.VISIT: _("Visit"),
    ContactKind.LETTER: _("Letter or e-mail"),
    ContactKind.COURT: _("At court"),
    ContactKind.JOINT: _("Work side by side"),
}


# ---- interviews --------------------------------------------------------------------------------------------


class InterviewState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    TRANSCRIBED = "transcribed"
    REVIEWED = "reviewed"
    SEALED = "sealed"
    DROPPED = "dropped"


INTERVIEW_STATE_LABELS: Labels = {
    InterviewState.PLANNED: _("Planned"),
    InterviewState.HELD: _("Held"),
    InterviewState.TRANSCRIBED: _("Written down"),
    InterviewState.REVIEWED: _("Reviewed with her or him"),
    InterviewState.SEALED: _("Sealed"),
    InterviewState.DROPPED: _("Not held"),
}


class InterviewEvent(StrEnum):
    CHANGE = "change"
    HOLD = "hold"
    TRANSCRIBE = "transcribe"
    REVIEW = "review"
    SEAL = "seal"
    DROP = "drop"


class InterviewPurpose(StrEnum):
    STATEMENT = "statement"
    JUDICIAL = "judicial"
    CLARIFY = "clarify"
    SHOWN = "shown"
    WITNESS = "witness"
    SAFETY = "safety"


INTERVIEW_PURPOSE_LABELS: Labels = {
    InterviewPurpose.STATEMENT: _("A first statement"),
    InterviewPurpose.JUDICIAL: _("A statement before a magistrate or recorded for court"),
    InterviewPurpose.CLARIFY: _("To clear up one point"),
    InterviewPurpose.SHOWN: _("To look at a picture, place or object"),
    InterviewPurpose.WITNESS: _("What a witness knows"),
    InterviewPurpose.SAFETY: _("Danger, and who threatens"),
}


class Qualification(StrEnum):
    CHILD = "child"
    TRAUMA = "trauma"
    LEGAL = "legal"
    NONE = "none"


QUALIFICATION_LABELS: Labels = {
    Qualification.CHILD: _("Trained to interview children"),
    Qualification.TRAUMA: _("Trained to interview survivors"),
    Qualification.LEGAL: _("An officer or magistrate, by office"),
    Qualification.NONE: _("Not trained for it"),
}


class Interpreting(StrEnum):
    NOT_NEEDED = "not_needed"
    TRAINED = "trained"
    OTHER = "other"


INTERPRETING_LABELS: Labels = {
    Interpreting.NOT_NEEDED: _("Not needed"),
    Interpreting.TRAINED: _("A trained interpreter who is no relative"),
    Interpreting.OTHER: _("Somebody else"),
}


class Support(StrEnum):
    CHOSEN = "chosen"
    PROFESSIONAL = "professional"
    CAREGIVER = "caregiver"
    DECLINED = "declined"
    NONE = "none"


SUPPORT_LABELS: Labels = {
    Support.CHOSEN: _("Somebody whom she or he chose"),
    Support.PROFESSIONAL: _("A psychologist, social worker or lawyer"),
    Support.CAREGIVER: _("The caregiver"),
    Support.DECLINED: _("Offered, and not wanted"),
    Support.NONE: _("Nobody yet"),
}
# Who sits beside her: an offer that was declined is no support, though it may be her right.
SUPPORTING = frozenset({Support.CHOSEN, Support.PROFESSIONAL, Support.CAREGIVER})


class ReviewedHow(StrEnum):
    READ = "read"
    READ_ALOUD = "read_aloud"
    INTERPRETED = "interpreted"


REVIEWED_LABELS: Labels = {
    ReviewedHow.READ: _("She or he read it"),
    ReviewedHow.READ_ALOUD: _("It was read aloud"),
    ReviewedHow.INTERPRETED: _("It was read aloud by the interpreter"),
}


class DropReason(StrEnum):
    NOT_NEEDED = "not_needed"
    DECLINED = "declined"
    UNSAFE = "unsafe"
    UNWELL = "unwell"
    ABSENT = "absent"
    OTHER = "other"


DROP_LABELS: Labels = {
    DropReason.NOT_NEEDED: _("What is known already was enough"),
    DropReason.DECLINED: _("She or he does not want it"),
    DropReason.UNSAFE: _("It was not safe"),
    DropReason.UNWELL: _("She or he was not well enough"),
    DropReason.ABSENT: _("Somebody who is needed was not there"),
    DropReason.OTHER: _("Another reason"),
}


class Caution(StrEnum):
    """What to look at before a child, or somebody whose age nobody knows, is asked."""

    UNTRAINED = "untrained"
    ALONE = "alone"
    AGE_UNKNOWN = "age_unknown"


CAUTION_LABELS: Labels = {
    Caution.UNTRAINED: _("A child is asked only by somebody who is trained to interview children."),
    Caution.ALONE: _("A child is never asked alone: a support person sits beside her or him."),
    Caution.AGE_UNKNOWN: _("Nobody knows the age: if it may be a child, plan it as for a child."),
}


# ---- threats -----------------------------------------------------------------------------------------------


class ThreatState(StrEnum):
    OPEN = "open"
    MITIGATED = "mitigated"
    CLOSED = "closed"


THREAT_STATE_LABELS: Labels = {
    ThreatState.OPEN: pgettext_lazy("a threat", "Open"),
    ThreatState.MITIGATED: _("Mitigated"),
    ThreatState.CLOSED: _("Closed"),
}


class ThreatEvent(StrEnum):
    ASSESS = "assess"
    MITIGATE = "mitigate"
    REOPEN = "reopen"
    CLOSE = "close"


class Threatener(StrEnum):
    """Who threatens; a suspect who is known is named beside it by her or his code."""

    SUSPECT = "suspect"
    AROUND = "around"
    FAMILY = "family"
    OFFICIAL = "official"
    UNKNOWN = "unknown"


THREATENER_LABELS: Labels = {
    Threatener.SUSPECT: _("A suspect"),
    Threatener.AROUND: _("People around a suspect"),
    Threatener.FAMILY: _("Her or his own family or community"),
    Threatener.OFFICIAL: _("Somebody in office"),
    Threatener.UNKNOWN: _("Nobody knows who"),
}


class ThreatKind(StrEnum):
    SAID = "said"
    MESSAGE = "message"
    WATCHED = "watched"
    VIOLENCE = "violence"
    PROPERTY = "property"
    MONEY = "money"
    COMPLAINT = "complaint"
    FOUND = "found"


THREAT_KIND_LABELS: Labels = {
    ThreatKind.SAID: _("Threatened in words"),
    ThreatKind.MESSAGE: _("Threatened by message or online"),
    ThreatKind.WATCHED: _("Followed or watched"),
    ThreatKind.VIOLENCE: _("Attacked"),
    ThreatKind.PROPERTY: _("Property damaged"),
    ThreatKind.MONEY: _("Money offered or asked for silence"),
    ThreatKind.COMPLAINT: _("Threatened with a complaint or in court"),
    ThreatKind.FOUND: _("A protected place or number became known"),
}


class ThreatRisk(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


THREAT_RISK_LABELS: Labels = {
    ThreatRisk.HIGH: _("High: it may happen any day"),
    ThreatRisk.MEDIUM: _("Medium: it may happen"),
    ThreatRisk.LOW: _("Low: it is not likely now"),
}


class MeasureKind(StrEnum):
    MOVED = "moved"
    STAYS_WITH = "stays_with"
    ESCORT = "escort"
    NUMBERS = "numbers"
    PLAN = "plan"
    POLICE = "police"
    ORDER = "order"
    COURT = "court"
    TEAM = "team"
    OTHER = "other"


MEASURE_LABELS: Labels = {
    MeasureKind.MOVED: _("Move to a safe place"),
    MeasureKind.STAYS_WITH: _("Somebody stays with her or him"),
    MeasureKind.ESCORT: _("Company on the way"),
    MeasureKind.NUMBERS: _("New telephone, accounts or code word"),
    MeasureKind.PLAN: _("Go through the safety plan again"),
    MeasureKind.POLICE: _("Tell the police and ask for protection"),
    MeasureKind.ORDER: _("Ask for a protection order or for bail to end"),
    MeasureKind.COURT: _("Protection in court"),
    MeasureKind.TEAM: _("Protect colleagues"),
    MeasureKind.OTHER: _("Something else"),
}


class MeasureState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class ThreatClosed(StrEnum):
    OVER = "over"
    RESTRAINED = "restrained"
    MOVED = "moved"
    UNFOUNDED = "unfounded"


THREAT_CLOSED_LABELS: Labels = {
    ThreatClosed.OVER: _("It has not been repeated for a long time"),
    ThreatClosed.RESTRAINED: _("Who threatened is kept from it"),
    ThreatClosed.MOVED: _("She or he lives in safety elsewhere"),
    ThreatClosed.UNFOUNDED: _("It was found to be none"),
}
