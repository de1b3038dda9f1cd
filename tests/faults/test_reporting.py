"""A report is killed on its way: before the answer a second try makes exactly one, after it nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.sqlite_only
ROOT = Path(__file__).resolve().parents[2]
SIGKILL = -9
KINDS = ("statement", "commit", "tick")
SAMPLE, MANY = 3, 60
Play = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.stranger", str(tmp_path_factory.mktemp("stranger"))],
        env=clean | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def order(**asked: object) -> dict[str, Any]:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            assert line, "the driver broke"
            answer: dict[str, Any] = json.loads(line)
            return answer

        yield order
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture(scope="module")
def whole(play: Play) -> dict[str, Any]:
    return play()


def test_without_a_fault_it_arrives_once_and_a_second_try_changes_nothing(whole: dict[str, Any]) -> None:
    assert whole["ended"] == 0
    assert whole["done"][:2] == ["file", "report"]
    assert whole["between"]["reports"] == 1
    assert whole["between"]["files"] == [True]
    assert whole["between"]["texts"] == ["canary-words"]
    # Pressed again it is the same report, and the same code.
    assert whole["after"]["rows"] == whole["between"]["rows"]
    assert whole["done_again"][-1] == whole["done"][-1]


def _check(play: Play, whole: dict[str, Any], kind: str, at: int) -> None:
    found = play(kind=kind, at=at)
    where = (kind, at, found)
    assert found["ended"] == SIGKILL, where
    for look in (found["between"], found["after"]):
        assert look["whole"] == "ok", where
        assert look["intact"], where
        assert all(look["files"]), where
    if "report" in found["done"]:
        # Acknowledged: the report is there with its file, whatever happened right afterwards.
        assert found["between"]["reports"] == 1, where
        assert found["between"]["files"] == [True], where
    assert found["ended_again"] == 0, where
    assert "report" in found["done_again"], where
    assert found["after"]["reports"] == 1, where
    assert found["after"]["files"] == [True], where
    assert found["after"]["texts"] == ["canary-words"], where


def _points(length: int, number: int) -> list[int]:
    if number >= length:
        return list(range(1, length + 1))
    return sorted({1 + round(n * (length - 1) / (number - 1)) for n in range(number)})


@pytest.mark.parametrize("part", range(SAMPLE))
@pytest.mark.parametrize("kind", KINDS)
def test_a_report_that_is_killed_on_its_way_is_there_once(
    play: Play, whole: dict[str, Any], kind: str, part: int
) -> None:
    points = _points(whole["seen"][kind], SAMPLE)
    _check(play, whole, kind, points[part % len(points)])


def test_every_commit_is_whole_or_not_at_all(play: Play, whole: dict[str, Any]) -> None:
    for at in range(1, whole["seen"]["commit"] + 1):
        _check(play, whole, "commit", at)


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_wherever_it_is_killed(play: Play, whole: dict[str, Any], kind: str) -> None:
    for at in _points(whole["seen"][kind], MANY):
        _check(play, whole, kind, at)
