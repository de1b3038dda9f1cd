from __future__ import annotations

from amparo.kernel.errors import N_, AppError


class UnnotedWrite(AppError):
    """A command changed rows without noting what it did: a mistake in our code."""

    code = "ledger.unnoted_write"
    status = 500
    template = N_("A change was not described for the ledger, so nothing was saved.")
    hint_template = N_("Tell the system keeper the time at which this happened.")


class FactRefused(AppError):
    """An event carries a fact that its verb does not allow: a mistake in our code."""

    code = "ledger.fact_refused"
    status = 500
    template = N_("An event of the kind %(verb)s may not carry the fact %(fact)s, so nothing was saved.")
    hint_template = N_("Tell the system keeper the time at which this happened.")


class AlreadyDone(AppError):
    """The same form was sent before; `result` names what came of it."""

    code = "ledger.already_done"
    status = 409
    template = N_("This was already saved.")
    hint_template = N_("Nothing was saved twice.")


class StillBusy(AppError):
    code = "ledger.still_busy"
    status = 503
    template = N_("Too many people are saving at this moment.")
    hint_template = N_("Nothing was lost. Wait a few seconds and save again.")


class NoRoom(AppError):
    """The database could not grow; what was begun has been rolled back."""

    code = "ledger.no_room"
    status = 507
    template = N_("The disk is full, so nothing was saved.")
    hint_template = N_("What you typed is still in the page. Tell the system keeper that the disk is full.")
