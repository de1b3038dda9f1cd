"""What can be wrong about an operation."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Forbidden, Invalid


class NotNow(AppError):
    code = "operations.not_now"
    status = 409
    template = N_("The operation has come to another point by now.")
    hint_template = N_("Reload its page to see where it stands.")


class Incomplete(AppError):
    code = "operations.incomplete"
    status = 409
    template = N_("The plan is not complete: %(missing)s.")
    hint_template = N_("Fill in what is missing, then propose it.")


class OwnPlan(Forbidden):
    code = "operations.own_plan"
    template = N_("Whoever proposes an operation can't approve it.")
    hint_template = N_("Ask somebody else who may approve.")


class GoesAlong(Invalid):
    code = "operations.goes_along"
    template = N_("Whoever goes along can't approve the operation.")
    hint_template = N_("Choose somebody who is not in its team.")


class ApprovedTwice(AppError):
    code = "operations.approved_twice"
    status = 409
    template = N_("You have approved this plan already.")
    hint_template = N_("A second, different person approves it now.")


class TwoApprovers(Invalid):
    code = "operations.two_approvers"
    template = N_("At least two different people have to be asked.")
    hint_template = N_("Choose two or more. Neither may be you.")


class MayNotApprove(Invalid):
    code = "operations.may_not_approve"
    template = N_("One of these colleagues may not approve operations.")
    hint_template = N_("Choose supervisors or directors.")


class NoPlaceInTeam(Invalid):
    code = "operations.no_place_in_team"
    template = N_("This colleague holds no role that can go along.")
    hint_template = N_("Investigators, caseworkers, police and prosecutors can. Write others down by name.")


class NobodyNamed(Invalid):
    code = "operations.nobody_named"
    template = N_("Nobody is named.")
    hint_template = N_("Choose a colleague, or write down a name or a post.")


class OnTeamAlready(AppError):
    code = "operations.on_team_already"
    status = 409
    template = N_("This colleague is in the team already.")
    hint_template = N_("Take the place away first if the duty changes.")


class LeadStays(AppError):
    code = "operations.lead_stays"
    status = 409
    template = N_("Whoever plans the operation stays in its team.")
    hint_template = N_("Have a colleague of the case plan it anew if the lead changes.")


class StaysWithSurvivor(AppError):
    code = "operations.stays_with_survivor"
    status = 409
    template = N_("A survivor counts on this person to stay with her.")
    hint_template = N_("Name somebody else in her care first.")


class NotInTeam(Invalid):
    code = "operations.not_in_team"
    template = N_("This person is not in the operation's team.")
    hint_template = N_("Add the person to the team first.")


class NotBriefed(Invalid):
    code = "operations.not_briefed"
    template = N_("Not everybody who goes along was briefed.")
    hint_template = N_("Brief them, or take them out of the team.")


class NoGo(Invalid):
    code = "operations.no_go"
    template = N_("A condition is not met: the operation can't go on.")
    hint_template = N_("Abort it, and plan it again.")


class EndsBefore(Invalid):
    code = "operations.ends_before"
    template = N_("It ends before it begins.")
    hint_template = N_("Check both times.")


class LongerThanThreeDays(Invalid):
    code = "operations.too_long"
    template = N_("An operation takes three days at most.")
    hint_template = N_("Plan its parts as operations of their own.")


class DayNotCome(Invalid):
    code = "operations.day_not_come"
    template = N_("This day has not come yet.")
    hint_template = N_("Write down what has happened.")


class NobodyTold(Invalid):
    code = "operations.nobody_told"
    template = N_("It is not said what became of everybody.")
    hint_template = N_("Choose for each person, also where nothing was achieved.")


class NotVerified(AppError):
    code = "operations.not_verified"
    status = 409
    template = N_("Relief or a restraint of this operation is not verified yet.")
    hint_template = N_("A supervisor who did not record it verifies it on the page of the case.")


class SameCase(AppError):
    code = "operations.same_case"
    status = 409
    template = N_("The operation is about this case already.")
    hint_template = N_("There is nothing to do.")


class TakenUpAlready(AppError):
    code = "operations.taken_up_already"
    status = 409
    template = N_("This lesson was taken up already.")
    hint_template = N_("Reload the list.")


class SettledAlready(AppError):
    code = "operations.settled_already"
    status = 409
    template = N_("This was settled already.")
    hint_template = N_("There is nothing to do.")


class CannotKeepApart(Invalid):
    code = "operations.cannot_keep_apart"
    template = N_("This colleague is neither a supervisor nor a director.")
    hint_template = N_("Choose one of the list.")
