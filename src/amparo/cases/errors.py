from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Invalid


class NoBasis(AppError):
    """Invariant 1: words about a survivor need a recorded basis."""

    code = "cases.no_basis"
    status = 409
    template = N_("Nothing can be written about this person yet: no basis for keeping her words is recorded.")
    hint_template = N_("First record why her words may be kept: her consent, or another basis. Then write.")


class TooYoungAlone(Invalid):
    """Invariant 13: a child's age says who has to decide with her."""

    code = "cases.too_young_alone"
    template = N_("At this age a child does not consent alone.")
    hint_template = N_(
        "Record the child's assent with a caregiver's consent, and choose who decided. "
        "Where nobody safe is there: a decision in the child's best interests, with the reason."
    )


class AssentMissing(Invalid):
    code = "cases.assent_missing"
    template = N_("At this age the child is asked too, not the caregiver alone.")
    hint_template = N_("Ask the child. Then choose assent, with a caregiver's consent.")


class BestInterestsUnexplained(Invalid):
    code = "cases.best_interests_unexplained"
    template = N_("It is not said why this is in the child's best interests.")
    hint_template = N_("Write who decided and why: this basis stands in for the consent of child and caregiver.")


class WitnessMissing(Invalid):
    code = "cases.witness_missing"
    template = N_("A thumbprint needs a witness.")
    hint_template = N_("Write down who was there and saw it given.")


class NotRecorded(AppError):
    code = "cases.not_recorded"
    status = 409
    template = N_("This consent was not given on an audio recording, or no longer holds.")
    hint_template = N_("Look at the list of consents. A new one is recorded there.")


class RecordingLinked(AppError):
    code = "cases.recording_linked"
    status = 409
    template = N_("A recording of this consent is linked already.")
    hint_template = N_("If it is the wrong one, ask her again, and record her answer as a new consent.")


class NotAPartner(Invalid):
    code = "cases.not_a_partner"
    template = N_("This agency is not among the partners with whom we work now.")
    hint_template = N_("Choose another one, or write down the recipient in words.")


class ConsentEnded(AppError):
    code = "cases.consent_ended"
    status = 409
    template = N_("This consent has ended or was withdrawn.")
    hint_template = N_("Ask her again, and record her answer as a new consent.")


class RenewedAhead(Invalid):
    """A renewal ends the earlier consent at once, so that one from a later day would leave her without any."""

    code = "cases.renewed_ahead"
    template = N_("A consent is renewed from today on, or from an earlier day.")
    hint_template = N_("Choose today: the earlier consent ends when this one is saved.")


class CaseIsClosed(AppError):
    code = "cases.closed"
    status = 409
    template = N_("This case is closed.")
    hint_template = N_("A supervisor can open it again, with a reason.")


class TrackNotOpen(AppError):
    code = "cases.track_state"
    status = 409
    template = N_("This track can't go from its present state to that one.")
    hint_template = N_("Reload the case to see its present state.")


class ClosingNotReady(AppError):
    code = "cases.closing_not_ready"
    status = 409
    template = N_("The case can't be closed yet: %(open)s points of the checklist are open.")
    hint_template = N_("The checklist says what is missing and where to do it.")


class OwnRequest(AppError):
    code = "cases.own_request"
    status = 409
    template = N_("Somebody else than the one who asked has to decide.")
    hint_template = N_("Ask another supervisor.")


class ClosingAsked(AppError):
    code = "cases.closing_asked"
    status = 409
    template = N_("Closing this case was asked for already.")
    hint_template = N_("Wait for the decision, or ask the supervisor.")


class CanNotHandOver(Invalid):
    code = "cases.can_not_hand_over"
    template = N_("This part of the case can't be handed to this colleague.")
    hint_template = N_(
        "You can hand on your own role to somebody of the office who holds it too. Supervisors form teams."
    )


class NothingAsked(AppError):
    code = "cases.nothing_asked"
    status = 409
    template = N_("Nobody has asked for this, or it was decided already.")


class AlreadyParty(Invalid):
    code = "cases.already_party"
    template = N_("This person already has this part in the case.")
    hint_template = N_("Choose another part, or change the one that is there.")


class NotASurvivorHere(Invalid):
    code = "cases.not_a_survivor_here"
    template = N_("This person is not a survivor in this case.")
    hint_template = N_("Add her to the case first.")


