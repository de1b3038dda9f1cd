"""A number is how many rows there are, for every indicator, group and filter; and the rows are those of the reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

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
from amparo.kernel import ids
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
    group=st.sampled_from(["", *map(str, AgeGroup)]),
    attribution=st.sampled_from(["", *map(str, Attribution)]),
    office=st.sampled_from([None, 0, 1]),
    district=st.sampled_from(["", "Lakeside", "Upland"]),
    own=st.booleans(),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
        group=str(choice["group"]),
        attribution=str(choice["attribution"]),
    )
    reader = Reader(cast.jalil, chosen, _reach(frozenset([cast.office]) if choice["own"] else None))
    for indicator in INDICATORS.values():
        measure = indicator.measure
        selection = pages.selection_of(indicator, Asked())
        rows = list(counting.lines(selection, chosen, reader.reach))
        assert reader.count(selection) == len(rows), indicator.id
        assert all(_fits(row, chosen, reader, selection.day) for row in rows), indicator.id
        if isinstance(measure, Share):
            of = pages.selection_of(indicator, Asked(part="of"))
            assert reader.count(of) == counting.lines(of, chosen, reader.reach).count() == reader.count(measure.of)
        if indicator.split:
            groups = reader.tally(selection, indicator.split)
            assert sum(groups.values()) == len(rows), indicator.id
            for (code,), people in groups.items():
                part = pages.selection_of(indicator, Asked(code=str(code), has_code=True))
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
    by = not chosen.attribution or row.attribution == chosen.attribution  # type: ignore[attr-defined]
    there = chosen.office is None or row.office_id == chosen.office  # type: ignore[attr-defined]
    return inside and own and typed and by and there


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


def test_who_sees_figures_alone_sees_no_small_number_and_no_way_to_one(cast: Cast) -> None:
    lines.make(9, 120, [cast.office, cast.other_office])
    reader = Reader(cast.pedro, Chosen(), _reach(None, exact=False))
    for name, (_label, page) in pages.PAGES.items():
        for block in page(reader).blocks:
            for line in block.lines:
                for cell in line.cells:
                    if isinstance(cell.value, int) and not isinstance(cell.value, bool) and not block.folded:
                        assert cell.value >= 11, (name, block.id, line.label, cell)


def test_one_filter_more_may_not_leave_out_a_few(cast: Cast) -> None:
    """Forty people, of whom five lie in the other office: choosing one office would tell of the five."""
    lines.make(1, 40, [cast.office])
    for row in lines.SuspectLine.objects.all()[:5]:
        lines.SuspectLine.objects.filter(pk=row.pk).update(office_id=cast.other_office)
    whole = Reader(cast.pedro, Chosen(), _reach(None, exact=False))
    one = Reader(cast.pedro, Chosen(office=cast.office), _reach(None, exact=False))
    assert whole.is_open(parts.EVERY_SUSPECT)
    assert not one.is_open(parts.EVERY_SUSPECT)
    assert parts.funnel(one, parts.steps(one)).hidden


@pytest.mark.parametrize(
    ("column", "of"),
    [
        ("office_id", lambda value: Chosen(office=value)),
        ("type", lambda value: Chosen(type=value)),
        ("attribution", lambda value: Chosen(attribution=value)),
    ],
)
def test_a_small_group_is_not_found_by_taking_the_others_from_the_whole(
    cast: Cast, column: str, of: Callable[[Any], Chosen]
) -> None:
    """Three choices of 3, 20 and 77: if both large ones were shown beside the whole, the small one would be known."""
    lines.make(1, 100, [cast.office])
    values = [ids.new_id() for _ in range(3)] if column == "office_id" else ["one", "two", "three"]
    keys = list(lines.SuspectLine.objects.values_list("id", flat=True))
    for value, part in zip(values, (keys[:3], keys[3:23], keys[23:]), strict=True):
        lines.SuspectLine.objects.filter(pk__in=part).update(**{column: value})
    shown = [Reader(cast.pedro, of(value), _reach(None, exact=False)).is_open(parts.EVERY_SUSPECT) for value in values]
    assert shown == [False, False, True]


def test_a_small_year_is_not_found_by_taking_the_others_from_all_time(cast: Cast) -> None:
    lines.make(1, 100, [cast.office])
    today = _reach(None).today
    keys = list(lines.SuspectLine.objects.values_list("id", flat=True))
    years = [today.year, today.year - 1, today.year - 2]
    for year, part in zip(years, (keys[:3], keys[3:23], keys[23:]), strict=True):
        lines.SuspectLine.objects.filter(pk__in=part).update(reported=date(year, 1, 1).toordinal())
    shown = [
        Reader(cast.pedro, Chosen(period=str(year), span=span_of(str(year))), _reach(None, exact=False)).is_open(
            parts.EVERY_SUSPECT
        )
        for year in years
    ]
    assert shown == [False, False, True]


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
    assert mine.lede == "30 of them lie in cases that you may not open."
    assert mine.table is not None
    assert len(mine.table.lines) == 1
    assert mine.table.lines[0][0].url.endswith(f"{case.id}/")  # type: ignore[union-attr]
    others = pages.rows_page(pages.reader_for(cast.pedro, Chosen()), "stopped", Asked(part="of"))
    assert (others.table, others.lede_bold) == (None, "31 rows.")


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
