"""How long people wait, drawn as curves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.insight.queries import guarding
from amparo.insight.queries.blocks import BarLine, Block, Cell, Head, number
from amparo.insight.queries.parts import saying
from amparo.insight.queries.reader import Reader
from amparo.insight.rules.survival import Curve, Point, at_risk_on, kaplan_meier, quantile
from amparo.insight.words.registry import (
    Indicator,
    Waiting,
)
from amparo.web import formats
from amparo.web.drawing import (
    CurveInput,
    CurvePoint,
    curve_drawing,
)

# A stair of more corners than a screen has dots is drawn with fewer, and the numbers stay exact.
MOST_CORNERS = 240
# With fewer, steps of enough people say nothing of how it went.
LEAST_CORNERS = 3


def days_said(days: int | None) -> str:
    """A number of days as people say it: in days up to three months, then in months."""
    if days is None:
        return _("not reached yet")
    if days < 92:
        return formats.duration_days(days)
    months = round(days / 30.44)
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": number_format(months)}


def tick(whole: int, day: int) -> str:
    return number_format(day) if whole < 183 else number_format(round(day / 30.44))


def waiting(reader: Reader, indicator: Indicator, *, half: bool = True) -> Block:
    """How long people wait, drawn as a curve with its interval, and who is still followed."""
    measure = indicator.measure
    assert isinstance(measure, Waiting)  # noqa: S101 - the caller chose it by its measure
    title = str(indicator.name)
    if not guarding.is_whole(reader):
        return saying.not_with_filter(indicator.id, title, half=half)
    curve = kaplan_meier(reader.waits(measure))
    if curve.is_empty:
        return saying.nothing(indicator.id, title, reader, half=half)
    if not guarding.is_open(reader, measure.rows):
        return saying.too_few(indicator.id, title, reader, half=half)
    half_of = quantile(curve, 0.5)
    said = _quantiles(curve)
    curve = _followed(reader, curve)
    if not reader.exact and len(curve.points) < LEAST_CORNERS:
        return saying.too_few(indicator.id, title, reader, half=half)
    whole = _whole(reader, curve)
    waits = reader.waits(measure)
    unit = _("Days") if whole < 183 else _("Months")
    mark = None
    if half_of.days is not None:
        mark = (
            half_of.days,
            0.5,
            _("half waited %(time)s") % {"time": days_said(half_of.days)},
            interval(half_of.low, half_of.high),
        )
    drawn = curve_drawing(
        [CurveInput(title, thinned(curve))],
        _curve_said(title, curve),
        until=whole,
        tick=lambda day: tick(whole, day),
        followed=lambda day: _followed_said(reader, curve, waits, day),
        below=_("still followed"),
        mark=mark,
        rtl=formats.is_rtl(),
    )
    return Block(
        indicator.id,
        title,
        remark=_remark(reader, curve, unit),
        drawings=(drawn,),
        first=_("It had happened for"),
        heads=(Head(_("after")), Head(_("95 % interval"))),
        lines=said,
        bars=False,
        folded=True,
        notes=saying.definition(indicator),
        links=saying.links(reader, indicator.id, reader.rows_url(indicator)),
        half=half,
    )


def _remark(reader: Reader, curve: Curve, unit: str) -> str:
    """The unit, how many people there are, and for how many it happened where that may be told."""
    values = {"unit": unit, "count": number(curve.people), "events": number(curve.events)}
    if not reader.parts(curve.events, curve.people):
        return _("%(unit)s. %(count)s people. Shaded: 95 %% interval.") % values
    said = ngettext(
        "%(unit)s. %(count)s person, of whom it happened for %(events)s. Shaded: 95 %% interval.",
        "%(unit)s. %(count)s people, of whom it happened for %(events)s. Shaded: 95 %% interval.",
        curve.people,
    )
    return said % values


def _whole(reader: Reader, curve: Curve) -> int:
    """How many days are drawn: some more than up to the last step, to who works with the cases."""
    last = max(point.day for point in curve.points)
    return max(7, min(curve.longest, max(2 * last, 30)) if reader.exact else last)


def _followed_said(reader: Reader, curve: Curve, waits: Sequence[tuple[int, bool, int]], day: int) -> str:
    """How many are still followed on a day; of a step of the curve, for who sees figures alone."""
    if reader.exact:
        return number(sum(people for days, _happened, people in waits if days >= day))
    still = at_risk_on(curve, day)
    return number(still) if still >= reader.reach.least else ""


def _followed(reader: Reader, curve: Curve) -> Curve:
    return curve if reader.exact else in_groups(curve, reader.reach.least)


def in_groups(curve: Curve, least: int) -> Curve:
    """A curve as others may see it: it ends where too few are followed, and each of its steps is about enough people.

    What a step tells, and what two numbers of people still followed tell by subtraction, is of a group that is large
    enough.
    """
    kept: list[Point] = []
    for point in curve.points:
        if point.at_risk < least:
            break
        if not kept or kept[-1].at_risk - point.at_risk >= least:
            kept.append(point)
    return replace(curve, points=tuple(kept))


def thinned(curve: Curve) -> tuple[CurvePoint, ...]:
    points = curve.points
    if len(points) > MOST_CORNERS:
        step = len(points) / MOST_CORNERS
        points = tuple(points[int(at * step)] for at in range(MOST_CORNERS)) + (points[-1],)
    return tuple(CurvePoint(p.day, p.share, p.low, p.high) for p in points)


def _curve_said(title: str, curve: Curve) -> str:
    half = quantile(curve, 0.5)
    if half.days is None:
        return _("%(title)s: less than half have come so far.") % {"title": title}
    return _("%(title)s: half waited %(time)s or longer.") % {"title": title, "time": days_said(half.days)}


def interval(low: int | None, high: int | None) -> str:
    if low is None:
        return ""
    if high is None:
        return _("95 %% interval: %(low)s or longer") % {"low": days_said(low)}
    return _("95 %% interval: %(low)s to %(high)s") % {"low": days_said(low), "high": days_said(high)}


def _quantiles(curve: Curve) -> tuple[BarLine, ...]:
    lines = []
    for share, label in ((0.5, _("half")), (0.75, _("three quarters")), (0.9, _("nine of ten"))):
        found = quantile(curve, share)
        after = Cell(days_said(found.days), value=found.days)
        lines.append(BarLine(label, (after, Cell(interval(found.low, found.high)))))
    return tuple(lines)
