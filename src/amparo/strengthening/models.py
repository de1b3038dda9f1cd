"""Mentoring contacts, observed files with their answers, feedback sheets, unit assessments, reforms, the scorecard."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record
from amparo.strengthening.words import (
    Answer,
    ContactState,
    Domain,
    EvidenceKind,
    FileState,
    Measure,
    Method,
    Mode,
    Occasion,
    Per,
    Progress,
    ReformState,
    SheetState,
    Skill,
    Withdrawn,
)
from amparo.vault.fields import SealedField, TokenField

OF_PROGRAMME = Guard(office="office_id", level=Compartment.PROGRAMME)


def _words(limit: int, owner: str = "id") -> SealedField:
    return SealedField(owner=owner, compartment=Compartment.PROGRAMME, limit=limit)


class Pseudonym(Record):
    """What a case is called here, to those who may not see it: a random code, one for each case."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)

    clear: ClassVar = {"case_id", "code"}
    guard: ClassVar = Guard(case="case_id", office="office_id", level=Compartment.PROGRAMME)


class MentoringContact(Record):
    """Doing the work beside an official, on a real case or without one."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("partners.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    official = models.ForeignKey("partners.Official", on_delete=models.PROTECT, related_name="+", null=True)
    mentor_id = models.UUIDField()
    skill = models.CharField(max_length=16, choices=codes_of(Skill))
    mode = models.CharField(max_length=12, choices=codes_of(Mode))
    state = models.CharField(max_length=12, choices=codes_of(ContactState), default=ContactState.PLANNED)
    on = models.DateField()
    progress = models.CharField(max_length=12, choices=codes_of(Progress), default="")
    next_on = models.DateField(null=True)
    next_done_on = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    aim = _words(1000)
    done = _words(4000)
    next_step = _words(500)
    review = _words(2000)

    clear: ClassVar = {
        "case_id", "unit_id", "official_id", "mentor_id", "skill", "mode", "state", "on", "progress", "next_on",
        "next_done_on", "reviewed_on",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", own="mentor_id", level=Compartment.PROGRAMME)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "-on"], name="strengthening_contact_unit"),
            models.Index(fields=["official", "-on"], name="strengthening_contact_official"),
            models.Index(fields=["mentor_id", "state", "on"], name="strengthening_contact_due"),
        ]


class Checklist(Record):
    """An organisation's own version of the practice checklist; version 1 comes with the program. Never changed."""

    number = models.PositiveIntegerField(unique=True)
    text = _words(60_000, "office_id")

    clear: ClassVar = {"number"}
    guard: ClassVar = OF_PROGRAMME


