"""What can be permitted, and within which bounds."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.kernel.words import Compartment, Role


class Scope(StrEnum):
    """Whose rows a permission covers."""

    ANY = "a"  # the whole organisation
    OFFICE = "o"  # the offices in which the role is held
    TEAM = "t"  # cases on whose team the actor is, in that role
    HELD = "h"  # the office's rows that were not handed over yet
    OWN = "m"  # the actor's own
    PLACE = "p"  # operations in which the actor has a place, in that role, until they are over


class LetterState(StrEnum):
    """How far a letter by mail has come."""

    WAITING = "waiting"
    HANDED = "handed"  # to the mail server; whether it took it is not known yet
    SENT = "sent"
    REFUSED = "refused"  # for good
    UNKNOWN = "unknown"  # the process died, or the line broke, while it was handed over
    VOID = "void"  # all was read meanwhile, or she no longer wants letters


class DetailKind(StrEnum):
    """What a member of staff gave of herself, to be compared with the people of cases."""

    PHONE = "phone"
    NAME = "name"


class DetailOf(StrEnum):
    """Of whom it is."""

    OWN = "own"
    RELATIVE = "relative"


class ConflictKind(StrEnum):
    """How it came out that somebody who works here may know somebody in a case."""

    DECLARED = "declared"
    PHONE = "phone"
    NAME = "name"


class ConflictState(StrEnum):
    """What was decided; only a name waits without a bar."""

    OPEN = "open"
    BARRED = "barred"
    NONE = "none"


ROLE_LABELS: dict[Role, str | Promise] = {
    Role.INTAKE: _("Intake officer"),
    Role.CASEWORKER: _("Caseworker"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.INVESTIGATOR: _("Investigator"),
    Role.LAWYER: _("Lawyer"),
    Role.PROSECUTOR: _("Public prosecutor"),
    Role.POLICE: _("Police partner"),
    Role.EXAMINER: _("Medical examiner"),
    Role.CUSTODIAN: _("Evidence custodian"),
    Role.TRAINER: _("Trainer and mentor"),
    Role.ANALYST: _("Data manager"),
    Role.DIRECTOR: _("Programme director"),
    Role.PROTECTION: _("Data-protection officer"),
    Role.SYSTEM: _("System keeper"),
    Role.AUDITOR: _("Auditor"),
    Role.OUTSIDER: _("No role"),
}

COMPARTMENT_LABELS: dict[Compartment, str | Promise] = {
    Compartment.IDENTITY: _("Identity and contact"),
    Compartment.ADDRESS: _("Protected address"),
    Compartment.NARRATIVE: _("What happened"),
    Compartment.EXAMINATION: _("Examination"),
    Compartment.CLINICAL: _("Health"),
    Compartment.CARE: _("Care"),
    Compartment.INVESTIGATION: _("Investigation"),
    Compartment.SUSPECT: _("Suspects"),
    Compartment.EVIDENCE: _("Evidence"),
    Compartment.LEGAL: _("Court"),
    Compartment.OPERATION: _("Operations"),
    Compartment.PROGRAMME: _("Programme and officials"),
    Compartment.AUDIT: _("Ledger and readings"),
    Compartment.STAFF: _("Colleagues"),
}

SCOPE_LABELS: dict[Scope, str | Promise] = {
    Scope.ANY: _("in the whole organisation"),
    Scope.OFFICE: _("in their office"),
    Scope.TEAM: _("in cases on whose team they are"),
    Scope.HELD: _("until handed over"),
    Scope.OWN: _("their own"),
    Scope.PLACE: _("in operations in which they have a place"),
}

CONFLICT_LABELS: dict[ConflictKind, str | Promise] = {
    ConflictKind.DECLARED: _("Said so herself or himself"),
    ConflictKind.PHONE: _("The same telephone number"),
    ConflictKind.NAME: _("The same name"),
}

FOUND_LABELS: dict[ConflictState, str | Promise] = {
    ConflictState.BARRED: _("The colleague must not see this: barred"),
    ConflictState.NONE: _("No conflict: the colleague may work on it"),
}

DETAIL_OF_LABELS: dict[DetailOf, str | Promise] = {
    DetailOf.OWN: _("the colleague’s own"),
    DetailOf.RELATIVE: _("that of somebody close to the colleague"),
}
