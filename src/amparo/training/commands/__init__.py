"""Every write of training."""

from __future__ import annotations

from amparo.training.commands.certificates import issue_certificates, withdraw_certificate
from amparo.training.commands.curricula import (
    add_curriculum,
    begin_version,
    change_outline,
    move_up,
    remove_part,
    retire_curriculum,
    save_module,
    save_question,
)
from amparo.training.commands.doors import close_door, give_feedback, hand_in, open_door, sign_present
from amparo.training.commands.participants import (
    NewParticipant,
    change_participant,
    enrol,
    enrol_new,
    erase_participant,
    link_official,
    record_attendance,
    strike,
)
from amparo.training.commands.sessions import (
    Plan,
    cancel_session,
    change_session,
    close_follow_up,
    evaluate_session,
    hold_session,
    plan_session,
)
from amparo.training.commands.tests import enter_tests, mark_answers

__all__ = [
    "NewParticipant",
    "Plan",
    "add_curriculum",
    "begin_version",
    "cancel_session",
    "change_outline",
    "change_participant",
    "change_session",
    "close_door",
    "close_follow_up",
    "enrol",
    "enrol_new",
    "enter_tests",
    "erase_participant",
    "evaluate_session",
    "give_feedback",
    "hand_in",
    "hold_session",
    "issue_certificates",
    "link_official",
    "mark_answers",
    "move_up",
    "open_door",
    "plan_session",
    "record_attendance",
    "remove_part",
    "retire_curriculum",
    "save_module",
    "save_question",
    "sign_present",
    "strike",
    "withdraw_certificate",
]
