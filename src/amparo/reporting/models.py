"""What the site keeps of strangers: what they have not sent yet, and the lockers that their codes open.

None of it is a record of casework. No row says who, from where, or with which report it belongs together: that
is locked in with the stranger's own secret, and sealed once more under the house's keys.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.kernel.words import Compartment
from amparo.vault.fields import SealedField


class Visit(models.Model):
    """One stranger between two pages, found by the cookie; gone two hours after the last page.

    Who asks for a code to go on later has a second row, found by the code, in which the cookie's secret is locked.
    """

    id = models.UUIDField(primary_key=True)
    office_id = models.UUIDField()
    look_up = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)
    held = SealedField(compartment=Compartment.NARRATIVE, limit=500_000)

    clear: ClassVar = {"id", "office_id", "look_up", "until"}


class Unsent(models.Model):
    """That files wait, sealed under the number of a report that was not sent yet; without it nobody would know whose
    they are, once the cookie is lost. Gone with them and their key, or when the report was sent."""

    id = models.UUIDField(primary_key=True)
    office_id = models.UUIDField()
    until = models.DateTimeField(db_index=True)

    clear: ClassVar = {"id", "office_id", "until"}


class Mailbox(models.Model):
    """What a code opens: the number of one report. It has no time, and its id tells none."""

    id = models.UUIDField(primary_key=True)
    office_id = models.UUIDField()
    look_up = models.CharField(max_length=64, unique=True)
    held = SealedField(compartment=Compartment.NARRATIVE, limit=2000)

    clear: ClassVar = {"id", "office_id", "look_up"}
