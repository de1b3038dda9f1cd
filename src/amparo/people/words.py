"""Code lists of people."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.kernel.words import Compartment


class PersonKind(StrEnum):
    """What a person is to us at first; the part in a case is kept with the case."""

    SURVIVOR = "survivor"
    FAMILY = "family"
    WITNESS = "witness"
    REPORTER = "reporter"
    SUSPECT = "suspect"
    OFFICIAL = "official"


KIND_LABELS: dict[PersonKind, str | Promise] = {
    PersonKind.SURVIVOR: _("Survivor"),
    PersonKind.FAMILY: _("Family member"),
    PersonKind.WITNESS: _("Witness"),
    PersonKind.REPORTER: _("Reporter"),
    PersonKind.SUSPECT: _("Suspect"),
    PersonKind.OFFICIAL: _("Official"),
}

# Whose compartment a person's identity lies in, and the letter of her code.
LEVEL_OF: dict[PersonKind, Compartment] = {
    PersonKind.SUSPECT: Compartment.SUSPECT,
    PersonKind.OFFICIAL: Compartment.PROGRAMME,
} | dict.fromkeys(
    (PersonKind.SURVIVOR, PersonKind.FAMILY, PersonKind.WITNESS, PersonKind.REPORTER), Compartment.IDENTITY
)
PREFIX_OF: dict[PersonKind, str] = {
    PersonKind.SURVIVOR: "SV",
    PersonKind.FAMILY: "FM",
    PersonKind.WITNESS: "WT",
    PersonKind.REPORTER: "CL",
    PersonKind.SUSPECT: "SP",
    PersonKind.OFFICIAL: "OF",
}


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"
    TRANS_FEMALE = "trans_female"
    TRANS_MALE = "trans_male"
    NON_BINARY = "non_binary"
    UNKNOWN = "unknown"


GENDER_LABELS: dict[Gender, str | Promise] = {
    Gender.FEMALE: _("Female"),
    Gender.MALE: _("Male"),
    Gender.TRANS_FEMALE: _("Trans female"),
    Gender.TRANS_MALE: _("Trans male"),
    Gender.NON_BINARY: _("Non-binary"),
    Gender.UNKNOWN: _("Not known"),
}


class Disability(StrEnum):
    """In which of the six domains of the Washington Group's short set somebody has a lot of difficulty, or can't."""

    SEEING = "seeing"
    HEARING = "hearing"
    WALKING = "walking"
    REMEMBERING = "remembering"
    SELF_CARE = "self_care"
    COMMUNICATING = "communicating"
    NONE = "none"


DISABILITY_LABELS: dict[Disability, str | Promise] = {
    Disability.SEEING: _("Seeing, also with glasses"),
    Disability.HEARING: _("Hearing, also with a hearing aid"),
    Disability.WALKING: _("Walking or climbing stairs"),
    Disability.REMEMBERING: _("Remembering or keeping the mind on something"),
    Disability.SELF_CARE: _("Washing or dressing"),
    Disability.COMMUNICATING: _("Understanding others, or being understood"),
    Disability.NONE: _("None of these: it was asked"),
}


class ContactKind(StrEnum):
    PHONE = "phone"
    MESSAGES = "messages"
    EMAIL = "email"
    THROUGH = "through"
    PLACE = "place"


CONTACT_LABELS: dict[ContactKind, str | Promise] = {
    ContactKind.PHONE: _("Telephone"),
    ContactKind.MESSAGES: _("Text messages"),
    ContactKind.EMAIL: _("E-mail"),
    ContactKind.THROUGH: _("Through another person"),
    ContactKind.PLACE: _("At a place"),
}


class AgeMethod(StrEnum):
    STATED = "stated"
    DOCUMENT = "document"
    APPEARANCE = "appearance"
    MEDICAL = "medical"
    RELATIVE = "relative"


AGE_METHOD_LABELS: dict[AgeMethod, str | Promise] = {
    AgeMethod.STATED: _("She or he said so"),
    AgeMethod.DOCUMENT: _("From a document"),
    AgeMethod.APPEARANCE: _("By appearance"),
    AgeMethod.MEDICAL: _("Medical estimate"),
    AgeMethod.RELATIVE: _("A relative said so"),
}


class NameKind(StrEnum):
    GIVEN = "given"
    KNOWN_AS = "known_as"
    NICKNAME = "nickname"
    ALIAS = "alias"
    MAIDEN = "maiden"
    MARRIED = "married"
    RELIGIOUS = "religious"
    TRANSLITERATED = "transliterated"


NAME_LABELS: dict[NameKind, str | Promise] = {
    NameKind.TRANSLITERATED: _("The same name in other letters"),
    NameKind.GIVEN: _("Another full name"),
    NameKind.KNOWN_AS: _("Known as"),
    NameKind.NICKNAME: _("Nickname"),
    NameKind.ALIAS: _("Alias"),
    NameKind.MAIDEN: _("Name before marriage"),
    NameKind.MARRIED: _("Name after marriage"),
    NameKind.RELIGIOUS: _("Religious name"),
}


class AddressKind(StrEnum):
    HOME = "home"
    KIN = "kin"
    SHELTER = "shelter"
    FOSTER = "foster"
    INDEPENDENT = "independent"


ADDRESS_LABELS: dict[AddressKind, str | Promise] = {
    AddressKind.HOME: _("Own home"),
    AddressKind.KIN: _("With relatives"),
    AddressKind.SHELTER: _("Shelter"),
    AddressKind.FOSTER: _("Foster family"),
    AddressKind.INDEPENDENT: _("Living independently"),
}


class NamesReason(StrEnum):
    """Why names are opened by somebody who works with codes."""

    CALL = "call"
    COURT = "court"
    SERVICE = "service"
    DUPLICATE = "duplicate"
    SUPERVISION = "supervision"
    SAFETY = "safety"


NAMES_REASON_LABELS: dict[NamesReason, str | Promise] = {
    NamesReason.CALL: _("To call or meet the person"),
    NamesReason.COURT: _("For a court or an authority"),
    NamesReason.SERVICE: _("To arrange a service"),
    NamesReason.DUPLICATE: _("To see whether two records are one person"),
    NamesReason.SUPERVISION: _("For supervision"),
    NamesReason.SAFETY: _("Somebody is in danger"),
}


class PhotoBasis(StrEnum):
    """Why a picture of somebody may be kept."""

    AGREED = "agreed"
    CAREGIVER = "caregiver"
    UNABLE = "unable"
    AUTHORITY = "authority"
    PUBLIC = "public"


PHOTO_BASIS_LABELS: dict[PhotoBasis, str | Promise] = {
    PhotoBasis.AGREED: _("The person was asked and agreed"),
    PhotoBasis.CAREGIVER: _("A child: a caregiver agreed, and the child was asked"),
    PhotoBasis.UNABLE: _("The person can’t be asked now, and has to be found or known again"),
    PhotoBasis.AUTHORITY: _("An authority or partner gave it by law"),
    PhotoBasis.PUBLIC: _("Anybody can see it where it comes from"),
}
# Who comes to us for help is asked; that others can see a picture is no reason to keep it.
SURVIVOR_BASES = (PhotoBasis.AGREED, PhotoBasis.CAREGIVER, PhotoBasis.UNABLE)


class JoiningState(StrEnum):
    """How far it is that two records are one person."""

    ASKED = "asked"
    JOINED = "joined"
    APART = "apart"
    PARTED = "parted"


# BCP 47 tags by script: which language it is, nobody asked.
_TAGGED = ("Arab", "Deva", "Khmr", "Cyrl", "Grek", "Hebr", "Thai", "Laoo", "Mymr", "Beng", "Ethi", "Hani")
LANG_OF_SCRIPT: dict[str, str] = {script: f"und-{script}" for script in _TAGGED}
