"""Operations, where and when they are, who goes along, what is planned for whom, and what came of them.

Every table names its operation: a row opens to those who have a place in it (`access.OperationPlace`).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record
from amparo.operations.words import (
    AbortReason,
    Choice,
    ConflictState,
    Duty,
    HappeningKind,
    ResultKind,
    Settled,
    State,
)
from amparo.vault.fields import SealedField, TokenField

OF_OPERATION = Guard(operation="operation_id", office="office_id", level=Compartment.OPERATION)


def _words(limit: int, owner: str = "operation_id") -> SealedField:
    return SealedField(owner=owner, compartment=Compartment.OPERATION, limit=limit)


class Operation(Record):
    """A planned joint action with an authority. `plan` counts the material changes of its plan.

    `authority` holds the ids of the agency and its unit; the lists hold one line for each item.
    """

    code = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=12, choices=codes_of(State), default=State.PLANNED)
    plan = models.PositiveIntegerField(default=1)
    lead_id = models.UUIDField()
    proposed_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    briefed_at = models.DateTimeField(null=True)
    over_on = models.DateField(null=True)
    abort_reason = models.CharField(max_length=16, choices=codes_of(AbortReason), default="")
    debriefed_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    objective = _words(4000, "id")
    legal_basis = _words(4000, "id")
    authority = _words(200, "id")
    timeline = _words(6000, "id")
    go_items = _words(6000, "id")
    abort_rules = _words(6000, "id")
    unexpected = _words(4000, "id")
    numbers = _words(4000, "id")
    abort_words = _words(4000, "id")
    went_well = _words(8000, "id")
    to_change = _words(8000, "id")
    survivors_said = _words(8000, "id")

    clear: ClassVar = {
        "code", "state", "plan", "lead_id", "proposed_at", "approved_at", "briefed_at", "over_on", "abort_reason",
        "debriefed_at", "sealed_at",
    }  # fmt: skip
    guard: ClassVar = Guard(operation="id", office="office_id", level=Compartment.OPERATION)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "-updated_at"], name="operations_state")]


class OfOperation(Record):
    """A part of an operation."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")

    guard: ClassVar = OF_OPERATION

    class Meta:
        abstract = True


class Whereabouts(OfOperation):
    """Where and when. Its times are sealed as the place is; `hidden_from` tells the week only."""

    hidden_from = models.DateTimeField()
    place = _words(1000)
    meeting = _words(1000)
    starts = _words(40)
    ends = _words(40)

    clear: ClassVar = {"operation_id", "hidden_from"}
    guard: ClassVar = Guard(
        operation="operation_id", office="office_id", until="hidden_from", level=Compartment.OPERATION
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operation"], name="operations_one_place"),
        ]


class PlaceDay(OfOperation):
    """The blind token of a place on one day of an operation that is still ahead."""

    token = TokenField()

    clear: ClassVar = {"operation_id"}
    guard: ClassVar = OF_OPERATION

    class Meta:
        indexes: ClassVar = [models.Index(fields=["token"], name="operations_place_day")]


class Member(OfOperation):
    """Somebody who goes along: a colleague with an account, or a person of the authority by name or post."""

    account_id = models.UUIDField(null=True)
    duty = models.CharField(max_length=12, choices=codes_of(Duty))
    was_briefed = models.BooleanField(default=False)
    name = _words(200)
    phone = _words(60)

    clear: ClassVar = {"operation_id", "account_id", "duty", "was_briefed"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operation", "account_id"], name="operations_member_once"),
        ]


class Risk(OfOperation):
    """What may go wrong: how likely, how bad, and what is done about it."""

    likelihood = models.PositiveSmallIntegerField()
    harm = models.PositiveSmallIntegerField()
    hazard = _words(1000)
    mitigation = _words(2000)

    clear: ClassVar = {"operation_id", "likelihood", "harm"}


class Care(OfOperation):
    """What is ready for one survivor from the first minute. Sealed under her, so that it goes with her."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField()
    stays = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    medical = _words(2000, "person_id")
    interpreter = _words(1000, "person_id")
    transport = _words(1000, "person_id")
    safe_place = _words(1000, "person_id")

    clear: ClassVar = {"operation_id", "person_id", "case_id", "stays_id"}
    guard: ClassVar = Guard(
        operation="operation_id", office="office_id", person="person_id", level=Compartment.OPERATION
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operation", "person"], name="operations_care_once"),
        ]


class Approver(OfOperation):
    """Somebody who was asked to approve."""

    account_id = models.UUIDField()

    clear: ClassVar = {"operation_id", "account_id"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operation", "account_id"], name="operations_asked_once"),
        ]


class Approval(OfOperation):
    """What an approver decided about one state of the plan. It stands while the plan has that number."""

    account_id = models.UUIDField()
    plan = models.PositiveIntegerField()
    choice = models.CharField(max_length=12, choices=codes_of(Choice))
    at = models.DateTimeField()
    reason = _words(2000)

    clear: ClassVar = {"operation_id", "account_id", "plan", "choice", "at"}

    class Meta:
        constraints: ClassVar = [
            # The database itself refuses a second approval of one plan by one person.
            models.UniqueConstraint(fields=["operation", "account_id", "plan"], name="operations_approved_once"),
        ]


class Result(OfOperation):
    """A relief or restraint that came of the operation; the room of investigations keeps and verifies it."""

    kind = models.CharField(max_length=12, choices=codes_of(ResultKind))
    case_id = models.UUIDField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    outcome_id = models.UUIDField(unique=True)

    clear: ClassVar = {"operation_id", "kind", "case_id", "person_id", "outcome_id"}
    guard: ClassVar = Guard(
        operation="operation_id", office="office_id", person="person_id", level=Compartment.OPERATION
    )


class Happening(OfOperation):
    """An incident in an operation: somebody was hurt, threatened, left alone, or complains."""

    kind = models.CharField(max_length=12, choices=codes_of(HappeningKind))
    on = models.DateField()
    words = _words(4000)
    done = _words(4000)

    clear: ClassVar = {"operation_id", "kind", "on"}


class Lesson(OfOperation):
    """What an operation taught about how the system works, in words without names or places.

    Those who work on the system read it without the operation; taken up, it became an observation there.
    """

    unit_id = models.UUIDField(null=True)
    taken_up_at = models.DateTimeField(null=True)
    observation_id = models.UUIDField(null=True)
    words = SealedField(owner="id", compartment=Compartment.PROGRAMME, limit=2000)

    clear: ClassVar = {"operation_id", "unit_id", "taken_up_at", "observation_id"}
    guard: ClassVar = Guard(operation="operation_id", office="office_id", level=Compartment.PROGRAMME)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["taken_up_at", "id"], name="operations_lesson_open")]


class Conflict(Record):
    """That two plans touch: for the one person whose task it is to keep plans apart."""

    one = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    told_id = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=codes_of(ConflictState), default=ConflictState.OPEN)
    outcome = models.CharField(max_length=12, choices=codes_of(Settled), default="")
    settled_on = models.DateField(null=True)

    clear: ClassVar = {"one_id", "other_id", "told_id", "state", "outcome", "settled_on"}
    guard: ClassVar = Guard(office="office_id", own="told_id")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["told_id", "state"], name="operations_conflict_told")]


class KeepsApart(Record):
    """Who is told when two plans touch: the newest row that was not ended."""

    account_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    clear: ClassVar = {"account_id", "ended_at"}
    guard: ClassVar = Guard(office="office_id")
