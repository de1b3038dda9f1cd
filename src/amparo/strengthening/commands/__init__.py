"""Every write of strengthening."""

from __future__ import annotations

from amparo.strengthening.commands.mentoring import (
    NewContact,
    cancel_contact,
    change_contact,
    do_contact,
    do_next_step,
    plan_contact,
    review_contact,
)
from amparo.strengthening.commands.practice import (
    answer_item,
    complete_file,
    extend_checklist,
    open_file,
    propose_observation,
    reopen_file,
)
from amparo.strengthening.commands.reform import (
    agree_reform,
    change_reform,
    check_reform,
    identify_reform,
    link_evidence,
    move_reform,
)
from amparo.strengthening.commands.scorecard import Measured, enter_score, withdraw_score
from amparo.strengthening.commands.units import (
    assess_unit,
    change_assessment,
    change_sheet,
    draft_sheet,
    publish_sheet,
    validate_sheet,
)

__all__ = [
    "Measured",
    "NewContact",
    "agree_reform",
    "answer_item",
    "assess_unit",
    "cancel_contact",
    "change_assessment",
    "change_contact",
    "change_reform",
    "change_sheet",
    "check_reform",
    "complete_file",
    "do_contact",
    "do_next_step",
    "draft_sheet",
    "enter_score",
    "extend_checklist",
    "identify_reform",
    "link_evidence",
    "move_reform",
    "open_file",
    "plan_contact",
    "propose_observation",
    "publish_sheet",
    "reopen_file",
    "review_contact",
    "validate_sheet",
    "withdraw_score",
]
