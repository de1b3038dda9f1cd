"""What can be wrong in strengthening."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Forbidden, Invalid


class WrongState(Forbidden):
    code = "strengthening.wrong_state"
    template = N_("This can't be done in its present state.")
    hint_template = N_("Reload the page to see how it stands now.")


class InFuture(Invalid):
    code = "strengthening.in_future"
    template = N_("This day has not come yet.")
    hint_template = N_("Write down what has happened. What is to come can be planned.")


class NobodyMentored(Invalid):
    code = "strengthening.nobody_mentored"
    template = N_("Neither a unit nor an official is chosen.")
    hint_template = N_("Choose the unit, the official, or both.")


class NothingAgreed(Forbidden):
    code = "strengthening.nothing_agreed"
    template = N_("There is no next step that is still open.")
    hint_template = N_("Reload the page to see how it stands now.")


class NoSuchItem(Invalid):
    code = "strengthening.no_such_item"
    template = N_("This version of the checklist has no such item.")
    hint_template = N_("Reload the page: the checklist may have a new version.")


class NotAllAnswered(Forbidden):
    code = "strengthening.not_all_answered"
    template = N_("Items without an answer: %(count)s.")
    hint_template = N_("Answer each, with “does not apply” where it does not apply.")


class FileTwice(AppError):
    code = "strengthening.file_twice"
    status = 409
    template = N_("This case is being observed for this unit already.")
    hint_template = N_("Open that observation from the case, and go on there.")


class PeriodValidated(Forbidden):
    code = "strengthening.period_validated"
    template = N_("A feedback sheet of this period was validated with the unit.")
    hint_template = N_("What the unit has seen is not changed any more. Choose a day after that period.")


class PeriodReversed(Invalid):
    code = "strengthening.period_reversed"
    template = N_("The last day lies before the first.")
    hint_template = N_("Check both days.")


class PeriodsOverlap(Invalid):
    code = "strengthening.periods_overlap"
    template = N_("This period overlaps with one that is there already.")
    hint_template = N_("Begin after %(until)s, so that nothing counts twice.")


class NothingObserved(Forbidden):
    code = "strengthening.nothing_observed"
    template = N_("No complete observation lies in this period.")
    hint_template = N_("Complete the files that are being filled, or choose another period.")


class StillOpen(Forbidden):
    code = "strengthening.still_open"
    template = N_("Files of this period that are still being filled: %(count)s.")
    hint_template = N_("Complete them first: the unit should see all of them.")


class SheetTooSmall(Forbidden):
    code = "strengthening.sheet_too_small"
    template = N_("Fewer than %(least)s files were observed: this can't be published.")
    hint_template = N_("A single file must not be found out from a published figure.")


class AssessedAlready(AppError):
    code = "strengthening.assessed_already"
    status = 409
    template = N_("This unit has an assessment for this point already.")
    hint_template = N_("Change that one, or choose another point.")


class OutOfOrder(Invalid):
    code = "strengthening.out_of_order"
    template = N_("Baseline, middle and end must follow each other.")
    hint_template = N_("Check the day and the point.")


class LevelWithoutEvidence(Invalid):
    code = "strengthening.level_without_evidence"
    template = N_("A level needs a note of what was seen.")
    hint_template = N_("Write down what the level rests on, or leave the level out.")


class NothingAssessed(Invalid):
    code = "strengthening.nothing_assessed"
    template = N_("No domain has a level.")
    hint_template = N_("Give at least one domain a level, with what was seen.")


class NoEvidence(Forbidden):
    code = "strengthening.no_evidence"
    template = N_("No observation is linked to this problem.")
    hint_template = N_("Link a feedback sheet, an assessment or a file before the agency is asked to commit itself.")


class NoCommitment(Invalid):
    code = "strengthening.no_commitment"
    template = N_("The commitment, who made it, or its day is missing.")
    hint_template = N_("Write down what the agency said it will do, who said so, and when.")


class CheckTooEarly(Invalid):
    code = "strengthening.check_too_early"
    template = N_("It is too early for this check.")
    hint_template = N_("It is due on %(due)s.")


class NoProvenance(Invalid):
    code = "strengthening.no_provenance"
    template = N_("An observation needs its method, source, period, place and n.")
    hint_template = N_("A figure whose origin nobody can check is not entered.")


class NotAnInterval(Invalid):
    code = "strengthening.not_an_interval"
    template = N_("The value must lie between its lower and upper bound, and all within the scale.")
    hint_template = N_("Check the three numbers and what they are a share of.")


class ChecklistUnreadable(Invalid):
    code = "strengthening.checklist_unreadable"
    template = N_("The checklist can't be read: %(place)s.")
    hint_template = N_("Compare it with the present version, which is shown below.")


class ChecklistLacks(Invalid):
    code = "strengthening.checklist_lacks"
    template = N_("The standard item %(item)s is missing or says something else.")
    hint_template = N_("Standard items stay as they are, so that figures stay comparable. Add your own below them.")
