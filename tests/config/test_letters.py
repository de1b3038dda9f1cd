"""Letters by mail from a real instance whose process is killed between any two of their steps."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.access.letterbox import Letterbox, letterbox
from tests.config.conftest import Made, environment

pytestmark = [pytest.mark.sqlite_only, pytest.mark.faults, pytest.mark.slow]

SLOT = datetime(2026, 12, 2, 7, 0, tzinfo=UTC)

# One round of sending at a moment, cut before or after the n-th call of a function.
ROUND = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from amparo.config import instance

at, name, when, nth, folder = sys.argv[1:6]
folder = Path(folder)
instance.unlock(folder, instance.given_passphrase(folder))
instance.start_django(folder)

from amparo.access import commands
from amparo.access.actors import SYSTEM_ACTOR, actor_of
from amparo.access.commands import letters
from amparo.access.models import Account
from amparo.kernel import clock

def die():
    os.kill(os.getpid(), signal.SIGKILL)

calls, run = 0, getattr(letters, name, None)

def cut(*args, **kwargs):
    global calls
    calls += 1
    if calls == int(nth) and when == "before":
        die()
    result = run(*args, **kwargs)
    if calls == int(nth) and when == "after":
        die()
    return result

with clock.set_to(datetime.fromisoformat(at)):
    if name == "prepare":
        Account.objects.update(is_active=True)
        account = Account.objects.get()
        hana = actor_of(account.pk)
        commands.change_account(
            actor=hana, account_id=account.pk, expected=account.version, name="Hana", contact="hana@house.example"
        )
        commands.change_own_page(actor=hana, language="en", theme="auto", mail_notices=True)
        commands.notify(SYSTEM_ACTOR, account.pk, "task")
    else:
        if run:
            setattr(letters, name, cut)
        print(commands.send_letters())
"""


def played(made: Made, box: Letterbox, at: datetime, name: str = "-", when: str = "-", nth: int = 0) -> int:
    """Play one round, and return how it ended."""
    more = {
        "AMPARO_MAIL_HOST": "127.0.0.1",
        "AMPARO_MAIL_PORT": str(box.port),
        "AMPARO_MAIL_HOURS": "7",
        "AMPARO_DIR": str(made.folder),
    }
    done = subprocess.run(
        [sys.executable, "-c", ROUND, at.isoformat(), name, when, str(nth), str(made.folder)],
        env=environment(made.words, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


@pytest.mark.parametrize(
    ("name", "when", "nth", "in_the_hour", "after_the_next"),
    [
        pytest.param("_new", "after", 1, 1, 1, marks=pytest.mark.long),  # written, not committed
        pytest.param("_write", "after", 1, 1, 1, marks=pytest.mark.long),  # written
        pytest.param("_moved", "before", 1, 1, 1, marks=pytest.mark.long),  # about to be handed over
        ("_moved", "after", 1, 0, 1),  # marked as handed over, and not handed over
        ("_moved", "before", 2, 1, 2),  # handed over, and not marked as sent: unknown, so the next hour tells of it
        pytest.param("_moved", "after", 2, 1, 1, marks=pytest.mark.long),  # sent
    ],
)
def test_killed_anywhere_a_letter_is_neither_lost_nor_sent_twice_in_its_hour(
    made: Made, name: str, when: str, nth: int, in_the_hour: int, after_the_next: int
) -> None:
    with letterbox() as box:
        assert played(made, box, SLOT - timedelta(hours=1), "prepare") == 0
        assert played(made, box, SLOT, name, when, nth) == -signal.SIGKILL
        for minutes in (1, 15):
            assert played(made, box, SLOT + timedelta(minutes=minutes)) == 0
        assert len(box.letters) == in_the_hour
        assert played(made, box, SLOT + timedelta(days=1)) == 0
        assert len(box.letters) == after_the_next
