"""What can go wrong in insight, and what to do."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Invalid, NotFound


class PeriodUnknown(Invalid):
    code = "insight.period_unknown"
    template = N_("This is not a period.")
    hint_template = N_("Choose a year or a quarter, or leave it open.")


class PeriodBackwards(Invalid):
    code = "insight.period_backwards"
    template = N_("The last day lies before the first one.")
    hint_template = N_("Change one of the two days.")


class NoSuchIndicator(NotFound):
    code = "insight.no_such_indicator"


class ProgrammeUnknown(Invalid):
    code = "insight.programme_unknown"
    template = N_("This is not a programme of the organisation.")
    hint_template = N_("Choose one of the list, or all cases.")


class OneProgramme(AppError):
    code = "insight.one_programme"
    status = 409
    template = N_("These are the figures of one programme.")
    hint_template = N_(
        "The public site shows those of the whole organisation. Give the report to whom it is meant for."
    )


class PeriodsOverlap(Invalid):
    code = "insight.periods_overlap"
    template = N_("Part of this period is in figures that are already out.")
    hint_template = N_("Choose a period that begins after them, or exactly the same one; for a programme too.")


class GivesAway(Invalid):
    code = "insight.gives_away"
    template = N_("Beside figures that are already out, these would tell of a group that is too small.")
    hint_template = N_("Choose a longer period, or wait until more people are in it.")


class NothingCounted(Invalid):
    code = "insight.nothing_counted"
    template = N_("In this period there are too few people for any figure.")
    hint_template = N_("Choose a longer period.")


class OwnRelease(AppError):
    code = "insight.own_release"
    status = 409
    template = N_("Figures are approved by somebody else than who asked for it.")
    hint_template = N_("Ask a colleague to look at them.")


class AlreadyDecided(AppError):
    code = "insight.already_decided"
    status = 409
    template = N_("This was decided already.")
    hint_template = N_("Look at the list of releases.")


class FiguresChanged(AppError):
    code = "insight.figures_changed"
    status = 409
    template = N_("These figures are not what was asked for.")
    hint_template = N_("Ask for a new release.")


class OneAtATime(Invalid):
    code = "insight.one_at_a_time"
    template = N_("Choose one of these at a time.")
    hint_template = N_("Two together could tell of a few people. Those who work with the cases can choose several.")


class NotApproved(AppError):
    code = "insight.not_approved"
    status = 409
    template = N_("Nobody has approved these figures.")
    hint_template = N_("They can go on the public site once a second person has approved them.")


class AlreadyPublic(AppError):
    code = "insight.already_public"
    status = 409
    template = N_("These figures were put on the public site already.")
    hint_template = N_("Ask for a new release to publish newer ones.")


class NothingToPublish(AppError):
    code = "insight.nothing_to_publish"
    status = 409
    template = N_("Every figure of this release that the public reads is hidden.")
    hint_template = N_("Ask for a release of a longer period.")
