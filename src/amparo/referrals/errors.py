"""What can be wrong about a referral or a release."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Forbidden, Invalid, Refused


class WrongStep(AppError):
    code = "referrals.wrong_step"
    status = 409
    template = N_("It has come to another point by now.")
    hint_template = N_("Reload its page to see where it stands.")


class NotInCase(Invalid):
    code = "referrals.not_in_case"
    template = N_("This person can't be referred from this case.")
    hint_template = N_("Choose a survivor or somebody of the family who is in the case now.")


class NotAPlace(Invalid):
    code = "referrals.not_a_place"
    template = N_("This place does not belong to the agency, or does not offer this service.")
    hint_template = N_("Choose a place of the agency, or leave it out.")


class NotYours(Invalid):
    code = "referrals.not_yours"
    template = N_("You can't give what you may not see yourself.")
    hint_template = N_("Leave it out, or ask a colleague whose work it is.")


class NotAllSeen(Refused):
    code = "referrals.not_all_seen"
    template = N_("Whoever does this must be able to see all that is carried.")
    hint_template = N_("Ask who prepared it, or a colleague who sees more of the case.")


class WordsWithoutClass(Invalid):
    code = "referrals.words_without_class"
    template = N_("These words would be carried, but their kind is not ticked.")
    hint_template = N_("Tick the kind of data above, or take the words away.")


class NoConsent(Invalid):
    code = "referrals.no_consent"
    template = N_("No consent that holds today names this recipient and all that is carried.")
    hint_template = N_("Ask her, and record her answer with this partner as its recipient. Or carry less.")


class ConsentGone(AppError):
    code = "referrals.consent_gone"
    status = 409
    template = N_("The consent does not hold any more, or does not name all that is carried.")
    hint_template = N_("Nothing leaves on it. Ask her again, or stop it.")


class NotAgreed(Invalid):
    code = "referrals.not_agreed"
    template = N_("No agreement with this agency holds for: %(lacking)s.")
    hint_template = N_("Leave it out, or make the agreement first. The page of the agency says what is missing.")


class DayWrong(Invalid):
    code = "referrals.day_wrong"
    template = N_("This day lies before the last step or in the future.")
    hint_template = N_("Say on which day it happened.")


class DueWrong(Invalid):
    code = "referrals.due_wrong"
    template = N_("The day by which she should be helped lies in the past, or more than a year ahead.")
    hint_template = N_("Choose a day in the coming weeks.")


class UntilWrong(Invalid):
    code = "referrals.until_wrong"
    template = N_("A release ends after today, within %(days)s days, and not after the consent on which it rests.")
    hint_template = N_("Choose an earlier day, or ask her for a consent that lasts longer.")


class ReasonMissing(Invalid):
    code = "referrals.reason_missing"
    template = N_("The reason is missing.")
    hint_template = N_("Choose the one that fits best.")


class NothingCarried(Invalid):
    code = "referrals.nothing_carried"
    template = N_("Nothing is released.")
    hint_template = N_("Say which kinds of data go out.")


class PartsNotNamed(Invalid):
    code = "referrals.parts_not_named"
    template = N_("Evidence or papers are listed whose kind is not ticked.")
    hint_template = N_("Tick “Evidence” or “Statement”, or take them off the list.")


class ItemNotInCase(Invalid):
    code = "referrals.item_not_in_case"
    template = N_("This item is not among the evidence of this case.")
    hint_template = N_("Choose from the list.")


class OwnRelease(Forbidden):
    code = "referrals.own_release"
    template = N_("Whoever prepared a release can't approve it.")
    hint_template = N_("A second person looks at it: ask a colleague on the case or the supervisor.")


class CaseClosed(AppError):
    code = "referrals.case_closed"
    status = 409
    template = N_("The case is closed.")
    hint_template = N_("Open it again before anybody is referred or anything is released.")
