"""Code lists of the case, after the field's own standards."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.partners import words as partners

Labels = dict[str, str | Promise]


class CaseType(StrEnum):
    FORCED_LABOUR = "forced_labour"
    SEX_TRAFFICKING = "sex_trafficking"
    ONLINE_EXPLOITATION = "online_exploitation"
    CHILD_SEXUAL_VIOLENCE = "child_sexual_violence"
    SEXUAL_VIOLENCE = "sexual_violence"
    PARTNER_VIOLENCE = "partner_violence"
    DOMESTIC_SERVITUDE = "domestic_servitude"
    POLICE_ABUSE = "police_abuse"
    PROPERTY_GRABBING = "property_grabbing"
    FORCED_MARRIAGE = "forced_marriage"


CASE_TYPE_LABELS: Labels = {
    CaseType.FORCED_LABOUR: _("Forced or bonded labour"),
    CaseType.SEX_TRAFFICKING: _("Trafficking for sexual exploitation"),
    CaseType.ONLINE_EXPLOITATION: _("Online sexual exploitation of children"),
    CaseType.CHILD_SEXUAL_VIOLENCE: _("Sexual violence against a child"),
    CaseType.SEXUAL_VIOLENCE: _("Sexual violence"),
    CaseType.PARTNER_VIOLENCE: _("Violence by a partner"),
    CaseType.DOMESTIC_SERVITUDE: _("Domestic servitude"),
    CaseType.POLICE_ABUSE: _("Abuse of police power"),
    CaseType.PROPERTY_GRABBING: _("Property grabbing"),
    CaseType.FORCED_MARRIAGE: _("Forced marriage"),
}


class Risk(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


RISK_LABELS: Labels = {Risk.LOW: _("Low"), Risk.MEDIUM: _("Medium"), Risk.HIGH: _("High")}


class CaseState(StrEnum):
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


STATE_LABELS: Labels = {
    CaseState.OPEN: pgettext_lazy("a case", "Open"),
    CaseState.CLOSING: _("Closing asked for"),
    CaseState.CLOSED: _("Closed"),
}


class TrackKind(StrEnum):
    RELIEF = "relief"
    ACCOUNTABILITY = "accountability"
    RESTORATION = "restoration"
    SYSTEM = "system"


TRACK_LABELS: Labels = {
    TrackKind.RELIEF: _("Relief"),
    TrackKind.ACCOUNTABILITY: _("Accountability"),
    TrackKind.RESTORATION: _("Restoration"),
    TrackKind.SYSTEM: _("System"),
}

TRACK_STATE_LABELS: Labels = {
    "pending": _("Pending"),
    "not_needed": _("Not needed"),
    "achieved": _("Achieved"),
    "failed": _("Not achieved"),
    "not_started": _("Not started"),
    "not_pursued": _("Not pursued"),
    "investigating": _("Investigating"),
    "with_prosecution": _("With the prosecution"),
    "in_court": _("In court"),
    "on_appeal": _("On appeal"),
    "final": _("Final"),
    "not_enrolled": _("Not enrolled"),
    "active": _("Active"),
    "monitoring": _("Monitoring"),
    "restored": _("Restored"),
    "ended_otherwise": _("Ended otherwise"),
    "observing": _("Observing"),
    "learned": _("Learned from"),
    "nothing_learned": _("Nothing to add"),
}


class PartyRole(StrEnum):
    SURVIVOR = "survivor"
    FAMILY = "family"
    CAREGIVER = "caregiver"
    GUARDIAN = "guardian"
    WITNESS = "witness"
    REPORTER = "reporter"
    SUSPECT = "suspect"
    OFFICIAL = "official"
    ASSOCIATE = "associate"


PARTY_LABELS: Labels = {
    PartyRole.SURVIVOR: _("Survivor"),
    PartyRole.FAMILY: _("Family member"),
    PartyRole.CAREGIVER: _("Caregiver"),
    PartyRole.GUARDIAN: _("Guardian"),
    PartyRole.WITNESS: _("Witness"),
    PartyRole.REPORTER: _("Reporter"),
    PartyRole.SUSPECT: _("Suspect"),
    PartyRole.OFFICIAL: _("Official"),
    PartyRole.ASSOCIATE: _("Associate of a suspect"),
}


class TraffickingStatus(StrEnum):
    POSSIBLE = "possible"
    ACTUAL = "actual"
    NOT = "not"


TRAFFICKING_LABELS: Labels = {
    TraffickingStatus.POSSIBLE: _("Possible victim of trafficking"),
    TraffickingStatus.ACTUAL: _("Victim of trafficking"),
    TraffickingStatus.NOT: _("Not a victim of trafficking"),
}


class TraffickingDecider(StrEnum):
    """Who found somebody to be trafficked, or not; a hotline may only suppose it. Source: HTCDS 2.0."""

    POLICE = "police"
    NGO = "ngo"
    COURT = "court"
    GOVERNMENT = "government"
    OTHER = "other"


DECIDER_LABELS: Labels = {
    TraffickingDecider.POLICE: _("Police"),
    TraffickingDecider.COURT: _("Court or prosecution"),
    TraffickingDecider.GOVERNMENT: _("Another authority"),
    TraffickingDecider.NGO: _("We, or another organisation"),
    TraffickingDecider.OTHER: _("Somebody else"),
}


class PartyRelation(StrEnum):
    """What somebody is to another person of the same case."""

    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    SPOUSE = "spouse"
    RELATIVE = "relative"
    GUARDIAN = "guardian"
    CARER = "carer"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    EMPLOYER = "employer"
    EMPLOYEE = "employee"
    TEACHER = "teacher"
    ACQUAINTED = "acquainted"
    STRANGER = "stranger"


PARTY_RELATION_LABELS: Labels = {
    PartyRelation.PARENT: _("Mother or father of"),
    PartyRelation.CHILD: _("Daughter or son of"),
    PartyRelation.SIBLING: _("Sister or brother of"),
    PartyRelation.SPOUSE: _("Married to or partner of"),
    PartyRelation.RELATIVE: _("Another relative of"),
    PartyRelation.GUARDIAN: _("Guardian of"),
    PartyRelation.CARER: _("Looks after"),
    PartyRelation.FRIEND: _("Friend of"),
    PartyRelation.NEIGHBOUR: _("Neighbour of"),
    PartyRelation.EMPLOYER: _("Employer of"),
    PartyRelation.EMPLOYEE: _("Works or worked for"),
    PartyRelation.TEACHER: _("Teacher or leader of"),
    PartyRelation.ACQUAINTED: _("Knows otherwise"),
    PartyRelation.STRANGER: _("Did not know before"),
}


class NoteKind(StrEnum):
    CONTACT = "contact"
    VISIT = "visit"
    MEETING = "meeting"
    OBSERVATION = "observation"
    DECISION = "decision"
    COURT = "court"
    OTHER = "other"


NOTE_LABELS: Labels = {
    NoteKind.CONTACT: _("Contact"),
    NoteKind.VISIT: _("Visit"),
    NoteKind.MEETING: _("Meeting"),
    NoteKind.OBSERVATION: _("Observation"),
    NoteKind.DECISION: _("Decision"),
    NoteKind.COURT: _("Court"),
    NoteKind.OTHER: _("Other"),
}


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


TASK_STATE_LABELS: Labels = {
    TaskState.OPEN: pgettext_lazy("a task", "Open"),
    TaskState.DONE: _("Done"),
    TaskState.DROPPED: _("Dropped"),
}


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    RELEASED = "released"


class DropReason(StrEnum):
    NOT_NEEDED = "not_needed"
    DUPLICATE = "duplicate"
    SURVIVOR_DECLINED = "survivor_declined"
    IMPOSSIBLE = "impossible"


DROP_LABELS: Labels = {
    DropReason.NOT_NEEDED: _("Not needed any more"),
    DropReason.DUPLICATE: _("Written down twice"),
    DropReason.SURVIVOR_DECLINED: _("The survivor does not want it"),
    DropReason.IMPOSSIBLE: _("It can't be done"),
}


class IncidentType(StrEnum):
    """The six core types of the GBV classification, found by elimination, and what is none of them."""

    RAPE = "rape"
    SEXUAL_ASSAULT = "sexual_assault"
    PHYSICAL_ASSAULT = "physical_assault"
    FORCED_MARRIAGE = "forced_marriage"
    DENIAL = "denial_of_resources"
    PSYCHOLOGICAL = "psychological_abuse"
    NON_GBV = "non_gbv"


INCIDENT_LABELS: Labels = {
    IncidentType.RAPE: _("Rape"),
    IncidentType.SEXUAL_ASSAULT: _("Sexual assault"),
    IncidentType.PHYSICAL_ASSAULT: _("Physical assault"),
    IncidentType.FORCED_MARRIAGE: _("Forced marriage"),
    IncidentType.DENIAL: _("Denial of resources, opportunities or services"),
    IncidentType.PSYCHOLOGICAL: _("Psychological or emotional abuse"),
    IncidentType.NON_GBV: _("Not gender-based violence"),
}


class Context(StrEnum):
    """Derived from an incident's facts, never typed."""

    INTIMATE_PARTNER = "intimate_partner"
    CHILD_SEXUAL_ABUSE = "child_sexual_abuse"
    EARLY_MARRIAGE = "early_marriage"
    SEXUAL_EXPLOITATION = "sexual_exploitation"
    SEXUAL_SLAVERY = "sexual_slavery"
    HARMFUL_PRACTICE = "harmful_practice"


