"""Files on their way in and out: sealed as they are read, and nothing else anywhere."""

from __future__ import annotations

import hashlib
import io
import resource
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.vault.ingest import BlobEmpty, UploadCut, UploadTooLarge
from amparo.web import uploads
from amparo.web.models import Upload
from amparo.web.uploads import TICKET_AGE, Reception, StoredBlob, TicketEnded, UploadField, UploadGone, sending

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

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
    return client.put(
        f"/upload/{ticket}/", body, content_type="application/octet-stream", headers={"X-File-Name": name}
    )


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
    answer = cast.client("dalia").post("/find/", {"q": "x", "file": SimpleUploadedFile("a.txt", CANARY)}, follow=False)
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
    said = sending._file_name(name)
    assert "\r" not in said
    assert "\n" not in said
    said.encode("ascii")
    assert said.count('"') == 2


@pytest.mark.django_db
def test_a_preview_is_a_small_picture_and_never_the_file(cast: Cast) -> None:
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
    _put(cast, CANARY, _reception(cast))
    assert uploads.sweep() == 0
    with clock.set_to(clock.now() + timedelta(days=2)):
        assert uploads.sweep() >= 1
    assert not Upload.objects.exists()


# ---- forms that carry a file, and what goes wrong on the way -----------------------------------------------

BOUNDARY = "----a-boundary"
END = f"\r\n--{BOUNDARY}--\r\n".encode()


def _form(data: bytes, name: str = "photo.jpg") -> bytes:
    """A form with one field and one file, all but its end."""
    field = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\nA telephone\r\n'
    file = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return (field + file).encode() + data


class _Broken(io.BytesIO):
    """A sender that goes away."""

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        if not data:
            raise OSError("gone")
        return data


def _post(cast: Cast, body: io.BytesIO, announced: int, reception: Reception, ticket: str | None = None) -> HttpRequest:
    """Send a form to a view that takes files, up to where the view would be called."""
    sent = uploads.ticket_for(cast.bruno, reception) if ticket is None else ticket
    extra: dict[str, Any] = {"wsgi.input": body, "CONTENT_LENGTH": str(announced), "QUERY_STRING": f"ticket={sent}"}
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    request = RequestFactory().generic("POST", "/", b"-", content_type=kind, **extra)
    request.actor = cast.bruno  # type: ignore[attr-defined]

    @uploads.takes_files(lambda request: reception)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    uploads.prepare(request, view, {})
    return request


def _nothing_kept() -> bool:
    return not Upload.objects.exists() and not [p for p in Path(settings.BLOBS).rglob("*") if p.is_file()]


@pytest.mark.django_db
def test_a_form_brings_its_file_and_its_words(cast: Cast) -> None:
    reception = _reception(cast)
    body = _form(CANARY) + END
    request = _post(cast, io.BytesIO(body), len(body), reception)
    assert request.POST["title"] == "A telephone"
    key = UploadField().clean(request.FILES["file"])
    received = uploads.claim(cast.bruno, key, reception.owner_id)
    assert received.sha256 == hashlib.sha256(CANARY).hexdigest()


@pytest.mark.django_db
@pytest.mark.parametrize("lost", [1, 5, len(END), len(END) + 1, 70_000])
def test_a_form_that_was_cut_leaves_nothing(cast: Cast, lost: int) -> None:
    body = _form(CANARY) + END
    with pytest.raises(UploadCut):
        _post(cast, io.BytesIO(body[:-lost]), len(body), _reception(cast))
    assert _nothing_kept()


@pytest.mark.django_db
def test_a_form_whose_sender_goes_away_leaves_nothing(cast: Cast) -> None:
    body = _form(CANARY)
    with pytest.raises(UploadCut):
        _post(cast, _Broken(body), len(body) + 5000, _reception(cast))
    assert _nothing_kept()


@pytest.mark.django_db
def test_a_form_without_its_end_is_not_taken_for_a_whole_one(cast: Cast) -> None:
    body = _form(CANARY)
    with pytest.raises(UploadCut):
        _post(cast, io.BytesIO(body), len(body), _reception(cast))
    assert _nothing_kept()


