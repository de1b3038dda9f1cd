"""The case, its people, tracks, notes, tasks, promises, incidents, consents and closing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.cases.words import (
    BasisKind,
    CaseState,
    ConferenceState,
    ConsentState,
    CopyWay,
    IncidentState,
    IncidentType,
    NoteKind,
    PartyRole,
    PromiseState,
    Risk,
    RouteStage,
    TaskState,
    TrackKind,
)
from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record
from amparo.vault.fields import SealedField

OF_CASE = Guard(case="case_id", office="office_id")


class Case(Record):
    """One matter: one situation of violence or exploitation, its survivors and its suspects."""

    code = models.CharField(max_length=24, unique=True)
    types = models.JSONField(default=list)
    risk = models.CharField(max_length=8, choices=codes_of(Risk), default=Risk.MEDIUM)
    state = models.CharField(max_length=8, choices=codes_of(CaseState), default=CaseState.OPEN)
    origin = models.CharField(max_length=16, default="report")
    programme = models.CharField(max_length=40, default="")
    # Nothing where nobody chose: so what the ledger committed to before these columns still holds.
    tags = models.JSONField(null=True)
    jurisdiction = models.CharField(max_length=40, null=True)
    opened_at = models.DateTimeField()
    reported_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closure_reason = models.CharField(max_length=16, default="")
    retain_until = models.DateField(null=True)
    title = SealedField(compartment=Compartment.LEGAL, limit=120)
    summary = SealedField(compartment=Compartment.NARRATIVE, limit=4000)

    clear: ClassVar = {
        "code", "types", "risk", "state", "origin", "programme", "tags", "jurisdiction", "opened_at", "reported_on",
        "closed_at", "closure_reason", "retain_until",
    }  # fmt: skip
    guard: ClassVar = Guard(case="id", office="office_id")
    added: ClassVar = {"programme": ""}

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office_id", "-opened_at", "-id"], name="cases_case_opened"),
            models.Index(
                fields=["retain_until"], condition=models.Q(retain_until__isnull=False), name="cases_case_kept"
            ),
        ]


class Track(Record):
    """One of the four parallel tracks of a case, with its own state and lead."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=codes_of(TrackKind))
    state = models.CharField(max_length=20)
    since_on = models.DateField()
    lead_id = models.UUIDField(null=True)

    clear: ClassVar = {"case_id", "kind", "state", "since_on", "lead_id"}
    guard: ClassVar = OF_CASE

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "kind"], name="cases_four_tracks")]


class TrackChange(Record):
    """A past change of a track's state: what its line on the drawn case is made of."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=codes_of(TrackKind))
    state = models.CharField(max_length=20)
    on = models.DateField()

    clear: ClassVar = {"case_id", "kind", "state", "on"}
    guard: ClassVar = OF_CASE


class Party(Record):
    """A person's part in a case. `level` is the compartment of her identity, so that sides are listed apart."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=codes_of(PartyRole))
    level = models.CharField(max_length=4, choices=codes_of(Compartment))
    trafficking = models.CharField(max_length=12, default="")
    trafficking_by = models.CharField(max_length=12, null=True)
    trafficking_on = models.DateField(null=True)
    relation = models.CharField(max_length=12, null=True)
    related_to_id = models.UUIDField(null=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    relationship = SealedField(owner="person_id", compartment_column="level", limit=300)
    no_contact = SealedField(owner="person_id", compartment_column="level", limit=1000)

    clear: ClassVar = {
        "case_id", "person_id", "role", "level", "trafficking", "trafficking_by", "trafficking_on", "relation",
        "related_to_id", "joined_on", "left_on",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level_column="level")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "person", "role"], name="cases_party_once"),
        ]


