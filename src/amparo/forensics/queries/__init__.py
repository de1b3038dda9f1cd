"""Every read of forensics."""

from __future__ import annotations

from amparo.forensics.queries.case import (
    due_for,
    has_draft,
    listing,
    marks_of_case,
    open_releases,
    planned_in_case,
    release_rows,
    sections_of_case,
    waiting_for,
)
from amparo.forensics.queries.finding import find_by_code, find_release_by_code
from amparo.forensics.queries.hers import own_report, with_own_report

__all__ = [
    "due_for",
    "find_by_code",
    "find_release_by_code",
    "has_draft",
    "listing",
    "marks_of_case",
    "open_releases",
    "own_report",
    "planned_in_case",
    "release_rows",
    "sections_of_case",
    "waiting_for",
    "with_own_report",
]
