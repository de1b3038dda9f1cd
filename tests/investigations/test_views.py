from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from amparo.investigations import commands, queries
from amparo.investigations.commands import Contacted, Talk
from amparo.investigations.models import Lead, LeadAsk, OfficialContact, Relief, SuspectStatus
from amparo.investigations.words import Agency, ContactKind, LeadKind
from amparo.kernel import ids
from amparo.partners import commands as partners
from amparo.partners.models import Post
from amparo.partners.words import EndReason
from tests.cast import Cast
from tests.investigations.test_commands import MET, arrest, in_office, open_lead, relieve

pytestmark = pytest.mark.django_db


def test_an_investigator_sees_the_whole_room(cast: Cast) -> None:
    case = cast.case()
    open_lead(cast, case)
    arrest(cast, case)
    relieve(cast, case)
    page = cast.client("bruno").get(reverse("investigations:room", args=[case.id])).content.decode()
    for said in (
        "A blue van",
        "Who owned it in March?",
        "Arrested",
        "Stays away",
        "Brought to safety",
        "Not yet verified",
    ):
        assert said in page


def test_a_caseworker_sees_relief_but_no_lead_and_no_remark_on_suspects(cast: Cast) -> None:
    case = cast.case()
    open_lead(cast, case)
    arrest(cast, case)
    relieve(cast, case)
    page = cast.client("dalia").get(reverse("investigations:room", args=[case.id])).content.decode()
    assert "Brought to safety" in page
    assert "A blue van" not in page
    assert "Stays away" not in page


def test_a_stranger_does_not_learn_that_the_room_exists(cast: Cast) -> None:
    case = cast.case()
    assert cast.client("iris").get(reverse("investigations:room", args=[case.id])).status_code == 404


def test_a_lead_is_opened_by_its_form(cast: Cast) -> None:
    case = cast.case()
    client = cast.client("bruno")
    url = reverse("investigations:open_lead", args=[case.id])
    assert client.get(url).status_code == 200
    answer = client.post(
        url,
        {
            "form_id": str(ids.new_public_id()),
            "kind": LeadKind.MONEY,
            "title": "A transfer",
            "assigned_id": str(cast.accounts["bruno"]),
            "due_on": "2026-12-01",
        },
    )
    assert answer.status_code == 302
    assert Lead.objects.get().due_on == date(2026, 12, 1)


def test_convicted_is_not_among_the_choices_and_typing_it_is_refused(cast: Cast) -> None:
    case = cast.case()
    client = cast.client("bruno")
    url = reverse("investigations:record_status", args=[case.id, case.suspect])
    assert 'value="convicted"' not in client.get(url).content.decode()
    typed = {
        "status": "convicted",
        "source": "police",
        "happened_0": "1",
        "happened_1": "4",
        "happened_2": "2026",
    }
    assert client.post(url, typed).status_code == 422
    assert not SuspectStatus.objects.exists()


def test_a_mistaken_status_is_withdrawn_with_a_reason_and_stays_readable(cast: Cast) -> None:
    case = cast.case()
    row = arrest(cast, case)
    client = cast.client("bruno")
    url = reverse("investigations:withdraw_status", args=[row.id])
    room = reverse("investigations:room", args=[case.id])
    assert url in client.get(room).content.decode()
    shown = client.get(url).content.decode()
    assert "1 April 2026: Arrested. Source: Police." in shown
    assert 'value="not_lasting"' not in shown
    assert client.post(url, {"form_id": str(ids.new_public_id())}).status_code == 422
    typed = {"form_id": str(ids.new_public_id()), "reason": "mistaken"}
    assert client.post(url, typed).status_code == 302
    page = client.get(room).content.decode()
    for said in ("Arrested. Source: Police.", "Stays away", "Withdrawn: It did not happen like this.", "Nothing known"):
        assert said in page
    assert url not in page
    # The caseworker, who reads no remark, reads that it is withdrawn all the same.
    assert "Withdrawn: It did not happen like this." in cast.client("dalia").get(room).content.decode()
    case_page = client.get(reverse("desk:case", args=[case.id])).content.decode()
    assert "Suspect: Arrested" not in case_page
    answer = client.post(url, typed | {"form_id": str(ids.new_public_id())})
    assert answer.status_code == 409
    assert "withdrawn already" in answer.content.decode()


def test_the_recorder_is_told_why_she_can_not_verify(cast: Cast) -> None:
    row = relieve(cast, cast.case(), by="jalil")
    answer = cast.client("jalil").post(reverse("investigations:verify", args=["relief", row.id]), {})
    assert answer.status_code == 409
    assert "Ask a supervisor who did not record it." in answer.content.decode()


