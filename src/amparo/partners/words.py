"""Code lists of partners."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Labels = dict[str, str | Promise]


class AgencyKind(StrEnum):
    POLICE = "police"
    PROSECUTION = "prosecution"
    COURT = "court"
    LABOUR = "labour"
    BORDER = "border"
    WELFARE = "welfare"
    HEALTH = "health"
    LABORATORY = "laboratory"
    LEGAL_AID = "legal_aid"
    NGO = "ngo"
    LOCAL = "local"
    OTHER = "other"


AGENCY_LABELS: Labels = {
    AgencyKind.POLICE: _("Police"),
    AgencyKind.PROSECUTION: _("Prosecution"),
    AgencyKind.COURT: _("Court"),
    AgencyKind.LABOUR: _("Labour inspection"),
    AgencyKind.BORDER: _("Border and immigration service"),
    AgencyKind.WELFARE: _("Social welfare"),
    AgencyKind.HEALTH: _("Health service"),
    AgencyKind.LABORATORY: _("Laboratory"),
    AgencyKind.LEGAL_AID: _("Legal aid"),
    AgencyKind.NGO: _("Non-governmental organisation"),
    AgencyKind.LOCAL: _("Local administration"),
    AgencyKind.OTHER: _("Other"),
}


class UnitKind(StrEnum):
    STATION = "station"
    DESK = "desk"
    TEAM = "team"
    OFFICE = "office"
    CHAMBER = "chamber"
    WARD = "ward"
    SECTION = "section"
    OTHER = "other"


UNIT_LABELS: Labels = {
    UnitKind.STATION: _("Station"),
    UnitKind.DESK: _("Desk for women and children"),
    UnitKind.TEAM: _("Specialised team"),
    UnitKind.OFFICE: pgettext_lazy("a kind of unit of an agency", "Office"),
    UnitKind.CHAMBER: _("Court chamber"),
    UnitKind.WARD: _("Ward or department"),
    UnitKind.SECTION: _("Section of a laboratory"),
    UnitKind.OTHER: _("Other"),
}


class FacilityKind(StrEnum):
    CLINIC = "clinic"
    HOSPITAL = "hospital"
    ONE_STOP = "one_stop"
    SHELTER = "shelter"
    COUNSELLING = "counselling"
    CHILD_CENTRE = "child_centre"
    COURT_HOUSE = "court_house"
    STATION = "station"
    LABORATORY = "laboratory"
    LEGAL_AID = "legal_aid"
    OTHER = "other"


FACILITY_LABELS: Labels = {
    FacilityKind.CLINIC: _("Clinic"),
    FacilityKind.HOSPITAL: _("Hospital"),
    FacilityKind.ONE_STOP: _("One-stop centre"),
    FacilityKind.SHELTER: _("Shelter"),
    FacilityKind.COUNSELLING: _("Counselling centre"),
    FacilityKind.CHILD_CENTRE: _("Children's centre"),
    FacilityKind.COURT_HOUSE: _("Court house"),
    FacilityKind.STATION: _("Police station"),
    FacilityKind.LABORATORY: _("Laboratory"),
    FacilityKind.LEGAL_AID: _("Legal aid office"),
    FacilityKind.OTHER: _("Other"),
}
# Where examinations are made, so that a district's gaps are counted over these.
EXAMINING = frozenset({FacilityKind.CLINIC, FacilityKind.HOSPITAL, FacilityKind.ONE_STOP})


class State(StrEnum):
    """Of an agency, a unit or a facility."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


STATE_LABELS: Labels = {
    State.ACTIVE: pgettext_lazy("state of a partner", "Active"),
    State.SUSPENDED: pgettext_lazy("state of a partner", "Suspended"),
    State.CLOSED: pgettext_lazy("state of a partner", "Closed"),
}


class StateEvent(StrEnum):
    SUSPEND = "suspend"
    RESUME = "resume"
    CLOSE = "close"


class Service(StrEnum):
    """What somebody finds at a facility."""

    SAFE_HOUSE = "safe_house"
    HEALTH = "health"
    EXAMINATION = "examination"
    PSYCHOSOCIAL = "psychosocial"
    POLICE = "police"
    LEGAL = "legal"
    LIVELIHOOD = "livelihood"
    CHILD_PROTECTION = "child_protection"
    FAMILY_MEDIATION = "family_mediation"
    FAMILY_REUNIFICATION = "family_reunification"
    EDUCATION = "education"
    GOODS = "goods"
    REGISTRATION = "registration"
    FOOD = "food"
    ANALYSIS = "analysis"
    OTHER = "other"


