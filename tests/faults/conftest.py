"""The long form runs with `-m faults` only; a sample of it runs always."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what kills hundreds of times, unless the marker expression speaks of it."""
    if "faults" in config.getoption("-m"):
        return
    long = [item for item in items if Path(__file__).parent in item.path.parents and item.get_closest_marker("faults")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@dataclass(slots=True)
class Driver:
    """The process that plays and dies; see driver.py."""

    base: Path
    process: subprocess.Popen[str]
    length: dict[str, int]

    def play(self, **order: object) -> dict[str, Any]:
        """Carry out one order. Raises where the driver itself breaks."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the driver broke"
        answer: dict[str, Any] = json.loads(line)
        return answer


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    scratch = tmp_path_factory.mktemp("faults")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.driver", str(scratch)],
        env=clean | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        found = Driver(scratch / "base", process, {})
        whole = found.play()
        assert whole["ended"] == 0
        found.length = whole["seen"]
        yield found
        assert process.stdin is not None
        process.stdin.close()
