"""A copy that leaves bears a number, and the number leads back to who made it and for whom."""

from __future__ import annotations

import io
import subprocess
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import cast as as_type
from zipfile import ZipFile

import pytest
from django.db import connection
from django.urls import reverse
from PIL import Image

from amparo.evidence import commands
from amparo.evidence.errors import NobodyToGetIt, NothingToSee, WaitsForHer
from amparo.evidence.models import Copy, CustodyEvent, EvidenceItem
from amparo.evidence.words import ExportReason, Form, Kind
from amparo.kernel import clock, digest, ids
from amparo.kernel.words import Compartment
from amparo.ledger.models import Entry
from amparo.partners import commands as partners
from amparo.partners.words import AgencyKind
from amparo.vault import sealing
from tests.evidence.test_views import a_jpeg, a_picture, post_file
from tests.papers.reading import words_of
from tests.papers.test_marking import DAMAGED, a_paper, with_exif

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def fetched(client: Client, url: str) -> bytes:
    answer = client.get(url)
    assert answer.status_code == 200
    return b"".join(as_type("list[bytes]", answer.streaming_content))  # type: ignore[attr-defined]


def taken(cast: Cast, item_id: UUID, to: str = "own") -> str:
    url = reverse("evidence:download_copy", args=[item_id])
    sent = {"form_id": str(ids.new_public_id()), "to": to, "why": "court", "reason": "For the hearing"}
    answer = cast.client("bruno").post(url, sent)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_picture_leaves_with_its_mark_and_the_original_stays(cast: Cast) -> None:
    key = a_picture(cast, cast.case())
    made = fetched(cast.client("bruno"), taken(cast, key))
    with Image.open(io.BytesIO(made)) as copy, Image.open(io.BytesIO(a_jpeg())) as original:
        assert copy.width > original.width, "so that the line is read below a small picture too"
        assert copy.height > original.height, "the strip stands below, and covers nothing"
    row = Copy.objects.get()
    details = sealing.open_row(row, "details").table("details")
    assert details["original"] == digest.sha256(a_jpeg())
    assert details["copy"] == digest.sha256(made)
    assert CustodyEvent.objects.get(kind=Kind.COPIED).copy_id == row.id
    entry = Entry.objects.get(verb="copy.issued")
    assert row.code in entry.body
    assert entry.subject_id == row.id


def test_a_file_that_bears_no_mark_comes_with_a_cover_paper(cast: Cast) -> None:
    case = cast.case()
    post_file(cast.client("bruno"), case, "words.txt", content=b"An invented message.")
    key = EvidenceItem.objects.get(form=Form.FILE).id
    page = cast.client("bruno").get(reverse("evidence:download_copy", args=[key])).content.decode()
    assert "cover paper" in page
    made = fetched(cast.client("bruno"), taken(cast, key))
    code = Copy.objects.get().code
    with ZipFile(io.BytesIO(made)) as bag:
        assert bag.namelist() == [f"{code}/cover.pdf", f"{code}/{code}.txt"]
        assert bag.read(f"{code}/{code}.txt") == b"An invented message."
        cover = words_of(bag.read(f"{code}/cover.pdf"))
    assert code in cover
    assert "EV-" in cover


@pytest.mark.parametrize("entries", DAMAGED.values(), ids=DAMAGED)
def test_a_picture_with_a_damaged_exif_comes_with_a_cover_paper_too(cast: Cast, entries: bytes) -> None:
    case, data = cast.case(), with_exif(a_jpeg(), entries)
    post_file(cast.client("bruno"), case, content=data)
    key = EvidenceItem.objects.get(form=Form.FILE).id
    with ZipFile(io.BytesIO(fetched(cast.client("bruno"), taken(cast, key)))) as bag:
        assert bag.read(bag.namelist()[1]) == data