class Note(Record):
    """A note in one compartment. `key_owner` is the survivor it is about, or the case where it is about several."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=4, choices=codes_of(Compartment))
    kind = models.CharField(max_length=12, choices=codes_of(NoteKind))
    person_id = models.UUIDField(null=True)
    key_owner = models.UUIDField()
    happened_at = models.DateTimeField()
    corrects_id = models.UUIDField(null=True)
    corrected = models.BooleanField(default=False)
    text = SealedField(owner="key_owner", compartment_column="compartment", limit=20_000)

    clear: ClassVar = {
        "case_id", "compartment", "kind", "person_id", "key_owner", "happened_at", "corrects_id", "corrected",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", level_column="compartment")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-happened_at", "-id"], name="cases_note_time")]


class Draft(models.Model):
    """What somebody is typing, kept sealed until it is saved or a week has passed; erased with its owner."""

    id = models.UUIDField(primary_key=True)
    office_id = models.UUIDField()
    account_id = models.UUIDField()
    place = models.CharField(max_length=80)
    saved_at = models.DateTimeField()
    key_owner = models.UUIDField()
    typed = SealedField(owner="key_owner", compartment=Compartment.NARRATIVE, limit=40_000)

    clear: ClassVar = {"id", "office_id", "account_id", "place", "saved_at", "key_owner"}

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account_id", "place"], name="cases_draft_once")]


class Task(Record):
    """Something to be done by somebody by a day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, default="task")
    assigned_id = models.UUIDField()
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=codes_of(TaskState), default=TaskState.OPEN)
    ended_at = models.DateTimeField(null=True)
    drop_reason = models.CharField(max_length=20, default="")
    track = models.CharField(max_length=16, choices=codes_of(TrackKind), default=TrackKind.RESTORATION)
    title = SealedField(owner="case_id", compartment=Compartment.LEGAL, limit=200)

    clear: ClassVar = {
        "case_id", "kind", "assigned_id", "due_on", "state", "ended_at", "drop_reason", "track",
    }  # fmt: skip
    guard: ClassVar = OF_CASE

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["assigned_id", "state", "due_on"], name="cases_task_due"),
            models.Index(fields=["case", "state", "due_on"], name="cases_task_case"),
        ]


class SurvivorPromise(Record):
    """Something promised to a survivor by a day: kept, or released by her."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    promised_by = models.UUIDField()
    promised_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=codes_of(PromiseState), default=PromiseState.OPEN)
    ended_on = models.DateField(null=True)
    release_reason = models.CharField(max_length=20, default="")
    text = SealedField(owner="person_id", compartment=Compartment.IDENTITY, limit=300)

    clear: ClassVar = {
        "case_id", "person_id", "promised_by", "promised_on", "due_on", "state", "ended_on", "release_reason",
    }  # fmt: skip
    guard: ClassVar = OF_CASE

    class Meta:
        indexes: ClassVar = [models.Index(fields=["promised_by", "state", "due_on"], name="cases_promise_due")]


class Incident(Record):
    """One act against one survivor. The type is found by questions and the contexts are derived.

    `perpetrators` are people with the part of a suspect in the same case. Columns that came later hold nothing where
    nobody was asked, not an empty text: so what the ledger committed to before them still holds.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    began = models.CharField(max_length=24)
    ended = models.CharField(max_length=24, default="")
    type = models.CharField(max_length=24, choices=codes_of(IncidentType))
    answers = models.JSONField(default=dict)
    contexts = models.JSONField(default=list)
    exploitation = models.JSONField(default=list)
    controls = models.JSONField(default=list)
    relation = models.CharField(max_length=24, default="unknown")
    minor = models.BooleanField(null=True)
    after_report = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=codes_of(IncidentState), default=IncidentState.RECORDED)
    weapon = models.CharField(max_length=12, null=True)
    perpetrators = models.JSONField(null=True)
    previous = models.CharField(max_length=12, null=True)
    reported_elsewhere = models.JSONField(null=True)
    place = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=300)
    summary = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=500)
    narrative = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=40_000)

    clear: ClassVar = {
        "case_id", "person_id", "began", "ended", "type", "answers", "contexts", "exploitation", "controls",
        "relation", "minor", "after_report", "state", "weapon", "perpetrators", "previous", "reported_elsewhere",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id", level=Compartment.NARRATIVE)


class IncidentFinding(Record):
    """What somebody found of an incident, and why. The last one holds; earlier ones stay beside it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=codes_of(IncidentState))
    reason = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=1000)

    clear: ClassVar = {"case_id", "person_id", "incident_id", "state"}
    guard: ClassVar = Guard(case="case_id", office="office_id", level=Compartment.NARRATIVE)


class Basis(Record):
    """Why words about a person may be kept, and to whom they may go: one row for each recipient and purpose.

    `agency` is the recipient where it is one of the partners, so that what is given can be compared with it.
    `renewed_by_id` is the later consent that took its place. `recording_id` is the item of evidence that holds a
    spoken one: its table lies above this room, so that no key of the database can point there.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("partners.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=24, choices=codes_of(BasisKind))
    purpose = models.CharField(max_length=16)
    classes = models.JSONField(default=list)
    giver = models.CharField(max_length=16, default="self")
    method = models.CharField(max_length=12, default="oral")
    state = models.CharField(max_length=10, choices=codes_of(ConsentState), default=ConsentState.GIVEN)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    explained = models.JSONField(null=True)
    renewed_by_id = models.UUIDField(null=True)
    recording_id = models.UUIDField(null=True)
    recording_code = models.CharField(max_length=24, null=True)
    language = SealedField(owner="person_id", compartment=Compartment.IDENTITY, limit=100)
    interpreter = SealedField(owner="person_id", compartment=Compartment.IDENTITY, limit=200)
    witness = SealedField(owner="person_id", compartment=Compartment.IDENTITY, limit=200)
    recipient = SealedField(owner="person_id", compartment=Compartment.IDENTITY, limit=200)
    reason = SealedField(owner="person_id", compartment=Compartment.IDENTITY, limit=2000)

    clear: ClassVar = {
        "case_id", "person_id", "agency_id", "kind", "purpose", "classes", "giver", "method", "state", "from_on",
        "until_on", "withdrawn_at", "explained", "renewed_by_id", "recording_id", "recording_code",
    }  # fmt: skip
    guard: ClassVar = Guard(case="case_id", office="office_id")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "person"], name="cases_basis_person"),
            models.Index(
                fields=["case", "until_on"],
                condition=models.Q(state="given", until_on__isnull=False),
                name="cases_basis_ending",
            ),
        ]


