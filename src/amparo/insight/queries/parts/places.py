"""Months and districts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from amparo.access import queries as access
from amparo.insight.queries import guarding
from amparo.insight.queries.blocks import BarLine, Block, Head, counted, few, number
from amparo.insight.queries.parts import saying
from amparo.insight.queries.reader import Reader
from amparo.insight.rules.suppressing import hide_line
from amparo.insight.words.registry import (
    Counted,
    Indicator,
    Selection,
    Share,
)
from amparo.web import formats
from amparo.web.drawing import (
    Grid,
    GridCell,
    GridRow,
    Tile,
    Tiles,
    level,
)


def months(reader: Reader, indicator: Indicator, id_: str, title: str) -> Block:
    """A calendar of counts: a row for each year, a column for each month. Cost: one query by an index."""
    measure = indicator.measure
    assert isinstance(measure, Counted)  # noqa: S101 - the caller chose it by its measure
    selection = measure.rows
    if not guarding.is_whole(reader):
        return saying.not_with_filter(id_, title)
    found: dict[tuple[int, int], int] = {}
    for (day,), people in reader.tally(selection, selection.day).items():
        on = date.fromordinal(int(str(day)))
        found[on.year, on.month] = found.get((on.year, on.month), 0) + people
    if not found:
        return saying.nothing(id_, title, reader, _("None in this period."))
    if not guarding.is_open(reader, selection):
        return saying.too_few(id_, title, reader)
    first, last = min(found), max(found)
    keys = [(y, m) for y in range(first[0], last[0] + 1) for m in range(1, 13) if first <= (y, m) <= last]
    hidden = _hidden_months(reader, selection, found, keys)
    most = max((count for key, count in found.items() if key not in hidden), default=0)
    speech = formats.speech(reader.reach.today)
    rows_of = [
        GridRow(
            str(year),
            tuple(
                _month_cell(reader, indicator, found, hidden, (year, month), set(keys), most) for month in range(1, 13)
            ),
        )
        for year in range(first[0], last[0] + 1)
    ]
    grid = Grid(title, tuple(speech.month(date(2024, month, 1)) for month in range(1, 13)), tuple(rows_of))
    return Block(
        id_,
        title,
        remark=" ".join(
            filter(
                None,
                (
                    _("%(count)s in all.") % {"count": number(sum(found.values()))},
                    saying.cases_alone(reader, indicator),
                ),
            )
        ),
        drawings=(grid,),
        first=_("Month"),
        heads=(Head(_("Number")),),
        lines=tuple(
            BarLine(
                f"{y}-{m:02d}",
                (few() if (y, m) in hidden else counted(found.get((y, m), 0), _month_url(reader, indicator, (y, m))),),
            )
            for y, m in keys
        ),
        bars=False,
        folded=True,
        notes=saying.why_hidden(reader, bool(hidden)),
        links=saying.links(reader, id_, reader.rows_url(indicator)),
    )


def _hidden_months(
    reader: Reader, selection: Selection, found: Mapping[tuple[int, int], int], keys: Sequence[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Which months to hide: all of a year that is hidden itself, and of another one those that its sum would tell."""
    if reader.exact:
        return set()
    hidden: set[tuple[int, int]] = set()
    told = guarding.open_by(reader, selection, "period")
    for year in sorted({year for year, _month in keys}):
        months_of = [key for key in keys if key[0] == year]
        away = hide_line([found.get(key, 0) for key in months_of], reader.reach.least) if str(year) in told else None
        hidden |= set(months_of) if away is None else {months_of[at] for at in away}
    return hidden


def _month_cell(
    reader: Reader,
    indicator: Indicator,
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
    url = _month_url(reader, indicator, key)
    return GridCell(number(count), formats.month_and_year(date(*key, 1)), level(count, most), url=url)


def _month_url(reader: Reader, indicator: Indicator, key: tuple[int, int]) -> str:
    """The rows of a month. Who sees figures alone can't choose one."""
    if not reader.exact:
        return ""
    first = date(*key, 1)
    after = date(key[0] + key[1] // 12, key[1] % 12 + 1, 1)
    return reader.between(first, after - timedelta(days=1)).rows_url(indicator)


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
    if not guarding.is_whole(reader):
        return saying.not_with_filter("districts", _("By district"))
    if reader.reach.offices is not None:
        own = {offices.get(str(office), "") for office in reader.reach.offices}
        found = {place: count for place, count in found.items() if place in own}
    title = _("By district")
    if not sum(found.values()):
        return saying.nothing("districts", title, reader, _("None in this period."))
    places = list(found)
    # What stands here is what each district would show if it was chosen.
    told = set(places) if reader.exact else guarding.open_by(reader, selection, "district")
    hidden = {at for at, place in enumerate(places) if place not in told}
    if len(hidden) == len(places):
        return saying.too_few("districts", title, reader)
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
            BarLine(
                place,
                (
                    few()
                    if at in hidden
                    else counted(found[place], reader.rows_url(indicator, part="of", district=place)),
                ),
            )
            for at, place in enumerate(places)
        ),
        bars=False,
        folded=True,
        notes=saying.why_hidden(reader, bool(hidden)),
        links=saying.links(reader, "districts", reader.rows_url(indicator, part="of")),
    )
