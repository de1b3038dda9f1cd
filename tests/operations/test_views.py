from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from amparo.kernel import clock
from amparo.ledger.models import Entry
from amparo.operations import commands, queries
from amparo.operations.models import Lesson, Operation, Risk
from amparo.operations.words import State
from tests.cast import CAST, Cast
from tests.operations import story
from tests.papers.reading import words_of
from tests.partners import partners

pytestmark = pytest.mark.django_db


def url(name: str, *keys: object) -> str:
    return reverse(f"operations:{name}", args=list(keys))


def test_an_operation_is_planned_on_the_page_of_a_case(cast: Cast) -> None:
    case = cast.case()
    client = cast.client("bruno")
    assert url("plan", case.id) in client.get(reverse("desk:case", args=[case.id])).content.decode()
    agency = partners.agency(cast)
    answer = client.post(url("plan", case.id), {"objective": "She is out of it", "agency_id": str(agency)})
    assert answer.status_code == 302
    key = Operation.objects.get().id
    assert answer.headers["Location"] == url("operation", key)
    page = client.get(url("operation", key)).content.decode()
    assert "She is out of it" in page
    assert "Sample Health Service" in page


def test_what_was_typed_comes_back_after_an_error(cast: Cast) -> None:
    made = story.begun(cast)
    typed = {"place": "Brickworks", "meeting": "Behind it", "starts": "2026-12-01T05:00", "ends": "2026-12-01T04:00"}
    answer = cast.client("bruno").post(url("place", made.id), typed)
    assert answer.status_code == 422
    assert "Brickworks" in answer.content.decode()
    assert "It ends before it begins." in answer.content.decode()


def test_an_incomplete_plan_says_what_is_missing(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast), without=["risks"])
    asked = [str(cast.accounts["jalil"]), str(cast.accounts["kofi"])]
    answer = cast.client("bruno").post(url("propose", made.id), {"approvers": asked})
    assert answer.status_code == 409
    assert "The plan is not complete: Risks." in answer.content.decode()


def test_the_form_of_a_change_says_that_approvals_are_taken_back(cast: Cast) -> None:
    made = story.approved(cast)
    client = cast.client("bruno")
    for page in ("change", "place", "add_member", "add_risk", "add_case"):
        assert "A change takes approvals back" in client.get(url(page, made.id)).content.decode(), page
    assert "A change takes approvals back" not in client.get(url("numbers", made.id)).content.decode()


