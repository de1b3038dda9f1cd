"""Figures with their numerator and denominator, as lines of a table."""

from __future__ import annotations

from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from amparo.insight.queries import counting, guarding, parts
from amparo.insight.queries.blocks import (
    BarLine,
    Block,
    Cell,
    Head,
    counted,
    few,
    number,
    percent,
    widths,
)
from amparo.insight.queries.reader import Reader, labels_of
from amparo.insight.rules.crossing import Shown, alone
from amparo.insight.words import ENDING_LABELS, Ending, Result, Step
from amparo.insight.words.registry import (
    INDICATORS,
    Disposition,
    Indicator,
    Page,
    Pending,
    Selection,
    Share,
)
from amparo.web import formats

# Years in which pending cases are gathered: up to one, two, three, and more.
_AGES = (183, 365, 730, 1095)
AGES = len(_AGES) + 1
_CONVICTED = Selection("suspect", "reported", (("step__gte", int(Step.CONVICTED)),))
_STOPPED = (("ending__gt", Ending.WAITING.value),)


def shares(reader: Reader, page: Page) -> Block:
    """Every share of a page, each with both of its numbers."""
    listed = [one for one in INDICATORS.values() if one.page is page]
    lines = [share_line(reader, one) for one in listed]
    left_out = {parts.cases_alone(reader, one) for one in listed if isinstance(one.measure, Share)}
    return Block(
        f"shares-{page}",
        _("In numbers"),
        remark=" ".join(left_out).strip(),
        first=_("Figure"),
        heads=(Head(_("Number")), Head(_("of")), Head(_("Figure"))),
        lines=tuple(line for line in lines if line is not None),
        bars=False,
        links=parts.links(reader, f"shares-{page}"),
        notes=(_("Each figure has a page of its own, which says how it is counted."),),
    )


def share_line(reader: Reader, indicator: Indicator) -> BarLine | None:
    """A share with both of its numbers, or that they are hidden; None where there is none to tell."""
    measure, url = indicator.measure, reader.indicator_url(indicator)
    if isinstance(measure, Disposition):
        return _disposition(reader, indicator, measure)
    if not isinstance(measure, Share) or parts.cases_alone(reader, indicator):
        return None
    label = str(indicator.name)
    if not tells(reader, measure):
        return BarLine(label, (few(), few(), Cell()), url=url)
    part, whole = reader.count(measure.rows), reader.count(measure.of)
    said = percent(part, whole) if measure.percent else _each(part, whole)
    return BarLine(
        label,
        (
            counted(part, reader.rows_url(indicator)),
            counted(whole, reader.rows_url(indicator, part="of")),
            Cell(said, strong=True, value=round(part / whole, 4) if whole else None),
        ),
        url=url,
    )


def tells(reader: Reader, measure: Share) -> bool:
    """Whether both numbers of a share may be shown, beside everything else that stands on the pages.

    What is counted of suspects stands in the funnel or among the reasons too, and what is one group of a list in that
    list: what is hidden there is hidden here. Other parts of suspects are shown without a filter alone.
    """
    if reader.exact:
        return True
    if measure.rows.day != measure.of.day:
        return guarding.is_whole(reader) and _resolved_told(reader, measure)
    if measure.among:
        return _among(reader, measure)
    if measure.of.table != "suspect":
        return guarding.pair_of(reader, *_smaller_first(reader, measure)).tells([0])
    if steps_in(measure) & parts.hidden_steps(reader):
        return False
    if _is_of_steps(measure.rows):
        return guarding.is_open(reader, measure.of)
    if not guarding.is_whole(reader):
        return False
    if measure.rows.where == _STOPPED:
        shown = parts.shown_endings(reader)
        return shown.tells([at for at, code in enumerate(ENDING_LABELS) if code])
    around = _CONVICTED if measure.within_convicted else measure.of
    return guarding.pair_of(reader, measure.rows, around).tells([0])


def _is_of_steps(rows: Selection) -> bool:
    return all(column == "step__gte" for column, _value in rows.where)


def _among(reader: Reader, measure: Share) -> bool:
    """Whether a share may be told that is one group of a list."""
    whole = INDICATORS[measure.among]
    codes = list(labels_of(whole))
    rows = whole.measure.rows  # type: ignore[union-attr]
    shown = guarding.list_of(reader, rows, whole.split, codes)
    part = next(str(value) for column, value in measure.rows.where if column == whole.split)
    return shown.tells([codes.index(part)])


def _smaller_first(reader: Reader, measure: Share) -> tuple[Selection, Selection]:
    """What is a part of the other one: where something is counted for each one, the whole stands above."""
    return (measure.rows, measure.of) if measure.percent else (measure.of, measure.rows)


