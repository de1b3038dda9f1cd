"""Every read of reports that other code may use."""

from __future__ import annotations

from amparo.intake.queries.conversation import Said, office_of_stranger, said_to
from amparo.intake.queries.counted import (
    CountedReport,
    counted_reports,
    counted_reports_of_cases,
    report_ids_after,
)
from amparo.intake.queries.due import due_for, marks_of_case, sections_of_case, waiting_for
from amparo.intake.queries.files import file_of, reception
from amparo.intake.queries.forms import ReportHead, change_form, head, partner_choices
from amparo.intake.queries.keeping import (
    ERASE,
    people_of_report_alone,
    report_to_erase,
    reports_past_their_day,
)
from amparo.intake.queries.listing import Urgent, inbox, urgent
from amparo.intake.queries.onward import OnwardLine, onward_listed, onward_of, onward_place, report_of_onward
from amparo.intake.queries.page import report_page
from amparo.intake.queries.reports import (
    Named,
    alike,
    count_alike,
    find_by_code,
    is_report,
    loaded,
    people_of,
    seen,
    url_of,
)

__all__ = [
    "ERASE",
    "CountedReport",
    "Named",
    "OnwardLine",
    "ReportHead",
    "Said",
    "Urgent",
    "alike",
    "change_form",
    "count_alike",
    "counted_reports",
    "counted_reports_of_cases",
    "due_for",
    "file_of",
    "find_by_code",
    "head",
    "inbox",
    "is_report",
    "loaded",
    "marks_of_case",
    "office_of_stranger",
    "onward_listed",
    "onward_of",
    "onward_place",
    "partner_choices",
    "people_of",
    "people_of_report_alone",
    "reception",
    "report_ids_after",
    "report_of_onward",
    "report_page",
    "report_to_erase",
    "reports_past_their_day",
    "said_to",
    "sections_of_case",
    "seen",
    "urgent",
    "url_of",
    "waiting_for",
]
