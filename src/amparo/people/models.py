"""People, their names, contacts and protected addresses. Everything that names anybody is sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Greatest, Least

from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record, SealedFile
from amparo.people.words import ContactKind, JoiningState, PersonKind, PhotoBasis
from amparo.vault.fields import SealedField, TokenField

# `handed_at` stands on each row about a person, so that who took the report sees none of them afterwards.
OF_PERSON = Guard(office="office_id", person="person_id", handed="handed_at", level_column="level")


class Person(Record):
    """Somebody a case is about. `level` is the compartment that her identity lies in."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=12, choices=codes_of(PersonKind))
    level = models.CharField(max_length=4, choices=codes_of(Compartment))
    merged_into_id = models.UUIDField(null=True)
    erased_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    name = SealedField(compartment_column="level", limit=300)
    known_as = SealedField(compartment_column="level", limit=100)
    birth = SealedField(compartment_column="level", limit=20)
    age_estimate = SealedField(compartment_column="level", limit=200)
    gender = SealedField(compartment_column="level", limit=20)
    languages = SealedField(compartment_column="level", limit=200)
    citizenships = SealedField(compartment_column="level", limit=300)
    needs = SealedField(compartment_column="level", limit=1000)
    disability = SealedField(compartment_column="level", limit=200)
    death = SealedField(compartment_column="level", limit=40)
    identifiers = SealedField(compartment_column="level", limit=1000)
    looks = SealedField(compartment_column="level", limit=1000)

    clear: ClassVar = {"code", "kind", "level", "merged_into_id", "erased_at", "handed_at"}
    guard: ClassVar = Guard(office="office_id", person="id", handed="handed_at", level_column="level")


class PersonName(Record):
    """One more name of a person: in another script, an alias, a maiden name."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=4, choices=codes_of(Compartment))
    kind = models.CharField(max_length=14)
    withdrawn_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    name = SealedField(owner="person_id", compartment_column="level", limit=300)

    clear: ClassVar = {"person_id", "level", "kind", "withdrawn_at", "handed_at"}
    guard: ClassVar = OF_PERSON


class Joining(Record):
    """That two records were said to be one person, by whom, and who decided it."""

    level = models.CharField(max_length=4, choices=codes_of(Compartment))
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    joined = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=codes_of(JoiningState))
    asked_by = models.UUIDField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    parted_by = models.UUIDField(null=True)
    parted_at = models.DateTimeField(null=True)
    reason = SealedField(owner="joined_id", compartment_column="level", limit=1000)
    answer = SealedField(owner="joined_id", compartment_column="level", limit=1000)
    parted_reason = SealedField(owner="joined_id", compartment_column="level", limit=1000)

    clear: ClassVar = {
        "level", "kept_id", "joined_id", "state", "asked_by", "decided_by", "decided_at", "parted_by", "parted_at",
    }  # fmt: skip
    guard: ClassVar = Guard(office="office_id", person="joined_id", level_column="level")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "office_id"], name="people_joining_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["joined"], condition=models.Q(state="joined"), name="people_joined_into_one"
            ),
            # In either order: two who ask at the same moment ask once.
            models.UniqueConstraint(
                Least("kept", "joined"),
                Greatest("kept", "joined"),
                condition=models.Q(state="asked"),
                name="people_pair_asked_once",
            ),
        ]


class LookupToken(models.Model):
    """A blind token by which a person is found: of a part of a name, or of a whole telephone number."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=8, choices=[("name", "name"), ("phone", "phone")])
    generation = models.PositiveSmallIntegerField()
    token = TokenField()

    clear: ClassVar = {"id", "person_id", "field", "generation"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["token", "field"], name="people_lookup")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "field", "token"], name="people_token_once")]


class Contact(Record):
    """How to reach a person, and when and how that is safe. `safety` holds the rules in words."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=4, choices=codes_of(Compartment))
    kind = models.CharField(max_length=12, choices=codes_of(ContactKind))
    is_safe = models.BooleanField(default=False)
    may_leave_message = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    value = SealedField(owner="person_id", compartment_column="level", limit=300)
    whose = SealedField(owner="person_id", compartment_column="level", limit=200)
    hours = SealedField(owner="person_id", compartment_column="level", limit=200)
    rules = SealedField(owner="person_id", compartment_column="level", limit=1000)
    code_word = SealedField(owner="person_id", compartment_column="level", limit=100)

    clear: ClassVar = {
        "person_id", "level", "kind", "is_safe", "may_leave_message", "ended_at", "handed_at",
    }  # fmt: skip
    guard: ClassVar = OF_PERSON


class ProtectedAddress(Record):
    """Where a person lives or is placed: a compartment of its own."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    ended_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    address = SealedField(owner="person_id", compartment=Compartment.ADDRESS, limit=1000)
    district = SealedField(owner="person_id", compartment=Compartment.ADDRESS, limit=120)

    clear: ClassVar = {"person_id", "kind", "ended_at", "handed_at"}
    guard: ClassVar = Guard(office="office_id", person="person_id", handed="handed_at", level=Compartment.ADDRESS)


class Photo(SealedFile):
    """A picture by which somebody is known again. The newest that stays is shown; others are kept as earlier ones.

    One that was taken away has no file any more, and says why.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=4, choices=codes_of(Compartment))
    basis = models.CharField(max_length=10, choices=codes_of(PhotoBasis))
    removed_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    key_salt = models.BinaryField()
    details = SealedField(owner="person_id", compartment_column="level", limit=1000)
    about = SealedField(owner="person_id", compartment_column="level", limit=300)
    reason = SealedField(owner="person_id", compartment_column="level", limit=500)

    clear: ClassVar = SealedFile.file_clear | {"person_id", "level", "basis", "removed_at", "handed_at", "key_salt"}
    guard: ClassVar = OF_PERSON
