"""Where sealed blobs rest: found by the SHA-256 of their ciphertext, written once, never changed.

The store never sees a key. Whoever runs it can check that all is intact (`scrub`), and learns only sizes and
times.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import mmap
import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from amparo.kernel.errors import N_, AppError
from amparo.kernel.ids import entropy
from amparo.vault.chunks import BlobAltered, Buffer

_ADDRESS: Final = re.compile(r"[0-9a-f]{64}")
_PREFIX: Final = re.compile(r"[0-9a-f]{2}")
_READ_BYTES: Final = 1 << 20
# The best of 1, 2 and 4 MiB on the disk measured (ADR 0003); each upload under way holds two of these.
_WRITE_BYTES: Final = 4 << 20
_DIRECT: Final = getattr(os, "O_DIRECT", 0)
# Writing past a file system's largest file, or a process's limit, ends as a full disk does.
_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_DIRECT: Final = {errno.EINVAL, errno.EOPNOTSUPP}


class BlobMissing(AppError):
    """There is nothing at this address."""

    code = "vault.blob_missing"
    status = 500
    template = N_("The stored file is missing.")
    hint_template = N_("Tell the system keeper: the file must be brought back from the backups.")


class DiskFull(AppError):
    """There is no room left; what was being written has been removed."""

    code = "vault.disk_full"
    status = 507
    template = N_("There is no room left to store this file. Nothing was kept.")
    hint_template = N_("Keep your own copy, and tell the system keeper that the disk is full.")


@dataclass(frozen=True, slots=True)
class Stored:
    """One blob as it rests: its address (SHA-256 of the ciphertext, in hex) and its size."""

    address: str
    stored_bytes: int


@dataclass(frozen=True, slots=True)
class Erasure:
    """The right to delete one blob: the ledger event that ordered it, and why."""

    event_id: UUID
    reason_code: str


class BlobStore(Protocol):
    """What the vault needs of a place that keeps blobs."""

    def put_stream(self, pieces: Iterable[Buffer]) -> Stored:
        """Keep a blob, durably. Each piece is used up before the next is asked for."""

    def open_range(self, address: str, start: int, stop: int) -> Iterator[bytes]:
        """Give the stored bytes from `start` up to `stop`, fewer where the blob ends before."""

    def stat(self, address: str) -> Stored:
        """Say how large the blob is."""

    def list(self) -> Iterator[str]:
        """Give all addresses, in order, one by one."""

    def delete(self, address: str, erasure: Erasure) -> None:
        """Remove a blob for good."""


class FolderStore:
    """Blobs as files: `ab/cd/<address>` below the root, and `incoming/` for those not yet complete."""

    def __init__(self, root: Path, *, direct: bool = True) -> None:
        """Open the folder, making it where it is missing.

        Args:
            root: the folder that holds the blobs and nothing else.
            direct: write past the page cache where the file system can; else through it.
        """
        self._root = root
        self._incoming = root / "incoming"
        self._direct = direct
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._incoming.mkdir(mode=0o700, exist_ok=True)

    def put_stream(self, pieces: Iterable[Buffer]) -> Stored:
        """Write the pieces to a new file, and give it its address when all of it is on the disk.

        Returns:
            The address, only after the file and the folders that lead to it are synced.

        Raises:
            DiskFull: no room; nothing is kept.
            BlobAltered: the address is taken by a file whose bytes no longer fit it; it is left as found.
            Exception: whatever `pieces` raised; nothing is kept.
        """
        waiting = self._incoming / entropy(16).hex()
        try:
            with _no_room_is_disk_full(), _File(waiting, direct=self._direct) as file:
                for piece in pieces:
                    file.write(piece)
                stored = file.finish()
                self._settle(waiting, stored)
        except BaseException:
            with suppress(FileNotFoundError):
                waiting.unlink()
            raise
        return stored

    def open_range(self, address: str, start: int, stop: int) -> Iterator[bytes]:
        """Give the stored bytes from `start` up to `stop`, in pieces of 1 MiB; fewer where the blob ends.

        Raises:
            BlobMissing: nothing is at this address.
        """
        self.stat(address)
        return self._read_range(address, start, stop)

    def stat(self, address: str) -> Stored:
        """Say how large the blob is.

        Raises:
            BlobMissing: nothing is at this address.
        """
        try:
            return Stored(address, self._path(address).stat().st_size)
        except FileNotFoundError as error:
            raise BlobMissing from error

    def list(self) -> Iterator[str]:
        """Give all addresses, in order, holding one folder of names in memory at a time."""
        for first in _names(self._root, _PREFIX):
            for second in _names(self._root / first, _PREFIX):
                for address in _names(self._root / first / second, _ADDRESS):
                    if address.startswith(first + second):
                        yield address

    def delete(self, address: str, erasure: Erasure) -> None:
        """Remove a blob for good; its absence is on the disk when this returns.

        Raises:
            BlobMissing: nothing is at this address.
            TypeError: no erasure was shown.
        """
        if not isinstance(erasure, Erasure):
            raise TypeError("A blob is deleted only for a recorded erasure.")
        path = self._path(address)
        try:
            path.unlink()
        except FileNotFoundError as error:
            raise BlobMissing from error
        _sync_folder(path.parent)

    def scrub(self, address: str) -> Stored:
        """Read a whole blob and hold its hash against its address. Needs no key.

        Raises:
            BlobAltered: the bytes changed, or the disk can't read them any more.
            BlobMissing: nothing is at this address.
        """
        with open(self._open(address), "rb", buffering=0) as file:
            try:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                raise BlobAltered from error
            if found != address:
                raise BlobAltered
            return Stored(address, os.fstat(file.fileno()).st_size)

    def sweep(self, older_than_s: float, now: datetime) -> int:
        """Remove what broken uploads left behind; give how many files.

        A file that some process is still writing is left alone, however old it is.
        """
        removed = 0
        for name in os.listdir(self._incoming):
            path = self._incoming / name
            with suppress(FileNotFoundError):
                if now.timestamp() - path.stat().st_mtime >= older_than_s and not _is_being_written(path):
                    path.unlink()
                    removed += 1
        return removed

    def _settle(self, waiting: Path, stored: Stored) -> None:
        path = self._path(stored.address)
        if path.exists():
            self.scrub(stored.address)
            waiting.unlink()
        else:
            path.parent.parent.mkdir(mode=0o700, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            waiting.rename(path)
        # Always all three: a folder that is there may have been made a moment ago by another process that has
        # not synced it yet, and this blob is promised now.
        for folder in (path.parent, path.parent.parent, self._root):
            _sync_folder(folder)

    def _path(self, address: str) -> Path:
        if not _ADDRESS.fullmatch(address):
            raise BlobMissing
        return self._root / address[:2] / address[2:4] / address

    def _read_range(self, address: str, start: int, stop: int) -> Iterator[bytes]:
        with open(self._open(address), "rb", buffering=0) as file:
            while start < stop and (data := os.pread(file.fileno(), min(stop - start, _READ_BYTES), start)):
                yield data
                start += len(data)

    def _open(self, address: str) -> int:
        try:
            return os.open(self._path(address), os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError as error:
            raise BlobMissing from error


class _File:
    """A new file under its writer's lock: hashes and collects here while a second thread writes."""

    def __init__(self, path: Path, *, direct: bool) -> None:
        self._fd, self._is_direct = _create(path, direct=direct)
        # Gone with the process, however it ends; `sweep` asks for it.
        fcntl.flock(self._fd, fcntl.LOCK_EX)
        # Anonymous maps begin on a page, as writing past the page cache demands.
        self._rooms = [mmap.mmap(-1, _WRITE_BYTES) for _ in range(2)]
        self._filled = 0
        self._hash = hashlib.sha256()
        self._bytes = 0
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="blob-write")
        self._write_under_way: Future[None] | None = None

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._disk.shutdown()
        os.close(self._fd)
        for room in self._rooms:
            room.close()

    def write(self, piece: Buffer) -> None:
        """Take over the piece's bytes; they may still be on their way to the disk when this returns."""
        view = memoryview(piece)
        self._hash.update(view)
        self._bytes += len(view)
        taken = 0
        while taken < len(view):
            count = min(_WRITE_BYTES - self._filled, len(view) - taken)
            self._rooms[0][self._filled : self._filled + count] = view[taken : taken + count]
            self._filled += count
            taken += count
            if self._filled == _WRITE_BYTES:
                self._send()

    def finish(self) -> Stored:
        """Write the rest and sync the file."""
        self._send()
        self._wait()
        os.fsync(self._fd)
        return Stored(self._hash.hexdigest(), self._bytes)

    def _send(self) -> None:
        self._wait()
        self._write_under_way = self._disk.submit(self._write_all, self._rooms[0], self._filled)
        self._rooms.reverse()
        self._filled = 0

    def _wait(self) -> None:
        if self._write_under_way is not None:
            under_way, self._write_under_way = self._write_under_way, None
            under_way.result()

    def _write_all(self, room: mmap.mmap, count: int) -> None:
        if count % mmap.PAGESIZE:
            self._leave_direct()
        with memoryview(room) as view:
            written = 0
            while written < count:
                try:
                    with view[written:count] as rest:
                        written += os.write(self._fd, rest)
                except OSError as error:
                    # A file system may accept the flag and then refuse the write.
                    if not self._is_direct or error.errno not in _NO_DIRECT:
                        raise
                    self._leave_direct()

    def _leave_direct(self) -> None:
        if self._is_direct:
            flags = fcntl.fcntl(self._fd, fcntl.F_GETFL)
            fcntl.fcntl(self._fd, fcntl.F_SETFL, flags & ~_DIRECT)
            self._is_direct = False


def _create(path: Path, *, direct: bool) -> tuple[int, bool]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    if direct and _DIRECT:
        try:
            return os.open(path, flags | _DIRECT, 0o600), True
        except OSError as error:
            if error.errno not in _NO_DIRECT:
                raise
            # Some file systems create the file before they refuse the flag.
            path.unlink(missing_ok=True)
    return os.open(path, flags, 0o600), False


def _names(folder: Path, pattern: re.Pattern[str]) -> list[str]:
    with suppress(FileNotFoundError):
        return sorted(name for name in os.listdir(folder) if pattern.fullmatch(name))
    return []


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _is_being_written(path: Path) -> bool:
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False


@contextmanager
def _no_room_is_disk_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull from error
        raise
