"""Words that every floor shares: compartments, roles and what a column may hold."""

from __future__ import annotations

from enum import IntEnum, StrEnum


def codes_of(words: type[StrEnum]) -> list[tuple[str, str]]:
    """The words of an enumeration as the choices of a column: what is stored, and its name in the code."""
    return [(word.value, word.name) for word in words]


class Compartment(StrEnum):
    """The unit of permission and of encryption (the roles table says who sees which)."""

    IDENTITY = "C1"
    ADDRESS = "C1b"
    NARRATIVE = "C2"
    EXAMINATION = "C3"
    CLINICAL = "C3b"
    CARE = "C4"
    INVESTIGATION = "C5"
    SUSPECT = "C5a"
    EVIDENCE = "C6"
    LEGAL = "C7"
    OPERATION = "C8"
    PROGRAMME = "C9"
    AUDIT = "C10"
    # Not a compartment of casework: the contacts of the people who work here.
    STAFF = "S"


class Sight(IntEnum):
    """How much of a compartment somebody sees. The order matters: more includes less."""

    NONE = 0
    AGGREGATE = 1
    STATUS = 2
    PARTIAL = 3
    FULL = 4


class Role(StrEnum):
    INTAKE = "intake"
    CASEWORKER = "caseworker"
    SUPERVISOR = "supervisor"
    INVESTIGATOR = "investigator"
    LAWYER = "lawyer"
    PROSECUTOR = "prosecutor"
    POLICE = "police"
    EXAMINER = "examiner"
    CUSTODIAN = "custodian"
    TRAINER = "trainer"
    ANALYST = "analyst"
    DIRECTOR = "director"
    PROTECTION = "protection"
    SYSTEM = "system"
    AUDITOR = "auditor"
    OUTSIDER = "outsider"
