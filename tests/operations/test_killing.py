"""An act that records relief, restraint and the end of an operation is saved whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
SIGKILL = -9
NOTHING = {"state": "briefed", "relief": 0, "restraint": 0, "results": 0, "hidden": False, "tokens": 1}
ALL = {"state": "executed", "relief": 1, "restraint": 1, "results": 2, "hidden": True, "tokens": 0}


@pytest.mark.faults
@pytest.mark.parametrize("points", [3, pytest.param(12, marks=pytest.mark.long)])
def test_a_process_killed_while_an_operation_is_written_down_leaves_all_or_nothing_of_it(
    tmp_path: Path, points: int
) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.operations.killing", str(tmp_path), str(points)],
        env=clean | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=900,
    )
    whole, *killed = [json.loads(line) for line in ran.stdout.splitlines()]
    assert whole["length"] >= points * 4
    assert whole["after"] == ALL | {"intact": True, "whole": "ok"}
    assert len(killed) == points
    for one in killed:
        assert one["ended"] == SIGKILL, one
        sound = {"intact": True, "whole": "ok"}
        assert one["after"] in (NOTHING | sound, ALL | sound), one
    # Nothing of it is seen before its end: the last of these points lies after the commit, if any does.
    assert sum(one["after"]["state"] == "executed" for one in killed[:-1]) == 0
