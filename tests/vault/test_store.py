"""The folder of blobs: durable or absent, never overwritten, never half there."""

from __future__ import annotations

import hashlib
import os
import resource
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from amparo.vault.chunks import BlobAltered
from amparo.vault.store import BlobMissing, BlobStore, DiskFull, Erasure, FolderStore, Stored

_ERASURE = Erasure(event_id=UUID(int=7), reason_code="retention_ended")
_NOW = datetime.now(tz=UTC)
_MIB = 1 << 20


@pytest.fixture(params=[True, False], ids=["direct", "buffered"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "blobs", direct=request.param)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _path(tmp_path: Path, address: str) -> Path:
    return tmp_path / "blobs" / address[:2] / address[2:4] / address


def _incoming(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "blobs" / "incoming").iterdir())


def _read(store: BlobStore, address: str, start: int = 0, stop: int = 1 << 40) -> bytes:
    return b"".join(store.open_range(address, start, stop))


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, 4 * _MIB - 1, 4 * _MIB, 4 * _MIB + 1, 9 * _MIB + 77])
def test_a_blob_reads_back_from_the_hash_of_its_bytes(store: FolderStore, tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    stored = store.put_stream(data[at : at + 700_001] for at in range(0, size, 700_001))
    assert stored == Stored(hashlib.sha256(data).hexdigest(), size)
    assert _path(tmp_path, stored.address).read_bytes() == data
    assert _read(store, stored.address) == data
    assert store.stat(stored.address) == store.scrub(stored.address) == stored
    assert _incoming(tmp_path) == []


def test_a_range_is_the_slice_and_ends_with_the_blob(store: FolderStore) -> None:
    data = os.urandom(3 * _MIB + 5)
    address = store.put_stream([data]).address
    for start, stop in [(0, 1), (5, 5), (_MIB - 1, 2 * _MIB + 1), (len(data) - 1, len(data) + 10)]:
        assert _read(store, address, start, stop) == data[start:stop]


def test_only_the_owner_may_read_blobs_and_folders(store: FolderStore, tmp_path: Path) -> None:
    address = store.put_stream([b"x"]).address
    path = _path(tmp_path, address)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (path.parent, path.parent.parent, tmp_path / "blobs", tmp_path / "blobs" / "incoming"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_same_bytes_are_kept_once_and_not_rewritten(store: FolderStore, tmp_path: Path) -> None:
    first = store.put_stream([b"same"])
    inode = _path(tmp_path, first.address).stat().st_ino
    assert store.put_stream([b"sa", b"me"]) == first
    assert _path(tmp_path, first.address).stat().st_ino == inode
    assert _incoming(tmp_path) == []


def test_a_damaged_blob_is_not_covered_up_by_a_good_copy(store: FolderStore, tmp_path: Path) -> None:
    address = store.put_stream([b"evidence"]).address
    _path(tmp_path, address).write_bytes(b"evidencE")
    with pytest.raises(BlobAltered):
        store.put_stream([b"evidence"])
    assert _path(tmp_path, address).read_bytes() == b"evidencE"
    assert _incoming(tmp_path) == []


@pytest.mark.parametrize("damage", [b"evidencE", b"evidenc", b"evidence!", b""])
def test_scrubbing_finds_damage_without_a_key(store: FolderStore, tmp_path: Path, damage: bytes) -> None:
    address = store.put_stream([b"evidence"]).address
    _path(tmp_path, address).write_bytes(damage)
    with pytest.raises(BlobAltered):
        store.scrub(address)


def test_a_source_that_breaks_leaves_nothing(store: FolderStore, tmp_path: Path) -> None:
    def breaking() -> Iterator[bytes]:
        yield b"x" * (9 * _MIB)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put_stream(breaking())
    assert _incoming(tmp_path) == []
    assert list(store.list()) == []


def test_the_list_gives_every_address_in_order_and_nothing_else(store: FolderStore, tmp_path: Path) -> None:
    addresses = {store.put_stream([str(number).encode()]).address for number in range(50)}
    (tmp_path / "blobs" / "incoming" / "half").write_bytes(b"x")
    (_path(tmp_path, min(addresses)).parent / "notes.txt").write_bytes(b"x")
    assert list(store.list()) == sorted(addresses)


def test_a_blob_is_deleted_only_for_an_erasure(store: FolderStore) -> None:
    address = store.put_stream([b"x"]).address
    with pytest.raises(TypeError):
        store.delete(address, "because")  # type: ignore[arg-type]
    assert store.stat(address).stored_bytes == 1
    store.delete(address, _ERASURE)
    assert list(store.list()) == []
    with pytest.raises(BlobMissing):
        store.delete(address, _ERASURE)


@pytest.mark.parametrize("address", ["ab" * 32, "", "../../../../etc/passwd", "AB" * 32, "ab" * 32 + "\n", "ab/cd"])
def test_what_is_not_there_is_missing_whatever_the_address(store: FolderStore, address: str) -> None:
    acts: list[Callable[[], object]] = [
        lambda: store.stat(address),
        lambda: store.scrub(address),
        lambda: store.open_range(address, 0, 1),
        lambda: store.delete(address, _ERASURE),
    ]
    for act in acts:
        with pytest.raises(BlobMissing):
            act()


def test_a_link_in_place_of_a_blob_is_not_followed(store: FolderStore, tmp_path: Path) -> None:
    address = store.put_stream([b"x"]).address
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"x")
    _path(tmp_path, address).unlink()
    _path(tmp_path, address).symlink_to(elsewhere)
    with pytest.raises(OSError, match="symbolic"):
        store.scrub(address)


def test_sweeping_removes_old_leftovers_only(store: FolderStore, tmp_path: Path) -> None:
    for name, age in [("old", timedelta(hours=25)), ("new", timedelta(hours=23))]:
        path = tmp_path / "blobs" / "incoming" / name
        path.write_bytes(b"x")
        os.utime(path, ((_NOW - age).timestamp(), (_NOW - age).timestamp()))
    assert store.sweep(24 * 3600, _NOW) == 1
    assert [path.name for path in _incoming(tmp_path)] == ["new"]


def test_sweeping_leaves_a_file_that_is_still_being_written(store: FolderStore, tmp_path: Path) -> None:
    swept = []

    def slow() -> Iterator[bytes]:
        yield b"first"
        swept.append(store.sweep(0, _NOW + timedelta(days=2)))
        yield b"second"

    address = store.put_stream(slow()).address
    assert swept == [0]
    assert _read(store, address) == b"firstsecond"


@pytest.mark.faults
@pytest.mark.parametrize("direct", [True, False])
def test_a_full_disk_is_said_and_nothing_is_left(small_disk: Path, direct: bool) -> None:
    store = FolderStore(small_disk / "blobs", direct=direct)
    with pytest.raises(DiskFull):
        store.put_stream(os.urandom(_MIB) for _ in range(8))
    assert list((small_disk / "blobs" / "incoming").iterdir()) == []
    assert store.put_stream([b"still works"]).stored_bytes == 11


@pytest.mark.faults
@pytest.mark.parametrize("direct", [True, False])
def test_a_file_size_limit_is_said_as_a_full_disk(tmp_path: Path, direct: bool) -> None:
    script = f"""
        import resource
        from pathlib import Path
        from amparo.vault.store import DiskFull, FolderStore

        store = FolderStore(Path({str(tmp_path / "blobs")!r}), direct={direct})
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, 5_000_000))
        try:
            store.put_stream(bytes(1 << 20) for _ in range(12))
        except DiskFull:
            print("full")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "full\n"
    assert _incoming(tmp_path) == []


def test_no_file_handle_is_left_open(store: FolderStore) -> None:
    def breaking() -> Iterator[bytes]:
        yield b"x"
        raise ConnectionResetError

    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        address = store.put_stream([os.urandom(10)]).address
        next(store.open_range(address, 0, 5))
        store.open_range(address, 0, 5)
        store.scrub(address)
        with pytest.raises(ConnectionResetError):
            store.put_stream(breaking())
    assert len(os.listdir("/proc/self/fd")) <= before
    assert before < resource.getrlimit(resource.RLIMIT_NOFILE)[0]
