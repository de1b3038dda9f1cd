"""Every write of this room."""

from __future__ import annotations

from amparo.staff.commands.accounts import (
    activate,
    claim_code,
    invite,
    note_second_step,
    reset_sign_in,
)
from amparo.staff.commands.settings import (
    add_code,
    save_clock,
    save_helpline,
    set_code_use,
    set_numbers,
    set_reports_office,
    set_retention,
    set_thresholds,
)

__all__ = [
    "activate",
    "add_code",
    "claim_code",
    "invite",
    "note_second_step",
    "reset_sign_in",
    "save_clock",
    "save_helpline",
    "set_code_use",
    "set_numbers",
    "set_reports_office",
    "set_retention",
    "set_thresholds",
]
