"""A proposed operation with its people, one that is over, and two plans that touch."""

from __future__ import annotations

from amparo.kernel import clock
from amparo.operations import commands
from amparo.operations.models import Conflict, Lesson, Member, Operation, Risk
from amparo.operations.words import HappeningKind
from tests.operations import story
from tests.policy.world import CANARY, World


def furnish(world: World) -> None:
    cast, case = world.cast, world.case
    commands.name_keeper(actor=cast.kofi, account_id=cast.accounts["jalil"])
    made = story.begun(cast, case)
    story.fill(cast, made, place=f"{CANARY % 'opplace'} brickworks")
    story.core(cast, made, objective=f"{CANARY % 'opplan'}: one is out", go_items=[CANARY % "opgo"])
    story.care(cast, made, safe_place=f"{CANARY % 'opcare'}, room 4")
    _touching(world, made)
    over = story.briefed(cast, place=f"{CANARY % 'opover'} mill")
    story.execute(cast, over)
    commands.record_happening(
        actor=cast.dalia,
        operation_id=over.id,
        kind=HappeningKind.THREAT,
        on=clock.today(),
        words=CANARY % "opthreat",
    )
    commands.debrief(
        actor=cast.bruno,
        operation_id=over.id,
        went_well=CANARY % "opwell",
        to_change="Two cars",
        lessons=["The unit waited for an order"],
    )
    world.keys |= {
        "operation_id": made.id,
        "member_id": Member.objects.get(operation_id=made.id, account_id=cast.accounts["femi"]).id,
        "risk_id": Risk.objects.get(operation_id=made.id).id,
        "conflict_id": Conflict.objects.get().id,
        "lesson_id": Lesson.objects.get().id,
    }


def _touching(world: World, made: story.OperationAtHand) -> None:
    """Another plan for the same place, led by somebody who does not see this one."""
    cast = world.cast
    other = story.fill(cast, story.begun(cast), place=f"{CANARY % 'opplace'} brickworks")
    Operation.objects.filter(pk=other.id).update(lead_id=cast.accounts["stranger"])
    story.proposed(cast, other)
    story.proposed(cast, made)
