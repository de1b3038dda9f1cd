from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.cases import commands as cases
from amparo.cases import queries as case_queries
from amparo.cases.words import PartyRole
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import NotFound
from amparo.prosecution import commands, models, queries
from amparo.prosecution.words import Purpose
from amparo.staff import commands as staff
from amparo.staff.rules import Clock
from amparo.staff.words import Milestone
from tests.cast import Cast
from tests.prosecution.court import COMPLAINT, EVIDENCE, FILED, FIRST, VERDICT, Court, in_court

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


@pytest.fixture
def court(cast: Cast) -> Court:
    found = in_court(cast)
    found.charge()
    found.adjourn(found.hearing(FIRST), next_at=FIRST + timedelta(days=30))
    found.hold(
        found.hearing(EVIDENCE, Purpose.SURVIVOR_EVIDENCE),
        testified=frozenset({found.case.survivor}),
        outcome="She spoke by video.",
    )
    found.hearing(VERDICT, Purpose.VERDICT)
    return found


def test_the_page_opens_with_her_wait_and_what_is_listed(court: Court) -> None:
    sheet = queries.proceeding(court.cast.chandra, court.proceeding)
    assert sheet.lede_bold == "532 days from complaint to her evidence."
    assert sheet.lede == "The verdict is listed for 11 Feb 2027."


def test_while_she_has_not_testified_the_wait_goes_on(cast: Cast) -> None:
    court = in_court(cast)
    assert queries.headline(cast.chandra, court.case.id) == (
        "622 days since the complaint, and she has not given evidence.",
        "No hearing is listed.",
    )


def test_a_caseworker_sees_dates_orders_measures_and_tellings_only(court: Court) -> None:
    sheet = queries.proceeding(court.cast.dalia, court.proceeding)
    assert [section.id for section in sheet.sections] == ["hearings", "", "orders", "measures", "tell"]
    assert "Section 1" not in repr(sheet)
    assert "spoke by video" not in repr(sheet)
    assert "Judge absent" not in repr(sheet)
    assert sheet.sections[1].withheld


def test_a_lawyer_sees_reasons_and_orders(court: Court) -> None:
    said = repr(queries.proceeding(court.cast.chandra, court.proceeding))
    for part in ("Section 1 of the Example Act", "She spoke by video.", "Judge absent", "FIR 1/2025"):
        assert part in said


def test_time_limits_run_between_milestones_and_are_shown_as_days_left(court: Court) -> None:
    limits = [
        Clock("charge", "Charge in 60 days", 60, Milestone.COMPLAINT, Milestone.CHARGE),
        Clock("verdict", "Verdict in 700 days", 700, Milestone.COMPLAINT, Milestone.VERDICT),
        Clock("evidence", "Evidence in 600 days", 600, Milestone.COMPLAINT, Milestone.TESTIMONY),
    ]
    set_clocks(court.cast, limits)
    sheet = queries.proceeding(court.cast.chandra, court.proceeding)
    (section,) = [section for section in sheet.sections if section.id == "clocks"]
    assert [row.when for row in section.rows] == ["kept 52 days too late", "78 days left", "kept"]
    due = queries.due_for(court.cast.chandra, date(2027, 2, 8))
    assert [d.due_on for d in due if str(d.title) == "Verdict in 700 days"] == [date(2027, 2, 8)]


def test_today_shows_hearings_tellings_and_hearings_without_an_outcome(court: Court) -> None:
    due = queries.due_for(court.cast.chandra, NOW.date())
    assert [d.action_label for d in due] == ["What happened?", "I told her", "I told her"]
    assert {d.urgency for d in due} == {"late"}
    soon = queries.due_for(court.cast.dalia, VERDICT.date())
    assert [d.action_label for d in soon] == ["Open", "I told her", "I told her"]
    assert queries.due_for(court.cast.iris, VERDICT.date()) == []
    assert queries.due_for(court.cast.stranger, VERDICT.date()) == []


def test_the_drawn_case_marks_complaint_charge_and_every_hearing(court: Court) -> None:
    marks = queries.marks_of_case(court.cast.chandra, court.case.id)
    kinds = sorted(mark.kind for mark in marks)
    assert kinds.count("miss") == 1
    assert {mark.label for mark in marks} >= {"complaint", "charged", "not held", "her evidence", "verdict"}


def test_the_drawn_case_shows_how_long_she_waited_from_step_to_step(court: Court) -> None:
    waits = [mark for mark in queries.marks_of_case(court.cast.chandra, court.case.id) if mark.waiting]
    spoke = EVIDENCE.date()
    assert [(wait.at, wait.until) for wait in waits] == [(COMPLAINT, FILED), (FILED, spoke), (spoke, NOW.date())]
    dates_only = [mark for mark in queries.marks_of_case(court.cast.dalia, court.case.id) if mark.waiting]
    assert [(wait.at, wait.until) for wait in dates_only] == [(COMPLAINT, spoke)]


