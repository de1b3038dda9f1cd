"""Every write about accounts, roles, grants, bars and sign-ins."""

from amparo.access.commands.accounts import (
    INVITATION_DAYS,
    activate,
    change_account,
    change_own_page,
    change_password,
    disable,
    enable,
    invite,
    login_token,
    reset_sign_in,
)
from amparo.access.commands.acting import AnyActor
from amparo.access.commands.comparing import compare_with
from amparo.access.commands.conflicts import (
    NewDetail,
    decide_conflict,
    declare,
    forget_conflicts,
    found,
    keep_own_details,
)
from amparo.access.commands.letters import send_letters
from amparo.access.commands.notices import notify, read_notices
from amparo.access.commands.offices import add_office, change_office
from amparo.access.commands.places import leave_operation, place_in_operation, tie_operation
from amparo.access.commands.roles import confirm_role, end_role, give_role
from amparo.access.commands.sign_ins import (
    end_own_sign_in,
    end_sign_ins,
    enter_court_mode,
    leave_court_mode,
    record_readings,
    record_refusal,
    see_sign_in,
    start_sign_in,
)
from amparo.access.commands.teams import (
    end_grant,
    give_grant,
    hand_over_caseload,
    leave_team,
    lift_bar,
    place_on_team,
    refuse_barred,
    set_bar,
)
from amparo.access.commands.ties import join_records, part_records, tie

__all__ = [
    "INVITATION_DAYS",
    "AnyActor",
    "NewDetail",
    "activate",
    "add_office",
    "change_account",
    "change_office",
    "change_own_page",
    "change_password",
    "compare_with",
    "confirm_role",
    "decide_conflict",
    "declare",
    "disable",
    "enable",
    "end_grant",
    "end_own_sign_in",
    "end_role",
    "end_sign_ins",
    "enter_court_mode",
    "forget_conflicts",
    "found",
    "give_grant",
    "give_role",
    "hand_over_caseload",
    "invite",
    "join_records",
    "keep_own_details",
    "leave_court_mode",
    "leave_operation",
    "leave_team",
    "lift_bar",
    "login_token",
    "notify",
    "part_records",
    "place_in_operation",
    "place_on_team",
    "read_notices",
    "record_readings",
    "record_refusal",
    "refuse_barred",
    "reset_sign_in",
    "see_sign_in",
    "send_letters",
    "set_bar",
    "start_sign_in",
    "tie",
    "tie_operation",
]
