"""What became of those reported, of which only one thing can."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from amparo.insight.queries import counting, guarding
from amparo.insight.queries.blocks import BarLine, Block, Cell, Head, counted, number, percent
from amparo.insight.queries.parts import saying
from amparo.insight.queries.parts.curves import MOST_CORNERS, tick
from amparo.insight.queries.parts.endings import CONVICTED, shown_endings
from amparo.insight.queries.parts.funnel import hidden_steps
from amparo.insight.queries.reader import Reader
from amparo.insight.rules.survival import Competing, aalen_johansen
from amparo.insight.words import ENDING_LABELS, RESULT_LABELS, Ending, Result, Step
from amparo.insight.words.registry import (
    RESULT_ORDER,
    Indicator,
    Outcomes,
)
from amparo.web import formats
from amparo.web.drawing import (
    CurveInput,
    CurvePoint,
    curve_drawing,
)

# The cells of the reasons that the outcomes would tell of.
TOLD = frozenset({*(list(ENDING_LABELS).index(code) for code in (Ending.WAITING, Ending.ACQUITTED)), CONVICTED})


def outcomes(reader: Reader, indicator: Indicator, *, half: bool = False) -> Block:
    """What became of how many, by the days since the report."""
    measure = indicator.measure
    assert isinstance(measure, Outcomes)  # noqa: S101 - the caller chose it by its measure
    tally = counting.outcome_waits(
        measure.rows, measure.start, measure.stop, measure.result, reader.chosen, reader.reach
    )
    title = str(indicator.name)
    if not guarding.is_whole(reader):
        return saying.not_with_filter(indicator.id, title, half=half)
    if not tally:
        return saying.nothing(indicator.id, title, reader, half=half)
    counts = [sum(n for _d, what, n in tally if what == cause) for cause in ("", *RESULT_ORDER)]
    if not _may_show(reader, counts):
        return saying.too_few(indicator.id, title, reader, half=half)
    found = aalen_johansen(tally, RESULT_ORDER)
    whole = max(7, max(day for day, _what, _n in tally))
    inputs = [
        CurveInput(
            str(RESULT_LABELS[RESULT_ORDER[at]]),
            tuple(CurvePoint(day, shares[at]) for day, shares in _thin(_coarse(reader, found))),
        )
        for at in range(len(RESULT_ORDER))
    ]
    # A share that grows is drawn from below: the curve's picture runs from 1 at the top.
    drawn = curve_drawing(
        inputs,
        title,
        until=whole,
        tick=lambda day: tick(whole, day),
        rtl=formats.is_rtl(),
    )
    last = found.last()
    lines = [
        BarLine(
            str(RESULT_LABELS[cause]),
            (
                counted(counts[at + 1], reader.rows_url(indicator, code=cause.value)),
                Cell(percent(counts[at + 1], sum(counts))),
                Cell(percent(round(1000 * last[cause]), 1000)),
            ),
        )
        for at, cause in enumerate(RESULT_ORDER)
    ]
    still = (
        counted(counts[0], reader.rows_url(indicator, code=Result.OPEN.value)),
        Cell(percent(counts[0], sum(counts))),
        Cell(),
    )
    lines.append(BarLine(str(RESULT_LABELS[Result.OPEN]), still))
    return Block(
        indicator.id,
        title,
        remark=_("%(unit)s since the report. Of %(count)s suspects.")
        % {"unit": _("Days") if whole < 183 else _("Months"), "count": number(sum(counts))},
        drawings=(drawn,),
        first=_("Outcome"),
        heads=(Head(_("People")), Head(_("of all")), Head(_("estimated, at the end"))),
        lines=tuple(lines),
        bars=False,
        notes=saying.definition(indicator),
        links=saying.links(reader, indicator.id, reader.rows_url(indicator)),
        half=half,
    )


def _may_show(reader: Reader, counts: Sequence[int]) -> bool:
    """Whole or not at all: the same people stand in the funnel and among the reasons, and what is hidden there would
    be told here."""
    if reader.exact:
        return True
    reasons = shown_endings(reader)
    if not reasons.is_open or Step.CONVICTED in hidden_steps(reader):
        return False
    return min(counts) >= reader.reach.least and not reasons.hidden & TOLD


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