CONTEXT_LABELS: Labels = {
    Context.INTIMATE_PARTNER: _("Violence by an intimate partner"),
    Context.CHILD_SEXUAL_ABUSE: _("Child sexual abuse"),
    Context.EARLY_MARRIAGE: _("Early marriage"),
    Context.SEXUAL_EXPLOITATION: _("Possible sexual exploitation"),
    Context.SEXUAL_SLAVERY: _("Possible sexual slavery"),
    Context.HARMFUL_PRACTICE: _("Harmful traditional practice"),
}

EXPLOITATION_LABELS: Labels = {
    "ForcedLabour": _("Forced labour"),
    "SexualExploitation": _("Sexual exploitation"),
    "ChildLabour": _("Child labour"),
    "ForcedMarriage": _("Forced marriage"),
    "Servitude": _("Servitude"),
    "ForcedMilitaryByNonStateActors": _("Forced into an armed group"),
    "OrganRemoval": _("Removal of organs"),
    "ForcedBegging": _("Forced begging"),
    "ForcedAdoption": _("Forced adoption"),
    "Surrogacy": _("Forced surrogacy"),
    "Other": _("Other"),
}

CONTROL_LABELS: Labels = {
    "PhysicalThreats": _("Threats of violence"),
    "ThreatsLawEnforcement": _("Threats with the police"),
    "ThreatensChildrenFamily": _("Threats against family"),
    "DebtBondage": _("Debt bondage"),
    "FalsePromises": _("False promises"),
    "PhysicalAbuse": _("Physical abuse"),
    "SexualAbuse": _("Sexual abuse"),
    "TakesEarnings": _("Takes the earnings"),
    "RestrictsMovement": _("Restricts movement"),
    "RestrictsFinancialAccess": _("Restricts access to money"),
    "RestrictsMedicalCare": _("Restricts medical care"),
    "WithholdsNecessities": _("Withholds food, water or sleep"),
    "PsychologicalAbuse": _("Psychological abuse"),
    "PsychoactiveSubstance": _("Drugs or alcohol"),
    "ExcessiveWorkingHours": _("Excessive working hours"),
    "WithholdsDocuments": _("Withholds documents"),
    "Other": _("Other"),
}

