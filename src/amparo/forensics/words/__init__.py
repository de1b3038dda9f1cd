"""Code lists of the medico-legal examination."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Labels = dict[str, str | Promise]


class ExamState(StrEnum):
    """How far a record is; a sealed one only gets addenda and opinions."""

    DRAFT = "draft"
    SEALED = "sealed"


STATE_LABELS: Labels = {ExamState.DRAFT: _("Not sealed"), ExamState.SEALED: _("Sealed")}


class AppointmentState(StrEnum):
    """What became of an appointment to examine."""

    PLANNED = "planned"
    BEGUN = "begun"
    CANCELLED = "cancelled"


APPOINTMENT_LABELS: Labels = {
    AppointmentState.PLANNED: pgettext_lazy("examination", "planned"),
    AppointmentState.BEGUN: pgettext_lazy("examination", "begun"),
    AppointmentState.CANCELLED: pgettext_lazy("examination", "cancelled"),
}


class Figure(StrEnum):
    """Whose outlines are drawn."""

    ADULT = "adult"
    CHILD = "child"


FIGURE_LABELS: Labels = {Figure.ADULT: _("An adult"), Figure.CHILD: _("A child")}


class Anatomy(StrEnum):
    """Which genital outlines are offered."""

    FEMALE = "female"
    MALE = "male"
    BOTH = "both"


ANATOMY_LABELS: Labels = {
    Anatomy.FEMALE: _("Female outlines"),
    Anatomy.MALE: _("Male outlines"),
    Anatomy.BOTH: _("Both"),
}


class Item(StrEnum):
    """What is asked about, one by one. Each can be refused, and taken back at any time."""

    HISTORY = "history"
    EXAMINATION = "examination"
    GENITAL = "genital"
    CLINICAL = "clinical"
    SWABS_BODY = "swabs_body"
    SWABS_GENITAL = "swabs_genital"
    BLOOD_URINE = "blood_urine"
    HAIR_NAILS = "hair_nails"
    CLOTHING = "clothing"
    PHOTOGRAPHS = "photographs"
    PHOTOGRAPHS_GENITAL = "photographs_genital"
    FOLLOW_UP = "follow_up"
    RELEASE_INFORMATION = "release_information"
    RELEASE_EVIDENCE = "release_evidence"
    RELEASE_PHOTOGRAPHS = "release_photographs"


ITEM_LABELS: Labels = {
    Item.HISTORY: _("Say what happened"),
    Item.EXAMINATION: _("Look and draw"),
    Item.GENITAL: _("Genital and anal examination"),
    Item.CLINICAL: _("Tests and treatment for her or his health"),
    Item.SWABS_BODY: _("Swabs of skin and mouth"),
    Item.SWABS_GENITAL: _("Genital and anal swabs"),
    Item.BLOOD_URINE: _("Blood and urine"),
    Item.HAIR_NAILS: _("Hair, nail clippings and what clings to the skin"),
    Item.CLOTHING: _("Keep clothing"),
    Item.PHOTOGRAPHS: _("Photographs"),
    Item.PHOTOGRAPHS_GENITAL: _("Photographs of genital injuries"),
    Item.FOLLOW_UP: _("Tell the caseworker when to come again"),
    Item.RELEASE_INFORMATION: _("Give the report, with the name"),
    Item.RELEASE_EVIDENCE: _("Give the evidence"),
    Item.RELEASE_PHOTOGRAPHS: _("Give the photographs"),
}
RELEASE_ITEMS = (Item.RELEASE_INFORMATION, Item.RELEASE_EVIDENCE, Item.RELEASE_PHOTOGRAPHS)
# What each consent to give something away is called in the case's own list of consents.
CLASSES: dict[Item, tuple[str, ...]] = {
    Item.RELEASE_INFORMATION: ("identity", "narrative", "examination"),
    Item.RELEASE_EVIDENCE: ("evidence",),
    Item.RELEASE_PHOTOGRAPHS: ("photographs",),
}


class Answer(StrEnum):
    """What she said when she was asked."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


ANSWER_LABELS: Labels = {
    Answer.GIVEN: pgettext_lazy("consent", "yes"),
    Answer.REFUSED: pgettext_lazy("consent", "no"),
    Answer.WITHDRAWN: pgettext_lazy("consent", "taken back"),
}

