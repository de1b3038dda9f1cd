"""Leads, suspects' dated status, relief and restraint, contacts with officials."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.investigations.words import (
    Agency,
    AskReply,
    AskState,
    Attribution,
    ContactKind,
    DropReason,
    Interpreting,
    InterviewPurpose,
    InterviewState,
    LeadKind,
    LeadOutcome,
    LeadState,
    MeasureKind,
    MeasureState,
    OutcomeState,
    Qualification,
    ReviewedHow,
    Source,
    Status,
    Support,
    ThreatClosed,
    Threatener,
    ThreatKind,
    ThreatRisk,
    ThreatState,
)
from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record
from amparo.vault.fields import SealedField


class Lead(Record):
    """Something to find out, by somebody, by a day."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=codes_of(LeadKind))
    assigned_id = models.UUIDField()
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=codes_of(LeadState), default=LeadState.OPEN)
    outcome = models.CharField(max_length=12, choices=codes_of(LeadOutcome), default="")
    closed_on = models.DateField(null=True)
    title = SealedField(owner="case_id", compartment=Compartment.INVESTIGATION, limit=200)
    question = SealedField(owner="case_id", compartment=Compartment.INVESTIGATION, limit=4000)
    result = SealedField(owner="case_id", compartment=Compartment.INVESTIGATION, limit=10_000)

    clear: ClassVar = {"case_id", "kind", "assigned_id", "due_on", "state", "outcome", "closed_on"}
    guard: ClassVar = Guard(case="case_id", office="office_id", level=Compartment.INVESTIGATION)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["assigned_id", "state", "due_on"], name="investigations_lead_due"),
            models.Index(fields=["case", "state"], name="investigations_lead_case"),
        ]


class LeadAsk(Record):
    """Something of a lead that a partner was asked to do: of whom, by when, and what they answered.

    Theirs to do, so it counts as no task of ours; whoever has the lead waits for the answer. Of whom: an official or
    a unit of the directory, or a name alone. `reader_id`: somebody of theirs on the team, who reads these words here
    and nothing else of the lead, and answers.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="+")
    known = models.ForeignKey("partners.Official", on_delete=models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("partners.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    reader_id = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=codes_of(AskState), default=AskState.ASKED)
    reply = models.CharField(max_length=8, choices=codes_of(AskReply), default="")
    asked_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True)
    name = SealedField(owner="case_id", compartment=Compartment.INVESTIGATION, limit=200)
    asked = SealedField(owner="case_id", compartment=Compartment.INVESTIGATION, limit=2000)
    answer = SealedField(owner="case_id", compartment=Compartment.INVESTIGATION, limit=4000)

    clear: ClassVar = {
        "case_id", "lead_id", "known_id", "unit_id", "reader_id", "state", "reply", "asked_on", "due_on",
        "answered_on",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", own="reader_id", level=Compartment.INVESTIGATION)
    added: ClassVar = {"reply": ""}

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["lead", "state"], name="investigations_ask_lead"),
            models.Index(fields=["state", "due_on"], name="investigations_ask_due"),
            models.Index(fields=["reader_id", "state"], name="investigations_ask_reader"),
        ]


class SuspectStatus(Record):
    """A dated event in a suspect's status. `flagged`: it lies before every known incident.

    With a `withdraw_reason` it was entered by mistake: it stays readable, and nothing counts it.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=codes_of(Status))
    happened = models.CharField(max_length=24)
    first_on = models.DateField()
    source = models.CharField(max_length=12, choices=codes_of(Source))
    flagged = models.BooleanField(default=False)
    verdict_id = models.UUIDField(null=True)
    withdraw_reason = models.CharField(max_length=12, default="")
    conditions = SealedField(owner="person_id", compartment=Compartment.SUSPECT, limit=2000)
    remark = SealedField(owner="person_id", compartment=Compartment.SUSPECT, limit=2000)

    clear: ClassVar = {
        "case_id", "person_id", "status", "happened", "first_on", "source", "flagged", "verdict_id",
        "withdraw_reason",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.SUSPECT)
    added: ClassVar = {"withdraw_reason": ""}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "person", "first_on"], name="investigations_status_when")]
        constraints: ClassVar = [
            # The database itself refuses a conviction that no verdict stands behind.
            models.CheckConstraint(
                name="investigations_only_by_verdict",
                condition=~models.Q(status__in=[Status.CONVICTED, Status.ACQUITTED])
                | models.Q(verdict_id__isnull=False),
            )
        ]


