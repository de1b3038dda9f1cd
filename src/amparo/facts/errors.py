"""What can go wrong with facts."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Invalid


class FactIncomplete(AppError):
    code = "facts.incomplete"
    status = 409
    template = N_("This fact can not be published: something of its source is missing.")
    hint_template = N_("Its page says what. Complete it in the pack, then verify it again.")


class NotVerified(AppError):
    code = "facts.not_verified"
    status = 409
    template = N_("This fact is not verified as it stands now.")
    hint_template = N_("Read its source, and verify it first.")


class SamePerson(AppError):
    code = "facts.same_person"
    status = 409
    template = N_("You verified this fact yourself.")
    hint_template = N_("Ask a colleague to publish it: two people read each fact.")


class NotPublished(AppError):
    code = "facts.not_published"
    status = 409
    template = N_("This is not published.")
    hint_template = N_("There is nothing to withdraw.")


class PackBroken(AppError):
    code = "facts.pack_broken"
    status = 500
    template = N_("A file of facts can not be read.")
    hint_template = N_("amparo check names the file. Mend it or take it away.")


class FigureMissing(Invalid):
    code = "facts.figure_missing"
    template = N_("There is no figure to publish.")
    hint_template = N_("Choose at least one.")