RELATION_LABELS: Labels = {
    "intimate_partner": _("Intimate or former partner"),
    "primary_caregiver": _("Primary caregiver"),
    "other_family": _("Other family member"),
    "employer": _("Supervisor or employer"),
    "schoolmate": _("Schoolmate"),
    "teacher": _("Teacher or school official"),
    "service_provider": _("Service provider"),
    "cotenant": _("Lives in the same house"),
    "neighbour": _("Family friend or neighbour"),
    "other_refugee": _("Other refugee, displaced or returned person"),
    "other_resident": _("Other resident"),
    "other": _("Other"),
    "none": _("None"),
    "unknown": _("Unknown"),
}


class IncidentState(StrEnum):
    """How far an incident is looked into, and what was found of it."""

    RECORDED = "recorded"
    CLASSIFIED = "classified"
    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    FALSELY_ATTRIBUTED = "falsely_attributed"
    REJECTED = "rejected"


INCIDENT_STATE_LABELS: Labels = {
    IncidentState.RECORDED: pgettext_lazy("an incident", "Recorded"),
    IncidentState.CLASSIFIED: pgettext_lazy("an incident", "Classified"),
    IncidentState.VERIFIED: pgettext_lazy("an incident", "Verified"),
    IncidentState.UNVERIFIED: pgettext_lazy("an incident", "Not verified"),
    IncidentState.FALSELY_ATTRIBUTED: pgettext_lazy("an incident", "Falsely attributed"),
    IncidentState.REJECTED: pgettext_lazy("an incident", "Rejected"),
}

