"""Code lists of reports."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.partners.words import AgencyKind


class Channel(StrEnum):
    PHONE = "phone"
    WALK_IN = "walk_in"
    PARTNER = "partner"
    MESSAGE = "message"
    OFFICER = "officer"
    SITE = "site"


CHANNEL_LABELS: dict[Channel, str | Promise] = {
    Channel.PHONE: _("By telephone"),
    Channel.WALK_IN: _("In person"),
    Channel.MESSAGE: _("By message"),
    Channel.PARTNER: _("Through a partner"),
    Channel.OFFICER: _("Through an officer"),
    Channel.SITE: _("Through the reporting site"),
}
CHANNEL_ASKED = {code: label for code, label in CHANNEL_LABELS.items() if code is not Channel.SITE}


class Danger(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


DANGER_LABELS: dict[Danger, str | Promise] = {
    Danger.YES: _("Yes, now"),
    Danger.UNSURE: _("I am not sure"),
    Danger.NO: _("No"),
}


class Teller(StrEnum):
    """Who tells us."""

    SURVIVOR = "survivor"
    OTHER = "other"
    ANONYMOUS = "anonymous"


TELLER_LABELS: dict[Teller, str | Promise] = {
    Teller.SURVIVOR: _("The survivor herself or himself"),
    Teller.OTHER: _("Somebody else"),
    Teller.ANONYMOUS: _("Somebody who gives no name"),
}


class Part(StrEnum):
    """A person's part in a report."""

    SURVIVOR = "survivor"
    REPORTER = "reporter"
    SUSPECT = "suspect"
    FAMILY = "family"
    WITNESS = "witness"


PART_LABELS: dict[Part, str | Promise] = {
    Part.SURVIVOR: _("Survivor"),
    Part.REPORTER: _("Who told us"),
    Part.SUSPECT: _("Suspect"),
    Part.FAMILY: _("Family member"),
    Part.WITNESS: _("Witness"),
}


class Medical(StrEnum):
    """Whether the survivor needs to be seen by a clinician in time."""

    NEEDED = "needed"
    UNKNOWN = "unknown"
    NOT_NEEDED = "not_needed"
    ARRANGED = "arranged"
    DECLINED = "declined"


MEDICAL_ASKED: dict[Medical, str | Promise] = {
    Medical.NEEDED: _("Yes: sexual violence, or injuries"),
    Medical.UNKNOWN: _("Not known"),
    Medical.NOT_NEEDED: _("No"),
}
MEDICAL_LABELS: dict[Medical, str | Promise] = MEDICAL_ASKED | {
    Medical.NEEDED: _("Needs to be seen"),
    Medical.NOT_NEEDED: _("Not needed"),
    Medical.ARRANGED: _("Seen by a clinician"),
    Medical.DECLINED: _("She does not want it"),
}
MEDICAL_OUTCOMES: dict[Medical, str | Promise] = {
    Medical.ARRANGED: _("She was seen by a clinician"),
    Medical.DECLINED: _("She does not want it"),
    Medical.NOT_NEEDED: _("It turned out not to be needed"),
}


class State(StrEnum):
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    REFERRED_ON = "referred_on"
    DECLINED = "declined"
    INSUFFICIENT = "insufficient"
    DUPLICATE = "duplicate"


OPEN_STATES = (State.RECEIVED, State.ACKNOWLEDGED)
STATE_LABELS: dict[State, str | Promise] = {
    State.RECEIVED: _("New"),
    State.ACKNOWLEDGED: _("Acknowledged"),
    State.ACCEPTED: _("Became a case"),
    State.REFERRED_ON: _("Referred on"),
    State.DECLINED: _("Declined"),
    State.INSUFFICIENT: _("Not enough to go on"),
    State.DUPLICATE: _("Told before"),
}


class DeclineReason(StrEnum):
    OUT_OF_AREA = "out_of_area"
    NOT_OUR_WORK = "not_our_work"
    NO_CAPACITY = "no_capacity"
    CONFLICT = "conflict"
    SURVIVOR_DECLINES = "survivor_declines"
    SERVED_ELSEWHERE = "served_elsewhere"


DECLINE_LABELS: dict[str, str | Promise] = {
    DeclineReason.OUT_OF_AREA: _("Outside the districts that we serve"),
    DeclineReason.NOT_OUR_WORK: _("Not the kind of violence that we work on"),
    DeclineReason.NO_CAPACITY: _("No capacity now"),
    DeclineReason.CONFLICT: _("A conflict of interest"),
    DeclineReason.SURVIVOR_DECLINES: _("The survivor does not want it"),
    DeclineReason.SERVED_ELSEWHERE: _("Somebody else helps her already"),
}