def steps_in(measure: Share) -> frozenset[int]:
    """The steps of the funnel that a share tells of."""
    conditions = (*measure.rows.where, *measure.of.where)
    return frozenset(int(str(value)) for column, value in conditions if column == "step__gte")


def _resolved_told(reader: Reader, measure: Share) -> bool:
    """Whether those resolved may be told: less the convicted, whom the funnel shows, they are a group too."""
    part, whole = reader.count(measure.rows), reader.count(measure.of)
    return min(part, whole) >= reader.reach.least and _says_enough(reader, measure.rows)


def _says_enough(reader: Reader, resolved: Selection) -> bool:
    if reader.exact:
        return True
    convicted = reader.count(counting.group(resolved, "result", Result.CONVICTED.value))
    return reader.parts(convicted, reader.count(resolved))


def _each(part: int, whole: int) -> str:
    if whole == 0:
        return _("nothing to divide by")
    return number_format(round(part / whole, 1), decimal_pos=1)


def _disposition(reader: Reader, indicator: Indicator, measure: Disposition) -> BarLine:
    open_ = counting.pending("charged", "ended", measure.came, reader.chosen, reader.reach).count()
    resolved = reader.count(measure.resolved)
    label, url = str(indicator.name), reader.indicator_url(indicator)
    enough = guarding.is_whole(reader) and min(open_, resolved) >= reader.reach.least
    if not reader.exact and not (enough and _says_enough(reader, measure.resolved)):
        return BarLine(label, (few(), few(), Cell()), url=url)
    span = reader.chosen.span
    days = _days_of(reader, span.first, span.last, measure)
    said = _("nothing to divide by")
    if resolved and days:
        said = formats.duration_days(round(open_ * days / resolved))
    pending, done = reader.rows_url(INDICATORS["pending-age"]), reader.rows_url(indicator)
    return BarLine(label, (counted(open_, pending), counted(resolved, done), Cell(said, strong=True)), url=url)


def _days_of(reader: Reader, first: date | None, last: date | None, measure: Disposition) -> int:
    """How long the period is; all time begins with the first that came."""
    end = min(last or reader.reach.today, reader.reach.today)
    if first is None:
        rows = counting.lines(measure.came, reader.chosen, reader.reach).order_by(measure.came.day)
        day = rows.values_list(measure.came.day, flat=True).first()
        if day is None:
            return 0
        first = date.fromordinal(int(str(day)))
    return max(0, (end - first).days + 1)


def age_of(days: int) -> int:
    """The group of ages in which so many days lie."""
    return sum(days > edge for edge in _AGES)


def days_of_age(group: int) -> tuple[int, int | None]:
    """The least and the most days of a group of ages; None where it is open."""
    edges = (-1, *_AGES)
    return edges[group] + 1, _AGES[group] if group < len(_AGES) else None


def pending_ages(reader: Reader, indicator: Indicator) -> Block:
    """How long those that are pending have been pending."""
    measure = indicator.measure
    assert isinstance(measure, Pending)  # noqa: S101 - as the registry says
    title = str(indicator.name)
    if not guarding.is_whole(reader):
        return parts.not_with_filter("pending-age", title, half=True)
    rows = counting.pending(measure.start, measure.stop, measure.rows, reader.chosen, reader.reach)
    end = min(reader.chosen.span.last or reader.reach.today, reader.reach.today).toordinal()
    groups = [0] * AGES
    for began in rows.values_list(measure.start, flat=True):
        groups[age_of(end - int(str(began)))] += 1
    if not sum(groups):
        return parts.nothing("pending-age", title, reader, half=True)
    shown = Shown(True) if reader.exact else alone(groups, reader.reach.least)
    if not shown.is_open:
        return parts.too_few("pending-age", title, reader, half=True)
    hidden = shown.hidden
    labels = [_("up to 6 months"), _("6 to 12 months"), _("1 to 2 years"), _("2 to 3 years"), _("over 3 years")]
    bars = widths([None if at in hidden else count for at, count in enumerate(groups)])
    lines = [
        BarLine(
            label,
            (few(), Cell())
            if at in hidden
            else (
                counted(groups[at], reader.rows_url(indicator, code=str(at))),
                Cell(percent(groups[at], sum(groups))),
            ),
            data=bars[at],
        )
        for at, label in enumerate(labels)
    ]
    return Block(
        "pending-age",
        title,
        remark=_("%(count)s pending.") % {"count": number(sum(groups))},
        first=_("Pending for"),
        heads=(Head(_("People")), Head(_("of all pending"))),
        lines=tuple(lines),
        notes=parts.definition(indicator),
        links=parts.links(reader, "pending-age", reader.rows_url(indicator)),
        half=True,
    )
