"""Files on their way in and out. Plain bytes never rest: they are sealed as they are read.

A page that takes a file is marked with `takes_files`, which says what the file will belong to and asks
the policy for it. Then two ways lead in, both to an `Upload` that waits to be claimed by a command:

- with JavaScript the chosen file is sent at once as the raw body of a PUT; the form's secret comes in a header;
- without it the form itself carries the file. Its secret would come in the body, too late to refuse the
  body; so the form's address carries a ticket instead: signed, for this person, this owner and twelve
  hours. Another site can't know it, which is all that a form's secret proves.

Both are checked before the first byte of a file is read. Every other page refuses files.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote, unquote
from uuid import UUID

import puremagic
from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db.models import Q
from django.forms.utils import flatatt
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from PIL import Image, ImageOps, UnidentifiedImageError

from amparo.access.actors import Actor
from amparo.kernel import clock, ids
from amparo.kernel.errors import N_, AppError, Invalid
from amparo.kernel.words import Compartment
from amparo.vault import sealing
from amparo.vault.ingest import BlobEmpty, Ingest, Ingested, UploadCut, UploadTooLarge, open_stream
from amparo.vault.sealing import Words
from amparo.vault.store import BlobMissing, Erasure, FolderStore
from amparo.web.fields import as_validation
from amparo.web.models import Upload

TICKET_AGE = timedelta(hours=12)
UNCLAIMED_AGE = timedelta(days=1)
_SALT = "amparo.web.uploads"
_HEAD_BYTES = 4096
_CHUNK_BYTES = 1 << 20
_NAME_LIMIT = 255
_PREVIEW_SIDE = 900
_PREVIEW_PIXELS = 50_000_000
_PREVIEW_BYTES = 40 << 20
# Only what Pillow reads by itself: for others it asks programs that write to the disk.
_PREVIEW_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
# Room for the end of a form: the longest boundary has 70 characters.
_END_BYTES = 128


class NoFilesHere(AppError):
    code = "web.no_files_here"
    status = 413
    template = N_("This page takes no files. Nothing was kept.")
    hint_template = N_("Go back and add the file where the case or report asks for it.")


class TicketEnded(AppError):
    code = "web.ticket_ended"
    status = 403
    template = N_("This page was open for too long to send a file from it.")
    hint_template = N_("Reload the page, choose the file again and send it.")


class UploadGone(Invalid):
    code = "web.upload_gone"
    template = N_("The file that was sent is no longer waiting.")
    hint_template = N_("Choose the file again.")


class NothingToShow(AppError):
    code = "web.nothing_to_show"
    status = 409
    template = N_("No picture can be made of this file.")
    hint_template = N_("Download it, and open it with a program that knows its kind.")


@dataclass(frozen=True, slots=True)
class Reception:
    """What a file will belong to: the owner of its key, its compartment, and the office whose key wraps that.

    `max_bytes` is a tighter limit than the instance's own.
    """

    owner_id: UUID
    compartment: Compartment
    office_id: UUID
    max_bytes: int | None = None

    @property
    def limit(self) -> int:
        instance: int = settings.MAX_UPLOAD_BYTES
        return instance if self.max_bytes is None else min(instance, self.max_bytes)


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was sealed and kept: what its record needs to know."""

    address: str
    sha256: str
    plain_bytes: int
    stored_bytes: int
    name: str
    media_type: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """A kept file, as much of it as opening it needs."""

    address: str
    owner_id: UUID
    compartment: Compartment
    office_id: UUID
    salt: bytes
    plain_bytes: int
    name: str
    media_type: str


def store() -> FolderStore:
    """The instance's blob store."""
    return FolderStore(settings.BLOBS)


def free_bytes() -> int:
    """How much room is left where files are kept."""
    store()
    return shutil.disk_usage(settings.BLOBS).free


# ---- in ---------------------------------------------------------------------------------------------------------


