"""How this room says shares, hours and intervals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from amparo.training.rules.gain import Estimate
from amparo.training.rules.marking import Score
from amparo.web import formats


def percent(value: float) -> str:
    """A share in whole percent."""
    return _("%(number)s %%") % {"number": number_format(round(value), use_l10n=True)}


def points(value: float) -> str:
    """A difference in points of a hundred, with its sign and one decimal."""
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return f"{sign}{formats.mean(abs(value))}"


def score(value: Score | None) -> str:
    """A score as a cell says it: nothing where no test was handed in, and never a number before it is marked."""
    if value is None:
        return _("missing")
    return _("to be marked") if value.percent is None else percent(value.percent)


def with_interval(value: Estimate | None, *, signed: bool = False) -> str:
    """A mean, how many people, and its interval of 95 %."""
    if value is None:
        return _("nobody yet")
    one = points if signed else formats.mean
    if value.low is None or value.high is None:
        return _("%(mean)s (n = 1)") % {"mean": one(value.mean)}
    said = {"mean": one(value.mean), "low": one(value.low), "high": one(value.high), "n": value.n}
    return _("%(mean)s (95 %% interval %(low)s to %(high)s, n = %(n)d)") % said


def duration(minutes: int) -> str:
    """Hours of teaching, with half hours as they are planned."""
    hours = minutes / 60
    number = number_format(hours, 0 if hours == int(hours) else 1, use_l10n=True)
    return _("%(number)s h") % {"number": number}


def days(of: Sequence[date]) -> str:
    """The days of a session: one, or from the first to the last."""
    if not of:
        return ""
    if len(of) == 1:
        return formats.day(of[0])
    return _("%(first)s to %(last)s") % {"first": formats.day(of[0]), "last": formats.day(of[-1])}
