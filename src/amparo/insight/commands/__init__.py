"""Every write of insight."""

from __future__ import annotations

from amparo.insight.commands.lines import rebuild, refresh
from amparo.insight.commands.releases import (
    approve_release,
    ask_release,
    decline_release,
    note_report_taken_out,
    note_taken_out,
    publish_release,
)

__all__ = [
    "approve_release",
    "ask_release",
    "decline_release",
    "note_report_taken_out",
    "note_taken_out",
    "publish_release",
    "rebuild",
    "refresh",
]
