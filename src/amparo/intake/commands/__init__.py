"""Every write of this room."""

from __future__ import annotations

from amparo.intake.commands.conversation import (
    answer,
    confirm_code,
    mark_answers_read,
    mark_read,
    receive_message,
    receive_report,
)
from amparo.intake.commands.erasing import erase_words
from amparo.intake.commands.onward import move_onward, refer_on
from amparo.intake.commands.reports import (
    KIND_OF,
    Tellers,
    Telling,
    accept,
    acknowledge,
    add_file,
    add_note,
    add_person,
    change_report,
    decline,
    end_medical,
    mark_duplicate,
    mark_insufficient,
    pass_duplicate,
    take_danger,
    take_medical,
    take_report,
)

__all__ = [
    "KIND_OF",
    "Tellers",
    "Telling",
    "accept",
    "acknowledge",
    "add_file",
    "add_note",
    "add_person",
    "answer",
    "change_report",
    "confirm_code",
    "decline",
    "end_medical",
    "erase_words",
    "mark_answers_read",
    "mark_duplicate",
    "mark_insufficient",
    "mark_read",
    "move_onward",
    "pass_duplicate",
    "receive_message",
    "receive_report",
    "refer_on",
    "take_danger",
    "take_medical",
    "take_report",
]
