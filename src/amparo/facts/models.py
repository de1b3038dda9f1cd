"""What the organisation decided about the facts of the pack, and its own figures that left casework."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.facts.words import State
from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment
from amparo.ledger.records import Record
from amparo.vault.fields import SealedField

_STATES = [(state.value, state.name) for state in State if state is not State.NOT_YET]


class Decision(Record):
    """That a fact was verified, published or withdrawn. `digest` is of the text that was decided about."""

    fact = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=_STATES)
    verified_by = models.UUIDField()
    verified_on = models.DateField()
    published_by = models.UUIDField(null=True)
    published_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    clear: ClassVar = {
        "fact", "digest", "state", "verified_by", "verified_on", "published_by", "published_on", "ended_on",
    }  # fmt: skip
    guard: ClassVar = Guard(office="office_id", level=Compartment.PROGRAMME)

    class Meta:
        constraints: ClassVar = [
            # The database itself refuses that one person verifies and publishes.
            models.CheckConstraint(
                name="facts_two_people",
                condition=models.Q(published_by=None) | ~models.Q(published_by=models.F("verified_by")),
            )
        ]


class OwnFigures(Record):
    """Figures of the organisation for a period, after suppression and approval. The newest that stands is shown."""

    release_id = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    # The smallest group that was shown when it was asked for: every figure is of at least so many people.
    least = models.PositiveSmallIntegerField(default=11)
    since = models.DateField()
    until = models.DateField()
    published_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    content = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=100_000)

    clear: ClassVar = {"release_id", "digest", "least", "since", "until", "published_on", "withdrawn_on"}
    guard: ClassVar = Guard(office="office_id", level=Compartment.PROGRAMME)
    added: ClassVar = {"least": 11}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["withdrawn_on", "-published_on"], name="facts_figures_newest")]
