"""What the site keeps, what it shows to whom, and what a stranger can't do to others."""

from __future__ import annotations

import base64
import logging
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from amparo.config import sites
from amparo.intake.models import Report, ReportPerson
from amparo.kernel import clock
from amparo.reporting import commands, queries
from amparo.reporting.errors import NotTheSame
from amparo.reporting.models import Mailbox, Visit
from amparo.reporting.queries import Held
from amparo.reporting.views import around
from amparo.vault import keyring, lockers, sealing
from amparo.web import limits
from amparo.web.limits import ManyAtOnce, Narrow
from tests.cast import CAST, Cast
from tests.reporting.stranger import HOST, Stranger

pytestmark = pytest.mark.django_db
# No real visitor's: reserved for documentation.
ADDRESS, OTHER_ADDRESS = "203.0.113.77", "198.51.100.9"
FIRST_PAGE_BYTES = 30_000


def _walk(entries: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for entry in entries:
        part = str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, prefix + part)
        else:
            yield "/" + (prefix + part).replace("<int:number>", "7").replace("<str:name>", "look.css")


def addresses(site: str = "report") -> list[str]:
    urlconf = {"report": sites.REPORT, "facts": sites.FACTS}[site].urlconf
    return sorted(set(_walk(get_resolver(urlconf).url_patterns, "")))


def _said(answer: HttpResponse) -> tuple[int, bytes, object]:
    return answer.status_code, answer.content, answer.headers.get("Location")


def test_the_walk_knows_the_pages() -> None:
    found = addresses()
    assert {"/", "/en/", "/en/7/", "/en/check/", "/en/send/", "/en/code/", "/en/back/", "/leave/"} <= set(found)


@pytest.mark.parametrize("who", [*CAST, "stranger"])
def test_every_public_address_answers_everybody_alike(stranger: Stranger, cast: Cast, who: str) -> None:
    """Whoever is signed in at the staff's site is a stranger here."""
    signed_in = cast.client(who)
    for path in addresses():
        for method in ("get", "post", "put"):
            nobody = getattr(Client(), method)(path, headers={"host": HOST})
            somebody = getattr(signed_in, method)(path, headers={"host": HOST})
            signed_in.cookies.pop(around.COOKIE, None)
            assert _said(somebody) == _said(nobody), (path, method)
    assert settings.SESSION_COOKIE_NAME in signed_in.cookies
    assert signed_in.get("/own/", headers={"host": "localhost"}).status_code == 200


def test_no_public_page_breaks_is_kept_or_sets_a_cookie_but_its_own(stranger: Stranger) -> None:
    for path in addresses():
        for method in ("get", "post"):
            answer = getattr(Client(), method)(path, headers={"host": HOST})
            assert answer.status_code < 500, (path, method)
            assert set(answer.cookies) <= {around.COOKIE}, path
            assert method == "post" or path == "/leave/" or not answer.cookies, path
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"], path
            assert path.startswith("/files/") or answer.headers["Cache-Control"] == "no-store", path
            for cookie in answer.cookies.values():
                assert cookie["httponly"] or not cookie.value
                assert cookie["samesite"] == "Lax"
                assert not cookie["domain"]
                assert not cookie["max-age"] or not cookie.value


def test_no_page_has_a_script_a_style_or_a_word_in_its_address(stranger: Stranger) -> None:
    stranger.tell(danger="no", text="canary-told")
    for path in ("/en/", "/en/1/", "/en/7/", "/en/check/", "/en/code/", "/en/back/"):
        page = Client().get(path, headers={"host": HOST}).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "onclick" not in page
        for script in page.split("<script")[1:]:
            assert " src=" in script.split(">", 1)[0]
    assert "canary" not in str(stranger.last.headers if stranger.last else "")


