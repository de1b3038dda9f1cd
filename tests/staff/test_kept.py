"""A form that is sent after its writer's sign-in has ended."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import unquote, urlencode

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from amparo.access import queries as access_queries
from amparo.access.models import SignIn
from amparo.kernel import clock
from amparo.web.kept import KEPT_FOR
from amparo.web.models import KeptForm
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
TYPED = "Bruno Langertext"
# As browsers send a form without files.
FORM = "application/x-www-form-urlencoded"


def encoded(**typed: str) -> str:
    return urlencode(typed)


def send_too_late(cast: Cast, browser: Client) -> str:
    """Open a form, let the sign-in end, send it. Returns where the browser was led."""
    address = reverse("staff:change_person", args=[cast.accounts["bruno"]])
    page = browser.get(address).content.decode()
    mark = re.search(r'name="kept_for" value="([^"]+)"', page)
    assert mark is not None
    SignIn.objects.update(ended_at=clock.now())
    answer = browser.post(address, encoded(name=TYPED, contact="Room 4", kept_for=mark.group(1)), FORM)
    assert answer.status_code == 302
    return str(answer["Location"])


def sign_in(browser: Client, who: str, where: str) -> str:
    """Sign in at the page that one was led to. Returns the page on which one arrives."""
    address = unquote(where.split("next=")[1])
    answer = browser.post("/sign-in/", {"login": who, "password": PASSWORD, "next": address})
    assert answer["Location"] == address
    return browser.get(address).content.decode()


def test_it_comes_back_to_the_same_person_filled_in(cast: Cast) -> None:
    browser = cast.client("hugo")
    where = send_too_late(cast, browser)
    page = sign_in(browser, "hugo", where)
    assert f'value="{TYPED}"' in page
    assert 'value="Room 4"' in page
    assert access_queries.account(cast.hugo, cast.accounts["bruno"]).name == "Bruno Muster"


def test_it_does_not_come_back_to_the_next_person_at_the_same_computer(cast: Cast) -> None:
    browser = cast.client("hugo")
    where = send_too_late(cast, browser)
    assert TYPED not in sign_in(browser, "jalil", where)
    keeper = Client()
    assert f'value="{TYPED}"' in sign_in(keeper, "hugo", where)


def test_it_comes_back_once(cast: Cast) -> None:
    browser = cast.client("hugo")
    where = send_too_late(cast, browser)
    sign_in(browser, "hugo", where)
    assert TYPED not in browser.get(unquote(where.split("next=")[1])).content.decode()


def test_after_a_quarter_of_an_hour_it_is_gone(cast: Cast) -> None:
    browser = cast.client("hugo")
    where = send_too_late(cast, browser)
    KeptForm.objects.update(until=clock.now() - timedelta(seconds=1))
    assert TYPED not in sign_in(browser, "hugo", where)
    assert timedelta(minutes=15) == KEPT_FOR


def test_it_rests_sealed_and_not_in_the_address(cast: Cast) -> None:
    where = send_too_late(cast, cast.client("hugo"))
    assert "Langertext" not in where
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM web_keptform")
        (stored,) = cursor.fetchone()
    assert b"Langertext" not in bytes(stored)


@pytest.mark.parametrize("mark", ["", "nonsense", "bm9uc2Vuc2U:1tXyZ:forged"])
def test_without_a_true_mark_nothing_is_kept(cast: Cast, mark: str) -> None:
    address = reverse("staff:change_person", args=[cast.accounts["bruno"]])
    answer = Client().post(address, encoded(name=TYPED, kept_for=mark), FORM)
    assert answer.status_code == 302
    assert "kept" not in unquote(answer["Location"])
    assert not KeptForm.objects.exists()


def test_passwords_that_are_sent_too_late_are_kept_for_nobody(cast: Cast) -> None:
    browser = cast.client("hugo")
    page = browser.get(reverse("staff:change_password")).content.decode()
    assert 'name="kept_for"' not in page