class _Arrival:
    """One file being sealed as its bytes come."""

    def __init__(self, reception: Reception, expected_bytes: int | None = None) -> None:
        self.reception = reception
        self.salt = ids.entropy(32)
        self._head = b""
        key = sealing.blob_key(reception.owner_id, reception.compartment, reception.office_id, self.salt)
        self._ingest = Ingest(store(), key, self.salt, max_bytes=reception.limit, expected_bytes=expected_bytes)

    def feed(self, data: bytes) -> None:
        if len(self._head) < _HEAD_BYTES:
            self._head += data[: _HEAD_BYTES - len(self._head)]
        self._ingest.feed(data)

    @property
    def received_bytes(self) -> int:
        return self._ingest.received_bytes

    def abort(self) -> None:
        self._ingest.abort()

    def finish(self, actor: Actor, name: str) -> UUID:
        """Make the bytes durable and keep that they wait. Returns the number of the upload."""
        return _keep(actor, self.reception, self._ingest.finish(), self.salt, name, _media_type(self._head, name))


def _media_type(head: bytes, name: str) -> str:
    """What the first bytes say that a file is; the name is only asked where they say nothing."""
    recorded = _recording(head, name)
    if recorded:
        return recorded
    try:
        found = puremagic.from_string(head, mime=True, filename=name)
    except (puremagic.PureError, ValueError):
        return "application/octet-stream"
    return found if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,80}", found) else "application/octet-stream"


# Brands of MPEG-4 files in which telephones keep what they only heard. Source: ISO/IEC 14496-12, 4.3.
_ONLY_SOUND = (b"M4A ", b"M4B ", b"f4a ")
_SOUND_NAMES = (".m4a", ".aac")
# Where the first packet of an Ogg page begins, for a page with one segment. Source: RFC 3533, 6.
_OGG_PACKET = 28


def _recording(head: bytes, name: str) -> str:
    """The kind of a voice recording as telephones make them, which the library knows by half; empty for all else."""
    if head.startswith(b"#!AMR"):
        return "audio/amr"
    if head.startswith(b"OggS") and head[_OGG_PACKET:].startswith((b"OpusHead", b"\x01vorbis", b"Speex")):
        return "audio/ogg"
    if head[4:8] == b"ftyp" and (head[8:12] in _ONLY_SOUND or name.lower().endswith(_SOUND_NAMES)):
        return "audio/mp4"
    return ""


def _keep(actor: Actor, reception: Reception, kept: Ingested, salt: bytes, name: str, media_type: str) -> UUID:
    row = Upload(
        id=ids.new_id(),
        office_id=reception.office_id,
        account_id=actor.account_id,
        owner_id=reception.owner_id,
        compartment=reception.compartment,
        address=kept.address,
        stored_bytes=kept.stored_bytes,
        key_salt=salt,
        at=clock.now(),
    )
    details: dict[str, Words] = {
        "name": name[:_NAME_LIMIT],
        "type": media_type,
        "sha256": kept.plain_sha256,
        "bytes": kept.plain_bytes,
    }
    sealing.seal(row, details=details)
    row.save(force_insert=True)
    sweep()
    return row.id