GIVER_LABELS: Labels = {
    "self": _("She or he"),
    "caregiver": _("Caregiver, and she or he agrees"),
    "guardian": _("Legal guardian, and she or he agrees"),
    "other_adult": _("Another trusted adult, and she or he agrees"),
    "organisation": _("Decided in her or his best interests"),
}
CAPACITY_LABELS: Labels = {
    "able": _("Able to decide"),
    "child": _("A child: somebody decides with her or him"),
    "unable_now": _("Not able to decide now"),
}
METHOD_LABELS: Labels = {
    "written": _("Signature"),
    "thumbprint": _("Thumbprint"),
    "oral": _("Spoken, before a witness"),
    "audio": _("Audio recording"),
}
EXPLAINED_LABELS: Labels = {
    "refuse": _("Each part can be refused, and help does not depend on it"),
    "stop": _("She or he can stop at any time"),
    "purpose": _("What each part is for"),
    "court": _("What may be shown in court"),
    "health_apart": _("Health and treatment are kept apart and not shown in court"),
    "language": _("It was explained in a language that she or he understands well"),
}
RECIPIENT_LABELS: Labels = {"police": _("Police"), "prosecution": _("Prosecution")}


class InjuryType(StrEnum):
    ABRASION = "abrasion"
    BRUISE = "bruise"
    LACERATION = "laceration"
    INCISED = "incised"
    STAB = "stab"
    BURN = "burn"
    BITE = "bite"
    SWELLING = "swelling"
    TENDERNESS = "tenderness"
    SCAR = "scar"
    OTHER = "other"


INJURY_LABELS: Labels = {
    InjuryType.ABRASION: _("Abrasion"),
    InjuryType.BRUISE: _("Bruise"),
    InjuryType.LACERATION: _("Laceration"),
    InjuryType.INCISED: _("Incised wound"),
    InjuryType.STAB: _("Stab wound"),
    InjuryType.BURN: _("Burn"),
    InjuryType.BITE: _("Bite mark"),
    InjuryType.SWELLING: _("Swelling"),
    InjuryType.TENDERNESS: _("Tenderness"),
    InjuryType.SCAR: _("Scar"),
    InjuryType.OTHER: pgettext_lazy("injury", "Other"),
}
AGE_LABELS: Labels = {
    "fresh": _("Looks fresh"),
    "healing": _("Healing"),
    "healed": _("Healed"),
    "unclear": _("Can't be told"),
}
SHAPE_LABELS: Labels = {
    "round": _("Round"),
    "oval": _("Oval"),
    "linear": _("Linear"),
    "curved": _("Curved"),
    "irregular": _("Irregular"),
    "patterned": _("Patterned"),
}


class Degree(StrEnum):
    """The Istanbul Protocol's five degrees of consistency. They are printed as coded."""

    NOT = "not_consistent"
    CONSISTENT = "consistent"
    HIGHLY = "highly_consistent"
    TYPICAL = "typical"
    DIAGNOSTIC = "diagnostic"


DEGREE_LABELS: Labels = {
    Degree.NOT: _("Not consistent"),
    Degree.CONSISTENT: _("Consistent with"),
    Degree.HIGHLY: _("Highly consistent"),
    Degree.TYPICAL: _("Typical of"),
    Degree.DIAGNOSTIC: _("Diagnostic of"),
}
DEGREE_MEANINGS: Labels = {
    Degree.NOT: _("Could not have been caused by what was described"),
    Degree.CONSISTENT: _("Could have been caused by it, but it is not specific and there are many other causes"),
    Degree.HIGHLY: _("Could have been caused by it, and there are few other causes"),
    Degree.TYPICAL: _("Usually seen with it, but there are other possible causes"),
    Degree.DIAGNOSTIC: _("Could not have been caused in any other way"),
}


class SpecimenType(StrEnum):
    ORAL_SWAB = "oral_swab"
    SKIN_SWAB = "skin_swab"
    GENITAL_OUTER = "genital_outer"
    VAGINAL_SWAB = "vaginal_swab"
    CERVICAL_SWAB = "cervical_swab"
    PENILE_SWAB = "penile_swab"
    ANAL_SWAB = "anal_swab"
    BLOOD = "blood"
    URINE = "urine"
    PUBIC_HAIR = "pubic_hair"
    NAILS = "nails"
    FOREIGN = "foreign"
    CLOTHING = "clothing"
    OTHER_SWAB = "other_swab"


