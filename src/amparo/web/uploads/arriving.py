"""Files on their way in: sealed as they are read, or refused before the first byte."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import unquote
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from amparo.access.actors import Actor
from amparo.kernel import ids
from amparo.vault import sealing
from amparo.vault.ingest import Ingest, UploadCut, UploadTooLarge
from amparo.web.uploads.files import NoFilesHere, Reception, TicketEnded, store
from amparo.web.uploads.kinds import media_type_of
from amparo.web.uploads.tickets import read_ticket
from amparo.web.uploads.unclaimed import keep

_HEAD_BYTES = 4096
_CHUNK_BYTES = 1 << 20
# Room for the end of a form: the longest boundary has 70 characters.
_END_BYTES = 128


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
        return keep(actor, self.reception, self._ingest.finish(), self.salt, name, media_type_of(self._head, name))


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
            return None if not self._name else EmptyUpload(file=io.BytesIO(), name="empty", size=0)
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


class EmptyUpload(UploadedFile):  # type: ignore[type-arg]
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
