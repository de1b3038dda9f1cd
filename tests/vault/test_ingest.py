"""Taking evidence in, whole or not at all, with the same memory for any size."""

from __future__ import annotations

import gc
import hashlib
import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.vault.chunks import CHUNK_BYTES, BlobAltered, sealed_size
from amparo.vault.ingest import (
    BUFFER_BYTES,
    BlobEmpty,
    Ingest,
    Ingested,
    UploadCut,
    UploadTooLarge,
    ingest,
    open_stream,
)
from amparo.vault.store import BlobMissing, DiskFull, Erasure, FolderStore

_KEY = bytes(range(32))
_CONTEXT = b"item-0001"
_MIB = 1 << 20
_EDGES = [1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1]
_EDGES += [BUFFER_BYTES - 1, BUFFER_BYTES, BUFFER_BYTES + 1, 3 * BUFFER_BYTES, 21 * BUFFER_BYTES + 5]


class _OnlyRead:
    """A source as HTTP servers give it: `read`, in pieces as they come, and no `readinto`."""

    def __init__(self, data: bytes, piece_bytes: int) -> None:
        self._source = io.BytesIO(data)
        self._piece_bytes = piece_bytes

    def read(self, size: int, /) -> bytes:
        return self._source.read(min(size, self._piece_bytes))


class _Breaking:
    """A source whose connection is lost after its first bytes."""

    def __init__(self, first_bytes: int) -> None:
        self._left = first_bytes

    def read(self, size: int, /) -> bytes:
        if not self._left:
            raise ConnectionResetError
        size = min(size, self._left)
        self._left -= size
        return bytes(size)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "blobs")


def _take(store: FolderStore, data: bytes) -> Ingested:
    return ingest(io.BytesIO(data), store, _KEY, _CONTEXT, expected_bytes=len(data), max_bytes=1 << 40)


def _open(
    store: FolderStore,
    kept: Ingested,
    start: int = 0,
    stop: int | None = None,
    *,
    key: bytes = _KEY,
    context: bytes = _CONTEXT,
) -> bytes:
    end = kept.plain_bytes if stop is None else stop
    return b"".join(open_stream(store, kept.address, key, context, kept.plain_bytes, start, end))


def _nothing_is_kept(tmp_path: Path) -> bool:
    root = tmp_path / "blobs"
    return list(FolderStore(root).list()) == [] and list((root / "incoming").iterdir()) == []


@pytest.mark.parametrize("size", _EDGES)
def test_what_was_taken_in_opens_as_it_was(store: FolderStore, tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    kept = _take(store, data)
    assert kept.plain_sha256 == hashlib.sha256(data).hexdigest()
    assert (kept.plain_bytes, kept.stored_bytes) == (size, sealed_size(size))
    assert store.scrub(kept.address).stored_bytes == kept.stored_bytes
    assert _open(store, kept) == data
    assert list((tmp_path / "blobs" / "incoming").iterdir()) == []


@pytest.mark.parametrize("piece_bytes", [1000, 65_536, 3 * BUFFER_BYTES])
def test_a_source_that_gives_pieces_gives_the_same(store: FolderStore, piece_bytes: int) -> None:
    data = os.urandom(2 * BUFFER_BYTES + 123)
    source = _OnlyRead(data, piece_bytes)
    kept = ingest(source, store, _KEY, _CONTEXT, expected_bytes=None, max_bytes=1 << 40)
    assert _open(store, kept) == data


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(0, 2 * BUFFER_BYTES + 3), min_size=1, max_size=5))
def test_pushed_pieces_of_any_size_make_the_same_file(store: FolderStore, sizes: list[int]) -> None:
    data = os.urandom(sum(sizes) + 1)
    with Ingest(store, _KEY, _CONTEXT, max_bytes=1 << 40) as upload:
        at = 0
        for size in sizes:
            upload.feed(data[at : at + size])
            at += size
        upload.feed(memoryview(data)[at:])
        kept = upload.finish()
    assert kept.plain_sha256 == hashlib.sha256(data).hexdigest()
    assert _open(store, kept) == data


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ends=st.tuples(st.integers(0), st.integers(0)))
def test_a_range_is_the_slice(store: FolderStore, ends: tuple[int, int]) -> None:
    data = (bytes(range(251)) * 14_000)[: 3 * _MIB + 17]
    kept = _take(store, data)
    start, stop = sorted(end % (len(data) + 1) for end in ends)
    assert _open(store, kept, start, stop) == data[start:stop]
    store.delete(kept.address, Erasure(event_id=UUID(int=1), reason_code="test_ended"))


