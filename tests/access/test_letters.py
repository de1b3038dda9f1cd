"""Letters by mail at their hours, through a real mail server on this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_string
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.access import commands, rules
from amparo.access.actors import Actor
from amparo.access.models import Account, Letter, Notice, Office
from amparo.kernel import clock
from amparo.vault import keyring
from tests.access.letterbox import Letterbox, letterbox

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db

SLOT = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


@pytest.fixture
def box(settings: Any) -> Iterator[Letterbox]:
    with letterbox() as opened:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", opened.port
        settings.DEFAULT_FROM_EMAIL = "amparo@house.example"
        settings.MAIL_HOURS = (7, 13)
        yield opened


def wants_letters(cast: Cast, name: str) -> Actor:
    """Somebody who asked for letters and has an address."""
    account = Account.objects.get(pk=cast.accounts[name])
    contact = f"{name}@canary.example"
    commands.change_account(
        actor=cast.hugo, account_id=account.id, expected=account.version, name=f"{name} Canary", contact=contact
    )
    actor = cast.actor(name)
    commands.change_own_page(actor=actor, language="en", theme="auto", mail_notices=True)
    return actor


@pytest.fixture
def reader(cast: Cast) -> Actor:
    return wants_letters(cast, "dalia")


def noticed(cast: Cast, reader: Actor, when: datetime, times: int = 1) -> None:
    with clock.set_to(when):
        for _time in range(times):
            commands.notify(cast.jalil, reader.account_id, "task")


def sent(when: datetime) -> int:
    with clock.set_to(when):
        return commands.send_letters()


# ---- one letter an hour -------------------------------------------------------------------------------------


def test_one_letter_tells_of_all_notices_before_its_hour(cast: Cast, reader: Actor, box: Letterbox) -> None:
    noticed(cast, reader, SLOT - timedelta(minutes=20), times=3)
    noticed(cast, reader, SLOT + timedelta(minutes=20))
    assert sent(SLOT + timedelta(minutes=30)) == 1
    assert len(box.letters) == 1
    assert "3 notices wait for you." in body(box)
    # The fourth has to wait for the hour after it.
    assert sent(SLOT + timedelta(hours=1)) == 0
    assert sent(SLOT + timedelta(hours=6)) == 1
    assert "One notice waits for you." in body(box)


def body(box: Letterbox) -> str:
    return str(message_from_string(box.letters[-1]).get_payload())


def test_no_letter_goes_out_before_the_hour_or_by_itself(
    cast: Cast, reader: Actor, box: Letterbox, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        noticed(cast, reader, SLOT - timedelta(minutes=20))
    assert sent(SLOT - timedelta(seconds=1)) == 0
    assert box.lines == 0


def test_without_hours_each_notice_has_its_letter_at_once(
    cast: Cast, reader: Actor, box: Letterbox, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MAIL_HOURS = ()
    with django_capture_on_commit_callbacks(execute=True):
        noticed(cast, reader, SLOT, times=2)
    assert len(box.letters) == 2
    assert sent(SLOT + timedelta(days=1)) == 0
    assert Letter.objects.count() == 0


def test_a_letter_names_nobody_and_nothing(cast: Cast, reader: Actor, box: Letterbox) -> None:
    noticed(cast, reader, SLOT)
    sent(SLOT)
    letter = box.letters[0].replace("dalia@canary.example", "", 1)
    told = ("canary", "Canary", "dalia", "Dalia", "Jalil", "Harbour", "task", "CASE-", str(reader.account_id))
    assert [word for word in told if word in letter] == []
    assert socket.getfqdn() not in letter
    assert message_from_string(letter)["Message-ID"] == f"<{Letter.objects.get().id}@house.example>"


def test_the_hour_is_that_of_the_readers_office(cast: Cast, reader: Actor, box: Letterbox) -> None:
    Office.objects.filter(pk=cast.office).update(time_zone="Asia/Kolkata")
    noticed(cast, reader, SLOT - timedelta(hours=12))
    # Seven in Kolkata is half past one in the morning in UTC.
    assert sent(SLOT.replace(hour=1, minute=29)) == 0
    assert sent(SLOT.replace(hour=1, minute=30)) == 1


def test_who_wants_none_left_or_has_read_all_gets_none(cast: Cast, box: Letterbox) -> None:
    wants_nothing, gone, has_read = cast.amina, wants_letters(cast, "bruno"), wants_letters(cast, "chandra")
    for reader in (wants_nothing, gone, has_read):
        noticed(cast, reader, SLOT)
    commands.disable(actor=cast.hugo, account_id=gone.account_id)
    mine = Notice.objects.filter(account_id=has_read.account_id)
    commands.read_notices(actor=has_read, notice_ids=list(mine.values_list("id", flat=True)))
    assert sent(SLOT) == 0
    assert box.lines == 0


def test_what_was_read_between_writing_and_sending_is_told_to_nobody(cast: Cast, reader: Actor, box: Letterbox) -> None:
    noticed(cast, reader, SLOT)
    box.answers["HELLO"] = ""
    assert sent(SLOT) == 0
    mine = Notice.objects.filter(account_id=reader.account_id)
    commands.read_notices(actor=reader, notice_ids=list(mine.values_list("id", flat=True)))
    box.answers.clear()
    assert sent(SLOT + timedelta(minutes=1)) == 0
    assert box.letters == []


# ---- when something breaks ----------------------------------------------------------------------------------


def test_a_mail_server_that_is_away_loses_nothing_and_doubles_nothing(
    cast: Cast, reader: Actor, box: Letterbox
) -> None:
    noticed(cast, reader, SLOT)
    box.answers["HELLO"] = ""
    for minute in range(3):
        assert sent(SLOT + timedelta(minutes=minute)) == 0
    box.answers.clear()
    assert sent(SLOT + timedelta(minutes=4)) == 1
    assert sent(SLOT + timedelta(minutes=5)) == 0
    assert len(box.letters) == 1


def test_after_days_without_mail_there_is_one_letter(cast: Cast, reader: Actor, box: Letterbox) -> None:
    box.answers["HELLO"] = ""
    for day in range(3):
        noticed(cast, reader, SLOT + timedelta(days=day))
        assert sent(SLOT + timedelta(days=day)) == 0
    box.answers.clear()
    assert sent(SLOT + timedelta(days=2, minutes=1)) == 1
    assert "3 notices wait" in body(box)


@pytest.mark.parametrize(("answer", "again"), [("451 later", 1), ("550 nobody here", 0)])
def test_what_is_refused_for_now_is_tried_again_and_what_is_refused_for_good_is_not(
    cast: Cast, reader: Actor, box: Letterbox, answer: str, again: int
) -> None:
    noticed(cast, reader, SLOT)
    box.answers["RCPT"] = answer
    assert sent(SLOT) == 0
    box.answers.clear()
    assert sent(SLOT + timedelta(minutes=9)) == 0
    assert sent(SLOT + timedelta(minutes=11)) == again
    assert len(box.letters) == again


def test_where_the_line_breaks_in_the_letter_it_is_not_sent_twice_and_the_next_hour_tells_of_it(
    cast: Cast, reader: Actor, box: Letterbox
) -> None:
    noticed(cast, reader, SLOT)
    # The server has taken it, and its answer is lost.
    box.answers["END"] = ""
    assert sent(SLOT) == 0
    box.answers.clear()
    for minutes in (1, 11, 60):
        assert sent(SLOT + timedelta(minutes=minutes)) == 0
    assert len(box.letters) == 1
    assert sent(SLOT + timedelta(hours=6)) == 1
    assert "One notice waits" in body(box)
    assert message_from_string(box.letters[0])["Message-ID"] != message_from_string(box.letters[1])["Message-ID"]


def test_one_bad_address_holds_nobody_else_up(cast: Cast, reader: Actor, box: Letterbox) -> None:
    other = wants_letters(cast, "bruno")
    for one in (reader, other):
        noticed(cast, one, SLOT)
    box.answers["RCPT"] = "550 nobody here"
    assert sent(SLOT) == 0
    box.answers.clear()
    noticed(cast, other, SLOT + timedelta(hours=1))
    assert sent(SLOT + timedelta(hours=6)) == 1


def test_old_letters_are_forgotten(cast: Cast, reader: Actor, box: Letterbox) -> None:
    noticed(cast, reader, SLOT)
    sent(SLOT)
    sent(SLOT + timedelta(days=29))
    assert Letter.objects.count() == 1
    sent(SLOT + timedelta(days=31))
    assert Letter.objects.count() == 0


def test_nothing_is_sent_while_amparo_is_locked(cast: Cast, reader: Actor, box: Letterbox) -> None:
    noticed(cast, reader, SLOT)
    held = keyring.held()
    keyring.lock()
    try:
        assert sent(SLOT) == 0
    finally:
        keyring.unlock(held)
    assert sent(SLOT) == 1


# ---- hours --------------------------------------------------------------------------------------------------


MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda past: SLOT - timedelta(minutes=past))
ZONES = st.sampled_from(["UTC", "Asia/Kolkata", "America/New_York", "Pacific/Apia", "Africa/Cairo", "Europe/Berlin"])
HOURS = st.sets(st.integers(0, 23), min_size=1).map(sorted)


@given(MOMENTS, HOURS, ZONES)
def test_the_last_hour_is_past_and_less_than_a_day_and_a_change_of_clocks_ago(
    now: datetime, hours: list[int], zone: str
) -> None:
    slot = rules.last_slot(now, hours, zone)
    assert timedelta(0) <= now - slot <= timedelta(hours=25)


@given(MOMENTS, HOURS, ZONES)
def test_the_last_hour_only_moves_on(now: datetime, hours: list[int], zone: str) -> None:
    assert rules.last_slot(now, hours, zone) <= rules.last_slot(now + timedelta(minutes=7), hours, zone)
