"""Files on their way in and out: sealed as they are read, and nothing else anywhere."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.vault.ingest import BlobEmpty
from amparo.web import uploads
from amparo.web.models import Upload
from amparo.web.uploads import Reception, StoredBlob, UploadGone

if TYPE_CHECKING:
    from tests.cast import Cast

CANARY = b"CANARY-IN-A-FILE " * 5000


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, settings: object) -> None:
    settings.BLOBS = tmp_path / "blobs"  # type: ignore[attr-defined]


def _reception(cast: Cast) -> Reception:
    return Reception(uuid4(), Compartment.EVIDENCE, cast.office)


def _put(cast: Cast, body: bytes, reception: Reception, name: str = "photo.jpg", who: str = "bruno") -> object:
    client = cast.client(who)
    ticket = uploads.ticket_for(cast.bruno, reception)
    return client.put(f"/upload/{ticket}/", body, content_type="application/octet-stream", headers={"X-File-Name": name})


def _blob(received: uploads.Received, reception: Reception) -> StoredBlob:
    return StoredBlob(
        received.address, reception.owner_id, reception.compartment, reception.office_id, received.salt,
        received.plain_bytes, received.name, received.media_type,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_file_that_was_sent_waits_for_its_sender_and_purpose_alone(cast: Cast) -> None:
    reception = _reception(cast)
    answer = _put(cast, CANARY, reception)
    assert answer.status_code == 204  # type: ignore[attr-defined]
    key = Upload.objects.get().id
    for actor, owner in ((cast.chandra, reception.owner_id), (cast.bruno, uuid4())):
        with pytest.raises(UploadGone):
            uploads.claim(actor, key, owner)
    received = uploads.claim(cast.bruno, key, reception.owner_id)
    assert received.plain_bytes == len(CANARY)
    assert received.name == "photo.jpg"
    with pytest.raises(UploadGone):
        uploads.claim(cast.bruno, key, reception.owner_id)


@pytest.mark.django_db
def test_no_plain_byte_of_a_file_rests_anywhere(cast: Cast) -> None:
    _put(cast, CANARY * 30, _reception(cast))
    folders = [settings.BLOBS, settings.FOLDER]
    for folder in folders:
        for path in Path(folder).rglob("*"):
            if path.is_file():
                assert b"CANARY-IN-A-FILE" not in path.read_bytes(), path


@pytest.mark.django_db
def test_somebody_elses_ticket_or_an_old_one_sends_nothing(cast: Cast) -> None:
    reception = _reception(cast)
    assert _put(cast, CANARY, reception, who="dalia").status_code == 403  # type: ignore[attr-defined]
    with clock.set_to(clock.now()):
        assert cast.client("bruno").put("/upload/forged/", CANARY).status_code == 403
    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_a_file_of_no_bytes_is_refused(cast: Cast) -> None:
    answer = _put(cast, b"", _reception(cast))
    assert answer.status_code == BlobEmpty.status  # type: ignore[attr-defined]
    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_a_file_above_the_limit_is_refused_and_nothing_stays(cast: Cast, settings: object) -> None:
    settings.MAX_UPLOAD_BYTES = 1000  # type: ignore[attr-defined]
    answer = _put(cast, CANARY, _reception(cast))
    assert answer.status_code == 413  # type: ignore[attr-defined]
    assert not Upload.objects.exists()
    assert not [path for path in Path(settings.BLOBS).rglob("*") if path.is_file()]  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_page_that_takes_no_files_keeps_none(cast: Cast) -> None:
    answer = cast.client("dalia").post(
        "/find/", {"q": "x", "file": SimpleUploadedFile("a.txt", CANARY)}, follow=False
    )
    assert answer.status_code == 413
    assert not Upload.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [
        ("", 200, (0, None)),
        ("bytes=0-9", 206, (0, 10)),
        ("bytes=70000-", 206, (70_000, None)),
        ("bytes=-5", 206, (-5, None)),
        ("bytes=1-2,4-5", 200, (0, None)),
        ("bytes=99999999-", 416, None),
    ],
)
def test_a_part_of_a_file_is_the_part_that_was_asked_for(
    cast: Cast, asked: str, status: int, span: tuple[int, int | None] | None
) -> None:
    reception = _reception(cast)
    _put(cast, CANARY, reception)
    received = uploads.claim(cast.bruno, Upload.objects.get().id, reception.owner_id)
    request = RequestFactory().get("/", headers={"Range": asked} if asked else {})
    response = uploads.stream(request, _blob(received, reception), as_download=True)
    assert response.status_code == status
    if span is not None:
        assert b"".join(response.streaming_content) == CANARY[span[0] : span[1]]  # type: ignore[union-attr,arg-type]


@given(st.text(min_size=0, max_size=60))
def test_a_hostile_file_name_stays_inside_its_header(name: str) -> None:
    said = uploads._file_name(name)
    assert "\r" not in said
    assert "\n" not in said
    said.encode("ascii")
    assert said.count('"') == 2


@pytest.mark.django_db
def test_a_preview_is_a_small_picture_and_never_the_file(cast: Cast) -> None:
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (2400, 1200), "teal").save(made, "JPEG")
    reception = _reception(cast)
    _put(cast, made.getvalue(), reception)
    received = uploads.claim(cast.bruno, Upload.objects.get().id, reception.owner_id)
    assert received.media_type == "image/jpeg"
    small = uploads.preview(_blob(received, reception))
    assert small is not None
    with Image.open(io.BytesIO(small)) as picture:
        assert picture.size == (900, 450)
    assert uploads.sha256_of(_blob(received, reception)) == received.sha256


@pytest.mark.django_db
def test_what_nobody_claims_is_swept_after_a_day(cast: Cast) -> None:
    from datetime import timedelta

    _put(cast, CANARY, _reception(cast))
    assert uploads.sweep() == 0
    with clock.set_to(clock.now() + timedelta(days=2)):
        assert uploads.sweep() >= 1
    assert not Upload.objects.exists()
