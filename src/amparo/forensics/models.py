"""Tables of forensics. Words about her are sealed under her own key; health has a compartment of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.forensics.words import (
    Anatomy,
    Answer,
    AppointmentState,
    ExamState,
    Figure,
    FollowUpState,
    Item,
    ReleaseState,
)
from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record, SealedFile
from amparo.vault.fields import SealedField

OF_PATIENT = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.EXAMINATION)
_ABOUT = {"case_id", "person_id"}


def _words(limit: int, compartment: Compartment = Compartment.EXAMINATION) -> SealedField:
    return SealedField(owner="person_id", compartment=compartment, limit=limit)


class AboutPatient(Record):
    """A row about one person of one case."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    guard: ClassVar = OF_PATIENT

    class Meta:
        abstract = True


class Examination(AboutPatient):
    """One examination. Once it is sealed, the database itself refuses every change to it and to what it holds.

    `record_sha256` is over everything but health; `clinical_sha256` over health alone, so that the first can
    be checked in court without the second.
    """

    code = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=8, choices=codes_of(ExamState), default=ExamState.DRAFT)
    figure = models.CharField(max_length=8, choices=codes_of(Figure))
    anatomy = models.CharField(max_length=8, choices=codes_of(Anatomy))
    examiner_id = models.UUIDField()
    facility_id = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    record_sha256 = models.CharField(max_length=64, default="")
    clinical_sha256 = models.CharField(max_length=64, default="")
    facility = _words(200)
    attestation = _words(2000)
    seal_salt = _words(64)

    clear: ClassVar = {
        *_ABOUT, "code", "state", "figure", "anatomy", "examiner_id", "facility_id", "started_at", "ended_at",
        "stopped_at", "sealed_at", "record_sha256", "clinical_sha256",
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-started_at"], name="forensics_exam_case"),
            models.Index(fields=["examiner_id", "state"], name="forensics_exam_own"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="forensics_sealed_whole",
                condition=models.Q(state=ExamState.DRAFT, sealed_at=None, record_sha256="")
                | models.Q(state=ExamState.SEALED, sealed_at__isnull=False, ended_at__isnull=False)
                & ~models.Q(record_sha256=""),
            )
        ]


class Appointment(AboutPatient):
    """When and where somebody is to be examined, before anything is. With the first press it becomes an examination."""

    state = models.CharField(max_length=10, choices=codes_of(AppointmentState), default=AppointmentState.PLANNED)
    planned_at = models.DateTimeField()
    examiner_id = models.UUIDField()
    figure = models.CharField(max_length=8, choices=codes_of(Figure))
    anatomy = models.CharField(max_length=8, choices=codes_of(Anatomy))
    facility_id = models.UUIDField(null=True)
    exam = models.OneToOneField(Examination, on_delete=models.PROTECT, related_name="+", null=True)
    facility = _words(200)
    reason = _words(1000)

    clear: ClassVar = {
        *_ABOUT, "state", "planned_at", "examiner_id", "figure", "anatomy", "facility_id", "exam_id",
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "planned_at"], name="forensics_appointment_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="forensics_appointment_begun",
                condition=models.Q(state=AppointmentState.BEGUN, exam__isnull=False)
                | ~models.Q(state=AppointmentState.BEGUN) & models.Q(exam__isnull=True),
            )
        ]


class OfExam(AboutPatient):
    """A row that belongs to one examination."""

    exam = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class ItemConsent(OfExam):
    """One answer to one item of consent; the last one counts, and none is ever changed."""

    seq = models.PositiveIntegerField()
    item = models.CharField(max_length=24, choices=codes_of(Item))
    answer = models.CharField(max_length=10, choices=codes_of(Answer))
    asked_at = models.DateTimeField()
    giver = models.CharField(max_length=16)
    method = models.CharField(max_length=12)
    basis_id = models.UUIDField(null=True)
    words = _words(4000)

    clear: ClassVar = {*_ABOUT, "exam_id", "seq", "item", "answer", "asked_at", "giver", "method", "basis_id"}

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["exam", "seq"], name="forensics_consent_seq")]


class Section(OfExam):
    """What was answered in one section."""

    code = models.CharField(max_length=16)
    compartment = models.CharField(max_length=4, choices=codes_of(Compartment))
    done = models.BooleanField(default=False)
    words = SealedField(owner="person_id", compartment_column="compartment", limit=60_000)

    clear: ClassVar = {*_ABOUT, "exam_id", "code", "compartment", "done"}
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level_column="compartment")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["exam", "code"], name="forensics_section_once")]


