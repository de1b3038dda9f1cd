"""Every write about cases, their people, notes, tasks, promises, incidents and consents."""

from amparo.cases.commands.around import hold_case
from amparo.cases.commands.basis import keep_recording, record_basis, require_basis, withdraw_consent
from amparo.cases.commands.case import change_case, change_track, correct_track_day, lead_track, open_case
from amparo.cases.commands.closing import approve_closing, ask_to_close, decline_closing, reopen_case
from amparo.cases.commands.conference import (
    NewTask,
    drop_conference,
    forget_conferences,
    hold_conference,
    plan_conference,
)
from amparo.cases.commands.incident import change_incident, find_incident, reclassify_incident, record_incident
from amparo.cases.commands.note import correct_note, drop_drafts, save_draft, write_note
from amparo.cases.commands.own_copy import record_own_copy
from amparo.cases.commands.party import add_party, add_person_to_case, change_party, end_party
from amparo.cases.commands.route import record_stage, withdraw_stage
from amparo.cases.commands.team import (
    add_to_team,
    declare_conflict,
    link_cases,
    offer_case,
    pass_on,
    receive_case,
    take_back_case,
    take_off_team,
    unlink_cases,
)
from amparo.cases.commands.work import (
    change_task,
    do_task,
    drop_task,
    keep_promise,
    make_promise,
    release_promise,
    set_task,
)

__all__ = [
    "NewTask",
    "add_party",
    "add_person_to_case",
    "add_to_team",
    "approve_closing",
    "ask_to_close",
    "change_case",
    "change_incident",
    "change_party",
    "change_task",
    "change_track",
    "correct_note",
    "correct_track_day",
    "declare_conflict",
    "decline_closing",
    "do_task",
    "drop_conference",
    "drop_drafts",
    "drop_task",
    "end_party",
    "find_incident",
    "forget_conferences",
    "hold_case",
    "hold_conference",
    "keep_promise",
    "keep_recording",
    "lead_track",
    "link_cases",
    "make_promise",
    "offer_case",
    "open_case",
    "pass_on",
    "plan_conference",
    "receive_case",
    "reclassify_incident",
    "record_basis",
    "record_incident",
    "record_own_copy",
    "record_stage",
    "release_promise",
    "reopen_case",
    "require_basis",
    "save_draft",
    "set_task",
    "take_back_case",
    "take_off_team",
    "unlink_cases",
    "withdraw_consent",
    "withdraw_stage",
    "write_note",
]
