"""An examination is planned first: it stands on Today, is moved or cancelled, and one press begins it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from amparo.cases import commands as cases
from amparo.cases.models import Case
from amparo.cases.words import CaseState, TrackKind
from amparo.forensics import commands, queries
from amparo.forensics.errors import AppointmentPast, AppointmentSettled, OneDraft
from amparo.forensics.models import Appointment, Examination
from amparo.forensics.queries import appointments
from amparo.forensics.words import AppointmentState, Figure
from amparo.journeys import erasing
from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound
from amparo.ledger.models import Entry
from amparo.people import commands as people
from tests.forensics import story

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def planned(cast: Cast, hours: int = 30) -> tuple[UUID, UUID]:
    case = cast.case(team=story.TEAM)
    key = commands.plan(
        actor=cast.esther,
        case_id=case.id,
        person_id=case.survivor,
        planned_at=clock.now() + timedelta(hours=hours),
        figure=Figure.CHILD,
        facility="canary-exam clinic",
    )
    return case.id, key


def test_an_appointment_stands_on_today_and_begins_the_examination_as_it_was_planned(cast: Cast) -> None:
    _case, key = planned(cast)
    assert queries.due_for(cast.esther, clock.today()) == []
    tomorrow = clock.today() + timedelta(days=2)
    assert [one.url for one in queries.due_for(cast.esther, tomorrow)] == [f"/examinations/planned/{key}/"]
    assert queries.due_for(cast.dalia, tomorrow) == []
    page = cast.client("esther").get(f"/examinations/planned/{key}/").content.decode()
    assert "canary-exam clinic" in page
    answer = cast.client("esther").post(f"/examinations/planned/{key}/begin/")
    exam = Examination.objects.get()
    assert answer["Location"] == f"/examinations/{exam.id}/section/before/"
    assert exam.figure == Figure.CHILD
    assert Appointment.objects.get().exam_id == exam.id
    assert queries.due_for(cast.esther, tomorrow) == []
    with pytest.raises(AppointmentSettled):
        commands.begin_planned(actor=cast.esther, appointment_id=key)


def test_an_appointment_is_moved_ahead_only_and_cancelled_with_a_reason(cast: Cast) -> None:
    _case, key = planned(cast)
    with pytest.raises(AppointmentPast):
        commands.replan(actor=cast.esther, appointment_id=key, planned_at=clock.now())
    later = clock.now() + timedelta(days=9)
    commands.replan(actor=cast.esther, appointment_id=key, planned_at=later, facility="Elsewhere")
    assert Appointment.objects.get().planned_at == later
    commands.cancel(actor=cast.esther, appointment_id=key, reason="canary-exam ill")
    page = cast.client("esther").get(f"/examinations/planned/{key}/").content.decode()
    assert "canary-exam ill" in page
    assert "Begin now" not in page
    with pytest.raises(AppointmentSettled):
        commands.replan(actor=cast.esther, appointment_id=key, planned_at=later)


def test_a_place_that_is_offered_no_more_stays_on_the_form_by_its_name(cast: Cast) -> None:
    _case, key = planned(cast)
    closed = ids.new_id()
    later = clock.now() + timedelta(days=3)
    commands.replan(actor=cast.esther, appointment_id=key, planned_at=later, facility_id=closed, facility="Lake ward")
    offered = appointments.planned(cast.esther, key, [(str(closed), "Lake ward")])
    assert offered.values["facility"] == ""
    assert appointments.planned(cast.esther, key).values["facility"] == "Lake ward"


def test_beginning_asks_for_what_every_examination_needs(cast: Cast) -> None:
    case, key = planned(cast)
    commands.begin(actor=cast.esther, case_id=case, person_id=Appointment.objects.get().person_id)
    with pytest.raises(OneDraft):
        commands.begin_planned(actor=cast.esther, appointment_id=key)


def test_what_is_planned_waits_on_no_day_once_its_case_is_closed_or_she_is_erased(cast: Cast) -> None:
    case, _key = planned(cast)
    soon = clock.today() + timedelta(days=2)
    Case.objects.filter(pk=case).update(state=CaseState.CLOSED)
    assert queries.due_for(cast.esther, soon) == []
    other = cast.case(team=story.TEAM)
    key = commands.plan(actor=cast.esther, case_id=other.id, person_id=other.survivor, planned_at=clock.in_days(1))
    cases.change_track(actor=cast.chandra, case_id=other.id, kind=TrackKind.ACCOUNTABILITY, state="not_pursued")
    erasing.erase_person(actor=cast.lina, person_id=other.survivor)
    assert Appointment.objects.get(pk=key).state == AppointmentState.CANCELLED
    assert queries.due_for(cast.esther, soon) == []


def test_the_day_of_an_appointment_is_noted_by_the_clocks_of_the_office(cast: Cast) -> None:
    case = cast.case(team=story.TEAM)
    late = clock.now().replace(hour=22) + timedelta(days=1)
    with clock.days_of(ZoneInfo("Asia/Phnom_Penh")):
        commands.plan(actor=cast.esther, case_id=case.id, person_id=case.survivor, planned_at=late)
    following = (late + timedelta(days=1)).date()
    assert json.loads(Entry.objects.get(verb="exam.planned").body)["facts"]["on"] == following.isoformat()


def test_who_may_not_examine_neither_sees_nor_moves_an_appointment(cast: Cast) -> None:
    _case, key = planned(cast)
    for actor in (cast.dalia, cast.bruno, cast.iris):
        with pytest.raises(NotFound):
            commands.cancel(actor=actor, appointment_id=key, reason="no")


def test_what_the_case_knows_of_her_is_shown_and_not_asked(cast: Cast) -> None:
    told = story.examined(cast)
    people.change_person(
        actor=cast.jalil, person_id=told.case.survivor, expected=1, name="Nour Sample", gender="female",
        languages=["Khmer"], disability=["walking"],
    )  # fmt: skip
    page = cast.client("esther").get(f"/examinations/{told.exam}/section/before/").content.decode()
    assert "Known from the case" in page
    assert "Khmer" in page
    assert 'name="gender"' not in page
