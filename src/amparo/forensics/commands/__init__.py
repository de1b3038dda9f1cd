"""Every write of forensics."""

from __future__ import annotations

from amparo.forensics.commands.appointments import begin_planned, cancel, end_appointments, plan, replan
from amparo.forensics.commands.consent import Talk, record_consent, withdraw
from amparo.forensics.commands.exams import begin, stop
from amparo.forensics.commands.findings import (
    Seen,
    add_photo,
    change_finding,
    record_finding,
    record_photo_view,
    remove_finding,
    remove_photo,
)
from amparo.forensics.commands.follow_up import end_follow_up, set_follow_up
from amparo.forensics.commands.releases import decline, make_report, read, recall, release
from amparo.forensics.commands.sealing import add_addendum, save_opinion, seal, sign_opinion
from amparo.forensics.commands.sections import save_section, set_times
from amparo.forensics.commands.specimens import Taken, describe_specimen, open_kit, remove_specimen, take_specimen

__all__ = [
    "Seen",
    "Taken",
    "Talk",
    "add_addendum",
    "add_photo",
    "begin",
    "begin_planned",
    "cancel",
    "change_finding",
    "decline",
    "describe_specimen",
    "end_appointments",
    "end_follow_up",
    "make_report",
    "open_kit",
    "plan",
    "read",
    "recall",
    "record_consent",
    "record_finding",
    "record_photo_view",
    "release",
    "remove_finding",
    "remove_photo",
    "remove_specimen",
    "replan",
    "save_opinion",
    "save_section",
    "seal",
    "set_follow_up",
    "set_times",
    "sign_opinion",
    "stop",
    "take_specimen",
    "withdraw",
]
