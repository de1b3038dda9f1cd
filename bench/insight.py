"""The whole page of insight at 1,000, 10,000 and 100,000 cases.

A few dozen cases are played through the commands that people use, and counted. Their lines are then copied, each copy
with ids of its own and days of its own, so that every size has the same mixture of steps, endings and reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bench.figures import Figure, Time, ms, timed
from bench.pages import browser

PLAYED = 40
SIZES = (1_000, 10_000, 100_000)
_TIMES = 7
_GOAL_MS = 300
_DAYS = {
    "SuspectLine": (
        "reported", "identified", "restrained", "charged", "enrolled", "heard", "trial", "verdict", "convicted",
        "as_charged", "sentenced", "final", "ended",
    ),
    "SurvivorLine": (
        "reported", "incident", "statement", "seen", "relieved", "testified", "enrolled", "restored", "ended",
    ),
    "Happening": ("day", "sent", "answered", "ended"),
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


_IDS = ("case_id", "person_id", "source_id")


def _select(name: str, turn: int, shift: int) -> tuple[str, str, str]:
    """The table, its columns, and what a copy has in them: ids of its own in each turn, days moved together."""
    meta = _model(name)._meta
    columns = [field.attname for field in meta.concrete_fields if field.name != "id"]
    made = []
    for column in columns:
        if column in _IDS and turn:
            # An id keeps three quarters of itself: different for each row, the same for one person's rows of a turn.
            made.append(f"printf('%08x', {turn}) || substr({column}, 9)")
        elif column in _DAYS[name]:
            made.append(f"{column} - {shift}")
        else:
            made.append(column)
    return meta.db_table, ", ".join(columns), ", ".join(made)


def check_copies(last: dict[str, int]) -> None:
    """A copy that is neither renamed nor moved is the row that the commands left, in every column."""
    from django.db import connection

    with connection.cursor() as cursor:
        for name in last:
            table, columns, made = _select(name, 0, 0)
            cursor.execute(f"SELECT {columns} FROM {table} EXCEPT SELECT {made} FROM {table}")  # noqa: S608
            if cursor.fetchall():
                raise RuntimeError(f"a copied line of {name} is not what the commands left")


def copied(last: dict[str, int], have: int, want: int, played_cases: int) -> None:
    """Copies of all lines up to `last`, until there are so many cases."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for turn in range(have // played_cases, -(-want // played_cases)):
            # Prime steps spread the copies over four years without a rhythm.
            shift = (turn * 37) % 1461
            for name, highest in last.items():
                table, columns, made = _select(name, turn, shift)
                told = f"INSERT INTO {table} ({columns}) SELECT {made} FROM {table} WHERE id <= %s"  # noqa: S608
                cursor.execute(told.replace("'%08x'", "'%%08x'"), [highest])


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
    last = {name: _model(name).objects.latest("id").pk for name in _DAYS}
    cases = _model("SuspectLine").objects.values("case_id").distinct().count()
    check_copies(last)
    have, before = cases, None
    for size in sizes:
        copied(last, have, size, cases)
        have = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        found = _measured(client)
        is_largest = size == sizes[-1]
        goal = f"under {_GOAL_MS} ms" if is_largest else ""
        reached = found.cpu * 1000 < _GOAL_MS if is_largest else None
        yield Figure(f"insight, {size:,} cases", ms(found.cpu), "ms CPU", f"{ms(found.wall)} ms wall", goal, reached)
        if before is not None:
            smaller, time = before
            growth, more = found.cpu / time.cpu, size / smaller
            yield Figure(
                f"insight, growth to {size:,}", round(growth, 2), "times", f"{more:.0f} times the cases",
                f"within {more:.0f}", growth <= more,
            )  # fmt: skip
        before = (size, found)
