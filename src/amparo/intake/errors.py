"""What can be wrong with a report."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Forbidden, Invalid


class DangerTaken(Forbidden):
    code = "intake.danger_taken"
    template = N_("Somebody else has taken this on already.")
    hint_template = N_("Her name stands on the report. Call her before you do the same.")


class NoDanger(Forbidden):
    code = "intake.no_danger"
    template = N_("This report says nothing of a danger.")
    hint_template = N_("If there is one now, change the report and say so.")


class WindowTaken(Forbidden):
    code = "intake.window_taken"
    template = N_("Somebody else is seeing to the medical care already.")
    hint_template = N_("Her name stands on the report.")


class AlreadyAcknowledged(Forbidden):
    code = "intake.already_acknowledged"
    template = N_("This report was acknowledged already.")


class AlreadyDecided(Forbidden):
    code = "intake.already_decided"
    template = N_("It was decided already what becomes of this report.")
    hint_template = N_("Reload the page to see the decision.")


class NotAnswerable(Forbidden):
    code = "intake.not_answerable"
    template = N_("Who reported this can't be answered here: they did not keep a code to come back with.")
    hint_template = N_("The report says whether there is another way that is safe.")


class NothingSaid(Invalid):
    code = "intake.nothing_said"
    template = N_("There is nothing to send yet.")
    hint_template = N_("Write something, or add a file.")


class ReasonNeeded(Invalid):
    code = "intake.reason_needed"
    template = N_("A report can't be declined without one of the reasons.")
    hint_template = N_("Choose the reason that fits best; your own words go below it.")


class NothingToCompare(Forbidden):
    code = "intake.nothing_to_compare"
    template = N_("Nothing in our records is like this report.")


class InFuture(Invalid):
    code = "intake.in_future"
    template = N_("This lies in the future.")
    hint_template = N_("Check the day, and whether it was in the morning or in the evening.")


class TimeUnreadable(Invalid):
    code = "intake.time_unreadable"
    template = N_("This is not a time of the day.")
    hint_template = N_("Write it as 14:30. Leave it empty if nobody knows.")


class NotAPartner(Invalid):
    code = "intake.not_a_partner"
    template = N_("This agency is not among the partners of the directory.")
    hint_template = N_("Choose one of the list, or write its name.")


class AgencyMissing(Invalid):
    code = "intake.agency_missing"
    template = N_("It does not say to whom.")
    hint_template = N_("Choose a partner; or say what kind of agency it is, and write its name.")


class NotThatStep(AppError):
    code = "intake.not_that_step"
    status = 409
    template = N_("This does not fit how far the report is there.")
    hint_template = N_("Reload the page to see how it stands now.")


class AnswerDayWrong(Invalid):
    code = "intake.answer_day_wrong"
    template = N_("This day lies ahead, or before what was told last.")
    hint_template = N_("Check the day.")


class NotToErase(AppError):
    code = "intake.not_to_erase"
    status = 409
    template = N_("This report is open, or part of a case.")
    hint_template = N_("What is part of a case goes with the people of the case.")


class StillKept(AppError):
    code = "intake.still_kept"
    status = 409
    template = N_("The day has not passed until which this report is kept.")
    hint_template = N_("How long reports are kept stands in the settings of the organisation.")


class ReportErased(AppError):
    code = "intake.report_erased"
    status = 409
    template = N_("This report was erased.")
    hint_template = N_("What stays are codes, states and times.")