class Outcome(Record):
    """Something that happened for a person, with attribution; verified by somebody else than its recorder."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=20)
    attribution = models.CharField(max_length=12, choices=codes_of(Attribution))
    happened = models.CharField(max_length=24)
    first_on = models.DateField()
    flagged = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=codes_of(OutcomeState), default=OutcomeState.PROVISIONAL)
    recorded_by = models.UUIDField()
    verified_by = models.UUIDField(null=True)
    verified_on = models.DateField(null=True)
    withdraw_reason = models.CharField(max_length=12, default="")
    # The one that this puts right; what points at that one is about this one now.
    instead_of_id = models.UUIDField(null=True)

    outcome_clear: ClassVar = {
        "case_id", "person_id", "how", "attribution", "happened", "first_on", "flagged", "state",
        "recorded_by", "verified_by", "verified_on", "withdraw_reason", "instead_of_id",
    }  # fmt: skip

    class Meta:
        abstract = True


class Relief(Outcome):
    """A survivor is out of the violence."""

    clear: ClassVar = Outcome.outcome_clear
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "first_on"], name="investigations_relief_once")]


class Restraint(Outcome):
    """A suspect is kept from going on."""

    clear: ClassVar = Outcome.outcome_clear
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "first_on"], name="investigations_restraint_once")]


class OfficialContact(Record):
    """A contact with an official about a case: what was agreed, and what comes next.

    With a `withdraw_reason` it was entered by mistake: it stays readable, and nothing counts it.
    Who it was: somebody of the directory (`known`), one of the people of the case (`official`), or a name alone.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    official = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    known = models.ForeignKey("partners.Official", on_delete=models.PROTECT, related_name="+", null=True)
    partner = models.ForeignKey("partners.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("partners.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    agency_kind = models.CharField(max_length=12, choices=codes_of(Agency))
    kind = models.CharField(max_length=12, choices=codes_of(ContactKind))
    on = models.DateField()
    next_on = models.DateField(null=True)
    next_done_on = models.DateField(null=True)
    withdraw_reason = models.CharField(max_length=12, default="")
    name = SealedField(owner="case_id", compartment=Compartment.PROGRAMME, limit=200)
    agency = SealedField(owner="case_id", compartment=Compartment.PROGRAMME, limit=200)
    agreed = SealedField(owner="case_id", compartment=Compartment.PROGRAMME, limit=4000)
    next_step = SealedField(owner="case_id", compartment=Compartment.PROGRAMME, limit=500)

    clear: ClassVar = {
        "case_id", "official_id", "known_id", "partner_id", "unit_id", "agency_kind", "kind", "on", "next_on",
        "next_done_on", "withdraw_reason",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id")
    added: ClassVar = {"withdraw_reason": ""}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-on"], name="investigations_contact_when")]


class Interview(Record):
    """One conversation in which somebody is asked what happened. Once sealed, the database refuses every change.

    `told`: how often she or he had been asked before when it was planned. `minor` as known at planning.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=codes_of(InterviewPurpose))
    state = models.CharField(max_length=12, choices=codes_of(InterviewState), default=InterviewState.PLANNED)
    interviewer_id = models.UUIDField()
    qualification = models.CharField(max_length=8, choices=codes_of(Qualification))
    interpreting = models.CharField(max_length=12, choices=codes_of(Interpreting), default=Interpreting.NOT_NEEDED)
    support = models.CharField(max_length=12, choices=codes_of(Support), default=Support.NONE)
    minor = models.BooleanField(null=True)
    told = models.PositiveSmallIntegerField(default=0)
    planned_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    recordings = models.JSONField(default=list)
    feedback_on = models.DateField(null=True)
    feedback_given_on = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    reviewed_how = models.CharField(max_length=12, choices=codes_of(ReviewedHow), default="")
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.UUIDField(null=True)
    drop_reason = models.CharField(max_length=12, choices=codes_of(DropReason), default="")
    why = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=2000)
    place = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=300)
    asks = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=200)
    interpreter = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=200)
    supporter = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=200)
    account = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=40_000)
    corrections = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=10_000)

    clear: ClassVar = {
        "case_id", "person_id", "purpose", "state", "interviewer_id", "qualification", "interpreting", "support",
        "minor", "told", "planned_at", "began_at", "ended_at", "recordings", "feedback_on", "feedback_given_on",
        "reviewed_on", "reviewed_how", "sealed_at", "sealed_by", "drop_reason",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.NARRATIVE)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["interviewer_id", "state", "planned_at"], name="investigations_interview_due"),
            models.Index(fields=["case", "planned_at"], name="investigations_interview_case"),
            models.Index(fields=["person", "planned_at"], name="investigations_interview_told"),
        ]


class InterviewAddendum(Record):
    """What is added to a sealed interview; it stands beside it and is never changed either."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    words = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=10_000)

    clear: ClassVar = {"interview_id", "case_id", "person_id", "added_at", "added_by"}
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.NARRATIVE)


class Threat(Record):
    """Somebody is threatened: who, by whom, how, and how great the danger is.

    `person` is who is threatened; none where it is a colleague. `key_owner` is hers, or the case where there is none.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    by = models.CharField(max_length=8, choices=codes_of(Threatener))
    by_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=12, choices=codes_of(ThreatKind))
    happened = models.CharField(max_length=24)
    first_on = models.DateField()
    risk = models.CharField(max_length=8, choices=codes_of(ThreatRisk))
    state = models.CharField(max_length=12, choices=codes_of(ThreatState), default=ThreatState.OPEN)
    closed_on = models.DateField(null=True)
    closed_as = models.CharField(max_length=12, choices=codes_of(ThreatClosed), default="")
    key_owner = models.UUIDField()
    summary = SealedField(owner="key_owner", compartment=Compartment.NARRATIVE, limit=300)
    account = SealedField(owner="key_owner", compartment=Compartment.NARRATIVE, limit=4000)

    clear: ClassVar = {
        "case_id", "person_id", "by", "by_person_id", "kind", "happened", "first_on", "risk", "state", "closed_on",
        "closed_as", "key_owner",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.NARRATIVE)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "state"], name="investigations_threat_case"),
            models.Index(fields=["state", "risk"], name="investigations_threat_open"),
        ]


class ThreatMeasure(Record):
    """Something that is done against a threat. Its details may say where she is, so they are kept like her address."""

    threat = models.ForeignKey(Threat, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=codes_of(MeasureKind))
    responsible_id = models.UUIDField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=codes_of(MeasureState), default=MeasureState.OPEN)
    ended_on = models.DateField(null=True)
    key_owner = models.UUIDField()
    details = SealedField(owner="key_owner", compartment=Compartment.ADDRESS, limit=1000)

    clear: ClassVar = {
        "threat_id", "case_id", "kind", "responsible_id", "due_on", "state", "ended_on", "key_owner",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", level=Compartment.NARRATIVE)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["responsible_id", "state", "due_on"], name="investigations_measure_due"),
        ]