def test_the_same_file_twice_makes_two_blobs_that_do_not_tell(store: FolderStore) -> None:
    one, other = _take(store, b"same" * 1000), _take(store, b"same" * 1000)
    assert one.plain_sha256 == other.plain_sha256
    assert one.address != other.address


def test_an_empty_file_is_refused(store: FolderStore, tmp_path: Path) -> None:
    with pytest.raises(BlobEmpty):
        _take(store, b"")
    assert _nothing_is_kept(tmp_path)


@pytest.mark.parametrize("size", [0, 1, BUFFER_BYTES, 5 * BUFFER_BYTES + 1])
def test_a_cut_upload_leaves_nothing(store: FolderStore, tmp_path: Path, size: int) -> None:
    source = io.BytesIO(bytes(size))
    with pytest.raises(UploadCut) as caught:
        ingest(source, store, _KEY, _CONTEXT, expected_bytes=size + 1, max_bytes=1 << 40)
    assert caught.value.fields["received_bytes"] == size
    assert _nothing_is_kept(tmp_path)


def test_a_lost_connection_leaves_nothing(store: FolderStore, tmp_path: Path) -> None:
    with pytest.raises(UploadCut):
        ingest(_Breaking(5 * BUFFER_BYTES + 1), store, _KEY, _CONTEXT, expected_bytes=None, max_bytes=1 << 40)
    assert _nothing_is_kept(tmp_path)


@pytest.mark.parametrize(("expected", "most", "limit"), [(None, 99, 99), (100, 99, 99), (99, 1000, 99)])
def test_too_many_bytes_are_refused_and_the_limit_is_said(
    store: FolderStore, tmp_path: Path, expected: int | None, most: int, limit: int
) -> None:
    with pytest.raises(UploadTooLarge) as caught:
        ingest(io.BytesIO(bytes(100)), store, _KEY, _CONTEXT, expected_bytes=expected, max_bytes=most)
    assert f"{limit} bytes" in caught.value.message()
    assert _nothing_is_kept(tmp_path)


def test_a_file_of_exactly_the_limit_is_taken(store: FolderStore) -> None:
    kept = ingest(io.BytesIO(bytes(100)), store, _KEY, _CONTEXT, expected_bytes=100, max_bytes=100)
    assert kept.plain_bytes == 100


def test_an_aborted_upload_leaves_nothing_and_no_thread(store: FolderStore, tmp_path: Path) -> None:
    before = threading.active_count()
    upload = Ingest(store, _KEY, _CONTEXT, max_bytes=1 << 40)
    upload.feed(bytes(30 * _MIB))
    upload.abort()
    upload.abort()
    assert _nothing_is_kept(tmp_path)
    assert threading.active_count() == before
    with pytest.raises(ValueError, match="ended"):
        upload.feed(b"more")
    with pytest.raises(ValueError, match="ended"):
        upload.finish()


def test_a_forgotten_upload_ends_by_itself(store: FolderStore, tmp_path: Path) -> None:
    before = threading.active_count()
    upload = Ingest(store, _KEY, _CONTEXT, max_bytes=1 << 40)
    upload.feed(bytes(3 * _MIB))
    del upload
    gc.collect()
    assert _comes_true(lambda: threading.active_count() == before)
    assert _nothing_is_kept(tmp_path)


def test_an_error_of_the_caller_leaves_nothing(store: FolderStore, tmp_path: Path) -> None:
    def fail(told: int) -> None:
        raise ZeroDivisionError(told)

    source = io.BytesIO(bytes(3 * _MIB))
    with pytest.raises(ZeroDivisionError):
        ingest(source, store, _KEY, _CONTEXT, expected_bytes=None, max_bytes=1 << 40, on_progress=fail)
    assert _nothing_is_kept(tmp_path)


def test_progress_is_told_as_buffers_fill(store: FolderStore) -> None:
    told: list[int] = []
    size = 2 * BUFFER_BYTES + 1
    source = io.BytesIO(bytes(size))
    ingest(source, store, _KEY, _CONTEXT, expected_bytes=size, max_bytes=size, on_progress=told.append)
    assert told == [BUFFER_BYTES, 2 * BUFFER_BYTES, size]


def test_another_key_context_or_length_is_refused(store: FolderStore) -> None:
    kept = _take(store, b"x" * 100)
    with pytest.raises(BlobAltered):
        _open(store, kept, key=bytes(32))
    with pytest.raises(BlobAltered):
        _open(store, kept, context=b"item-0002")
    for length in (99, 101):
        with pytest.raises(BlobAltered):
            open_stream(store, kept.address, _KEY, _CONTEXT, length, 0, 1)
    with pytest.raises(BlobMissing):
        open_stream(store, "0" * 64, _KEY, _CONTEXT, 100, 0, 1)


