"""What the justice system does, as far as we see it: kits, people trained, what units do, the scorecard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.insight.queries import parts
from amparo.insight.queries.blocks import BarLine, Block, Cell, Head, counted, number, percent
from amparo.insight.queries.reader import Reader
from amparo.insight.words.registry import INDICATORS, Share
from amparo.partners import queries as partners
from amparo.strengthening import queries as strengthening
from amparo.strengthening.queries import Quarter, Score, ScorecardRow
from amparo.strengthening.words import MEASURE_LABELS
from amparo.web import formats
from amparo.web.drawing import Mean, group_gains

# Units whose work is drawn on one page, those of whom most is known first.
MOST_UNITS = 12
# Two years: a longer row of quarters has no room for its labels.
MOST_QUARTERS = 8
Tally = Mapping[tuple[UUID, int, str], int]


def blocks(reader: Reader) -> tuple[Block, ...]:
    """The blocks of the page."""
    return (
        parts.groups(reader, INDICATORS["kits"], title=_("Kits, by how far they came")),
        parts.groups(reader, INDICATORS["trained"], title=_("People trained")),
        *units(reader),
        *scorecard(reader),
    )


# ---- what units do ----------------------------------------------------------------------------------------------


def units(reader: Reader) -> list[Block]:
    """What each unit does over time: the share of steps that it took, quarter by quarter. Cost: three queries."""
    found = _tally(reader)
    title = _("What each unit does")
    if not found:
        return [Block("units", title, said=_("No file was looked at in this period."))]
    sums: dict[UUID, int] = {}
    for (unit, _day, _answer), steps in found.items():
        sums[unit] = sums.get(unit, 0) + steps
    order = sorted(sums, key=lambda unit: (-sums[unit], str(unit)))
    names = partners.names_of(order)
    return [_unit(reader, unit, names.get(unit, ""), found) for unit in order[:MOST_UNITS]]


def _tally(reader: Reader) -> Tally:
    measure = INDICATORS["practice"].measure
    assert isinstance(measure, Share)  # noqa: S101 - as the registry says
    rows = reader.tally(measure.of, "unit_id", "day", "code")
    return {(unit, int(str(day)), str(answer)): count for (unit, day, answer), count in rows.items() if unit}  # type: ignore[misc]


def _unit(reader: Reader, unit: UUID, name: str, found: Tally) -> Block:
    """One unit: its score in each quarter with its interval, and both numbers of it with their rows."""
    own = {(day, answer): steps for (who, day, answer), steps in found.items() if who == unit}
    quarters = strengthening.quarters(date.fromordinal(day) for day, _answer in own)
    scores = [_score(own, quarter) for quarter in quarters]
    whole = Score(sum(one.yes for one in scores), sum(one.applicable for one in scores))
    here = replace(reader, chosen=replace(reader.chosen, unit=unit), _known={})
    return Block(
        f"unit-{unit}",
        name,
        remark=ngettext(
            "%(count)s step applied in the files that we looked at, %(share)s of them were taken.",
            "%(count)s steps applied in the files that we looked at, %(share)s of them were taken.",
            whole.applicable,
        )
        % {"count": number(whole.applicable), "share": percent(whole.yes, whole.applicable)},
        drawings=(
            group_gains(
                _ticks(quarters[-MOST_QUARTERS:]),
                [],
                [_mean(one) for one in scores][-MOST_QUARTERS:],
                _("%(unit)s: share of steps that were taken, by quarter, with 95 %% interval") % {"unit": name},
                lambda value: _("%(number)s %%") % {"number": number(round(value))},
                rtl=formats.is_rtl(),
            ),
        ),
        first=_("Quarter"),
        heads=(Head(_("Steps taken")), Head(_("that applied")), Head(_("Share")), Head(_("Interval (95 %)"))),
        lines=tuple(_line(here, quarter, one) for quarter, one in zip(quarters, scores, strict=True)),
        bars=False,
        folded=True,
        notes=parts.definition(INDICATORS["practice"]),
        links=parts.links(reader, f"unit-{unit}", here.indicator_url(INDICATORS["practice"]), _("By step")),
        half=True,
    )


def _ticks(quarters: Sequence[Quarter]) -> list[str]:
    """What stands below each quarter: the year beside the first one, and where it changes."""
    return [
        strengthening.quarter_said(one) if at == 0 or one.number == 1 else _("Q%(number)d") % {"number": one.number}
        for at, one in enumerate(quarters)
    ]


def by_step(reader: Reader) -> Block:
    """Each step of the checklist: how often it was taken, of how often it applied, the least taken first."""
    indicator = INDICATORS["practice"]
    measure = indicator.measure
    assert isinstance(measure, Share)  # noqa: S101 - as the registry says
    labels = strengthening.item_labels()
    found: dict[str, dict[str, int]] = {}
    for (item, answer), steps in reader.tally(measure.of, "reason", "code").items():
        found.setdefault(str(item), {})[str(answer)] = steps
    scores = {item: Score(one.get("yes", 0), sum(one.values())) for item, one in found.items()}
    return Block(
        "practice",
        _("By step"),
        said="" if scores else _("No file was looked at in this period."),
        first=_("Step"),
        heads=(Head(_("Taken")), Head(_("that applied")), Head(_("Share")), Head(_("Interval (95 %)"))),
        lines=tuple(
            BarLine(
                labels.get(item, item),
                (
                    counted(score.yes, reader.rows_url(indicator, code=item)),
                    counted(score.applicable, reader.rows_url(indicator, part="of", code=item)),
                    Cell(percent(score.yes, score.applicable), strong=True),
                    Cell(strengthening.interval_said(score)),
                ),
                data=100 * (score.share or 0.0),
                span=100.0,
            )
            for item, score in sorted(scores.items(), key=lambda one: (one[1].share or 0.0, one[0]))
        ),
        notes=parts.definition(indicator),
        links=parts.links(reader, "practice", reader.rows_url(indicator)),
    )


def _score(own: Mapping[tuple[int, str], int], quarter: Quarter) -> Score:
    days = {key: steps for key, steps in own.items() if Quarter.of(date.fromordinal(key[0])) == quarter}
    return Score(sum(n for (_day, answer), n in days.items() if answer == "yes"), sum(days.values()))


def _mean(score: Score) -> Mean | None:
    if score.share is None:
        return None
    low, high = strengthening.interval(score.yes, score.applicable) or (0.0, 1.0)
    return Mean(100 * score.share, 100 * low, 100 * high, score.applicable)


def _line(reader: Reader, quarter: Quarter, score: Score) -> BarLine:
    practice = INDICATORS["practice"]
    here = reader.between(quarter.first_day, quarter.last_day)
    return BarLine(
        strengthening.quarter_said(quarter),
        (
            counted(score.yes, here.rows_url(practice)),
            counted(score.applicable, here.rows_url(practice, part="of")),
            Cell(percent(score.yes, score.applicable) if score.applicable else "–", strong=True),
            Cell(strengthening.interval_said(score)),
        ),
    )


# ---- the scorecard ----------------------------------------------------------------------------------------------


def scorecard(reader: Reader) -> list[Block]:
    """The programme's scorecard: what was measured, by whom and how; nothing of it is worked out here.

    Each line is one observation, and leads to it.
    """
    title = _("Scorecard")
    if not strengthening.may_see_scores(reader.actor):
        return [Block("scorecard", title, said=_("The scorecard is for those who look after the programme."))]
    rows = strengthening.scorecard_rows(reader.actor)
    found = [(measure, [row for row in rows if row.measure is measure]) for measure in MEASURE_LABELS]
    made = [_measure(reader, str(measure), str(MEASURE_LABELS[measure]), part) for measure, part in found if part]
    return made or [Block("scorecard", title, said=_("Nothing was measured yet."))]


def _measure(reader: Reader, code: str, label: str, rows: Sequence[ScorecardRow]) -> Block:
    """One of the four measures: its series with their intervals, and every value with its origin."""
    name = f"scorecard-{code}"
    return Block(
        name,
        _("Scorecard: %(measure)s") % {"measure": label},
        drawings=(strengthening.scorecard_drawing(rows),),
        first=_("Measure"),
        heads=(Head(_("Value and interval")), Head(_("asked")), Head(_("Period"), False), Head(_("Source"), False)),
        lines=tuple(_measured(row) for row in rows),
        bars=False,
        folded=True,
        links=parts.links(reader, name, reverse("strengthening:scores"), _("All values")),
        notes=(_("Measured by surveys and studies, with their own method: no figure of Amparo is in it."),),
    )


def _measured(row: ScorecardRow) -> BarLine:
    return BarLine(
        f"{row.indicator}, {row.place}" if row.place else row.indicator,
        (
            Cell(strengthening.value_said(row)),
            Cell(number(row.n)),
            Cell(f"{formats.month_and_year(row.from_on)} – {formats.month_and_year(row.until_on)}", quiet=True),
            Cell(row.source, quiet=True),
        ),
        url=reverse("strengthening:score", args=[row.id]),
    )
