"""Every read of strengthening."""

from __future__ import annotations

from amparo.strengthening.queries.checklists import (
    checklist,
    newest_checklist,
    newest_text,
    standard_checklist,
    standard_text,
)
from amparo.strengthening.queries.desk import due_for, marks_of_case, sections_of_case, waiting_for
from amparo.strengthening.queries.practice import PracticeRow, file_case, file_view, practice_rows
from amparo.strengthening.queries.scorecard import ScorecardRow, scorecard_rows

__all__ = [
    "PracticeRow",
    "ScorecardRow",
    "checklist",
    "due_for",
    "file_case",
    "file_view",
    "marks_of_case",
    "newest_checklist",
    "newest_text",
    "practice_rows",
    "scorecard_rows",
    "sections_of_case",
    "standard_checklist",
    "standard_text",
    "waiting_for",
]