SERVICE_LABELS: Labels = {
    Service.SAFE_HOUSE: _("Safe house"),
    Service.HEALTH: _("Health"),
    Service.EXAMINATION: _("Forensic examination"),
    Service.PSYCHOSOCIAL: _("Counselling and psychosocial help"),
    Service.POLICE: _("Police or security"),
    Service.LEGAL: _("Legal help"),
    Service.LIVELIHOOD: _("Livelihood"),
    Service.CHILD_PROTECTION: _("Child protection"),
    Service.FAMILY_MEDIATION: _("Family mediation"),
    Service.FAMILY_REUNIFICATION: _("Family reunification"),
    Service.EDUCATION: _("Education"),
    Service.GOODS: _("Clothes and things for the household"),
    Service.REGISTRATION: _("Papers and registration"),
    Service.FOOD: _("Food"),
    Service.ANALYSIS: _("Analysis of samples"),
    Service.OTHER: _("Other"),
}


class Cost(StrEnum):
    FREE = "free"
    BY_INCOME = "by_income"
    PAID = "paid"
    UNKNOWN = "unknown"


COST_LABELS: Labels = {
    Cost.FREE: pgettext_lazy("cost of a service", "Free of charge"),
    Cost.BY_INCOME: _("By income"),
    Cost.PAID: _("To be paid for"),
    Cost.UNKNOWN: _("Not known"),
}


class Access(StrEnum):
    """What makes a place usable."""

    STEP_FREE = "step_free"
    TOILET = "toilet"
    SIGN = "sign"
    HEARING = "hearing"
    EASY_WORDS = "easy_words"
    WOMEN_STAFF = "women_staff"
    PRIVATE_ROOM = "private_room"
    TRANSPORT = "transport"


ACCESS_LABELS: Labels = {
    Access.STEP_FREE: _("No steps"),
    Access.TOILET: _("Toilet for wheelchairs"),
    Access.SIGN: _("Sign language"),
    Access.HEARING: _("Help for people hard of hearing"),
    Access.EASY_WORDS: _("Easy words"),
    Access.WOMEN_STAFF: _("Women on the staff"),
    Access.PRIVATE_ROOM: _("A room to talk alone"),
    Access.TRANSPORT: _("Somebody is fetched"),
}

# Languages that a place may answer in, by their codes. The names are in the reader's language.
LANGUAGE_LABELS: Labels = {
    "ar": _("Arabic"),
    "bn": _("Bengali"),
    "en": _("English"),
    "es": _("Spanish"),
    "fr": _("French"),
    "hi": _("Hindi"),
    "km": _("Khmer"),
    "pt": _("Portuguese"),
    "sw": _("Swahili"),
    "ta": _("Tamil"),
    "te": _("Telugu"),
    "th": _("Thai"),
    "tl": _("Tagalog"),
    "ur": _("Urdu"),
}
MOST_CHOICES = 16


class AgreementKind(StrEnum):
    PROTOCOL = "protocol"
    UNDERSTANDING = "understanding"
    REFERRAL = "referral"
    PROCESSING = "processing"
    OTHER = "other"


AGREEMENT_LABELS: Labels = {
    AgreementKind.PROTOCOL: _("Information-sharing protocol"),
    AgreementKind.UNDERSTANDING: _("Memorandum of understanding"),
    AgreementKind.REFERRAL: _("Referral agreement"),
    AgreementKind.PROCESSING: _("Agreement on processing data"),
    AgreementKind.OTHER: _("Other agreement"),
}


class AgreementState(StrEnum):
    """As it is stored; whether it has begun or is past its review follows from the day."""

    SIGNED = "signed"
    ENDED = "ended"


class Standing(StrEnum):
    """How an agreement stands on a day."""

    LIVE = "live"
    NOT_YET = "not_yet"
    PAST_REVIEW = "past_review"
    ENDED = "ended"


STANDING_LABELS: Labels = {
    Standing.LIVE: pgettext_lazy("an agreement", "In force"),
    Standing.NOT_YET: pgettext_lazy("an agreement", "Not begun yet"),
    Standing.PAST_REVIEW: pgettext_lazy("an agreement", "Past its review"),
    Standing.ENDED: pgettext_lazy("an agreement", "Ended"),
}


