"""Kits in stock and in use, each step of a used kit, the numbers of survivors, and requests to laboratories."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.kits.words import BoxState, Discard, Kind, Reader, Rejection, RequestState, State
from amparo.ledger.records import Record
from amparo.vault.fields import SealedField, TokenField

OF_CASE = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.EVIDENCE)


def _words(limit: int) -> SealedField:
    return SealedField(owner="case_id", compartment=Compartment.EVIDENCE, limit=limit)


class Kit(Record):
    """A kit as it comes from its maker: about nobody. What it is used for stands in `UsedKit`.

    Unrelated serial numbers may share a token: `turn` tells them apart.
    """

    facility = models.ForeignKey("partners.Facility", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=12, choices=codes_of(BoxState))
    expires_on = models.DateField()
    sent_on = models.DateField()
    received_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    discard = models.CharField(max_length=12, choices=codes_of(Discard), default="")
    serial_token = TokenField()
    turn = models.PositiveSmallIntegerField(default=0)
    serial = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=60)
    lot = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=60)

    clear: ClassVar = {
        "facility_id", "code", "state", "expires_on", "sent_on", "received_on", "ended_on", "discard", "turn",
    }  # fmt: skip
    guard: ClassVar = Guard(office="office_id", level=Compartment.PROGRAMME)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office_id", "state", "expires_on"], name="kits_kit_stock"),
            models.Index(fields=["facility", "state", "expires_on"], name="kits_kit_facility"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office_id", "serial_token", "turn"], name="kits_kit_serial_once")
        ]


class UsedKit(Record):
    """A kit from the examination on. All columns but `limitation_on` repeat what follows from its steps."""

    kit = models.OneToOneField(Kit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    item = models.OneToOneField("evidence.EvidenceItem", on_delete=models.PROTECT, related_name="+")
    facility = models.ForeignKey("partners.Facility", on_delete=models.PROTECT, related_name="+")
    laboratory = models.ForeignKey("partners.Facility", on_delete=models.PROTECT, related_name="+", null=True)
    code = models.CharField(max_length=24, unique=True)
    expired_when_used = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=codes_of(State))
    last_seq = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    since_on = models.DateField()
    used_at = models.DateTimeField()
    reported_on = models.DateField(null=True)
    picked_up_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_on = models.DateField(null=True)
    completed_at = models.DateTimeField(null=True)
    until = models.DateField(null=True)
    limitation_on = models.DateField(null=True)

    clear: ClassVar = {
        "kit_id", "case_id", "person_id", "item_id", "facility_id", "laboratory_id", "code", "expired_when_used",
        "state", "last_seq", "last_at", "since_on", "used_at", "reported_on", "picked_up_at", "sent_at", "sent_on",
        "completed_at", "until", "limitation_on",
    }  # fmt: skip
    guard: ClassVar = OF_CASE

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-id"], name="kits_used_case"),
            models.Index(fields=["office_id", "state", "-id"], name="kits_used_office"),
            models.Index(fields=["facility", "state"], name="kits_used_facility"),
        ]


class KitStep(Record):
    """One step of a used kit. Never changed. `custody_seq` is the line of the item's chain made in the same act."""

    used = models.ForeignKey(UsedKit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=codes_of(Kind))
    actor_id = models.UUIDField()
    second_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    reported = models.BooleanField(null=True)
    until = models.DateField(null=True)
    laboratory = models.ForeignKey("partners.Facility", on_delete=models.PROTECT, related_name="+", null=True)
    custody_seq = models.PositiveIntegerField(null=True)
    told = models.BooleanField(default=False)
    seal_differs = models.BooleanField(default=False)
    who = _words(400)
    place = _words(200)
    seal_read = _words(60)
    paper = _words(400)
    reason = _words(1000)

    clear: ClassVar = {
        "used_id", "case_id", "person_id", "seq", "kind", "actor_id", "second_id", "at", "on", "recorded_at",
        "reported", "until", "laboratory_id", "custody_seq", "told", "seal_differs",
    }  # fmt: skip
    guard: ClassVar = OF_CASE

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["used", "seq"], name="kits_step_seq")]


class OwnNumber(Record):
    """The number by which a survivor asks where her kit is: kept as a keyed hash only, so that nobody can read it.

    `since_on` and `state` are not here: a look-up reads them from the kit itself.
    """

    used = models.ForeignKey(UsedKit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    number_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    clear: ClassVar = {"used_id", "case_id", "person_id", "number_hash", "issued_at", "ended_at"}
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["used"], condition=models.Q(ended_at__isnull=True), name="kits_number_one_live"
            )
        ]


class LabRequest(Record):
    """What a laboratory is asked to examine, and how far it is."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    used = models.ForeignKey(UsedKit, on_delete=models.PROTECT, related_name="+", null=True)
    laboratory = models.ForeignKey("partners.Facility", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    tests = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=codes_of(RequestState))
    submitted_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    begun_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    # Whose kit or things it is about, so that its words go when she is erased; empty where it is about nobody alone.
    person_id = models.UUIDField(null=True, db_index=True)
    rejection = models.CharField(max_length=16, choices=codes_of(Rejection), default="")
    question = _words(1000)
    their_reference = _words(200)
    remark = _words(1000)

    clear: ClassVar = {
        "case_id", "used_id", "laboratory_id", "code", "tests", "state", "submitted_on", "received_on", "begun_on",
        "ended_on", "rejection", "person_id",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", level=Compartment.EVIDENCE)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-id"], name="kits_request_case"),
            models.Index(fields=["office_id", "state", "submitted_on"], name="kits_request_office"),
            models.Index(fields=["laboratory", "submitted_on"], name="kits_request_laboratory"),
        ]


class LabItem(Record):
    """An item of evidence that a request is about."""

    request = models.ForeignKey(LabRequest, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("evidence.EvidenceItem", on_delete=models.PROTECT, related_name="+")

    clear: ClassVar = {"request_id", "case_id", "item_id"}
    guard: ClassVar = Guard(case="case_id", office="office_id", level=Compartment.EVIDENCE)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "item"], name="kits_lab_item_once")]


class LabResult(Record):
    """What a laboratory reported. `level` says for whom it was written, and so who is shown it."""

    request = models.ForeignKey(LabRequest, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=4, choices=codes_of(Reader))
    on = models.DateField()
    outcome = SealedField(owner="case_id", compartment_column="level", limit=40)
    words = SealedField(owner="case_id", compartment_column="level", limit=4000)

    clear: ClassVar = {"request_id", "case_id", "level", "on"}
    guard: ClassVar = Guard(case="case_id", office="office_id", level_column="level")