def claim(actor: Actor, upload_id: UUID, owner_id: UUID) -> Received:
    """Take over a file that waits, inside the command that makes its record. Raises UploadGone.

    Only who sent it can claim it, and only for what it was sent for.
    """
    row = Upload.objects.filter(pk=upload_id, account_id=actor.account_id, owner_id=owner_id).first()
    if row is None:
        raise UploadGone(field="file")
    details = sealing.open_row(row, "details").table("details")
    if not Upload.objects.filter(pk=row.pk).delete()[0]:
        raise UploadGone(field="file")  # Somebody was faster with the same number.
    return Received(
        address=row.address,
        sha256=str(details["sha256"]),
        plain_bytes=int(str(details["bytes"])),
        stored_bytes=row.stored_bytes,
        name=str(details["name"]),
        media_type=str(details["type"]),
        salt=bytes(row.key_salt),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that has come and belongs to no record yet."""

    upload_id: UUID
    name: str
    plain_bytes: int


def waiting(actor: Actor, owner_id: UUID) -> list[Waiting]:
    """The files that this actor has sent for one owner and nothing has claimed yet, in their order."""
    rows = list(Upload.objects.filter(account_id=actor.account_id, owner_id=owner_id).order_by("at", "id"))
    details = [opened.table("details") for opened in sealing.open_rows(rows, "details")]
    return [
        Waiting(row.id, str(one.get("name", "")), int(str(one.get("bytes", 0))))
        for row, one in zip(rows, details, strict=True)
    ]


def discard(actor: Actor, upload_id: UUID, owner_id: UUID) -> None:
    """Remove a file that waits; nothing where there is none."""
    row = Upload.objects.filter(pk=upload_id, account_id=actor.account_id, owner_id=owner_id).first()
    if row is not None and Upload.objects.filter(pk=row.pk).delete()[0]:
        with contextlib.suppress(BlobMissing):
            store().delete(row.address, Erasure(row.id, "taken back"))


def discard_all(actor: Actor, owner_id: UUID) -> int:
    """Remove all files that wait for one owner. Returns how many."""
    keys = list(Upload.objects.filter(account_id=actor.account_id, owner_id=owner_id).values_list("id", flat=True))
    for key in keys:
        discard(actor, key, owner_id)
    return len(keys)


def hold(actor: Actor, owner_id: UUID, until: datetime) -> None:
    """Let files wait for longer, for who asked to go on with her form another day."""
    Upload.objects.filter(account_id=actor.account_id, owner_id=owner_id).update(until=until)


def sweep() -> int:
    """Remove files that nobody claimed in time, and what was cut on its way. Returns how many."""
    now = clock.now()
    late = Q(until=None, at__lt=now - UNCLAIMED_AGE) | Q(until__lt=now)
    swept = store().sweep(UNCLAIMED_AGE.total_seconds(), now)
    for row in Upload.objects.filter(late):
        # The row first: whoever claims it a moment later finds nothing, and keeps no record without a file.
        if Upload.objects.filter(pk=row.pk).delete()[0]:
            with contextlib.suppress(BlobMissing):
                store().delete(row.address, Erasure(row.id, "unclaimed"))
            swept += 1
    return swept


def ticket_for(actor: Actor, reception: Reception) -> str:
    """A signed word by which this person may send one page's file; it names ids only."""
    said = [str(actor.account_id), str(reception.owner_id), reception.compartment.value, str(reception.office_id)]
    return signing.dumps(said, salt=_SALT)


def read_ticket(actor: Actor, text: str) -> Reception:
    """What a ticket is for. Raises TicketEnded where it is old, forged or somebody else's."""
    try:
        account, owner, compartment, office = signing.loads(text, salt=_SALT, max_age=TICKET_AGE)
    except (signing.BadSignature, ValueError) as error:
        raise TicketEnded from error
    if account != str(actor.account_id):
        raise TicketEnded
    return Reception(UUID(owner), Compartment(compartment), UUID(office))


def upload_options(request: HttpRequest, reception: Reception) -> dict[str, str]:
    """The two addresses for a form that takes a file: `put_url` for the script, `post_url` for the form itself."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket = ticket_for(actor, reception)
    return {"put_url": reverse("upload", args=[ticket]), "post_url": f"{request.path}?ticket={quote(ticket)}"}


ReceptionOf = Callable[..., Reception]
V = TypeVar("V", bound=Callable[..., HttpResponse])


def takes_files(reception_of: ReceptionOf) -> Callable[[V], V]:
    """Mark a view whose form may carry a file. `reception_of` takes the view's arguments and asks the policy."""

    def mark(view: V) -> V:
        @wraps(view)
        def marked(*args: Any, **kwargs: Any) -> HttpResponse:
            return view(*args, **kwargs)

        marked.takes_files = reception_of  # type: ignore[attr-defined]
        return marked  # type: ignore[return-value]

    return mark


def prepare(request: HttpRequest, view: object, view_kwargs: dict[str, Any]) -> None:
    """Before a form with files is read: ask the policy, check the ticket, and choose the handler that seals."""
    if request.content_type != "multipart/form-data":
        return
    reception_of: ReceptionOf | None = getattr(view, "takes_files", None)
    actor: Actor | None = getattr(request, "actor", None)
    if reception_of is not None and actor is not None:
        wanted: Reception = reception_of(request, **view_kwargs)
        if read_ticket(actor, request.GET.get("ticket", "")) != wanted:
            raise TicketEnded
        take_form(request, actor, wanted)
        return
    try:
        len(request.POST)
    except UnreadablePostError as error:
        raise UploadCut(received_bytes="?") from error


def take_form(request: HttpRequest, actor: Actor, wanted: Reception) -> None:
    """Read a form and seal its files; the caller has asked whether this actor may send them.

    Raises UploadCut where the form did not arrive whole, UploadTooLarge.
    """
    _refuse_too_large(_announced(request), wanted.limit)
    body = _Counted(request._stream)
    request._stream = body  # type: ignore[assignment]
    handler = SealingHandler(request, actor, wanted, body)
    request.upload_handlers = [handler]
    try:
        len(request.POST)
    except UnreadablePostError as error:
        raise UploadCut(received_bytes=body.count) from error
    finally:
        handler.abort()


def _refuse_too_large(announced: int | None, limit: int) -> None:
    """Refuse what is too large by its own account, before a byte of it is read."""
    if announced is not None and announced > limit:
        raise UploadTooLarge(limit_bytes=limit)


class _Counted:
    """A body that knows how much of it was read, and its end.

    Django takes a form that breaks off for a whole one, and so half a file for a file.
    """

    def __init__(self, body: Any) -> None:
        self._body = body
        self._end = b""
        self.count = 0

    def read(self, *size: int) -> bytes:
        return self._counted(self._body.read(*size))

    def readline(self, *size: int) -> bytes:
        return self._counted(self._body.readline(*size))

    def _counted(self, data: bytes) -> bytes:
        self.count += len(data)
        self._end = (self._end + data[-_END_BYTES:])[-_END_BYTES:]
        return data

    def is_whole(self, announced: int, boundary: bytes) -> bool:
        return self.count >= announced and self._end.rstrip(b"\r\n").endswith(b"--" + boundary + b"--")


class SealedUpload(UploadedFile):  # type: ignore[type-arg]
    """A file of a form that is sealed already; only its number is left in memory."""

    # None until the whole form has come.
    upload_id: UUID | None = None

    def __init__(self) -> None:
        super().__init__(file=io.BytesIO(), name="sealed", size=0)


class SealingHandler(FileUploadHandler):
    """Seals each file of a form as its bytes are read.

    A file is kept when what follows it has come: the next file, or the end of the form.
    """

    chunk_size = _CHUNK_BYTES

    def __init__(self, request: HttpRequest, actor: Actor, reception: Reception, body: _Counted) -> None:
        super().__init__(request)
        self._actor = actor
        self._reception = reception
        self._body = body
        self._announced = 0
        self._boundary = b""
        self._arrival: _Arrival | None = None
        self._waiting: tuple[_Arrival, SealedUpload] | None = None
        self._name = ""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        self._announced = content_length
        self._boundary = boundary if isinstance(boundary, bytes) else str(boundary).encode("ascii")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._keep_waiting()
        self._name = self.file_name or ""
        self._arrival = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._arrival is None:
            self._arrival = _Arrival(self._reception)
        self._arrival.feed(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        arrival, self._arrival = self._arrival, None
        if arrival is None:
            # A browser sends an empty part where no file was chosen; one with a name was an empty file.
            return None if not self._name else _EmptyUpload(file=io.BytesIO(), name="empty", size=0)
        sealed = SealedUpload()
        self._waiting = (arrival, sealed)
        return sealed

    def upload_complete(self) -> None:
        if not self._body.is_whole(self._announced, self._boundary):
            raise UploadCut(received_bytes=self._body.count)
        self._keep_waiting()

    def _keep_waiting(self) -> None:
        if self._waiting is not None:
            arrival, sealed = self._waiting
            sealed.upload_id = arrival.finish(self._actor, self._name)
            self._waiting = None

    def abort(self) -> None:
        """Keep nothing of what has not come whole."""
        for arrival in (self._arrival, self._waiting[0] if self._waiting else None):
            if arrival is not None:
                arrival.abort()


class _EmptyUpload(UploadedFile):  # type: ignore[type-arg]
    """A file of no bytes, so that its field can say so."""


class RefusingHandler(FileUploadHandler):
    """The handler of all pages that take no files: nothing is spooled anywhere."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        raise NoFilesHere

    def file_complete(self, file_size: int) -> None:
        return None


def receive_put(request: HttpRequest, ticket: str) -> UUID:
    """Seal the raw body of a PUT as it is read. Returns the number of the upload.

    Raises TicketEnded, BlobEmpty, UploadCut, UploadTooLarge or DiskFull; then nothing is kept.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    reception = read_ticket(actor, ticket)
    _refuse_too_large(_announced(request), reception.limit)
    arrival = _Arrival(reception, _announced(request))
    try:
        while piece := request.read(_CHUNK_BYTES):
            arrival.feed(piece)
        return arrival.finish(actor, unquote(request.headers.get("X-File-Name", "")))
    except UnreadablePostError as error:
        raise UploadCut(received_bytes=arrival.received_bytes) from error
    finally:
        arrival.abort()


def _announced(request: HttpRequest) -> int | None:
    length = request.headers.get("Content-Length", "")
    return int(length) if length.isdecimal() else None


# ---- the field --------------------------------------------------------------------------------------------------


class UploadInput(forms.FileInput):
    """A file input, and beside it the hidden number of a file that was sent ahead."""

    put_url = ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        extra = {"data-upload-url": self.put_url, "data-upload-field": f"{name}_id"} if self.put_url else {}
        chooser = super().render(name, None, {**(attrs or {}), **extra}, renderer)
        # A form that is shown again names the file that it brought: it waits, and need not be sent twice.
        waiting = value.upload_id if isinstance(value, SealedUpload) else value
        hidden = flatatt({"type": "hidden", "name": f"{name}_id", "value": waiting or ""})
        return format_html("{}<input{}>", chooser, hidden)

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, UploadedFile[Any]], name: str) -> Any:
        found = files.get(name) if files else None
        return found if found is not None else data.get(f"{name}_id") or None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class UploadField(forms.Field):
    """A file of a form; cleans to the number of an upload that waits, or None."""

    widget = UploadInput

    @property
    def put_url(self) -> str:
        return str(self.widget.put_url)

    @put_url.setter
    def put_url(self, url: str) -> None:
        self.widget.put_url = url
        self.widget.attrs |= {"data-upload-url": url}

    def to_python(self, value: Any) -> UUID | None:
        if isinstance(value, _EmptyUpload):
            raise as_validation(BlobEmpty())
        if isinstance(value, SealedUpload):
            return value.upload_id
        if value in self.empty_values:
            return None
        try:
            return UUID(str(value))
        except ValueError as error:
            raise as_validation(UploadGone()) from error


