"""Code lists of aftercare."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Labels = dict[str, str | Promise]


class Domain(StrEnum):
    """Six parts of a life, in which goals are set."""

    SAFETY = "safety"
    LAW = "law"
    MIND = "mind"
    WORK = "work"
    PEOPLE = "people"
    BODY = "body"


DOMAIN_LABELS: Labels = {
    Domain.SAFETY: _("Safety"),
    Domain.LAW: _("Law and rights"),
    Domain.MIND: _("Mind and feelings"),
    Domain.WORK: _("Work, money and learning"),
    Domain.PEOPLE: _("People around"),
    Domain.BODY: _("Body and home"),
}


class ClientKind(StrEnum):
    SURVIVOR = "survivor"
    FAMILY = "family"


CLIENT_LABELS: Labels = {ClientKind.SURVIVOR: _("Survivor"), ClientKind.FAMILY: _("Family member")}


class EndReason(StrEnum):
    RESTORED = "restored"
    ASKED = "asked"
    MOVED = "moved"
    TRANSFERRED = "transferred"
    NO_CONTACT = "no_contact"
    DEATH = "death"


END_LABELS: Labels = {
    EndReason.RESTORED: _("Restored, and follow-up is done"),
    EndReason.ASKED: _("She or he asked for it"),
    EndReason.MOVED: _("Moved away"),
    EndReason.TRANSFERRED: _("Another organisation has taken over"),
    EndReason.NO_CONTACT: _("No contact after the agreed attempts"),
    EndReason.DEATH: _("Death"),
}


class SafetyState(StrEnum):
    DRAFT = "draft"
    AGREED = "agreed"
    REVIEWED = "reviewed"
    RETIRED = "retired"


SAFETY_LABELS: Labels = {
    SafetyState.DRAFT: _("Draft"),
    SafetyState.AGREED: _("Agreed"),
    SafetyState.REVIEWED: _("Reviewed"),
    SafetyState.RETIRED: _("Retired"),
}


class CareState(StrEnum):
    DRAFT = "draft"
    AGREED = "agreed"
    APPROVED = "approved"
    REVIEWED = "reviewed"
    ENDED = "ended"


CARE_LABELS: Labels = {
    CareState.DRAFT: _("Draft"),
    CareState.AGREED: _("Agreed, waits for approval"),
    CareState.APPROVED: _("Approved"),
    CareState.REVIEWED: _("Reviewed"),
    CareState.ENDED: _("Ended"),
}


class Progress(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    MET = "met"
    DROPPED = "dropped"


PROGRESS_LABELS: Labels = {
    Progress.NOT_STARTED: _("Not started"),
    Progress.IN_PROGRESS: _("In progress"),
    Progress.MET: _("Met"),
    Progress.DROPPED: _("Dropped, by her or his choice"),
}


class ServiceType(StrEnum):
    SAFE_HOUSE = "safe_house"
    HEALTH = "health"
    PSYCHOSOCIAL = "psychosocial"
    POLICE = "police"
    LEGAL = "legal"
    LIVELIHOOD = "livelihood"
    CHILD_PROTECTION = "child_protection"
    FAMILY_MEDIATION = "family_mediation"
    FAMILY_REUNIFICATION = "family_reunification"
    EDUCATION = "education"
    GOODS = "goods"
    WATER = "water"
    REGISTRATION = "registration"
    FOOD = "food"
    OTHER = "other"


SERVICE_LABELS: Labels = {
    ServiceType.SAFE_HOUSE: _("Safe house"),
    ServiceType.HEALTH: _("Health"),
    ServiceType.PSYCHOSOCIAL: _("Counselling and psychosocial help"),
    ServiceType.POLICE: _("Police or security"),
    ServiceType.LEGAL: _("Legal help"),
    ServiceType.LIVELIHOOD: _("Livelihood"),
    ServiceType.CHILD_PROTECTION: _("Child protection"),
    ServiceType.FAMILY_MEDIATION: _("Family mediation"),
    ServiceType.FAMILY_REUNIFICATION: _("Family reunification"),
    ServiceType.EDUCATION: _("Education"),
    ServiceType.GOODS: _("Clothes and things for the household"),
    ServiceType.WATER: _("Water and hygiene"),
    ServiceType.REGISTRATION: _("Papers and registration"),
    ServiceType.FOOD: _("Food"),
    ServiceType.OTHER: _("Other"),
}


class ServiceState(StrEnum):
    PLANNED = "planned"
    OFFERED = "offered"
    CONSENTED = "consented"
    DELIVERED = "delivered"
    DECLINED = "declined"
    UNAVAILABLE = "unavailable"


SERVICE_STATE_LABELS: Labels = {
    ServiceState.PLANNED: _("Planned"),
    ServiceState.OFFERED: _("Offered"),
    ServiceState.CONSENTED: _("Agreed to"),
    ServiceState.DELIVERED: _("Delivered"),
    ServiceState.DECLINED: _("Declined by the survivor"),
    ServiceState.UNAVAILABLE: _("Not available"),
}

PROVIDER_LABELS: Labels = {
    "us": _("We do it"),
    "partner": _("A partner does it"),
    "public": _("A public service does it"),
    "family": _("Family or neighbours do it"),
}


class RatingState(StrEnum):
    DRAFT = "draft"
    COMPLETE = "complete"
    REVIEWED = "reviewed"


RATING_LABELS: Labels = {
    RatingState.DRAFT: _("Draft"),
    RatingState.COMPLETE: _("Complete"),
    RatingState.REVIEWED: _("Complete, scored by two"),
}


class Unscored(StrEnum):
    """Answers that are none of the four: they are never counted as one."""

    NOT_APPLICABLE = "na"
    NOT_YET_KNOWN = "nyk"


UNSCORED_LABELS: Labels = {
    Unscored.NOT_APPLICABLE: _("Does not apply"),
    Unscored.NOT_YET_KNOWN: _("Not yet known"),
}


class Decision(StrEnum):
    RESTORED = "restored"
    MONITORING = "monitoring"
    NOT_YET = "not_yet"


DECISION_LABELS: Labels = {
    Decision.RESTORED: _("Restored"),
    Decision.MONITORING: _("Monitoring"),
    Decision.NOT_YET: _("Not yet"),
}


class FollowUpState(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    NO_CONTACT = "no_contact"


class Outcome(StrEnum):
    WELL = "well"
    NEEDS_HELP = "needs_help"
    DANGER = "danger"
    DECLINED = "declined"
    NO_CONTACT = "no_contact"


OUTCOME_LABELS: Labels = {
    Outcome.WELL: _("Met or spoken with, doing well"),
    Outcome.NEEDS_HELP: _("Met or spoken with, needs help again"),
    Outcome.DANGER: _("Met or spoken with, in danger"),
    Outcome.DECLINED: _("Does not want to be followed up any more"),
    Outcome.NO_CONTACT: _("Not reached"),
}

SAFE_LABELS: Labels = {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}


class PlacementKind(StrEnum):
    SHELTER = "shelter"
    KIN = "kin"
    FOSTER = "foster"
    INDEPENDENT = "independent"


PLACEMENT_LABELS: Labels = {
    PlacementKind.SHELTER: _("Shelter"),
    PlacementKind.KIN: _("With relatives"),
    PlacementKind.FOSTER: _("Foster family"),
    PlacementKind.INDEPENDENT: _("Lives independently"),
}
