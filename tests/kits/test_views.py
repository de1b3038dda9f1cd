from __future__ import annotations

import re
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.kernel import clock, ids
from amparo.kits import commands, queries
from amparo.kits.commands import Report
from amparo.kits.errors import ForbiddenAsk, NothingToExamine, NotYours, ReasonMissing, TooEarly
from amparo.kits.models import Kit, LabRequest, LabResult, UsedKit
from amparo.kits.words import Ask, BoxState, Kind, LabTest, Outcome, Reader, Rejection, State
from tests.cast import Cast
from tests.kits.story import SEAL, Story, begin

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return begin(cast)


def page(story: Story, who: str, name: str, *args: object, status: int = 200, **query: str) -> str:
    answer = story.cast.client(who).get(reverse(f"kits:{name}", args=args), query)
    assert answer.status_code == status, (who, name)
    return answer.content.decode()


def post(story: Story, by: str, name: str, *args: object, status: int = 302, **data: object) -> str:
    answer = story.cast.client(by).post(
        reverse(f"kits:{name}", args=args), {"form_id": str(ids.new_public_id())} | data
    )
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


# ---- the board -------------------------------------------------------------------------------------------------


def test_the_board_shows_kits_to_those_who_work_with_them_and_counts_to_who_leads(story: Story) -> None:
    code = UsedKit.objects.get(kit_id=story.use(who="bruno")).code
    for name in ("bruno", "chandra", "esther", "femi", "mateo", "noor", "grace"):
        assert code in page(story, name, "board"), name
    for name in ("jalil", "kofi", "pedro"):
        shown = page(story, name, "board")
        assert code not in shown, name
        assert (">1<" in shown) == (name != "stranger")
    for name in ("dalia", "amina", "iris", "oksana", "hugo", "lina"):
        page(story, name, "board", status=404)


def test_the_board_narrows_by_state_facility_and_alarm(story: Story) -> None:
    first, second = story.use(who="bruno"), story.use(who="bruno", seal="K 2", reported=False)
    codes = {key: UsedKit.objects.get(kit_id=key).code for key in (first, second)}
    held = page(story, "bruno", "board", state="held")
    assert codes[second] in held
    assert codes[first] not in held
    with clock.set_to(clock.now() + timedelta(days=30)):
        late = page(story, "bruno", "board", alarm="on")
        assert codes[first] in late
        assert codes[second] not in late
    assert codes[first] in page(story, "bruno", "board", facility=str(story.clinic), state="nonsense", after="x")


