"""Who sees figures alone sees no small number, whatever she chooses, and can't work one out from all that she may."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from amparo.cases.words import CASE_TYPE_LABELS
from amparo.insight.forms import FilterForm
from amparo.insight.models import SuspectLine
from amparo.insight.queries import counting, guarding, pages, parts
from amparo.insight.queries.counting import Chosen, Reach
from amparo.insight.queries.reader import Reader
from amparo.insight.rules.lines import place_code
from amparo.insight.rules.periods import span_of
from amparo.insight.words import AgeGroup
from amparo.insight.words.registry import INDICATORS
from amparo.staff import commands as staff
from amparo.staff.words import CodeList
from amparo.web.fields import options
from tests.cast import Cast
from tests.insight import lines

pytestmark = pytest.mark.django_db
TODAY = date.fromordinal(lines.START + lines.SPAN)


def _reader(cast: Cast, **chosen: object) -> Reader:
    now = datetime.combine(TODAY, datetime.min.time(), UTC)
    if "period" in chosen:
        chosen["span"] = span_of(str(chosen["period"]))
    return Reader(cast.pedro, Chosen(**chosen), Reach(None, False, 11, TODAY, now, 7, 0))  # type: ignore[arg-type]


def _every_choice(cast: Cast) -> list[Reader]:
    staff.add_code(actor=cast.jalil, name=CodeList.PROGRAMMES, code="lakes", label="Lakes")
    readers = [_reader(cast)]
    for name in guarding.ONE_AT_A_TIME:
        for choice in counting.choices(name, readers[0].reach)[-3:]:
            readers.append(_reader(cast, **{name: choice}))
    return readers


def test_no_small_number_stands_on_any_page_under_any_filter(cast: Cast) -> None:
    lines.make(9, 300, [cast.office, cast.other_office])
    for reader in _every_choice(cast):
        found = [block for _label, page in pages.PAGES.values() for block in page(reader).blocks]
        found += [block for name in INDICATORS for block in pages.indicator_page(reader, name).blocks]
        for block in found:
            if block.id.startswith(("unit-", "practice")):
                continue
            for line in block.lines:
                for cell in line.cells:
                    assert not cell.counts or int(cell.value or 0) >= 11, (reader.chosen, block.id, line.label, cell)


def test_much_is_shown_all_the_same(cast: Cast) -> None:
    """The check above can fail: with enough people most of a page is there, under a filter too."""
    lines.make(9, 1500, [cast.office, cast.other_office])
    for reader in (_reader(cast), _reader(cast, period="2022"), _reader(cast, group=AgeGroup.CHILD.value)):
        found = parts.steps(reader)
        shown = [line for line in parts.funnel(reader, found).lines if not line.cells[0].few]
        assert len(shown) >= 6, reader.chosen
        reasons = parts.endings(reader, found).lines
        assert sum(not line.cells[0].few for line in reasons) >= 4, reader.chosen


def test_the_choices_of_a_filter_that_are_shown_never_tell_of_those_that_are_not(cast: Cast) -> None:
    """Choices of 3, 20 and 77: if both large ones were shown beside the whole, the small one would be known."""
    lines.make(1, 100, [cast.office])
    keys = list(SuspectLine.objects.values_list("id", flat=True))
    values = ("forced_labour", "sex_trafficking", "partner_violence")
    for value, part in zip(values, (keys[:3], keys[3:23], keys[23:]), strict=True):
        SuspectLine.objects.filter(pk__in=part).update(type=value)
    shown = [guarding.is_open(_reader(cast, type=value), parts.EVERY_SUSPECT) for value in values]
    assert shown == [False, False, True]


def test_a_small_year_is_not_found_by_taking_the_others_from_all_time(cast: Cast) -> None:
    lines.make(1, 100, [cast.office])
    keys = list(SuspectLine.objects.values_list("id", flat=True))
    years = [TODAY.year, TODAY.year - 1, TODAY.year - 2]
    for year, part in zip(years, (keys[:3], keys[3:23], keys[23:]), strict=True):
        SuspectLine.objects.filter(pk__in=part).update(reported=date(year, 1, 1).toordinal())
    shown = [guarding.is_open(_reader(cast, period=str(year)), parts.EVERY_SUSPECT) for year in years]
    assert shown == [False, False, True]
    # What stands by year on a page without a filter is what each year would show.
    block = parts.years(_reader(cast))
    assert [line.cells[0].few for line in block.lines] == [False, True, True]


@pytest.mark.parametrize(
    "chosen",
    [
        {"period": "2022", "type": "forced_labour"}, {"type": "forced_labour", "group": "child"}, {"period": "2022q1"},
        {"attribution": "direct", "district": "Lakeside"}, {"programme": "lakes", "type": "forced_labour"},
    ],
)  # fmt: skip
def test_several_filters_are_neither_offered_nor_taken(cast: Cast, chosen: dict[str, str]) -> None:
    lines.make(9, 300, [cast.office, cast.other_office])
    staff.add_code(actor=cast.jalil, name=CodeList.PROGRAMMES, code="lakes", label="Lakes")
    asked = {**chosen, **({"district": place_code("Lakeside")} if "district" in chosen else {})}
    form = FilterForm(
        asked,
        offices=[],
        districts=["Lakeside", "Upland"],
        units=[],
        years=range(2021, 2026),
        types=options(CASE_TYPE_LABELS),
        programmes=[("lakes", "Lakes")],
        exact=False,
    )
    assert not form.is_valid()
    assert form.chosen() == Chosen()
    assert cast.client("pedro").get("/insight/", asked).status_code == 422


def test_a_reader_with_several_filters_gets_nothing_at_all(cast: Cast) -> None:
    """Whatever a page forgets: several filters together are an error and never a number."""
    lines.make(9, 300, [cast.office])
    reader = _reader(cast, type="forced_labour", group="child")
    for _label, page in list(pages.PAGES.values())[:5]:
        with pytest.raises(ValueError, match="type"):
            page(reader)


def test_rows_say_no_number_to_who_sees_figures_alone(cast: Cast) -> None:
    lines.make(9, 300, [cast.office])
    for name in INDICATORS:
        if name != "practice":
            page = pages.rows_page(_reader(cast), name, pages.Asked())
            assert (page.lede_bold, page.table) == ("", None), name
