"""Taking evidence in: one pass over the bytes, sealed before they touch the disk, both hashes on the way.

    caller --- buffers of 1 MiB --+-- thread: SHA-256 of the plaintext
                                  +-- thread: seal, SHA-256 of the ciphertext --- store's thread: write

The buffers are few and are used again and again, so memory stays the same for a photo and for a 50 GB disk
image; a slow disk makes the caller wait. Hashing and writing let the other threads run meanwhile.
"""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock, Thread
from types import TracebackType
from typing import Final, Protocol, runtime_checkable

from amparo.kernel.errors import N_, AppError
from amparo.vault.chunks import BlobAltered, Buffer, ChunkOpener, ChunkSealer, room_for
from amparo.vault.store import BlobStore, Stored

BUFFER_BYTES: Final = 1 << 20
# One being filled, one in each thread, and some between them to even out a disk that stutters.
_BUFFERS: Final = 8


class BlobEmpty(AppError):
    """A file without a single byte is always a mistake."""

    code = "vault.blob_empty"
    status = 422
    template = N_("This file is empty. It was not kept.")
    hint_template = N_("Open the file on your device to see that it holds something, and send it again.")


class UploadCut(AppError):
    """Fewer bytes came than were announced."""

    code = "vault.upload_cut"
    status = 422
    template = N_("The file did not arrive whole: %(received_bytes)s bytes came. Nothing was kept.")
    hint_template = N_("Keep the file on your device, check your connection and send it again.")


class UploadTooLarge(AppError):
    """More bytes came than are allowed, or than were announced."""

    code = "vault.upload_too_large"
    status = 413
    template = N_("The file is larger than the limit of %(limit_bytes)s bytes. Nothing was kept.")
    hint_template = N_("Ask the system keeper to raise the limit, or to take the file in from a disk.")


class BinaryReader(Protocol):
    """What `ingest` reads from: a file, a request body, a pipe."""

    def read(self, size: int, /) -> bytes: ...


@runtime_checkable
class _IntoReader(Protocol):
    def readinto(self, room: memoryview, /) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Ingested:
    """What is known of a file once it is durably kept. Courts are shown the plaintext's hash."""

    address: str
    plain_sha256: str
    plain_bytes: int
    stored_bytes: int