class Finding(OfExam):
    """One mark on the body: where it lies, and what was seen. Everything that it tells is sealed."""

    number = models.PositiveSmallIntegerField()
    words = _words(8000)

    clear: ClassVar = {*_ABOUT, "exam_id", "number"}

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["exam", "number"], name="forensics_finding_number")]


class ExamPhoto(SealedFile):
    """A photograph of an examination, which has a consent of its own and never becomes an ordinary file."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    exam = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="+", null=True)
    number = models.PositiveSmallIntegerField()
    has_scale = models.BooleanField()
    is_genital = models.BooleanField(default=False)
    consent_id = models.UUIDField()
    key_salt = models.BinaryField()
    details = _words(1000)
    caption = _words(400)
    why_no_scale = _words(400)

    clear: ClassVar = SealedFile.file_clear | {
        *_ABOUT, "exam_id", "finding_id", "number", "has_scale", "is_genital", "consent_id", "key_salt",
    }  # fmt: skip
    guard: ClassVar = OF_PATIENT

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["exam", "number"], name="forensics_photo_number")]


class Specimen(OfExam):
    """One specimen. One for the court is an item of evidence, under custody from the moment it was taken.

    One for her health lies in the compartment of health, and the report for court does not know of it.
    """

    number = models.PositiveSmallIntegerField()
    compartment = models.CharField(max_length=4, choices=codes_of(Compartment))
    consent_id = models.UUIDField()
    item = models.ForeignKey("evidence.EvidenceItem", on_delete=models.PROTECT, related_name="+", null=True)
    is_kit = models.BooleanField(default=False)
    kit_id = models.UUIDField(null=True)
    words = SealedField(owner="person_id", compartment_column="compartment", limit=4000)

    clear: ClassVar = {*_ABOUT, "exam_id", "number", "compartment", "consent_id", "item_id", "is_kit", "kit_id"}
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level_column="compartment")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["exam", "number"], name="forensics_specimen_number")]


class Opinion(OfExam):
    """What the findings may mean, in the examiner's judgement: apart from them, and signed by itself."""

    number = models.PositiveSmallIntegerField()
    signed_at = models.DateTimeField(null=True)
    signed_by = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64, default="")
    words = _words(40_000)

    clear: ClassVar = {*_ABOUT, "exam_id", "number", "signed_at", "signed_by", "sha256"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exam", "number"], name="forensics_opinion_number"),
            models.CheckConstraint(
                name="forensics_opinion_signed_whole",
                condition=models.Q(signed_at=None, signed_by=None, sha256="")
                | models.Q(signed_at__isnull=False, signed_by__isnull=False) & ~models.Q(sha256=""),
            ),
        ]


class Addendum(OfExam):
    """What was added after the record was sealed."""

    number = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    text = _words(20_000)

    clear: ClassVar = {*_ABOUT, "exam_id", "number", "added_at", "added_by", "sha256"}

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["exam", "number"], name="forensics_addendum_number")]


class FollowUp(OfExam):
    """When she is to come again, and for what. It outlives the seal: it is not part of the record."""

    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=codes_of(FollowUpState), default=FollowUpState.OPEN)
    ended_on = models.DateField(null=True)
    may_tell = models.BooleanField(default=False)
    need = _words(300)
    clinical = _words(1000, Compartment.CLINICAL)

    clear: ClassVar = {*_ABOUT, "exam_id", "due_on", "state", "ended_on", "may_tell"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="forensics_follow_up_due")]


class Release(AboutPatient):
    """A report that somebody outside may read until a day, under one consent. The paper is kept as it was given.

    `agency_id` is the agency of a recipient from outside: an agreement with it must hold as well.
    """

    exam = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=10, choices=codes_of(ReleaseState), default=ReleaseState.OPEN)
    recipient_id = models.UUIDField()
    agency_id = models.UUIDField(null=True)
    released_by = models.UUIDField()
    basis_ids = models.JSONField(default=list)
    classes = models.JSONField(default=list)
    until_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    paper_sha256 = models.CharField(max_length=64)
    reason = _words(1000)

    clear: ClassVar = {
        *_ABOUT, "exam_id", "code", "state", "recipient_id", "agency_id", "released_by", "basis_ids", "classes",
        "until_on", "ended_at", "paper_sha256",
    }  # fmt: skip
    guard: ClassVar = Guard(
        case="case_id", office="office_id", person="person_id", own="recipient_id", level=Compartment.EXAMINATION
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["recipient_id", "-id"], name="forensics_release_own")]


class ReleasedPaper(SealedFile):
    """The report as it was released, byte for byte."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    key_salt = models.BinaryField()
    details = _words(1000)

    clear: ClassVar = SealedFile.file_clear | {*_ABOUT, "release_id", "key_salt"}
    guard: ClassVar = OF_PATIENT
