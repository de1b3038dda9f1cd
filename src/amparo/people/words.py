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
    PersonKind.REPORTER: "RP",
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
