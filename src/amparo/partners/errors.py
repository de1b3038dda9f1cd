"""What can be wrong about a partner."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Forbidden, Invalid


class WrongStep(Forbidden):
    code = "partners.wrong_step"
    template = N_("This is not possible in the state that it is in now.")
    hint_template = N_("Reload the page to see how it stands. What is closed stays closed: add a new record instead.")


class NotActive(Forbidden):
    code = "partners.not_active"
    template = N_("The work with this partner is suspended or over.")
    hint_template = N_("Resume it first, or choose another one.")


class PeriodTurned(Invalid):
    code = "partners.period_turned"
    template = N_("The end lies before the beginning.")
    hint_template = N_("Check both days. One of them is wrong.")


class ReviewTooLate(Invalid):
    code = "partners.review_too_late"
    template = N_("The review lies more than three years after the beginning.")
    hint_template = N_("Name an earlier day: nobody looks at what is due in many years.")


class NothingNamed(Invalid):
    code = "partners.nothing_named"
    template = N_("A protocol names at least one kind of data.")
    hint_template = N_("Tick what may be released, or choose another kind of agreement.")


class NotOfAgency(Invalid):
    code = "partners.not_of_agency"
    template = N_("This unit or facility belongs to another agency.")
    hint_template = N_("Choose one of the list.")


class NotAnOfficial(Invalid):
    code = "partners.not_an_official"
    template = N_("This person is not known as an official.")
    hint_template = N_("Only somebody who was added as an official can hold a post here.")


class NameOrPerson(Invalid):
    code = "partners.name_or_person"
    template = N_("An official needs a name.")
    hint_template = N_("Write the name that she or he uses in office.")


class AlreadyHere(AppError):
    code = "partners.already_here"
    status = 409
    template = N_("This person has a professional record already.")
    hint_template = N_("Open that record and add the new post there.")


class ErasedWithPerson(Forbidden):
    code = "partners.erased_with_person"
    template = N_("This official is among the people of cases, and is erased there.")
    hint_template = N_("Erase the person by her or his code. The professional record goes with it.")


class AlreadyErased(AppError):
    code = "partners.already_erased"
    status = 409
    template = N_("This record is erased already.")
    hint_template = N_("Nothing more needs to be done.")


class NotInPost(Forbidden):
    code = "partners.not_in_post"
    template = N_("This post has ended already.")
    hint_template = N_("Add a new post if the official has taken one up.")


class InFuture(Invalid):
    code = "partners.in_future"
    template = N_("This day has not come yet.")
    hint_template = N_("Write down what was seen or told, with the day of it.")


class NoExaminersTrained(Invalid):
    code = "partners.no_examiners_trained"
    template = N_("A day of training needs at least one examiner.")
    hint_template = N_("Leave out the day, or say how many examiners there are.")


class ProtectedAddress(Invalid):
    code = "partners.protected_address"
    template = N_("A protected address is written down by a caseworker of that office only.")
    hint_template = N_("Leave the address and the district empty here, and ask a caseworker to add them.")


class AlreadyWithdrawn(AppError):
    code = "partners.already_withdrawn"
    status = 409
    template = N_("This report is withdrawn already.")
    hint_template = N_("Nothing more needs to be done.")
