"""What the shell itself keeps: forms that were sent after the sign-in had ended."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.kernel.words import Compartment, codes_of
from amparo.vault.fields import SealedField


class KeptForm(models.Model):
    """What somebody had typed when her sign-in had ended; sealed, given back to her alone, for 15 minutes."""

    id = models.UUIDField(primary_key=True)
    office_id = models.UUIDField()
    account_id = models.UUIDField(db_index=True)
    until = models.DateTimeField()
    typed = SealedField(owner="account_id", compartment=Compartment.STAFF, limit=500_000)

    clear: ClassVar = {"id", "office_id", "account_id", "until"}


class Upload(models.Model):
    """A sealed file that was received and waits to be claimed by a command; swept after a day, or at `until`."""

    id = models.UUIDField(primary_key=True)
    office_id = models.UUIDField()
    account_id = models.UUIDField()
    owner_id = models.UUIDField()
    compartment = models.CharField(max_length=4, choices=codes_of(Compartment))
    address = models.CharField(max_length=64)
    stored_bytes = models.BigIntegerField()
    key_salt = models.BinaryField()
    at = models.DateTimeField(db_index=True)
    # Where somebody asked that what she began be kept for longer than a day.
    until = models.DateTimeField(null=True)
    details = SealedField(owner="owner_id", compartment_column="compartment", limit=2000)

    clear: ClassVar = {
        "id", "office_id", "account_id", "owner_id", "compartment", "address", "stored_bytes", "key_salt", "at",
        "until",
    }  # fmt: skip