class Ingest:
    """Takes one file in, piece by piece, for callers to whom the pieces are pushed.

    Use it as a context manager, or call `abort` when the sender goes away: without `finish`, nothing is kept.
    """

    def __init__(
        self,
        store: BlobStore,
        key: bytes,
        context: bytes,
        *,
        max_bytes: int,
        expected_bytes: int | None = None,
        on_progress: Callable[[int], None] | None = None,
    ) -> None:
        """Begin.

        Args:
            store: where the sealed bytes go.
            key: this blob's own 32-byte key, never used before.
            context: what the blob belongs to, such as its record's id.
            max_bytes: more than these are refused.
            expected_bytes: what the sender announced; fewer or more are refused.
            on_progress: told, after each full buffer, how many bytes have come.
        """
        self._limit_bytes = max_bytes if expected_bytes is None else min(max_bytes, expected_bytes)
        self._expected_bytes = expected_bytes
        self._on_progress = on_progress
        self._received = 0
        self._line = _Line(store, ChunkSealer(key, context))
        self._close = weakref.finalize(self, self._line.end, _Cut())
        self._buffer: _Shared | None = None

    def __enter__(self) -> Ingest:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()

    def feed(self, data: Buffer) -> None:
        """Take the next bytes; they are copied, so `data` is free for other use afterwards.

        Raises:
            UploadTooLarge: the limit is passed; nothing is kept.
            DiskFull: no room; nothing is kept.
        """
        view = memoryview(data)
        while view:
            room = self.room()
            count = min(len(room), len(view))
            room[:count] = view[:count]
            self.filled(count)
            view = view[count:]

    @property
    def received_bytes(self) -> int:
        """How many bytes have come so far."""
        return self._received

    def room(self) -> memoryview:
        """Lend the free part of the present buffer; say with `filled` how much of it was used."""
        if self._buffer is None:
            self._buffer = self._line.take()
        return self._buffer.free_part()

    def filled(self, count: int) -> None:
        """Take over `count` bytes that were put into `room()`. Raises as `feed` does."""
        if self._buffer is None or not self._close.alive:
            raise ValueError("This upload has ended.")
        self._received += count
        if self._received > self._limit_bytes:
            self.abort()
            raise UploadTooLarge(limit_bytes=self._limit_bytes)
        self._buffer.used += count
        if self._buffer.used == BUFFER_BYTES:
            self._pass_on()

    def finish(self) -> Ingested:
        """Seal and sync the rest.

        Returns:
            What was kept, only after it is durable.

        Raises:
            BlobEmpty: no byte came.
            UploadCut: fewer bytes came than were announced.
            DiskFull: no room.
        """
        if not self._close.alive:
            raise ValueError("This upload has ended.")
        if self._expected_bytes is not None and self._received < self._expected_bytes:
            self.abort()
            raise UploadCut(received_bytes=self._received, expected_bytes=self._expected_bytes)
        if self._received == 0:
            self.abort()
            raise BlobEmpty
        if self._buffer is not None and self._buffer.used:
            self._pass_on()
        self._close.detach()
        stored, plain_sha256 = self._line.finish()
        return Ingested(stored.address, plain_sha256, self._received, stored.stored_bytes)

    def abort(self) -> None:
        """Stop, and keep nothing. Does nothing after `finish` or a first `abort`."""
        if self._close.alive:
            self._close()
            self._line.wait()

    def _pass_on(self) -> None:
        if self._buffer is None:
            return
        self._line.send(self._buffer)
        self._buffer = None
        if self._line.error is not None:
            self.abort()
            raise self._line.error
        if self._on_progress is not None:
            self._on_progress(self._received)


def ingest(
    source: BinaryReader,
    store: BlobStore,
    key: bytes,
    context: bytes,
    *,
    expected_bytes: int | None,
    max_bytes: int,
    on_progress: Callable[[int], None] | None = None,
) -> Ingested:
    """Take a whole file in from a reader.

    Args: as for `Ingest`.

    Returns:
        What was kept, only after it is durable.

    Raises:
        BlobEmpty: the source held nothing.
        UploadCut: the source broke off, or ended before the announced length.
        UploadTooLarge: the source held more than the limit.
        DiskFull: no room. After any of these, nothing is kept.
    """
    with Ingest(
        store, key, context, max_bytes=max_bytes, expected_bytes=expected_bytes, on_progress=on_progress
    ) as under_way:
        while count := _read_into(source, under_way):
            under_way.filled(count)
        return under_way.finish()


def open_stream(
    store: BlobStore, address: str, key: bytes, context: bytes, plain_bytes: int, start: int, stop: int
) -> Iterator[bytes]:
    """Give the plaintext of a blob from `start` up to `stop`, in pieces of at most 1 MiB.

    Raises:
        BlobAltered: the blob's length is not the record's, or any byte read is not as sealed. Length, header
            and end are checked before this returns.
        BlobMissing: nothing is at this address.
        ValueError: the range lies outside the file.
    """
    opener = ChunkOpener(key, context, sealed_bytes=store.stat(address).stored_bytes)
    if opener.plain_bytes != plain_bytes:
        raise BlobAltered
    return opener.open_range(
        lambda offset, count: b"".join(store.open_range(address, offset, offset + count)), start, stop
    )


def _read_into(source: BinaryReader, under_way: Ingest) -> int:
    room = under_way.room()
    try:
        if isinstance(source, _IntoReader):
            return source.readinto(room) or 0
        data = source.read(len(room))
    except OSError as error:
        raise UploadCut(received_bytes=under_way.received_bytes) from error
    room[: len(data)] = data
    return len(data)