def test_who_sees_dates_only_gets_no_mark_of_a_charge(court: Court) -> None:
    labels = {mark.label for mark in queries.marks_of_case(court.cast.dalia, court.case.id)}
    assert "complaint" in labels
    assert "charged" not in labels
    assert queries.proceeding(court.cast.dalia, court.proceeding).tags == ()
    assert queries.marks_of_case(court.cast.iris, court.case.id) == []


def test_the_case_page_says_that_court_is_withheld_from_whoever_may_not_see_it(court: Court) -> None:
    (section,) = queries.sections_of_case(court.cast.kofi, court.case.id)
    assert section.withheld
    assert [s.id for s in queries.sections_of_case(court.cast.chandra, court.case.id)] == ["court", "tell"]


def test_a_month_shows_the_reader_s_own_hearings_only(court: Court) -> None:
    other = in_court(court.cast, court.cast.case(team=("bruno",) + ("chandra",)))
    other.hearing(VERDICT + timedelta(days=1))
    page = queries.month(court.cast.chandra, 2027, 2)
    assert [entry.time for day in page.days for entry in day.entries] == ["09:00", "09:00"]
    seen = queries.month(court.cast.dalia, 2027, 2)
    assert [len(day.entries) for day in seen.days] == [1]
    assert all(len(line) == 7 for line in page.weeks)
    assert len(queries.week(court.cast.chandra, VERDICT.date()).weeks) == 1


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_whole_weeks_that_hold_all_its_days(cast: Cast, number: int) -> None:
    page = queries.month(cast.chandra, 2026, number)
    inside = [day.number for line in page.weeks for day in line if day.is_inside]
    last = (date(2026, number, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    assert inside == list(range(1, last.day + 1))


def set_clocks(cast: Cast, limits: list[Clock]) -> None:
    for expected, limit in enumerate(limits):
        staff.save_clock(actor=cast.kofi, expected=expected, clock=limit, is_new=True)


# ---- the feed ---------------------------------------------------------------------------------------------------

SECRET = "5f" * 16


def test_the_feed_carries_only_time_and_code(court: Court) -> None:
    commands.make_feed(actor=court.cast.chandra, secret=SECRET)
    body = queries.feed(SECRET).decode()
    code = case_queries.case_head(court.cast.chandra, court.case.id).code
    assert f"SUMMARY:{code}" in body
    assert "DTSTART:20270211T090000Z" in body
    properties = {
        line.split(":")[0].split(";")[0]
        for event in body.split("BEGIN:VEVENT")[1:]
        for line in event.split("END:VEVENT")[0].splitlines()
        if line
    }
    assert properties == {"UID", "DTSTAMP", "DTSTART", "SUMMARY"}
    assert str(court.case.id) not in body


def test_the_feed_stops_at_once_when_it_is_ended(court: Court) -> None:
    key = commands.make_feed(actor=court.cast.chandra, secret=SECRET)
    commands.revoke_feed(actor=court.cast.chandra, feed_id=key)
    with pytest.raises(NotFound):
        queries.feed(SECRET)


def test_the_feed_is_empty_at_once_when_its_owner_leaves_the_team(court: Court) -> None:
    commands.make_feed(actor=court.cast.chandra, secret=SECRET)
    cases.take_off_team(actor=court.cast.jalil, case_id=court.case.id, account_id=court.cast.accounts["chandra"])
    assert b"VEVENT" not in queries.feed(SECRET)


def test_the_secret_of_a_feed_is_not_stored(court: Court) -> None:
    key = commands.make_feed(actor=court.cast.chandra, secret=SECRET)
    assert SECRET not in str(models.Feed.objects.filter(pk=key).values())


def test_a_time_limit_from_an_incident_starts_with_its_earliest_day(court: Court) -> None:
    court.incident(PartialDate(2025))
    limits = [Clock("report", "Complaint in 30 days", 30, Milestone.INCIDENT, Milestone.COMPLAINT)]
    set_clocks(court.cast, limits)
    sheet = queries.proceeding(court.cast.chandra, court.proceeding)
    (section,) = [section for section in sheet.sections if section.id == "clocks"]
    assert section.rows[0].when == "kept 38 days too late"


def test_her_days_in_court_are_those_that_concern_her_and_cost_the_same_however_many(court: Court) -> None:
    def days(person: UUID) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            found = queries.days_of_hers(court.cast.chandra, court.case.id, person)
        return len(found), len(asked)

    other = court.cast.person(name="Salma Sample")
    cases.add_party(actor=court.cast.jalil, case_id=court.case.id, person_id=other, role=PartyRole.SURVIVOR)
    court.hearing(VERDICT)
    # Nothing is charged in the second yet, so that it is about everybody.
    second = in_court(court.cast, court.case)
    second.hearing(VERDICT)
    (hers, cost), (theirs, _cost) = days(court.case.survivor), days(other)
    assert (hers, theirs) == (3, 1)
    for later in range(1, 4):
        second.hearing(VERDICT + timedelta(days=later))
    assert days(court.case.survivor) == (6, cost)
    assert days(other) == (4, cost)