class CaseLink(Record):
    """A link between two cases, seen from the first; somebody sees it who sees both."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    ended_at = models.DateTimeField(null=True)
    reason = SealedField(owner="case_id", compartment=Compartment.LEGAL, limit=500)

    clear: ClassVar = {"case_id", "other_id", "kind", "ended_at"}
    guard: ClassVar = OF_CASE


class Closing(Record):
    """A request to close a case, decided by somebody else."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16)
    asked_by = models.UUIDField()
    state = models.CharField(max_length=10, default="asked")
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    retain_until = models.DateField()
    remark = SealedField(owner="case_id", compartment=Compartment.LEGAL, limit=2000)
    answer = SealedField(owner="case_id", compartment=Compartment.LEGAL, limit=2000)

    clear: ClassVar = {"case_id", "reason", "asked_by", "state", "decided_by", "decided_at", "retain_until"}
    guard: ClassVar = OF_CASE

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(state="asked"), name="cases_closing_asked_once")
        ]


class HandOver(Record):
    """A case offered to a colleague; hers once she receives it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    from_id = models.UUIDField()
    to_id = models.UUIDField()
    role = models.CharField(max_length=16)
    state = models.CharField(max_length=12, default="offered")
    ended_at = models.DateTimeField(null=True)
    note = SealedField(owner="case_id", compartment=Compartment.LEGAL, limit=2000)

    clear: ClassVar = {"case_id", "from_id", "to_id", "role", "state", "ended_at"}
    guard: ClassVar = Guard(case="case_id", office="office_id", own="to_id")


class Conference(Record):
    """Agencies sit down about a case. `gaps`: of which agencies no live consent covered what was to be shared."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    state = models.CharField(max_length=8, choices=codes_of(ConferenceState), default=ConferenceState.PLANNED)
    convened_by = models.UUIDField()
    agencies = models.JSONField(default=list)
    classes = models.JSONField(default=list)
    gaps = models.JSONField(default=list)
    tasks = models.JSONField(default=list)
    about = SealedField(owner="case_id", compartment=Compartment.NARRATIVE, limit=2000)
    present = SealedField(owner="case_id", compartment=Compartment.NARRATIVE, limit=2000)
    decisions = SealedField(owner="case_id", compartment=Compartment.NARRATIVE, limit=10_000)

    clear: ClassVar = {"case_id", "on", "state", "convened_by", "agencies", "classes", "gaps", "tasks"}
    guard: ClassVar = Guard(case="case_id", office="office_id", level=Compartment.NARRATIVE)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-on"], name="cases_conference_when"),
            models.Index(fields=["convened_by", "state", "on"], name="cases_conference_due"),
        ]


class OwnCopy(Record):
    """That a survivor got a copy of what is her own: which parts, how, and the hash. The paper itself isn't kept."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    parts = models.JSONField(default=list)
    language = models.CharField(max_length=12)
    way = models.CharField(max_length=8, choices=codes_of(CopyWay))
    sha256 = models.CharField(max_length=64)
    remark = SealedField(owner="person_id", compartment=Compartment.IDENTITY, limit=500)

    clear: ClassVar = {"case_id", "person_id", "parts", "language", "way", "sha256"}
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-created_at"], name="cases_own_copy")]


class HistoricEvent(Record):
    """One stage of the way that somebody was made to go: where, and since when. A mistaken one is taken out."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=16, choices=codes_of(RouteStage))
    happened = models.CharField(max_length=24)
    first_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    place = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=120)
    how = SealedField(owner="person_id", compartment=Compartment.NARRATIVE, limit=500)

    clear: ClassVar = {"case_id", "person_id", "stage", "happened", "first_on", "withdrawn_on"}
    guard: ClassVar = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.NARRATIVE)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "person", "first_on"], name="cases_route_order")]
