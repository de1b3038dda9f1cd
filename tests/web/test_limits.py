"""What strangers can ask for at one moment, and bodies that do not come whole."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from amparo.config import serving
from amparo.kernel import clock
from amparo.web import limits, public
from amparo.web.bodies import BrokenOff, WholeStream
from tests.cast import Cast

REPORT, FACTS = "report.localhost", "facts.localhost"
HERE, THERE = "192.0.2.7", "192.0.2.8"


def _from(address: str) -> bytes | None:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = address
    return limits.source_of(request)


def test_addresses_of_the_older_kind_are_told_apart_in_whichever_form_they_come() -> None:
    assert _from(f"::ffff:{HERE}") == _from(HERE) != _from(f"::ffff:{THERE}")
    assert _from("::ffff:127.0.0.1") is None


def test_a_household_is_one_source_and_its_neighbour_another() -> None:
    assert _from("2001:db8:0:1::2") == _from("2001:db8:0:1::3") != _from("2001:db8:0:2::2")
    assert _from("fe80::1%eth0") == _from("fe80::1")


def test_places_are_few_for_one_source_and_few_for_all() -> None:
    places = limits.Places(most=3, from_one=2)
    with places.through(b"a"), places.through(b"a"):
        with pytest.raises(limits.ManyAtOnce), places.through(b"a"):
            pass
        with places.through(b"b"), pytest.raises(limits.ManyAtOnce), places.through(b"c"):
            pass
        with places.through(b"c"):
            pass
    with places.through(b"a"):
        assert places._inside.total() == 1
    assert not places._inside


def test_who_comes_after_many_behind_one_address_waits_for_a_turn_and_others_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(limits.time, "sleep", waited.append)
    limit = limits.Unhurried(2, timedelta(minutes=10), pace=1.0, waiting=2)
    for _ in range(5):
        limit.take(b"a")
    assert [round(seconds) for seconds in waited] == [0, 1, 2]
    limit.take(b"b")
    limit.take(None)
    assert len(waited) == 3
    with clock.set_to(clock.now() + timedelta(minutes=11)):
        limit.take(b"a")
    assert len(waited) == 3


def test_few_wait_at_one_moment_and_a_flood_moves_nobodys_turn_away() -> None:
    limit = limits.Unhurried(0, timedelta(minutes=10), pace=0.3, waiting=1)
    started, refused = threading.Barrier(9), []

    def press() -> None:
        started.wait()
        try:
            limit.take(b"a")
        except limits.ManyAtOnce:
            refused.append(1)

    pressing = [threading.Thread(target=press) for _ in range(8)]
    for one in pressing:
        one.start()
    started.wait()
    for one in pressing:
        one.join()
    assert refused
    before = time.monotonic()
    limit.take(b"a")
    # Each who was let in moved the turn by one; those who were sent away did not.
    assert time.monotonic() - before <= 0.3 * (8 - len(refused)) + 0.2


def test_strangers_can_not_hold_all_threads_of_the_server() -> None:
    from amparo.reporting import commands

    held = limits.FORMS.most + limits.FILES.most + limits.SIGN_INS.most
    held += limits.Unhurried.most_waiting + commands._DERIVING.most
    assert held < serving.BLOCKING_THREADS


@pytest.mark.django_db
@pytest.mark.parametrize("host", [REPORT, FACTS])
@pytest.mark.parametrize(
    ("places", "kind"),
    [(limits.FORMS, "application/x-www-form-urlencoded"), (limits.FILES, "multipart/form-data; boundary=x")],
)
def test_who_sends_slowly_on_a_public_site_stops_nobody_who_reads(host: str, places: limits.Places, kind: str) -> None:
    client = Client(headers={"host": host})
    with ExitStack() as held:
        for _ in range(places.most):
            held.enter_context(places.through(None))
        refused = client.post("/en/", b"a=b", content_type=kind)
        assert refused.status_code == 503
        assert refused.headers["Cache-Control"] == "no-store"
        assert client.get("/en/").status_code == 200
    assert client.post("/en/nowhere/", b"a=b", content_type=kind).status_code == 404


@pytest.mark.django_db
def test_who_sends_slowly_to_the_staffs_site_stops_nobody_who_is_signed_in(cast: Cast) -> None:
    with ExitStack() as held:
        for _ in range(limits.SIGN_INS.most):
            held.enter_context(limits.SIGN_INS.through(None))
        assert Client().post("/sign-in/", {"login": "x"}).status_code == 503
        assert Client().post("/cases/", {"a": "x"}).status_code == 503
        assert Client().get("/sign-in/").status_code == 200
        assert cast.client("jalil").post("/nowhere/", {"a": "x"}).status_code == 404


@pytest.mark.django_db
def test_a_class_that_presses_one_button_at_one_moment_shares_few_places(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []

    def looked(request: HttpRequest) -> HttpResponse:
        held.append(limits.FORMS._inside.total())
        return HttpResponse(request.POST["text"])

    request = RequestFactory().post("/", "text=x", content_type="application/x-www-form-urlencoded")
    answer = public.few_bodies(looked)(request)
    assert (answer.content, held) == (b"x", [0])


def test_a_form_that_is_too_large_is_left_to_its_page() -> None:
    body = b"text=" + b"x" * 3_000_000
    request = RequestFactory().post("/", body, content_type="application/x-www-form-urlencoded")
    with limits.place_for_body(request, limits.FORMS), pytest.raises(RequestDataTooBig):
        request.POST  # noqa: B018


# ---- bodies -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [-1, None, 3, 100])
def test_a_body_that_ends_too_early_is_an_error_and_a_whole_one_is_not(size: int | None) -> None:
    whole = WholeStream(BytesIO(b"0123456789"), 10)
    assert b"".join(iter(lambda: whole.read(size), b"")) == b"0123456789"
    cut = WholeStream(BytesIO(b"01234"), 10)
    with pytest.raises(BrokenOff):
        b"".join(iter(lambda: cut.read(size), b""))
    assert WholeStream(BytesIO(b""), 10).read(0) == b""


def test_lines_of_a_body_that_ends_too_early_are_an_error() -> None:
    cut = WholeStream(BytesIO(b"one\ntw"), 10)
    assert [cut.readline(), cut.readline()] == [b"one\n", b"tw"]
    with pytest.raises(BrokenOff):
        cut.readline()


class _Cut:
    """A connection that was lost after these bytes; the server then gives the end."""

    def __init__(self, words: bytes) -> None:
        self._words = BytesIO(words)
        self.read = self._words.read
        self.readline = self._words.readline


def _cut(client: Client, path: str, words: bytes, announced: int, host: str) -> int:
    environ = {
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(announced),
        "wsgi.input": _Cut(words),
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "HTTP_HOST": host,
    }
    return int(client.request(**environ).status_code)


@pytest.mark.django_db
def test_half_a_form_is_not_taken_for_a_form(cast: Cast) -> None:
    words = urlencode({"text": "She said that she would"}).encode()
    assert _cut(Client(), "/en/3/", words, len(words) + 50, REPORT) == 400
    assert _cut(Client(), "/en/number/", words, len(words) + 50, REPORT) == 400
    assert _cut(cast.client("jalil"), "/reports/take/", words, len(words) + 50, "localhost") == 400
    assert _cut(Client(), "/cases/", words, len(words) + 50, "localhost") == 400


@pytest.mark.django_db
def test_the_pages_of_errors_come_while_the_database_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    from amparo.staff import queries

    def broken() -> object:
        raise DatabaseError

    monkeypatch.setattr(queries, "helplines_shown", broken)
    for host in (REPORT, FACTS):
        assert Client().get("/en/nowhere/", headers={"host": host}).status_code == 404
