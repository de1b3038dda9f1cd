"""Lines that are counted, derived from casework and made again at will, and releases of figures.

A line holds codes, ids and days, and no word. Days are ordinal numbers (`date.toordinal`), so that both databases
subtract and compare them alike. Lines are no records of casework: the ledger does not commit to them, since anybody
can make them again from what it commits to.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.insight.words import ReleaseState
from amparo.kernel.guard import Guard
from amparo.kernel.words import codes_of
from amparo.ledger.records import Record

_ABOUT = {"id", "case_id", "person_id", "office_id", "type", "programme", "band", "attribution"}


class Standing(models.Model):
    """Up to which entry of the ledger the lines are made: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    entries = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)

    clear: ClassVar = {"id", "entries", "at", "made_at"}


class Line(models.Model):
    """What every line can be chosen by."""

    case_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    office_id = models.UUIDField()
    # As long as a code may be that an organisation adds.
    type = models.CharField(max_length=40, default="")
    programme = models.CharField(max_length=40, default="")
    band = models.CharField(max_length=8, default="")
    attribution = models.CharField(max_length=12, default="")

    class Meta:
        abstract = True


class SuspectLine(Line):
    """One suspect in one case, or a case in which nobody is named: the day of each step."""

    reported = models.IntegerField()
    identified = models.IntegerField(null=True)
    restrained = models.IntegerField(null=True)
    charged = models.IntegerField(null=True)
    enrolled = models.IntegerField(null=True)
    heard = models.IntegerField(null=True)
    trial = models.IntegerField(null=True)
    verdict = models.IntegerField(null=True)
    convicted = models.IntegerField(null=True)
    as_charged = models.IntegerField(null=True)
    sentenced = models.IntegerField(null=True)
    final = models.IntegerField(null=True)
    ended = models.IntegerField(null=True)
    step = models.PositiveSmallIntegerField(default=0)
    ending = models.CharField(max_length=24, default="")
    result = models.CharField(max_length=12, default="open")

    clear: ClassVar = _ABOUT | {
        "reported", "identified", "restrained", "charged", "enrolled", "heard", "trial", "verdict", "convicted",
        "as_charged", "sentenced", "final", "ended", "step", "ending", "result",
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case_id"], name="insight_suspect_case"),
            # Each index holds all that its figure needs, so that counting reads the index alone.
            models.Index(fields=["step", "ending", "reported"], name="insight_suspect_steps"),
            models.Index(fields=["reported", "charged", "ended"], name="insight_suspect_charge"),
            models.Index(fields=["reported", "ended", "result"], name="insight_suspect_result"),
        ]


class SurvivorLine(Line):
    """One survivor in one case: the day of each step."""

    reported = models.IntegerField()
    incident = models.IntegerField(null=True)
    statement = models.IntegerField(null=True)
    seen = models.IntegerField(null=True)
    relieved = models.IntegerField(null=True)
    testified = models.IntegerField(null=True)
    enrolled = models.IntegerField(null=True)
    restored = models.IntegerField(null=True)
    ended = models.IntegerField(null=True)
    appearances = models.PositiveSmallIntegerField(default=0)

    clear: ClassVar = _ABOUT | {
        "reported", "incident", "statement", "seen", "relieved", "testified", "enrolled", "restored", "ended",
        "appearances",
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case_id"], name="insight_survivor_case"),
            models.Index(fields=["reported", "testified", "ended"], name="insight_survivor_waits"),
        ]


class Happening(Line):
    """One thing that is counted on its day. `first` marks the one by which a person counts, once for each kind."""

    kind = models.CharField(max_length=12)
    source_id = models.UUIDField()
    day = models.IntegerField()
    # Of a case its kind, which may be one that an organisation added.
    code = models.CharField(max_length=40, default="")
    reason = models.CharField(max_length=40, default="")
    party = models.CharField(max_length=16, default="")
    unit_id = models.UUIDField(null=True)
    days = models.IntegerField(null=True)
    # Of a kit: when it went to a laboratory, when the result was there, and when it was given back or destroyed.
    sent = models.IntegerField(null=True)
    answered = models.IntegerField(null=True)
    ended = models.IntegerField(null=True)
    first = models.BooleanField(default=True)

    clear: ClassVar = _ABOUT | {
        "kind", "source_id", "day", "code", "reason", "party", "unit_id", "days", "sent", "answered", "ended", "first",
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case_id"], name="insight_happening_case"),
            models.Index(fields=["source_id", "kind"], name="insight_happening_source"),
            models.Index(fields=["person_id", "kind"], name="insight_happening_person"),
            models.Index(fields=["unit_id", "kind", "day"], name="insight_happening_unit"),
            models.Index(fields=["kind", "first", "day", "code", "reason", "party"], name="insight_happening_counted"),
        ]


class Release(Record):
    """Figures that may leave the organisation: asked for by one person, approved by another.

    `figures` are what leaves, after suppression: names of cells and counts of at least the smallest group, which say
    nothing of anybody. `digest` is theirs, and stands in the ledger. `programme`: whose cases alone are counted; empty
    for all cases.
    """

    title = models.CharField(max_length=24)
    programme = models.CharField(max_length=40, default="")
    first_day = models.IntegerField()
    last_day = models.IntegerField()
    state = models.CharField(max_length=12, choices=codes_of(ReleaseState), default=ReleaseState.ASKED)
    asked_by = models.UUIDField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    least = models.PositiveSmallIntegerField()
    entries = models.BigIntegerField()
    as_of = models.DateTimeField()
    digest = models.CharField(max_length=64)
    figures = models.JSONField(default=dict)

    clear: ClassVar = {
        "title", "programme", "first_day", "last_day", "state", "asked_by", "decided_by", "decided_at", "least",
        "entries", "as_of", "digest", "figures",
    }  # fmt: skip
    guard: ClassVar = Guard(office="office_id", own="asked_by")
    added: ClassVar = {"programme": ""}
