from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Invalid


class NumberOutside(Invalid):
    code = "staff.number_outside"
    template = N_("This has to be a whole number from %(least)s to %(most)s.")


class WindowsCross(Invalid):
    code = "staff.windows_cross"
    template = N_("The second medical window can't end before the first.")
    hint_template = N_("Give it at least as many hours as the first.")


class ThresholdOutside(Invalid):
    code = "staff.threshold_outside"
    template = N_("A threshold lies between 1 and 4, such as 3.5.")
    hint_template = N_("Leave it empty where you set none.")


class ClockCrossed(Invalid):
    code = "staff.clock_crossed"
    template = N_("A clock can't start and stop at the same place.")
    hint_template = N_("Choose another place at which it stops.")


class CodeRefused(Invalid):
    code = "staff.code_refused"
    template = N_("A code has small letters, digits and low lines only, such as north_coast.")
    hint_template = N_("It stays in the records, so choose one that will not need to change.")


class CodeTaken(Invalid):
    code = "staff.code_taken"
    template = N_("This code is in the list already.")
    hint_template = N_("Choose another code, or bring the old one back into use.")


class SourceMissing(Invalid):
    code = "staff.source_missing"
    template = N_("A helpline needs a source: where its number was read.")
    hint_template = N_("Name the page or paper of the service itself. A wrong number can cost a life.")


class CheckedInFuture(Invalid):
    code = "staff.checked_in_future"
    template = N_("This day is still to come.")
    hint_template = N_("Call the number, and enter the day on which you did.")


class OfficeUnknown(Invalid):
    code = "staff.office_unknown"
    template = N_("There is no open office of this name.")
    hint_template = N_("Choose one of the offices.")


class WrongPassword(Invalid):
    code = "staff.wrong_password"
    template = N_("This is not your present password.")
    hint_template = N_("Type it again.")


class TooManyAttempts(AppError):
    code = "staff.too_many_attempts"
    status = 429
    template = N_("There were too many attempts from here.")
    hint_template = N_("Wait a few minutes and try again.")