def test_the_first_page_and_all_that_it_asks_for_weighs_less_than_thirty_kilobytes(stranger: Stranger) -> None:
    for first in ("/", "/ar/", "/en/1/", "/ar/8/"):
        page = Client().get(first, headers={"host": HOST})
        assert page.content.count(b'<link rel="stylesheet"') == 1
        assert page.content.count(b"<script") == 1
        files = [Client().get(f"/files/{name}", headers={"host": HOST}) for name in ("look.css", "leave.js")]
        assert sum(len(answer.content) for answer in (page, *files)) < FIRST_PAGE_BYTES
        assert b"http" not in page.content.replace(b"http-equiv", b"")


# ---- what is kept -------------------------------------------------------------------------------------------------


def _everything() -> bytes:
    """All that stands in the database."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        columns = ", ".join(connection.ops.quote_name(field.column) for field in model._meta.concrete_fields)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {connection.ops.quote_name(model._meta.db_table)}")
            for row in cursor.fetchall():
                found.append(b" ".join(v if isinstance(v, bytes) else str(v).encode() for v in row))
    return b"\n".join(found)


def test_no_address_and_no_word_rests_anywhere(stranger: Stranger, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    stranger.client.defaults["REMOTE_ADDR"] = ADDRESS
    stranger.client.defaults["HTTP_USER_AGENT"] = "canary-browser"
    stranger.client.defaults["HTTP_X_FORWARDED_FOR"] = ADDRESS
    stranger.tell(text="canary-told", name="canary-name", place="canary-place", who="canary-who", safe="canary-safe")
    code = stranger.take_code()
    stranger.get("/en/back/inside/")
    stranger.post("/en/back/inside/", {"text": "canary-message"})
    stranger.get("/en/nowhere/")
    stored = _everything()
    assert b"canary" not in stored
    assert ADDRESS.encode() not in stored
    for word in (ADDRESS, "canary", code):
        assert word not in caplog.text
        assert word.encode() not in stored


def test_what_is_not_sent_yet_opens_with_the_cookie_alone(stranger: Stranger) -> None:
    """Whoever has the database and the keyring, but not the cookie, opens nothing."""
    stranger.send("/en/3/", {"text": "canary-told"})
    row = Visit.objects.get()
    held = sealing.open_row(row, "held").text("held")
    assert "canary" not in held
    assert b"canary" not in base64.b64decode(held)
    other = lockers.of_secret(b"x" * queries.SECRET_BYTES)
    with pytest.raises(Exception, match="altered"):
        other.open(held)
    cookie = stranger.client.cookies[around.COOKIE].value
    found = queries.held_by(cookie)
    assert found is not None
    assert found.stay.answers.text == "canary-told"


def test_no_row_says_which_code_belongs_to_which_report(stranger: Stranger) -> None:
    stranger.tell(text="Something happened.")
    stranger.take_code()
    report, row = Report.objects.get(), Mailbox.objects.get()
    opened = sealing.open_row(row, "held").text("held")
    assert str(report.id) not in opened
    assert report.id.bytes not in base64.b64decode(opened)
    assert row.id.version == 4


def test_it_is_gone_two_hours_after_the_last_page(stranger: Stranger) -> None:
    stranger.send("/en/3/", {"text": "canary-told"})
    with clock.set_to(clock.now() + timedelta(hours=2, minutes=1)):
        stranger.get("/en/3/")
        assert "canary-told" not in stranger.page
        commands.purge()
        assert not Visit.objects.exists()


def test_a_shared_browser_shows_nothing_to_who_comes_next(stranger: Stranger) -> None:
    stranger.tell(text="canary-told")
    stranger.take_code()
    stranger.get("/leave/")
    for path in ("/en/check/", "/en/3/", "/en/code/", "/en/back/inside/"):
        stranger.get(path)
        assert "canary-told" not in stranger.page
    assert stranger.last is not None
    assert stranger.last.headers["Location"] == "/en/back/"


def test_a_cookie_that_was_altered_opens_nothing(stranger: Stranger) -> None:
    stranger.send("/en/3/", {"text": "canary-told"})
    good = stranger.client.cookies[around.COOKIE].value
    for bad in ("", "x", "a" * 44, good[:-4], good[::-1], "é", "=" * 44):
        stranger.client.cookies[around.COOKIE] = bad
        stranger.get("/en/3/")
        assert "canary-told" not in stranger.page


def test_another_site_can_not_send_the_form_of_what_was_begun(stranger: Stranger) -> None:
    stranger.send("/en/3/", {"text": "Begun."})
    for data in ({}, {"mark": "x"}):
        answer = stranger.client.post("/en/send/", data, headers={"host": HOST})
        assert answer.status_code == 415 or answer.status_code == 403
    answer = stranger.client.post("/en/send/", {}, headers={"host": HOST, "origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert not Report.objects.exists()


def test_a_machine_that_fills_the_hidden_field_is_asked_again(stranger: Stranger) -> None:
    stranger.send("/en/3/", {"text": "Words."})
    stranger.get("/en/check/")
    assert stranger.post("/en/send/", {"website": "https://spam.example"}).status_code == 422
    assert not Report.objects.exists()
    assert stranger.post("/en/send/").status_code == 303


# ---- the code -----------------------------------------------------------------------------------------------------


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Counts the slow work; it is still done."""
    seen: list[str] = []
    real = lockers.of_code

    def counted(code: str) -> lockers.Locker:
        seen.append(code)
        return real(code)

    monkeypatch.setattr(lockers, "of_code", counted)
    return seen


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that people were asked to wait; nobody waits here."""
    seen: list[float] = []
    monkeypatch.setattr(limits.time, "sleep", seen.append)
    return seen


def _near(code: str) -> list[str]:
    words = code.split()
    other = "zoo" if words[-1] != "zoo" else "able"
    return [" ".join([*words[:-1], other]), " ".join([other, *words[1:]]), " ".join(reversed(words))]


def test_a_code_costs_the_same_work_whether_it_opens_something_or_not(
    stranger: Stranger, derivations: list[str]
) -> None:
    stranger.tell(text="Something happened.")
    code = stranger.take_code()
    derivations.clear()
    for typed in [code, *_near(code)]:
        queries_before = len(derivations)
        with _counted() as asked:
            Stranger().send("/en/back/", {"code": typed})
        assert len(derivations) - queries_before == 1, typed
        assert sum("reporting_mailbox" in sql for sql in asked) == 1, typed


class _counted:
    """The statements of a block."""

    def __enter__(self) -> list[str]:
        from django.test.utils import CaptureQueriesContext

        self._inner = CaptureQueriesContext(connection)
        self._inner.__enter__()
        self.found: list[str] = []
        return self.found

    def __exit__(self, *_error: object) -> None:
        self._inner.__exit__(None, None, None)
        self.found += [query["sql"] for query in self._inner.captured_queries]


def test_a_part_of_a_code_tells_nothing(stranger: Stranger) -> None:
    stranger.tell(text="Something happened.")
    code = stranger.take_code()
    pages = set()
    for typed in [*_near(code), " ".join(["able"] * 7)]:
        other = Stranger()
        assert other.send("/en/back/", {"code": typed}).status_code == 422
        pages.add(other.page.replace(typed, ""))
    assert len(pages) == 1


def test_the_same_code_is_another_locker_under_another_keyring() -> None:
    one = lockers.of_code("abandon")
    keyring.unlock(keyring.Secrets(b"r" * 32, b"s" * 32, b"j" * 32, b"w" * 32))
    other = lockers.of_code("abandon")
    assert one.look_up != other.look_up
    assert "_key" not in repr(one)


def test_many_guesses_from_one_place_are_slowed_and_keep_nobody_out_who_stands_behind_the_same_address(
    stranger: Stranger, slow: list[float]
) -> None:
    stranger.tell(text="Something happened.")
    code = stranger.take_code()
    guesser = Stranger()
    guesser.client.defaults["REMOTE_ADDR"] = ADDRESS
    statuses = {guesser.send("/en/back/", {"code": "able " * 7}).status_code for _ in range(80)}
    assert statuses == {422}
    assert len(slow) == 20
    assert slow[0] < slow[1]
    for address in (ADDRESS, OTHER_ADDRESS, "127.0.0.1"):
        before = len(slow)
        owner = Stranger()
        owner.client.defaults["REMOTE_ADDR"] = address
        assert owner.send("/en/back/", {"code": code}).status_code == 303
        assert len(slow) - before == (address == ADDRESS)


def test_who_began_a_report_can_send_it_however_many_were_begun_behind_the_same_address(
    stranger: Stranger, slow: list[float]
) -> None:
    neighbour = Stranger()
    for one in (stranger, neighbour):
        one.client.defaults["REMOTE_ADDR"] = ADDRESS
    stranger.send("/en/3/", {"text": "Something happened."})
    for _ in range(70):
        neighbour.client.cookies.clear()
        assert neighbour.send("/en/3/", {"text": "Junk."}).status_code == 303
    stranger.tell(text="Something happened.")
    assert Report.objects.count() == 1
    assert slow


def test_people_who_come_through_a_relay_do_not_lock_one_another_out(stranger: Stranger) -> None:
    for _ in range(30):
        assert Stranger().send("/en/back/", {"code": "able " * 7}).status_code == 422


def test_slow_work_has_few_places_and_fewer_of_them_for_one_source() -> None:
    door = Narrow(waiting=1, seconds=5, from_one=1)
    with door.through(b"a"):
        with pytest.raises(ManyAtOnce), door.through(b"a"):
            pass
        waiting = threading.Thread(target=lambda: door.through(b"b").__enter__())
        waiting.start()
        while door._inside.total() < 2:
            pass
        with pytest.raises(ManyAtOnce), door.through(b"c"):
            pass
    waiting.join()


def test_a_busy_door_asks_to_press_again_and_sets_no_limit(stranger: Stranger, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Narrow(waiting=0, seconds=0)
    monkeypatch.setattr(commands, "_DERIVING", full)
    stranger.tell(text="Something happened.")
    code = stranger.code()
    with full.through(None):
        assert stranger.send("/en/code/back/", {"code": code}).status_code == 503
    assert stranger.send("/en/code/back/", {"code": code}).status_code == 303


# ---- bad input ----------------------------------------------------------------------------------------------------


def test_no_page_takes_files_but_those_that_ask_for_them(stranger: Stranger) -> None:
    file = SimpleUploadedFile("x.txt", b"words", content_type="text/plain")
    assert stranger.client.post("/en/3/", {"text": "x", "file": file}, headers={"host": HOST}).status_code == 413


def test_the_eleventh_file_is_not_taken(stranger: Stranger) -> None:
    for number in range(around.MOST_FILES):
        stranger.get("/en/7/")
        stranger.post("/en/7/", {"file": SimpleUploadedFile(f"{number}.txt", b"x"), "more": "1"})
    assert stranger.post("/en/7/", {"file": SimpleUploadedFile("x.txt", b"x"), "more": "1"}).status_code == 422


def test_a_file_that_is_too_large_is_refused_in_words_for_strangers(
    stranger: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(around, "MOST_BYTES", 1000)
    stranger.send("/en/3/", {"text": "Kept."})
    stranger.get("/en/7/")
    assert stranger.post("/en/7/", {"file": SimpleUploadedFile("x.bin", b"x" * 5000), "more": "1"}).status_code == 413
    assert "too large" in stranger.page
    stranger.get("/en/3/")
    assert "Kept." in stranger.page


@pytest.mark.parametrize("number", [0, 9, 99])
def test_there_are_eight_questions(stranger: Stranger, number: int) -> None:
    assert stranger.get(f"/en/{number}/").status_code == 404


@pytest.mark.parametrize(
    ("number", "data"),
    [
        (1, {"danger": "perhaps"}),
        (3, {"text": "x" * 30_001}),
        (3, {"text": "a\0b"}),
        (4, {"when": "earlier", "day_day": "31", "day_month": "2", "day_year": "2020"}),
        (5, {"place": "x" * 301}),
    ],
)
def test_what_can_not_be_taken_is_said_and_what_was_typed_stays(
    stranger: Stranger, number: int, data: dict[str, object]
) -> None:
    assert stranger.send(f"/en/{number}/", data).status_code == 422
    assert "What you typed is still here." in stranger.page


def test_a_day_that_is_still_to_come_loses_no_report(stranger: Stranger) -> None:
    stranger.send("/en/4/", {"when": "earlier", "day_day": "1", "day_month": "1", "day_year": "2190"})
    stranger.tell(text="Something happened.")
    assert Report.objects.get().incident_known == "unknown"


@pytest.mark.parametrize("typed", ["?", "...", "😀", "۱۲", "\u200f", "a" * 200])
@pytest.mark.parametrize(("number", "field"), [(2, "name"), (6, "who")])
def test_what_is_no_name_keeps_no_report_from_being_sent(
    stranger: Stranger, number: int, field: str, typed: str
) -> None:
    stranger.send(f"/en/{number}/", {"about": "me", field: typed} if number == 2 else {field: typed})
    stranger.tell(text="Something happened.")
    report = Report.objects.get()
    told = sealing.open_row(report, "text").text("text")
    named = ReportPerson.objects.filter(report=report).count()
    assert (typed in told, named) == ((False, 1) if typed[0] == "a" else (True, 0))


# ---- two tabs, two presses ----------------------------------------------------------------------------------------


def _begun(stranger: Stranger) -> Held:
    """What another request of the same browser has read a moment before."""
    found = queries.held_by(stranger.client.cookies[around.COOKIE].value)
    assert found is not None
    return found


def test_answers_of_two_tabs_do_not_undo_one_another(stranger: Stranger) -> None:
    stranger.send("/en/3/", {"text": "Something happened."})
    before = _begun(stranger)
    stranger.send("/en/5/", {"place": "Zbelova"})
    commands.set_answers(before, {"who": "Qwertz"})
    answers = _begun(stranger).stay.answers
    assert (answers.text, answers.place, answers.who) == ("Something happened.", "Zbelova", "Qwertz")
    commands.set_answers(_begun(stranger), {"name": "Asdfg"})
    key = commands.send(before).stay.report_id
    # What the other tab kept went with it.
    assert sealing.open_row(Report.objects.get(pk=key), "place").text("place") == "Zbelova"


def test_an_answer_that_comes_after_sending_does_not_take_the_code_away(stranger: Stranger) -> None:
    stranger.send("/en/3/", {"text": "Something happened."})
    before = _begun(stranger)
    stranger.get("/en/check/")
    stranger.post("/en/send/")
    stranger.get("/en/code/")
    code = stranger.code()
    assert commands.set_answers(before, {"who": "Qwertz"}).stay.code == code
    assert commands.send(before).stay.code == code
    stranger.send("/en/code/back/", {"code": code})
    assert Report.objects.count() == 1
    assert "No new answer yet" in stranger.page


def test_typing_the_code_back_twice_at_once_opens_it_both_times(stranger: Stranger) -> None:
    stranger.tell(text="Something happened.")
    code, before = stranger.code(), _begun(stranger)
    cookies = {commands.confirm(before, code, None)[0] for _ in range(2)}
    assert len(cookies) == 2
    assert Mailbox.objects.count() == 1
    with pytest.raises(NotTheSame):
        commands.confirm(before, "able " * 7, None)


def test_more_files_than_fit_do_not_come_in_one_form_either(stranger: Stranger) -> None:
    stranger.get("/en/7/")
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(around.MOST_FILES + 2)]
    assert stranger.post("/en/7/", {"file": files}).status_code == 422
    assert len(queries.waiting(_begun(stranger))) == around.MOST_FILES


def test_strangers_files_never_take_the_last_room_of_the_disk(
    stranger: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(around, "KEPT_FREE_BYTES", 1 << 62)
    stranger.get("/en/7/")
    assert stranger.post("/en/7/", {"file": SimpleUploadedFile("x.txt", b"x")}).status_code == 507
    assert stranger.send("/en/3/", {"text": "Something happened."}).status_code == 303