# ---- out --------------------------------------------------------------------------------------------------------


def _pieces(file: StoredBlob, start: int, stop: int) -> Iterator[bytes]:
    key = sealing.blob_key(file.owner_id, file.compartment, file.office_id, file.salt)
    return open_stream(store(), file.address, key, file.salt, file.plain_bytes, start, stop)


def _range(header: str, size: int) -> tuple[int, int] | None:
    """One range of bytes, as half-open; None for none, many or nonsense: then all is sent. Source: RFC 9110, 14."""
    found = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", header.strip())
    if found is None or found.group() == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        return (max(0, size - int(last)), size) if int(last) else (size, size)
    return int(first), min(size, int(last) + 1 if last else size)


def stream(request: HttpRequest, file: StoredBlob, *, as_download: bool) -> HttpResponse | StreamingHttpResponse:
    """Send a kept file, or the part that was asked for, in constant memory. It can't run anything in the page."""
    span = _range(request.headers.get("Range", ""), file.plain_bytes)
    start, stop = span or (0, file.plain_bytes)
    if start >= max(stop, 1):
        return _headed(HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.plain_bytes}"}), file, True)
    response = StreamingHttpResponse(_pieces(file, start, stop), status=206 if span else 200)
    response["Content-Length"] = str(stop - start)
    if span:
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{file.plain_bytes}"
    return _headed(response, file, as_download)