class PracticeFile(Record):
    """One file of a unit, looked at with one version of the checklist."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("partners.Unit", on_delete=models.PROTECT, related_name="+")
    checklist = models.PositiveIntegerField()
    observer_id = models.UUIDField()
    on = models.DateField()
    state = models.CharField(max_length=12, choices=codes_of(FileState), default=FileState.DRAFT)
    remark = _words(2000)

    clear: ClassVar = {"case_id", "unit_id", "checklist", "observer_id", "on", "state"}
    guard: ClassVar = Guard(case="case_id", office="office_id", own="observer_id", level=Compartment.PROGRAMME)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "on"], name="strengthening_file_unit"),
            models.Index(fields=["case", "-on"], name="strengthening_file_case"),
        ]


class PracticeAnswer(Record):
    """One item of one file. Without an answer it is a proposal that waits: `proposed` by somebody, with a reason.

    `basis` is the code of what the case showed, where that is what was confirmed.
    """

    file = models.ForeignKey(PracticeFile, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True)
    item = models.CharField(max_length=40)
    answer = models.CharField(max_length=4, choices=codes_of(Answer), default="")
    proposed = models.CharField(max_length=4, choices=codes_of(Answer), default="")
    basis = models.CharField(max_length=20, default="")
    reason = _words(2000, "file_id")

    clear: ClassVar = {"file_id", "case_id", "item", "answer", "proposed", "basis"}
    guard: ClassVar = Guard(case="case_id", office="office_id", level=Compartment.PROGRAMME)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "item"], name="strengthening_answer_once"),
            models.CheckConstraint(
                name="strengthening_answer_or_proposal", condition=~models.Q(answer="") | ~models.Q(proposed="")
            ),
        ]


class FeedbackSheet(Record):
    """What a unit is told of a period, and what it said to it. Periods of one unit never overlap."""

    unit = models.ForeignKey("partners.Unit", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    state = models.CharField(max_length=12, choices=codes_of(SheetState), default=SheetState.DRAFT)
    validated_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    well = _words(2000)
    next_steps = _words(2000)
    validated_with = _words(300)
    comment = _words(2000)

    clear: ClassVar = {"unit_id", "from_on", "until_on", "state", "validated_on", "published_on"}
    guard: ClassVar = OF_PROGRAMME

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "-until_on"], name="strengthening_sheet_unit")]


class UnitAssessment(Record):
    """A unit at one point: for each domain a level from 1 to 4 and what it rests on. `levels` are codes and numbers."""

    unit = models.ForeignKey("partners.Unit", on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=12, choices=codes_of(Occasion))
    on = models.DateField()
    levels = models.JSONField(default=dict)
    notes = _words(20_000)
    assessors = _words(500)

    clear: ClassVar = {"unit_id", "occasion", "on", "levels"}
    guard: ClassVar = OF_PROGRAMME

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "occasion"], name="strengthening_assessed_once")
        ]


class ReformProject(Record):
    """A problem, and what an agency committed itself to doing about it."""

    agency = models.ForeignKey("partners.Agency", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partners.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    domain = models.CharField(max_length=16, choices=codes_of(Domain))
    state = models.CharField(max_length=12, choices=codes_of(ReformState), default=ReformState.IDENTIFIED)
    keeper_id = models.UUIDField()
    identified_on = models.DateField()
    agreed_on = models.DateField(null=True)
    adopted_on = models.DateField(null=True)
    check_on = models.DateField(null=True)
    checks = models.PositiveSmallIntegerField(default=0)
    title = _words(200)
    problem = _words(4000)
    commitment = _words(4000)
    committed_by = _words(300)
    target = _words(500)

    clear: ClassVar = {
        "agency_id", "unit_id", "domain", "state", "keeper_id", "identified_on", "agreed_on", "adopted_on", "check_on",
        "checks",
    }  # fmt: skip
    guard: ClassVar = OF_PROGRAMME

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "check_on"], name="strengthening_reform_due")]


class ReformStep(Record):
    """A dated step of a project. Never changed. `holds` is the answer of a check."""

    project = models.ForeignKey(ReformProject, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=codes_of(ReformState))
    on = models.DateField()
    holds = models.BooleanField(null=True)
    note = _words(2000, "project_id")

    clear: ClassVar = {"project_id", "state", "on", "holds"}
    guard: ClassVar = OF_PROGRAMME


class ReformEvidence(Record):
    """An observation that a project rests on."""

    project = models.ForeignKey(ReformProject, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=codes_of(EvidenceKind))
    thing_id = models.UUIDField()

    clear: ClassVar = {"project_id", "kind", "thing_id"}
    guard: ClassVar = OF_PROGRAMME

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "thing_id"], name="strengthening_evidence_once")
        ]


class ScoreObservation(Record):
    """A measured value of the scorecard with everything that lets others judge it. Withdrawn ones stay."""

    measure = models.CharField(max_length=12, choices=codes_of(Measure))
    occasion = models.CharField(max_length=12, choices=codes_of(Occasion))
    per = models.CharField(max_length=8, choices=codes_of(Per))
    value = models.DecimalField(max_digits=10, decimal_places=3)
    low = models.DecimalField(max_digits=10, decimal_places=3)
    high = models.DecimalField(max_digits=10, decimal_places=3)
    n = models.PositiveIntegerField()
    method = models.CharField(max_length=16, choices=codes_of(Method))
    from_on = models.DateField()
    until_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    withdrawn = models.CharField(max_length=12, choices=codes_of(Withdrawn), default="")
    series_token = TokenField()
    indicator = _words(300, "office_id")
    source = _words(500, "office_id")
    place = _words(120, "office_id")
    remark = _words(1000, "office_id")

    clear: ClassVar = {
        "measure", "occasion", "per", "value", "low", "high", "n", "method", "from_on", "until_on", "withdrawn_on",
        "withdrawn",
    }  # fmt: skip
    guard: ClassVar = OF_PROGRAMME

    class Meta:
        indexes: ClassVar = [models.Index(fields=["series_token", "from_on"], name="strengthening_score_series")]
