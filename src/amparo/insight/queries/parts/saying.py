"""What blocks have in common: their links, what stands in their place, and why something is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.insight.queries.blocks import BarLine, Block, Link, number
from amparo.insight.queries.reader import Reader
from amparo.insight.words import Kind
from amparo.insight.words.registry import Counted, Indicator, Share

MOST_HIDDEN = 3


def links(reader: Reader, name: str, rows: str = "", said: str = "") -> tuple[Link, ...]:
    """Downloads of a block, and its rows or what leads further."""
    made = [
        Link(_("CSV"), reverse("insight:download", args=[name, "csv"]) + reader.query()),
        Link(_("XLSX"), reverse("insight:download", args=[name, "xlsx"]) + reader.query()),
    ]
    return (*made, Link(said or _("Rows"), rows)) if rows else tuple(made)


def too_few(id_: str, title: str, reader: Reader, *, half: bool = False) -> Block:
    """In the place of a block about a group that is too small."""
    said = _("Fewer than %(least)s people are in it, or in what it leaves out: it is hidden.") % {
        "least": reader.reach.least
    }
    return Block(id_, title, said=said, half=half, hidden=True)


def nothing(id_: str, title: str, reader: Reader, said: str = "", *, half: bool = False) -> Block:
    """In the place of a block in which nobody is. To who sees figures alone, nobody is as few as anybody."""
    if not reader.exact:
        return too_few(id_, title, reader, half=half)
    return Block(id_, title, said=said or _("Nothing to divide by: nobody is in it."), half=half)


def definition(indicator: Indicator) -> tuple[str, ...]:
    """How an indicator is counted, as one paragraph for each part."""
    return (str(indicator.definition), str(indicator.once), str(indicator.silent))


def cases_alone(reader: Reader, indicator: Indicator) -> str:
    """That a filter leaves only those reports that became a case; empty where it does not.

    The type and the programme are those of the case: a report without one has neither, and no share of reports can
    be told under these filters.
    """
    rows = indicator.measure.rows if isinstance(indicator.measure, Counted | Share) else None
    is_of_reports = rows is not None and ("kind", Kind.REPORT.value) in rows.where
    if not is_of_reports or not (reader.chosen.type or reader.chosen.programme):
        return ""
    return _(
        "Only reports that became a case have a type or a programme: no other report is counted under this filter."
    )


def gathered(lines: Sequence[BarLine]) -> tuple[BarLine, ...]:
    """Many hidden lines as one; that there are some is said, and nothing of any."""
    shown = [line for line in lines if not line.cells[0].few]
    hidden = [line for line in lines if line.cells[0].few]
    if len(hidden) <= MOST_HIDDEN:
        return tuple(lines)
    label = ngettext("%(count)s other", "%(count)s others, each", len(hidden)) % {"count": number(len(hidden))}
    return (*shown, replace(hidden[0], label=label, url=""))


def why_hidden(reader: Reader, is_hidden: bool) -> tuple[str, ...]:
    if not is_hidden:
        return ()
    return (
        _(
            "Numbers below %(least)s are hidden, and others with them, so that they can't be worked out. Hidden is not "
            "nought."
        )
        % {"least": reader.reach.least},
    )


def not_with_filter(id_: str, title: str, *, half: bool = False) -> Block:
    """In the place of a block that is shown without a filter alone to who sees figures alone."""
    said = _("Shown without a filter alone: beside it, this could tell of a few people.")
    return Block(id_, title, said=said, half=half, hidden=True)
