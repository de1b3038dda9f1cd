"""What other rooms may read of this one: settings, and who looked at a case."""

from __future__ import annotations

from amparo.staff.queries.due import due_for
from amparo.staff.queries.ledger import readings_of_case
from amparo.staff.queries.settings import (
    KitAlarms,
    acknowledge_days,
    breach_hours,
    code_label,
    code_labels,
    code_list,
    consent_notice_days,
    contact_overdue_days,
    helplines_hidden,
    helplines_shown,
    kit_alarms,
    least_shown,
    medical_last_hours,
    medical_window_hours,
    order_ending_days,
    report_retention,
    reports_office,
    restoration_thresholds,
    retention_years,
    screening_days,
    statutory_clocks,
)

__all__ = [
    "KitAlarms",
    "acknowledge_days",
    "breach_hours",
    "code_label",
    "code_labels",
    "code_list",
    "consent_notice_days",
    "contact_overdue_days",
    "due_for",
    "helplines_hidden",
    "helplines_shown",
    "kit_alarms",
    "least_shown",
    "medical_last_hours",
    "medical_window_hours",
    "order_ending_days",
    "readings_of_case",
    "report_retention",
    "reports_office",
    "restoration_thresholds",
    "retention_years",
    "screening_days",
    "statutory_clocks",
]
