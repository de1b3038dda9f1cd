"""How far suspects came, by step and by year, and why they go no further."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.insight.queries import guarding
from amparo.insight.queries.blocks import BarLine, Block, Cell, Head, counted, few, number, percent
from amparo.insight.queries.guarding import EVERY_SUSPECT
from amparo.insight.queries.parts import saying
from amparo.insight.queries.reader import Reader
from amparo.insight.words import ENDING_LABELS, STEP_LABELS, Step
from amparo.insight.words.registry import (
    INDICATORS,
)

STEP_INDICATORS: Mapping[Step, str] = {
    Step.IDENTIFIED: "identified-of-reported",
    Step.RESTRAINED: "restrained-of-reported",
    Step.CHARGED: "charged-of-reported",
    Step.ENROLLED: "enrolled-of-reported",
    Step.TRIAL: "tried-of-reported",
    Step.VERDICT: "verdict-of-reported",
    Step.CONVICTED: "convicted-of-reported",
}


def hidden_steps(reader: Reader) -> frozenset[int]:
    """Which steps of the funnel are hidden from this reader, wherever they stand."""
    hidden = guarding.steps_hidden(reader, EVERY_SUSPECT)
    return frozenset(int(step) for step in Step) if hidden is None else hidden


def stopped_at(found: Mapping[tuple[int, str], int]) -> list[int]:
    """How many went so far and no further, by step."""
    return [sum(people for (step, _ending), people in found.items() if step == at) for at in Step]


def steps(reader: Reader) -> dict[tuple[int, str], int]:
    """How many suspects went so far and no further, and why. Cost: one query by an index."""
    found = reader.tally(EVERY_SUSPECT, "step", "ending")
    return {(int(str(step)), str(ending)): people for (step, ending), people in found.items()}


def funnel(reader: Reader, found: Mapping[tuple[int, str], int]) -> Block:
    """Where cases stop: how many suspects reached each step, with both denominators."""
    stopped = stopped_at(found)
    reached = [sum(stopped[at:]) for at in range(len(stopped))]
    title = _("Where cases stop")
    if reached[0] == 0:
        return saying.nothing("funnel", title, reader)
    hidden = hidden_steps(reader)
    if len(hidden) == len(Step):
        return saying.too_few("funnel", title, reader)
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
        notes=(*saying.definition(INDICATORS["convicted-of-reported"]), *saying.why_hidden(reader, bool(hidden))),
        links=saying.links(reader, "funnel", reader.rows_url(INDICATORS["stopped"], part="of")),
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
    url = reader.rows_url(rows, **({} if step in STEP_INDICATORS else {"part": "of"}))
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


def years(reader: Reader) -> Block:
    """Suspects by the year of the report, and how many of them were convicted. Cost: one query by an index."""
    title = _("By the year of the report")
    if not guarding.is_whole(reader):
        return saying.not_with_filter("years", title)
    found = guarding.by_year(reader)
    if not found:
        return saying.nothing("years", title, reader)
    shown = sorted({year for year, _step in found})
    # What stands here is what each year would show if it was chosen.
    chains = {} if reader.exact else guarding.chains_by(reader, EVERY_SUSPECT, "period")
    wholes = {year: sum(n for (y, _s), n in found.items() if y == year) for year in shown}
    hidden = {year: chains.get(str(year), frozenset()) for year in shown}
    if all(one is None for one in hidden.values()):
        return saying.too_few("years", title, reader)
    most = max(wholes[year] for year, one in hidden.items() if one is not None)
    lines = [
        _year_line(reader, year, wholes[year], found.get((year, int(Step.CONVICTED)), 0), hidden[year], most)
        for year in shown
    ]
    return Block(
        "years",
        title,
        first=_("Year"),
        heads=(Head(_("Suspects reported")), Head(_("Convicted until today")), Head(_("Share"))),
        lines=tuple(lines),
        notes=(
            str(INDICATORS["convicted-of-reported"].definition),
            str(_YET_OPEN),
            *saying.why_hidden(reader, any(one is None or one for one in hidden.values())),
        ),
        links=saying.links(reader, "years", reader.rows_url(INDICATORS["stopped"], part="of")),
    )


def _year_line(
    reader: Reader, year: int, whole: int, convicted: int, hidden: frozenset[int] | None, most: int
) -> BarLine:
    """One year: each of its numbers leads to its rows."""
    if hidden is None:
        return BarLine(str(year), (few(), few(), Cell()))
    in_year = reader.in_year(year)
    reported = counted(whole, in_year.rows_url(INDICATORS["stopped"], part="of"))
    if Step.CONVICTED in hidden:
        return BarLine(str(year), (reported, few(), Cell()), span=100 * whole / most)
    return BarLine(
        str(year),
        (
            reported,
            counted(convicted, in_year.rows_url(INDICATORS["convicted-of-reported"])),
            Cell(percent(convicted, whole)),
        ),
        data=100 * convicted / most,
        span=100 * whole / most,
    )


_YET_OPEN = gettext_lazy("Younger years have had less time: they are no worse for it.")
