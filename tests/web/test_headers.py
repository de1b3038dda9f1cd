"""What goes with answers that no walk through the addresses sees; `tests.policy` looks at all others."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.policy.headers import check
from tests.policy.walking import FORM, Visitors
from tests.policy.world import World, routes

# Headers are the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
READERS = ("anonymous", "bruno", "hugo")


def test_pages_of_no_address_and_of_no_secret_carry_them_too(visitors: Visitors) -> None:
    for who in READERS:
        with visitors.visit(who, "/there-is-no-such-page/") as answer:
            assert answer.status_code in (302, 404)
            check(answer, "404")
    refused = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "x"})
    assert refused.status_code == 403
    check(refused, "403")
    hostile = Client(headers={"host": "elsewhere.example"}).get("/health/")
    assert hostile.status_code == 400
    check(hostile, "400")


def test_a_broken_page_carries_them_and_says_nothing_of_its_cause(visitors: Visitors, world: World) -> None:
    with override_settings(ROOT_URLCONF="tests.web.broken_urls"), visitors.visit("anonymous", "/broken/") as answer:
        assert answer.status_code == 500
        check(answer, "500")
        assert b"ZeroDivisionError" not in answer.content


def test_static_files_are_not_guessed_at_or_framed() -> None:
    for name, statuses in (("app.css", {200}), ("none.css", {302, 404})):
        url = f"{settings.STATIC_URL}web/{name}"
        answer = Client().head(url)
        assert answer.status_code in statuses
        check(answer, url)


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
