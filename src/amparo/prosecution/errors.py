"""What can be wrong in a proceeding."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Forbidden, Invalid


class ChargeMoveRefused(Forbidden):
    code = "prosecution.charge_move_refused"
    template = N_("This can't follow on the present state of the charge.")
    hint_template = N_("Reload the page to see how the charge stands. A charge that ended is proposed anew.")


class ReasonMissing(Invalid):
    code = "prosecution.reason_missing"
    template = N_("The reason is missing.")
    hint_template = N_("Choose a reason. If none fits, choose “Another reason”.")


class PartyMissing(Invalid):
    code = "prosecution.party_missing"
    template = N_("It is not said on whom the adjournment rests.")
    hint_template = N_("Choose who is responsible. If nobody is, choose “Nobody”.")


class NextTooEarly(Invalid):
    code = "prosecution.next_too_early"
    template = N_("The next hearing does not lie after this one.")
    hint_template = N_("Check the new day. If none is set yet, leave it empty.")


class HearingMoveRefused(Forbidden):
    code = "prosecution.hearing_move_refused"
    template = N_("What happened at this hearing is written down already.")
    hint_template = N_("Reload the page. If there is another day, list a new hearing.")


class NotYetHeld(Invalid):
    code = "prosecution.not_yet_held"
    template = N_("The day of this hearing has not come yet.")
    hint_template = N_("Write down what happened after the hearing. To move it, change its day.")


class InFuture(Invalid):
    code = "prosecution.in_future"
    template = N_("This day has not come yet.")
    hint_template = N_("Write down what has happened. What is planned is a hearing: list it.")


class VerdictExists(AppError):
    code = "prosecution.verdict_exists"
    status = 409
    template = N_("This charge has a verdict already.")
    hint_template = N_("If a higher court changed it, enter the appeal and its decision at the verdict.")


class VerdictMoveRefused(Forbidden):
    code = "prosecution.verdict_move_refused"
    template = N_("This can't follow on the present state of the verdict.")
    hint_template = N_("Reload the page to see how the verdict stands now.")


class SameOutcome(Invalid):
    code = "prosecution.same_outcome"
    template = N_("The appeal court said the same as the verdict.")
    hint_template = N_("Choose “The verdict stands”.")


class NoSentence(Invalid):
    code = "prosecution.no_sentence"
    template = N_("There is no sentence after an acquittal.")
    hint_template = N_("Check which verdict is meant.")


class MonthsMissing(Invalid):
    code = "prosecution.months_missing"
    template = N_("The length of custody is missing.")
    hint_template = N_("Write the months of custody: two years are 24.")


class CurrencyMissing(Invalid):
    code = "prosecution.currency_missing"
    template = N_("An amount needs its currency.")
    hint_template = N_("Write three letters, such as KHR or USD.")


class NotAccusedHere(Invalid):
    code = "prosecution.not_accused_here"
    template = N_("This person is not a suspect in this case.")
    hint_template = N_("Choose somebody of the list, or add the person to the case as a suspect first.")


class NotASurvivorHere(Invalid):
    code = "prosecution.not_a_survivor_here"
    template = N_("This person is not a survivor in this case.")
    hint_template = N_("Choose somebody of the list.")


class MeasureDecided(Forbidden):
    code = "prosecution.measure_decided"
    template = N_("The court has decided on this already.")
    hint_template = N_("If it was asked for again, enter a new request.")


class AlreadyRequested(AppError):
    code = "prosecution.already_requested"
    status = 409
    template = N_("This measure was requested for this survivor already.")
    hint_template = N_("Look at the list of the proceeding.")


class AlreadyTold(Forbidden):
    code = "prosecution.already_told"
    template = N_("She was told already.")
    hint_template = N_("There is nothing to do.")


class StillOpen(Forbidden):
    code = "prosecution.still_open"
    template = N_("Not everything in this proceeding is decided.")
    hint_template = N_("Every charge needs its end, and no appeal may be open.")


class StageBeforeComplaint(Invalid):
    code = "prosecution.stage_before_complaint"
    template = N_("This day lies before the complaint.")
    hint_template = N_("Check both days. The day of the complaint is changed at the proceeding.")


class StageReached(AppError):
    code = "prosecution.stage_reached"
    status = 409
    template = N_("This stage is written down already.")
    hint_template = N_("Look at the stages of the proceeding.")


class FeedEnded(Forbidden):
    code = "prosecution.feed_ended"
    template = N_("This calendar feed was ended already.")
    hint_template = N_("Make a new one if you need it.")


class NotAPartner(Invalid):
    code = "prosecution.not_a_partner"
    template = N_("This agency or court is not in the directory of partners.")
    hint_template = N_("Choose one of the list, or write its name beside it.")


class NotAnItemHere(Invalid):
    code = "prosecution.not_an_item_here"
    template = N_("This is not an item of evidence of this case that you know.")
    hint_template = N_("Choose one of the list, or register the item first.")


class ItemEnded(Invalid):
    code = "prosecution.item_ended"
    template = N_("This item is not there any more.")
    hint_template = N_("It was returned, destroyed or isolated. Choose another item.")


class AlreadyAnExhibit(AppError):
    code = "prosecution.already_an_exhibit"
    status = 409
    template = N_("This item is an exhibit of this proceeding already.")
    hint_template = N_("Look at the exhibits of the proceeding.")


class ExhibitMoveRefused(Forbidden):
    code = "prosecution.exhibit_move_refused"
    template = N_("This can't follow on how the exhibit stands.")
    hint_template = N_("Reload the page. What was not disclosed is disclosed first, and then tendered.")


class ExhibitTooEarly(Invalid):
    code = "prosecution.exhibit_too_early"
    template = N_("This day lies before what is written down already.")
    hint_template = N_("Check the day against the page of the exhibit.")


class MarkMissing(Invalid):
    code = "prosecution.mark_missing"
    template = N_("The mark of the exhibit is missing.")
    hint_template = N_("Write it as the court does, such as P-7.")


class ObjectionMissing(Invalid):
    code = "prosecution.objection_missing"
    template = N_("It is not said why the court excluded it.")
    hint_template = N_("Write the objection and what the court said to it, in a sentence.")


class GroundMissing(Invalid):
    code = "prosecution.ground_missing"
    template = N_("It is not said on what the disclosure rests.")
    hint_template = N_(
        "Name the order by its court, number and day, or the section of the law. A summons is not enough."
    )


class ConsentMissing(Invalid):
    code = "prosecution.consent_missing"
    template = N_("No consent that is in force was chosen.")
    hint_template = N_("Choose one of the list. If there is none, ask her, or wait for an order of the court.")


class MustNotBeGiven(Forbidden):
    code = "prosecution.must_not_be_given"
    template = N_("It is written down that this side must not have it.")
    hint_template = N_("Only an order of the court changes that. Choose it as the ground, and name it.")


class AlreadyDisclosed(AppError):
    code = "prosecution.already_disclosed"
    status = 409
    template = N_("This side has it already.")
    hint_template = N_("What was disclosed can't be taken back. Ask the court for an order on its use.")


class FingerprintWrong(Invalid):
    code = "prosecution.fingerprint_wrong"
    template = N_("This is not a fingerprint of a file.")
    hint_template = N_("A SHA-256 fingerprint has 64 letters from a to f and digits. Copy it whole, or leave it empty.")


class ToldOfIt(Forbidden):
    code = "prosecution.told_of_it"
    template = N_("A survivor was told already what came of this hearing.")
    hint_template = N_("Correct it to what happened. If the court sits on another day, list a new hearing.")


class TakenBack(Forbidden):
    code = "prosecution.taken_back"
    template = N_("This was taken back already.")
    hint_template = N_("Reload the page. Enter anew what is right.")


class OrderMoveRefused(Forbidden):
    code = "prosecution.order_move_refused"
    template = N_("This can't follow on how the order stands.")
    hint_template = N_("Reload the page to see how the order stands now. What was ordered anew is a new order.")


class OrderDaysCrossed(Invalid):
    code = "prosecution.order_days_crossed"
    template = N_("The last day of the order lies before its first.")
    hint_template = N_("Check both days. If the order has no end, leave the last day empty.")


class OrderStillRuns(Invalid):
    code = "prosecution.order_still_runs"
    template = N_("The last day of this order has not passed.")
    hint_template = N_("If a court ended it earlier, use “It was lifted”.")


class OutsideOrder(Invalid):
    code = "prosecution.outside_order"
    template = N_("The order was not in force on this day.")
    hint_template = N_("Check the day against the page of the order. If the order was prolonged, enter that first.")
