"""One indicator on a page of its own, and any block by its name."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from amparo.insight.errors import NoSuchIndicator
from amparo.insight.queries import parts
from amparo.insight.queries.blocks import (
    Block,
    FigurePage,
    Head,
)
from amparo.insight.queries.justice import by_step, units
from amparo.insight.queries.pages.shares import pending_ages, share_line
from amparo.insight.queries.pages.whole import PAGES
from amparo.insight.queries.reader import Reader
from amparo.insight.words.registry import (
    INDICATORS,
    Counted,
    Disposition,
    Indicator,
    Outcomes,
    Pending,
    Share,
    Waiting,
)


def indicator_of(id_: str) -> Indicator:
    found = INDICATORS.get(id_)
    if found is None:
        raise NoSuchIndicator
    return found


def indicator_page(reader: Reader, id_: str) -> FigurePage:
    """One figure: its number, its drawing, its groups, and everything that says how it is counted."""
    indicator = indicator_of(id_)
    return FigurePage(
        title=str(indicator.name),
        overline=reader.overline(),
        blocks=tuple(_blocks_of(reader, indicator)),
        definition=(
            (_("What is counted"), str(indicator.numerator)),
            (_("Of what"), str(indicator.denominator)),
            (_("In plain words"), str(indicator.definition)),
            (_("From which records"), str(indicator.source)),
            (_("How nobody counts twice"), str(indicator.once)),
            (_("What it does not say"), str(indicator.silent)),
        ),
        behind=reader.reach.behind,
    )


def _blocks_of(reader: Reader, indicator: Indicator) -> list[Block]:
    measure = indicator.measure
    if indicator.id == "practice":
        return [
            _alone(reader, indicator),
            by_step(reader),
            *units(reader),
        ]
    match measure:
        case Waiting():
            return [parts.waiting(reader, indicator, half=False)]
        case Outcomes():
            return [parts.outcomes(reader, indicator)]
        case Pending():
            return [replace(pending_ages(reader, indicator), half=False)]
        case Disposition():
            return [_alone(reader, indicator)]
        case Share(among=among) if among:
            return [_alone(reader, indicator), parts.groups(reader, INDICATORS[among], title=_("By group"), half=False)]
        case Share():
            return [_alone(reader, indicator), parts.groups(reader, indicator, title=_("By group"), half=False)]
        case Counted():
            return [
                parts.groups(reader, indicator, title=_("By group"), half=False),
                parts.months(reader, indicator, f"{indicator.id}-months", _("By month")),
            ]


def _alone(reader: Reader, indicator: Indicator) -> Block:
    line = share_line(reader, indicator)
    return Block(
        f"{indicator.id}-figure",
        _("The figure"),
        first=_("Figure"),
        heads=(Head(_("Number")), Head(_("of")), Head(_("Figure"))),
        lines=() if line is None else (replace(line, url=""),),
        said=parts.cases_alone(reader, indicator),
        bars=False,
        links=parts.links(reader, f"{indicator.id}-figure"),
    )


def block_of(reader: Reader, name: str) -> Block:
    """A block by its name, wherever it stands: what a download is made of. Raises NoSuchIndicator."""
    for _label, page in PAGES.values():
        for block in page(reader).blocks:
            if block.id == name:
                return block
    for indicator in INDICATORS.values():
        if name == indicator.id or name.startswith(f"{indicator.id}-"):
            for block in _blocks_of(reader, indicator):
                if block.id == name:
                    return block
    raise NoSuchIndicator
