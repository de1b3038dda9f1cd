"""Every write of aftercare."""

from __future__ import annotations

from amparo.aftercare.commands.assessments import (
    add_instrument,
    complete_assessment,
    save_answers,
    start_assessment,
    start_second_scoring,
)
from amparo.aftercare.commands.clients import end_client, end_placement, enrol, record_placement, set_task
from amparo.aftercare.commands.plans import (
    agree_care_plan,
    agree_safety_plan,
    approve_care_plan,
    change_care_plan,
    change_safety_plan,
    draft_care_plan,
    draft_safety_plan,
    end_care_plan,
    move_goal,
    move_service,
    plan_service,
    retire_safety_plan,
    return_care_plan,
    review_care_plan,
    review_safety_plan,
    set_goal,
)
from amparo.aftercare.commands.restoration import (
    decide_restoration,
    plan_follow_ups,
    record_follow_up,
)

__all__ = [
    "add_instrument",
    "agree_care_plan",
    "agree_safety_plan",
    "approve_care_plan",
    "change_care_plan",
    "change_safety_plan",
    "complete_assessment",
    "decide_restoration",
    "draft_care_plan",
    "draft_safety_plan",
    "end_care_plan",
    "end_client",
    "end_placement",
    "enrol",
    "move_goal",
    "move_service",
    "plan_follow_ups",
    "plan_service",
    "record_follow_up",
    "record_placement",
    "retire_safety_plan",
    "return_care_plan",
    "review_care_plan",
    "review_safety_plan",
    "save_answers",
    "set_goal",
    "set_task",
    "start_assessment",
    "start_second_scoring",
]
