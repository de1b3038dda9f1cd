"""What can go wrong in data protection, and what to do."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Forbidden, Invalid


class BreachClosed(Forbidden):
    code = "protection.breach_closed"
    template = N_("This was closed already.")
    hint_template = N_("If there is more to it, report it again and name the code of this one.")


class NotAssessed(Forbidden):
    code = "protection.not_assessed"
    template = N_("Nobody has said yet how great the risk is.")
    hint_template = N_("Assess it first.")


class NotDecided(Forbidden):
    code = "protection.not_decided"
    template = N_("Nobody has decided yet who has to be told.")
    hint_template = N_("Decide that first.")


class OwnDecision(AppError):
    code = "protection.own_decision"
    status = 409
    template = N_("Whoever decided who is told can't close it.")
    hint_template = N_("Ask a colleague who may: a director, or somebody else for data protection.")


class NoticedAhead(Invalid):
    code = "protection.noticed_ahead"
    template = N_("This lies in the future, or it was noticed before it happened.")
    hint_template = N_("Check both days.")


class ToldWhen(Invalid):
    code = "protection.told_when"
    template = N_("It is not said when somebody was told, or it can't have been then.")
    hint_template = N_("Write down the day: between the day on which it was noticed and now.")


class ReasonMissing(Invalid):
    code = "protection.reason_missing"
    template = N_("Why nobody is told, or why so late, is not said.")
    hint_template = N_("Write it down in a sentence: the authority may ask for it.")


class ReviewPast(Invalid):
    code = "protection.review_past"
    template = N_("The day of the review lies in the past.")
    hint_template = N_("Choose a day that comes.")


class AlreadySigned(Forbidden):
    code = "protection.already_signed"
    template = N_("This was signed already, as it stands.")
    hint_template = N_("It has to be signed again once it is changed.")