# What can be found of an incident, in words that say what it means.
FINDING_LABELS: Labels = {
    IncidentState.VERIFIED: _("Verified: something else than the account bears it out"),
    IncidentState.UNVERIFIED: _("Not verified: looked into, and neither borne out nor disproved"),
    IncidentState.FALSELY_ATTRIBUTED: _("Falsely attributed: it befell somebody else, or was done by somebody else"),
    IncidentState.REJECTED: _("Rejected: written down by mistake or twice, or it did not happen"),
}

WEAPON_LABELS: Labels = {
    "none": _("No weapon"),
    "firearm": _("Firearm"),
    "blade": _("Knife or other blade"),
    "blunt": _("Stick, stone or other blunt object"),
    "burning": _("Fire, acid or hot liquid"),
    "binding": _("Rope, cord or chain"),
    "substance": _("Drug or poison"),
    "explosive": _("Explosive"),
    "vehicle": _("Vehicle"),
    "other": _("Another object"),
}

PREVIOUS_LABELS: Labels = {
    "none": _("No"),
    "same": _("Yes, by the same person"),
    "others": _("Yes, by somebody else"),
    "both": _("Yes, by the same person and by others"),
}

REPORTED_ELSEWHERE_LABELS: Labels = {
    "nowhere": _("Nowhere else"),
    "police": _("Police or other security forces"),
    "health": _("Health services"),
    "psychosocial": _("Psychosocial services"),
    "legal": _("Legal aid"),
    "shelter": _("A shelter or safe house"),
    "livelihood": _("A livelihoods programme"),
    "authority": _("A child protection or other authority"),
    "community": _("Leaders of the community or faith"),
    "other": _("Somewhere else"),
}


class BasisKind(StrEnum):
    """Why words about a survivor may be kept at all."""

    CONSENT = "consent"
    ASSENT = "assent_with_caregiver"
    BEST_INTERESTS = "best_interests"
    LEGAL_DUTY = "legal_duty"
    ANONYMOUS = "anonymous_report"
    THIRD_PARTY = "third_party_report"
    NOT_YET_IN_CONTACT = "not_yet_in_contact"
    UNABLE_NOW = "unable_to_consent_now"


BASIS_LABELS: Labels = {
    BasisKind.CONSENT: _("Consent"),
    BasisKind.ASSENT: _("Assent, with a caregiver's consent"),
    BasisKind.BEST_INTERESTS: _("Decision in the child's best interests"),
    BasisKind.LEGAL_DUTY: _("Legal duty"),
    BasisKind.ANONYMOUS: _("Anonymous report"),
    BasisKind.THIRD_PARTY: _("Report by a third party"),
    BasisKind.NOT_YET_IN_CONTACT: _("Not yet in contact with her"),
    BasisKind.UNABLE_NOW: _("Not able to consent now"),
}


