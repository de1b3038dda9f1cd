"""What goes with every answer, whatever it is; and that looking changes nothing."""

from __future__ import annotations

import hashlib

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.policy.walking import FORM, Visitors
from tests.policy.world import World, routes

# Headers are the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
# Somebody of every kind of page: each address is opened by one of them at least.
READERS = ("anonymous", "bruno", "hugo")
# Looking leaves these traces and no other: who is signed in, and what she opened or was refused.
TRACES = {
    "access.signin",
    "access.reading",
    "access.refusedattempt",
    "ledger.entry",
    "ledger.head",
    "ledger.root",
    "ledger.tile",
    "sessions.session",
}


def _policy() -> dict[str, list[str]]:
    return {name: list(values) for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()}


def _check(answer: HttpResponse, where: str) -> None:
    said = answer.headers
    csp = dict(part.strip().split(" ", 1) for part in said["Content-Security-Policy"].split(";"))
    assert {name: value.split() for name, value in csp.items()} == _policy(), where
    assert "unsafe" not in said["Content-Security-Policy"], where
    assert said["X-Content-Type-Options"] == "nosniff", where
    assert said["Referrer-Policy"] in {"same-origin", "no-referrer"}, where
    assert said["Cross-Origin-Opener-Policy"] == "same-origin", where
    assert said["Cross-Origin-Resource-Policy"] == "same-origin", where
    assert csp["frame-ancestors"] == "'none'", where
    if not where.startswith(settings.STATIC_URL):
        assert "no-store" in said["Cache-Control"], (where, said["Cache-Control"])


@pytest.mark.parametrize("who", READERS)
def test_every_answer_carries_the_headers_that_keep_it_in(visitors: Visitors, world: World, who: str) -> None:
    statuses = set()
    for name in routes():
        url = world.url(name)
        with visitors.visit(who, url) as answer:
            statuses.add(answer.status_code)
            _check(answer, url)
    # Pages, redirects, refusals, hidden things and wrong methods were all among them.
    expected = {"anonymous": {200, 302, 404}, "bruno": {200, 302, 403, 404, 405}, "hugo": {200, 302, 403, 404}}
    assert expected[who] <= statuses


def test_pages_of_no_address_and_of_no_secret_carry_them_too(visitors: Visitors) -> None:
    for who in READERS:
        with visitors.visit(who, "/there-is-no-such-page/") as answer:
            assert answer.status_code in (302, 404)
            _check(answer, "404")
    refused = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "x"})
    assert refused.status_code == 403
    _check(refused, "403")
    hostile = Client(headers={"host": "elsewhere.example"}).get("/health/")
    assert hostile.status_code == 400
    _check(hostile, "400")


def test_a_broken_page_carries_them_and_says_nothing_of_its_cause(visitors: Visitors, world: World) -> None:
    with override_settings(ROOT_URLCONF="tests.web.broken_urls"), visitors.visit("anonymous", "/broken/") as answer:
        assert answer.status_code == 500
        _check(answer, "500")
        assert b"ZeroDivisionError" not in answer.content


def test_static_files_are_not_guessed_at_or_framed() -> None:
    for name, statuses in (("app.css", {200}), ("none.css", {302, 404})):
        url = f"{settings.STATIC_URL}web/{name}"
        answer = Client().head(url)
        assert answer.status_code in statuses
        _check(answer, url)


def test_no_page_has_a_script_or_style_of_its_own(visitors: Visitors, world: World) -> None:
    for name in routes():
        with visitors.visit("bruno", world.url(name)) as answer:
            if answer.streaming or "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            page = answer.content.decode()
        assert "<style" not in page, name
        assert " style=" not in page, name
        assert " onclick=" not in page, name
        for script in page.split("<script")[1:]:
            assert " src=" in script.split(">", 1)[0], name


def _rows() -> dict[str, str]:
    """A digest of every table that no reader may change."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label_lower in TRACES or not model._meta.managed:
            continue
        columns = ", ".join(connection.ops.quote_name(field.column) for field in model._meta.concrete_fields)
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY 1")
            found[model._meta.label_lower] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


@pytest.mark.parametrize("who", ["bruno", "dalia", "chandra", "jalil", "hugo", "amina", "lina"])
def test_looking_at_every_page_changes_nothing(world: World, who: str) -> None:
    """Beyond the sign-in, and what the ledger keeps about who opened or was refused what."""
    client = world.cast.client(who)
    client.raise_request_exception = False
    with transaction.atomic():
        before = _rows()
        answered = 0
        for name in routes():
            if name not in {"account_logout", "staff:sign_out"}:
                answered += client.get(world.url(name)).status_code == 200
        after = _rows()
        transaction.set_rollback(True)
    assert answered > 20
    assert {table for table in before if before[table] != after[table]} == set()


def test_nothing_is_taken_without_the_secret_of_its_form(world: World) -> None:
    client = world.cast.client("jalil")
    client.handler.enforce_csrf_checks = True
    for name in routes():
        # An upload's secret is its header; where there is no demo there is no way into one.
        if name in {"upload", "staff:demo_sign_in"}:
            continue
        answer = client.post(world.url(name), "", content_type=FORM)
        assert answer.status_code in (403, 405), name
        assert answer.status_code == 405 or b"too old" in answer.content, name
