"""A number is how many rows there are, for every indicator, group and filter; and the rows are those of the reader."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.insight.errors import PeriodBackwards, PeriodUnknown
from amparo.insight.models import Standing
from amparo.insight.queries import counting, pages, parts
from amparo.insight.queries.counting import Chosen, Reach
from amparo.insight.queries.pages import Asked
from amparo.insight.queries.reader import Reader, labels_of
from amparo.insight.rules.periods import Span, span_between, span_of
from amparo.insight.rules.survival import kaplan_meier
from amparo.insight.words import AgeGroup
from amparo.insight.words.registry import INDICATORS, Counted, Outcomes, Pending, Share, Waiting
from amparo.investigations.words import Attribution
from amparo.kernel.errors import Refused
from tests.cast import Cast
from tests.insight import lines

pytestmark = pytest.mark.django_db
TODAY = date.fromordinal(lines.START + lines.SPAN)
PERIODS = ["", "2021", "2022", "2023", "2022q1", "2023q4", "2019"]


def _reach(offices: frozenset[object] | None, *, exact: bool = True) -> Reach:
    now = datetime.combine(TODAY, datetime.min.time(), UTC)
    return Reach(offices, exact, 11, TODAY, now, 7, 0)  # type: ignore[arg-type]


CHOICES = st.builds(
    dict,
    period=st.sampled_from(PERIODS),
    type=st.sampled_from(["", *lines.TYPES, "nothing"]),
    programme=st.sampled_from(["", "lakes", "hills", "nothing"]),
    group=st.sampled_from(["", *map(str, AgeGroup)]),
    attribution=st.sampled_from(["", *map(str, Attribution)]),
    office=st.sampled_from([None, 0, 1]),
    district=st.sampled_from(["", "Lakeside", "Upland"]),
    own=st.booleans(),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choice=CHOICES, seed=st.integers(0, 3))
def test_every_number_is_its_rows_for_every_filter(cast: Cast, choice: dict[str, object], seed: int) -> None:
    lines.SuspectLine.objects.all().delete()
    lines.SurvivorLine.objects.all().delete()
    lines.Happening.objects.all().delete()
    offices = [cast.office, cast.other_office]
    lines.make(seed, 40, offices)
    chosen = Chosen(
        period=str(choice["period"]),
        span=span_of(str(choice["period"])),
        office=None if choice["office"] is None else offices[int(str(choice["office"]))],
        district=str(choice["district"]),
        type=str(choice["type"]),
        programme=str(choice["programme"]),
        group=str(choice["group"]),
        attribution=str(choice["attribution"]),
    )
    reader = Reader(cast.jalil, chosen, _reach(frozenset([cast.office]) if choice["own"] else None))
    for indicator in INDICATORS.values():
        measure = indicator.measure
        selection = pages.selection_of(reader, indicator, Asked())
        rows = list(counting.lines(selection, chosen, reader.reach))
        assert reader.count(selection) == len(rows), indicator.id
        assert all(_fits(row, chosen, reader, selection.day) for row in rows), indicator.id
        if isinstance(measure, Share):
            of = pages.selection_of(reader, indicator, Asked(part="of"))
            assert reader.count(of) == counting.lines(of, chosen, reader.reach).count() == reader.count(measure.of)
        if indicator.split:
            groups = reader.tally(selection, indicator.split)
            assert sum(groups.values()) == len(rows), indicator.id
            for (code,), people in groups.items():
                part = pages.selection_of(reader, indicator, Asked(code=str(code), has_code=True))
                assert counting.lines(part, chosen, reader.reach).count() == people, (indicator.id, code)
        if isinstance(measure, Waiting):
            waited = counting.waits(measure, chosen, reader.reach)
            assert sum(people for _days, _happened, people in waited) == len(rows)
            happened = sum(people for _days, is_over, people in waited if is_over)
            assert happened == sum(getattr(row, measure.stop) is not None for row in rows)
            assert kaplan_meier(waited).people == len(rows)
        if isinstance(measure, Outcomes):
            found = counting.outcome_waits(
                measure.rows, measure.start, measure.stop, measure.result, chosen, reader.reach
            )
            assert sum(people for *_rest, people in found) == len(rows)
        if isinstance(measure, Pending):
            open_ = counting.pending(measure.start, measure.stop, measure.rows, chosen, reader.reach)
            end = min(chosen.span.last or TODAY, TODAY).toordinal()
            everything = counting.lines(measure.rows, _without_period(chosen), reader.reach)
            by_hand = [row for row in everything if row.charged <= end and (row.ended is None or row.ended > end)]  # type: ignore[attr-defined]
            assert open_.count() == len(by_hand)


def _without_period(chosen: Chosen) -> Chosen:
    from dataclasses import replace

    return replace(chosen, period="", span=Span())


def _fits(row: object, chosen: Chosen, reader: Reader, day: str) -> bool:
    when = getattr(row, day)
    span = chosen.span
    inside = (span.first is None or when >= span.first.toordinal()) and (
        span.last is None or when <= span.last.toordinal()
    )
    own = reader.reach.offices is None or row.office_id in reader.reach.offices  # type: ignore[attr-defined]
    typed = not chosen.type or row.type == chosen.type  # type: ignore[attr-defined]
    run = not chosen.programme or row.programme == chosen.programme  # type: ignore[attr-defined]
    by = not chosen.attribution or row.attribution == chosen.attribution  # type: ignore[attr-defined]
    there = chosen.office is None or row.office_id == chosen.office  # type: ignore[attr-defined]
    return inside and own and typed and run and by and there


def test_the_funnel_and_the_years_count_the_same_people(cast: Cast) -> None:
    lines.make(5, 200, [cast.office])
    reader = Reader(cast.jalil, Chosen(), _reach(None))
    found = parts.steps(reader)
    by_year = counting.by_year(parts.EVERY_SUSPECT, reader.chosen, reader.reach, "step")
    assert sum(found.values()) == sum(by_year.values()) == 200
    for (year, step), people in by_year.items():
        span = span_of(str(year))
        narrowed = Reader(cast.jalil, Chosen(period=str(year), span=span), reader.reach)
        here = counting.lines(counting.group(parts.EVERY_SUSPECT, "step", step), narrowed.chosen, reader.reach)
        assert here.count() == people


def test_an_empty_denominator_is_nothing_to_divide_by_and_not_nought(cast: Cast) -> None:
    reader = Reader(cast.jalil, Chosen(), _reach(None))
    block = pages.shares(reader, INDICATORS["clearance"].page)
    assert {line.cells[2].text for line in block.lines} == {"nothing to divide by"}
    assert "divide" in parts.waiting(reader, INDICATORS["complaint-to-evidence"]).said
    assert "divide" in parts.funnel(reader, {}).said


def test_every_indicator_says_everything(cast: Cast) -> None:
    for key, one in INDICATORS.items():
        assert key == one.id
        for words in (one.name, one.numerator, one.denominator, one.definition, one.source, one.once, one.silent):
            assert len(str(words)) > 3, key
        if isinstance(one.measure, Counted | Share | Waiting):
            assert one.split, key
            labels_of(one)


def test_rows_are_listed_for_those_who_may_see_them(cast: Cast) -> None:
    case = cast.case()
    from amparo.insight import commands

    commands.rebuild()
    lines.make(2, 30, [cast.office])
    mine = pages.rows_page(pages.reader_for(cast.jalil, Chosen()), "stopped", Asked(part="of"))
    assert mine.lede_bold == "31 rows."
    assert mine.lede == "30 of them lie where you may not open them."
    assert mine.table is not None
    assert len(mine.table.lines) == 1
    assert mine.table.lines[0][0].url.endswith(f"{case.id}/")  # type: ignore[union-attr]
    others = pages.rows_page(pages.reader_for(cast.pedro, Chosen()), "stopped", Asked(part="of"))
    assert (others.table, others.lede_bold) == (None, "")


def test_a_barred_supervisor_counts_a_case_and_does_not_open_it(cast: Cast) -> None:
    from amparo.access import commands as access
    from amparo.insight import commands

    case = cast.case()
    commands.rebuild()
    access.set_bar(
        actor=cast.lina, office_id=cast.office, account_id=cast.accounts["jalil"], case_id=case.id, reason="a relative"
    )
    page = pages.rows_page(pages.reader_for(cast.jalil, Chosen()), "stopped", Asked(part="of"))
    assert (page.lede_bold, page.table) == ("1 row.", None)


def test_others_have_no_figures(cast: Cast) -> None:
    for name in ("dalia", "iris", "hugo", "amina", "oksana"):
        with pytest.raises(Refused):
            counting.reach(cast.actor(name))


def test_a_supervisor_counts_her_own_office_only(cast: Cast) -> None:
    lines.make(3, 20, [cast.other_office])
    assert counting.reach(cast.jalil).offices == frozenset([cast.office])
    reader = pages.reader_for(cast.jalil, Chosen())
    assert reader.count(parts.EVERY_SUSPECT) == 0
    assert pages.reader_for(cast.kofi, Chosen()).count(parts.EVERY_SUSPECT) == 20


def test_the_figures_say_where_they_stand(cast: Cast) -> None:
    from amparo.insight import commands

    commands.rebuild()
    found = counting.reach(cast.kofi)
    assert found.entries == Standing.objects.get(pk=1).entries > 0
    assert found.behind == 0
    cast.case()
    assert counting.reach(cast.kofi).behind > 0
    assert timezone.is_aware(found.as_of) if found.as_of else False


# ---- periods ----------------------------------------------------------------------------------------------------


@given(year=st.integers(1900, 9000), quarter=st.integers(1, 4))
def test_quarters_follow_each_other_and_make_a_year(year: int, quarter: int) -> None:
    found = span_of(f"{year}q{quarter}")
    assert found.first is not None
    assert found.last is not None
    after = span_of(f"{year}q{quarter + 1}" if quarter < 4 else f"{year + 1}q1")
    assert after.first == found.last + timedelta(days=1)
    assert span_of(str(year)).first == span_of(f"{year}q1").first


@pytest.mark.parametrize("code", ["20", "2025q5", "2025q", "abc", "0001", "2025-01"])
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(PeriodUnknown):
        span_of(code)


def test_a_period_that_runs_backwards_is_refused() -> None:
    with pytest.raises(PeriodBackwards):
        span_between(date(2025, 2, 1), date(2025, 1, 1))
