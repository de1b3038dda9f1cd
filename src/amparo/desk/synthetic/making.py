"""Making the whole synthetic organisation in an instance that has no casework yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db import connection

from amparo.desk.synthetic import (
    facts,
    kits,
    lists,
    operations,
    partners,
    protection,
    reporting,
    strengthening,
    training,
    walk_in,
)
from amparo.desk.synthetic.agenda import Agenda
from amparo.desk.synthetic.opening import opening
from amparo.desk.synthetic.plans import LONGEST_DAYS, plans, reports
from amparo.desk.synthetic.stage import Stage, furnish
from amparo.desk.synthetic.story import new_story
from amparo.kernel import clock
from amparo.ledger import wal

Progress: TypeAlias = Callable[[str, int, int], None]
# The organisation opens this long before its first case.
_RUN_UP_DAYS = 20
_PLAYING = "playing the months"


def make(*, cases: int, seed: int, progress: Progress = lambda what, done, of: None) -> None:
    """Fill an instance with invented offices, colleagues and so many cases, until now.

    The instance may have its first ledger entry and a first account already; it should have no casework.
    The same `seed` makes the same people, dates, states, texts and counts, seen from the same moment;
    ids, codes and keys differ each time.

    Args:
        progress: hears what is being done, how much of it is done, and of how much.

    Cost: about 60 commands a case, some 3 ms each.
    """
    until = clock.now()
    began = until - timedelta(days=LONGEST_DAYS + _RUN_UP_DAYS)
    stage = Stage(seed, until, Agenda(until))
    with hurried():
        progress("hiring", 0, 1)
        furnish(stage, began)
        partners.furnish(stage, began)
        kits.furnish(stage, began)
        lists.furnish(stage, began)
        progress("hiring", 1, 1)
        for plan in plans(cases, stage.dice("plans")):
            story = new_story(stage, plan)
            stage.agenda.start(opening(story))
        for report in reports(cases, stage.dice("reports")):
            stage.agenda.start(walk_in.report(stage, report))
        training.play(stage)
        strengthening.play(stage)
        stage.agenda.start(operations.name_keeper(stage))
        for line in reporting.lines(stage):
            stage.agenda.start(line)
        stage.agenda.start(facts.line(stage))
        stage.agenda.start(protection.assessments(stage))
        stage.agenda.start(protection.breaches(stage))
        stage.agenda.play(_in_days(progress, began, until))


def _in_days(progress: Progress, began: datetime, until: datetime) -> Callable[[datetime], None]:
    whole = (until - began).days
    last = -1

    def heard(moment: datetime) -> None:
        nonlocal last
        day = (moment - began).days
        if day != last:
            last = day
            progress(_PLAYING, day, whole)

    return heard


@contextmanager
def hurried() -> Iterator[None]:
    """Let SQLite not wait for the disk at each commit while a demonstration is being made.

    A loss of power may then cost the last commits, never the order of those before; a demonstration is
    simply made afresh. Inside a transaction there is nothing to hurry. At the end the log is moved into the
    database with all guarantees on again.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    _set("synchronous", "NORMAL")
    # A log that shrinks again after each checkpoint does not ask for the next one at once.
    _set("journal_size_limit", str(wal.LIMIT_BYTES // 2))
    try:
        yield
    finally:
        _set("synchronous", "FULL")
        _set("journal_size_limit", "-1")
        wal.truncate()


def _set(pragma: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}={value}")