def test_the_board_pages_by_key(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [UsedKit.objects.get(kit_id=story.use(who="bruno", seal=f"K {at}")).code for at in range(3)]
    monkeypatch.setattr(sys.modules["amparo.kits.queries.boards"], "PAGE", 2)
    shown = page(story, "bruno", "board")
    assert [code in shown for code in codes] == [False, True, True]
    after = re.search(r"after=([0-9a-f-]+)", shown)
    assert after is not None
    rest = page(story, "bruno", "board", after=after.group(1))
    assert [code in rest for code in codes] == [True, False, False]


@pytest.mark.parametrize("name", ["board", "stock", "laboratories"])
def test_queries_do_not_grow_with_kits(cast: Cast, name: str) -> None:
    story = begin(cast, count=6)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            page(story, "noor", name)
        return len(caught)

    story.use(who="bruno", seal="K 1")
    page(story, "noor", name)
    before = asked()
    for at in range(2, 4):
        story.use(who="bruno", seal=f"K {at}")
    assert asked() == before


# ---- one kit ---------------------------------------------------------------------------------------------------


def test_the_page_of_a_kit_draws_its_path_and_says_what_can_follow(story: Story) -> None:
    kit = story.use(who="bruno")
    story.step(kit, Kind.PICK_UP)
    shown = page(story, "bruno", "kit", kit)
    assert "<svg" in shown
    assert "Sergeant Example" in shown
    assert SEAL in shown
    assert reverse("kits:step", args=[kit, "store"]) in shown
    assert reverse("kits:step", args=[kit, "pick_up"]) not in shown
    assert "in the chain, line 4" in shown


def test_who_may_not_see_a_kit_finds_nothing(story: Story) -> None:
    kit = story.use(who="bruno")
    for name in ("dalia", "jalil", "kofi", "amina", "iris", "stranger"):
        page(story, name, "kit", kit, status=404)
    # On the shelf it was the examiner's stock; in use it is the case's.
    story.cast.case(team=("esther",))
    page(story, "noor", "kit", kit)


def test_steps_are_written_on_the_page_and_typed_words_come_back(story: Story) -> None:
    kit = story.use(who="bruno")
    refused = post(story, "bruno", "step", kit, "pick_up", who="Sergeant <b>", seal_read="", status=422)
    assert "Sergeant &lt;b&gt;" in refused
    post(story, "bruno", "step", kit, "pick_up", who="Sergeant", seal_read=SEAL)
    assert UsedKit.objects.get().state == State.PICKED_UP
    post(story, "femi", "step", kit, "store", place="Row 3")
    post(story, "bruno", "step", kit, "send", laboratory_id=str(story.laboratory))
    for kind in ("arrive", "begin", "complete"):
        post(story, "femi", "step", kit, kind)
    post(story, "bruno", "step", kit, "return", comes_here="yes", place="Safe", seal_read=SEAL)
    post(story, "bruno", "step", kit, "retain", until=(clock.today() + timedelta(days=9)).isoformat())
    assert UsedKit.objects.get().state == State.RETAINED
    page(story, "bruno", "step", kit, "send", status=200)
    page(story, "bruno", "step", kit, "nonsense", status=404)
    page(story, "bruno", "step", kit, "use", status=404)


def test_a_contradiction_between_path_and_custody_is_said(story: Story) -> None:
    from amparo.evidence import commands as evidence

    kit = story.use(who="bruno")
    evidence.hand_over(
        actor=story.cast.bruno,
        item_id=UsedKit.objects.get().item_id,
        to_outside=evidence.Outside("Sergeant Example"),
    )
    assert "tells something else" in page(story, "bruno", "kit", kit)
    story.step(kit, Kind.PICK_UP, who="femi")
    assert "tells something else" not in page(story, "bruno", "kit", kit)


def test_a_limitation_is_written_down_and_warns(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    late = (clock.today() + timedelta(days=9000)).isoformat()
    post(story, "chandra", "limitation", kit, until=late)
    assert "before a case could still be brought" in page(story, "chandra", "kit", kit)
    page(story, "femi", "limitation", kit, status=403)


def test_the_label_shows_the_code_and_nothing_else(story: Story) -> None:
    kit = story.use(who="bruno")
    shown = page(story, "bruno", "label", kit)
    assert "<svg" in shown
    assert "Nadia" not in shown
    assert "SN-0001" not in shown


# ---- stock -----------------------------------------------------------------------------------------------------


def test_stock_is_registered_received_and_discarded_on_pages(story: Story) -> None:
    later = (clock.today() + timedelta(days=300)).isoformat()
    data = {"facility_id": str(story.clinic), "serials": "A-1\r\n\r\nA-2 \r\n", "lot": "L", "expires_on": later}
    post(story, "noor", "send", **data)
    coming = list(Kit.objects.filter(state=BoxState.ON_THE_WAY))
    assert len(coming) == 2
    again = post(story, "noor", "send", status=422, **data)
    assert "registered already" in again
    post(story, "esther", "receive", coming[0].id)
    post(story, "noor", "discard", coming[1].id, why="damaged")
    shown = page(story, "noor", "stock", facility=str(story.clinic))
    assert coming[0].code in shown
    assert coming[1].code not in shown
    assert "A-1" in page(story, "esther", "kit", coming[0].id)
    page(story, "bruno", "stock", status=404)
    page(story, "bruno", "kit", coming[0].id, status=404)
    page(story, "bruno", "send", status=403)


# ---- her number ------------------------------------------------------------------------------------------------


def test_the_number_is_asked_for_shown_once_and_works(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    post(story, "dalia", "number", kit, status=422)
    shown = post(story, "dalia", "number", kit, status=200, safe="on")
    found = re.search(r"MY(-[0-9A-Z]{3}){5}", shown)
    assert found is not None
    status = queries.status_by_number(found.group())
    assert status is not None
    assert found.group() not in page(story, "dalia", "status", kit)
    post(story, "dalia", "withdraw", kit)
    assert queries.status_by_number(found.group()) is None


def test_the_same_form_sent_twice_makes_one_number(story: Story) -> None:
    kit = story.use(who="bruno")
    client, url = story.cast.client("esther"), reverse("kits:number", args=[kit])
    data = {"form_id": str(ids.new_public_id()), "safe": "on"}
    assert client.post(url, data).status_code == 200
    assert client.post(url, data).status_code == 302


def test_a_caseworker_sees_what_the_survivor_reads_and_records_her_decision(story: Story) -> None:
    kit = story.use(who="bruno", reported=False)
    shown = page(story, "dalia", "status", kit)
    assert "Nobody examines it unless you say so" in shown
    assert SEAL not in shown
    assert "Clinic" not in shown
    post(story, "dalia", "step", kit, "report")
    assert UsedKit.objects.get().state == State.REPORTED
    for name in ("bruno", "noor", "jalil"):
        page(story, name, "status", kit, status=404 if name == "jalil" else 403)


# ---- requests --------------------------------------------------------------------------------------------------


def drafted(story: Story, **more: object) -> LabRequest:
    values = {"tests": [LabTest.DNA], "laboratory_id": story.laboratory, "case_id": story.case.id} | more
    key = commands.draft_request(actor=story.cast.bruno, **values)  # type: ignore[arg-type]
    return LabRequest.objects.get(pk=key)


def test_a_request_goes_from_draft_to_report_on_pages(story: Story) -> None:
    kit = story.use(who="bruno")
    post(
        story,
        "bruno",
        "draft",
        story.case.id,
        laboratory_id=str(story.laboratory),
        kit_id=str(kit),
        tests=["dna", "drugs"],
        question="canary of the question",
    )
    row = LabRequest.objects.get()
    for ask in ("submit", "receive", "begin"):
        post(story, "bruno", "move", row.id, ask)
    post(story, "bruno", "result", row.id, reader="C6", outcome="profile", words="canary of the report")
    row.refresh_from_db()
    assert row.state == "reported"
    shown = page(story, "chandra", "request", row.id)
    assert "canary of the report" in shown
    assert "canary of the question" in shown
    for name in ("femi", "noor", "esther", "mateo", "grace"):
        assert "canary of the report" not in page(story, name, "request", row.id), name


def test_a_report_for_the_medical_file_is_the_examiners(story: Story) -> None:
    row = drafted(story, kit_id=story.use(who="bruno"))
    commands.move_request(actor=story.cast.bruno, request_id=row.id, ask=Ask.SUBMIT)
    report = Report(Reader.MEDICAL, Outcome.SUBSTANCE, "canary of the clinic")
    with pytest.raises(NotYours):
        commands.record_result(actor=story.cast.bruno, request_id=row.id, report=report)
    commands.record_result(actor=story.cast.esther, request_id=row.id, report=report)
    assert "canary of the clinic" in page(story, "esther", "request", row.id)
    for name in ("bruno", "chandra", "femi"):
        assert "canary of the clinic" not in page(story, name, "request", row.id), name
    commands.record_result(actor=story.cast.bruno, request_id=row.id, report=Report(Reader.PROCEEDING, Outcome.NOTHING))
    assert LabResult.objects.count() == 2


def test_a_request_names_what_is_examined_and_goes_in_order(story: Story) -> None:
    with pytest.raises(NothingToExamine):
        drafted(story)
    row = drafted(story, item_ids=[story.item()])
    move = {"actor": story.cast.bruno, "request_id": row.id}
    with pytest.raises(ForbiddenAsk):
        commands.move_request(ask=Ask.BEGIN, **move)  # type: ignore[arg-type]
    commands.move_request(ask=Ask.SUBMIT, **move)  # type: ignore[arg-type]
    with pytest.raises(TooEarly):
        commands.move_request(ask=Ask.RECEIVE, on=clock.today() - timedelta(days=3), **move)  # type: ignore[arg-type]
    with pytest.raises(ReasonMissing):
        commands.move_request(ask=Ask.REJECT, **move)  # type: ignore[arg-type]
    commands.move_request(ask=Ask.REJECT, rejection=Rejection.PAPERS, **move)  # type: ignore[arg-type]
    assert LabRequest.objects.get().state == "rejected"


def test_laboratories_are_shown_with_open_requests_counted(story: Story) -> None:
    rows = [drafted(story, item_ids=[story.item(f"K {at}")]) for at in range(3)]
    for row in rows:
        commands.move_request(actor=story.cast.bruno, request_id=row.id, ask=Ask.SUBMIT)
    with clock.set_to(clock.now() + timedelta(days=20)):
        report = Report(Reader.PROCEEDING, Outcome.FLUID)
        commands.record_result(actor=story.cast.bruno, request_id=rows[0].id, report=report)
    with clock.set_to(clock.now() + timedelta(days=50)):
        found = queries.laboratories(story.cast.jalil)
        shown = page(story, "jalil", "laboratories")
    (line,) = found.lines
    assert (line.name, line.result.ended, line.result.open) == ("Sample Laboratory", 1, 2)
    assert (line.result.median, line.result.longest_open) == (None, 50)
    assert "not reached" in shown


# ---- on the case -----------------------------------------------------------------------------------------------


def test_the_case_shows_its_kits_to_each_as_far_as_she_may_know(story: Story) -> None:
    code = UsedKit.objects.get(kit_id=story.use(who="bruno")).code
    seen = {
        name: [str(section.title) for section in queries.sections_of_case(story.cast.actor(name), story.case.id)]
        for name in ("bruno", "esther", "dalia", "femi")
    }
    assert seen["dalia"] == ["Examination kits"]
    assert seen["bruno"] == ["Examination kits", "Requests to laboratories"]
    assert seen["femi"] == ["Examination kits"]
    assert queries.sections_of_case(story.cast.jalil, story.case.id) == []
    marks = queries.marks_of_case(story.cast.bruno, story.case.id)
    assert [mark.title for mark in marks] == [f"{code}: examination kit"]
    assert queries.marks_of_case(story.cast.dalia, story.case.id) == []
