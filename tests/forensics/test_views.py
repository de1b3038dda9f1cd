"""Pages of an examination: what they show, to whom, and that they work by plain forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from amparo.forensics.models import Finding
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
