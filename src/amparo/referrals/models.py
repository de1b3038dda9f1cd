"""Referrals with their steps, and releases with what they carry by reference."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record
from amparo.referrals.words import Carried, Channel, Event, ReleaseState, State, Urgency
from amparo.vault.fields import SealedField

# Who sees the part of the case to which its service belongs; the words of each kind have compartments of their own.
OF_SERVICE = Guard(case="case_id", office="office_id", person="person_id", level_column="level")


class Referral(Record):
    """Somebody of a case is sent on to a service. `next_by`: by when the next step is expected; none once it is over.

    `basis` is the consent on which it leaves. `asked` is what the other place is asked to do.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("partners.Agency", on_delete=models.PROTECT, related_name="+")
    facility = models.ForeignKey("partners.Facility", on_delete=models.PROTECT, related_name="+", null=True)
    basis = models.ForeignKey("cases.Basis", on_delete=models.PROTECT, related_name="+", null=True)
    code = models.CharField(max_length=24, unique=True)
    service = models.CharField(max_length=24)
    level = models.CharField(max_length=4, choices=codes_of(Compartment))
    urgency = models.CharField(max_length=12, choices=codes_of(Urgency))
    classes = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=codes_of(State), default=State.DRAFT)
    reason = models.CharField(max_length=24, default="")
    since_on = models.DateField()
    due_on = models.DateField()
    next_by = models.DateField(null=True)
    appointment_on = models.DateField(null=True)
    asked = SealedField(owner="person_id", compartment_column="level", limit=2000)
    narrative = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=2000)
    health = SealedField(owner="person_id", compartment=Compartment.CLINICAL, limit=2000)
    care = SealedField(owner="person_id", compartment=Compartment.CARE, limit=2000)

    clear: ClassVar = {
        "case_id", "person_id", "agency_id", "facility_id", "basis_id", "code", "service", "level", "urgency",
        "classes", "state", "reason", "since_on", "due_on", "next_by", "appointment_on",
    }  # fmt: skip
    guard: ClassVar = OF_SERVICE

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-id"], name="referrals_referral_case"),
            models.Index(fields=["office_id", "next_by"], name="referrals_referral_due"),
            models.Index(fields=["basis", "state"], name="referrals_referral_basis"),
        ]


class ReferralStep(Record):
    """One step of a referral, on the day on which it was made. Never changed."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=4, choices=codes_of(Compartment))
    event = models.CharField(max_length=12, choices=codes_of(Event))
    on = models.DateField()
    words = SealedField(owner="person_id", compartment_column="level", limit=1000)

    clear: ClassVar = {"referral_id", "case_id", "person_id", "level", "event", "on"}
    guard: ClassVar = OF_SERVICE

    class Meta:
        indexes: ClassVar = [models.Index(fields=["referral", "id"], name="referrals_step_path")]


class Release(Record):
    """What is given to one agency on one consent, approved by a second person, until a day.

    That it was given is known to all who see the case's consents; which kinds of data it carried, to those who see
    their compartments.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("partners.Agency", on_delete=models.PROTECT, related_name="+")
    basis = models.ForeignKey("cases.Basis", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    classes = models.JSONField(default=list)
    channel = models.CharField(max_length=12, choices=codes_of(Channel))
    state = models.CharField(max_length=12, choices=codes_of(ReleaseState), default=ReleaseState.PREPARED)
    reason = models.CharField(max_length=24, default="")
    until_on = models.DateField()
    prepared_by = models.UUIDField()
    decided_by = models.UUIDField(null=True)
    decided_on = models.DateField(null=True)
    sent_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    purpose = SealedField(owner="person_id", compartment=Compartment.LEGAL, limit=1000)
    remark = SealedField(owner="person_id", compartment=Compartment.LEGAL, limit=1000)

    clear: ClassVar = {
        "case_id", "person_id", "agency_id", "basis_id", "code", "classes", "channel", "state", "reason", "until_on",
        "prepared_by", "decided_by", "decided_on", "sent_on", "acknowledged_on", "ended_on",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-id"], name="referrals_release_case"),
            models.Index(fields=["office_id", "state"], name="referrals_release_office"),
            models.Index(fields=["basis", "state"], name="referrals_release_basis"),
        ]


class ReleasePart(Record):
    """Something that a release carries: an item of evidence, or a paper by its title. `details` holds its SHA-256.

    The fingerprint is that of the moment in which the release was prepared.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("evidence.EvidenceItem", on_delete=models.PROTECT, related_name="+", null=True)
    level = models.CharField(max_length=4, choices=codes_of(Compartment))
    kind = models.CharField(max_length=8, choices=codes_of(Carried))
    details = SealedField(owner="person_id", compartment_column="level", limit=1000)

    clear: ClassVar = {"release_id", "case_id", "person_id", "item_id", "level", "kind"}
    guard: ClassVar = OF_SERVICE

    class Meta:
        indexes: ClassVar = [models.Index(fields=["release", "id"], name="referrals_part_release")]
