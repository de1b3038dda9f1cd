"""What got out or may have, and impact assessments. Words are sealed, each record's under keys of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record
from amparo.protection.words import Risk, State, Telling
from amparo.vault.fields import SealedField


class Breach(Record):
    """Something that got out, or may have. `authority` and `people_told`: whether they had to be told, and when it was.

    About whom it is stands in no column: `people` says how many, as far as anybody can say.
    """

    code = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=8, choices=codes_of(State), default=State.OPEN)
    noticed_at = models.DateTimeField()
    happened_on = models.DateField(null=True)
    kinds = models.JSONField(default=list)
    people = models.PositiveIntegerField(null=True)
    risk = models.CharField(max_length=8, choices=codes_of(Risk), default="")
    reported_by = models.UUIDField()
    assessed_by = models.UUIDField(null=True)
    assessed_at = models.DateTimeField(null=True)
    authority = models.CharField(max_length=12, choices=codes_of(Telling), default="")
    authority_at = models.DateTimeField(null=True)
    people_told = models.CharField(max_length=12, choices=codes_of(Telling), default="")
    people_on = models.DateField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    what = SealedField(compartment=Compartment.AUDIT, limit=4000)
    risk_words = SealedField(compartment=Compartment.AUDIT, limit=2000)
    done = SealedField(compartment=Compartment.AUDIT, limit=4000)
    authority_reason = SealedField(compartment=Compartment.AUDIT, limit=1000)
    people_reason = SealedField(compartment=Compartment.AUDIT, limit=1000)
    learned = SealedField(compartment=Compartment.AUDIT, limit=2000)

    clear: ClassVar = {
        "code", "state", "noticed_at", "happened_on", "kinds", "people", "risk", "reported_by", "assessed_by",
        "assessed_at", "authority", "authority_at", "people_told", "people_on", "decided_by", "decided_at",
        "closed_by", "closed_at",
    }  # fmt: skip
    guard: ClassVar = Guard(office="office_id", own="reported_by", level=Compartment.AUDIT)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "noticed_at"], name="protection_breach_open"),
            models.Index(fields=["reported_by"], name="protection_breach_own"),
        ]
        constraints: ClassVar = [
            # The database itself refuses that one person decides and closes.
            models.CheckConstraint(
                name="protection_two_people",
                condition=models.Q(closed_by=None) | ~models.Q(closed_by=models.F("decided_by")),
            )
        ]


class ImpactAssessment(Record):
    """What is done with people's data, why it is needed, what may go wrong, and what is done against it.

    It is signed as it stands: a change takes the signature away.
    """

    review_on = models.DateField()
    signed_by = models.UUIDField(null=True)
    signed_on = models.DateField(null=True)
    title = SealedField(compartment=Compartment.AUDIT, limit=200)
    processing = SealedField(compartment=Compartment.AUDIT, limit=4000)
    need = SealedField(compartment=Compartment.AUDIT, limit=4000)
    risks = SealedField(compartment=Compartment.AUDIT, limit=4000)
    measures = SealedField(compartment=Compartment.AUDIT, limit=4000)

    clear: ClassVar = {"review_on", "signed_by", "signed_on"}
    guard: ClassVar = Guard(office="office_id", level=Compartment.AUDIT)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["review_on"], name="protection_review")]
