"""Reports: what somebody told us, before it is a case. Words are sealed under the report's own key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.intake.rules import Known
from amparo.intake.words import (
    Agency,
    Channel,
    Danger,
    Medical,
    OnwardEvent,
    OnwardState,
    Part,
    ReferralBasis,
    State,
    Told,
)
from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record, SealedFile
from amparo.vault.fields import SealedField

OF_REPORT = Guard(case="case_id", office="office_id", handed="handed_at", level=Compartment.NARRATIVE)


class Report(Record):
    """What somebody told us. `handed_at` ends intake's sight of it; `case_id` is what it became part of.

    Of one that was erased there stay codes, states and times.
    """

    code = models.CharField(max_length=24, unique=True)
    channel = models.CharField(max_length=12, choices=codes_of(Channel))
    state = models.CharField(max_length=16, choices=codes_of(State), default=State.RECEIVED.value)
    received_at = models.DateTimeField()
    anonymous = models.BooleanField(default=False)
    danger = models.CharField(max_length=8, choices=codes_of(Danger))
    danger_taken_by = models.UUIDField(null=True)
    danger_taken_at = models.DateTimeField(null=True)
    medical = models.CharField(max_length=12, choices=codes_of(Medical), default=Medical.UNKNOWN.value)
    medical_taken_by = models.UUIDField(null=True)
    medical_taken_at = models.DateTimeField(null=True)
    # The incident's earliest possible moment, and how well it is known: the medical window counts from it.
    incident_at = models.DateTimeField(null=True)
    incident_known = models.CharField(max_length=8, choices=codes_of(Known), default=Known.UNKNOWN.value)
    incident_about = models.BooleanField(default=False)
    district = models.CharField(max_length=40, default="")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=40, default="")
    told = models.CharField(max_length=12, default="")
    sent = models.JSONField(default=list)
    referral_basis = models.CharField(max_length=12, default="")
    duplicate_asked_by = models.UUIDField(null=True)
    duplicate_asked_at = models.DateTimeField(null=True)
    case_id = models.UUIDField(null=True)
    handed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    # The agency through which it came, if it is in the directory; `partner_name` where it is not.
    partner = models.ForeignKey("partners.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    # That who reported through the site has typed her code back, so that she can come back and read.
    answerable = models.BooleanField(default=False)
    language = SealedField(compartment=Compartment.NARRATIVE, limit=80)
    place = SealedField(compartment=Compartment.NARRATIVE, limit=300)
    summary = SealedField(compartment=Compartment.NARRATIVE, limit=300)
    danger_words = SealedField(compartment=Compartment.NARRATIVE, limit=1000)
    text = SealedField(compartment=Compartment.NARRATIVE, limit=40_000)
    safe_contact = SealedField(compartment=Compartment.NARRATIVE, limit=1000)
    remark = SealedField(compartment=Compartment.NARRATIVE, limit=2000)
    partner_name = SealedField(compartment=Compartment.NARRATIVE, limit=200)

    clear: ClassVar = {
        "code", "channel", "state", "received_at", "anonymous", "danger", "danger_taken_by",
        "danger_taken_at", "medical", "medical_taken_by", "medical_taken_at", "incident_at",
        "incident_known", "incident_about", "district", "acknowledged_at", "acknowledged_by", "decided_at",
        "decided_by", "reason", "told", "sent", "referral_basis", "duplicate_asked_by",
        "duplicate_asked_at", "case_id", "handed_at", "answerable", "partner_id", "erased_at",
    }  # fmt: skip
    guard: ClassVar = OF_REPORT
    added: ClassVar = {"answerable": False}

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office_id", "state", "-received_at", "-id"], name="intake_report_inbox"),
            models.Index(fields=["case_id"], name="intake_report_case"),
        ]


class ReportPerson(Record):
    """That a person has a part in a report, before there is a case to have it in."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField(db_index=True)
    part = models.CharField(max_length=12, choices=codes_of(Part))

    clear: ClassVar = {"report_id", "person_id", "part"}
    guard: ClassVar = Guard(office="office_id", person="person_id")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "person_id", "part"], name="intake_person_once")
        ]


class OfReport(models.Model):
    """What every word beside a report carries, so that it is guarded as the report is."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField(null=True)
    handed_at = models.DateTimeField(null=True)

    of_report_clear: ClassVar = {"report_id", "case_id", "handed_at"}

    class Meta:
        abstract = True


class ReportNote(OfReport, Record):
    """What happened since: calls back, what was arranged."""

    text = SealedField(owner="report_id", compartment=Compartment.NARRATIVE, limit=10_000)

    clear: ClassVar = OfReport.of_report_clear
    guard: ClassVar = OF_REPORT


class Message(OfReport, Record):
    """One message between who reported and us; `read_at` is when the other side first had it before her eyes."""

    from_reporter = models.BooleanField()
    read_at = models.DateTimeField(null=True)
    text = SealedField(owner="report_id", compartment=Compartment.NARRATIVE, limit=10_000)

    clear: ClassVar = OfReport.of_report_clear | {"from_reporter", "read_at"}
    guard: ClassVar = OF_REPORT

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["report"], name="intake_message_report"),
            models.Index(fields=["office_id", "read_at"], name="intake_message_unread"),
        ]


class ReportFile(OfReport, SealedFile):
    """A file that came with a report, or later with one of its messages."""

    message_id = models.UUIDField(null=True)
    details = SealedField(owner="report_id", compartment=Compartment.NARRATIVE, limit=2000)

    clear: ClassVar = OfReport.of_report_clear | SealedFile.file_clear | {"message_id"}
    guard: ClassVar = OF_REPORT


class Onward(OfReport, Record):
    """A report that was referred on: to whom, and how far it is there.

    `answer_by`: by when they are to say what they do; none once nothing more is expected of them. `told`: who was
    told that it goes there; empty on the first one of before this was kept here, whose report says it.
    """

    agency = models.ForeignKey("partners.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=20, choices=codes_of(Agency))
    basis = models.CharField(max_length=12, choices=codes_of(ReferralBasis))
    sent = models.JSONField(default=list)
    told = models.CharField(max_length=12, choices=codes_of(Told), default="")
    state = models.CharField(max_length=12, choices=codes_of(OnwardState), default=OnwardState.SENT)
    since_on = models.DateField()
    answer_by = models.DateField(null=True)
    name = SealedField(owner="report_id", compartment=Compartment.NARRATIVE, limit=200)
    spoke_to = SealedField(owner="report_id", compartment=Compartment.NARRATIVE, limit=2000)

    clear: ClassVar = OfReport.of_report_clear | {
        "agency_id", "kind", "basis", "sent", "told", "state", "since_on", "answer_by",
    }  # fmt: skip
    guard: ClassVar = OF_REPORT
    added: ClassVar = {"told": ""}

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["report"], name="intake_onward_report"),
            models.Index(fields=["office_id", "answer_by"], name="intake_onward_due"),
        ]


class OnwardStep(OfReport, Record):
    """What the other agency did, on the day on which it was told. Never changed."""

    onward = models.ForeignKey(Onward, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=12, choices=codes_of(OnwardEvent))
    on = models.DateField()
    words = SealedField(owner="report_id", compartment=Compartment.NARRATIVE, limit=1000)

    clear: ClassVar = OfReport.of_report_clear | {"onward_id", "event", "on"}
    guard: ClassVar = OF_REPORT
