from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Invalid, Refused


class LastKeeper(AppError):
    code = "access.last_keeper"
    status = 409
    template = N_("This is the last system keeper, and somebody has to be able to invite colleagues.")
    hint_template = N_("Give the role of system keeper to somebody else first.")


class OwnAccount(AppError):
    code = "access.own_account"
    status = 409
    template = N_("Nobody can do this to their own account.")
    hint_template = N_("Ask another system keeper or supervisor.")


class RoleEnded(AppError):
    code = "access.role_ended"
    status = 409
    template = N_("This role has ended already.")


class AlreadyConfirmed(AppError):
    code = "access.already_confirmed"
    status = 409
    template = N_("This role was confirmed already.")


class ConfirmedByAnother(AppError):
    code = "access.confirmed_by_another"
    status = 409
    template = N_("Whoever gave a role, or holds it, can't confirm it.")
    hint_template = N_("Ask a supervisor of the office, a director or the data-protection officer.")


class LoginTaken(Invalid):
    code = "access.login_taken"
    template = N_("Somebody already signs in with this name.")
    hint_template = N_("Choose another sign-in name.")


class InvitationSpent(AppError):
    code = "access.invitation_spent"
    status = 410
    template = N_("This invitation was used or has ended.")
    hint_template = N_("Ask the system keeper for a new one.")


class Barred(Refused):
    code = "access.barred"
    template = N_("A colleague who is barred from this case can't be put on its team.")
    hint_template = N_("Choose somebody else.")


class BarLifted(AppError):
    code = "access.bar_lifted"
    status = 409
    template = N_("This bar was lifted already.")
    hint_template = N_("The page of the team says who is barred now.")


class LastDayRefused(Invalid):
    code = "access.last_day"
    template = N_("The last day on a team is today at the earliest, and lies within ten years.")
    hint_template = N_("Choose another day. To end a place now, take the colleague off the team.")


class NotOnTeam(AppError):
    code = "access.not_on_team"
    status = 409
    template = N_("This colleague is not on the team of the case.")


class SameColleague(Invalid):
    code = "access.same_colleague"
    template = N_("A caseload can't be handed over to the same person.")
    hint_template = N_("Choose somebody else.")


class NothingToHandOver(AppError):
    code = "access.nothing_to_hand_over"
    status = 409
    template = N_("There is no case that can be handed over between these two.")
    hint_template = N_("Choose somebody who holds the same role in the office, or form the teams case by case.")


class ConflictDecided(AppError):
    code = "access.conflict_decided"
    status = 409
    template = N_("Somebody has decided this already.")
    hint_template = N_("The page of the team says who is barred now.")