class Level(StrEnum):
    """How much harm follows if it gets out. Source: OCHA Data Responsibility Guidelines, 2025, four levels."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    SEVERE = "severe"


LEVEL_LABELS: Labels = {
    Level.LOW: pgettext_lazy("sensitivity", "Low"),
    Level.MODERATE: pgettext_lazy("sensitivity", "Moderate"),
    Level.HIGH: pgettext_lazy("sensitivity", "High"),
    Level.SEVERE: pgettext_lazy("sensitivity", "Severe"),
}

# What a consent and an agreement name alike: nothing is released that either leaves out.
DATA_CLASS_LABELS: Labels = {
    "identity": _("Name and contact"),
    "narrative": _("Her story"),
    "examination": _("Examination report"),
    "photographs": _("Photographs"),
    "health": _("Health"),
    "care": _("Care and assessments"),
    "evidence": _("Evidence"),
    "statement": _("Statement"),
}


class Why(StrEnum):
    """Why something may or may not be released to an agency."""

    ALLOWED = "allowed"
    NO_AGREEMENT = "no_agreement"
    NOT_NAMED = "not_named"
    NOT_YET = "not_yet"
    PAST_REVIEW = "past_review"
    ENDED = "ended"
    NOT_ACTIVE = "not_active"
    NO_AGENCY = "no_agency"


WHY_LABELS: Labels = {
    Why.ALLOWED: _("A live agreement names it."),
    Why.NO_AGREEMENT: _("There is no agreement with this agency. Make one before anything is released."),
    Why.NOT_NAMED: _("No live agreement with this agency names it."),
    Why.NOT_YET: _("The agreement that names it has not begun yet."),
    Why.PAST_REVIEW: _("The agreement that names it is past its review. Review it before anything is released."),
    Why.ENDED: _("The agreement that named it has ended."),
    Why.NOT_ACTIVE: _("The work with this agency is suspended or over."),
    Why.NO_AGENCY: _("This agency is not among the partners."),
}


class Has(StrEnum):
    """Whether a facility has something, as far as it was asked."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


HAS_LABELS: Labels = {
    Has.YES: pgettext_lazy("a facility has it", "Yes"),
    Has.NO: pgettext_lazy("a facility has it", "No"),
    Has.UNKNOWN: _("Not known"),
}


class CapacitySource(StrEnum):
    VISIT = "visit"
    CALL = "call"
    LETTER = "letter"
    OTHER = "other"


CAPACITY_SOURCE_LABELS: Labels = {
    CapacitySource.VISIT: _("Seen on a visit"),
    CapacitySource.CALL: _("Told on the telephone"),
    CapacitySource.LETTER: _("Told in writing"),
    CapacitySource.OTHER: _("Otherwise"),
}


class Gap(StrEnum):
    """What is missing at a facility, or in all of a district."""

    EXAMINER = "examiner"
    KITS = "kits"
    COLD_STORE = "cold_store"
    CHILD_ROOM = "child_room"
    NIGHT = "night"
    NEWS = "news"


GAP_LABELS: Labels = {
    Gap.EXAMINER: _("Trained examiner"),
    Gap.KITS: _("Kits in stock"),
    Gap.COLD_STORE: _("Cold store"),
    Gap.CHILD_ROOM: _("Child room"),
    Gap.NIGHT: _("Day and night"),
    Gap.NEWS: _("Fresh report"),
}


class EndReason(StrEnum):
    """Why somebody left a post."""

    MOVED = "moved"
    PROMOTED = "promoted"
    RETIRED = "retired"
    LEFT = "left"
    MISTAKE = "mistake"


END_LABELS: Labels = {
    EndReason.MOVED: _("Moved to another post"),
    EndReason.PROMOTED: _("Promoted"),
    EndReason.RETIRED: _("Retired"),
    EndReason.LEFT: _("Left the service"),
    EndReason.MISTAKE: _("Written down by mistake"),
}


class OpenReason(StrEnum):
    """Why a protected address is opened."""

    PLACEMENT = "placement"
    VISIT = "visit"
    DANGER = "danger"
    UPKEEP = "upkeep"


OPEN_LABELS: Labels = {
    OpenReason.PLACEMENT: _("To bring somebody there"),
    OpenReason.VISIT: _("To visit somebody there"),
    OpenReason.DANGER: _("Somebody is in danger"),
    OpenReason.UPKEEP: _("To check that it is right"),
}
