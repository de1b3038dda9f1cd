"""Agencies, their units and facilities, officials in their posts, agreements, and what a facility has."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from amparo.kernel import ids
from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record, SealedFile
from amparo.partners.words import (
    AgencyKind,
    AgreementKind,
    AgreementState,
    CapacitySource,
    Cost,
    FacilityKind,
    Has,
    Level,
    State,
    UnitKind,
)
from amparo.vault.fields import SealedField, TokenField


class Agency(Record):
    """A body that works on cases with us. `office_id` is the office that keeps the record."""

    kind = models.CharField(max_length=12, choices=codes_of(AgencyKind))
    state = models.CharField(max_length=12, choices=codes_of(State), default=State.ACTIVE)
    verified_on = models.DateField(null=True)
    district_token = TokenField(null=True)
    name = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=200)
    district = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=80)
    address = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=500)
    contact = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=500)
    hours = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=300)

    clear: ClassVar = {"kind", "state", "verified_on"}
    guard: ClassVar = Guard(office="office_id", level=Compartment.PROGRAMME)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "kind"], name="partners_agency_kind"),
            models.Index(fields=["district_token"], name="partners_agency_where"),
        ]


class Unit(Record):
    """A part of an agency: a station, a desk, a chamber."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=codes_of(UnitKind))
    state = models.CharField(max_length=12, choices=codes_of(State), default=State.ACTIVE)
    name = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=200)
    contact = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=500)

    clear: ClassVar = {"agency_id", "kind", "state"}
    guard: ClassVar = Guard(office="office_id", level=Compartment.PROGRAMME)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency", "state"], name="partners_unit_agency")]


class Facility(Record):
    """A place where somebody finds help or where work is done.

    `level` is the compartment of its address and district: that of protected addresses where nobody may
    find the place who does not need to. Such a place has no district token either.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=codes_of(FacilityKind))
    state = models.CharField(max_length=12, choices=codes_of(State), default=State.ACTIVE)
    level = models.CharField(max_length=4, choices=codes_of(Compartment), default=Compartment.PROGRAMME)
    services = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    access = models.JSONField(default=list)
    cost = models.CharField(max_length=12, choices=codes_of(Cost), default=Cost.UNKNOWN)
    day_and_night = models.BooleanField(default=False)
    verified_on = models.DateField(null=True)
    district_token = TokenField(null=True)
    name = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=200)
    hours = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=300)
    contact = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=500)
    how = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=1000)
    address = SealedField(owner="office_id", compartment_column="level", limit=500)
    district = SealedField(owner="office_id", compartment_column="level", limit=80)

    clear: ClassVar = {
        "agency_id", "kind", "state", "level", "services", "languages", "access", "cost", "day_and_night",
        "verified_on",
    }  # fmt: skip
    guard: ClassVar = Guard(office="office_id")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency", "state"], name="partners_facility_agency"),
            models.Index(fields=["state", "kind"], name="partners_facility_kind"),
            models.Index(fields=["district_token"], name="partners_facility_where"),
        ]


class CapacityReport(Record):
    """What a facility had on a day, as somebody saw or was told. Never changed: a newer one follows."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    source = models.CharField(max_length=12, choices=codes_of(CapacitySource))
    examiners = models.PositiveSmallIntegerField(null=True)
    trained_until = models.DateField(null=True)
    kits = models.PositiveIntegerField(null=True)
    cold_store = models.CharField(max_length=12, choices=codes_of(Has), default=Has.UNKNOWN)
    child_room = models.CharField(max_length=12, choices=codes_of(Has), default=Has.UNKNOWN)
    withdrawn_on = models.DateField(null=True)
    remark = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=1000)

    clear: ClassVar = {
        "facility_id", "on", "source", "examiners", "trained_until", "kits", "cold_store", "child_room",
        "withdrawn_on",
    }  # fmt: skip
    guard: ClassVar = Guard(office="office_id", level=Compartment.PROGRAMME)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["facility", "-on"], name="partners_capacity_when")]


class Official(Record):
    """A public servant's professional record: posts over time, and nothing private or political.

    `owner_id` owns the keys of all words: the person, where one of the people of a case is meant, so that
    an erasure of the person takes this record too; else the record itself.
    """

    owner_id = models.UUIDField()
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    name = SealedField(owner="owner_id", compartment=Compartment.PROGRAMME, limit=300)
    contact = SealedField(owner="owner_id", compartment=Compartment.PROGRAMME, limit=500)

    clear: ClassVar = {"owner_id", "person_id"}
    guard: ClassVar = Guard(office="office_id", person="person_id", level=Compartment.PROGRAMME)

    @staticmethod
    def of(office_id: UUID, person_id: UUID | None = None) -> Official:
        """A new one, not saved yet, whose keys have their owner."""
        key = ids.new_id()
        return Official(id=key, office_id=office_id, person_id=person_id, owner_id=person_id or key)


class Post(Record):
    """A post that an official holds, or held: where, what, from and until."""

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")
    owner_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", null=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=12, default="")
    title = SealedField(owner="owner_id", compartment=Compartment.PROGRAMME, limit=200)

    clear: ClassVar = {
        "official_id", "owner_id", "agency_id", "unit_id", "facility_id", "from_on", "until_on", "end_reason",
    }  # fmt: skip
    guard: ClassVar = Guard(office="office_id", level=Compartment.PROGRAMME)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["official", "-from_on"], name="partners_post_official"),
            models.Index(fields=["agency", "until_on"], name="partners_post_agency"),
        ]


class AgreementPaper(SealedFile):
    """The signed paper of an agreement, as it was scanned or written. A later one follows it; none is changed."""

    agreement = models.ForeignKey("partners.Agreement", on_delete=models.PROTECT, related_name="+")
    key_salt = models.BinaryField()
    details = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=1000)

    clear: ClassVar = SealedFile.file_clear | {"agreement_id", "key_salt"}
    guard: ClassVar = Guard(office="office_id", level=Compartment.PROGRAMME)


class Agreement(Record):
    """What an agency and we agreed on: which kinds of data may be released to it, from and until its review."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=codes_of(AgreementKind))
    state = models.CharField(max_length=8, choices=codes_of(AgreementState), default=AgreementState.SIGNED)
    level = models.CharField(max_length=10, choices=codes_of(Level))
    classes = models.JSONField(default=list)
    valid_from = models.DateField()
    review_on = models.DateField()
    ended_on = models.DateField(null=True)
    retention_months = models.PositiveSmallIntegerField(null=True)
    title = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=200)
    purpose = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=2000)
    method = SealedField(owner="office_id", compartment=Compartment.PROGRAMME, limit=500)

    clear: ClassVar = {
        "agency_id", "kind", "state", "level", "classes", "valid_from", "review_on", "ended_on", "retention_months",
    }  # fmt: skip
    guard: ClassVar = Guard(office="office_id", level=Compartment.PROGRAMME)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency", "review_on"], name="partners_agreement_review")]
