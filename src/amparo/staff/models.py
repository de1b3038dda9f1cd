"""What an organisation has set for itself, and the codes of second steps that were used up."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.kernel.guard import Guard
from amparo.ledger.records import Record
from amparo.vault.fields import TokenField


class Setting(Record):
    """One group of settings, in the form that `rules` reads. Without a row the group has its defaults.

    Nothing here is about a person, so it is all in clear.
    """

    key = models.CharField(max_length=40, unique=True)
    value = models.JSONField()

    clear: ClassVar = {"key", "value"}
    guard: ClassVar = Guard(office="office_id")


class UsedCode(models.Model):
    """A code of a second step that was taken once. Kept until its time has passed, so that it is not taken twice."""

    account_id = models.UUIDField()
    code = TokenField()
    at = models.DateTimeField()

    clear: ClassVar = {"id", "account_id", "at"}

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account_id", "code"], name="staff_code_once")]
