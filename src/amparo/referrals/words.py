"""Code lists of referrals and releases: which service, how soon, how far, and what may be carried."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.kernel.words import Compartment
from amparo.partners.words import DATA_CLASS_LABELS, SERVICE_LABELS, Service

Labels = dict[str, str | Promise]

# ---- referrals ---------------------------------------------------------------------------------------------

# A laboratory is asked with a request, and not with a referral.
REFERRED_LABELS: Labels = {code: label for code, label in SERVICE_LABELS.items() if code != Service.ANALYSIS}
# Which part of the case a referral belongs to: who sees that part in part at least learns that she was referred.
LEVELS: dict[str, Compartment] = dict.fromkeys(REFERRED_LABELS, Compartment.CARE) | {
    Service.HEALTH: Compartment.EXAMINATION,
    Service.EXAMINATION: Compartment.EXAMINATION,
    Service.LEGAL: Compartment.LEGAL,
    Service.POLICE: Compartment.LEGAL,
    Service.REGISTRATION: Compartment.LEGAL,
}


class Urgency(StrEnum):
    AT_ONCE = "at_once"
    SOON = "soon"
    ROUTINE = "routine"


URGENCY_LABELS: Labels = {
    Urgency.AT_ONCE: _("At once: somebody is in danger or in pain"),
    Urgency.SOON: _("In the next days"),
    Urgency.ROUTINE: _("When there is a place"),
}
URGENCY_SHORT: Labels = {
    Urgency.AT_ONCE: pgettext_lazy("urgency of a referral", "At once"),
    Urgency.SOON: pgettext_lazy("urgency of a referral", "Soon"),
    Urgency.ROUTINE: pgettext_lazy("urgency of a referral", "No hurry"),
}


class State(StrEnum):
    """How far a referral is."""

    DRAFT = "draft"
    CONSENTED = "consented"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FEEDBACK = "feedback"
    DECLINED = "declined"
    UNAVAILABLE = "unavailable"
    NOT_WANTED = "not_wanted"
    CANCELLED = "cancelled"
    CLOSED = "closed"


STATE_LABELS: Labels = {
    State.DRAFT: pgettext_lazy("a referral", "Draft"),
    State.CONSENTED: pgettext_lazy("a referral", "Ready to be sent"),
    State.SENT: pgettext_lazy("a referral", "Sent"),
    State.ACKNOWLEDGED: pgettext_lazy("a referral", "They have it"),
    State.ACCEPTED: pgettext_lazy("a referral", "Accepted"),
    State.DELIVERED: pgettext_lazy("a referral", "She was helped"),
    State.FEEDBACK: pgettext_lazy("a referral", "They told how it went"),
    State.DECLINED: pgettext_lazy("a referral", "Declined"),
    State.UNAVAILABLE: pgettext_lazy("a referral", "Not available"),
    State.NOT_WANTED: pgettext_lazy("a referral", "She does not want it"),
    State.CANCELLED: pgettext_lazy("a referral", "Stopped"),
    State.CLOSED: pgettext_lazy("a referral", "Closed"),
}


class Event(StrEnum):
    """What moves a referral."""

    CONSENT = "consent"
    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    ACCEPT = "accept"
    DECLINE = "decline"
    UNAVAILABLE = "unavailable"
    NOT_WANTED = "not_wanted"
    DELIVER = "deliver"
    FEEDBACK = "feedback"
    CLOSE = "close"
    CANCEL = "cancel"


# On buttons.
EVENT_LABELS: Labels = {
    Event.CONSENT: _("Say on which consent"),
    Event.SEND: _("It is sent"),
    Event.ACKNOWLEDGE: _("They have it"),
    Event.ACCEPT: _("They accept her"),
    Event.DECLINE: _("They decline"),
    Event.UNAVAILABLE: _("The service is not available"),
    Event.NOT_WANTED: _("She does not want it"),
    Event.DELIVER: _("She was helped"),
    Event.FEEDBACK: _("They told how it went"),
    Event.CLOSE: _("Close it"),
    Event.CANCEL: _("Stop it"),
}
# In the list of what has happened.
DONE_LABELS: Labels = {
    Event.CONSENT: _("On a consent that names it"),
    Event.SEND: pgettext_lazy("a referral", "Sent"),
    Event.ACKNOWLEDGE: _("They said that they have it"),
    Event.ACCEPT: pgettext_lazy("a referral", "Accepted"),
    Event.DECLINE: pgettext_lazy("a referral", "Declined"),
    Event.UNAVAILABLE: pgettext_lazy("a referral", "Not available"),
    Event.NOT_WANTED: _("She did not want it"),
    Event.DELIVER: pgettext_lazy("a referral", "She was helped"),
    Event.FEEDBACK: _("They told how it went"),
    Event.CLOSE: pgettext_lazy("a referral", "Closed"),
    Event.CANCEL: pgettext_lazy("a referral", "Stopped"),
}

DECLINE_LABELS: Labels = {
    "full": _("No place is free"),
    "criteria": _("She does not fit whom they serve"),
    "language": _("Nobody there speaks her language"),
    "distance": _("It is too far for her"),
    "cost": _("It costs more than can be paid"),
    "unsafe": _("It would not be safe for her there"),
    "conflict": _("Somebody there is close to the other side"),
    "other": pgettext_lazy("reason of declining", "Another reason"),
}

CANCEL_LABELS: Labels = {
    "not_needed": _("It is not needed any more"),
    "elsewhere": _("She was helped elsewhere"),
    "mistake": _("It was written down by mistake"),
    "consent_withdrawn": _("She took her consent back"),
}

OPEN = frozenset({State.DRAFT, State.CONSENTED, State.SENT, State.ACKNOWLEDGED, State.ACCEPTED})
# Nothing has left yet: what a consent that is taken back stops.
PENDING = frozenset({State.DRAFT, State.CONSENTED})
# It lies at the other place; she or they may still be told.
OUT = frozenset({State.SENT, State.ACKNOWLEDGED, State.ACCEPTED})

# ---- the list ----------------------------------------------------------------------------------------------


class Of(StrEnum):
    """Of what somebody was sent on."""

    CASES = "cases"
    REPORTS = "reports"


OF_LABELS: Labels = {Of.CASES: _("Referrals of cases"), Of.REPORTS: _("Reports referred on")}
SHOWN_LABELS: Labels = {"all": pgettext_lazy("which referrals are shown", "All")}

# ---- what is carried ---------------------------------------------------------------------------------------


class Part(StrEnum):
    """Kinds of data: the words of the consents and of the agreements."""

    IDENTITY = "identity"
    NARRATIVE = "narrative"
    HEALTH = "health"
    CARE = "care"
    EVIDENCE = "evidence"
    STATEMENT = "statement"


PART_LABELS: Labels = {part: DATA_CLASS_LABELS[part] for part in Part}
# Whose compartment a kind of data is in: who does not see that learns nothing of it here either.
COMPARTMENT_OF: dict[Part, Compartment] = {
    Part.IDENTITY: Compartment.IDENTITY,
    Part.NARRATIVE: Compartment.NARRATIVE,
    Part.HEALTH: Compartment.CLINICAL,
    Part.CARE: Compartment.CARE,
    Part.EVIDENCE: Compartment.EVIDENCE,
    Part.STATEMENT: Compartment.NARRATIVE,
}
# What a referral may say. The name is taken from the person's page when the sheet is printed.
SAID: tuple[Part, ...] = (Part.NARRATIVE, Part.HEALTH, Part.CARE)
REFERRABLE: tuple[Part, ...] = (Part.IDENTITY, *SAID)

# ---- releases ----------------------------------------------------------------------------------------------


class Channel(StrEnum):
    HAND = "hand"
    COURIER = "courier"
    ENCRYPTED = "encrypted"
    PORTAL = "portal"
    SEEN_HERE = "seen_here"


CHANNEL_LABELS: Labels = {
    Channel.HAND: _("By hand, against a signature"),
    Channel.COURIER: _("Sealed, by a courier"),
    Channel.ENCRYPTED: _("Encrypted, the key by another way"),
    Channel.PORTAL: _("Through the partner's own system"),
    Channel.SEEN_HERE: _("They read it here, and take nothing away"),
}


class ReleaseState(StrEnum):
    """How far a release is; that it is over follows from its last day."""

    PREPARED = "prepared"
    APPROVED = "approved"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    EXPIRED = "expired"
    RECALLED = "recalled"
    CANCELLED = "cancelled"


RELEASE_LABELS: Labels = {
    ReleaseState.PREPARED: pgettext_lazy("a release", "Waits for approval"),
    ReleaseState.APPROVED: pgettext_lazy("a release", "Approved, not sent yet"),
    ReleaseState.SENT: pgettext_lazy("a release", "Sent"),
    ReleaseState.ACKNOWLEDGED: pgettext_lazy("a release", "They have it"),
    ReleaseState.EXPIRED: pgettext_lazy("a release", "Ended"),
    ReleaseState.RECALLED: pgettext_lazy("a release", "Recalled"),
    ReleaseState.CANCELLED: pgettext_lazy("a release", "Stopped"),
}


class ReleaseEvent(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"
    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    RECALL = "recall"
    CANCEL = "cancel"


RELEASE_EVENT_LABELS: Labels = {
    ReleaseEvent.APPROVE: _("Approve it"),
    ReleaseEvent.DECLINE: _("Do not approve it"),
    ReleaseEvent.SEND: pgettext_lazy("a release", "It is sent"),
    ReleaseEvent.ACKNOWLEDGE: pgettext_lazy("a release", "They have it"),
    ReleaseEvent.RECALL: _("Recall it"),
    ReleaseEvent.CANCEL: pgettext_lazy("a release", "Stop it"),
}
RELEASE_DONE_LABELS: Labels = {
    ReleaseEvent.APPROVE: pgettext_lazy("a release", "Approved"),
    ReleaseEvent.DECLINE: pgettext_lazy("a release", "Not approved"),
    ReleaseEvent.SEND: pgettext_lazy("a release", "Sent"),
    ReleaseEvent.ACKNOWLEDGE: pgettext_lazy("a release", "They said that they have it"),
    ReleaseEvent.RECALL: pgettext_lazy("a release", "Recalled"),
    ReleaseEvent.CANCEL: pgettext_lazy("a release", "Stopped"),
}
RECALL_LABELS: Labels = {
    "done": _("It was needed until now, and is not any more"),
    "consent_withdrawn": _("She took her consent back"),
    "mistake": _("It should not have gone"),
    "agreement": _("The agreement with them ended"),
}
# Why a release ended that was declined: one that was approved and stopped later has another reason, or none.
NOT_APPROVED = "not_approved"

RELEASE_PENDING = frozenset({ReleaseState.PREPARED, ReleaseState.APPROVED})
RELEASE_OUT = frozenset({ReleaseState.SENT, ReleaseState.ACKNOWLEDGED})


class Carried(StrEnum):
    """What a release carries is not copied here: it is pointed at."""

    ITEM = "item"
    PAPER = "paper"