def test_a_plan_from_proposal_to_seal_by_its_pages(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    bruno = cast.client("bruno")
    asked = [str(cast.accounts["jalil"]), str(cast.accounts["kofi"])]
    assert bruno.post(url("propose", made.id), {"approvers": asked}).status_code == 302
    for name in ("jalil", "kofi"):
        page = cast.client(name).get(url("approve", made.id)).content.decode()
        seen = re.search(r'name="seen_version" value="(\d+)"', page)
        assert seen, page
        cast.client(name).post(url("approve", made.id), {"seen_version": seen[1]})
    assert made.row.state == State.APPROVED
    team = [key for key, _label in queries.team(cast.bruno, made.id)]
    assert bruno.post(url("brief", made.id), {"present": team[:1]}).status_code == 422
    assert bruno.post(url("brief", made.id), {"present": team}).status_code == 302
    became = {
        "on": queries.today().isoformat(),
        "met": ["0", "1"],
        "survivor_0": "rescued",
        "survivor_0_part": "supported",
        "suspect_0": "not_out",
    }
    assert bruno.post(url("execute", made.id), became | {"survivor_0_part": ""}).status_code == 422
    assert bruno.post(url("execute", made.id), became | {"met": ["0"]}).status_code == 422
    assert bruno.post(url("execute", made.id), became).status_code == 302
    assert made.row.state == State.EXECUTED
    page = bruno.get(url("operation", made.id)).content.decode()
    assert "hidden from everybody" in page
    assert "Brickworks" not in page
    assert "05:00 the magistrate" not in page
    assert "Example Shelter" not in page
    said = {"went_well": "Well", "to_change": "Little", "lessons": "One\n\n  Two "}
    assert bruno.post(url("debrief", made.id), said).status_code == 302
    assert Lesson.objects.count() == 2
    assert bruno.post(url("seal", made.id), {}).status_code == 409
    relief = queries.outcomes_by_person(cast.bruno, made.id)[made.case.survivor]
    cast.client("jalil").post(reverse("investigations:verify", args=["relief", relief]))
    assert bruno.post(url("seal", made.id), {}).status_code == 302
    assert made.row.code in bruno.get(url("sealed")).content.decode()


def test_somebody_who_approved_is_not_asked_on_the_page_again(cast: Cast) -> None:
    made = story.proposed(cast)
    client = cast.client("jalil")
    assert url("approve", made.id) in client.get(url("operation", made.id)).content.decode()
    story.approve(cast, made, "jalil")
    assert url("approve", made.id) not in client.get(url("operation", made.id)).content.decode()


def test_a_risk_can_be_struck(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    risk = Risk.objects.get(operation_id=made.id)
    words = {"hazard": "x", "likelihood": "1", "harm": "1", "mitigation": "y", "strike": "on"}
    assert cast.client("bruno").post(url("change_risk", risk.id), words).status_code == 302
    assert not Risk.objects.exists()


# ---- the desk ------------------------------------------------------------------------------------------------------


def test_today_asks_an_approver_until_she_decided(cast: Cast) -> None:
    made = story.proposed(cast)
    today = reverse("desk:today")
    assert "Approve an operation" in cast.client("jalil").get(today).content.decode()
    story.approve(cast, made, "jalil")
    assert "Approve an operation" not in cast.client("jalil").get(today).content.decode()
    assert "Approve an operation" in cast.client("kofi").get(today).content.decode()


def test_today_tells_the_lead_to_brief_and_to_debrief(cast: Cast) -> None:
    made = story.approved(cast)
    week = reverse("desk:week")
    assert "Brief the team" in cast.client("bruno").get(week).content.decode()
    assert "Brief the team" not in cast.client("chandra").get(week).content.decode()
    story.brief(cast, made)
    assert "An operation is on this day" in cast.client("bruno").get(week).content.decode()
    story.execute(cast, made)
    assert "Debrief" in cast.client("bruno").get(week).content.decode()
    with clock.set_to(clock.now() + timedelta(days=5)):
        due = queries.due_for(cast.bruno, queries.today())
        assert [one.urgency for one in due] == ["late"]


def test_an_operation_is_drawn_on_the_case_for_its_people(cast: Cast) -> None:
    made = story.approved(cast)
    assert len(queries.marks_of_case(cast.bruno, made.case.id)) == 1
    assert queries.marks_of_case(cast.chandra, made.case.id) == []
    story.brief(cast, made)
    story.execute(cast, made)
    assert [mark.kind for mark in queries.marks_of_case(cast.bruno, made.case.id)] == ["done"]


# ---- the briefing sheet --------------------------------------------------------------------------------------------


def test_the_briefing_sheet_holds_what_the_team_must_know_and_no_name_of_a_survivor(cast: Cast) -> None:
    made = story.approved(cast)
    answer = cast.client("bruno").post(url("sheet", made.id))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="briefing.pdf"'
    assert "no-store" in answer.headers["Cache-Control"]
    said = words_of(answer.content)
    for word in (
        "Brickworks",
        "Both cars are there",
        "Anybody is armed",
        "magistrate",
        "Example Shelter",
        "SV-",
        "Femi",
    ):
        assert word in said, word
    assert f"Printed by {CAST['bruno'][0]}" in said
    assert "Nadia" not in said
    assert "Not approved" not in said


def test_each_print_is_in_the_ledger(cast: Cast) -> None:
    made = story.approved(cast)
    for name in ("bruno", "femi"):
        assert cast.client(name).post(url("sheet", made.id)).status_code == 200
    printed = Entry.objects.filter(verb="operation.printed", subject_id=made.id)
    assert {entry.actor_id for entry in printed} == {cast.accounts["bruno"], cast.accounts["femi"]}


def test_a_sheet_of_a_plan_that_is_not_approved_says_so(cast: Cast) -> None:
    made = story.proposed(cast)
    said = words_of(cast.client("bruno").post(url("sheet", made.id)).content)
    assert "Not approved. Nobody sets out on this plan." in said


def test_no_sheet_is_printed_once_it_is_over(cast: Cast) -> None:
    made = story.executed(cast)
    answer = cast.client("bruno").post(url("sheet", made.id))
    assert answer.status_code == 409
    assert not Entry.objects.filter(verb="operation.printed").exists()


def test_a_sheet_is_not_read_by_a_link(cast: Cast) -> None:
    made = story.approved(cast)
    assert cast.client("bruno").get(url("sheet", made.id)).status_code == 405


def test_an_approver_prints_no_sheet(cast: Cast) -> None:
    made = story.proposed(cast)
    assert cast.client("jalil").post(url("sheet", made.id)).status_code == 403


# ---- cost ----------------------------------------------------------------------------------------------------------


def _queries(cast: Cast, name: str, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = cast.client(name)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_board_costs_the_same_however_many_operations_there_are(cast: Cast) -> None:
    story.fill(cast, story.begun(cast))
    few = _queries(cast, "bruno", url("board"))
    for _ in range(3):
        story.fill(cast, story.begun(cast))
    assert _queries(cast, "bruno", url("board")) == few


def test_the_page_costs_the_same_however_much_is_planned(cast: Cast) -> None:
    made = story.fill(cast, story.begun(cast))
    few = _queries(cast, "bruno", url("operation", made.id))
    for number in range(4):
        commands.add_risk(
            actor=cast.bruno, operation_id=made.id, hazard=f"Risk {number}", likelihood=1, harm=2, mitigation="x"
        )
    assert _queries(cast, "bruno", url("operation", made.id)) == few
    assert few < 60
