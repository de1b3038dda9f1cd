"""What aftercare tells the case page, Today and the closing checklist."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.access import readings
from amparo.aftercare import commands, queries
from amparo.aftercare.queries import instruments, scores
from amparo.aftercare.words import Decision, Domain, ServiceState
from amparo.cases.words import TrackKind
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.web.drawing import Profile
from tests.aftercare import story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.aftercare.story import Story
    from tests.cast import Cast

pytestmark = pytest.mark.django_db
OUTSIDE = ("bruno", "chandra", "femi", "kofi", "grace", "stranger", "iris", "pedro")


@pytest.fixture
def told(cast: Cast) -> Iterator[Story]:
    found = story.told(cast)
    with clock.set_to(found.end):
        yield found


def test_assessments_decisions_stays_and_follow_ups_are_marks_on_the_restoration_track(cast: Cast, told: Story) -> None:
    marks = queries.marks_of_case(cast.dalia, told.case_id)
    assert {mark.track for mark in marks} == {TrackKind.RESTORATION}
    assert [mark.label for mark in marks if mark.kind == "done" and not mark.until] == [
        "1.4 of 4",
        "2.6 of 4",
        "3.2 of 4",
    ]
    assert [mark.label for mark in marks if mark.kind == "decision"] == ["Monitoring"]
    assert [mark.label for mark in marks if mark.until] == ["Shelter"]
    assert sum(mark.label == "Follow-up" for mark in marks) == 3
    assert [mark.at for mark in marks] == sorted(mark.at for mark in marks)


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_outside_care_gets_a_mark_or_a_due_thing(cast: Cast, told: Story, name: str) -> None:
    actor = cast.actor(name)
    assert queries.marks_of_case(actor, told.case_id) == []
    assert queries.due_for(actor, date(2099, 1, 1)) == []
    assert queries.waiting_for(actor) == []


def test_colleagues_on_the_case_see_that_a_part_is_withheld_and_outsiders_not_even_that(
    cast: Cast, told: Story
) -> None:
    section = queries.sections_of_case(cast.chandra, told.case_id)[0]
    assert section.withheld
    assert not section.rows
    with pytest.raises(NotFound):
        queries.sections_of_case(cast.stranger, told.case_id)


def test_what_is_due_is_told_to_the_caseworker_of_the_client(cast: Cast, told: Story) -> None:
    due = queries.due_for(cast.dalia, clock.today())
    assert [one.urgency for one in due] == ["late"]
    later = queries.due_for(cast.dalia, clock.today() + timedelta(days=400))
    days = [one.due_on for one in later if one.due_on is not None]
    assert days == sorted(days)
    assert len(later) > len(due)


def test_an_agreed_plan_waits_for_a_supervisor_who_did_not_write_it(cast: Cast, told: Story) -> None:
    assert queries.waiting_for(cast.jalil) == []
    commands.set_goal(actor=cast.dalia, plan_id=told.plan_id, domain=Domain.LAW, words="I want my papers")
    commands.agree_care_plan(actor=cast.dalia, plan_id=told.plan_id, review_on=clock.today() + timedelta(days=9))
    assert len(queries.waiting_for(cast.jalil)) == 1
    assert queries.waiting_for(cast.dalia) == []


def test_opening_the_page_is_a_reading_of_care_and_of_the_address(cast: Cast, told: Story) -> None:
    with readings.collecting() as opened:
        queries.person_page(cast.dalia, told.case_id, told.person_id)
    assert {(told.case_id, Compartment.CARE), (told.case_id, Compartment.ADDRESS)} <= opened
    with readings.collecting() as opened:
        queries.person_page(cast.chandra, told.case_id, told.person_id)
    assert (told.case_id, Compartment.CARE) not in opened


def test_the_closing_list_names_what_is_missing_and_is_met_when_it_is_done(cast: Cast, told: Story) -> None:
    met = {check.code: check.met for check in queries.closing_checks(told.case_id)}
    assert met == {
        "safety_plan_reviewed": False,
        "services_resolved": False,
        "final_assessment": True,
        "follow_up_planned": True,
    }
    commands.review_safety_plan(actor=cast.dalia, plan_id=told.safety_id, review_on=clock.today() + timedelta(days=90))
    commands.move_service(actor=cast.dalia, service_id=told.service_id, state=ServiceState.DELIVERED)
    assert all(check.met for check in queries.closing_checks(told.case_id))


def test_a_case_without_clients_has_nothing_to_close_in_aftercare(cast: Cast) -> None:
    assert queries.closing_checks(cast.case().id) == []


def test_a_page_costs_the_same_number_of_queries_however_much_there_is(cast: Cast, told: Story) -> None:
    def cost() -> tuple[int, int]:
        counts = []
        for run in (
            lambda: queries.person_page(cast.dalia, told.case_id, told.person_id),
            lambda: queries.due_list(cast.dalia),
        ):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                run()
            counts.append(len(captured))
        return counts[0], counts[1]

    before = cost()
    for at in range(3):
        commands.set_goal(actor=cast.dalia, plan_id=told.plan_id, domain=Domain.BODY, words=f"I want {at}")
        story.assess(cast, told.client_id, 2)
        commands.decide_restoration(
            actor=cast.jalil,
            client_id=told.client_id,
            decision=Decision.NOT_YET,
            assessment_id=told.assessments[-1],
            reason="Not yet.",
        )
    assert cost() == before


def test_means_of_different_instruments_are_not_drawn_as_one_line(cast: Cast, told: Story) -> None:
    raw = instruments.house_raw() | {"code": "other-scale"}
    other = commands.add_instrument(actor=cast.jalil, data=json.dumps(raw).encode(), acknowledged=True)
    key = commands.start_assessment(actor=cast.dalia, client_id=told.client_id, instrument_id=other)
    commands.save_answers(actor=cast.dalia, assessment_id=key, given={"safe_home": ("4", ""), "home": ("1", "")})
    commands.complete_assessment(actor=cast.dalia, assessment_id=key)
    section = queries.person_page(cast.dalia, told.case_id, told.person_id).sections[0]
    assert isinstance(section.drawing, Profile)
    assert len(section.drawing.dates) == 1
    assert len(section.rows) == 4


def test_without_thresholds_of_the_organisation_there_are_none(cast: Cast) -> None:
    assert scores.thresholds() == {}
