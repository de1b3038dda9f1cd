"""What can go wrong on the reporting site, in words for somebody who is afraid."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Invalid


class Closed(AppError):
    code = "reporting.closed"
    status = 503
    template = N_("This site takes no messages at present.")
    hint_template = N_("Nothing was kept. If there is danger, go to people whom you trust.")


class Ended(AppError):
    code = "reporting.ended"
    status = 403
    template = N_("What you had begun is no longer here.")
    hint_template = N_("It was kept for two hours. Nobody has read it. You can begin anew.")


class NoSuchCode(Invalid):
    code = "reporting.no_such_code"
    template = N_("This code opens nothing here.")
    hint_template = N_("Look at each word or number again. The order matters too.")


class CodeUnreadable(Invalid):
    code = "reporting.not_a_code"
    template = N_("A code has seven words, or 24 digits.")
    hint_template = N_("Look at what you wrote down, and type all of it.")


class NotTheSame(Invalid):
    code = "reporting.not_the_same"
    template = N_("This is not the code that was shown.")
    hint_template = N_("Go back to look at it once more, then type it again.")


class TooMuch(AppError):
    code = "reporting.too_much"
    status = 413
    template = N_("These files are too large. Nothing of them was kept.")
    hint_template = N_("Go back and send one at a time, or a shorter recording. What you wrote before is still there.")


class NoRoomForFiles(TooMuch):
    code = "reporting.no_room_for_files"
    status = 507


class TooManyFiles(Invalid):
    code = "reporting.too_many_files"
    template = N_("Ten files fit here.")
    hint_template = N_("Go on. You can send more when you come back with your code.")
