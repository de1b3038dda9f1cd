"""Every read of aftercare that other code may use."""

from __future__ import annotations

from amparo.aftercare.queries.case import Check, closing_checks, marks_of_case, sections_of_case
from amparo.aftercare.queries.clients import due_for, due_list, waiting_for
from amparo.aftercare.queries.counted import (
    CountedClient,
    CountedGoal,
    CountedRestoration,
    counted_clients,
    counted_goals,
    counted_restorations,
)
from amparo.aftercare.queries.hers import plan_of_hers
from amparo.aftercare.queries.person import person_page

__all__ = [
    "Check",
    "CountedClient",
    "CountedGoal",
    "CountedRestoration",
    "closing_checks",
    "counted_clients",
    "counted_goals",
    "counted_restorations",
    "due_for",
    "due_list",
    "marks_of_case",
    "person_page",
    "plan_of_hers",
    "sections_of_case",
    "waiting_for",
]
