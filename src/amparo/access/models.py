"""Accounts, offices, roles, grants per case, bars and sign-ins."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models

from amparo.access.words import ConflictKind, ConflictState, DetailKind, DetailOf, LetterState
from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, Role, codes_of
from amparo.ledger.records import Record
from amparo.vault.fields import SealedField, TokenField


class Office(Record):
    """A place where people work; keys, caseloads and districts belong to one. Its own `office_id` is its id."""

    name = models.CharField(max_length=80)
    district = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=64, default="UTC")
    calling_code = models.CharField(max_length=4, default="1")
    closed_at = models.DateTimeField(null=True)

    clear: ClassVar = {"name", "district", "time_zone", "calling_code", "closed_at"}
    guard: ClassVar = Guard(office="id")


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(login=username)


class Account(Record, AbstractBaseUser):
    """Somebody who signs in. `login` is a blind token of the sign-in name; names and contacts are sealed."""

    last_login = None  # Sign-ins are kept in `SignIn` and in the ledger.

    login = models.CharField(max_length=64, unique=True)
    name = SealedField(owner="office_id", compartment=Compartment.STAFF, limit=200)
    login_name = SealedField(owner="office_id", compartment=Compartment.STAFF, limit=150)
    contact = SealedField(owner="office_id", compartment=Compartment.STAFF, limit=300)
    is_active = models.BooleanField(default=False)
    disabled_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=12, default="en")
    theme = models.CharField(max_length=8, default="device")
    mail_notices = models.BooleanField(default=False)
    duty_clinician = models.BooleanField(default=False)
    invitation = models.CharField(max_length=64, default="")
    invited_until = models.DateTimeField(null=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    clear: ClassVar = {
        "password", "login", "is_active", "disabled_at", "language", "theme", "mail_notices", "duty_clinician",
        "invitation", "invited_until",
    }  # fmt: skip
    guard: ClassVar = Guard(office="office_id", own="id", level=Compartment.STAFF)

    def check_password(self, raw_password: str | None) -> bool:
        """Compare only: the framework would store a fresh hash in passing, outside of any command."""
        return check_password(raw_password or "", self.password)


class RoleHeld(Record):
    """A role that somebody holds in an office, from and until a time. It counts once it is confirmed."""

    account_id = models.UUIDField(db_index=True)
    role = models.CharField(max_length=16, choices=codes_of(Role))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    clear: ClassVar = {"account_id", "role", "starts_at", "ends_at", "confirmed_by", "confirmed_at"}
    guard: ClassVar = Guard(office="office_id", own="account_id", level=Compartment.STAFF)


class CaseGrant(Record):
    """Somebody's place on a case's team, in one of their roles. `case_id` has no foreign key: cases lie above."""

    case_id = models.UUIDField()
    account_id = models.UUIDField()
    role = models.CharField(max_length=16, choices=codes_of(Role))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    reason = SealedField(owner="case_id", compartment=Compartment.LEGAL, limit=500)

    clear: ClassVar = {"case_id", "account_id", "role", "starts_at", "ends_at"}
    guard: ClassVar = Guard(case="case_id", office="office_id", own="account_id")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account_id", "case_id"], name="access_grant_account"),
            models.Index(fields=["case_id"], name="access_grant_case"),
        ]


class Bar(Record):
    """A wall between somebody and a case or a person; it beats every grant."""

    account_id = models.UUIDField(db_index=True)
    case_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)
    reason = SealedField(owner="account_id", compartment=Compartment.AUDIT, limit=500)
    lift_reason = SealedField(owner="account_id", compartment=Compartment.AUDIT, limit=500)

    clear: ClassVar = {"account_id", "case_id", "person_id", "lifted_at"}
    guard: ClassVar = Guard(case="case_id", person="person_id", office="office_id", level=Compartment.AUDIT)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="access_bar_against_one",
                condition=models.Q(case_id=None) ^ models.Q(person_id=None),
            )
        ]


class OwnDetail(Record):
    """A telephone number or name that somebody who works here gave of herself, or of somebody close to her.

    Only ever compared, by its token, with the people of cases; nobody but she herself is shown it.
    """

    account_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8, choices=codes_of(DetailKind))
    whose = models.CharField(max_length=8, choices=codes_of(DetailOf))
    value = SealedField(owner="account_id", compartment=Compartment.STAFF, limit=300)
    token = TokenField(db_index=True)

    clear: ClassVar = {"account_id", "kind", "whose"}
    guard: ClassVar = Guard(office="office_id", own="account_id", level=Compartment.STAFF)


class Conflict(Record):
    """That somebody who works here may know a person or a case, and what a supervisor found.

    `token` is of the detail that was the same, so that nobody is asked twice about it.
    """

    account_id = models.UUIDField(db_index=True)
    case_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=8, choices=codes_of(ConflictKind))
    whose = models.CharField(max_length=8, choices=codes_of(DetailOf))
    state = models.CharField(max_length=8, choices=codes_of(ConflictState))
    bar_id = models.UUIDField(null=True, db_index=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    token = TokenField(null=True)
    answer = SealedField(owner="account_id", compartment=Compartment.AUDIT, limit=500)

    clear: ClassVar = {
        "account_id", "case_id", "person_id", "kind", "whose", "state", "bar_id", "decided_by", "decided_at",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", person="person_id", office="office_id", level=Compartment.AUDIT)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="access_conflict_about_one",
                condition=models.Q(case_id=None) ^ models.Q(person_id=None),
            ),
            models.UniqueConstraint(fields=["account_id", "person_id", "token"], name="access_conflict_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "office_id"], name="access_conflict_state")]


class SignIn(models.Model):
    """One sign-in, from which sessions are listed and ended. `device` is a coarse word, not an address.

    `court_at` is since when it is in court mode.
    """

    id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField(db_index=True)
    device = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    court_at = models.DateTimeField(null=True)

    clear: ClassVar = {"id", "account_id", "device", "started_at", "seen_at", "ended_at", "court_at"}


class Reading(models.Model):
    """That a guarded compartment of a case was opened in a sign-in: recorded once, shown to C10 roles."""

    sign_in_id = models.UUIDField()
    case_id = models.UUIDField()
    compartment = models.CharField(max_length=4, choices=codes_of(Compartment))
    at = models.DateTimeField()

    clear: ClassVar = {"id", "sign_in_id", "case_id", "compartment", "at"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sign_in_id", "case_id", "compartment"], name="access_reading_once")
        ]


class RefusedAttempt(models.Model):
    """Refused attempts of one person in one minute, coalesced, until the ledger has them."""

    account_id = models.UUIDField()
    permission = models.CharField(max_length=64)
    minute = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    clear: ClassVar = {"id", "account_id", "permission", "minute", "count"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account_id", "permission", "minute"], name="access_refused_once")
        ]


class Tie(Record):
    """That a person has a part in a case: what lets the policy answer for rows about a person.

    Written with the party itself, and kept by the same entry of the ledger: a row put in from outside would
    open a person, and one taken away would lift a person's bar. People and cases lie above, so there are no
    foreign keys.
    """

    person_id = models.UUIDField()
    case_id = models.UUIDField()
    # Of two records of one person: the record that has the part, where this one has it through that one only.
    through_id = models.UUIDField(null=True)

    clear: ClassVar = {"person_id", "case_id", "through_id"}
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person_id", "case_id"], name="access_tie_once")]
        indexes: ClassVar = [models.Index(fields=["case_id"], name="access_tie_case")]


class SamePerson(Record):
    """That two records are one person: what lets a bar against either, and a place on either's team, hold for both."""

    joined_id = models.UUIDField(unique=True)
    kept_id = models.UUIDField(db_index=True)

    clear: ClassVar = {"joined_id", "kept_id"}
    guard: ClassVar = Guard(office="office_id", person="joined_id")


