"""Curricula and their versions, sessions, who takes part, tests, certificates, links for telephones, evaluations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record
from amparo.training.words import Audience, DoorPurpose, How, Occasion, PersonKind, SessionState
from amparo.vault.fields import SealedField, TokenField

OF_PROGRAMME = Guard(office="office_id", level=Compartment.PROGRAMME)


def _words(limit: int, owner: str = "office_id") -> SealedField:
    return SealedField(owner=owner, compartment=Compartment.PROGRAMME, limit=limit)


class Curriculum(Record):
    """What is taught, to whom. What it says stands in its versions."""

    audience = models.CharField(max_length=16, choices=codes_of(Audience))
    retired_on = models.DateField(null=True)

    clear: ClassVar = {"audience", "retired_on"}
    guard: ClassVar = OF_PROGRAMME


class CurriculumVersion(Record):
    """One version. From its first session on it is never changed: `digest` proves that it was not."""

    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    used_on = models.DateField(null=True)
    digest = models.CharField(max_length=64, default="")
    content = _words(200_000)

    clear: ClassVar = {"curriculum_id", "number", "used_on", "digest"}
    guard: ClassVar = OF_PROGRAMME

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["curriculum", "number"], name="training_version_once")]


class Session(Record):
    """A training as it is held: when, where, by whom, for whom. `days` are its days as ISO dates."""

    content_version = models.ForeignKey(CurriculumVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=codes_of(SessionState), default=SessionState.PLANNED)
    starts_on = models.DateField()
    ends_on = models.DateField()
    days = models.JSONField(default=list)
    language = models.CharField(max_length=8)
    trainer_ids = models.JSONField(default=list)
    invited_ids = models.JSONField(default=list)
    cancel_reason = models.CharField(max_length=12, default="")
    place = _words(300)
    district = _words(120)
    guest_trainers = _words(500)
    invited = _words(1000)
    remark = _words(4000)
    evaluation = _words(8000)

    clear: ClassVar = {
        "content_version_id", "state", "starts_on", "ends_on", "days", "language", "trainer_ids", "invited_ids",
        "cancel_reason",
    }  # fmt: skip
    guard: ClassVar = OF_PROGRAMME

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "ends_on"], name="training_session_state")]


class Participant(Record):
    """Somebody who takes part in trainings: a professional record only, and once for each person."""

    kind = models.CharField(max_length=10, choices=codes_of(PersonKind))
    audience = models.CharField(max_length=16, choices=codes_of(Audience))
    official_id = models.UUIDField(null=True, unique=True)
    account_id = models.UUIDField(null=True, unique=True)
    name_token = TokenField()
    name = _words(200, "id")
    post = _words(200, "id")
    contact = _words(200, "id")
    district = _words(120, "id")

    clear: ClassVar = {"kind", "audience", "official_id", "account_id"}
    guard: ClassVar = OF_PROGRAMME

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name_token"], name="training_participant_name")]


class Enrolment(Record):
    """One person in one session. `code` opens this session's links to her, and nothing else.

    `attended` says for each day on which she was there how that is known.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    attended = models.JSONField(default=dict)

    clear: ClassVar = {"session_id", "participant_id", "code", "attended"}
    guard: ClassVar = OF_PROGRAMME

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "participant"], name="training_enrolled_once")
        ]


class Sitting(Record):
    """One person's answers on one occasion. Scores are worked out from them each time, and never stored.

    `answers` and `marks` go with the person's words when these are erased.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=8, choices=codes_of(Occasion))
    taken_on = models.DateField()
    how = models.CharField(max_length=8, choices=codes_of(How))
    answers = _words(60_000, "participant_id")
    marks = _words(4000, "participant_id")

    clear: ClassVar = {"enrolment_id", "participant_id", "occasion", "taken_on", "how"}
    guard: ClassVar = OF_PROGRAMME

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "occasion"], name="training_sitting_once")
        ]


class Certificate(Record):
    """A certificate as it was issued. Withdrawn ones stay: whoever holds the paper can learn that it is void."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=32, unique=True)
    issued_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    withdraw_reason = models.CharField(max_length=12, default="")
    replaces_id = models.UUIDField(null=True)
    name = _words(200, "participant_id")

    clear: ClassVar = {
        "enrolment_id", "participant_id", "number", "issued_on", "withdrawn_on", "withdraw_reason", "replaces_id",
    }  # fmt: skip
    guard: ClassVar = OF_PROGRAMME

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(withdrawn_on__isnull=True),
                name="training_one_live_certificate",
            )
        ]


class Door(Record):
    """A link by which participants of one session do one thing on their telephones, until it ends."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=codes_of(DoorPurpose))
    day = models.DateField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    clear: ClassVar = {"session_id", "purpose", "day", "expires_at", "ended_at"}
    guard: ClassVar = OF_PROGRAMME


class Feedback(Record):
    """What one participant says about a session. Nothing joins it to the person who said it."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    answers = _words(3000)

    clear: ClassVar = {"session_id"}
    guard: ClassVar = OF_PROGRAMME