class NotOnThisTeam(Invalid):
    code = "cases.not_on_this_team"
    template = N_("This colleague is not on the team of the case, and could not see what is asked.")
    hint_template = N_("Choose somebody of the team, or ask the supervisor to add her.")


class AnswersMissing(Invalid):
    code = "cases.answers_missing"
    template = N_("Answer the questions in order, up to the first “yes”.")


class IncidentNotClassified(AppError):
    code = "cases.incident_not_classified"
    status = 409
    template = N_("The questions about this incident have not been confirmed yet.")
    hint_template = N_("Let the investigator or lawyer of the case answer them again. Then say what was found.")


class FindingUnchanged(Invalid):
    code = "cases.finding_unchanged"
    template = N_("This was found of the incident already.")
    hint_template = N_("Choose what is found now, or leave it as it is.")


class OwnIncident(AppError):
    code = "cases.own_incident"
    status = 409
    template = N_("You recorded or changed this incident: somebody else says what is found of it.")
    hint_template = N_("Ask the lawyer of the case or the supervisor.")


class NotASuspectHere(Invalid):
    code = "cases.not_a_suspect_here"
    template = N_("This person is not a suspect in this case.")
    hint_template = N_("Add her or him to the case as a suspect first.")


class AlreadyEnded(AppError):
    code = "cases.already_ended"
    status = 409
    template = N_("This was already done or ended.")


class HandOverNotYours(AppError):
    code = "cases.hand_over_not_yours"
    status = 409
    template = N_("This hand-over was not offered to you, or has ended.")


class SameCase(Invalid):
    code = "cases.same_case"
    template = N_("A case can't be linked with itself.")
    hint_template = N_("Type the code of the other case.")


class NoSuchPerson(Invalid):
    code = "cases.no_such_person"
    template = N_("There is no person with this code that you can see.")
    hint_template = N_("Check the code, or ask the lead of the other case.")


class NoSuchCase(Invalid):
    code = "cases.no_such_case"
    template = N_("There is no case with this code that you can see.")
    hint_template = N_("Check the code, or ask the supervisor.")


class ConferenceIsOver(AppError):
    code = "cases.conference_is_over"
    status = 409
    template = N_("This conference was held or given up already.")
    hint_template = N_("Reload the page to see how it stands. What came later goes into a new one, or a note.")


class NobodyInvited(Invalid):
    code = "cases.nobody_invited"
    template = N_("No agency is named.")
    hint_template = N_("Choose those who sit at the table. For a meeting of the team alone, write a note.")


class TaskUnfinished(Invalid):
    code = "cases.task_unfinished"
    template = N_("A task needs words and somebody of the team.")
    hint_template = N_("Complete it, or leave it empty.")


class NotYetHappened(Invalid):
    code = "cases.not_yet_happened"
    template = N_("This day has not come yet.")
    hint_template = N_("Write down what has happened. A year alone is enough.")


class RelationIncomplete(Invalid):
    code = "cases.relation_incomplete"
    template = N_("One half of the relation is missing: what she or he is, and to whom.")
    hint_template = N_("Choose both, or neither.")


class RelatedElsewhere(Invalid):
    code = "cases.related_elsewhere"
    template = N_("This is nobody else of this case.")
    hint_template = N_("Choose another person of the case, or add her or him first.")


class NothingDecided(Invalid):
    """Who decided, or when, without what."""

    code = "cases.nothing_decided"
    template = N_("It is said who decided or when, and not what.")
    hint_template = N_("Choose what was found about trafficking, or leave the rest empty.")


class NotSafeOnPaper(Invalid):
    code = "cases.not_safe_on_paper"
    template = N_("A paper can be found. Where nobody has talked with her about that, none is given.")
    hint_template = N_("Talk with her first. If it is not safe, keep it here for her, or read it to her.")


class NothingOfHers(Invalid):
    code = "cases.nothing_of_hers"
    template = N_("There is nothing of hers in the parts that you chose.")
    hint_template = N_("Choose other parts.")


class ReportAlone(Invalid):
    code = "cases.report_alone"
    template = N_("The report of her examination is a paper of its own.")
    hint_template = N_("Make it alone, and the other parts as another copy.")


class PartNotYours(Invalid):
    code = "cases.part_not_yours"
    template = N_("One of these parts is for a colleague to give who reads it in full.")
    hint_template = N_("Leave it out, and ask the lawyer or the examiner of the team for it.")