class _Cut(Exception):
    """Told to the sealing thread in place of a last buffer: stop, keep nothing."""


class _Shared:
    """A buffer that goes back to the free ones when both threads are done with it."""

    __slots__ = ("_bytes", "_free", "_lock", "_readers", "used")

    def __init__(self, free: SimpleQueue[_Shared]) -> None:
        self._bytes = memoryview(bytearray(BUFFER_BYTES))
        self._free = free
        self._lock = Lock()
        self._readers = 0
        self.used = 0

    def free_part(self) -> memoryview:
        return self._bytes[self.used :]

    def used_part(self) -> memoryview:
        return self._bytes[: self.used]

    def lend(self, readers: int) -> None:
        self._readers = readers

    def give_back(self) -> None:
        with self._lock:
            self._readers -= 1
            is_free = self._readers == 0
        if is_free:
            self.used = 0
            self._free.put(self)


class _Line:
    """The two threads and their queues. Knows nothing of `Ingest`, so that a forgotten one can end it."""

    def __init__(self, store: BlobStore, sealer: ChunkSealer) -> None:
        self._store = store
        self._sealer = sealer
        self._free: SimpleQueue[_Shared] = SimpleQueue()
        self._made = 0
        self._to_hash: SimpleQueue[_Shared | None] = SimpleQueue()
        self._to_seal: SimpleQueue[_Shared | _Cut | None] = SimpleQueue()
        self._hash = hashlib.sha256()
        self._stored: Stored | None = None
        self._is_ended = False
        self.error: BaseException | None = None
        # Daemons: a server that is told to stop does not wait for an upload that will never end.
        self._threads = [
            Thread(target=self._hash_plain, name="blob-hash", daemon=True),
            Thread(target=self._seal_and_store, name="blob-seal", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def take(self) -> _Shared:
        """A free buffer; waits for one where all are under way."""
        if self._free.empty() and self._made < _BUFFERS:
            self._made += 1
            return _Shared(self._free)
        return self._free.get()

    def send(self, buffer: _Shared) -> None:
        buffer.lend(readers=2)
        self._to_hash.put(buffer)
        self._to_seal.put(buffer)

    def end(self, cut: _Cut | None) -> None:
        self._to_hash.put(None)
        self._to_seal.put(cut)

    def wait(self) -> None:
        for thread in self._threads:
            thread.join()

    def finish(self) -> tuple[Stored, str]:
        self.end(None)
        self.wait()
        if self.error is not None:
            raise self.error
        assert self._stored is not None  # noqa: S101 - the sealing thread leaves one of the two behind
        return self._stored, self._hash.hexdigest()

    def _hash_plain(self) -> None:
        while (buffer := self._to_hash.get()) is not None:
            self._hash.update(buffer.used_part())
            buffer.give_back()

    def _seal_and_store(self) -> None:
        pieces = self._sealed_pieces()
        try:
            self._stored = self._store.put_stream(pieces)
        except BaseException as error:
            self.error = error
            # The caller may be waiting for a free buffer; it learns of the error when it passes the next on.
            while not self._is_ended:
                self._take_to_seal()

    def _sealed_pieces(self) -> Iterator[Buffer]:
        room = memoryview(bytearray(room_for(BUFFER_BYTES)))
        yield self._sealer.header
        while not self._is_ended:
            yield room[: self._take_to_seal(room)]
        yield self._sealer.finish()

    def _take_to_seal(self, room: memoryview | None = None) -> int:
        """Wait for the next buffer, seal it if there is room to seal it into, and free it."""
        buffer = self._to_seal.get()
        if isinstance(buffer, _Shared):
            count = 0 if room is None else self._sealer.update_into(buffer.used_part(), room)
            buffer.give_back()
            return count
        self._is_ended = True
        if buffer is not None and room is not None:
            raise buffer
        return 0
