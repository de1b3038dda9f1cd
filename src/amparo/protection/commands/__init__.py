"""Every write of data protection."""

from __future__ import annotations

from amparo.protection.commands.assessments import (
    Assessing,
    change_assessment,
    sign_assessment,
    write_assessment,
)
from amparo.protection.commands.breaches import (
    Assessment,
    Decision,
    assess_breach,
    close_breach,
    decide_breach,
    report_breach,
)

__all__ = [
    "Assessing",
    "Assessment",
    "Decision",
    "assess_breach",
    "change_assessment",
    "close_breach",
    "decide_breach",
    "report_breach",
    "sign_assessment",
    "write_assessment",
]
