"""Every number leads to exactly the rows that it counts: for every block of every page, and every filter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import resolve, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.cases import queries as cases
from amparo.insight import commands as insight
from amparo.insight.queries import justice, pages
from amparo.insight.queries.blocks import Block, Cell
from amparo.insight.queries.counting import Chosen
from amparo.insight.queries.reader import Reader
from amparo.insight.views.figures import asked_of, reader_of
from amparo.insight.words import AgeGroup
from amparo.insight.words.registry import INDICATORS
from amparo.investigations.words import Attribution
from amparo.staff import commands as staff
from amparo.staff.words import CodeList
from amparo.strengthening import commands as strengthening
from amparo.web.drawing import Grid, GridCell, Tiles
from amparo.web.requests import ActorRequest
from tests.cast import Cast
from tests.insight import lines
from tests.strengthening import story

pytestmark = pytest.mark.django_db

CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "period": st.sampled_from(["2021", "2022", "2023", "2022q1", "2023q4", "2019"]),
        "type": st.sampled_from(lines.TYPES),
        "programme": st.sampled_from(["lakes", "hills"]),
        "group": st.sampled_from([*map(str, AgeGroup)]),
        "attribution": st.sampled_from([*map(str, Attribution)]),
        "first": st.just("2022-02-03"),
        "last": st.just("2024-05-06"),
        "unit": st.sampled_from([str(unit) for unit in lines.UNITS]),
    },
)


def _looking(cast: Cast, query: dict[str, str] | QueryDict) -> tuple[Reader, QueryDict]:
    request: ActorRequest = RequestFactory().get("/insight/", query)  # type: ignore[assignment]
    request.actor = cast.jalil
    reader, _form = reader_of(request)
    return reader, request.GET


def _rows(cast: Cast, url: str) -> int:
    """How many rows an address leads to, by the way that the page goes."""
    path, _, query = url.partition("?")
    found = resolve(path)
    assert found.view_name == "insight:rows", url
    reader, asked = _looking(cast, QueryDict(query))
    return pages.rows_of(reader, pages.indicator_of(found.kwargs["name"]), asked_of(asked)).count()


def _blocks(reader: Reader) -> Iterator[Block]:
    for _label, page in pages.PAGES.values():
        yield from page(reader).blocks
    for name in INDICATORS:
        yield from pages.indicator_page(reader, name).blocks


def _cells(block: Block) -> Iterator[Cell]:
    yield from (cell for line in block.lines for cell in line.cells)


def _drawn(block: Block) -> Iterator[GridCell]:
    for drawing in block.drawings:
        if isinstance(drawing, Grid):
            yield from (cell for row in drawing.rows for cell in row.cells if cell is not None)
        if isinstance(drawing, Tiles):
            yield from (tile.cell for tile in drawing.tiles)


def _programmes(cast: Cast) -> None:
    for code in set(filter(None, lines.PROGRAMMES)) - {code for code, _label in cases.programmes()}:
        staff.add_code(actor=cast.jalil, name=CodeList.PROGRAMMES, code=code, label=code.title())


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=CHOICES, seed=st.integers(0, 3))
def test_every_number_of_every_block_leads_to_exactly_its_rows(cast: Cast, query: dict[str, str], seed: int) -> None:
    for model in (lines.SuspectLine, lines.SurvivorLine, lines.Happening):
        model.objects.all().delete()
    lines.make(seed, 40, [cast.office])
    _programmes(cast)
    reader, _query = _looking(cast, query)
    assert reader.chosen.programme == query.get("programme", "")
    told: dict[str, set[int]] = {}
    for block in _blocks(reader):
        for cell in _cells(block):
            if cell.counts:
                assert cell.url, (block.id, cell)
                told.setdefault(cell.url, set()).add(int(cell.value or 0))
        for drawn in _drawn(block):
            if drawn.said:
                assert drawn.url, (block.id, drawn)
                told.setdefault(drawn.url, set()).add(int(drawn.said.replace(",", "")))
    for big in pages.PAGES["overview"][1](reader).bigs:
        assert big.cell.counts
        told.setdefault(big.cell.url, set()).add(int(big.cell.value or 0))
    assert len(told) > 20
    for url, numbers in told.items():
        assert numbers == {_rows(cast, url)}, url


def test_every_block_that_shows_a_number_leads_somewhere(cast: Cast) -> None:
    """A block whose numbers are no counts of rows leads to what they come from: rows, or one record for each line."""
    lines.make(3, 60, [cast.office])
    reader, _query = _looking(cast, {})
    seen = set()
    for block in _blocks(reader):
        if not any(character.isdigit() for cell in _cells(block) for character in cell.text):
            continue
        seen.add(block.id)
        further = [link for link in block.links if "/file/" not in link.url]
        linked = [line.url or [cell for cell in line.cells if cell.counts and cell.url] for line in block.lines]
        assert further or all(linked), block.id
    assert {"funnel", "years", "endings", "districts", "report-months", "outcomes", "goals-met"} <= seen
    assert {f"unit-{unit}" for unit in lines.UNITS} <= seen


def test_the_scorecard_leads_to_each_observation(cast: Cast) -> None:
    key = strengthening.enter_score(actor=cast.pedro, measured=story.measured())
    (block,) = justice.scorecard(pages.reader_for(cast.pedro, Chosen()))
    assert [line.url for line in block.lines] == [reverse("strengthening:score", args=[key])]
    assert block.drawings
    assert cast.client("pedro").get(block.lines[0].url).status_code == 200
    assert not justice.scorecard(pages.reader_for(cast.jalil, Chosen()))[0].lines


def test_what_units_do_leads_to_the_observations(cast: Cast) -> None:
    where = story.station(cast)
    file = story.observed(cast, where.unit, story.days_ago(3))
    insight.rebuild()
    reader = pages.reader_for(cast.kofi, Chosen())
    (block,) = justice.units(reader)
    taken = block.lines[0].cells[1]
    assert block.title == "Sample Station"
    assert taken.value
    said = cast.client("kofi").get(taken.url).content.decode()
    assert f"{taken.value} row" in said
    assert reverse("strengthening:file", args=[file]) in said