class Lack(StrEnum):
    """What a report lacks."""

    NO_PLACE = "no_place"
    NO_PERSON = "no_person"
    NO_CONTACT = "no_contact"
    UNCLEAR = "unclear"


LACK_LABELS: dict[Lack, str | Promise] = {
    Lack.NO_PLACE: _("Nothing says where"),
    Lack.NO_PERSON: _("Nothing says who"),
    Lack.NO_CONTACT: _("Nobody can be reached to ask"),
    Lack.UNCLEAR: _("It is not clear what happened"),
}


class Told(StrEnum):
    """Who was told of a decision."""

    SURVIVOR = "survivor"
    REPORTER = "reporter"
    BOTH = "both"
    NOBODY_SAFE = "nobody_safe"
    NO_CONTACT = "no_contact"


TOLD_LABELS: dict[Told, str | Promise] = {
    Told.SURVIVOR: _("The survivor"),
    Told.REPORTER: _("Who told us"),
    Told.BOTH: _("Both"),
    Told.NOBODY_SAFE: _("Nobody: it would not be safe"),
    Told.NO_CONTACT: _("Nobody: nobody can be reached"),
}


class Agency(StrEnum):
    """Kinds of agencies to which a report goes on."""

    POLICE = "police"
    CHILD_PROTECTION = "child_protection"
    HEALTH = "health"
    SHELTER = "shelter"
    LEGAL_AID = "legal_aid"
    OTHER = "other"


AGENCY_LABELS: dict[Agency, str | Promise] = {
    Agency.POLICE: _("Police"),
    Agency.CHILD_PROTECTION: _("Child protection"),
    Agency.HEALTH: _("Health service"),
    Agency.SHELTER: _("Shelter"),
    Agency.LEGAL_AID: _("Legal aid"),
    Agency.OTHER: _("Another organisation"),
}

# What kind an agency of the directory is here; what is not in this list is another organisation.
KIND_OF_PARTNER: dict[AgencyKind, Agency] = {
    AgencyKind.POLICE: Agency.POLICE,
    AgencyKind.WELFARE: Agency.CHILD_PROTECTION,
    AgencyKind.HEALTH: Agency.HEALTH,
    AgencyKind.LEGAL_AID: Agency.LEGAL_AID,
}


class OnwardState(StrEnum):
    """How far a report is that was referred on."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    HELPED = "helped"
    DECLINED = "declined"
    NOT_WANTED = "not_wanted"


ONWARD_LABELS: dict[OnwardState, str | Promise] = {
    OnwardState.SENT: pgettext_lazy("a report referred on", "No answer yet"),
    OnwardState.ACKNOWLEDGED: pgettext_lazy("a report referred on", "They have it"),
    OnwardState.ACCEPTED: pgettext_lazy("a report referred on", "They took it on"),
    OnwardState.HELPED: pgettext_lazy("a report referred on", "They helped"),
    OnwardState.DECLINED: pgettext_lazy("a report referred on", "They declined"),
    OnwardState.NOT_WANTED: pgettext_lazy("a report referred on", "She did not want it"),
}
# They did not help: somebody else may be asked.
ONWARD_FAILED = (OnwardState.DECLINED, OnwardState.NOT_WANTED)


class OnwardEvent(StrEnum):
    """What the other agency does with it, as it is told to us."""

    ACKNOWLEDGE = "acknowledge"
    ACCEPT = "accept"
    HELP = "help"
    DECLINE = "decline"
    NOT_WANTED = "not_wanted"


ONWARD_EVENT_LABELS: dict[OnwardEvent, str | Promise] = {
    OnwardEvent.ACKNOWLEDGE: _("They have it"),
    OnwardEvent.ACCEPT: _("They take it on"),
    OnwardEvent.HELP: _("They helped, and told how it went"),
    OnwardEvent.DECLINE: _("They decline, or can’t help"),
    OnwardEvent.NOT_WANTED: _("She does not want their help"),
}


class ReferralBasis(StrEnum):
    """Why words about somebody may be sent to another agency."""

    CONSENT = "consent"
    LEGAL_DUTY = "legal_duty"
    DANGER = "danger"


REFERRAL_BASIS_LABELS: dict[ReferralBasis, str | Promise] = {
    ReferralBasis.CONSENT: _("She agreed to it"),
    ReferralBasis.LEGAL_DUTY: _("The law obliges us"),
    ReferralBasis.DANGER: _("A life is in danger"),
}

SENT_LABELS: dict[str, str | Promise] = {
    "contact": _("How to reach her"),
    "name": _("Her name"),
    "summary": _("What it is about"),
    "words": _("What was told"),
    "files": _("Files"),
}
