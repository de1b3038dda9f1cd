"""What can be wrong in an investigation."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Forbidden, Invalid


class OnlyByVerdict(Invalid):
    code = "investigations.only_by_verdict"
    template = N_("Nobody is convicted or acquitted without a verdict.")
    hint_template = N_("Enter the verdict at the charge, in the proceeding: the status follows from it.")


class AfterDeath(Invalid):
    code = "investigations.after_death"
    template = N_("This day lies after the death of this person.")
    hint_template = N_("Check both dates. One of them is wrong.")


class FollowsFromVerdict(AppError):
    code = "investigations.follows_from_verdict"
    status = 409
    template = N_("This status follows from a verdict.")
    hint_template = N_("It changes with the verdict, in the proceeding.")


class StatusWithdrawn(AppError):
    code = "investigations.status_withdrawn"
    status = 409
    template = N_("This status was withdrawn already.")
    hint_template = N_("Reload the page to see how it stands now.")


class InFuture(Invalid):
    code = "investigations.in_future"
    template = N_("This day has not come yet.")
    hint_template = N_("Write down what has happened. For what is planned, open a lead or set a task.")


class AlreadyRecorded(AppError):
    code = "investigations.already_recorded"
    status = 409
    template = N_("This is already written down for this person and day.")
    hint_template = N_("Look at the list of the case. If another day is meant, change the date.")


class NotOfThisCase(Invalid):
    code = "investigations.not_of_this_case"
    template = N_("This person does not have that part in this case.")
    hint_template = N_("Choose somebody of the list, or add the person to the case first.")


class NotOnTeam(Invalid):
    code = "investigations.not_on_team"
    template = N_("This colleague is not on the case's team.")
    hint_template = N_("Choose somebody of the team, or ask a supervisor to add the colleague first.")


class LeadIsClosed(Forbidden):
    code = "investigations.lead_is_closed"
    template = N_("This lead is closed.")
    hint_template = N_("Open it again first.")


class LeadIsOpen(Forbidden):
    code = "investigations.lead_is_open"
    template = N_("This lead is open already.")
    hint_template = N_("Go back to the case: there is nothing to do.")


class AskSettled(AppError):
    code = "investigations.ask_settled"
    status = 409
    template = N_("This was answered already, or is not needed any more.")
    hint_template = N_("Reload the page to see how it stands now.")


class AnswerMissing(Invalid):
    code = "investigations.answer_missing"
    template = N_("The answer says nothing yet.")
    hint_template = N_("Write it down, or choose that it cannot be done.")


class DueBeforeAsked(Invalid):
    code = "investigations.due_before_asked"
    template = N_("The answer would be due before it was asked for.")
    hint_template = N_("Check both days.")


class AnsweredBefore(Invalid):
    code = "investigations.answered_before"
    template = N_("This day lies before the day on which they were asked.")
    hint_template = N_("Check the day.")


class OwnRecord(AppError):
    code = "investigations.own_record"
    status = 409
    template = N_("Whoever wrote this down can't verify it.")
    hint_template = N_("Ask a supervisor who did not record it.")


class NotProvisional(Forbidden):
    code = "investigations.not_provisional"
    template = N_("This was verified or withdrawn already.")
    hint_template = N_("Reload the page to see how it stands now.")


class NameMissing(Invalid):
    code = "investigations.name_missing"
    template = N_("Nobody is named.")
    hint_template = N_("Choose an official, or write a name or a post.")


class ContactWithdrawn(AppError):
    code = "investigations.contact_withdrawn"
    status = 409
    template = N_("This contact was withdrawn or put right already.")
    hint_template = N_("Reload the page to see how it stands now.")


class ReasonOfOther(Invalid):
    code = "investigations.reason_of_other"
    template = N_("This reason does not fit.")
    hint_template = N_("Choose one of the list.")


class NoSuchOfficial(Invalid):
    code = "investigations.no_such_official"
    template = N_("This official or unit is not in the directory, or not in office any more.")
    hint_template = N_("Choose one of the list, or write the name or post.")


class AgencyMissing(Invalid):
    code = "investigations.agency_missing"
    template = N_("It does not say of which agency the official is.")
    hint_template = N_("Choose a unit of the directory, or the kind of agency.")


class NothingAgreed(Forbidden):
    code = "investigations.nothing_agreed"
    template = N_("There is no next step that is still open.")
    hint_template = N_("Reload the page to see how it stands now.")


class InterviewIsSealed(Forbidden):
    code = "investigations.interview_is_sealed"
    template = N_("This interview is sealed and stays as it is.")
    hint_template = N_("Add to it: an addendum stands beside it, with its day and your name.")


class NotInThatState(AppError):
    code = "investigations.interview_not_in_that_state"
    status = 409
    template = N_("This step does not fit how the interview stands now.")
    hint_template = N_("It goes from planned to held, written down, reviewed and sealed. Reload the page.")


class ToldBefore(Invalid):
    code = "investigations.told_before"
    template = N_("This person has told it before.")
    hint_template = N_("Read what was said, and say that you have. Ask again only for what is not there.")


class EndsBeforeBegin(Invalid):
    code = "investigations.ends_before_begin"
    template = N_("The end lies before the beginning.")
    hint_template = N_("Check both times.")


class NotToBeAsked(Invalid):
    code = "investigations.not_to_be_asked"
    template = N_("Interviews are with survivors, family, witnesses and officials of this case.")
    hint_template = N_("Suspects are questioned by the authorities. Others are added to the case first.")


class NobodyPromised(Invalid):
    code = "investigations.nobody_promised"
    template = N_("Promises are written down for survivors, with a day.")
    hint_template = N_("Say by when it is kept; or leave the promise out.")


class NobodyToTell(Invalid):
    code = "investigations.nobody_to_tell"
    template = N_("Nothing of a case is told back to an official who was asked.")
    hint_template = N_("Leave the day out. What was agreed with officials is written down as a contact.")


class NoSuchRecording(Invalid):
    code = "investigations.no_such_recording"
    template = N_("This item is not among the evidence of this case.")
    hint_template = N_("Register the recording as evidence first, then choose it here.")


class WordsMissing(Invalid):
    code = "investigations.words_missing"
    template = N_("Nothing is written.")
    hint_template = N_("Write it down, or go back.")


class ThreatIsClosed(AppError):
    code = "investigations.threat_not_in_that_state"
    status = 409
    template = N_("This step does not fit how the threat stands now.")
    hint_template = N_("Reload the page to see how it stands. A closed threat can be opened again.")


class NothingDoneYet(AppError):
    code = "investigations.nothing_done_yet"
    status = 409
    template = N_("Nothing has been done about this threat yet.")
    hint_template = N_("Do one of the measures first, or leave the threat open.")


class MeasuresOpen(AppError):
    code = "investigations.measures_open"
    status = 409
    template = N_("Measures of this threat are still open.")
    hint_template = N_("Say of each that it is done, or drop it. Then close the threat.")


class MeasureEnded(AppError):
    code = "investigations.measure_ended"
    status = 409
    template = N_("This measure is done or dropped already.")
    hint_template = N_("Reload the page to see how it stands now.")