def test_nobody_waits_while_a_pdf_is_stamped_and_what_was_isolated_meanwhile_does_not_leave(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_file(cast.client("bruno"), cast.case(), "paper.pdf", content=a_paper())
    key = EvidenceItem.objects.get(form=Form.FILE).id
    before, during, run = len(connection.atomic_blocks), [], subprocess.run

    def stamping(*said: object, **more: object) -> object:
        during.append(len(connection.atomic_blocks))
        commands.ask_isolation(actor=cast.bruno, item_id=key, reason="It should never have been sent")
        return run(*said, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", stamping)
    with pytest.raises(NothingToSee):
        commands.record_copy(actor=cast.bruno, item_id=key, why=ExportReason.COURT, reason="For the hearing")
    assert during == [before]
    assert not Copy.objects.exists()


def test_a_number_that_somebody_typed_leads_to_who_made_the_copy_and_for_whom(cast: Cast) -> None:
    agency = partners.add_agency(
        actor=cast.jalil, office_id=cast.office, kind=AgencyKind.POLICE, name="Example Harbour Police"
    )
    key = a_picture(cast, cast.case())
    taken(cast, key, str(agency))
    row, url = Copy.objects.get(), reverse("evidence:copies")
    lina = cast.client("lina")
    page = lina.post(url, {"number": row.code.lower().replace("-", " ")}, follow=True).content.decode()
    for said in ("Example Harbour Police", "Bruno Muster", row.code, EvidenceItem.objects.get().code):
        assert said in page
    wrong = row.code[:-1] + ("2" if row.code[-1] != "2" else "3")
    assert lina.post(url, {"number": wrong}).status_code == 422
    assert cast.client("chandra").post(url, {"number": row.code}).status_code == 422, "it is not hers"
    assert cast.client("amina").get(url).status_code == 404


def test_an_agency_that_is_none_gets_no_copy_and_what_waits_for_her_goes_to_nobody_outside(cast: Cast) -> None:
    key = a_picture(cast, cast.case())
    agency = partners.add_agency(
        actor=cast.jalil, office_id=cast.office, kind=AgencyKind.POLICE, name="Example Harbour Police"
    )
    say = {"actor": cast.bruno, "item_id": key, "why": ExportReason.COURT, "reason": "For the hearing"}
    with pytest.raises(NobodyToGetIt):
        commands.record_copy(**say, agency_id=key)  # type: ignore[arg-type]
    EvidenceItem.objects.filter(pk=key).update(waits_since=clock.now())
    with pytest.raises(WaitsForHer):
        commands.record_copy(**say, agency_id=agency)  # type: ignore[arg-type]
    assert not Copy.objects.exists()


@pytest.mark.parametrize("page", ["download_copy", "export"])
def test_who_comes_too_late_gets_the_file_with_one_press(cast: Cast, page: str) -> None:
    key = a_picture(cast, cast.case())
    client = cast.client("bruno")
    sent = {"form_id": str(ids.new_public_id()), "to": "own", "why": "court", "reason": "For the hearing"}
    where = str(client.post(reverse(f"evidence:{page}", args=[key]), sent)["Location"])
    with clock.set_to(clock.now() + timedelta(minutes=31)):
        too_late(cast, where)


def too_late(cast: Cast, where: str) -> None:
    client = cast.client("bruno")
    late = client.get(where)
    assert late.status_code == 409
    said = late.content.decode()
    assert "The time to fetch this copy is over" in said
    assert "veil" not in said.partition("<main")[2]
    first = Copy.objects.get()
    again = client.post(reverse("evidence:copy_again", args=[first.id]), {"form_id": str(ids.new_public_id())})
    assert fetched(client, str(again["Location"]))
    second = Copy.objects.exclude(pk=first.id).get()
    assert second.code != first.code
    lines = CustodyEvent.objects.filter(kind=Kind.COPIED).order_by("seq")
    assert [words.text("reason") for words in sealing.open_rows(list(lines), "reason")] == ["For the hearing"] * 2
    assert cast.client("chandra").post(reverse("evidence:copy_again", args=[first.id])).status_code == 404


def test_fingerprints_of_copies_are_sealed_for_the_ledger_s_readers() -> None:
    assert Copy.guard.level is Compartment.AUDIT