class ConsentState(StrEnum):
    """EXPIRED is never stored: it follows from the day."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


CONSENT_STATE_LABELS: Labels = {
    ConsentState.GIVEN: _("Given"),
    ConsentState.REFUSED: _("Refused"),
    ConsentState.WITHDRAWN: _("Withdrawn"),
    ConsentState.SUPERSEDED: _("Renewed by a later one"),
    ConsentState.EXPIRED: _("Expired"),
}


class Purpose(StrEnum):
    SERVICES = "services"
    PROSECUTION = "prosecution"
    POLICE = "police"
    MEDICAL = "medical"
    SHELTER = "shelter"
    REFERRAL = "referral"
    STATISTICS = "statistics"
    STORY = "story"


PURPOSE_LABELS: Labels = {
    Purpose.SERVICES: _("Our own help to her"),
    Purpose.PROSECUTION: _("Prosecution"),
    Purpose.POLICE: _("Police"),
    Purpose.MEDICAL: _("Medical care"),
    Purpose.SHELTER: _("Shelter"),
    Purpose.REFERRAL: _("Referral to a service"),
    Purpose.STATISTICS: _("Statistics without names"),
    Purpose.STORY: _("Telling her story in public"),
}

# The same kinds that agreements with partners name: what either leaves out is not released.
DATA_CLASS_LABELS: Labels = partners.DATA_CLASS_LABELS

METHOD_LABELS: Labels = {
    "written": _("In writing"),
    "oral": _("Spoken"),
    "thumbprint": _("Thumbprint"),
    "audio": _("Audio recording"),
}

# What has to be explained before anybody can agree to it.
EXPLAINED_LABELS: Labels = {
    "purpose": _("What her words are used for"),
    "readers": _("Who reads them, and who does not"),
    "secrecy": _("Where secrecy ends: danger to life, and what the law asks for"),
    "free": _("That she may say no, and is helped all the same"),
    "withdrawal": _("That she may take it back at any time, and what then can’t be undone"),
    "keeping": _("How it is kept, and for how long"),
    "copy": _("That she may see it, have a copy and have mistakes put right"),
}

GIVER_LABELS: Labels = {
    "self": _("She or he"),
    "caregiver": _("Caregiver"),
    "guardian": _("Legal guardian"),
    "other_adult": _("Another trusted adult"),
    "organisation": _("Our organisation"),
}


class ClosureReason(StrEnum):
    GOALS_MET = "goals_met"
    SURVIVOR_ASKS = "survivor_asks"
    TRANSFERRED = "transferred"
    NO_CONTACT = "no_contact"
    DEATH = "death"
    DUPLICATE = "duplicate"
    NOT_FOUNDED = "not_founded"


CLOSURE_LABELS: Labels = {
    ClosureReason.GOALS_MET: _("Goals met, and the survivor agrees"),
    ClosureReason.SURVIVOR_ASKS: _("The survivor asks for it"),
    ClosureReason.TRANSFERRED: _("Transferred to another organisation"),
    ClosureReason.NO_CONTACT: _("No contact after the agreed attempts"),
    ClosureReason.DEATH: _("Death"),
    ClosureReason.DUPLICATE: _("Duplicate of another case"),
    ClosureReason.NOT_FOUNDED: _("Nothing was found behind the report"),
}

REOPEN_LABELS: Labels = {
    "new_danger": _("New danger"),
    "new_evidence": _("New evidence"),
    "survivor_asks": _("The survivor asks for help again"),
    "appeal": _("Appeal or new trial"),
    "closed_in_error": _("Closed in error"),
}

LINK_LABELS: Labels = {
    "same_suspect": _("Same suspect"),
    "same_place": _("Same place or employer"),
    "same_family": _("Same family"),
    "same_event": _("Same event, another survivor"),
    "other": _("Other"),
}


# ---- conferences -----------------------------------------------------------------------------------------------


class ConferenceState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    DROPPED = "dropped"


CONFERENCE_STATE_LABELS: Labels = {
    ConferenceState.PLANNED: _("Planned"),
    ConferenceState.HELD: _("Held"),
    ConferenceState.DROPPED: _("Not held"),
}


# ---- routes ----------------------------------------------------------------------------------------------------


class RouteStage(StrEnum):
    """In the order in which they follow each other."""

    RECRUITMENT = "recruitment"
    TRANSIT = "transit"
    EXPLOITATION = "exploitation"


ROUTE_STAGE_LABELS: Labels = {
    RouteStage.RECRUITMENT: _("Recruitment"),
    RouteStage.TRANSIT: _("On the way"),
    RouteStage.EXPLOITATION: _("Exploitation"),
}


class CopyPart(StrEnum):
    """What may go into a survivor's own copy. Nothing of suspects, of others or of the investigation is among it."""

    IDENTITY = "identity"
    WORDS = "words"
    CONSENTS = "consents"
    PLAN = "plan"
    KITS = "kits"
    DATES = "dates"
    READERS = "readers"
    EXAMINATION = "examination"


COPY_PART_LABELS: dict[CopyPart, str | Promise] = {
    CopyPart.IDENTITY: _("Who she is, and how she is reached"),
    CopyPart.WORDS: _("What happened, as it was written down from her"),
    CopyPart.CONSENTS: _("What she agreed to, and what we promised her"),
    CopyPart.PLAN: _("Her own plan"),
    CopyPart.KITS: _("Where the examination kit is"),
    CopyPart.DATES: _("Her days in court"),
    CopyPart.READERS: _("Which kinds of colleagues opened her file"),
    CopyPart.EXAMINATION: _("The report of her examination"),
}


class CopyWay(StrEnum):
    """How she gets her own copy."""

    HANDED = "handed"
    KEPT = "kept"
    TRUSTED = "trusted"
    READ = "read"


COPY_WAY_LABELS: dict[CopyWay, str | Promise] = {
    CopyWay.HANDED: _("Into her own hand"),
    CopyWay.KEPT: _("Printed and kept here for her; she reads it here"),
    CopyWay.TRUSTED: _("To somebody whom she named"),
    CopyWay.READ: _("Read to her, and destroyed afterwards"),
}