def test_damage_on_the_disk_is_refused_before_a_reply_begins(store: FolderStore, tmp_path: Path) -> None:
    kept = _take(store, os.urandom(3 * CHUNK_BYTES))
    path = next((tmp_path / "blobs").glob("??/??/*"))
    whole = path.read_bytes()
    for cut in (len(whole) - 1, len(whole) - 16, 56 + CHUNK_BYTES + 16, 60, 10, 0):
        path.write_bytes(whole[:cut])
        with pytest.raises(BlobAltered):
            open_stream(store, kept.address, _KEY, _CONTEXT, kept.plain_bytes, 0, 1)


def test_no_plaintext_rests_anywhere(store: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "spool"))
    (tmp_path / "spool").mkdir()
    canary = b"Amina Sample was here. "
    with Ingest(store, _KEY, _CONTEXT, max_bytes=1 << 40) as upload:
        for _ in range(9):
            upload.feed(canary * 50_000)
            for path in (path for path in tmp_path.rglob("*") if path.is_file()):
                assert canary not in path.read_bytes()
        upload.finish()
    stored = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(stored) == 1
    assert canary not in stored[0].read_bytes()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.faults
@pytest.mark.parametrize("megabytes", [10, 60])
def test_a_full_disk_ends_the_upload_and_leaves_nothing(small_disk: Path, megabytes: int) -> None:
    store = FolderStore(small_disk / "blobs")
    before = threading.active_count()
    with pytest.raises(DiskFull):
        _take(store, bytes(megabytes * _MIB))
    assert _nothing_is_kept(small_disk)
    assert threading.active_count() == before
    assert _take(store, b"still works").plain_bytes == 11


@pytest.mark.faults
def test_a_killed_process_leaves_no_half_blob(store: FolderStore, tmp_path: Path) -> None:
    script = f"""
        import io, os
        from pathlib import Path
        from amparo.vault.ingest import ingest
        from amparo.vault.store import FolderStore

        store = FolderStore(Path({str(tmp_path / "blobs")!r}))
        while True:
            size = 6_000_000
            source = io.BytesIO(os.urandom(size))
            print(ingest(source, store, bytes(range(32)), b"item-0001",
                         expected_bytes=size, max_bytes=size).address, flush=True)
    """
    acknowledged: list[str] = []
    incoming = tmp_path / "blobs" / "incoming"
    # Twice in the midst of a file, as it is seen there; then wherever it is.
    for wait in (0, 0, 0.007, 0.013, 0.03, 0.05):
        process = _start(script)
        assert process.stdout is not None
        acknowledged.append(process.stdout.readline().strip())
        before = set(incoming.iterdir())
        while not wait and not set(incoming.iterdir()) - before:
            time.sleep(0)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        acknowledged += process.stdout.read().split()
        process.wait()
        process.stdout.close()
    kept = list(store.list())
    assert set(acknowledged) <= set(kept)
    for address in kept:
        assert store.scrub(address).stored_bytes == sealed_size(6_000_000)
        list(open_stream(store, address, _KEY, _CONTEXT, 6_000_000, 0, 6_000_000))
    left = len(list(incoming.iterdir()))
    assert left > 0
    assert store.sweep(24 * 3600, datetime.now(tz=UTC)) == 0
    assert store.sweep(24 * 3600, datetime.now(tz=UTC) + timedelta(days=2)) == left
    assert list(store.list()) == kept


@pytest.mark.slow
def test_memory_stays_small_for_a_large_file(tmp_path: Path) -> None:
    script = f"""
        import resource
        from pathlib import Path
        from amparo.vault.ingest import ingest, open_stream
        from amparo.vault.store import FolderStore

        class Zeros:
            left = 300 << 20
            def readinto(self, room):
                count = min(len(room), self.left)
                self.left -= count
                room[:count] = bytes(count)
                return count

        store = FolderStore(Path({str(tmp_path / "blobs")!r}))
        key, size = bytes(32), 300 << 20
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        kept = ingest(Zeros(), store, key, b"", expected_bytes=size, max_bytes=size)
        for piece in open_stream(store, kept.address, key, b"", size, 0, size):
            pass
        print(kept.plain_bytes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    """
    process = _start(script)
    out, _ = process.communicate(timeout=600)
    plain_bytes, grown_kib = map(int, out.split())
    assert plain_bytes == 300 << 20
    assert grown_kib < 64 << 10


def _start(script: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={"PYTHONPATH": "src"},
        stdout=subprocess.PIPE,
        text=True,
    )


def _comes_true(question: Callable[[], bool]) -> bool:
    until = time.monotonic() + 5
    while not question():
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True