def test_a_supervisor_verifies_what_waits_for_her(cast: Cast) -> None:
    row = relieve(cast, cast.case())
    assert [due.url for due in queries.waiting_for(cast.jalil)] == [
        reverse("investigations:verify", args=["relief", row.id])
    ]
    answer = cast.client("jalil").post(reverse("investigations:verify", args=["relief", row.id]), {})
    assert answer.status_code == 302
    assert Relief.objects.get(pk=row.id).verified_by == cast.accounts["jalil"]
    assert queries.waiting_for(cast.jalil) == []


def test_every_form_of_the_room_opens(cast: Cast) -> None:
    case = cast.case()
    lead = open_lead(cast, case)
    row = relieve(cast, case)
    arrest(cast, case)
    bruno, jalil = cast.client("bruno"), cast.client("jalil")
    for name, args in (
        ("record_status", [case.id, case.suspect]),
        ("record_relief", [case.id]),
        ("record_restraint", [case.id]),
        ("record_contact", [case.id]),
        ("change_lead", [lead.id]),
        ("close_lead", [lead.id]),
    ):
        assert bruno.get(reverse(f"investigations:{name}", args=args)).status_code == 200, name
    for name in ("verify", "withdraw"):
        assert jalil.get(reverse(f"investigations:{name}", args=["relief", row.id])).status_code == 200, name


def test_marks_sections_and_what_is_due_show_only_what_the_reader_may_see(cast: Cast) -> None:
    case = cast.case()
    open_lead(cast, case)
    arrest(cast, case)
    relieve(cast, case)
    assert len(queries.marks_of_case(cast.bruno, case.id)) == 2
    assert len(queries.marks_of_case(cast.iris, case.id)) == 0
    ids_shown = [section.id for section in queries.sections_of_case(cast.bruno, case.id)]
    assert ids_shown == ["threats", "interviews", "suspects", "leads"]
    assert [str(due.title) for due in queries.due_for(cast.bruno, date(2026, 12, 2))] == ["A blue van"]
    assert queries.due_for(cast.dalia, date(2026, 12, 2)) == []


def test_an_agreed_step_is_due_until_it_is_done(cast: Cast) -> None:
    case = cast.case()
    key = commands.record_contact(
        actor=cast.bruno,
        case_id=case.id,
        who=Contacted(name="Inspector Muster", agency_kind=Agency.POLICE),
        talk=Talk(ContactKind.CALL, date(2026, 4, 1), "The van is looked for", "Call again", next_on=date(2026, 4, 9)),
    )
    assert len(queries.due_for(cast.bruno, date(2026, 4, 9))) == 1
    assert cast.client("bruno").post(reverse("investigations:step_done", args=[key])).status_code == 302
    assert queries.due_for(cast.bruno, date(2026, 4, 9)) == []


def test_a_contact_is_put_right_with_an_official_who_left_the_post(cast: Cast) -> None:
    case, (official, desk) = cast.case(), in_office(cast)
    talk = Talk(ContactKind.CALL, MET, "The van is looked for")
    old = commands.record_contact(actor=cast.bruno, case_id=case.id, who=Contacted(known_id=official), talk=talk)
    post = Post.objects.get()
    partners.end_post(actor=cast.oksana, post_id=post.id, until_on=MET, reason=EndReason.MOVED)
    url, client = reverse("investigations:correct_contact", args=[old]), cast.client("bruno")
    page = client.get(url).content.decode()
    assert f'value="{official}" selected' in page
    told = {"reason": "wrong_what", "official_id": str(official), "unit_id": str(desk), "kind": "visit", "on": MET}
    assert client.post(url, told).status_code == 302
    row = OfficialContact.objects.get(withdraw_reason="")
    assert (row.known_id, row.partner_id, row.unit_id, row.kind) == (official, post.agency_id, desk, "visit")


def test_a_partner_is_asked_and_asked_no_more_on_pages(cast: Cast) -> None:
    case = cast.case()
    lead, client = open_lead(cast, case), cast.client("bruno")
    url = reverse("investigations:ask_partner", args=[lead.id])
    assert url in client.get(reverse("investigations:room", args=[case.id])).content.decode()
    told = {"name": "The duty officer", "asked": "Whose is the number plate?", "due_on": "2099-01-05", "asked_on": ""}
    assert client.post(url, told | {"asked": ""}).status_code == 422
    assert client.post(url, told).status_code == 302
    row = LeadAsk.objects.get()
    drop = reverse("investigations:drop_ask", args=[row.id])
    page = client.get(reverse("investigations:room", args=[case.id])).content.decode()
    assert "Whose is the number plate?" in page
    assert drop in page
    assert "Whose is the number plate?" in client.get(drop).content.decode()
    assert client.post(drop).status_code == 302
    assert "not needed any more" in client.get(reverse("investigations:room", args=[case.id])).content.decode()
