"""What must be gone in time goes by itself, in a server that nobody visits."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import DatabaseError

from amparo.config import tending


def test_it_tends_at_once_and_then_again_and_again_until_it_is_stopped() -> None:
    rounds, stop = [], threading.Event()

    def tended() -> int:
        rounds.append(1)
        if len(rounds) == 3:
            stop.set()
        return 0

    thread = tending.start(stop, seconds=0.001, tend=tended)
    thread.join(5)
    assert not thread.is_alive()
    assert len(rounds) == 3
    assert thread.daemon


@pytest.mark.parametrize("fault", [OSError, DatabaseError, ValueError])
def test_one_part_that_fails_however_keeps_no_other_from_being_done(fault: type[Exception]) -> None:
    def broken() -> int:
        raise fault

    assert tending.tend((broken, lambda: 2, broken, lambda: 3)) == 5


@pytest.mark.sqlite_only
def test_what_the_server_loads_tends(tmp_path: Path) -> None:
    """The real entry point, in a process of its own: the thread is there, and has made its first round."""
    program = (
        "import threading\n"
        "import amparo.config.wsgi\n"
        "names = [one.name for one in threading.enumerate()]\n"
        "print('tending' in names)\n"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=clean | {"AMPARO_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.stdout.strip() == "True", done.stderr