@pytest.mark.django_db
def test_an_empty_file_in_a_form_is_refused_at_its_field(cast: Cast) -> None:
    body = _form(b"") + END
    request = _post(cast, io.BytesIO(body), len(body), _reception(cast))
    assert request.POST["title"] == "A telephone"
    with pytest.raises(ValidationError):
        UploadField().clean(request.FILES["file"])
    assert _nothing_kept()


@pytest.mark.django_db
def test_what_is_too_large_is_refused_before_a_byte_is_read(cast: Cast, settings: SettingsWrapper) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    body = io.BytesIO(_form(CANARY) + END)
    with pytest.raises(UploadTooLarge):
        _post(cast, body, len(body.getvalue()), _reception(cast))
    assert body.tell() == 0
    assert _nothing_kept()


@pytest.mark.django_db
@pytest.mark.parametrize("ticket", ["", "forged", None])
def test_a_form_with_another_ticket_is_refused_before_a_byte_is_read(cast: Cast, ticket: str | None) -> None:
    reception = _reception(cast)
    other = uploads.ticket_for(cast.bruno, _reception(cast)) if ticket is None else ticket
    body = io.BytesIO(_form(CANARY) + END)
    with pytest.raises(TicketEnded):
        _post(cast, body, len(body.getvalue()), reception, other)
    assert body.tell() == 0


@pytest.mark.django_db
def test_a_ticket_ends_after_half_a_day(cast: Cast) -> None:
    reception = _reception(cast)
    with time_machine.travel(clock.now() - TICKET_AGE - timedelta(minutes=1)):
        old = uploads.ticket_for(cast.bruno, reception)
    with pytest.raises(TicketEnded):
        uploads.read_ticket(cast.bruno, old)


@pytest.mark.django_db
def test_a_put_that_was_cut_leaves_nothing(cast: Cast) -> None:
    ticket = uploads.ticket_for(cast.bruno, _reception(cast))
    extra: dict[str, Any] = {"wsgi.input": io.BytesIO(CANARY), "CONTENT_LENGTH": str(len(CANARY) + 10)}
    answer = cast.client("bruno").generic("PUT", f"/upload/{ticket}/", b"-", **extra)
    assert answer.status_code == UploadCut.status
    assert _nothing_kept()


@pytest.mark.django_db
@pytest.mark.faults
def test_a_full_disk_is_said_and_leaves_nothing(cast: Cast) -> None:
    ticket = uploads.ticket_for(cast.bruno, _reception(cast))
    client = cast.client("bruno")
    client.get("/health/")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (24 << 20, before[1]))
    try:
        answer = client.put(f"/upload/{ticket}/", b"x" * (30 << 20), content_type="application/octet-stream")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert answer.status_code == 507
    assert _nothing_kept()


def _holding(folders: list[Path], words: bytes) -> list[Path]:
    return [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.stat().st_size and words in path.read_bytes()
    ]


@pytest.mark.django_db
def test_thirty_megabytes_leave_no_plain_byte_on_either_way(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    large = CANARY * (30 * 10**6 // len(CANARY))
    assert _put(cast, large, _reception(cast)).status_code == 204  # type: ignore[attr-defined]
    body = _form(large) + END
    _post(cast, io.BytesIO(body), len(body), _reception(cast))
    assert Upload.objects.count() == 2
    assert _holding([temporary, Path(settings.BLOBS), Path(settings.FOLDER)], b"CANARY-IN-A-FILE") == []


@pytest.mark.django_db
def test_a_picture_that_was_taken_upright_is_shown_upright(cast: Cast) -> None:
    made, turned = io.BytesIO(), Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (400, 200), "teal").save(made, "JPEG", exif=turned)
    reception = _reception(cast)
    _put(cast, made.getvalue(), reception)
    received = uploads.claim(cast.bruno, Upload.objects.get().id, reception.owner_id)
    small = uploads.preview(_blob(received, reception))
    assert small is not None
    with Image.open(io.BytesIO(small)) as picture:
        assert picture.size == (200, 400)
        assert not picture.getexif()
