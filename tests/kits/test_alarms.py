from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.kernel import clock
from amparo.kits import commands, queries
from amparo.kits.models import Kit, UsedKit
from amparo.kits.queries.alarms import any_of, conditions
from amparo.kits.queries.reach import days_of
from amparo.kits.rules import alarms
from amparo.kits.rules.alarms import Days, Limits
from amparo.kits.rules.turnaround import Span, turnaround
from amparo.kits.words import Alarm, Discard, Kind, State
from tests.cast import Cast
from tests.kits.story import begin

LIMITS = Limits(picked_up=7, sent=30, result=90, ending=60, expiry=45)
TODAY = date(2026, 6, 1)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def raised(**days: object) -> list[Alarm]:
    return [one.alarm for one in alarms.of_kit(Days(**days), LIMITS, TODAY)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"state": State.REPORTED, "reported_on": ago(7)}, []),
        ({"state": State.REPORTED, "reported_on": ago(8)}, [Alarm.NOT_PICKED_UP]),
        ({"state": State.HELD, "until": ago(-400)}, []),
        ({"state": State.PICKED_UP, "reported_on": ago(31)}, [Alarm.NOT_SENT]),
        ({"state": State.STORED, "reported_on": ago(99), "sent_on": ago(60)}, []),
        ({"state": State.SENT, "reported_on": ago(200), "sent_on": ago(90)}, []),
        ({"state": State.IN_ANALYSIS, "reported_on": ago(200), "sent_on": ago(91)}, [Alarm.NO_RESULT]),
        ({"state": State.COMPLETE, "reported_on": ago(400), "sent_on": ago(300)}, []),
        ({"state": State.HELD, "until": ago(-60)}, [Alarm.KEEPING_ENDS]),
        ({"state": State.RETAINED, "until": ago(-500), "limitation_on": ago(-600)}, [Alarm.ENDS_BEFORE_LIMITATION]),
        ({"state": State.DESTROYED, "until": ago(5), "limitation_on": ago(-600)}, []),
    ],
)
def test_an_alarm_is_raised_on_its_day_and_not_before(days: dict[str, object], expected: list[Alarm]) -> None:
    assert raised(**days) == expected


@given(st.integers(-400, 400))
def test_stock_warns_before_it_expires(days: int) -> None:
    found = alarms.of_stock(TODAY + timedelta(days=days), LIMITS, TODAY)
    expected = Alarm.EXPIRED if days < 0 else Alarm.EXPIRING if days <= 45 else None
    assert (found.alarm if found else None) == expected


@pytest.mark.django_db
def test_the_database_finds_the_same_kits_as_the_rule(cast: Cast) -> None:
    story = begin(cast)
    kit = UsedKit.objects.get(kit_id=story.use(who="bruno"))
    some = [None, TODAY - timedelta(days=100), ago(31), ago(8), TODAY, ago(-20), ago(-300)]
    found = conditions(LIMITS, TODAY)
    for state in State:
        for reported in some[:5]:
            for sent in some[:3]:
                for until in some:
                    values = {
                        "state": state,
                        "reported_on": reported,
                        "sent_on": sent,
                        "until": until,
                        "limitation_on": ago(-25) if until else None,
                    }
                    UsedKit.objects.filter(pk=kit.pk).update(**values)
                    kit.refresh_from_db()
                    expected = {one.alarm for one in alarms.of_kit(days_of(kit), LIMITS, TODAY)}
                    # One look for all: the conditions are columns of one row.
                    row = UsedKit.objects.filter(pk=kit.pk).filter(any_of(found)).exists() if not expected else True
                    assert row is bool(expected)
                    for alarm in expected:
                        assert UsedKit.objects.filter(pk=kit.pk).filter(found[alarm]).exists(), (alarm, values)


@pytest.mark.django_db
def test_what_is_late_is_on_the_day_of_those_who_can_do_something(cast: Cast) -> None:
    story = begin(cast)
    kit = story.use(who="bruno")
    story.use(who="bruno", seal="K 2", reported=False)
    later = clock.now() + timedelta(days=9)
    with clock.set_to(later):
        today = clock.today()
        for name in ("bruno", "chandra", "esther", "noor"):
            due = queries.due_for(cast.actor(name), today)
            assert [one.url for one in due if one.case_id] == [f"/kits/{kit}/"], name
            assert due[0].urgency == "late"
        for name in ("femi", "dalia", "jalil", "iris", "kofi"):
            assert [one for one in queries.due_for(cast.actor(name), today) if one.case_id] == []
        story.step(kit, Kind.PICK_UP)
        assert queries.due_for(cast.bruno, today) == []


@pytest.mark.django_db
def test_stock_that_expires_is_one_line_for_each_facility(cast: Cast) -> None:
    begin(cast, expires_on=clock.today() + timedelta(days=20))
    due = queries.due_for(cast.noor, clock.today())
    assert len(due) == 1
    assert "3 kits" in str(due[0].title)
    assert queries.due_for(cast.bruno, clock.today()) == []
    for kit in Kit.objects.all():
        commands.discard_kit(actor=cast.noor, kit_id=kit.id, why=Discard.EXPIRED)
    assert queries.due_for(cast.noor, clock.today()) == []


# ---- turnaround ------------------------------------------------------------------------------------------------


def test_the_median_counts_requests_that_are_still_open() -> None:
    done = [Span(days, True) for days in (10, 20, 30)]
    assert turnaround(done).median == 20
    waiting = [Span(days, False) for days in (40, 50, 60)]
    found = turnaround([*done, *waiting])
    # Of six at risk three are answered by day 30: half are still open then.
    assert (found.median, found.ended, found.open, found.longest_open) == (30, 3, 3, 60)
    assert turnaround([*done[:1], *waiting]).median is None
    assert turnaround([]).median is None


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=40))
def test_the_median_is_the_one_of_the_judge_of_statistics(rows: list[tuple[int, bool]]) -> None:
    lifelines = pytest.importorskip("lifelines")
    found = turnaround([Span(days, ended) for days, ended in rows]).median
    if not any(ended for _days, ended in rows):
        assert found is None
        return
    judge = lifelines.KaplanMeierFitter().fit([days for days, _ in rows], [ended for _, ended in rows])
    # The judge counts in floating point, and takes an exact half for a little more.
    if found is None:
        assert judge.predict(200) > 0.5 - 1e-9
    else:
        assert judge.predict(found) <= 0.5 + 1e-9
        assert found == 0 or judge.predict(found - 0.5) > 0.5 - 1e-9
