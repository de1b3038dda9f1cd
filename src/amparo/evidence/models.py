"""Items of evidence, their files, the seals that were used, and every hand that they went through."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.evidence.words import (
    Authority,
    Category,
    Condition,
    CopyOf,
    Form,
    Gap,
    Kind,
    State,
    Storage,
    Way,
)
from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record, SealedFile
from amparo.vault.fields import SealedField, TokenField

OF_CASE = Guard(case="case_id", office="office_id", level=Compartment.EVIDENCE)
# An item is also somebody's who took and registered it, whoever holds it by now.
OF_TAKER = Guard(case="case_id", office="office_id", own="created_by", level=Compartment.EVIDENCE)


def _words(limit: int) -> SealedField:
    return SealedField(owner="case_id", compartment=Compartment.EVIDENCE, limit=limit)


class EvidenceItem(Record):
    """Something that may prove a fact. `state`, holder and gaps repeat what follows from its custody events."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    code = models.CharField(max_length=24, unique=True)
    form = models.CharField(max_length=12, choices=codes_of(Form))
    category = models.CharField(max_length=12, choices=codes_of(Category))
    storage = models.CharField(max_length=12, choices=codes_of(Storage), default="")
    found = models.CharField(max_length=24, default="")
    authority = models.CharField(max_length=12, choices=codes_of(Authority), default="")
    may_show_abuse = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=codes_of(State))
    last_seq = models.PositiveIntegerField(default=0)
    holder_id = models.UUIDField(null=True)
    pending_id = models.UUIDField(null=True)
    pending_at = models.DateTimeField(null=True)
    open_gaps = models.PositiveSmallIntegerField(default=0)
    isolation_by = models.UUIDField(null=True)
    second_id = models.UUIDField(null=True)
    # Since when it waits for a survivor's decision, so that nobody gives it to anybody outside; empty where none does.
    waits_since = models.DateTimeField(null=True)
    description = _words(400)
    found_where = _words(400)
    found_by = _words(200)
    legal_authority = _words(400)
    packaging = _words(400)
    veil_words = _words(400)
    holding_authority = _words(200)
    their_reference = _words(200)
    supplied_hash = _words(128)

    clear: ClassVar = {
        "case_id", "parent_id", "code", "form", "category", "storage", "found", "authority", "may_show_abuse", "state",
        "last_seq", "holder_id", "pending_id", "pending_at", "open_gaps", "isolation_by",
        "second_id",
        "waits_since",
    }  # fmt: skip
    guard: ClassVar = OF_TAKER

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-id"], name="evidence_item_case"),
            models.Index(fields=["office_id", "-id"], name="evidence_item_office"),
            models.Index(fields=["pending_id"], name="evidence_item_pending"),
            models.Index(fields=["second_id"], name="evidence_item_second"),
            models.Index(fields=["holder_id", "open_gaps"], name="evidence_item_holder"),
        ]


class ItemFile(SealedFile):
    """The file of a digital item."""

    item = models.OneToOneField(EvidenceItem, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    salt_of_key = models.BinaryField()
    details = _words(1000)

    clear: ClassVar = SealedFile.file_clear | {"item_id", "case_id", "salt_of_key"}
    guard: ClassVar = OF_CASE


class Seal(Record):
    """A seal number that was used in an office, so that none is used twice.

    Unrelated numbers may share a token: `turn` tells them apart.
    """

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    token = TokenField()
    turn = models.PositiveSmallIntegerField(default=0)
    number = _words(60)

    clear: ClassVar = {"item_id", "case_id", "turn"}
    guard: ClassVar = OF_CASE

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office_id", "token", "turn"], name="evidence_seal_once")
        ]


class Copy(Record):
    """A copy that leaves us, by the number that stands on it: so that one that is found elsewhere is led back here.

    `source_id` is the item, release or referral that it is of, by `source_codes` as people know it. `agency_id` is whom
    it is for; empty where our own office keeps it. `details` holds the fingerprints of the original and of the copy.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    of = models.CharField(max_length=12, choices=codes_of(CopyOf))
    way = models.CharField(max_length=8, choices=codes_of(Way))
    source_id = models.UUIDField()
    source_codes = models.JSONField(default=list)
    agency_id = models.UUIDField(null=True)
    details = SealedField(owner="case_id", compartment=Compartment.AUDIT, limit=1000)

    clear: ClassVar = {"case_id", "code", "of", "way", "source_id", "source_codes", "agency_id"}
    guard: ClassVar = Guard(case="case_id", office="office_id", own="created_by", level=Compartment.AUDIT)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["source_id", "-id"], name="evidence_copy_source")]


class CustodyEvent(Record):
    """One line of a chain of custody. Never changed: what is wrong is set right by a further line."""

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=codes_of(Kind))
    actor_id = models.UUIDField()
    second_id = models.UUIDField(null=True)
    from_id = models.UUIDField(null=True)
    to_id = models.UUIDField(null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    condition = models.CharField(max_length=16, choices=codes_of(Condition), default="")
    unbroken = models.BooleanField(null=True)
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+", null=True)
    about_seq = models.PositiveIntegerField(null=True)
    about_gap = models.CharField(max_length=8, choices=codes_of(Gap), default="")
    reason_code = models.CharField(max_length=16, default="")
    from_party = _words(400)
    to_party = _words(400)
    place = _words(200)
    seal_before = _words(60)
    seal_after = _words(60)
    order = _words(400)
    reason = _words(2000)

    clear: ClassVar = {
        "item_id", "case_id", "seq", "kind", "actor_id", "second_id", "from_id", "to_id", "occurred_at", "recorded_at",
        "given_at", "condition", "unbroken", "copy_id", "about_seq", "about_gap", "reason_code",
    }  # fmt: skip
    guard: ClassVar = OF_CASE

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "kind", "-occurred_at"], name="evidence_event_case")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "seq"], name="evidence_event_seq")]
