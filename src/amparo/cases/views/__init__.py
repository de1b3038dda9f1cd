"""Pages of the case: one module for each thing that a case is made of."""

from amparo.cases.views.case import case_list, change_case, change_track, lead_track, open_case
from amparo.cases.views.conference import (
    conference,
    conferences,
    drop_conference,
    hold_conference,
    plan_conference,
)
from amparo.cases.views.conflict import conflict, declare
from amparo.cases.views.consent import add_basis, consents, renew_basis
from amparo.cases.views.incident import add_incident, change_incident, classify_incident, find_incident, incidents
from amparo.cases.views.link import add_link, end_link
from amparo.cases.views.note import correct_note, notes, save_draft, write_note
from amparo.cases.views.party import add_person, change_party, end_party
from amparo.cases.views.route import add_stage, withdraw_stage
from amparo.cases.views.task import (
    add_promise,
    add_task,
    change_task,
    do_task,
    drop_task,
    keep_promise,
    release_promise,
    tasks,
)
from amparo.cases.views.team import (
    add_member,
    end_member,
    lift_bar,
    offer_case,
    receive_case,
    set_bar,
    take_back_case,
    team,
)

__all__ = [
    "add_basis",
    "add_incident",
    "add_link",
    "add_member",
    "add_person",
    "add_promise",
    "add_stage",
    "add_task",
    "case_list",
    "change_case",
    "change_incident",
    "change_party",
    "change_task",
    "change_track",
    "classify_incident",
    "conference",
    "conferences",
    "conflict",
    "consents",
    "correct_note",
    "declare",
    "do_task",
    "drop_conference",
    "drop_task",
    "end_link",
    "end_member",
    "end_party",
    "find_incident",
    "hold_conference",
    "incidents",
    "keep_promise",
    "lead_track",
    "lift_bar",
    "notes",
    "offer_case",
    "open_case",
    "plan_conference",
    "receive_case",
    "release_promise",
    "renew_basis",
    "save_draft",
    "set_bar",
    "take_back_case",
    "tasks",
    "team",
    "withdraw_stage",
    "write_note",
]  # fmt: skip
