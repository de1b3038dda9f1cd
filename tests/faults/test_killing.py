"""A process that is killed in the middle of its work leaves what it had acknowledged, and no half of anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.faults.conftest import Driver

pytestmark = pytest.mark.sqlite_only

KINDS = ("statement", "commit", "tick")
SIGKILL = -9
# Three of each kind run with every `make test`; the long form takes every commit and a hundred of each other kind.
SAMPLE = 3
MANY = 100


@pytest.fixture(scope="session")
def whole(driver: Driver) -> dict[str, Any]:
    """The same day without any interruption."""
    return driver.play()


def _points(length: int, number: int) -> list[int]:
    """So many places of a run, evenly spread, the first and the last among them."""
    if number >= length:
        return list(range(1, length + 1))
    return sorted({1 + round(n * (length - 1) / (number - 1)) for n in range(number)})


def _check(driver: Driver, whole: dict[str, Any], kind: str, at: int) -> None:
    found = driver.play(kind=kind, at=at)
    where = (kind, at, found)
    assert found["ended"] == SIGKILL, where
    between, after = found["between"], found["after"]
    for look in (between, after):
        assert look["whole"] == "ok", where
        assert look["intact"], where
        assert all(look["photos"]), where
    # What was acknowledged is there; at most one more was saved, whose answer nobody heard.
    said = found["done"]
    assert between["known"][: len(said)] == said, where
    assert len(between["known"]) - len(said) in (0, 1), where
    assert len(between["photos"]) == ("photo" in between["known"]), where
    # Sent again under the same numbers, the day is done once.
    assert found["ended_again"] == 0, where
    assert found["done_again"] == whole["done"], where
    assert after["rows"] == whole["after"]["rows"], where
    assert after["photos"] == [True], where


def test_the_day_is_done_and_verifies_when_nothing_goes_wrong(whole: dict[str, Any]) -> None:
    assert whole["ended"] == 0
    assert whole["errors"] == []
    assert whole["between"]["intact"]
    assert whole["between"]["known"] == whole["done"]
    # Played again, it changes nothing at all.
    assert whole["after"]["rows"] == whole["between"]["rows"]


@pytest.mark.parametrize("part", range(SAMPLE))
@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_process_leaves_what_it_acknowledged_and_no_half_of_anything(
    driver: Driver, whole: dict[str, Any], kind: str, part: int
) -> None:
    _check(driver, whole, kind, _points(driver.length[kind], SAMPLE)[part])


def test_every_command_is_saved_whole_or_not_at_all(driver: Driver, whole: dict[str, Any]) -> None:
    """Killed before a commit: no row of that command is there. Killed after it: all of them are."""
    commits = driver.length["commit"]
    middle = commits // 2
    before = driver.play(kind="commit", at=middle)["between"]
    after = driver.play(kind="commit", at=middle + 1)["between"]
    assert len(after["known"]) == len(before["known"]) + 1
    assert after["rows"]["ledger.submission"] == before["rows"]["ledger.submission"] + 1
    assert after["rows"]["ledger.entry"] > before["rows"]["ledger.entry"]
    assert after["rows"]["ledger.root"] == before["rows"]["ledger.root"] + 1


def _between(whole: dict[str, Any], kind: str, step: str) -> tuple[int, int]:
    """Where a step begins and ends, in what was counted of a kind."""
    ends = whole["seen"]["ends"]
    names = list(ends)
    return ends[names[names.index(step) - 1]][kind], ends[step][kind]


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("kind", KINDS)
def test_a_photograph_that_is_killed_on_its_way_is_whole_or_not_there(
    driver: Driver, whole: dict[str, Any], kind: str, part: int
) -> None:
    """From its first byte to the answer: what was acknowledged before it stays, and it comes once."""
    first, last = _between(whole, kind, "photo")
    points = _points(last - first, 4)
    _check(driver, whole, kind, first + points[part % len(points)])


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_wherever_it_is_killed(driver: Driver, whole: dict[str, Any], kind: str) -> None:
    for at in _points(driver.length[kind], MANY):
        _check(driver, whole, kind, at)
