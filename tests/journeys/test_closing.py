"""Closing asks every room that has something to settle."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from amparo.cases import queries as cases
from amparo.forensics import commands as forensics
from amparo.journeys import closing
from amparo.kernel import clock
from amparo.kits.words import Kind
from amparo.referrals.words import Event, ReleaseEvent
from tests.cast import Cast
from tests.forensics import story
from tests.forensics.test_appointments import planned
from tests.kits import story as kits
from tests.referrals import story as referrals

pytestmark = pytest.mark.django_db


def open_points(cast: Cast, case_id: object) -> set[str]:
    points = closing.checklist(cases.case_head(cast.jalil, case_id))  # type: ignore[arg-type]
    return {check.code for check in points.checks if not check.met}


def test_an_examination_that_was_begun_is_sealed_before_its_case_is_closed(cast: Cast) -> None:
    told = story.examined(cast)
    assert "examinations_sealed" in open_points(cast, told.case.id)


def test_a_sealed_examination_holds_no_case_open(cast: Cast) -> None:
    told = story.sealed(cast)
    assert "examinations_sealed" not in open_points(cast, told.case.id)


def test_a_planned_examination_is_begun_or_cancelled_before_its_case_is_closed(cast: Cast) -> None:
    case, key = planned(cast)
    assert "appointments_settled" in open_points(cast, case)
    assert "Every planned examination was begun or cancelled" in (
        cast.client("jalil").get(reverse("desk:closing", args=[case])).content.decode()
    )
    forensics.cancel(actor=cast.esther, appointment_id=key, reason="She does not want it")
    assert "appointments_settled" not in open_points(cast, case)


def test_a_kit_that_nobody_fetched_examined_or_decided_about_holds_its_case_open(cast: Cast) -> None:
    told = kits.begin(cast)
    assert "kits_settled" not in open_points(cast, told.case.id)
    kit = told.use(who="bruno")
    assert "kits_settled" in open_points(cast, told.case.id)
    for kind in (Kind.PICK_UP, Kind.SEND, Kind.ARRIVE):
        told.step(kit, kind)
        assert "kits_settled" in open_points(cast, told.case.id)
    for kind in (Kind.COMPLETE, Kind.RETURN):
        told.step(kit, kind)
        assert "kits_settled" not in open_points(cast, told.case.id)


def test_a_kit_that_is_held_for_her_decision_holds_her_case_open(cast: Cast) -> None:
    told = kits.begin(cast)
    told.use(who="bruno", reported=False)
    assert "kits_settled" in open_points(cast, told.case.id)


def test_an_open_referral_and_an_open_release_hold_a_case_open(cast: Cast) -> None:
    told = referrals.begin(cast)
    referral, _consent = told.ready()
    release = told.release()
    assert {"referrals_resolved", "releases_ended"} <= open_points(cast, told.case.id)
    told.move(referral, Event.CANCEL, reason="not_needed")
    told.go(release, ReleaseEvent.CANCEL)
    assert not {"referrals_resolved", "releases_ended"} & open_points(cast, told.case.id)


def test_a_report_of_an_examination_that_can_still_be_read_outside_holds_its_case_open(cast: Cast) -> None:
    told = story.judged(cast)
    consents = [one.id for one in cases.bases(cast.esther, told.case.id) if one.is_live and one.recipient]
    release = forensics.release(
        actor=cast.esther,
        exam_id=told.exam,
        recipient_id=cast.accounts["femi"],
        agency_id=story.station(cast),
        basis_ids=consents,
        until_on=clock.today() + timedelta(days=30),
    )
    assert "releases_ended" in open_points(cast, told.case.id)
    forensics.recall(actor=cast.esther, release_id=release)
    assert "releases_ended" not in open_points(cast, told.case.id)
