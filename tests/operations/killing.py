"""Carry out an operation and die in the middle of it: `python -m tests.operations.killing FOLDER POINTS`.

One instance with a briefed operation is made; then for each point a child process works on a fresh copy and is
killed there. One line says how many statements the act has, then one for each point what was found afterwards.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.faults import driver

NAMES = ("jalil", "bruno", "dalia", "femi", "kofi", "oksana")


def main(folder: Path, points: int) -> None:
    people = driver.made(folder / "base")
    key = _briefed(people)
    _code, told = driver.in_child(lambda say: _run(folder / "base", folder / "whole", key, driver.Order(), say))
    length = told.counts["statement"]
    print(json.dumps({"length": length, "after": _look(folder / "whole")}), flush=True)
    for number in range(1, points + 1):
        at = max(1, length * number // points)
        copy = folder / f"copy-{number}"
        order = driver.Order("statement", at)
        code, _told = driver.in_child(lambda say: _run(folder / "base", copy, key, order, say))  # noqa: B023
        print(json.dumps({"ended": code, "at": at, "after": _look(copy)}), flush=True)
        shutil.rmtree(copy, ignore_errors=True)


def _briefed(people: dict[str, UUID]) -> UUID:
    from amparo.config import instance
    from tests.cast import Cast
    from tests.operations import story

    _hire(people)
    cast = Cast(people["office"], people["office"], {name: people[name] for name in NAMES})
    case = cast.case(team=("bruno", "dalia"))
    made = story.fill(cast, story.begun(cast, case))
    story.proposed(cast, made)
    story.approve(cast, made)
    story.brief(cast, made)
    instance.let_go_of_database()
    return made.id


def _hire(people: dict[str, UUID]) -> None:
    from amparo.access import commands as access
    from amparo.access.actors import SYSTEM_ACTOR
    from tests.cast import CAST

    for name in NAMES:
        if name in people:
            continue
        people[name] = access.invite(
            actor=SYSTEM_ACTOR,
            office_id=people["office"],
            name=CAST[name][0],
            login_name=name,
            role=CAST[name][1],
            secret=name,
        )
        access.activate(actor=SYSTEM_ACTOR, secret=name, password="a long pass phrase")


def _run(base: Path, copy: Path, key: UUID, order: driver.Order, say: Callable[[str, str], None]) -> None:
    from django.db.backends.signals import connection_created

    from amparo.operations.models import Operation
    from tests.cast import CaseAtHand, Cast
    from tests.operations import story

    shutil.copytree(base, copy, dirs_exist_ok=True)
    driver._use(copy)
    row = Operation.objects.get(pk=key)
    case = _case_of(key)
    cast = Cast(row.office_id, row.office_id, {"bruno": row.lead_id})
    made = story.OperationAtHand(key, CaseAtHand(case[0], case[1], case[2]))
    from amparo.config import instance

    instance.let_go_of_database()
    counter = driver.Counter(order)
    connection_created.connect(counter.watch, weak=False)
    story.execute(cast, made)
    say("count", json.dumps(counter.seen))


def _case_of(key: UUID) -> tuple[UUID, UUID, UUID]:
    from amparo.cases.models import Party
    from amparo.operations import queries

    case = queries.case_ids(key)[0]
    people = dict(Party.objects.filter(case_id=case).values_list("role", "person_id"))
    return case, people["survivor"], people["suspect"]


def _look(folder: Path) -> dict[str, Any]:
    """What stands in a copy: state, relief, restraint, whether the place is hidden, and whether all of it verifies."""

    def looked(say: Callable[[str, str], None]) -> None:
        from amparo.investigations.models import Relief, Restraint
        from amparo.kernel import clock
        from amparo.operations.models import Operation, PlaceDay, Result, Whereabouts

        driver._use(folder)
        found = driver.looked(folder)
        say(
            "count",
            json.dumps(
                {
                    "state": Operation.objects.get().state,
                    "relief": Relief.objects.count(),
                    "restraint": Restraint.objects.count(),
                    "results": Result.objects.count(),
                    "hidden": Whereabouts.objects.get().hidden_from <= clock.now(),
                    "tokens": PlaceDay.objects.count(),
                    "intact": found["intact"],
                    "whole": found["whole"],
                }
            ),
        )

    _code, told = driver.in_child(looked)
    return told.counts


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
