"""The rows of an indicator by a code list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from amparo.insight.queries import guarding
from amparo.insight.queries.blocks import BarLine, Block, Head, counted, few, number, percent, widths
from amparo.insight.queries.parts import saying
from amparo.insight.queries.reader import Reader, labels_of
from amparo.insight.rules.crossing import Shown
from amparo.insight.words.registry import (
    Counted,
    Indicator,
    Share,
)


def groups(
    reader: Reader, indicator: Indicator, *, column: str = "", title: str = "", name: str = "", half: bool = True
) -> Block:
    """The rows of an indicator by a code list, largest first."""
    measure = indicator.measure
    assert isinstance(measure, Counted | Share)  # noqa: S101 - other measures have drawings of their own
    column = column or indicator.split
    labels = labels_of(replace(indicator, id=name) if name else indicator)
    found = {str(key): people for (key,), people in reader.tally(measure.rows, column).items()}
    codes = [*labels, *sorted(code for code in found if code not in labels)]
    counts = [found.get(code, 0) for code in codes]
    id_, said = name or indicator.id, title or str(indicator.name)
    if isinstance(measure, Share) and (why := saying.cases_alone(reader, indicator)):
        return Block(id_, said, said=why, half=half)
    shown = _shown(reader, measure, column, list(labels))
    if not shown.is_open:
        return saying.too_few(id_, said, reader, half=half)
    if not sum(counts):
        return Block(id_, said, said=_("None in this period."), half=half)
    exact = guarding.is_exact(reader, measure.rows)
    hidden = _hidden(shown, len(labels), len(codes), exact=exact)
    order = sorted(range(len(codes)), key=lambda at: (at in hidden, -counts[at]))
    order = [at for at in order if counts[at] or not exact]
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
        remark=" ".join(filter(None, (_total(reader, indicator, sum(counts)), saying.cases_alone(reader, indicator)))),
        heads=(Head(_("Number")),),
        first=_("Group"),
        lines=saying.gathered(lines),
        notes=(*saying.definition(indicator), *saying.why_hidden(reader, bool(hidden))),
        links=saying.links(reader, id_, reader.rows_url(indicator)),
        half=half,
    )


def _shown(reader: Reader, measure: Counted | Share, column: str, codes: Sequence[str]) -> Shown:
    """What of the groups may be shown: those in a share only where their number may be."""
    if isinstance(measure, Share):
        return guarding.part_of(reader, measure.rows, measure.of, column, codes)
    return guarding.list_of(reader, measure.rows, column, codes)


def _hidden(shown: Shown, known: int, every: int, *, exact: bool) -> frozenset[int]:
    """Which of the groups are hidden. Codes that an organisation added were looked at together: several are."""
    others = range(known, every)
    is_hidden = known in shown.hidden or (not exact and len(others) > 1)
    return frozenset(at for at in shown.hidden if at < known) | (frozenset(others) if is_hidden else frozenset())


def _param(column: str) -> str:
    return "party" if column == "party" else "code"


def _total(reader: Reader, indicator: Indicator, here: int) -> str:
    """How many there are, and of how many."""
    measure = indicator.measure
    if not isinstance(measure, Share):
        return _("%(count)s in all.") % {"count": number(here)}
    whole = reader.count(measure.of)
    if not guarding.pair_of(reader, measure.rows, measure.of).tells([0]):
        return _("The share is hidden: too few are in it.")
    return _("%(part)s of %(whole)s, %(share)s.") % {
        "part": number(here),
        "whole": number(whole),
        "share": percent(here, whole),
    }