R = TypeVar("R", bound=HttpResponse | StreamingHttpResponse)
# What a browser may show by itself; everything else is only handed over. Telephones record in the first of these.
_SHOWN = frozenset({"audio/mp4", "audio/x-m4a", "audio/aac", "audio/3gpp", "audio/mpeg", "audio/ogg", "audio/opus",
                    "audio/webm", "audio/x-wav", "audio/wav", "audio/wave", "audio/flac", "image/jpeg", "image/png",
                    "image/gif", "image/webp", "video/mp4", "video/3gpp", "video/quicktime", "video/webm",
                    "video/ogg"})  # fmt: skip


def is_shown(media_type: str) -> bool:
    """Whether a browser may show or play it in a page."""
    return media_type in _SHOWN


def _headed(response: R, file: StoredBlob, as_download: bool) -> R:
    shown = not as_download and file.media_type in _SHOWN
    response["Content-Type"] = file.media_type if shown else "application/octet-stream"
    response["Content-Disposition"] = f"{'inline' if shown else 'attachment'}; {_file_name(file.name)}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _file_name(name: str) -> str:
    """A file name for a header, whatever is in it. Source: RFC 6266 and RFC 8187."""
    clean = "".join(char for char in name if char.isprintable() and char not in '\\/"') or "file"
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", clean)
    return f"filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"


