"""Tables of aftercare. Every word about a client is sealed under her own key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.aftercare.words import (
    CareState,
    ClientKind,
    Decision,
    Domain,
    FollowUpState,
    PlacementKind,
    Progress,
    RatingState,
    SafetyState,
    ServiceState,
    ServiceType,
)
from amparo.kernel.guard import Guard
from amparo.kernel.words import Compartment, codes_of
from amparo.ledger.records import Record
from amparo.vault.fields import SealedField

OF_CLIENT = Guard(case="case_id", office="office_id", person="person_id", level=Compartment.CARE)
_ABOUT = {"case_id", "person_id"}


def _words(limit: int) -> SealedField:
    return SealedField(owner="person_id", compartment=Compartment.CARE, limit=limit)


class AboutClient(Record):
    """A row about one client of one case."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    guard: ClassVar = OF_CLIENT

    class Meta:
        abstract = True


class Client(AboutClient):
    """Somebody enrolled in aftercare: a survivor or a member of her family."""

    kind = models.CharField(max_length=10, choices=codes_of(ClientKind))
    enrolled_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=12, default="")

    clear: ClassVar = {*_ABOUT, "kind", "enrolled_on", "ended_on", "end_reason"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=models.Q(ended_on=None), name="aftercare_enrolled_once"
            )
        ]


class SafetyPlan(AboutClient):
    """What she does when danger comes near, as she chose it."""

    state = models.CharField(max_length=10, choices=codes_of(SafetyState), default=SafetyState.DRAFT)
    review_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    retired_on = models.DateField(null=True)
    warnings = _words(4000)
    contacts = _words(4000)
    way_out = _words(4000)
    chosen = _words(4000)
    code_word = _words(100)
    review_words = _words(4000)

    clear: ClassVar = {*_ABOUT, "state", "review_on", "agreed_on", "reviewed_on", "retired_on"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "person"], name="aftercare_safety_client")]


class CarePlan(AboutClient):
    """What she wants to reach, and what we do for it."""

    state = models.CharField(max_length=10, choices=codes_of(CareState), default=CareState.DRAFT)
    review_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    agreed_by = models.UUIDField(null=True)
    approved_on = models.DateField(null=True)
    approved_by = models.UUIDField(null=True)
    reviewed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    matters = _words(4000)
    answer = _words(4000)
    review_words = _words(4000)

    clear: ClassVar = {
        *_ABOUT, "state", "review_on", "agreed_on", "agreed_by", "approved_on", "approved_by", "reviewed_on",
        "ended_on",
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "person"], name="aftercare_plan_client")]


class Goal(AboutClient):
    """One thing that she wants to reach, in her own words."""

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=8, choices=codes_of(Domain))
    progress = models.CharField(max_length=12, choices=codes_of(Progress), default=Progress.NOT_STARTED)
    due_on = models.DateField(null=True)
    moved_on = models.DateField(null=True)
    words = _words(1000)
    remark = _words(2000)

    clear: ClassVar = {*_ABOUT, "plan_id", "domain", "progress", "due_on", "moved_on"}


class Service(AboutClient):
    """One thing done for her, by us or by others, if she agrees to it."""

    goal_id = models.UUIDField(null=True)
    type = models.CharField(max_length=20, choices=codes_of(ServiceType))
    state = models.CharField(max_length=12, choices=codes_of(ServiceState), default=ServiceState.PLANNED)
    provider_kind = models.CharField(max_length=8, default="us")
    due_on = models.DateField(null=True)
    moved_on = models.DateField()
    what = _words(1000)
    provider = _words(300)
    remark = _words(2000)

    clear: ClassVar = {*_ABOUT, "goal_id", "type", "state", "provider_kind", "due_on", "moved_on"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "person"], name="aftercare_service_client")]


class InstrumentVersion(Record):
    """One version of an instrument, as it was added. It is never changed: `digest` proves that it was not."""

    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    definition = models.JSONField()

    clear: ClassVar = {"code", "number", "digest", "definition"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "number"], name="aftercare_instrument_version_once")
        ]


class Assessment(AboutClient):
    """One scoring of one client by one rater. The means are worked out from the answers each time."""

    instrument = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=codes_of(RatingState), default=RatingState.DRAFT)
    rated_on = models.DateField()
    completed_at = models.DateTimeField(null=True)
    second_of_id = models.UUIDField(null=True)
    answers = _words(30_000)
    environment = _words(1000)

    clear: ClassVar = {*_ABOUT, "instrument_id", "state", "rated_on", "completed_at", "second_of_id"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "person", "rated_on"], name="aftercare_rating_client")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["second_of_id"],
                condition=models.Q(second_of_id__isnull=False),
                name="aftercare_one_second_rating",
            )
        ]


class RestorationDecision(AboutClient):
    """What a supervisor decided, and on which assessment."""

    decision = models.CharField(max_length=12, choices=codes_of(Decision))
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    against_floor = models.BooleanField(default=False)
    reason = _words(4000)
    floor_reason = _words(4000)

    clear: ClassVar = {*_ABOUT, "decision", "assessment_id", "decided_on", "against_floor"}


class FollowUp(AboutClient):
    """One look at how she is, after the work has ended. `attempts` are the days on which nobody was reached."""

    state = models.CharField(max_length=12, choices=codes_of(FollowUpState), default=FollowUpState.PLANNED)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, default="")
    is_safe = models.BooleanField(null=True)
    attempts = models.JSONField(default=list)
    words = _words(4000)

    clear: ClassVar = {*_ABOUT, "state", "due_on", "done_on", "outcome", "is_safe", "attempts"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="aftercare_follow_up_due")]


class Placement(AboutClient):
    """Where she stays from when to when. The address lies in a compartment of its own."""

    kind = models.CharField(max_length=12, choices=codes_of(PlacementKind))
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    address = SealedField(owner="person_id", compartment=Compartment.ADDRESS, limit=1000)
    district = SealedField(owner="person_id", compartment=Compartment.ADDRESS, limit=120)

    clear: ClassVar = {*_ABOUT, "kind", "from_on", "to_on"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "person"], name="aftercare_placement_client")]
