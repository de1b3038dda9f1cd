"""Every read of data protection."""

from __future__ import annotations

from amparo.protection.queries.assessments import (
    assessment_form,
    assessment_page,
    assessments,
    check_change,
)
from amparo.protection.queries.breaches import (
    assess_form,
    breach_page,
    breaches,
    check_report,
    close_form,
    decide_form,
    find_by_code,
    head_of,
)
from amparo.protection.queries.desk import due_for, waiting_for
from amparo.protection.queries.reach import (
    CHANGE,
    CLOSE,
    DECIDE,
    REPORT,
    SEE,
    SEE_ASSESSMENT,
    SIGN,
    assessment_crumbs,
)

__all__ = [
    "CHANGE",
    "CLOSE",
    "DECIDE",
    "REPORT",
    "SEE",
    "SEE_ASSESSMENT",
    "SIGN",
    "assess_form",
    "assessment_crumbs",
    "assessment_form",
    "assessment_page",
    "assessments",
    "breach_page",
    "breaches",
    "check_change",
    "check_report",
    "close_form",
    "decide_form",
    "due_for",
    "find_by_code",
    "head_of",
    "waiting_for",
]
