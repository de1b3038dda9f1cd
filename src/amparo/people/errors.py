"""What can be wrong with a person's record."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Forbidden, Invalid


class PersonErased(Forbidden):
    code = "people.erased"
    template = N_("The words about this person were erased. Nothing can be added.")
    hint_template = N_("If the person has come back, add a new record.")


class NameNeeded(Invalid):
    """The last name of a person may not be withdrawn without another."""

    code = "people.name_needed"
    template = N_("Nothing to find this person by would be left.")
    hint_template = N_("Add the right name first, then withdraw this one.")


class DiedBeforeBirth(Invalid):
    code = "people.died_before_birth"
    template = N_("The day of death lies before the date of birth.")
    hint_template = N_("Compare both, and write down only what is known of each.")


class NoneAmongOthers(Invalid):
    code = "people.none_among_others"
    template = N_("“None of these” can't be chosen together with another answer.")
    hint_template = N_("Leave out either “None of these” or the others.")


class AlreadyEnded(Forbidden):
    code = "people.already_ended"
    template = N_("This was ended already.")
    hint_template = N_("Reload the page to see how it stands now.")


class NamesClosed(Forbidden):
    """Who is not on the team reads names, numbers and birth dates after giving a reason."""

    code = "people.names_closed"
    template = N_("The names of this person are not open to you now.")
    hint_template = N_("Say first why you need them: press “Show names, with a reason” on the person's page.")


class NobodyOfThatCode(Invalid):
    code = "people.nobody_of_that_code"
    template = N_("There is nobody with this code whom you may see.")
    hint_template = N_("Compare the code with the other record.")


class SameRecord(Invalid):
    code = "people.same_record"
    template = N_("This is the record that you came from.")
    hint_template = N_("Write the code of the other record.")


class OtherSide(Invalid):
    """A suspect is never joined with a survivor, nor an official with anybody: their pages lie apart."""

    code = "people.other_side"
    template = N_("These two records can't be joined: they are kept in different parts.")
    hint_template = N_("Survivors, family and witnesses can be joined with each other, and suspects with suspects.")


class OtherOffice(Invalid):
    code = "people.other_office"
    template = N_("The two records belong to two offices.")
    hint_template = N_("Records can be joined within one office. Tell the other office's supervisor.")


class NotHandedOver(Invalid):
    code = "people.not_handed_over"
    template = N_("One of the two belongs to a report that no case has taken over yet.")
    hint_template = N_("They can be joined once a case has taken the report over. Until then leave the two apart.")


class RecordJoined(AppError):
    code = "people.record_joined"
    status = 409
    template = N_("This record was joined to another one.")
    hint_template = N_("Open the person's page again: it leads to the record that is used now.")


class JoiningAsked(AppError):
    code = "people.joining_asked"
    status = 409
    template = N_("Somebody has asked for this already.")
    hint_template = N_("A supervisor who did not ask decides.")


class NothingToAnswer(AppError):
    code = "people.nothing_to_answer"
    status = 409
    template = N_("This was decided meanwhile.")
    hint_template = N_("Reload the page to see how it stands now.")


class OwnJoining(AppError):
    code = "people.own_joining"
    status = 409
    template = N_("Somebody else than the one who asked has to decide.")
    hint_template = N_("Ask another supervisor.")


class NoPicture(Invalid):
    code = "people.no_picture"
    template = N_("No picture can be shown of this file. It was not kept.")
    hint_template = N_("Choose a JPEG, PNG or WebP of at most 50 million points.")


class PhotoGone(AppError):
    code = "people.photo_gone"
    status = 409
    template = N_("This photograph was taken away already.")


class PhotoBasisRefused(Invalid):
    code = "people.photo_basis"
    template = N_(
        "A picture of a survivor, or of somebody close to her, is kept only where the person was asked, or can’t be."
    )
    hint_template = N_("Ask first. Without an answer, keep no picture.")
