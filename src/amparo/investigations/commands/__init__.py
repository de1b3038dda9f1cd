"""Every write of investigations."""

from amparo.investigations.commands.around import LEAD_CHANGE, LEAD_SEE, OUTCOME_SEE, SUSPECT_CHANGE
from amparo.investigations.commands.interviews import CHANGE as INTERVIEW_CHANGE
from amparo.investigations.commands.interviews import (
    InterviewPlan,
    add_to_interview,
    change_interview,
    drop_interview,
    give_feedback,
    hold_interview,
    plan_interview,
    review_interview,
    seal_interview,
    transcribe_interview,
)
from amparo.investigations.commands.leads import change_lead, close_lead, open_lead, pass_on, reopen_lead
from amparo.investigations.commands.officials import Contacted, Talk, do_next_step, record_contact
from amparo.investigations.commands.outcomes import (
    record_relief,
    record_restraint,
    verify_relief,
    verify_restraint,
    withdraw_relief,
    withdraw_restraint,
)
from amparo.investigations.commands.suspects import (
    record_status,
    record_status_by_verdict,
    withdraw_status,
    withdraw_statuses_of_verdict,
)
from amparo.investigations.commands.threats import CHANGE as THREAT_CHANGE
from amparo.investigations.commands.threats import (
    add_measure,
    assess_threat,
    close_threat,
    do_measure,
    drop_measure,
    mitigate_threat,
    reopen_threat,
    report_threat,
)

__all__ = [
    "INTERVIEW_CHANGE",
    "LEAD_CHANGE",
    "LEAD_SEE",
    "OUTCOME_SEE",
    "SUSPECT_CHANGE",
    "THREAT_CHANGE",
    "Contacted",
    "InterviewPlan",
    "Talk",
    "add_measure",
    "add_to_interview",
    "assess_threat",
    "change_interview",
    "change_lead",
    "close_lead",
    "close_threat",
    "do_measure",
    "do_next_step",
    "drop_interview",
    "drop_measure",
    "give_feedback",
    "hold_interview",
    "mitigate_threat",
    "open_lead",
    "pass_on",
    "plan_interview",
    "record_contact",
    "record_relief",
    "record_restraint",
    "record_status",
    "record_status_by_verdict",
    "reopen_lead",
    "reopen_threat",
    "report_threat",
    "review_interview",
    "seal_interview",
    "transcribe_interview",
    "verify_relief",
    "verify_restraint",
    "withdraw_relief",
    "withdraw_restraint",
    "withdraw_status",
    "withdraw_statuses_of_verdict",
]
