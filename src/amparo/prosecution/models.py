"""Proceedings, charges, hearings, special measures, verdicts, sentences, compensation, exhibits, calendar feeds."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.investigations.words import Agency
from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record
from amparo.prosecution.words import (
    ChargeState,
    Corrected,
    ExhibitState,
    HearingState,
    Measure,
    MeasureState,
    Mistake,
    OrderKind,
    OrderState,
    Outcome,
    Purpose,
    SentenceKind,
    Stage,
    Toward,
    VerdictState,
)
from amparo.vault.fields import SealedField

LEGAL_PART = Guard(case="case_id", office="office_id", level=Compartment.LEGAL)


def _words(limit: int) -> SealedField:
    return SealedField(owner="case_id", compartment=Compartment.LEGAL, limit=limit)


class Proceeding(Record):
    """One matter before police, prosecution and court.

    `agency_place` and `court_place` are ids in the directory of partners: of an agency or of one of its units.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    agency_kind = models.CharField(max_length=12, choices=codes_of(Agency))
    stage = models.CharField(max_length=4, choices=codes_of(Stage), default=Stage.REPORTED)
    complaint_on = models.DateField()
    agency = _words(200)
    complaint_no = _words(100)
    court = _words(200)
    court_no = _words(100)
    jurisdiction = _words(200)
    officials = _words(2000)
    agency_place = _words(36)
    court_place = _words(36)

    clear: ClassVar = {"case_id", "agency_kind", "stage", "complaint_on"}
    guard: ClassVar = LEGAL_PART

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "stage"], name="prosecution_proceeding_case")]


class StageReached(Record):
    """The day on which a proceeding reached a stage."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=4, choices=codes_of(Stage))
    on = models.DateField()

    clear: ClassVar = {"case_id", "proceeding_id", "stage", "on"}
    guard: ClassVar = LEGAL_PART

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["proceeding", "stage"], name="prosecution_stage_once")]


class Charge(Record):
    """What one accused is charged with, for what was done to one survivor."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="+")
    accused = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    survivor = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    iccs = models.CharField(max_length=8, default="")
    attempted = models.BooleanField(default=False)
    counts = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=codes_of(ChargeState), default=ChargeState.PROPOSED)
    since_on = models.DateField()
    reason = models.CharField(max_length=24, default="")
    section = _words(500)

    clear: ClassVar = {
        "case_id", "proceeding_id", "accused_id", "survivor_id", "iccs", "attempted", "counts", "state",
        "since_on", "reason",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", person="accused_id", level=Compartment.LEGAL)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "accused"], name="prosecution_charge_accused")]


class ChargeStep(Record):
    """A past state of a charge, by its day."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=codes_of(ChargeState))
    on = models.DateField()
    reason = models.CharField(max_length=24, default="")

    clear: ClassVar = {"case_id", "charge_id", "state", "on", "reason"}
    guard: ClassVar = LEGAL_PART


class Hearing(Record):
    """One day in court. An adjourned one leads to the next."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="+")
    listed_at = models.DateTimeField()
    purpose = models.CharField(max_length=20, choices=codes_of(Purpose))
    state = models.CharField(max_length=12, choices=codes_of(HearingState), default=HearingState.LISTED)
    reason = models.CharField(max_length=24, default="")
    party = models.CharField(max_length=16, default="")
    next_id = models.UUIDField(null=True)
    attendance = models.JSONField(default=list)
    witnesses_summoned = models.PositiveSmallIntegerField(null=True)
    witnesses_present = models.PositiveSmallIntegerField(null=True)
    prepared_on = models.DateField(null=True)
    court = _words(200)
    judge = _words(200)
    outcome = _words(4000)

    clear: ClassVar = {
        "case_id", "proceeding_id", "listed_at", "purpose", "state", "reason", "party", "next_id",
        "attendance", "witnesses_summoned", "witnesses_present", "prepared_on",
    }  # fmt: skip
    guard: ClassVar = LEGAL_PART

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["listed_at", "state"], name="prosecution_hearing_when"),
            models.Index(fields=["proceeding", "listed_at"], name="prosecution_hearing_of"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="prosecution_adjourned_with_reason",
                condition=~models.Q(state=HearingState.ADJOURNED) | (~models.Q(reason="") & ~models.Q(party="")),
            )
        ]


