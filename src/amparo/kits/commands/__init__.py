"""Every write of kits."""

from __future__ import annotations

from amparo.kits.commands.numbers import drop_numbers, forget_words, issue_number, withdraw_number
from amparo.kits.commands.path import Told, follow_destruction, record_step, set_limitation, use_kit
from amparo.kits.commands.requests import Report, draft_request, move_request, record_result
from amparo.kits.commands.stock import discard_kit, receive_kits, send_kits

__all__ = [
    "Report",
    "Told",
    "discard_kit",
    "draft_request",
    "drop_numbers",
    "follow_destruction",
    "forget_words",
    "issue_number",
    "move_request",
    "receive_kits",
    "record_result",
    "record_step",
    "send_kits",
    "set_limitation",
    "use_kit",
    "withdraw_number",
]
