"""The blocks of pages: the funnel, curves, groups, outcomes, months and districts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.access import queries as access
from amparo.insight.queries import counting
from amparo.insight.queries.blocks import BarLine, Block, Cell, Head, Link, counted, few, number, percent, widths
from amparo.insight.queries.reader import Reader, labels_of
from amparo.insight.rules.suppressing import TOTAL, Table, hide_chain, hide_line, hide_table
from amparo.insight.rules.survival import Competing, Curve, Point, aalen_johansen, at_risk_on, kaplan_meier, quantile
from amparo.insight.words import ENDING_LABELS, RESULT_LABELS, STEP_LABELS, Ending, Result, Step
from amparo.insight.words.registry import (
    INDICATORS,
    RESULT_ORDER,
    Counted,
    Indicator,
    Outcomes,
    Selection,
    Share,
    Waiting,
)
from amparo.web import formats
from amparo.web.drawing import (
    CurveInput,
    CurvePoint,
    Grid,
    GridCell,
    GridRow,
    Tile,
    Tiles,
    curve_drawing,
    level,
)

MOST_HIDDEN = 3
# A stair of more corners than a screen has dots is drawn with fewer, and the numbers stay exact.
MOST_CORNERS = 240
# With fewer, steps of enough people say nothing of how it went.
LEAST_CORNERS = 3
EVERY_SUSPECT = Selection("suspect", "reported")
STEP_INDICATORS: Mapping[Step, str] = {
    Step.IDENTIFIED: "identified-of-reported",
    Step.RESTRAINED: "restrained-of-reported",
    Step.CHARGED: "charged-of-reported",
    Step.TRIAL: "tried-of-reported",
    Step.VERDICT: "verdict-of-reported",
    Step.CONVICTED: "convicted-of-reported",
}


def links(reader: Reader, name: str, rows: str = "") -> tuple[Link, ...]:
    """Downloads of a block, and its rows."""
    made = [
        Link(_("CSV"), reverse("insight:download", args=[name, "csv"]) + reader.query()),
        Link(_("XLSX"), reverse("insight:download", args=[name, "xlsx"]) + reader.query()),
    ]
    return (*made, Link(_("Rows"), rows)) if rows else tuple(made)


def too_few(id_: str, title: str, reader: Reader, *, half: bool = False) -> Block:
    """In the place of a block about a group that is too small."""
    said = _("Fewer than %(least)s people are in it, or in what it leaves out: it is hidden.") % {
        "least": reader.reach.least
    }
    return Block(id_, title, said=said, half=half, hidden=True)


def nothing(id_: str, title: str, *, half: bool = False) -> Block:
    return Block(id_, title, said=_("Nothing to divide by: nobody is in it."), half=half)


def definition(indicator: Indicator) -> tuple[str, ...]:
    """How an indicator is counted, as one paragraph for each part."""
    return (str(indicator.definition), str(indicator.once), str(indicator.silent))


# ---- the funnel -----------------------------------------------------------------------------------------------


def hidden_steps(reader: Reader, found: Mapping[tuple[int, str], int]) -> frozenset[int]:
    """Which steps of the funnel are hidden from this reader, wherever they stand."""
    if reader.exact:
        return frozenset()
    stopped = stopped_at(found)
    hidden = hide_chain(stopped, reader.reach.least) if reader.is_open(EVERY_SUSPECT, sum(stopped)) else None
    return frozenset(int(step) for step in Step) if hidden is None else hidden


def stopped_at(found: Mapping[tuple[int, str], int]) -> list[int]:
    """How many went so far and no further, by step."""
    return [sum(people for (step, _ending), people in found.items() if step == at) for at in Step]


def steps(reader: Reader) -> dict[tuple[int, str], int]:
    """How many suspects went so far and no further, and why. Cost: one query by an index."""
    found = reader.tally(EVERY_SUSPECT, "step", "ending")
    return {(int(str(step)), str(ending)): people for (step, ending), people in found.items()}


def years(reader: Reader) -> Block:
    """Suspects by the year of the report, and how many of them were convicted. Cost: one query by an index."""
    found = counting.by_year(EVERY_SUSPECT, reader.chosen, reader.reach, "step")
    title = _("By the year of the report")
    if not found:
        return nothing("years", title)
    if not reader.is_open(EVERY_SUSPECT, sum(found.values())):
        return too_few("years", title, reader)
    shown = sorted({year for year, _step in found})
    cells = []
    for year in shown:
        convicted = found.get((year, int(Step.CONVICTED)), 0)
        cells.append((sum(n for (y, _s), n in found.items() if y == year) - convicted, convicted))
    table = Table(tuple(cells))
    hidden = frozenset() if reader.exact else hide_table(table, reader.reach.least).hidden
    totals = [table.value((at, TOTAL)) for at in range(len(shown))]
    most = max((n for at, n in enumerate(totals) if (at, TOTAL) not in hidden), default=0) or 1
    lines = []
    for at, year in enumerate(shown):
        whole, convicted = totals[at], table.value((at, 1))
        no_whole, no_part = (at, TOTAL) in hidden, (at, 1) in hidden
        lines.append(
            BarLine(
                str(year),
                (
                    few() if no_whole else counted(whole),
                    few() if no_part else counted(convicted),
                    Cell() if no_whole or no_part else Cell(percent(convicted, whole)),
                ),
                data=None if no_part else 100 * convicted / most,
                span=None if no_whole else 100 * whole / most,
            )
        )
    return Block(
        "years",
        title,
        first=_("Year"),
        heads=(Head(_("Suspects reported")), Head(_("Convicted until today")), Head(_("Share"))),
        lines=tuple(lines),
        notes=(str(INDICATORS["convicted-of-reported"].definition), str(_YET_OPEN), *_why_hidden(reader, bool(hidden))),
        links=links(reader, "years"),
    )


_YET_OPEN = gettext_lazy("Younger years have had less time: they are no worse for it.")


def funnel(reader: Reader, found: Mapping[tuple[int, str], int]) -> Block:
    """Where cases stop: how many suspects reached each step, with both denominators."""
    stopped = stopped_at(found)
    reached = [sum(stopped[at:]) for at in range(len(stopped))]
    title = _("Where cases stop")
    if reached[0] == 0:
        return nothing("funnel", title)
    hidden = hidden_steps(reader, found)
    if len(hidden) == len(Step):
        return too_few("funnel", title, reader)
    lines = []
    before: int | None = None
    for step in Step:
        lines.append(_step_line(reader, step, reached, before, hidden, found))
        before = None if step in hidden else reached[step]
    said = ngettext("%(count)s suspect reported", "%(count)s suspects reported", reached[0])
    return Block(
        "funnel",
        title,
        remark=said % {"count": number(reached[0])},
        first=_("Step"),
        heads=(
            Head(_("People")),
            Head(_("of all reported")),
            Head(_("of the step before")),
            *([Head(_("The others"), False)] if reader.exact else []),
        ),
        lines=tuple(lines),
        notes=(*definition(INDICATORS["convicted-of-reported"]), *_why_hidden(reader, bool(hidden))),
        links=links(reader, "funnel", reader.rows_url(INDICATORS["stopped"], part="of")),
    )


def _step_line(
    reader: Reader,
    step: Step,
    reached: Sequence[int],
    before: int | None,
    hidden: frozenset[int],
    found: Mapping[tuple[int, str], int],
) -> BarLine:
    label, whole, here = str(STEP_LABELS[step]), reached[0], reached[step]
    if step in hidden:
        return BarLine(label, (few(), Cell(), Cell()))
    strong = step is Step.CONVICTED
    rows = INDICATORS[STEP_INDICATORS[step]] if step in STEP_INDICATORS else INDICATORS["stopped"]
    url = "" if step is Step.ENROLLED else reader.rows_url(rows, **({} if step in STEP_INDICATORS else {"part": "of"}))
    of_before = "" if before is None or step is Step.REPORTED else percent(here, before)
    return BarLine(
        label,
        (
            counted(here, url),
            Cell(percent(here, whole), strong=strong, value=round(here / whole, 4) if whole else None),
            Cell(of_before, strong=strong),
            *([Cell(_others(reader, step, found), quiet=True)] if reader.exact else []),
        ),
        data=100 * here / whole,
        span=100 * (whole if before is None else before) / whole,
    )


def _others(reader: Reader, step: Step, found: Mapping[tuple[int, str], int]) -> str:
    """What became of those who stopped just before a step, for who works with the cases."""
    if not reader.exact or step is Step.REPORTED:
        return ""
    here = sorted(((people, ending) for (at, ending), people in found.items() if at == step - 1), reverse=True)
    shown = [f"{number(people)} {str(ENDING_LABELS[ending]).lower()}" for people, ending in here[:2]]
    rest = sum(people for people, _ending in here[2:])
    if rest:
        shown.append(_("%(count)s other") % {"count": number(rest)})
    return ", ".join(shown)


def gathered(lines: Sequence[BarLine]) -> tuple[BarLine, ...]:
    """Many hidden lines as one; that there are some is said, and nothing of any."""
    shown = [line for line in lines if not line.cells[0].few]
    hidden = [line for line in lines if line.cells[0].few]
    if len(hidden) <= MOST_HIDDEN:
        return tuple(lines)
    label = ngettext("%(count)s other", "%(count)s others, each", len(hidden)) % {"count": number(len(hidden))}
    return (*shown, replace(hidden[0], label=label, url=""))


def _why_hidden(reader: Reader, is_hidden: bool) -> tuple[str, ...]:
    if not is_hidden:
        return ()
    return (
        _(
            "Numbers below %(least)s are hidden, and others with them, so that they can't be worked out. Hidden is not "
            "nought."
        )
        % {"least": reader.reach.least},
    )


def endings(reader: Reader, found: Mapping[tuple[int, str], int]) -> Block:
    """Why suspects go no further."""
    indicator = INDICATORS["stopped"]
    by_reason = {ending: sum(n for (_s, e), n in found.items() if e == ending) for ending in ENDING_LABELS}
    convicted = sum(people for (step, _e), people in found.items() if step == Step.CONVICTED)
    by_reason[Ending.WAITING] -= convicted
    chain = hidden_steps(reader, found)
    title = str(indicator.name)
    whole = sum(by_reason.values())
    if whole == 0:
        return nothing("endings", title)
    if len(chain) == len(Step):
        return too_few("endings", title, reader)
    codes = list(by_reason)
    counts = [*by_reason.values(), convicted]
    last = len(counts) - 1
    # The convicted stand in the funnel too: hidden there, they are hidden here.
    hidden = (
        frozenset()
        if reader.exact
        else hide_line(
            counts,
            reader.reach.least,
            forced=[last] if Step.CONVICTED in chain else [],
            open_=[] if Step.CONVICTED in chain else [last],
        )
    )
    if hidden is None:
        return too_few("endings", title, reader)
    order = sorted((at for at, code in enumerate(codes) if code), key=lambda at: (at in hidden, -counts[at]))
    bars = dict(zip(order, widths([None if at in hidden else counts[at] for at in order]), strict=True))
    lines = [
        BarLine(
            str(ENDING_LABELS[codes[at]]),
            (few(), Cell())
            if at in hidden
            else (
                counted(counts[at], reader.rows_url(indicator, code=codes[at])),
                Cell(percent(counts[at], whole + convicted)),
            ),
            data=bars[at],
        )
        for at in order
        if not reader.exact or counts[at]
    ]
    return Block(
        "endings",
        title,
        first=_("Reason"),
        heads=(Head(_("People")), Head(_("of all reported"))),
        lines=gathered(lines),
        notes=(*definition(indicator), *_why_hidden(reader, bool(hidden))),
        links=links(reader, "endings", reader.rows_url(indicator)),
        half=True,
    )


# ---- groups ---------------------------------------------------------------------------------------------------


def groups(
    reader: Reader, indicator: Indicator, *, column: str = "", title: str = "", name: str = "", half: bool = True
) -> Block:
    """The rows of an indicator by a code list, largest first."""
    measure = indicator.measure
    assert isinstance(measure, Counted | Share)  # noqa: S101 - other measures have drawings of their own
    column = column or indicator.split
    labels = labels_of(replace(indicator, id=name) if name else indicator)
    found = {str(key): people for (key,), people in reader.tally(measure.rows, column).items()}
    codes = [*labels, *(code for code in found if code not in labels)]
    counts = [found.get(code, 0) for code in codes]
    id_, said = name or indicator.id, title or str(indicator.name)
    if not sum(counts):
        return replace(nothing(id_, said, half=half), said=_("None in this period."))
    if not reader.is_open(measure.rows, sum(counts)):
        return too_few(id_, said, reader, half=half)
    hidden = reader.hidden(counts)
    order = sorted(range(len(codes)), key=lambda at: (at in hidden, -counts[at]))
    order = [at for at in order if counts[at] or not reader.exact]
    bars = widths([None if at in hidden else counts[at] for at in order])
    lines = [
        BarLine(
            str(labels.get(codes[at]) or codes[at] or _("Not noted")),
            (
                few()
                if at in hidden
                else counted(counts[at], reader.rows_url(indicator, **{_param(column): codes[at]})),
            ),
            data=bar,
        )
        for at, bar in zip(order, bars, strict=True)
    ]
    return Block(
        id_,
        said,
        remark=_total(reader, indicator, sum(counts)),
        heads=(Head(_("Number")),),
        first=_("Group"),
        lines=gathered(lines),
        notes=(*definition(indicator), *_why_hidden(reader, bool(hidden))),
        links=links(reader, id_, reader.rows_url(indicator)),
        half=half,
    )


def _param(column: str) -> str:
    return "party" if column == "party" else "code"


def _total(reader: Reader, indicator: Indicator, here: int) -> str:
    """How many there are, and of how many."""
    measure = indicator.measure
    if not isinstance(measure, Share):
        return _("%(count)s in all.") % {"count": number(here)}
    whole = reader.count(measure.of)
    if not reader.parts(here, whole):
        return _("The share is hidden: too few are in it.")
    return _("%(part)s of %(whole)s, %(share)s.") % {
        "part": number(here),
        "whole": number(whole),
        "share": percent(here, whole),
    }


# ---- time -------------------------------------------------------------------------------------------------------


def days_said(days: int | None) -> str:
    """A number of days as people say it: in days up to three months, then in months."""
    if days is None:
        return _("not reached yet")
    if days < 92:
        return formats.duration_days(days)
    months = round(days / 30.44)
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": number_format(months)}


def _tick(whole: int, day: int) -> str:
    return number_format(day) if whole < 183 else number_format(round(day / 30.44))


def waiting(reader: Reader, indicator: Indicator, *, half: bool = True) -> Block:
    """How long people wait, drawn as a curve with its interval, and who is still followed."""
    measure = indicator.measure
    assert isinstance(measure, Waiting)  # noqa: S101 - the caller chose it by its measure
    title = str(indicator.name)
    curve = kaplan_meier(reader.waits(measure))
    if curve.is_empty:
        return nothing(indicator.id, title, half=half)
    if not reader.is_open(measure.rows, curve.people):
        return too_few(indicator.id, title, reader, half=half)
    half_of = quantile(curve, 0.5)
    said = _quantiles(curve)
    curve = _followed(reader, curve)
    if not reader.exact and len(curve.points) < LEAST_CORNERS:
        return too_few(indicator.id, title, reader, half=half)
    whole = max(point.day for point in curve.points)
    whole = max(whole, 7)
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
        tick=lambda day: _tick(whole, day),
        followed=lambda day: number(at_risk_on(curve, day)) if at_risk_on(curve, day) >= _least(reader) else "",
        below=_("still followed"),
        mark=mark,
        rtl=formats.is_rtl(),
    )
    return Block(
        indicator.id,
        title,
        remark=_("%(unit)s. %(count)s people, of whom it happened for %(events)s. Shaded: 95 %% interval.")
        % {"unit": unit, "count": number(curve.people), "events": number(curve.events)}
        if reader.parts(curve.events, curve.people)
        else _("%(unit)s. %(count)s people. Shaded: 95 %% interval.") % {"unit": unit, "count": number(curve.people)},
        drawings=(drawn,),
        first=_("It had happened for"),
        heads=(Head(_("after")), Head(_("95 % interval"))),
        lines=said,
        bars=False,
        folded=True,
        notes=definition(indicator),
        links=links(reader, indicator.id, reader.rows_url(indicator)),
        half=half,
    )


def _least(reader: Reader) -> int:
    return 1 if reader.exact else reader.reach.least


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


def outcomes(reader: Reader, indicator: Indicator, *, half: bool = False) -> Block:
    """What became of how many, by the days since the report."""
    measure = indicator.measure
    assert isinstance(measure, Outcomes)  # noqa: S101 - the caller chose it by its measure
    tally = counting.outcome_waits(
        measure.rows, measure.start, measure.stop, measure.result, reader.chosen, reader.reach
    )
    title = str(indicator.name)
    if not tally:
        return nothing(indicator.id, title, half=half)
    counts = [sum(n for _d, what, n in tally if what == cause) for cause in ("", *RESULT_ORDER)]
    if not reader.is_open(measure.rows, sum(counts)):
        return too_few(indicator.id, title, reader, half=half)
    hidden = reader.hidden(counts)
    found = aalen_johansen(tally, RESULT_ORDER)
    shown = [at for at in range(len(RESULT_ORDER)) if at + 1 not in hidden]
    whole = max(7, max(day for day, _what, _n in tally))
    inputs = [
        CurveInput(
            str(RESULT_LABELS[RESULT_ORDER[at]]),
            tuple(CurvePoint(day, shares[at]) for day, shares in _thin(_coarse(reader, found))),
        )
        for at in shown
    ]
    # A share that grows is drawn from below: the curve's picture runs from 1 at the top.
    drawn = curve_drawing(
        inputs,
        title,
        until=whole,
        tick=lambda day: _tick(whole, day),
        rtl=formats.is_rtl(),
    )
    last = found.last()
    lines = [
        BarLine(
            str(RESULT_LABELS[cause]),
            (
                (few(), Cell(), Cell())
                if at + 1 in hidden
                else (
                    counted(counts[at + 1], reader.rows_url(indicator, code=cause.value)),
                    Cell(percent(counts[at + 1], sum(counts))),
                    Cell(percent(round(1000 * last[cause]), 1000)),
                )
            ),
        )
        for at, cause in enumerate(RESULT_ORDER)
    ]
    still = (
        (few(), Cell(), Cell())
        if 0 in hidden
        else (
            counted(counts[0], reader.rows_url(indicator, code=Result.OPEN.value)),
            Cell(percent(counts[0], sum(counts))),
            Cell(),
        )
    )
    lines.append(BarLine(str(RESULT_LABELS[Result.OPEN]), still))
    return Block(
        indicator.id,
        title,
        remark=_("%(unit)s since the report. Of %(count)s suspects.")
        % {"unit": _("Days") if whole < 183 else _("Months"), "count": number(sum(counts))},
        drawings=(drawn,) if inputs else (),
        first=_("Outcome"),
        heads=(Head(_("People")), Head(_("of all")), Head(_("estimated, at the end"))),
        lines=tuple(lines),
        bars=False,
        notes=(*definition(indicator), *_why_hidden(reader, bool(hidden))),
        links=links(reader, indicator.id, reader.rows_url(indicator)),
        half=half,
    )


def _coarse(reader: Reader, found: Competing) -> Sequence[tuple[int, tuple[float, ...]]]:
    """Steps that are each about enough people, for who sees figures alone."""
    if reader.exact:
        return found.steps
    kept = [found.steps[0]]
    for step in found.steps[1:]:
        if (sum(step[1]) - sum(kept[-1][1])) * found.people >= reader.reach.least:
            kept.append(step)
    return kept


def _thin(steps: Sequence[tuple[int, tuple[float, ...]]]) -> Sequence[tuple[int, tuple[float, ...]]]:
    if len(steps) <= MOST_CORNERS:
        return steps
    step = len(steps) / MOST_CORNERS
    return [*(steps[int(at * step)] for at in range(MOST_CORNERS)), steps[-1]]


# ---- months and places ------------------------------------------------------------------------------------------


def months(reader: Reader, selection: Selection, id_: str, title: str, rows: str = "") -> Block:
    """A calendar of counts: a row for each year, a column for each month. Cost: one query by an index."""
    found: dict[tuple[int, int], int] = {}
    for (day,), people in reader.tally(selection, selection.day).items():
        on = date.fromordinal(int(str(day)))
        found[on.year, on.month] = found.get((on.year, on.month), 0) + people
    if not found:
        return replace(nothing(id_, title), said=_("None in this period."))
    if not reader.is_open(selection):
        return too_few(id_, title, reader)
    first, last = min(found), max(found)
    keys = [(y, m) for y in range(first[0], last[0] + 1) for m in range(1, 13) if first <= (y, m) <= last]
    hidden = {keys[at] for at in reader.hidden([found.get(key, 0) for key in keys])}
    most = max((count for key, count in found.items() if key not in hidden), default=0)
    speech = formats.speech(reader.reach.today)
    rows_of = [
        GridRow(
            str(year),
            tuple(_month_cell(reader, found, hidden, (year, month), set(keys), most) for month in range(1, 13)),
        )
        for year in range(first[0], last[0] + 1)
    ]
    grid = Grid(title, tuple(speech.month(date(2024, month, 1)) for month in range(1, 13)), tuple(rows_of))
    return Block(
        id_,
        title,
        remark=_("%(count)s in all.") % {"count": number(sum(found.values()))},
        drawings=(grid,),
        first=_("Month"),
        heads=(Head(_("Number")),),
        lines=tuple(
            BarLine(f"{y}-{m:02d}", (few() if (y, m) in hidden else counted(found.get((y, m), 0)),)) for y, m in keys
        ),
        bars=False,
        folded=True,
        notes=_why_hidden(reader, bool(hidden)),
        links=links(reader, id_, rows),
    )


def _month_cell(
    reader: Reader,
    found: Mapping[tuple[int, int], int],
    hidden: set[tuple[int, int]],
    key: tuple[int, int],
    inside: set[tuple[int, int]],
    most: int,
) -> GridCell | None:
    if key not in inside:
        return None
    if key in hidden:
        return GridCell("", "", 0, few=True)
    count = found.get(key, 0)
    return GridCell(number(count), formats.month_and_year(date(*key, 1)), level(count, most))


def districts(reader: Reader, indicator: Indicator) -> Block:
    """An indicator's rows by the district of the office, as tiles and as a table."""
    measure = indicator.measure
    assert isinstance(measure, Counted | Share)  # noqa: S101 - the caller chose it by its measure
    offices = {str(one.id): one.district for one in access.offices()}
    found = dict.fromkeys(sorted(set(offices.values())), 0)
    selection = measure.of if isinstance(measure, Share) else measure.rows
    for (office,), people in reader.tally(selection, "office_id").items():
        place = offices.get(str(office))
        if place is not None:
            found[place] += people
    if reader.reach.offices is not None:
        own = {offices.get(str(office), "") for office in reader.reach.offices}
        found = {place: count for place, count in found.items() if place in own}
    title = _("By district")
    if not sum(found.values()):
        return replace(nothing("districts", title), said=_("None in this period."))
    if not reader.is_open(selection):
        return too_few("districts", title, reader)
    places = list(found)
    hidden = reader.hidden([found[place] for place in places])
    most = max((found[place] for at, place in enumerate(places) if at not in hidden), default=0)
    cells = [
        GridCell("", "", 0, few=True)
        if at in hidden
        else GridCell(
            number(found[place]),
            place,
            level(found[place], most),
            url=reader.rows_url(indicator, part="of", district=place),
        )
        for at, place in enumerate(places)
    ]
    tiles = Tiles(title, tuple(Tile(place, cell) for place, cell in zip(places, cells, strict=True)))
    return Block(
        "districts",
        title,
        remark=_("Suspects reported, by the district of the office."),
        drawings=(tiles,),
        first=_("District"),
        heads=(Head(_("People")),),
        lines=tuple(
            BarLine(place, (few() if at in hidden else counted(found[place]),)) for at, place in enumerate(places)
        ),
        bars=False,
        folded=True,
        notes=_why_hidden(reader, bool(hidden)),
        links=links(reader, "districts"),
    )
