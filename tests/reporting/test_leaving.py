"""The ways out: nothing stays on the telephone, and nothing is lost that somebody did not ask to be deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amparo.intake.models import Report, ReportFile
from amparo.kernel import clock
from amparo.reporting import commands, queries
from amparo.reporting.models import Mailbox, Unsent, Visit
from amparo.reporting.views import around
from amparo.vault.models import DataKey
from amparo.web import uploads
from amparo.web.models import Upload
from tests.reporting.stranger import Stranger

pytestmark = pytest.mark.django_db
ASKED_BY_MACHINES = (
    {"sec-purpose": "prefetch"},
    {"sec-purpose": "prefetch;prerender"},
    {"purpose": "prefetch"},
    {"x-purpose": "preview"},
    {"x-moz": "prefetch"},
    {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
    {"sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
)


def _file(stranger: Stranger, words: bytes = b"first") -> None:
    stranger.get("/en/7/")
    stranger.post("/en/7/", {"file": SimpleUploadedFile("one.txt", words), "more": "1"})


def _left() -> int:
    return Visit.objects.count() + Upload.objects.count() + Unsent.objects.count()


@pytest.mark.parametrize("host", ["report.localhost", "facts.localhost"])
@pytest.mark.parametrize("said", ASKED_BY_MACHINES)
def test_a_browser_that_loads_the_way_out_ahead_has_not_left(host: str, said: dict[str, str]) -> None:
    client = Client()
    client.cookies[around.COOKIE] = "anything"
    answer = client.get("/leave/", headers={"host": host} | said)
    assert answer.status_code == 204
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.head("/leave/", headers={"host": host}).status_code == 204


def test_a_link_that_was_opened_ahead_takes_nothing_of_what_was_typed(stranger: Stranger) -> None:
    stranger.send("/en/3/", {"text": "Not sent."})
    _file(stranger)
    for said in ASKED_BY_MACHINES:
        stranger.client.get("/leave/", headers={"host": "report.localhost"} | said)
    stranger.get("/en/check/")
    assert "Not sent." in stranger.page
    assert "one.txt" in stranger.page


@pytest.mark.parametrize("said", [{}, {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}])
def test_whoever_leaves_has_nothing_on_the_telephone_any_more(stranger: Stranger, said: dict[str, str]) -> None:
    stranger.send("/en/3/", {"text": "Not sent."})
    answer = stranger.client.get("/leave/", headers={"host": "report.localhost"} | said)
    assert answer.status_code == 303
    assert not stranger.client.cookies[around.COOKIE].value
    stranger.get("/en/3/")
    assert "Not sent." not in stranger.page


def test_leaving_asks_nothing_of_the_database(
    stranger: Stranger, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    stranger.send("/en/3/", {"text": "Not sent."})
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert stranger.get("/leave/").status_code == 303


def test_who_asked_for_a_code_goes_on_where_she_left_on_any_telephone(stranger: Stranger) -> None:
    stranger.get("/en/3/")
    stranger.post("/en/3/", {"text": "Half told.", "later": "1"})
    _file(stranger)
    stranger.send("/en/later/")
    code = stranger.code()
    assert len(code.split()) == 7
    stranger.send("/en/later/")
    assert stranger.code() == code
    stranger.get("/leave/")
    with clock.set_to(clock.now() + timedelta(days=2, hours=23)):
        commands.purge()
        uploads.sweep()
        again = Stranger()
        assert again.send("/en/back/", {"code": code.upper()}).headers["Location"] == "/en/check/"
        assert "Half told." in again.page
        assert "one.txt" in again.page
        again.get("/en/check/")
        again.post("/en/send/")
        again.get("/en/code/")
        assert again.code() == code
        again.take_code()
    assert ReportFile.objects.count() == Report.objects.count() == Mailbox.objects.count() == 1
    assert Visit.objects.count() == 1


def test_a_code_to_go_on_does_not_keep_it_open_for_who_finds_the_telephone(stranger: Stranger) -> None:
    stranger.send("/en/3/", {"text": "Half told."})
    stranger.send("/en/later/")
    with clock.set_to(clock.now() + timedelta(hours=2, minutes=1)):
        stranger.get("/en/3/")
        assert "Half told." not in stranger.page


def test_after_three_days_a_code_to_go_on_opens_nothing_and_nothing_is_left(stranger: Stranger) -> None:
    keys = DataKey.objects.count()
    stranger.send("/en/3/", {"text": "Half told."})
    _file(stranger)
    stranger.send("/en/later/")
    code = stranger.code()
    with clock.set_to(clock.now() + timedelta(days=3, minutes=1)):
        assert Stranger().send("/en/back/", {"code": code}).status_code == 422
        commands.purge()
        assert _left() == 0
        assert DataKey.objects.count() == keys


def test_what_was_written_is_deleted_at_once_for_who_presses_the_button_that_says_so(stranger: Stranger) -> None:
    keys = DataKey.objects.count()
    stranger.send("/en/3/", {"text": "Not sent."})
    _file(stranger)
    stranger.send("/en/later/")
    stranger.get("/en/check/")
    answer = stranger.post("/en/forget/")
    assert answer.status_code == 200
    assert '<meta http-equiv="refresh" content="0;url=/leave/">' in stranger.page
    assert not stranger.client.cookies[around.COOKIE].value
    assert _left() == 0
    assert DataKey.objects.count() == keys


def test_another_site_can_not_delete_what_was_written(stranger: Stranger) -> None:
    stranger.send("/en/3/", {"text": "Not sent."})
    assert stranger.client.get("/en/forget/", headers={"host": "report.localhost"}).status_code == 405
    assert stranger.client.post("/en/forget/", headers={"host": "report.localhost"}).status_code == 403
    assert Visit.objects.exists()


# ---- what was not sent in time ------------------------------------------------------------------------------------


def test_two_hours_after_the_last_page_words_files_and_keys_are_gone_though_nobody_came_by(stranger: Stranger) -> None:
    keys = DataKey.objects.count()
    stranger.send("/en/3/", {"text": "Not sent."})
    _file(stranger)
    gone = stranger.page.split('name="remove" value="')
    stranger.get("/en/7/")
    address = Upload.objects.get().address
    assert gone
    with clock.set_to(clock.now() + timedelta(hours=1, minutes=59)):
        assert commands.purge() == 0
    with clock.set_to(clock.now() + timedelta(hours=2, minutes=1)):
        assert commands.purge() == 2
    assert _left() == 0
    assert DataKey.objects.count() == keys
    assert not list(uploads.store()._root.rglob(f"{address}*"))


def test_a_file_that_was_taken_away_leaves_no_key_behind_either(stranger: Stranger) -> None:
    keys = DataKey.objects.count()
    _file(stranger)
    stranger.get("/en/7/")
    stranger.post("/en/7/", {"remove": stranger.page.split('name="remove" value="')[1].split('"')[0]})
    assert not Upload.objects.exists()
    with clock.set_to(clock.now() + timedelta(hours=2, minutes=1)):
        commands.purge()
    assert DataKey.objects.count() == keys


def test_what_was_sent_in_time_keeps_its_key_and_its_files(stranger: Stranger) -> None:
    _file(stranger)
    stranger.tell(text="With a file.")
    code = stranger.take_code()
    assert not Unsent.objects.exists()
    cookie = stranger.client.cookies[around.COOKIE].value
    found = queries.held_by(cookie)
    assert found is not None
    commands.expect_files(found)  # As a file does that comes while the report is being sent.
    with clock.set_to(clock.now() + timedelta(hours=3)):
        commands.purge()
        assert not Unsent.objects.exists()
        assert DataKey.objects.filter(owner_id=Report.objects.get().id).exists()
        assert Stranger().send("/en/back/", {"code": code}).status_code == 303


def test_each_page_that_is_sent_moves_the_end_for_files_too(stranger: Stranger) -> None:
    _file(stranger)
    with clock.set_to(clock.now() + timedelta(hours=1)):
        stranger.send("/en/3/", {"text": "Still writing."})
    with clock.set_to(clock.now() + timedelta(hours=2, minutes=30)):
        assert commands.purge() == 0
        stranger.get("/en/check/")
        assert "one.txt" in stranger.page
