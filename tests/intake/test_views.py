"""Pages of intake: what one press does, and what is shown to whom."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode
from uuid import UUID

import pytest
from django.urls import reverse

from amparo.intake import commands, queries
from amparo.intake.commands import Tellers, Telling
from amparo.intake.models import Report, ReportFile
from amparo.intake.words import Channel, Danger, State, Teller
from amparo.kernel import clock
from amparo.people.models import Contact
from tests.cast import Cast

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

FORM = "application/x-www-form-urlencoded"
TEXT = "He waits for her at the invented school."


@pytest.fixture(autouse=True)
def _one_step(settings: SettingsWrapper) -> None:
    settings.SECOND_STEP_REQUIRED = False


def answers(**more: str) -> dict[str, str]:
    return {"danger": "no", "medical": "unknown", "channel": "phone", "incident_when": "", **more}


def take(cast: Cast, danger: Danger = Danger.NO) -> UUID:
    telling = Telling(channel=Channel.PHONE, danger=danger, text=TEXT, summary="Somebody is followed.")
    tellers = Tellers(teller=Teller.SURVIVOR, survivor_name="Rana Sample")
    return commands.take_report(actor=cast.amina, office_id=cast.office, telling=telling, tellers=tellers)


def test_a_report_needs_two_answers_only(cast: Cast) -> None:
    answer = cast.client("amina").post(
        reverse("intake:take"), {"danger": "yes", "channel": "phone", "medical": "unknown"}
    )
    row = Report.objects.get()
    assert answer.headers["Location"] == queries.url_of(row.id)
    assert row.danger == "yes"


def test_the_danger_is_asked_before_the_clinic_and_the_clinic_before_the_words(cast: Cast) -> None:
    page = cast.client("amina").get(reverse("intake:take")).content.decode()
    places = [page.index(f'name="{name}"') for name in ("danger", "medical", "text", "survivor_name", "phone")]
    assert places == sorted(places)


def test_a_whole_report_is_kept_as_it_was_told(cast: Cast) -> None:
    told = answers(
        text=TEXT,
        teller="survivor",
        survivor_name="ស្រី គំរូ",
        phone="012 345 678",
        is_safe="yes",
        hours="after 18:00",
        incident_when="yesterday",
        incident_time="22:30",
    )
    cast.client("amina").post(reverse("intake:take"), told)
    row = Report.objects.get()
    assert row.incident_at is not None
    assert row.incident_at.date() == clock.today() - timedelta(days=1)
    assert row.incident_known == "exact"
    assert Contact.objects.get().is_safe


def test_a_number_without_an_answer_about_safety_is_not_taken(cast: Cast) -> None:
    answer = cast.client("amina").post(reverse("intake:take"), answers(phone="012 345 678", text=TEXT))
    assert answer.status_code == 422
    assert TEXT in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"text": "x" * 40_001}, {"survivor_name": "Ra\x00na"}, {"phone": "12", "is_safe": "no"}]
)
def test_a_refused_report_loses_nothing_that_was_typed(cast: Cast, wrong: dict[str, str]) -> None:
    answer = cast.client("amina").post(reverse("intake:take"), answers(summary="Somebody is followed.") | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody is followed." in page
    for value in wrong.values():
        assert value.replace("\x00", "") in page.replace("\x00", "")
    assert not Report.objects.exists()


def test_the_same_form_sent_twice_makes_one_report(cast: Cast) -> None:
    client = cast.client("amina")
    told = answers(text=TEXT, form_id=str(UUID(int=7)))
    first = client.post(reverse("intake:take"), told)
    second = client.post(reverse("intake:take"), told)
    assert first.headers["Location"] == second.headers["Location"]
    assert Report.objects.count() == 1


def test_one_press_takes_on_a_danger(cast: Cast) -> None:
    key = take(cast, Danger.YES)
    client = cast.client("amina")
    assert "I am taking this" in client.get(queries.url_of(key)).content.decode()
    client.post(reverse("intake:take_danger", args=[key]))
    assert Report.objects.get(pk=key).danger_taken_by == cast.accounts["amina"]
    assert cast.client("jalil").post(reverse("intake:take_danger", args=[key]), follow=True).status_code == 200
    assert Report.objects.get(pk=key).danger_taken_by == cast.accounts["amina"]


def test_direction_marks_in_a_report_can_not_turn_the_page(cast: Cast) -> None:
    telling = Telling(channel=Channel.PHONE, danger=Danger.NO, text="a \u202eb", summary="c \u202ed")
    key = commands.take_report(actor=cast.amina, office_id=cast.office, telling=telling, tellers=Tellers())
    page = cast.client("amina").get(queries.url_of(key)).content.decode()
    assert page.count("\u202e") == page.count("\u202c") >= 2


def test_a_decline_without_a_reason_is_asked_again(cast: Cast) -> None:
    key = take(cast)
    answer = cast.client("amina").post(reverse("intake:decline", args=[key]), {"told": "reporter"})
    assert answer.status_code == 422
    assert Report.objects.get(pk=key).state == State.RECEIVED


def test_a_report_becomes_a_case_from_its_page(cast: Cast) -> None:
    key = take(cast)
    form = {
        "title": "Invented school",
        "types": "sexual_violence",
        "risk": "high",
        "summary": "Somebody is followed.",
        "basis": "consent",
        "caseworker": str(cast.accounts["dalia"]),
        "tasks": "call",
    }
    client = cast.client("amina")
    assert "Somebody is followed." in client.get(reverse("journeys:accept", args=[key])).content.decode()
    answer = client.post(reverse("journeys:accept", args=[key]), form)
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(queries.url_of(key)).content.decode()
    assert "Became a case" in page
    assert TEXT not in page
    assert "Rana" not in page


@pytest.mark.parametrize("name", ["iris", "stranger", "dalia", "hugo", "kofi"])
def test_a_report_answers_like_a_missing_page_to_who_may_not_know_of_it(cast: Cast, name: str) -> None:
    key = take(cast)
    client = cast.client(name)
    for address in (queries.url_of(key), reverse("intake:decline", args=[key]), queries.url_of(UUID(int=9))):
        assert client.get(address).status_code == 404


def test_every_page_of_a_report_opens(cast: Cast) -> None:
    key = take(cast)
    client = cast.client("amina")
    for name in (
        "report", "change", "add_note", "add_person", "end_medical", "decline", "refer_on", "insufficient", "duplicate",
    ):  # fmt: skip
        assert client.get(reverse(f"intake:{name}", args=[key])).status_code == 200, name
    assert client.get(reverse("intake:decided")).status_code == 200
    assert cast.client("jalil").get(reverse("journeys:accept_into", args=[key])).status_code == 200


def test_a_changed_report_keeps_what_was_told(cast: Cast) -> None:
    key = take(cast)
    client = cast.client("amina")
    changed = {"danger": "unsure", "medical": "needed", "incident_when": "today", "summary": "Two are followed."}
    answer = client.post(reverse("intake:change", args=[key]), changed | {"seen_version": "1"})
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(queries.url_of(key)).content.decode()
    assert "Two are followed." in page
    assert TEXT in page
    again = client.post(reverse("intake:change", args=[key]), changed | {"seen_version": "1"})
    assert again.status_code == 409


def test_a_report_that_came_through_an_agency_can_be_changed(cast: Cast) -> None:
    client = cast.client("amina")
    client.post(reverse("intake:take"), answers(text=TEXT, partner_name="Sample Child Services"))
    row = Report.objects.get()
    changed = {"danger": "unsure", "summary": "Two are followed.", "partner_name": "Invented Child Services"}
    answer = client.post(reverse("intake:change", args=[row.id]), changed | {"seen_version": str(row.version)})
    assert answer.status_code == 302, answer.content.decode()
    assert "Invented Child Services" in client.get(queries.url_of(row.id)).content.decode()
    assert Report.objects.get().channel == Channel.PARTNER


def test_a_file_is_sealed_beside_a_report_and_handed_out_to_who_reads_its_words(
    cast: Cast, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.BLOBS = tmp_path
    key = take(cast)
    client = cast.client("amina")
    page = client.get(reverse("intake:add_file", args=[key])).content.decode()
    ahead = re.search(r'data-upload-url="([^"]+)"', page)
    assert ahead is not None
    letter = b"An invented letter."
    arrived = client.put(html.unescape(ahead.group(1)), letter, headers={"X-File-Name": quote("صورة.txt")})
    sent = {"file_id": arrived.headers["X-Upload-Id"]}
    assert client.post(reverse("intake:add_file", args=[key]), urlencode(sent), FORM).status_code == 302
    row = ReportFile.objects.get()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"invented letter" not in kept
    handed = client.get(reverse("intake:file", args=[key, row.id]))
    assert handed.getvalue() == b"An invented letter."
    assert "صورة.txt" in client.get(queries.url_of(key)).content.decode()
    for name in ("jalil", "dalia", "stranger"):
        assert cast.client(name).get(reverse("intake:file", args=[key, row.id])).status_code in (403, 404)
    other = take(cast)
    assert client.get(reverse("intake:file", args=[other, row.id])).status_code == 404