class Appearance(Record):
    """A survivor and one hearing: whether she came, waited and testified, and when she is told of it."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    travelled = models.BooleanField(default=False)
    waited = models.BooleanField(default=False)
    testified = models.BooleanField(default=False)
    wants_news = models.BooleanField(default=True)
    tell_by = models.DateField(null=True)
    told_on = models.DateField(null=True)
    told_by = models.UUIDField(null=True)
    told_how = models.CharField(max_length=12, default="")
    promise_id = models.UUIDField(null=True)

    clear: ClassVar = {
        "case_id", "hearing_id", "person_id", "travelled", "waited", "testified", "wants_news", "tell_by",
        "told_on", "told_by", "told_how", "promise_id",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.LEGAL)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["tell_by", "told_on"], name="prosecution_tell_by")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hearing", "person"], name="prosecution_appearance_once")
        ]


class SpecialMeasure(Record):
    """A protection in court for one survivor, asked for and decided on."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=20, choices=codes_of(Measure))
    state = models.CharField(max_length=12, choices=codes_of(MeasureState), default=MeasureState.REQUESTED)
    requested_on = models.DateField()
    decided_on = models.DateField(null=True)

    clear: ClassVar = {
        "case_id",
        "proceeding_id",
        "person_id",
        "measure",
        "state",
        "requested_on",
        "decided_on",
    }
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.LEGAL)


class Verdict(Record):
    """What the court said about one charge: one row for each, changed only by an appeal."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    charge = models.OneToOneField(Charge, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=codes_of(Outcome))
    state = models.CharField(max_length=12, choices=codes_of(VerdictState), default=VerdictState.PRONOUNCED)
    on = models.DateField()
    appealed_on = models.DateField(null=True)
    appealed_by = models.CharField(max_length=12, default="")
    decided_on = models.DateField(null=True)
    note = _words(4000)

    clear: ClassVar = {
        "case_id", "charge_id", "outcome", "state", "on", "appealed_on", "appealed_by", "decided_on",
    }  # fmt: skip
    guard: ClassVar = LEGAL_PART


class Sentence(Record):
    """What follows from a conviction. `ended_on`: set aside or replaced on appeal; `mistake`: it never was."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=codes_of(SentenceKind))
    custody_months = models.PositiveIntegerField(null=True)
    fine = models.PositiveBigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="")
    on = models.DateField()
    ended_on = models.DateField(null=True)
    mistake = models.CharField(max_length=12, choices=codes_of(Mistake), default="")
    note = _words(2000)

    clear: ClassVar = {
        "case_id",
        "verdict_id",
        "kind",
        "custody_months",
        "fine",
        "currency",
        "on",
        "ended_on",
        "mistake",
    }
    guard: ClassVar = LEGAL_PART
    added: ClassVar = {"mistake": ""}


class Compensation(Record):
    """What a court ordered to be paid to a survivor, and what she received. `mistake`: it was never ordered."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    ordered = models.PositiveBigIntegerField()
    paid = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    ordered_on = models.DateField()
    paid_on = models.DateField(null=True)
    mistake = models.CharField(max_length=12, choices=codes_of(Mistake), default="")

    clear: ClassVar = {
        "case_id", "proceeding_id", "person_id", "ordered", "paid", "currency", "ordered_on", "paid_on", "mistake",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.LEGAL)
    added: ClassVar = {"mistake": ""}


class Correction(Record):
    """What a hearing, a sentence or a compensation said before it was put right, and why. Never changed.

    `key_owner` is the survivor whose compensation it was, else the case.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, choices=codes_of(Corrected))
    of_id = models.UUIDField()
    reason = models.CharField(max_length=12, choices=codes_of(Mistake))
    key_owner = models.UUIDField()
    was = SealedField(owner="key_owner", compartment=Compartment.LEGAL, limit=12_000)
    remark = SealedField(owner="key_owner", compartment=Compartment.LEGAL, limit=500)

    clear: ClassVar = {"case_id", "proceeding_id", "what", "of_id", "reason", "key_owner"}
    guard: ClassVar = LEGAL_PART

    class Meta:
        indexes: ClassVar = [models.Index(fields=["proceeding", "what"], name="prosecution_correction_of")]


