"""Pages of an examination: what they show, to whom, and that they work by plain forms."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.cases import queries as case_queries
from amparo.forensics import commands
from amparo.forensics.models import ExamPhoto, Finding, Release, Section
from amparo.forensics.words import Answer
from amparo.kernel import clock
from amparo.ledger.models import Entry
from tests.forensics import story

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db
CODES = (
    "before", "history", "after", "health", "injuries", "genital", "specimens", "treatment", "mind", "onward",
)  # fmt: skip

OF_EXAM = ("consent", "stop", "sign", "add_finding", "add_photo", "add_specimen", "open_kit", "add_follow_up")


def url(name: str, *keys: object) -> str:
    return reverse(f"forensics:{name}", args=keys)


def test_the_examiner_opens_every_page_of_a_draft(cast: Cast) -> None:
    told = story.examined(cast)
    client = cast.client("esther")
    finding = Finding.objects.filter(exam_id=told.exam).first()
    assert finding is not None
    pages = [
        *(url("section", told.exam, code) for code in CODES),
        *(url(name, told.exam) for name in OF_EXAM),
        url("finding", finding.id), url("remove_finding", finding.id), url("exams"), url("begin", told.case.id),
        reverse("desk:case", args=[told.case.id]), reverse("desk:today"),
    ]  # fmt: skip
    for page in pages:
        assert client.get(page).status_code == 200, page


def test_the_examiner_opens_every_page_of_a_sealed_record(cast: Cast) -> None:
    told = story.judged(cast)
    client = cast.client("esther")
    for name in ("exam", "opinion", "addendum", "report", "give", "add_follow_up"):
        assert client.get(url(name, told.exam)).status_code == 200, name
    paper = client.post(url("report", told.exam), {"language": "en"})
    assert paper.status_code == 200
    assert paper.content.startswith(b"%PDF")


def test_a_photograph_without_scale_is_not_sent_twice_when_the_reason_is_asked_for(cast: Cast) -> None:
    told = story.agreed(cast)
    client = cast.client("esther")
    page = client.get(url("add_photo", told.exam)).content.decode()
    address = re.findall(r'action="([^"]+ticket=[^"]+)"', page)[0].replace("&amp;", "&")
    file = SimpleUploadedFile("arm.jpg", story.picture(), "image/jpeg")
    refused = client.post(address, {"file": file, "caption": "Forearm"})
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "There is no scale in this photograph." in shown
    waiting = re.findall(r'name="file_id"[^>]* value="([0-9a-f-]{36})"', shown)
    assert waiting, "the file waits"
    kept = client.post(address, {"file_id": waiting[0], "caption": "Forearm", "why_no_scale": "She was in pain"})
    assert kept.status_code == 302
    assert ExamPhoto.objects.get(exam_id=told.exam).has_scale is False


def test_a_section_is_kept_while_it_is_written_and_saved_by_its_button(cast: Cast) -> None:
    told = story.agreed(cast)
    client = cast.client("esther")
    keep = url("keep", told.exam, "history")
    first = client.post(keep, {"account": "He held", "seen_version": "0"})
    assert (first.status_code, first.headers["X-Draft-Version"]) == (200, "1")
    second = client.post(keep, {"account": "He held me", "seen_version": "1"})
    assert second.headers["X-Draft-Version"] == "2"
    late = client.post(url("section", told.exam, "history"), {"account": "Another tab", "seen_version": "1"})
    assert late.status_code == 409
    assert "Another tab" in late.content.decode()
    done = client.post(url("section", told.exam, "history"), {"account": "He held me by the arm", "seen_version": "2"})
    assert done.status_code == 302
    section = Section.objects.get(exam_id=told.exam, code="history")
    assert (section.done, section.version) == (True, 3)


def test_a_refused_section_says_so_and_keeps_nothing(cast: Cast) -> None:
    told = story.agreed(cast, genital=Answer.REFUSED)
    client = cast.client("esther")
    shown = client.get(url("section", told.exam, "genital")).content.decode()
    assert "She or he said no." in shown
    refused = client.post(url("section", told.exam, "genital"), {"position": "Lying"})
    assert refused.status_code == 409
    assert "There is no consent for this part" in refused.content.decode()


def test_a_seal_number_used_twice_is_told_kindly_beside_its_field(cast: Cast) -> None:
    told = story.agreed(cast)
    client = cast.client("esther")
    form = {"type": "oral_swab", "purpose": "forensic", "seal": "S 1"}
    assert client.post(url("add_specimen", told.exam), form).status_code == 302
    again = client.post(url("add_specimen", told.exam), form | {"type": "skin_swab"})
    assert again.status_code == 422
    assert "This seal number was used before." in again.content.decode()


def test_the_recipient_reads_the_paper_and_each_reading_is_in_the_ledger(cast: Cast) -> None:
    told = story.sealed(cast)
    bases = [one.id for one in case_queries.bases(cast.esther, told.case.id) if one.recipient and one.is_live]
    commands.release(
        actor=cast.esther,
        exam_id=told.exam,
        recipient_id=cast.accounts["femi"],
        basis_ids=bases,
        agency_id=story.station(cast),
        until_on=clock.today() + timedelta(days=20),
    )
    release = Release.objects.get()
    femi = cast.client("femi")
    for _ in range(2):
        paper = femi.get(url("paper", release.id))
        assert b"".join(paper.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert Entry.objects.filter(verb="exam.release_read", subject_id=release.id).count() == 2
    photo = femi.get(url("released_photo", release.id, 1))
    assert photo.content[:2] == b"\xff\xd8"
    assert femi.get(url("exam", told.exam)).status_code == 404
    assert cast.client("mateo").get(url("paper", release.id)).status_code == 404


def test_the_number_of_queries_does_not_grow_with_findings(cast: Cast) -> None:
    told = story.examined(cast)
    client = cast.client("esther")
    page = url("section", told.exam, "injuries")
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for _ in range(4):
        commands.record_finding(actor=cast.esther, exam_id=told.exam, seen=commands.Seen("front", "neck"))
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) <= len(few)
