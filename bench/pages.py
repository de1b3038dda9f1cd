"""Pages at 1,000 and at 10,000 cases, against an empty page for somebody signed in, in the same run.

Requests go through the whole of Django in this process, without a network. The list and the search are
those of a supervisor, who sees every case of her office; Today is a caseworker's.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.figures import Figure, Time, ms, timed_together

_TIMES = 15
_FACTOR, _GROWTH, _MEMORY_MIB = 3.0, 1.2, 200
_PATTERNS = 12
# Pages of a process whose memory is measured, and the links on them that lead to another page.
_LOOKED_AT = 60
_LINK = re.compile(r'href="(/(?!static/)[^"#?]*)"')
_RARE, _RARE_NAME = 10, "Quillona Beispiel"
_FLOOR = "empty page for somebody signed in"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is asked for."""

    what: str
    ask: Callable[[], Any]

    def check(self) -> None:
        """Raise where the page does not answer as it should: an error page would be fast."""
        response = self.ask()
        if response.status_code != 200:
            raise RuntimeError(f"{self.what} answered {response.status_code}")


def furnished(cases: int) -> Any:
    """The offices, and so many plain cases, of which the first ones were made by commands."""
    from amparo.desk.synthetic import bulk
    from amparo.desk.synthetic.agenda import Agenda
    from amparo.desk.synthetic.stage import Stage, furnish
    from amparo.kernel import clock

    now = clock.now()
    stage = Stage(1, now, Agenda(now))
    furnish(stage, now - timedelta(days=700))
    patterns = [bulk.pattern_of(bulk.plain_case(stage, number)) for number in range(_PATTERNS)]
    grow(stage, patterns, cases - _PATTERNS)
    _add_rare_name(stage)
    return stage, patterns


def grow(stage: Any, patterns: Any, cases: int, before: int = 0) -> None:
    """So many more cases, with new colleagues who work on them: nobody's own caseload grows with the organisation.

    `before` is how many there are already.
    """
    from amparo.desk.synthetic import bulk

    teams = bulk.colleagues(stage, cases, first=before // bulk.CASES_OF_A_TEAM + 1 if before else 0)
    bulk.copies(patterns, cases, stage, teams=teams or [{}])


def _add_rare_name(stage: Any) -> None:
    """Some people with a name that nobody else has: a search that finds as many at any number of cases."""
    from amparo.access.actors import actor_of
    from amparo.people import commands as people
    from amparo.people.words import PersonKind

    lead = actor_of(stage.accounts["jalil"])
    for _ in range(_RARE):
        people.add_person(actor=lead, office_id=lead.office_id, kind=PersonKind.SURVIVOR, name=_RARE_NAME)


def browser(account: UUID) -> Any:
    """A browser in which somebody is signed in."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from amparo.access import commands as access
    from amparo.access.actors import actor_for

    client = Client(SERVER_NAME="localhost")
    user = get_user_model().objects.get(pk=account)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["sign_in"] = str(access.start_sign_in(actor=actor_for(user), device="bench", method="demo"))
    session.save()
    return client


def pages(accounts: dict[str, UUID]) -> list[Page]:
    """The floor first, then what is measured against it."""
    from django.apps import apps
    from django.urls import reverse

    lead, worker = browser(accounts["jalil"]), browser(accounts["dalia"])
    office = apps.get_model("access.Account")._base_manager.get(pk=accounts["jalil"]).office_id
    case = apps.get_model("cases.Case")._base_manager.filter(office_id=office).order_by("-opened_at")[0]
    return [
        Page(_FLOOR, lambda: lead.get(reverse("staff:change_password"))),
        Page("Today", lambda: worker.get(reverse("desk:today"))),
        Page("case page", lambda: lead.get(reverse("desk:case", args=[case.pk]))),
        Page("list of cases", lambda: lead.get(reverse("cases:cases"))),
        Page("search by name", lambda: lead.post(reverse("desk:find"), {"q": _RARE_NAME})),
    ]


def _measured(accounts: dict[str, UUID]) -> dict[str, Time]:
    asked = pages(accounts)
    for page in asked:
        page.check()
    return timed_together({page.what: page.ask for page in asked}, times=_TIMES)


def figures(small: int, large: int) -> Iterator[Figure]:
    """Every page at both sizes: CPU against the floor of the same run, and how much it grew."""
    stage, patterns = furnished(small)
    before = _measured(stage.accounts)
    grow(stage, patterns, large - small, before=small)
    after = _measured(stage.accounts)
    for size, found in ((small, before), (large, after)):
        floor = found[_FLOOR]
        yield Figure(f"{_FLOOR}, {size:,} cases", ms(floor.cpu), "ms CPU", f"{ms(floor.wall)} ms wall")
        for what in list(found)[1:]:
            yield _against(f"{what}, {size:,} cases", found[what], floor)
    for what in list(before)[1:]:
        growth = after[what].cpu / before[what].cpu
        goal = f"within {_GROWTH}"
        yield Figure(f"{what}, growth to {large:,}", round(growth, 2), "times", "", goal, growth <= _GROWTH)
    yield _memory(stage.accounts)


def _against(what: str, found: Time, floor: Time) -> Figure:
    factor = found.cpu / floor.cpu
    against = f"{factor:.1f} times the floor; {ms(found.wall)} ms wall"
    return Figure(what, ms(found.cpu), "ms CPU", against, f"within {_FACTOR:.0f} times", factor <= _FACTOR)


def _memory(accounts: dict[str, UUID]) -> Figure:
    """The most memory that a process of its own takes to serve these pages often, and many others once."""
    told = json.dumps({login: str(accounts[login]) for login in ("jalil", "dalia")})
    done = subprocess.run(
        [sys.executable, "-m", "bench.pages", told], check=True, capture_output=True, text=True, env=os.environ
    )
    mib = int(done.stdout) / 1024
    goal = f"under {_MEMORY_MIB} MiB"
    return Figure("memory of one process", round(mib, 1), "MiB", "", goal, mib < _MEMORY_MIB)


def _look_around(client: Any) -> None:
    """Follow the links from Today on, as somebody does who reads everything that she is offered."""
    wanted, seen = ["/"], set[str]()
    while wanted and len(seen) < _LOOKED_AT:
        address = wanted.pop(0)
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            wanted += _LINK.findall(response.content.decode())


def _serve_and_tell(told: str) -> None:
    from bench.__main__ import open_instance

    # What an organisation installs has no such package; a library here would load it only because tests have it.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    open_instance()
    accounts = {login: UUID(key) for login, key in json.loads(told).items()}
    for page in pages(accounts):
        for _ in range(_TIMES):
            page.check()
    _look_around(browser(accounts["jalil"]))
    print(_most_memory_kib())


def _most_memory_kib() -> int:
    """The largest this process ever was; what the system counts for it otherwise begins with who started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    _serve_and_tell(sys.argv[1])
