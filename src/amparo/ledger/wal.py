"""Checkpoints of SQLite's write-ahead log, one process at a time.

SQLite from 3.7.0 to 3.51.2 can damage a database when a commit starts the log anew while another connection
makes a checkpoint that has nothing left to move. So SQLite's own checkpoints are off
(`wal_autocheckpoint=0`), ours are made by one process at a time, and nobody commits while one runs.
See docs/adr/0004-checkpoints-of-the-write-ahead-log.md.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

LIMIT_BYTES = 8 << 20
_FAULTY = ((3, 7, 0), (3, 51, 2))


def has_the_fault(version: tuple[int, int, int]) -> bool:
    """Whether a release of SQLite may have the fault; distributions may have repaired it unseen."""
    first, last = _FAULTY
    return first <= version <= last


def database_path() -> Path | None:
    """SQLite's file; nothing on another database or in memory."""
    if connection.vendor != "sqlite":
        return None
    name = str(connection.settings_dict["NAME"])
    return None if ":memory:" in name or "mode=memory" in name else Path(name)


@contextmanager
def turn(path: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the lock for checkpoints of one database, and say whether it was had; a process's end frees it."""
    handle = os.open(f"{path}.checkpoint", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def checkpoint_if_large() -> None:
    """Move the log into the database once it has grown; nothing where another process is at it or writes.

    Called after commits, never inside a transaction. Cost: one `stat` while the log is small.
    """
    path = database_path()
    if path is None or connection.in_atomic_block or _log_bytes(path) <= LIMIT_BYTES:
        return
    with turn(path, wait=False) as mine, _nobody_commits(path, mine) as quiet:
        if quiet:
            _checkpoint("PASSIVE")


def truncate() -> bool:
    """Move the whole log into the database and empty it: after an erasure, at the end of serving.

    Returns whether all of it could be moved: readers of older states prevent that.
    """
    path = database_path()
    if path is None:
        return True
    with turn(path, wait=True):
        # This kind of checkpoint keeps writers out by itself.
        return _checkpoint("TRUNCATE")


@contextmanager
def _nobody_commits(path: Path, mine: bool) -> Iterator[bool]:
    """Hold the database's write lock without writing; says whether it was free."""
    if not mine:
        yield False
        return
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as keeper:
        try:
            keeper.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            yield False
        else:
            yield True
            keeper.execute("ROLLBACK")


def _log_bytes(path: Path) -> int:
    try:
        return os.stat(f"{path}-wal").st_size
    except FileNotFoundError:
        return 0


def _checkpoint(kind: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA wal_checkpoint({kind})")
        busy, _, _ = cursor.fetchone()
    return not busy
