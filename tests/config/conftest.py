"""One real instance for the whole run, made by the command line; each test takes a copy of its own."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.light import ON_PATH

INIT = ("--name", "Hana Sample", "--login", "hana", "--office", "Sample House", "--district", "Sampletown")


@dataclass(frozen=True)
class Made:
    """An instance, what `init` said, and a file with its passphrase."""

    folder: Path
    said: str
    words: Path


def environment(words: Path | None = None, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    return clean | {"PYTHONPATH": ON_PATH} | ({"AMPARO_PASSPHRASE_FILE": str(words)} if words else {}) | more


def amparo(*arguments: str | Path, words: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a person would, with nobody at the keyboard."""
    return subprocess.run(
        [sys.executable, "-m", "amparo.config.cli", *map(str, arguments)],
        env=environment(words, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    """The instance's database as somebody sees it who has the disk and no passphrase."""
    with closing(sqlite3.connect(folder / "amparo.sqlite3", isolation_level=None)) as opened:
        yield opened


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    base = tmp_path_factory.mktemp("made")
    done = amparo("init", "--dir", base / "instance", *INIT)
    assert done.returncode == 0, done.stderr
    found = re.search(r"Passphrase\n\n +([a-z ]+)\n", done.stdout)
    assert found
    words = base / "words"
    words.write_text(found[1])
    words.chmod(0o600)
    return Made(base / "instance", done.stdout, words)


@pytest.fixture
def made(_made: Made, tmp_path: Path) -> Made:
    """A copy of the instance that may be harmed."""
    folder = tmp_path / "instance"
    shutil.copytree(_made.folder, folder)
    return Made(folder, _made.said, _made.words)
