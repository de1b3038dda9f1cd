"""What can be wrong with a person's record."""

from __future__ import annotations

from amparo.kernel.errors import N_, Forbidden, Invalid


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
