"""The key tables. Their rows are worthless without the keyring, and are backed up apart."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.kernel.words import Compartment, codes_of


class OfficeKey(models.Model):
    """One generation of the key that wraps the data keys of an office; itself wrapped by the root key."""

    id = models.BigAutoField(primary_key=True)
    office_id = models.UUIDField()
    generation = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    clear: ClassVar = {"id", "office_id", "generation", "wrapped", "created_at", "retired_at"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office_id", "generation"], name="vault_office_generation")
        ]


class DataKey(models.Model):
    """The key of one owner (a person, a case, a report, an office) and one compartment."""

    number = models.BigIntegerField(primary_key=True)
    owner_id = models.UUIDField()
    compartment = models.CharField(max_length=4, choices=codes_of(Compartment))
    office_key = models.ForeignKey(OfficeKey, on_delete=models.PROTECT, related_name="+")
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()

    clear: ClassVar = {"number", "owner_id", "compartment", "office_key_id", "wrapped", "created_at"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner_id", "compartment"], name="vault_one_key_for_owner")
        ]
