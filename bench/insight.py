"""The whole page of insight at 1,000, 10,000 and 100,000 cases.

A few dozen cases are played through the commands that people use, and counted. Their lines are then copied, each copy
with ids of its own and days of its own, so that every size has the same mixture of steps, endings and reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

from bench.figures import Figure, Time, ms, timed
from bench.pages import browser

PLAYED = 40
SIZES = (1_000, 10_000, 100_000)
_TIMES = 7
_GOAL_MS = 300
_BATCH = 5_000
_DAYS = {
    "SuspectLine": (
        "reported", "identified", "restrained", "charged", "enrolled", "heard", "trial", "verdict", "convicted",
        "as_charged", "sentenced", "final", "ended",
    ),
    "SurvivorLine": (
        "reported", "incident", "statement", "seen", "relieved", "testified", "enrolled", "restored", "ended",
    ),
    "Happening": ("day",),
}  # fmt: skip


def _model(name: str) -> Any:
    from django.apps import apps

    return apps.get_model(f"insight.{name}")


def played() -> Any:
    """Some cases from the first report on, counted as they are. Returns the accounts by sign-in name."""
    from amparo.desk.synthetic.agenda import Agenda
    from amparo.desk.synthetic.making import make
    from amparo.desk.synthetic.stage import Stage
    from amparo.insight import commands
    from amparo.kernel import clock

    make(cases=PLAYED, seed=1)
    commands.rebuild()
    now = clock.now()
    return Stage(1, now, Agenda(now))


def _values(row: Any, own: dict[UUID, UUID], shift: int) -> dict[str, Any]:
    """The columns of a copy: ids mapped to its own, days moved together."""
    days = _DAYS[type(row).__name__]
    found = {}
    for field in row._meta.concrete_fields:
        if field.name == "id":
            continue
        value = getattr(row, field.attname)
        if field.attname in ("case_id", "person_id", "source_id") and value is not None:
            value = own.setdefault(value, uuid4()) if shift else value
        elif field.attname in days and value is not None:
            value -= shift
        found[field.attname] = value
    return found


def check_copies(patterns: dict[str, Sequence[Any]]) -> None:
    """A copy that is not moved is the row that the commands left, in every column."""
    for name, rows in patterns.items():
        columns = [field.attname for field in _model(name)._meta.concrete_fields if field.name != "id"]
        for row in rows:
            copy = _values(row, {}, 0)
            if [copy[column] for column in columns] != [getattr(row, column) for column in columns]:
                raise RuntimeError(f"a copied line of {name} is not what the commands left")


def copied(patterns: dict[str, Sequence[Any]], have: int, want: int) -> None:
    """Copies of all patterns until there are so many cases."""
    waiting: dict[str, list[Any]] = {name: [] for name in patterns}
    for turn in range(-(-(want - have) // PLAYED)):
        own: dict[UUID, UUID] = {}
        # Prime steps spread the copies over four years without a rhythm.
        shift = 1 + (turn * 37) % 1461
        for name, rows in patterns.items():
            model = _model(name)
            waiting[name] += [model(**_values(row, own, shift)) for row in rows]
            if len(waiting[name]) >= _BATCH:
                model.objects.bulk_create(waiting[name], batch_size=_BATCH)
                waiting[name] = []
    for name, rows in waiting.items():
        _model(name).objects.bulk_create(rows, batch_size=_BATCH)


def _measured(client: Any) -> Time:
    from django.urls import reverse

    url = reverse("insight:overview")
    answer = client.get(url)
    if answer.status_code != 200 or b"<table" not in answer.content:
        raise RuntimeError(f"the page answered {answer.status_code}")
    return timed(lambda: client.get(url), times=_TIMES)


def figures(sizes: Sequence[int] = SIZES) -> Iterator[Figure]:
    """The director's first page at each size, and how it grows."""
    from django.contrib.auth import get_user_model
    from django.db import connection

    from amparo.access import commands as access

    played()
    account = get_user_model().objects.get(login=access.login_token("kofi"))
    client = browser(account.pk)
    patterns = {name: list(_model(name).objects.all()) for name in _DAYS}
    check_copies(patterns)
    have, before = PLAYED, None
    for size in sizes:
        copied(patterns, have, size)
        have = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        found = _measured(client)
        last = size == sizes[-1]
        goal = f"under {_GOAL_MS} ms" if last else ""
        reached = found.cpu * 1000 < _GOAL_MS if last else None
        yield Figure(f"insight, {size:,} cases", ms(found.cpu), "ms CPU", f"{ms(found.wall)} ms wall", goal, reached)
        if before is not None:
            smaller, time = before
            growth, more = found.cpu / time.cpu, size / smaller
            yield Figure(
                f"insight, growth to {size:,}", round(growth, 2), "times", f"{more:.0f} times the cases",
                f"within {more:.0f}", growth <= more,
            )  # fmt: skip
        before = (size, found)
