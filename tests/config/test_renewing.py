"""`amparo passphrase` and `amparo rotate --root` on real folders, killed between any two of their steps."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from amparo.kernel import clock
from amparo.vault import keyring
from amparo.vault.errors import WrongPassphrase
from tests.config.conftest import Made, amparo, database, environment

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow]

SHEET = re.compile(r"Passphrase\n\n +([a-z ]+)\n")

# Runs a command of ours with a knife at one place: before or after the n-th call of a function.
KNIFE = """
import os, signal, sys
from amparo.config.cli import main

from amparo.config import instance

module, name, when, at = sys.argv[1:5]
calls, load = 0, instance.start_django

def set_up():
    place = __import__(module, fromlist=[name])
    run = getattr(place, name)

    def cut(*args, **kwargs):
        global calls
        calls += 1
        if calls == int(at) and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = run(*args, **kwargs)
        if calls == int(at) and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(place, name, cut)

def loaded(folder):
    load(folder)
    set_up()

if module == "amparo.journeys.commands":
    # A room can be read only once the application is loaded.
    instance.start_django = loaded
else:
    set_up()
sys.exit(main(sys.argv[5:]))
"""


def killed(made: Made, place: tuple[str, str, str, int], *arguments: str) -> str:
    """Run a command, kill it at a place, and return what it had said."""
    command = [sys.executable, "-c", KNIFE, *map(str, place), *arguments, "--dir", str(made.folder)]
    done = subprocess.run(
        command, env=environment(made.words), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr
    return done.stdout


def words_in(said: str) -> str:
    found = SHEET.search(said)
    assert found, said
    return found[1]


def opens(made: Made, words: str) -> bool:
    try:
        keyring.read(made.folder / "keyring.age", words)
    except WrongPassphrase:
        return False
    return True


def verbs(made: Made) -> list[str]:
    with database(made.folder) as opened:
        return [verb for (verb,) in opened.execute('SELECT verb FROM ledger_entry ORDER BY "index"')]


def another(tmp_path: Path, words: str) -> Path:
    path = tmp_path / "other-words"
    path.write_text(words)
    path.chmod(0o600)
    return path


# ---- the passphrase -----------------------------------------------------------------------------------------


def test_a_new_passphrase_opens_the_keyring_and_the_old_one_no_longer_does(made: Made, tmp_path: Path) -> None:
    old = made.words.read_text()
    before = keyring.read(made.folder / "keyring.age", old)
    sheet = tmp_path / "sheet.html"
    done = amparo("passphrase", "--dir", made.folder, "--sheet", sheet, words=made.words)
    assert done.returncode == 0, done.stderr
    fresh = words_in(done.stdout)
    assert len(fresh.split()) == 7
    assert fresh != old
    assert not opens(made, old)
    assert keyring.read(made.folder / "keyring.age", fresh) == before
    assert (made.folder / "keyring.age").stat().st_mode & 0o777 == 0o600
    assert fresh in sheet.read_text()
    assert sheet.stat().st_mode & 0o077 == 0
    # Beside the words, the new sheet says what the first one said.
    assert re.sub(SHEET, "", done.stdout[: done.stdout.index("When Amparo asks")]).split() == (
        re.sub(SHEET, "", made.said[: made.said.index("When Amparo asks")]).replace("Sample House", "").split()
    )
    assert not keyring.following(made.folder / "keyring.age").exists()
    assert amparo("rotate", "--dir", made.folder, words=another(tmp_path, fresh)).returncode == 0
    assert amparo("rotate", "--dir", made.folder, words=made.words).returncode == 2


def test_the_ledger_has_the_renewal_and_no_file_has_the_words(made: Made) -> None:
    fresh = words_in(amparo("passphrase", "--dir", made.folder, words=made.words).stdout)
    assert verbs(made)[-1] == "passphrase.renewed"
    assert amparo("verify", "--dir", made.folder).returncode == 0
    files = [path for path in made.folder.rglob("*") if path.is_file()]
    assert all(fresh.encode() not in path.read_bytes() for path in files)


def test_a_wrong_passphrase_renews_nothing(made: Made, tmp_path: Path) -> None:
    before = (made.folder / "keyring.age").read_bytes()
    wrong = another(tmp_path, "seven words that open nothing at all")
    done = amparo("passphrase", "--dir", made.folder, words=wrong)
    assert (done.returncode, "vault.wrong_passphrase" in done.stderr) == (2, True)
    assert (made.folder / "keyring.age").read_bytes() == before
    assert "passphrase.renewed" not in verbs(made)


def test_a_sheet_that_cannot_be_saved_renews_nothing(made: Made, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.txt"
    sheet.write_text("already there")
    done = amparo("passphrase", "--dir", made.folder, "--sheet", sheet, words=made.words)
    assert (done.returncode, "config.sheet_there" in done.stderr) == (2, True)
    assert opens(made, made.words.read_text())
    assert not keyring.following(made.folder / "keyring.age").exists()


def long(*place: object) -> object:
    """A place of a kill that only `make faults` tries."""
    return pytest.param(place, marks=pytest.mark.long)


@pytest.mark.faults
@pytest.mark.parametrize(
    "place",
    [
        long("amparo.vault.keyring", "write", "before", 1),
        long("amparo.vault.keyring", "write", "after", 1),
        long("amparo.journeys.commands", "note_new_passphrase", "before", 1),
        ("amparo.journeys.commands", "note_new_passphrase", "after", 1),
        long("os", "replace", "before", 1),
        long("os", "replace", "after", 1),
    ],
    ids=lambda place: f"{place[2]}-{place[1]}",
)
def test_killed_anywhere_the_keyring_opens_with_the_old_or_the_new_words(
    made: Made, tmp_path: Path, place: tuple[str, str, str, int]
) -> None:
    old = made.words.read_text()
    said = killed(made, place, "passphrase")
    found = SHEET.search(said)
    good = [words for words in (old, found[1] if found else "") if words and opens(made, words)]
    assert len(good) == 1
    # New words alone open it only where a sheet was shown, and the ledger had said so before.
    if good != [old]:
        assert verbs(made)[-1] == "passphrase.renewed"
    done = amparo("passphrase", "--dir", made.folder, words=another(tmp_path, good[0]))
    assert done.returncode == 0, done.stderr
    assert opens(made, words_in(done.stdout))
    assert amparo("verify", "--dir", made.folder).returncode == 0


def test_on_a_terminal_the_new_words_must_be_typed_from_the_paper(made: Made) -> None:
    assert typed(made, ["not the words"] * 3)[0] == 2
    assert opens(made, made.words.read_text())
    code, said = typed(made, ["not the words", None])
    assert code == 0
    assert opens(made, words_in(said))


def typed(made: Made, answers: list[str | None]) -> tuple[int, str]:
    """Run `amparo passphrase` on a terminal of its own; None types what the sheet says."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "amparo.config.cli", "passphrase", "--dir", str(made.folder)]
    process = subprocess.Popen(
        command, env=environment(made.words), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    said, left = "", list(answers)
    try:
        while chunk := os.read(ours, 4096):
            said += chunk.decode().replace("\r\n", "\n")
            if left and said.endswith("wrote down: "):
                answer = left.pop(0)
                os.write(ours, f"{words_in(said) if answer is None else answer}\n".encode())
    except OSError:
        pass  # The terminal has ended with its last program.
    finally:
        os.close(ours)
    return process.wait(60), said


def test_nobody_may_be_at_work_while_keys_are_renewed(made: Made) -> None:
    with (made.folder / ".in-use").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        for command in (["passphrase"], ["rotate", "--root"]):
            done = amparo(*command, "--dir", made.folder, words=made.words)
            assert (done.returncode, "config.in_use" in done.stderr) == (2, True)
        assert amparo("rotate", "--dir", made.folder, words=made.words).returncode == 0
        fcntl.flock(held, fcntl.LOCK_EX)
        done = amparo("serve", "--dir", made.folder, "--port", "1", words=made.words)
        assert (done.returncode, "config.keys_being_renewed" in done.stderr) == (2, True)


# ---- the root key -------------------------------------------------------------------------------------------


def wrapped(made: Made) -> list[bytes]:
    with database(made.folder) as opened:
        return [bytes(row[0]) for row in opened.execute("SELECT wrapped FROM vault_officekey ORDER BY id")]


def test_a_new_root_key_opens_everything_and_the_old_one_nothing(made: Made) -> None:
    words = made.words.read_text()
    old, before = keyring.read(made.folder / "keyring.age", words), wrapped(made)
    done = amparo("rotate", "--root", "--dir", made.folder, words=made.words)
    assert done.returncode == 0, done.stderr
    new = keyring.read(made.folder / "keyring.age", words)
    assert new.root != old.root
    assert new.coming == b""
    assert (new.signing, new.index, new.web, new.rest) == (old.signing, old.index, old.web, old.rest)
    assert not set(before) & set(wrapped(made))
    assert "root_key.renewed" in verbs(made)
    # What was sealed before opens: the office's name is asked for by the next renewal, and its key by the next row.
    assert amparo("rotate", "--dir", made.folder, words=made.words).returncode == 0
    assert amparo("verify", "--dir", made.folder).returncode == 0


def test_after_a_new_root_key_no_retired_key_is_left(made: Made) -> None:
    assert amparo("rotate", "--dir", made.folder, words=made.words).returncode == 0
    assert len(wrapped(made)) == 2
    assert amparo("rotate", "--root", "--dir", made.folder, words=made.words).returncode == 0
    assert len(wrapped(made)) == 1


@pytest.mark.faults
@pytest.mark.parametrize(
    "place",
    [
        long("os", "replace", "before", 1),
        long("os", "replace", "after", 1),
        long("amparo.journeys.commands", "renew_root_key", "before", 1),
        ("amparo.journeys.commands", "renew_root_key", "after", 1),
        long("os", "replace", "before", 2),
        long("os", "replace", "after", 2),
        long("amparo.journeys.commands", "rotate_office_key", "before", 1),
    ],
    ids=lambda place: f"{place[2]}-{place[1]}-{place[3]}",
)
def test_killed_anywhere_in_a_renewal_of_the_root_key_nothing_is_lost(
    made: Made, place: tuple[str, str, str, int]
) -> None:
    killed(made, place, "rotate", "--root")
    # At once, as it is: what was sealed opens, and new keys can be made.
    assert amparo("rotate", "--dir", made.folder, words=made.words).returncode == 0
    assert opened_office(made) == "Hana Sample"
    # And the renewal can be carried to its end.
    assert amparo("rotate", "--root", "--dir", made.folder, words=made.words).returncode == 0
    assert keyring.read(made.folder / "keyring.age", made.words.read_text()).coming == b""
    assert opened_office(made) == "Hana Sample"
    assert amparo("verify", "--dir", made.folder).returncode == 0


def opened_office(made: Made) -> str:
    """The name of the first keeper, opened with the instance's own keys in a process of its own."""
    script = (
        "from pathlib import Path; import sys; from amparo.config import instance as i; f = Path(sys.argv[1]);"
        "i.unlock(f, i.given_passphrase(f)); i.start_django(f);"
        "from amparo.access.models import Account; from amparo.access.queries import names_of;"
        "print(list(names_of(Account.objects.values_list('pk', flat=True)).values())[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, made.folder], env=environment(made.words), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return done.stdout.strip() or done.stderr


def test_a_keyring_of_the_first_release_still_opens_what_rested_under_its_root_key(made: Made) -> None:
    words = made.words.read_text()
    path = made.folder / "keyring.age"
    held = keyring.read(path, words)
    path.unlink()
    keyring.write(path, keyring.Secrets(held.root, held.signing, held.index, held.web), words)
    assert amparo("rotate", "--root", "--dir", made.folder, words=made.words).returncode == 0
    assert keyring.read(path, words).rest == held.root


# ---- old keys -----------------------------------------------------------------------------------------------


def test_retired_keys_are_deleted_by_a_backup_once_they_wrap_nothing_for_a_day(made: Made, tmp_path: Path) -> None:
    assert amparo("rotate", "--dir", made.folder, words=made.words).returncode == 0
    assert amparo("backup", "--dir", made.folder, "--to", tmp_path / "backups").returncode == 0
    assert len(wrapped(made)) == 2
    with database(made.folder) as opened:
        opened.execute("UPDATE vault_officekey SET retired_at = '2026-01-01' WHERE retired_at IS NOT NULL")
    assert amparo("backup", "--dir", made.folder, "--to", tmp_path / "backups").returncode == 0
    assert len(wrapped(made)) == 1


def test_a_retired_key_that_still_wraps_something_stays(made: Made, tmp_path: Path) -> None:
    with database(made.folder) as opened:
        opened.execute("UPDATE vault_officekey SET retired_at = '2026-01-01'")
    assert amparo("backup", "--dir", made.folder, "--to", tmp_path / "backups").returncode == 0
    assert len(wrapped(made)) == 1


def aged(folder: Path, days: int) -> None:
    """Let a backup be of an earlier day, as its manifest says."""
    manifest = folder / "manifest.json"
    then = (clock.now() - timedelta(days=days)).isoformat()
    manifest.write_text(re.sub(r'"at": "[^"]+"', f'"at": "{then}"', manifest.read_text()))


def test_keys_older_than_thirty_days_are_deleted_when_newer_ones_are_whole(made: Made, tmp_path: Path) -> None:
    to, disk = tmp_path / "backups", tmp_path / "disk"
    for _time in range(2):
        done = amparo("backup", "--dir", made.folder, "--to", to, "--keys-to", disk)
        assert done.returncode == 0, done.stderr
    assert not list(to.glob("keys-*"))
    old, young = sorted(disk.iterdir())
    aged(old, 31)
    aged(young, 29)
    theirs = disk / "keys-of-somebody"
    shutil.copytree(old, theirs)
    (theirs / "manifest.json").write_text('{"part": "keys", "verifier": "another", "at": "2020-01-01T00:00:00+00:00"}')
    # A backup that fails deletes nothing.
    (made.folder / "keyring.age").rename(tmp_path / "away")
    assert amparo("backup", "--dir", made.folder, "--to", to, "--keys-to", disk).returncode == 2
    assert old.exists()
    (tmp_path / "away").rename(made.folder / "keyring.age")
    done = amparo("backup", "--dir", made.folder, "--to", to, "--keys-to", disk)
    assert "deleted there: 1" in done.stdout
    assert not old.exists()
    assert young.exists()
    assert theirs.exists()
    assert len(list(to.glob("data-*"))) == 3


def test_data_and_keys_of_two_folders_are_restored_together(made: Made, tmp_path: Path) -> None:
    to, disk = tmp_path / "backups", tmp_path / "disk"
    assert amparo("backup", "--dir", made.folder, "--to", to, "--keys-to", disk).returncode == 0
    data, keys = next(to.glob("data-*")), next(disk.iterdir())
    done = amparo("restore", "--from", data, "--keys", keys, "--dir", tmp_path / "again")
    assert done.returncode == 0, done.stderr


def test_an_interrupted_renewal_is_told_by_check(made: Made) -> None:
    assert "amparo.W028" not in amparo("check", "--dir", made.folder).stdout
    killed(made, ("amparo.journeys.commands", "note_new_passphrase", "before", 1), "passphrase")
    assert "amparo.W028" in amparo("check", "--dir", made.folder).stdout


def test_the_demonstration_goes_on_under_its_new_passphrase(made: Made) -> None:
    (made.folder / "amparo.toml").write_text("demo = true\n")
    kept = made.folder / "demo-passphrase"
    kept.write_text(made.words.read_text())
    fresh = words_in(amparo("passphrase", "--dir", made.folder).stdout)
    assert kept.read_text() == fresh
    assert kept.stat().st_mode & 0o077 == 0
    assert amparo("rotate", "--dir", made.folder).returncode == 0
