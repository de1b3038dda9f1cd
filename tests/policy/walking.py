"""How the matrix is observed: every address asked for by everybody, and nothing that they do stays."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.policy.headers import check, check_page, only_looking
from tests.policy.world import CANARIES, EVERYBODY, World, routes

# A sheet for each room, so that people who build two rooms do not write into one file.
MATRIX = Path(__file__).with_name("matrix")
FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class Visitors:
    """A browser for everybody. What a visit changes is undone after it: rows, cookies and all.

    Whatever is asked for and whatever comes: its headers keep it in, and asking alone has changed nothing.
    """

    world: World
    _clients: dict[str, tuple[Client, SimpleCookie]] = field(default_factory=dict)
    # The world stands still, so that what somebody was answered once she is answered again.
    _looks: dict[tuple[str, str], tuple[str, set[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in EVERYBODY:
            client = Client() if name == "anonymous" else self.world.cast.client(name)
            client.raise_request_exception = False
            self._clients[name] = (client, client.cookies)

    def _fresh(self, name: str) -> Client:
        client, cookies = self._clients[name]
        client.cookies = SimpleCookie({key: morsel.value for key, morsel in cookies.items()})
        return client

    @contextmanager
    def visit(self, name: str, url: str, method: str = "GET", body: str = "") -> Iterator[HttpResponse]:
        """The answer. Undone when the block ends."""
        with transaction.atomic():
            client = self._fresh(name)
            with only_looking(url) if method == "GET" else nullcontext():
                answer = client.generic(method, url, body, content_type=FORM)
            check(answer, url)
            check_page(answer, url)
            yield answer
            transaction.set_rollback(True)

    def look(self, name: str, url: str) -> tuple[str, set[str]]:
        """What a reader is answered, and the words she is shown.

        Where only sending is allowed it is what she is answered to sending nothing.
        """
        key = (name, url)
        if key not in self._looks:
            self._looks[key] = self._look(name, url)
        return self._looks[key]

    def _look(self, name: str, url: str) -> tuple[str, set[str]]:
        with self.visit(name, url) as answer:
            if answer.status_code != 405:
                return _said(answer), _shown(answer)
            allowed = answer.headers["Allow"]
        method = "PUT" if "PUT" in allowed else "POST"
        with self.visit(name, url, method) as answer:
            return f"{method} {_said(answer)}", _shown(answer)


def _said(answer: HttpResponse) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/?next="):
        return "sign-in"
    return str(answer.status_code)


def _shown(answer: HttpResponse) -> set[str]:
    body = b"" if answer.streaming else answer.content
    return set(CANARIES.findall(body.decode(errors="replace")))


@dataclass(slots=True)
class Walk:
    """What every address answered to everybody, and on which pages each was shown which words."""

    statuses: dict[str, dict[str, str]] = field(default_factory=dict)
    shown: dict[str, dict[str, set[str]]] = field(default_factory=dict)


def walked(visitors: Visitors, people: Sequence[str] = EVERYBODY, names: Iterable[str] = ()) -> Walk:
    """Ask for every address as everybody."""
    walk = Walk(shown={who: {} for who in people})
    for name in names or sorted(routes()):
        looks = {who: visitors.look(who, visitors.world.url(name)) for who in people}
        walk.statuses[name] = {who: status for who, (status, _words) in looks.items()}
        for who, (_status, words) in looks.items():
            for word in words:
                walk.shown[who].setdefault(word.removeprefix("canary-"), set()).add(name)
    return walk


def room_of(page: str) -> str:
    """The room whose sheet a page stands on; pages without a room are of the shell."""
    return page.split(":")[0] if ":" in page else "shell"


def read() -> dict[str, dict[str, str]]:
    """The matrix as it was agreed on."""
    matrix: dict[str, dict[str, str]] = {}
    for sheet in sorted(MATRIX.glob("*.csv")):
        with sheet.open(encoding="utf-8", newline="") as file:
            rows = {row.pop("page"): row for row in csv.DictReader(file)}
        assert {room_of(name) for name in rows} <= {sheet.stem}, sheet.name
        matrix |= rows
    return matrix


def write(matrix: Mapping[str, Mapping[str, str]]) -> None:
    """Agree on what was observed, in the rooms that were observed. Read it line by line before you commit it."""
    for room in {room_of(name) for name in matrix}:
        with (MATRIX / f"{room}.csv").open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, ["page", *EVERYBODY], lineterminator="\n")
            sheet.writeheader()
            sheet.writerows({"page": name, **row} for name, row in matrix.items() if room_of(name) == room)