SPECIMEN_LABELS: Labels = {
    SpecimenType.ORAL_SWAB: _("Oral swab"),
    SpecimenType.SKIN_SWAB: _("Skin swab"),
    SpecimenType.GENITAL_OUTER: _("Swab of the outer genitals"),
    SpecimenType.VAGINAL_SWAB: _("Vaginal swab"),
    SpecimenType.CERVICAL_SWAB: _("Cervical swab"),
    SpecimenType.PENILE_SWAB: _("Penile swab"),
    SpecimenType.ANAL_SWAB: _("Anal swab"),
    SpecimenType.BLOOD: _("Blood"),
    SpecimenType.URINE: _("Urine"),
    SpecimenType.PUBIC_HAIR: _("Pubic hair"),
    SpecimenType.NAILS: _("Nail clippings or scrapings"),
    SpecimenType.FOREIGN: _("Foreign body or debris"),
    SpecimenType.CLOTHING: _("Clothing"),
    SpecimenType.OTHER_SWAB: _("Another swab"),
}
SPECIMEN_ITEM: dict[SpecimenType, Item] = {
    SpecimenType.ORAL_SWAB: Item.SWABS_BODY,
    SpecimenType.SKIN_SWAB: Item.SWABS_BODY,
    SpecimenType.OTHER_SWAB: Item.SWABS_BODY,
    SpecimenType.GENITAL_OUTER: Item.SWABS_GENITAL,
    SpecimenType.VAGINAL_SWAB: Item.SWABS_GENITAL,
    SpecimenType.CERVICAL_SWAB: Item.SWABS_GENITAL,
    SpecimenType.PENILE_SWAB: Item.SWABS_GENITAL,
    SpecimenType.ANAL_SWAB: Item.SWABS_GENITAL,
    SpecimenType.BLOOD: Item.BLOOD_URINE,
    SpecimenType.URINE: Item.BLOOD_URINE,
    SpecimenType.PUBIC_HAIR: Item.HAIR_NAILS,
    SpecimenType.NAILS: Item.HAIR_NAILS,
    SpecimenType.FOREIGN: Item.HAIR_NAILS,
    SpecimenType.CLOTHING: Item.CLOTHING,
}
# Of these, several lie in one examination; their consents decide whether its section is open at all.
SPECIMEN_ITEMS = (Item.SWABS_BODY, Item.SWABS_GENITAL, Item.BLOOD_URINE, Item.HAIR_NAILS, Item.CLOTHING)


class SpecimenPurpose(StrEnum):
    FORENSIC = "forensic"
    CLINICAL = "clinical"


PURPOSE_LABELS: Labels = {
    SpecimenPurpose.FORENSIC: _("For the court"),
    SpecimenPurpose.CLINICAL: _("For her or his health"),
}
STORAGE_LABELS: Labels = {
    "room": _("Room temperature"),
    "dry": _("Dried, in paper"),
    "cool": _("In the refrigerator"),
    "frozen": _("Frozen"),
}
DESTINATION_LABELS: Labels = {
    "national": _("National forensic laboratory"),
    "facility": _("The facility's own laboratory"),
    "kept": _("Kept here for now"),
}


class FollowUpState(StrEnum):
    OPEN = "open"
    DONE = "done"
    MISSED = "missed"
    DROPPED = "dropped"


FOLLOW_UP_LABELS: Labels = {
    FollowUpState.OPEN: pgettext_lazy("a visit", "Open"),
    FollowUpState.DONE: _("She or he came"),
    FollowUpState.MISSED: _("She or he did not come"),
    FollowUpState.DROPPED: _("Not wanted any more"),
}


class ReleaseState(StrEnum):
    OPEN = "open"
    DECLINED = "declined"
    RECALLED = "recalled"


RELEASE_LABELS: Labels = {
    ReleaseState.OPEN: _("Released"),
    ReleaseState.DECLINED: _("Declined"),
    ReleaseState.RECALLED: _("Recalled"),
}
RELEASED_LABELS: Labels = {
    "identity": _("Name"),
    "narrative": _("What she or he told"),
    "examination": _("Findings, specimens and opinion"),
    "photographs": _("Photographs"),
}