class OperationPlace(Record):
    """Somebody's place in an operation, in one of their roles: in its team, or as one who was asked to approve it.

    What opens an operation, and where and when it is, to anybody. Kept by the same entry of the ledger as the
    change of the team. Operations lie above, so there is no foreign key.
    """

    operation_id = models.UUIDField()
    account_id = models.UUIDField()
    role = models.CharField(max_length=16, choices=codes_of(Role))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    clear: ClassVar = {"operation_id", "account_id", "role", "starts_at", "ends_at"}
    guard: ClassVar = Guard(operation="operation_id", office="office_id", own="account_id")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account_id", "operation_id"], name="access_place_account"),
            models.Index(fields=["operation_id"], name="access_place_operation"),
        ]


class OperationTie(Record):
    """That an operation is about a case: what lets a bar against the case reach the operation."""

    operation_id = models.UUIDField()
    case_id = models.UUIDField()

    clear: ClassVar = {"operation_id", "case_id"}
    guard: ClassVar = Guard(operation="operation_id", office="office_id")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operation_id", "case_id"], name="access_operation_tie_once")
        ]
        indexes: ClassVar = [models.Index(fields=["case_id"], name="access_operation_tie_case")]


class Notice(models.Model):
    """That something happened which its reader should know: a code and a case, never words."""

    id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField()
    kind = models.CharField(max_length=24)
    case_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    letter_id = models.UUIDField(null=True)

    clear: ClassVar = {"id", "account_id", "kind", "case_id", "at", "read_at", "letter_id"}

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account_id", "read_at", "-at"], name="access_notice_unread"),
            models.Index(
                fields=["account_id"], condition=models.Q(read_at=None, letter_id=None), name="access_notice_untold"
            ),
        ]


class Letter(models.Model):
    """One letter by mail to one person for one hour of a day, which tells how many of her notices wait.

    Never two for an hour. Whether one that was being handed over when the process died has arrived is unknown:
    its notices go into the next one.
    """

    id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField()
    slot = models.DateTimeField()
    state = models.CharField(max_length=8, choices=codes_of(LetterState))
    tried_at = models.DateTimeField(null=True)

    clear: ClassVar = {"id", "account_id", "slot", "state", "tried_at"}

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account_id", "slot"], name="access_letter_once")]
        indexes: ClassVar = [models.Index(fields=["state", "slot"], name="access_letter_state")]