class Order(Record):
    """What a court or an authority ordered about one accused, and for whom where it protects a survivor.

    `key_owner` is the survivor, or the case where it protects nobody in particular. `follows_id` is the order that it
    took the place of. With a `mistake` it was entered by mistake: it stays readable, and nothing counts it.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="+")
    accused = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=16, choices=codes_of(OrderKind))
    authority = models.CharField(max_length=12, choices=codes_of(Agency))
    state = models.CharField(max_length=12, choices=codes_of(OrderState), default=OrderState.IN_FORCE)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    follows_id = models.UUIDField(null=True)
    mistake = models.CharField(max_length=12, choices=codes_of(Mistake), default="")
    key_owner = models.UUIDField()
    issued_by = SealedField(owner="key_owner", compartment=Compartment.LEGAL, limit=200)
    number = SealedField(owner="key_owner", compartment=Compartment.LEGAL, limit=100)
    conditions = SealedField(owner="key_owner", compartment=Compartment.LEGAL, limit=4000)

    clear: ClassVar = {
        "case_id", "proceeding_id", "accused_id", "person_id", "kind", "authority", "state", "from_on", "until_on",
        "ended_on", "follows_id", "mistake", "key_owner",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.LEGAL)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["proceeding", "from_on"], name="prosecution_order_of"),
            models.Index(fields=["state", "until_on"], name="prosecution_order_ends"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="prosecution_order_days",
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on")),
            ),
            models.CheckConstraint(
                name="prosecution_order_mistaken",
                condition=models.Q(state=OrderState.MISTAKEN, mistake__gt="")
                | ~models.Q(state=OrderState.MISTAKEN) & models.Q(mistake=""),
            ),
        ]


class Breach(Record):
    """A day on which somebody did what an order forbids. With a `mistake` it was entered by mistake."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    on = models.DateField()
    mistake = models.CharField(max_length=12, choices=codes_of(Mistake), default="")
    key_owner = models.UUIDField()
    what = SealedField(owner="key_owner", compartment=Compartment.LEGAL, limit=2000)

    clear: ClassVar = {"case_id", "order_id", "person_id", "on", "mistake", "key_owner"}
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.LEGAL)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["order", "on"], name="prosecution_breach_of")]


class Feed(Record):
    """A calendar feed of somebody's hearings. The secret is kept only as a hash."""

    account_id = models.UUIDField()
    secret_hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True)

    clear: ClassVar = {"account_id", "secret_hash", "revoked_at"}
    guard: ClassVar = Guard(office="office_id", own="account_id")


class Exhibit(Record):
    """An item of evidence as one proceeding uses it, under the mark that the court gives it."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("evidence.EvidenceItem", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=codes_of(ExhibitState), default=ExhibitState.PROPOSED)
    since_on = models.DateField()
    mark = _words(60)
    objections = _words(2000)

    clear: ClassVar = {"case_id", "proceeding_id", "item_id", "state", "since_on"}
    guard: ClassVar = LEGAL_PART

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proceeding", "item"],
                condition=~models.Q(state=ExhibitState.WITHDRAWN),
                name="prosecution_exhibit_once",
            )
        ]


class DisclosureEntry(Record):
    """A line of the disclosure log: an exhibit went to a side on some ground, or must not go there."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="+")
    toward = models.CharField(max_length=12, choices=codes_of(Toward))
    on = models.DateField()
    ground = models.CharField(max_length=12, default="")
    basis_id = models.UUIDField(null=True)
    protected = models.CharField(max_length=12, default="")
    to_whom = _words(200)
    order = _words(400)
    version_hash = _words(64)

    clear: ClassVar = {"case_id", "exhibit_id", "toward", "on", "ground", "basis_id", "protected"}
    guard: ClassVar = LEGAL_PART

    class Meta:
        indexes: ClassVar = [models.Index(fields=["exhibit", "toward"], name="prosecution_disclosure_of")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="prosecution_given_or_withheld",
                condition=(models.Q(ground="") & ~models.Q(protected=""))
                | (~models.Q(ground="") & models.Q(protected="")),
            )
        ]