def can_preview(media_type: str) -> bool:
    """Whether a small picture can be made of it, as far as its kind tells."""
    kind = media_type.partition("/")
    return kind[0] == "image" and kind[2].upper().removeprefix("X-MS-") in _PREVIEW_FORMATS


def send_preview(file: StoredBlob) -> HttpResponse:
    """Send a small picture. Raises NothingToShow."""
    small = preview(file)
    if small is None:
        raise NothingToShow
    answer = HttpResponse(small, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def preview(file: StoredBlob) -> bytes | None:
    """A small JPEG of a picture, made in memory; None for what is no picture or too large to look at."""
    if not file.media_type.startswith("image/") or file.plain_bytes > _PREVIEW_BYTES:
        return None
    whole = b"".join(_pieces(file, 0, file.plain_bytes))
    try:
        with Image.open(io.BytesIO(whole), formats=_PREVIEW_FORMATS) as picture:
            if picture.width * picture.height > _PREVIEW_PIXELS:
                return None
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((_PREVIEW_SIDE, _PREVIEW_SIDE))
            made = io.BytesIO()
            upright.convert("RGB").save(made, "JPEG", quality=80)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    return made.getvalue()


def sha256_of(file: StoredBlob) -> str:
    """The hash of a kept file's plain bytes, computed anew, for checking it against its record."""
    digest = hashlib.sha256()
    for piece in _pieces(file, 0, file.plain_bytes):
        digest.update(piece)
    return digest.hexdigest()
