from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Forbidden, Invalid, Refused


class AlreadyEnrolled(AppError):
    code = "aftercare.already_enrolled"
    status = 409
    template = N_("This person is enrolled in aftercare already.")
    hint_template = N_("Open her or his aftercare page and go on there.")


class NotAClient(Invalid):
    code = "aftercare.not_a_client"
    template = N_("Only survivors and members of their families are enrolled in aftercare.")
    hint_template = N_("Add the person to the case with the right part first.")


class EnrolmentEnded(Forbidden):
    code = "aftercare.enrolment_ended"
    template = N_("This person's aftercare has ended.")
    hint_template = N_("Enrol her or him again to write anything new.")


class WrongStep(Forbidden):
    """A plan or a service cannot go from where it stands to where it was sent."""

    code = "aftercare.wrong_step"
    template = N_("This step does not follow from the present one.")
    hint_template = N_("Reload the page to see which steps are possible now.")


class OwnApproval(Refused):
    code = "aftercare.own_approval"
    template = N_("You wrote or agreed this plan yourself, so somebody else has to approve it.")
    hint_template = N_("Ask another supervisor of your office.")


class OneAtATime(AppError):
    code = "aftercare.one_at_a_time"
    status = 409
    template = N_("There is one of these in work already.")
    hint_template = N_("Finish that one first, or go on writing in it.")


class NothingAgreed(AppError):
    code = "aftercare.no_goal"
    status = 409
    template = N_("This plan has no goal yet, so there is nothing to agree to.")
    hint_template = N_("Write down at least one goal, in her or his own words.")


class DayOrder(Invalid):
    code = "aftercare.day_order"
    template = N_("This day can't be right: it lies before the beginning, or in the future.")
    hint_template = N_("Check the day and the year.")


class NotInFuture(Invalid):
    code = "aftercare.not_in_future"
    template = N_("The next review has to be on a later day than today.")
    hint_template = N_("Choose a day on which you will look at this together again.")


class NotYourDraft(Refused):
    code = "aftercare.not_your_draft"
    template = N_("This assessment is being written by somebody else.")
    hint_template = N_("Wait until it is complete, or start a second scoring of your own then.")


class NothingScored(Invalid):
    code = "aftercare.nothing_scored"
    template = N_("No statement is scored yet, so the assessment can't be completed.")
    hint_template = N_("Save it as a draft and go on when you know more.")


class UnknownAnswer(Invalid):
    code = "aftercare.unknown_answer"
    template = N_("One answer is none of those that this instrument offers.")
    hint_template = N_("Choose one of the answers on the page.")


class OwnSecondScoring(Refused):
    code = "aftercare.own_second_scoring"
    template = N_("You scored this assessment yourself. The second scoring has to be somebody else's.")
    hint_template = N_("Ask a colleague on the team who knows her or him.")


class NoRecentAssessment(Invalid):
    code = "aftercare.no_recent_assessment"
    template = N_("Restoration is decided on a completed assessment that is not older than %(days)s days.")
    hint_template = N_("Complete an assessment first.")


class SafetyTooLow(Invalid):
    code = "aftercare.safety_too_low"
    template = N_("At least one statement about safety is scored 2 or less.")
    hint_template = N_("Decide for monitoring, or write down why she or he is restored all the same.")


class ReasonMissing(Invalid):
    code = "aftercare.reason_missing"
    template = N_("A decision needs a reason.")
    hint_template = N_("Write a few plain sentences that she or he could read.")


class OpenPlacement(AppError):
    code = "aftercare.open_placement"
    status = 409
    template = N_("There is a placement that has not ended.")
    hint_template = N_("End that one first.")


class DefinitionRefused(Invalid):
    """A definition file of an instrument that can't be used; `place` says where in it."""

    code = "aftercare.definition_refused"
    template = N_("The file can't be used.")
    hint_template = N_("Correct the file and choose it again. Nothing was added.")


class NotReadable(DefinitionRefused):
    code = "aftercare.definition_not_readable"
    template = N_("The file is neither TOML nor JSON, or it is damaged.")


class FileTooLarge(DefinitionRefused):
    code = "aftercare.definition_too_large"
    template = N_("The file is larger than %(limit)s kB, which no instrument needs.")


class WrongFormat(DefinitionRefused):
    code = "aftercare.definition_format"
    template = N_('The file does not begin with format = "%(format)s".')


class PartMissing(DefinitionRefused):
    code = "aftercare.definition_part_missing"
    template = N_("In the file, %(place)s is missing or is not of the right kind.")


class PartUnknown(DefinitionRefused):
    code = "aftercare.definition_part_unknown"
    template = N_("In the file, %(place)s is not known to this format.")


class NotACode(DefinitionRefused):
    code = "aftercare.definition_code"
    template = N_("In the file, %(place)s has to be a code of small letters, digits, - and _.")


class CodeTwice(DefinitionRefused):
    code = "aftercare.definition_code_twice"
    template = N_("In the file, %(place)s is used twice.")


class NotFourAnchors(DefinitionRefused):
    code = "aftercare.definition_anchors"
    template = N_("In the file, %(place)s needs four texts, from the lowest to the highest.")


class NumberOutOfRange(DefinitionRefused):
    code = "aftercare.definition_number"
    template = N_("In the file, %(place)s has to be a number from %(least)s to %(most)s.")


class NotAcknowledged(Invalid):
    code = "aftercare.licence_not_acknowledged"
    template = N_("This instrument is used under a licence that your organisation has to hold.")
    hint_template = N_("Read the licence note and confirm that you may use it.")


class VersionTaken(AppError):
    code = "aftercare.version_taken"
    status = 409
    template = N_("This instrument has a version %(version)s already, with other contents.")
    hint_template = N_("Instruments never change. Give the new text the next version number.")


class InstrumentAltered(AppError):
    code = "aftercare.instrument_altered"
    status = 500
    template = N_("A stored instrument is not as it was when it was added, so it is not used.")
    hint_template = N_("Tell the system keeper.")


class ReservedCode(DefinitionRefused):
    code = "aftercare.reserved_code"
    template = N_("The code %(instrument)s belongs to the instrument that comes with Amparo.")
    hint_template = N_("Give your own instrument another code.")
