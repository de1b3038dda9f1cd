"""Every read of strengthening."""

from __future__ import annotations

from amparo.strengthening.queries.checklists import (
    checklist,
    item_labels,
    newest_checklist,
    newest_text,
    standard_checklist,
    standard_text,
)
from amparo.strengthening.queries.desk import due_for, marks_of_case, sections_of_case, waiting_for
from amparo.strengthening.queries.practice import (
    CountedAnswer,
    PracticeRow,
    counted_practice,
    file_case,
    file_ids_after,
    file_view,
    interval_said,
    practice_rows,
    quarter_said,
    visible_file_ids,
)
from amparo.strengthening.queries.scorecard import (
    ScorecardRow,
    may_see_scores,
    scorecard_drawing,
    scorecard_rows,
    value_said,
)
from amparo.strengthening.rules.scores import Quarter, Score, interval, quarters

__all__ = [
    "CountedAnswer",
    "PracticeRow",
    "Quarter",
    "Score",
    "ScorecardRow",
    "checklist",
    "counted_practice",
    "due_for",
    "file_case",
    "file_ids_after",
    "file_view",
    "interval",
    "interval_said",
    "item_labels",
    "marks_of_case",
    "may_see_scores",
    "newest_checklist",
    "newest_text",
    "practice_rows",
    "quarter_said",
    "quarters",
    "scorecard_drawing",
    "scorecard_rows",
    "sections_of_case",
    "standard_checklist",
    "standard_text",
    "value_said",
    "visible_file_ids",
    "waiting_for",
]
