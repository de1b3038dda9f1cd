"""Every write of operations."""

from __future__ import annotations

from amparo.operations.commands.approval import approve, decline, propose
from amparo.operations.commands.around import (
    APPROVE,
    CARRY_OUT,
    CHANGE,
    DEBRIEF,
    NEW,
    PRINT,
    SEE,
)
from amparo.operations.commands.conflicts import name_keeper, settle_conflict
from amparo.operations.commands.day import abort, brief, execute, record_happening, record_printing
from amparo.operations.commands.learning import debrief, mark_taken_up, seal
from amparo.operations.commands.plan import (
    add_case,
    add_member,
    add_risk,
    change_core,
    change_numbers,
    change_risk,
    plan_operation,
    remove_member,
    remove_risk,
    set_care,
    set_whereabouts,
)

__all__ = [
    "APPROVE",
    "CARRY_OUT",
    "CHANGE",
    "DEBRIEF",
    "NEW",
    "PRINT",
    "SEE",
    "abort",
    "add_case",
    "add_member",
    "add_risk",
    "approve",
    "brief",
    "change_core",
    "change_numbers",
    "change_risk",
    "debrief",
    "decline",
    "execute",
    "mark_taken_up",
    "name_keeper",
    "plan_operation",
    "propose",
    "record_happening",
    "record_printing",
    "remove_member",
    "remove_risk",
    "seal",
    "set_care",
    "set_whereabouts",
    "settle_conflict",
]
