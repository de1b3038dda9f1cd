"""Handing a caseload over passes on what waits for whoever leaves."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from amparo.cases import commands as cases
from amparo.cases.models import Task, Track
from amparo.cases.queries import own_conferences
from amparo.cases.words import TrackKind
from amparo.investigations import commands as investigations
from amparo.investigations import queries as investigation_queries
from amparo.investigations.models import Lead
from amparo.investigations.words import LeadKind
from amparo.journeys import handing_over
from amparo.kernel import clock
from tests.cases.test_conferences import agency
from tests.cast import Cast
from tests.investigations.test_interviews import sealed
from tests.staff.test_people import hire_second_investigator

pytestmark = pytest.mark.django_db


def test_tracks_open_tasks_and_leads_pass_with_a_caseload(cast: Cast) -> None:
    hire_second_investigator(cast)
    case = cast.case()
    bruno, ines = cast.accounts["bruno"], cast.accounts["ines"]
    cases.lead_track(actor=cast.jalil, case_id=case.id, kind=TrackKind.RELIEF, account_id=bruno)
    on = clock.today()
    done, still = (
        cases.set_task(actor=cast.bruno, case_id=case.id, title=title, assigned_id=bruno, due_on=on)
        for title in ("Call the driver", "Find the van")
    )
    cases.do_task(actor=cast.bruno, task_id=done)
    lead = investigations.open_lead(
        actor=cast.bruno, case_id=case.id, kind=LeadKind.VEHICLE, title="A van", assigned_id=bruno
    )
    handing_over.hand_over_caseload(actor=cast.jalil, leaving_id=bruno, taking_id=ines)
    assert Track.objects.get(case_id=case.id, kind=TrackKind.RELIEF).lead_id == ines
    assert Task.objects.get(pk=still).assigned_id == ines
    assert Task.objects.get(pk=done).assigned_id == bruno
    assert Lead.objects.get(pk=lead).assigned_id == ines


def test_what_was_promised_and_planned_stays_on_today_when_a_caseload_passes(cast: Cast) -> None:
    hire_second_investigator(cast)
    case = cast.case(team=("bruno",))
    bruno, ines = cast.accounts["bruno"], cast.accounts["ines"]
    interview = sealed(cast, case)
    conference = cases.plan_conference(
        actor=cast.bruno, case_id=case.id, on=date(2026, 6, 1), agencies=[agency(cast)], classes=[], about=""
    )

    def due(name: str) -> tuple[list[UUID], list[UUID]]:
        actor, until = cast.actor(name), date(2026, 6, 1)
        told = investigation_queries.interviews_due(actor, until)
        return [one.id for one in told if one.is_feedback], [one.id for one in own_conferences(actor, until)]

    assert (due("bruno"), due("ines")) == (([interview], [conference]), ([], []))
    handing_over.hand_over_caseload(actor=cast.jalil, leaving_id=bruno, taking_id=ines)
    assert (due("bruno"), due("ines")) == (([], []), ([interview], [conference]))


def test_the_page_knows_only_colleagues_whom_the_reader_supervises(cast: Cast) -> None:
    cast.case()
    address = reverse("journeys:hand_over", args=[cast.accounts["bruno"], cast.accounts["stranger"]])
    assert cast.client("jalil").get(address).status_code == 404
