"""Writing small files so that they are there after a power cut, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make a folder's list of names durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_new(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file that must not exist yet. Raises FileExistsError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    _fill(handle, content)
    sync_folder(path.parent)


def replace(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file whole or leave the old one whole."""
    beside = path.with_name(path.name + ".new")
    _fill(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), content)
    os.replace(beside, path)
    sync_folder(path.parent)


def _fill(handle: int, content: bytes) -> None:
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
