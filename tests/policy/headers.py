"""What goes with every answer, whatever it is, and what no page has in itself; and that looking changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.http import HttpResponse

# Looking leaves these traces and no other: who is signed in, and what she opened or was refused.
TRACES = {
    "access_signin",
    "access_reading",
    "access_refusedattempt",
    "ledger_entry",
    "ledger_head",
    "ledger_node",
    "ledger_root",
    "ledger_tile",
    "django_session",
}
# What somebody sent in may do nothing at all where it is shown.
OF_FILES = "sandbox; default-src 'none'"
_WRITES = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|REPLACE INTO) "?(\w+)', re.IGNORECASE)


def _policy() -> dict[str, list[str]]:
    return {name: list(values) for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()}


def check(answer: HttpResponse, where: str) -> None:
    said = answer.headers
    policy = said["Content-Security-Policy"]
    if policy != OF_FILES:
        csp = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert {name: value.split() for name, value in csp.items()} == _policy(), where
        assert "unsafe" not in policy, where
        assert csp["frame-ancestors"] == "'none'", where
    assert said["X-Content-Type-Options"] == "nosniff", where
    assert said["X-Frame-Options"] == "DENY", where
    assert said["Referrer-Policy"] in {"same-origin", "no-referrer"}, where
    assert said["Cross-Origin-Opener-Policy"] == "same-origin", where
    assert said["Cross-Origin-Resource-Policy"] == "same-origin", where
    if not where.startswith(settings.STATIC_URL):
        assert "no-store" in said["Cache-Control"], (where, said["Cache-Control"])


def check_page(answer: HttpResponse, where: str) -> None:
    """A page has no script or style of its own: each is a file that the policy names."""
    if answer.streaming or "text/html" not in answer.headers.get("Content-Type", ""):
        return
    page = answer.content.decode()
    assert "<style" not in page, where
    assert " style=" not in page, where
    assert " onclick=" not in page, where
    for script in page.split("<script")[1:]:
        assert " src=" in script.split(">", 1)[0], where


@contextmanager
def only_looking(where: str) -> Iterator[None]:
    """Nothing is written meanwhile but who is signed in, and what the ledger keeps of openings and refusals."""
    written: set[str] = set()

    def watched(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if found := _WRITES.match(sql):
            written.add(found[1])
        return execute(sql, *rest)

    with connection.execute_wrapper(watched):
        yield
    assert written <= TRACES, (where, written - TRACES)
