"""Code lists of investigations."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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


WITHDRAW_LABELS: Labels = {
    WithdrawReason.TWICE: _("Written down twice"),
    WithdrawReason.MISTAKEN: _("It did not happen like this"),
    WithdrawReason.NOT_LASTING: _("It did not last"),
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
