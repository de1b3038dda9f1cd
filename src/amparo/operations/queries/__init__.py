"""Every read of operations that other code may use."""

from __future__ import annotations

from amparo.operations.queries.board import Board, board, sealed
from amparo.operations.queries.briefing import briefing_sheet
from amparo.operations.queries.conflicts import conflict_for, conflicts, is_keeper, keeper_choices, keeper_id
from amparo.operations.queries.days import due_for, marks_of_case, sections_of_case, waiting_for
from amparo.operations.queries.forms import (
    Involved,
    approvers,
    care,
    colleagues_going,
    core,
    head_to_plan,
    involved,
    operation_of_member,
    other_cases,
    risk,
    team,
)
from amparo.operations.queries.lessons import OpenLesson, lesson, lessons_open
from amparo.operations.queries.page import operation_page
from amparo.operations.queries.plan import (
    TOKEN_FIELD,
    Where,
    approvals_given,
    authority_of,
    authority_words,
    case_ids,
    differing,
    filled,
    go_items,
    now,
    outcomes_by_person,
    team_accounts,
    today,
    touching,
    waits_for_verification,
    whereabouts,
)
from amparo.operations.queries.reading import crumbs, find_by_code, operation_for

__all__ = [
    "TOKEN_FIELD",
    "Board",
    "Involved",
    "OpenLesson",
    "Where",
    "approvals_given",
    "approvers",
    "authority_of",
    "authority_words",
    "board",
    "briefing_sheet",
    "care",
    "case_ids",
    "colleagues_going",
    "conflict_for",
    "conflicts",
    "core",
    "crumbs",
    "differing",
    "due_for",
    "filled",
    "find_by_code",
    "go_items",
    "head_to_plan",
    "involved",
    "is_keeper",
    "keeper_choices",
    "keeper_id",
    "lesson",
    "lessons_open",
    "marks_of_case",
    "now",
    "operation_for",
    "operation_of_member",
    "operation_page",
    "other_cases",
    "outcomes_by_person",
    "risk",
    "sealed",
    "sections_of_case",
    "team",
    "team_accounts",
    "today",
    "touching",
    "waiting_for",
    "waits_for_verification",
    "whereabouts",
]
