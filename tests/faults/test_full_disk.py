"""A disk without room: a clear error, nothing half saved, and the same work goes through when there is room."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.faults.conftest import Driver

pytestmark = pytest.mark.sqlite_only
ROOM_LEFT = 220_000


@pytest.fixture
def small_disk(driver: Driver, tmp_path: Path) -> Iterator[Path]:
    """A disk that holds the instance and little more."""
    needed = sum(-(-path.stat().st_size // 4096) * 4096 for path in driver.base.rglob("*"))
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={needed + ROOM_LEFT}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _check(found: dict[str, Any]) -> None:
    assert found["ended"] == 0
    (error,) = found["errors"]
    assert error[1:] == ["ledger.no_room", "507"]
    assert found["between"]["whole"] == "ok"
    assert found["between"]["intact"]
    assert found["between"]["known"] == found["done"]


@pytest.mark.parametrize("more_bytes", [0, 60_000, 150_000])
def test_a_file_that_may_not_grow_is_said_and_leaves_no_half_record(driver: Driver, more_bytes: int) -> None:
    found = driver.play(kind="never", room_bytes=32_768 + more_bytes)
    _check(found)
    assert found["errors_again"] == []
    assert found["after"]["intact"]
    assert found["after"]["known"] == found["done_again"]


def test_a_full_disk_is_said_and_leaves_no_half_record(driver: Driver, small_disk: Path) -> None:
    found = driver.play(kind="never", folder=str(small_disk / "instance"))
    _check(found)
    # There is still no room, so that it goes no further and says so again.
    assert found["errors_again"] == found["errors"]
    assert found["after"]["rows"] == found["between"]["rows"]
