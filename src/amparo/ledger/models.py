"""The ledger's own tables. Nothing here is ever updated or deleted by the product."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One event and its leaf. `body` is the canonical form that the leaf commits to; the other columns
    repeat parts of it for look-ups, and are compared with it when the ledger is verified."""

    index = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=64)
    actor_id = models.UUIDField()
    office_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)
    body = models.TextField()
    salt = models.BinaryField()
    leaf = models.BinaryField()

    clear: ClassVar = {
        "index", "at", "verb", "actor_id", "office_id", "case_id", "subject_id", "body", "salt", "leaf",
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case_id", "-index"], name="ledger_entry_case"),
            models.Index(fields=["subject_id", "-index"], name="ledger_entry_subject"),
            models.Index(fields=["actor_id", "-index"], name="ledger_entry_actor"),
            models.Index(fields=["verb", "-index"], name="ledger_entry_verb"),
        ]


class Root(models.Model):
    """The signed root after a commit. `peaks` is the frontier from which the next commit goes on."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    peaks = models.BinaryField()
    signature = models.BinaryField()
    at = models.DateTimeField()

    clear: ClassVar = {"size", "root", "peaks", "signature", "at"}


class Tile(models.Model):
    """256 complete subtree roots of one level, written once when complete, for proofs."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()
    root = models.BinaryField()

    clear: ClassVar = {"id", "level", "number", "hashes", "root"}

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["level", "number"], name="ledger_tile_place")]


class Submission(models.Model):
    """A form that was sent: the same one sent again makes nothing twice."""

    key = models.UUIDField(primary_key=True)
    actor_id = models.UUIDField()
    result_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    clear: ClassVar = {"key", "actor_id", "result_id", "at"}
