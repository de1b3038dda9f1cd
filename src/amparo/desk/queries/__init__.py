"""What the desk shows: today's work, one case with all its rooms, and what was looked for."""

from amparo.desk.queries.case import SPANS, case_sheet, closing_sheet
from amparo.desk.queries.find import found_sheet
from amparo.desk.queries.kept import kept_listing
from amparo.desk.queries.today import today_sheet

__all__ = ["SPANS", "case_sheet", "closing_sheet", "found_sheet", "kept_listing", "today_sheet"]
