"""A survivor's aftercare over eighteen months, for tests of what pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from amparo.aftercare import commands
from amparo.aftercare.queries import instruments
from amparo.aftercare.rules import definition
from amparo.aftercare.words import (
    Decision,
    Domain,
    PlacementKind,
    Progress,
    ServiceState,
    ServiceType,
)
from amparo.kernel import clock

if TYPE_CHECKING:
    from tests.cast import Cast

ITEMS = [item.code for item in definition.instrument(instruments.house_raw()).items]
# Scores by item at the beginning, after six months and after eighteen; "nyk" is not yet known.
SCORES = {
    "safe_home": "134", "safe_from_suspects": "122", "sees_danger": "233", "knows_rights": "133",
    "is_heard": "234", "papers": "122", "daily_life": "123", "coping": "233", "worth": "123",
    "enough_money": "112", "free_work": "123", "own_say": "133", "trusted": "234", "at_home": "234",
    "community": "123", "health": "233", "medical_help": "234", "home": "134",
}  # fmt: skip
SECRET = "the green gate behind the market"


@dataclass(frozen=True, slots=True)
class Story:
    case_id: UUID
    person_id: UUID
    client_id: UUID
    safety_id: UUID
    plan_id: UUID
    goal_id: UUID
    service_id: UUID
    assessments: tuple[UUID, ...]
    end: datetime


def assess(cast: Cast, client_id: UUID, at: int) -> UUID:
    key = commands.start_assessment(actor=cast.dalia, client_id=client_id)
    given = {code: (marks[at], "seen at a visit") for code, marks in SCORES.items()}
    commands.save_answers(actor=cast.dalia, assessment_id=key, given=given)
    return commands.complete_assessment(actor=cast.dalia, assessment_id=key)


def told(cast: Cast) -> Story:
    """Enrolled, planned, assessed three times, monitored, and followed up."""
    start = clock.now()
    case = cast.case()
    client = commands.enrol(actor=cast.dalia, case_id=case.id, person_id=case.survivor)
    today = clock.today()
    safety = commands.draft_safety_plan(
        actor=cast.dalia,
        client_id=client,
        chosen="I leave before he comes in, and I take the children with me.",
        warnings="He calls three times in one evening.\nHis brother stands at the corner.",
        contacts="Aunt Mona Sample, by day. Never the neighbour.",
        way_out=SECRET,
        code_word="lemon",
    )
    commands.agree_safety_plan(actor=cast.dalia, plan_id=safety, review_on=today + timedelta(days=28))
    plan = commands.draft_care_plan(
        actor=cast.dalia, client_id=client, matters="A room with a door that locks, and work."
    )
    goal = commands.set_goal(
        actor=cast.dalia, plan_id=plan, domain=Domain.WORK, words="I want to sew again and be paid for it."
    )
    commands.set_goal(actor=cast.dalia, plan_id=plan, domain=Domain.PEOPLE, words="I want to see my sister every week.")
    commands.agree_care_plan(actor=cast.dalia, plan_id=plan, review_on=today + timedelta(days=700))
    commands.approve_care_plan(actor=cast.jalil, plan_id=plan, answer="Good. Ask for the sewing machine fund.")
    commands.move_goal(actor=cast.dalia, goal_id=goal, progress=Progress.IN_PROGRESS)
    service = commands.plan_service(
        actor=cast.dalia,
        client_id=client,
        type=ServiceType.LIVELIHOOD,
        what="A sewing machine on loan",
        provider_kind="partner",
        provider="Example Thread Co-operative",
        due_on=today + timedelta(days=900),
    )
    commands.move_service(actor=cast.dalia, service_id=service, state=ServiceState.CONSENTED)
    declined = commands.plan_service(
        actor=cast.dalia, client_id=client, type=ServiceType.FAMILY_MEDIATION, what="Talk with her brother"
    )
    commands.move_service(actor=cast.dalia, service_id=declined, state=ServiceState.DECLINED)
    place = commands.record_placement(
        actor=cast.dalia,
        client_id=client,
        kind=PlacementKind.SHELTER,
        from_on=today,
        address="7 Sample Lane",
        district="Lakeside",
    )
    made = [assess(cast, client, 0)]
    for days, at in ((183, 1), (549, 2)):
        with clock.set_to(start + timedelta(days=days)):
            made.append(assess(cast, client, at))
    end = start + timedelta(days=560)
    with clock.set_to(end):
        commands.end_placement(actor=cast.dalia, placement_id=place, to_on=today + timedelta(days=400))
        commands.decide_restoration(
            actor=cast.jalil,
            client_id=client,
            decision=Decision.MONITORING,
            assessment_id=made[-1],
            reason="She has work and a home. One of the men may be released in spring.",
        )
        commands.plan_follow_ups(actor=cast.dalia, client_id=client)
    return Story(case.id, case.survivor, client, safety, plan, goal, service, tuple(made), end)
