"""The rows behind a number."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.insight.queries import counting, guarding
from amparo.insight.queries.blocks import (
    number,
)
from amparo.insight.queries.pages.one import indicator_of
from amparo.insight.queries.pages.opening import openable, table_of
from amparo.insight.queries.pages.shares import AGES, days_of_age
from amparo.insight.queries.reader import Reader
from amparo.insight.words.registry import (
    Counted,
    Disposition,
    Indicator,
    Outcomes,
    Pending,
    Selection,
    Share,
    Waiting,
)
from amparo.web.sheets import Listing, Notice

ROWS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of an indicator's rows is asked for: all, those that they are counted of, or one group."""

    part: str = ""
    code: str = ""
    party: str = ""
    after: int = 0
    has_code: bool = False
    has_party: bool = False

    @property
    def is_group(self) -> bool:
        return self.has_code or self.has_party


def selection_of(reader: Reader, indicator: Indicator, asked: Asked) -> Selection:
    """The lines that a number counts."""
    chosen = _of(indicator) if asked.part == "of" else _rows(indicator)
    if asked.has_code and indicator.split and not isinstance(indicator.measure, Pending):
        chosen = _group(reader, chosen, indicator.split, asked.code)
    if asked.has_party and chosen.table == "happening":
        chosen = _group(reader, chosen, "party", asked.party)
    return chosen


def _group(reader: Reader, chosen: Selection, column: str, code: str) -> Selection:
    """One group of a selection. A code that is typed into an address and that no line has is never asked for."""
    known = {str(key) for (key,) in reader.tally(chosen, column)}
    return counting.group(chosen, column, code) if code in known else counting.group(chosen, "pk__in", ())


def rows_of(reader: Reader, indicator: Indicator, asked: Asked) -> QuerySet[Model]:
    """The lines that a number counts, as a query. Pending ones are those of the end of the period, by their age."""
    selection, measure = selection_of(reader, indicator, asked), indicator.measure
    if not isinstance(measure, Pending):
        return counting.lines(selection, reader.chosen, reader.reach)
    rows = counting.pending(measure.start, measure.stop, selection, reader.chosen, reader.reach)
    if not asked.has_code or asked.code not in map(str, range(AGES)):
        return rows
    end = min(reader.chosen.span.last or reader.reach.today, reader.reach.today).toordinal()
    least, most = days_of_age(int(asked.code))
    rows = rows.filter(**{f"{measure.start}__lte": end - least})
    return rows if most is None else rows.filter(**{f"{measure.start}__gte": end - most})


def _rows(indicator: Indicator) -> Selection:
    measure = indicator.measure
    match measure:
        case Counted() | Share() | Waiting() | Outcomes() | Pending():
            return measure.rows
        case Disposition():
            return measure.resolved


def _of(indicator: Indicator) -> Selection:
    measure = indicator.measure
    return measure.of if isinstance(measure, Share) else _rows(indicator)


def rows_page(reader: Reader, id_: str, asked: Asked) -> Listing:
    """The rows that a number counts: those that this reader may open, and how many others there are.

    Who works with the cases sees those that the policy shows her. Who sees figures alone opens what she may open by
    another right, and reads no number here: it stands on its page, or nowhere. Cost: some ten queries, whatever the
    number of rows.
    """
    indicator = indicator_of(id_)
    rows = rows_of(reader, indicator, asked)
    mine = rows.filter(openable(reader, selection_of(reader, indicator, asked)))
    page = list(mine.filter(id__gt=asked.after).order_by("id")[: ROWS_SHOWN + 1])
    shown = page[:ROWS_SHOWN]
    bold, rest = "", _("You see those that you may open. How many there are stands beside the figure.")
    if guarding.is_exact(reader, selection_of(reader, indicator, asked)):
        total = rows.count()
        bold = ngettext("%(count)s row.", "%(count)s rows.", total) % {"count": number(total)}
        rest = _openable_said(total, mine.count())
    return Listing(
        _("Rows: %(figure)s") % {"figure": indicator.name},
        remark=reader.overline(),
        lede_bold=bold,
        lede=rest,
        notices=(Notice((str(indicator.definition),)),),
        table=table_of(reader, indicator, shown) if shown else None,
        next_url=reader.query(**_kept(asked), after=str(shown[-1].pk)) if len(page) > ROWS_SHOWN else "",
        previous_url=reverse("insight:indicator", args=[indicator.id]) + reader.query() if asked.after else "",
    )


def _kept(asked: Asked) -> dict[str, str]:
    kept = {"part": asked.part}
    if asked.has_code:
        kept["code"] = asked.code
    if asked.has_party:
        kept["party"] = asked.party
    return kept


def _openable_said(total: int, seen: int) -> str:
    if seen == total:
        return _("You may open all of them.")
    hidden = total - seen
    return ngettext(
        "%(count)s of them lies where you may not open it.",
        "%(count)s of them lie where you may not open them.",
        hidden,
    ) % {"count": number(hidden)}
